"""`python -m bench.crawl`: articles stored by a CPU second, and memory, of `pressmark crawl` and of its peers.

Of each system the whole process tree is counted, from its start to its end; the sites are served by a process of
their own. Delays are off. Every system must bring the title and the text of nearly every story, or the run fails; with
`--pages` half of the labelled text of four stories in five. Only articles that were brought so count.
`pressmark` leaves the index alone, as its peers have none; `pressmark+index` is what a person types. With several
numbers of articles the cost of a system is parted into what it takes before the first article of so many sites (its
start, front pages, sections, robots.txt), and what each article adds.
"""

import argparse
import json
import socket
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.crawl import labelled, measure
from bench.crawl.server import origin_of
from bench.crawl.stories import story
from corpus.store import ArticleStore

SYSTEMS = ("pressmark", "pressmark+index", "scrapy", "aiohttp")
NEAR_ALL = 0.97  # share of the generated stories that must be brought, with title and text
MOST = 0.8  # share of labelled stories: readers differ in what they find on such pages
# A labelled page that is taken for a list has links that lead to the rest of its publisher's site, which nobody serves.
PROBLEMS = 5  # status of a crawl that says of a source that most of what it tried was lost
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Result:
    """One system over some sites."""

    system: str
    articles: int
    served: int
    cost: measure.Cost

    @property
    def rate(self) -> float:
        """Articles by CPU second."""
        return self.articles / self.cost.cpu


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.crawl", description=__doc__)
    parser.add_argument("--sites", type=int, nargs="*", default=[1, 20, 100])
    parser.add_argument(
        "--articles",
        type=int,
        nargs="*",
        default=[1000],
        help="of all sites together, each of which has at least 2; fewer first",
    )
    parser.add_argument(
        "--pages", type=Path, help="serve the article pages of a labelled set: bench/extraction/truths.py has its form"
    )
    parser.add_argument("--systems", nargs="*", choices=SYSTEMS, default=SYSTEMS)
    parser.add_argument("--rounds", type=int, default=3, help="of each system, in turn; the median is printed")
    given = parser.parse_args(arguments)
    print(
        "| sites | system | articles | CPU s | in workers | articles / CPU s | ms | wall s "
        "| MB (shared once) | MB (resident) |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|")
    for sites in given.sites:
        sizes = []
        for articles in given.articles:
            each = max(2, articles // sites)
            with served(sites, each, given.pages) as origins:
                rounds = [
                    [run(system, origins, each, given.pages) for system in given.systems] for _ in range(given.rounds)
                ]
            sizes.append([_median(list(results)) for results in zip(*rounds, strict=True)])
            _print(sites, sizes[-1])
        for results in zip(*sizes, strict=True) if len(sizes) > 1 else ():
            print(_parted(sites, results), flush=True)


@contextmanager
def served(sites: int, articles: int, pages: Path | None = None) -> Iterator[list[str]]:
    """Serve sites while the block runs; give their origins. `pages`: a labelled set in place of generated pages."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "bench.crawl.server", str(sites), str(articles), str(port)]
    command += ["--pages", str(pages.resolve())] if pages else []
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        if server.stdout.readline() != b"ready\n":
            raise SystemExit("the sites cannot be served")
        try:
            yield [origin_of(site, port) for site in range(sites)]
        finally:
            server.kill()


def run(system: str, origins: list[str], articles: int, pages: Path | None = None) -> Result:
    """Let a system crawl all sites anew."""
    with tempfile.TemporaryDirectory(prefix="bench-crawl-") as name:
        folder = Path(name)
        ours = system.startswith("pressmark")
        if ours:
            (folder / "config.toml").write_text(_config(origins), encoding="utf-8")
            command = [sys.executable, "-m", "web.cli", "--config", "config.toml", "crawl"]
            command += [] if system == "pressmark+index" else ["--no-index"]
        else:
            out = str(folder / "out.jsonl")
            command = [sys.executable, "-m", f"bench.crawl.peers.{system}_peer", out, *origins]
        environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}
        cost = measure.run(command, cwd=folder, environment=environment, allowed=(0, PROBLEMS) if pages else (0,))
        read = _ours(folder) if ours else _lines(folder / "out.jsonl")
    whole = _generated(read, origins, articles) if pages is None else _labelled(read, origins, articles, pages)
    count = len(origins) * articles
    if whole < (NEAR_ALL if pages is None else MOST) * count:
        raise SystemExit(f"{system}: brought {whole:,} of {count:,} stories whole")
    return Result(system, whole, count, cost)


def _config(origins: list[str]) -> str:
    port = origins[0].rpartition(":")[2]
    sources = "".join(f'[[source]]\nname = "site-{place}"\nurl = "{origin}/"\n' for place, origin in enumerate(origins))
    rules = f'contact = "bench@example.org"\ndelay = 0\nallow_addresses = ["127.78.0.0/16"]\nallow_ports = [{port}]\n'
    return f'data = "data"\n[crawler]\n{rules}{sources}'


def _ours(folder: Path) -> dict[str, tuple[str, str]]:
    with ArticleStore.open(folder / "data" / "pressmark.sqlite", read_only=True) as store:
        return {stored.article.url: (stored.article.headline or "", stored.article.body) for stored in store.every()}


def _lines(path: Path) -> dict[str, tuple[str, str]]:
    read = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return {each["url"]: (each["title"] or "", each["text"]) for each in read}


def _generated(read: dict[str, tuple[str, str]], origins: list[str], articles: int) -> int:
    """Return how many stories were brought, with their headline and nearly all their paragraphs."""
    whole = 0
    for site, origin in enumerate(origins):
        for number in range(articles):
            item = story(site, number)
            title, text = read.get(origin + item.path, ("", ""))
            there = sum(part in text for part in item.paragraphs)
            whole += item.headline in title and there >= 0.8 * len(item.paragraphs)
    return whole


def _labelled(read: dict[str, tuple[str, str]], origins: list[str], articles: int, pages: Path) -> int:
    """Return how many labelled stories were brought, with at least half of their text."""
    dealt = labelled.dealt(pages, len(origins), articles)
    return sum(labelled.brought(read, placed, origin) for placed, origin in zip(dealt, origins, strict=True))


def _median(results: list[Result]) -> Result:
    middle = statistics.median_low([each.cost.cpu for each in results])
    return next(each for each in results if each.cost.cpu == middle)


def _parted(sites: int, results: Sequence[Result]) -> str:
    """Return a line on what a system takes before the first article, and what each article adds."""
    few, many = results[0], results[-1]
    by_article = (many.cost.cpu - few.cost.cpu) / (many.articles - few.articles)
    before = few.cost.cpu - by_article * few.articles
    return f"{sites} sites, {few.system}: {before:.1f} s before the first article, {1000 * by_article:.1f} ms for each"


def _print(sites: int, results: list[Result]) -> None:
    ours = next((each for each in results if each.system == "pressmark"), None)
    for each in results:
        cost, brought = each.cost, f"{each.articles:,} of {each.served:,}"
        print(
            f"| {sites} | {each.system} | {brought} | {cost.cpu:.1f} | {cost.children:.1f} | {each.rate:.1f} "
            f"| {1000 / each.rate:.1f} | {cost.wall:.1f} | {cost.shared / 1e6:.0f} | {cost.resident / 1e6:.0f} |"
        )
        if ours and each is not ours:
            print(f"| {sites} | pressmark / {each.system} | | | | {ours.rate / each.rate:.2f} | | | | |")
    sys.stdout.flush()


if __name__ == "__main__":
    main()

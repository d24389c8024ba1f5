"""An evil source beside a healthy one -> the healthy one's pages a minute, and how fast the web pages answer meanwhile.

`python -m bench.walls`: prints both, alone and beside. Crawl and pages share a process, as under `pressmark serve`; who
asks for the pages is another one.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from functools import partial
from pathlib import Path
from statistics import median, quantiles

from corpus.model import Article
from corpus.store import ArticleStore
from indexer.open import open_engine
from indexer.sync import update
from tests.crawler.crawling import Desk, front, source, story
from tests.crawler.faultweb import Asked, Reply, Site
from web.app import create_app
from web.layout.server import bind

PAGES = 40
DELAY = 0.25  # seconds between two requests to a host
ASKED = ("/", "/search?q=council", "/search?q=budget+bridge&sort=newest", "/sources", "/crawls")
PAUSE = 0.05  # seconds between two pages that are asked for
CLIENT = """
import json, sys, time, urllib.request
took, paths, pause = [], sys.argv[2].split(), float(sys.argv[3])
print("ready", flush=True)
while True:
    for path in paths:
        began = time.perf_counter()
        urllib.request.urlopen(sys.argv[1].rstrip("/") + path).read()
        took.append(time.perf_counter() - began)
        time.sleep(pause)
    print(json.dumps(took), flush=True)
    took = []
"""


def healthy() -> Site:
    """Return a site of PAGES stories."""
    paths = [f"/news/2026/03/0{number % 9 + 1}/council-settles-budget-{number}" for number in range(PAGES)]
    pages = {path: story(f"Council settles budget {number}") for number, path in enumerate(paths)}
    return Site("127.88.0.1", {"/": front(*paths, feed=None), **pages})


def evil() -> Site:
    """Return a site of as many pages: floods of agents, of nested elements, of single bytes, and endless heads."""

    def drip(asked: Asked) -> None:
        asked.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n")
        asked.write(b"1\r\nx\r\n" * 20_000 + b"0\r\n\r\n")

    def heads(asked: Asked) -> None:
        asked.write(b"HTTP/1.1 100 Continue\r\n\r\n" * 5_000)

    kinds = (Reply("<div>x" * 60_000), Reply("<p>" + "<b " + "a=1 " * 60_000 + ">x"), drip, heads)
    paths = [f"/news/2026/03/01/a-story-of-floods-and-walls-{number}" for number in range(PAGES)]
    robots = "".join(f"User-agent: a{number}\n" for number in range(2_000))
    robots += "".join(f"Disallow: /x*{number}*y$\n" for number in range(4_000)) + "User-agent: *\nDisallow: /no\n"
    pages = {path: kinds[number % len(kinds)] for number, path in enumerate(paths)}
    return Site("127.88.0.2", {"/robots.txt": Reply(robots, type="text/plain"), "/": front(*paths, feed=None), **pages})


def run(folder: Path, *, crawls: bool = True, with_evil: bool = False) -> tuple[float, list[float]]:
    """Return pages a minute of the healthy source, and the seconds each web page took meanwhile."""
    sites = [healthy(), *([evil()] if with_evil else [])]
    sources = [source(site, name) for site, name in zip(sites, ("healthy", "evil"), strict=False)]
    desk = Desk(folder, *sources, delay=DELAY, workers=2)
    read = partial(Article, source="archive", fetched=desk.now())
    texts = (f"The council met about the budget and the bridge. Part {number}." for number in range(200))
    desk.store.write_many(
        read(url=f"https://a.example/{n}", headline=f"Council {n}", body=text) for n, text in enumerate(texts)
    )
    engine = open_engine(desk.config.index)
    update(desk.store, engine, zone=desk.config.zone)
    opened = lambda: ArticleStore.open(desk.config.store)  # noqa: E731
    server = bind(create_app(desk.config, opened, lambda: open_engine(desk.config.index)))
    threading.Thread(target=server.run, daemon=True).start()
    command = [sys.executable, "-c", CLIENT, server.url, " ".join(ASKED), str(PAUSE)]
    client = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert client.stdout is not None
    client.stdout.readline()
    if crawls:
        desk.crawl()
    else:
        time.sleep(10)
    client.terminate()
    took = [each for line in client.stdout.read().splitlines() if line.endswith("]") for each in json.loads(line)]
    ends = sorted(asked.ended for asked in sites[0].log if asked.path.startswith("/news/"))
    server.close()
    for site in sites:
        site.close()
    return (60 * (len(ends) - 1) / (ends[-1] - ends[0]) if ends else 0.0), took


WAYS = {
    "no crawl": {"crawls": False},
    "a healthy source crawled": {},
    "an evil source beside it": {"with_evil": True},
}


def main() -> None:
    """Print the table: each way three times in turn, after one run that warms the workers."""
    argparse.ArgumentParser(prog="python -m bench.walls", description=__doc__).parse_args()
    rates: dict[str, list[float]] = {name: [] for name in WAYS}
    times: dict[str, list[float]] = {name: [] for name in WAYS}
    with tempfile.TemporaryDirectory() as place:
        run(Path(place) / "warm")
        for number in range(3):
            for name, way in WAYS.items():
                rate, took = run(Path(place) / f"{number} {name}", **way)
                rates[name].append(rate)
                times[name] += took
    print(f"load {os.getloadavg()[0]:.1f}, {time.strftime('%Y-%m-%d')}")
    print("| | its pages a minute, median (all) | web pages, ms: median, 99th percentile, longest | of |")
    print("|---|---|---|---|")
    for name, seconds in times.items():
        ms = [1000 * each for each in seconds]
        shown = " ".join(f"{each:.0f}" for each in rates[name])
        spread = f"{median(ms):.0f}, {quantiles(ms, n=100)[98]:.0f}, {max(ms):.0f}"
        print(f"| {name} | {median(rates[name]):.0f} ({shown}) | {spread} | {len(ms)} |")


if __name__ == "__main__":
    main()

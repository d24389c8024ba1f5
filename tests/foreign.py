"""A data folder -> the same folder as a stranger would hand it over: damaged, or made wrong with its checksums right.

Run as `python -m tests.foreign KIND SEED COUNT FOLDER` by tests/test_foreign_folders.py, under the kernel's limits.
"""

import faulthandler
import random
import resource
import shutil
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path

from corpus.captures import Captures
from corpus.errors import PressmarkError
from corpus.model import Article, Author, CaptureRef, Discovered, PageDate, Precision, StoredArticle, UrlKind
from corpus.store import ArticleStore
from corpus.via import Via
from corpus.warc.exchange import Exchange
from corpus.warc.reading import records
from indexer.contract.document import document
from indexer.contract.protocol import Batch, Document
from indexer.open import open_engine, verify_index
from indexer.query.query import parse
from indexer.results.exporting import FORMATS, Options, corpus_lines
from tests.harms import harm_bytes, harm_captures, harm_commit, harm_segment, harm_store_values

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
ARTICLES = 12
SECONDS = 30.0  # of CPU, for all that is asked of one folder: many times what it takes, on whatever machine
STUCK = 300.0  # seconds by the clock after which a folder is no longer waited for
CODE, MEMORY = 500_000_000, 300_000_000  # bytes of address space: what the code itself takes, and beyond it
QUERIES = (
    "", "walls", "wal*", "*", '"the walls held"', "by:ana walls", "wallz~", "NOT quay", "quay OR walls", "after:2025",
    "walls NEAR/3 held", "site:a.example", "w?lls h*", '"quay hel*"', "-walls", "lang:en walls",
)  # fmt: skip


def text(number: int) -> str:
    return f"The walls of quay {number} held. " * (3 + number)


def make(folder: Path) -> None:
    """Fill a folder with a store and an index of a dozen articles, two segments, one article deleted."""
    folder.mkdir(parents=True, exist_ok=True)
    with ArticleStore.open(folder / "pressmark.sqlite") as store:
        store.write_many(
            Article(
                url=f"https://a.example/{number}",
                source="a.example",
                headline=f"Quay {number}",
                standfirst="The night was long.",
                body=text(number),
                authors=(Author("Ana Ruiz", "ana-ruiz"), Author(f"Li {number}", f"li-{number}")),
                published=PageDate(NOW - timedelta(days=number), Precision.DAY, "json-ld"),
                fetched=NOW,
                language="en",
                section="news",
            )
            for number in range(1, ARTICLES + 1)
        )
        store.write(
            Article(url="https://a.example/1", source="a.example", headline="Quay 1", body=text(40), fetched=NOW)
        )
        store.frontier.add(
            [Discovered(url="https://a.example/99", kind=UrlKind.ARTICLE, via=Via.FEED)], "a.example", NOW
        )
        store.authors.merge(["li-1"], "li-2", "same person", at=NOW)
        store.withdraw(3, "gone", at=NOW)
        with store.runs.begin(["a.example"], started=NOW):
            pass
    with ArticleStore.open(folder / "pressmark.sqlite") as store:
        documents = [document(one, zone=UTC) for one in store.every()]
    engine = open_engine(folder / "index")
    engine.apply([Batch(documents[:8], (), 8)])
    engine.apply([Batch(documents[8:], (2,), 12)])
    engine.close()
    with Captures(folder / "captures") as captures:
        for number in (1, 2, 3, 2):  # the last one refers to the second
            captures.append(exchange(number))


def exchange(number: int = 1) -> Exchange:
    """Return a page and its answer."""
    body = f"<p>{text(number)}</p>".encode()
    headers = (("Content-Type", "text/html"), ("ETag", f'"{number}"'))
    return Exchange(url=f"https://a.example/{number}", at=NOW, status=200, phrase="OK", headers=headers, body=body)


def use_store(folder: Path) -> Iterator[object]:
    """Open, read, export and write, as commands and pages do."""
    with ArticleStore.open(folder / "pressmark.sqlite") as store:
        ids = range(1, ARTICLES + 3)
        held: list[StoredArticle] = []
        asked: list[Callable[[], object]] = [
            lambda: held.extend(store.every()),
            lambda: held.extend(store.newest(20)),
            lambda: (store.totals(), store.sequence, store.history(1), store.changes(0, 100), store.articles(ids)),
            lambda: [(store.revisions(id), store.article(id), store.damage.without_text(id)) for id in ids],
            lambda: (store.by_mark("x"), store.by_url("https://a.example/1"), list(store.withdrawn())),
            lambda: (store.authors.counts(), store.authors.labels(["ana-ruiz"]), store.authors.aliases()),
            lambda: "".join(corpus_lines(store)),
            lambda: store.frontier.counts("a.example"),
            lambda: (
                store.frontier.due_count(NOW, ["a.example"]),
                store.census.next_due(["a.example"]),
                store.frontier.feeds(),
            ),
            lambda: store.frontier.entry("https://a.example/99"),
            lambda: store.frontier.lease(NOW, limit=5),
            lambda: (store.journal.visits(), store.runs.latest(), store.runs.held(), store.schedule.due()),
            lambda: (store.runs.receipts(1), store.runs.run(1)),
            lambda: (store.journal.host("a.example"), store.sources.stats(NOW), store.sources.boilerplate("a.example")),
            lambda: (store.walks.ways_in("a.example"), store.walks.postponed(), store.walks.goal("a.example")),
            lambda: (store.health.all(), store.census.counts("a.example"), store.census.left_out("a.example")),
            lambda: (store.copies.position, store.copies.group(1)),
            lambda: list(store.damage.check(full=True)),
            lambda: [store.damage.mend(id) for id in store.damage.articles()],
            lambda: store.write(Article(url="https://a.example/7", source="a.example", body=text(7), fetched=NOW)),
            lambda: store.withdraw(5, "gone", at=NOW),
        ]
        for question in asked:
            yield _answer(question)
        for form in FORMATS.values():
            yield "".join(form.write(held, Options(NOW))), "".join(form.write(held, Options(NOW, with_text=False)))


def use_index(folder: Path) -> Iterator[object]:
    """Open, search in every way, check and write on, as commands and pages do."""
    engine = open_engine(folder / "index")
    try:
        asked: list[Callable[[], object]] = [
            *(partial(engine.search, parse(typed, {}, now=NOW, zone=UTC)) for typed in QUERIES),
            lambda: engine.search(parse("walls", {"sort": ["newest"]}, now=NOW, zone=UTC)),
            lambda: engine.complete("wa"),
            lambda: engine.complete("by:an"),
            lambda: engine.similar(5, [text(5)]),
            lambda: engine.explain(parse("walls", {}, now=NOW, zone=UTC), 5),
            lambda: (len(engine), engine.position),
            lambda: verify_index(folder / "index"),
            lambda: engine.apply([Batch([Document(id=50, body=text(5))], (4,), 60)]),
            lambda: engine.search(parse("walls", {}, now=NOW, zone=UTC)),
        ]
        for question in asked:
            yield _answer(question)
    finally:
        engine.close()


def use_captures(folder: Path) -> Iterator[object]:
    """Read each response, go on writing, and read the file as import does."""
    place = folder / "captures"
    path = next(place.glob("*.warc.gz"))
    with Captures(place) as captures:
        offsets = [0, 1, path.stat().st_size, 1 << 62, -1]
        offsets += [at for at in range(path.stat().st_size) if path.read_bytes()[at : at + 2] == b"\x1f\x8b"][:20]
        for at in offsets:
            yield _answer(partial(captures.read, CaptureRef(path.name, at)))
            yield _answer(partial(captures.append, exchange(at % 5), previous=CaptureRef(path.name, at)))
        ref = captures.append(exchange(9))
        assert captures.read(ref).body == exchange(9).body, "what was written now is not read"
    with path.open("rb") as file:
        yield _answer(lambda: list(records(file, max_bytes=1_000_000)))


def _answer(question: Callable[[], object]) -> object:
    try:
        return question()
    except PressmarkError:
        return None


KINDS: dict[str, tuple[Callable[[Path, random.Random], None], Callable[[Path], Iterator[object]]]] = {
    "store bytes": (lambda folder, draw: harm_bytes(folder / "pressmark.sqlite", draw), use_store),
    "store values": (lambda folder, draw: harm_store_values(folder / "pressmark.sqlite", draw), use_store),
    "index bytes": (
        lambda folder, draw: harm_bytes(draw.choice(sorted((folder / "index").glob("[Mc]*"))), draw),
        use_index,
    ),
    "index contents": (lambda folder, draw: harm_commit(folder / "index", draw), use_index),
    "captures": (lambda folder, draw: harm_captures(folder / "captures", draw), use_captures),
    "index arrays": (lambda folder, draw: harm_segment(folder / "index", draw), use_index),
}


def attempts(kind: str, seed: int, count: int, folder: Path) -> Iterator[str]:
    """Harm and use so many copies of a folder; give what went wrong."""
    harm, use = KINDS[kind]
    make(folder / "whole")
    for number in range(count):
        draw, copy = random.Random(f"{kind} {seed} {number}"), folder / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(folder / "whole", copy)
        harm(copy, draw)
        began = time.process_time()
        faulthandler.dump_traceback_later(STUCK, exit=True)
        try:
            for _ in use(copy):
                pass
        except PressmarkError:
            pass
        except Exception as error:  # whatever it is, a person would have seen a traceback
            frames = traceback.extract_tb(error.__traceback__)[-4:]
            at = " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))
            yield f"{kind} {seed} {number}: {type(error).__name__} at {at}: {str(error)[:200]}"
        faulthandler.cancel_dump_traceback_later()
        if (took := time.process_time() - began) > SECONDS:
            yield f"{kind} {seed} {number}: {took:.1f} s of CPU"


def main(arguments: list[str]) -> None:
    """Print what went wrong, a line each, at most twenty; then how many folders were tried."""
    kind, seed, count, folder = arguments
    resource.setrlimit(resource.RLIMIT_AS, (CODE + MEMORY, CODE + MEMORY))
    for line in islice(attempts(kind, int(seed), int(count), Path(folder)), 20):
        sys.stdout.write(f"{line}\n")
    sys.stdout.write(f"tried {count}\n")


if __name__ == "__main__":
    main(sys.argv[1:])

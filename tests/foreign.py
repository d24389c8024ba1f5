"""A data folder -> the same folder as a stranger would hand it over: damaged, or made wrong with its checksums right.

Run as `python -m tests.foreign KIND SEED COUNT FOLDER` by tests/test_foreign_folders.py, under the kernel's limits.
"""

import faulthandler
import json
import random
import resource
import shutil
import sqlite3
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from corpus.errors import PressmarkError
from corpus.model import Article, Author, Discovered, PageDate, Precision, StoredArticle, UrlKind
from corpus.store import ArticleStore
from indexer.contract.document import document
from indexer.contract.protocol import Batch, Document
from indexer.open import open_engine, verify_index
from indexer.query.query import parse
from indexer.results.exporting import FORMATS, Options, corpus_lines
from indexer.storage import arrays, commits

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
ARTICLES = 12
SECONDS = 5.0  # of CPU, for all that is asked of one folder
STUCK = 60.0  # seconds by the clock after which a folder is no longer waited for
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
        store.frontier.add([Discovered(url="https://a.example/99", kind=UrlKind.ARTICLE, via="feed")], "a.example", NOW)
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


# ---------------------------------------------------------------- how it is changed


ODD_NUMBERS = (-1, 0, 1, 2**31 - 1, 2**31, 2**32 - 1, 2**62, 2**63 - 1, -(2**63), 2**64)
ODD_TEXTS = ("", "\0", "\ud800", "x" * 100_000, "[" * 50_000, "../../etc/passwd", "1e999", "NaN", "\u202e\x1b[2J")
ODD: tuple[Any, ...] = (*ODD_NUMBERS, *ODD_TEXTS, None, True, 1.5, float("nan"), float("inf"), [], {}, {"a": 1})


def harm_bytes(path: Path, draw: random.Random) -> None:
    """Flip, lose, double or overwrite bytes, as disks and strangers do; no checksum is made right again."""
    content = bytearray(path.read_bytes())
    for _ in range(draw.choice((1, 1, 2, 20))):
        at, size = draw.randrange(len(content) + 1), draw.choice((1, 1, 8, 512, 4096))
        match draw.randrange(5):
            case 0:
                content[at : at + size] = draw.randbytes(len(content[at : at + size]))
            case 1:
                content[at : at + size] = bytes(len(content[at : at + size]))
            case 2:
                del content[at : at + size]
            case 3:
                content[at:at] = content[at : at + size]
            case 4:
                content = content[: max(1, at)]
    path.write_bytes(content)


def harm_store_values(path: Path, draw: random.Random) -> None:
    """Put odd values into the columns of a store, and now and then change its schema."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        tables = [name for name in tables if not name.startswith("sqlite_")]
        for _ in range(draw.choice((1, 1, 3, 12))):
            table = draw.choice(tables)
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            value = draw.choice((*ODD_NUMBERS[:-1], *ODD_TEXTS[3:], "", None, 1.5, b"\0", BOMB, draw.randbytes(40)))
            where = " WHERE rowid = 1" if value is BOMB else draw.choice(("", " WHERE rowid % 2", " WHERE rowid = 1"))
            try:
                connection.execute(f"UPDATE {table} SET {draw.choice(columns)} = ?{where}", (value,))
            except sqlite3.Error:
                continue
        if draw.random() < 0.15:
            with suppress(sqlite3.Error):
                connection.execute(draw.choice(SCHEMES))
    finally:
        connection.close()


SCHEMES = (
    "CREATE TRIGGER t AFTER INSERT ON articles BEGIN DELETE FROM revisions; END",
    "CREATE TRIGGER t AFTER INSERT ON revisions BEGIN UPDATE articles SET headline = 'x'; END",
    "CREATE VIEW v AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n",
    "DROP TABLE revisions",
    "ALTER TABLE articles ADD COLUMN mine TEXT",
    "ALTER TABLE articles RENAME COLUMN headline TO title",
    "DROP TABLE meta",
    "CREATE TABLE mine (x)",
    "PRAGMA user_version = 1",
)


def bomb() -> bytes:
    """Return a deflated body of 400 MB."""
    packer = zlib.compressobj(9)
    return b"".join([packer.compress(bytes(40_000_000)) for _ in range(10)] + [packer.flush()])


BOMB = bomb()


def harm_commit(folder: Path, draw: random.Random) -> None:
    """Change values of the table of contents, its checksum made right."""
    path = _commit(folder)
    said = json.loads(path.read_bytes()[:-9])
    for _ in range(draw.choice((1, 1, 3))):
        where = draw.choice((said, draw.choice(said["segments"]) if said["segments"] else said))
        if where:
            where[draw.choice(list(where))] = draw.choice(ODD)
        if not isinstance(said.get("segments"), list) or not all(isinstance(each, dict) for each in said["segments"]):
            break
    _write_commit(path, said)


def harm_segment(folder: Path, draw: random.Random) -> None:
    """Change arrays of a segment, or its table, all checksums made right."""
    path = draw.choice(sorted(folder.glob("MAIN_*.columns")))
    table, held = _segment(path)
    names = sorted(held)
    for _ in range(draw.choice((1, 1, 2, 6))):
        name = draw.choice(names)
        held[name] = _odd(held[name].copy(), held, draw)
    if draw.random() < 0.2:
        del held[draw.choice(names)]
    if draw.random() < 0.3:
        facts = [name for name in table if name != "arrays"]
        table[draw.choice(facts)] = draw.choice(ODD)
    _write_segment(path, table, held, draw)
    _forget_stamps(folder)


def _odd(array: Any, held: dict[str, Any], draw: random.Random) -> Any:
    """Return an array changed in one of eight ways."""
    size, kind = len(array), array.dtype.kind
    match draw.randrange(8):
        case 0 if size:
            array[draw.randrange(size)] = draw.choice((0, 1, np.array(-1).astype(array.dtype), min(size, 120)))
        case 1 if size and kind in "iu":
            array[draw.randrange(size)] = draw.choice((np.iinfo(array.dtype).max, np.iinfo(array.dtype).min))
        case 2:
            array = array[: draw.randrange(size + 1)]
        case 3:
            array = np.concatenate([array, array])
        case 4 if size:
            raw = bytearray(array.tobytes())
            raw[draw.randrange(len(raw))] ^= 1 << draw.randrange(8)
            array = np.frombuffer(bytes(raw), array.dtype)
        case 5:
            array = array[::-1].copy()
        case 6:
            array = array.astype(draw.choice(("i1", "u1", "i8", "u8", "f4", "f8", "?")))
        case _:
            array = held[draw.choice(sorted(held))]
    return array


def _segment(path: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    content = path.read_bytes()
    offset, length, *_ = arrays._TAIL.unpack(content[-arrays._TAIL.size :])
    table = json.loads(content[offset : offset + length])
    held = {
        name: np.frombuffer(content, np.dtype(dtype), count, at) if count else np.empty(0, np.dtype(dtype))
        for name, (dtype, at, count, _) in table["arrays"].items()
    }
    return table, held


def _write_segment(path: Path, table: dict[str, Any], held: dict[str, Any], draw: random.Random) -> None:
    content, places = bytearray(arrays.MAGIC), {}
    for name, array in held.items():
        content += bytes(-len(content) % arrays.ALIGNMENT)
        raw = array.tobytes()
        places[name] = [array.dtype.str, len(content), len(array), zlib.crc32(raw)]
        content += raw
    if draw.random() < 0.1:
        places[draw.choice(list(places))][draw.randrange(4)] = draw.choice((*ODD_NUMBERS, "O", "<M8[s]", "<U4", "V8"))
    said = json.dumps({**table, "arrays": places}).encode()
    ahead = len(content), len(said), zlib.crc32(said)
    content += said + arrays._TAIL.pack(*ahead, zlib.crc32(arrays._AHEAD.pack(*ahead)), arrays.MAGIC)
    path.write_bytes(content)


def _commit(folder: Path) -> Path:
    return folder / commits.filename(commits.generation(folder))


def _write_commit(path: Path, said: object) -> None:
    written = json.dumps(said).encode()
    path.write_bytes(written + commits._checksum(written))


def _forget_stamps(folder: Path) -> None:
    """Take the files' stamps out of the table of contents, as in any folder that was copied."""
    path = _commit(folder)
    said = json.loads(path.read_bytes()[:-9])
    for segment in said["segments"]:
        segment["written"] = None
    _write_commit(path, said)


# ---------------------------------------------------------------- how it is used


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
            lambda: store.frontier.counts(),
            lambda: (store.frontier.due_count(NOW, ["a.example"]), store.frontier.next_due(), store.frontier.feeds()),
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
            at, trace = "", error.__traceback__
            while trace:
                at, trace = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}", trace.tb_next
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

"""The sketches that wait -> sorted, packed pages, and pages -> their entries (form.py has their form)."""

import json
import logging
import sqlite3
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.events import event
from corpus.store.file.database import Database
from corpus.store.file.rows import further
from corpus.store.sketches import waiting
from corpus.store.sketches.change_counter import next_turn, turn
from corpus.store.sketches.form import HASHES, MOST_TEXTS, shape
from corpus.store.sketches.waiting import NONE, Entries, Numbers

_PAGE = 496  # bytes of a page: two of them fill a page of the file
_SLICE = 100_000  # hashes that are packed in one transaction
_PAGES = 1_000  # pages that are packed in one transaction

log = logging.getLogger(__name__)


class _State(NamedTuple):
    """What is to be packed: the entries that wait, the articles with a sketch, and the turn in which that was so."""

    entries: Entries
    live: Numbers
    turn: int


class Packed(NamedTuple):
    """The hashes that were packed, the turn in which they waited, and that since which nothing waits; None: some do."""

    hashes: Numbers
    before: int
    after: int | None


def pack(database: Database) -> Packed:
    """Put all that waits into pages, a range of hashes in a transaction; entries of articles without a sketch go.

    Pages that damage made senseless go, too: how many is logged. Their texts find copies, and are not found by them.
    What was cut short is packed twice, which changes nothing.
    """
    at = packed = damaged = 0
    after = None
    with database.reading() as connection:
        state = _read(connection)
    while at < HASHES:
        with database.writing() as connection:
            if turn(connection) != state.turn:  # another process added sketches, or took one away
                state = _read(connection)
            upto = further(_end_of_slice(connection, state.entries.hashes, at), at)
            entries, lost = _pack(connection, at, upto, state)
        at, packed, damaged = upto, packed + entries, damaged + lost
    with database.writing() as connection:
        damaged += connection.execute(f"DELETE FROM copy_pages WHERE first NOT BETWEEN 0 AND {HASHES - 1}").rowcount
        if turn(connection) == state.turn:  # else what came meanwhile waits, with what was packed now
            connection.execute("DELETE FROM copy_waiting")
            connection.execute("UPDATE meta SET value = 0 WHERE key = 'copies_recent'")
            after = next_turn(connection)
        connection.execute("UPDATE meta SET value = ? WHERE key = 'copies_packed'", (packed,))
    if damaged:
        event(log, "sketches damaged", level=logging.WARNING, pages=damaged)
    return Packed(state.entries.hashes, state.turn, after)


def _read(connection: sqlite3.Connection) -> _State:
    sql = "SELECT article FROM copy_texts WHERE article > 0 ORDER BY article"
    live = np.fromiter((row[0] for row in connection.execute(sql)), np.uint64)
    return _State(waiting.read(connection), live, turn(connection))


def take_away(connection: sqlite3.Connection, article: int) -> None:
    """Remove the sketch of an article and its hashes, wherever they stand; all of them are looked through."""
    next_turn(connection)
    for table in ("copy_texts", "copy_waiting"):
        connection.execute(f"DELETE FROM {table} WHERE article = ?", (article,))
    number = article.to_bytes(_width(article))
    pages = connection.execute("SELECT first, entries FROM copy_pages WHERE instr(entries, ?)", (number,))
    for first, entries in pages.fetchall():
        held = unpacked(first, entries)
        others = held.articles != article
        if not others.all():
            _rewrite(connection, [first], _those(held, others))


def _end_of_slice(connection: sqlite3.Connection, hashes: Numbers, at: int) -> int:
    """Return the hash before which a transaction that begins at `at` ends."""
    upto = int(np.searchsorted(hashes, np.uint64(at), "right")) + _SLICE
    sql = f"SELECT first FROM copy_pages WHERE first > ? AND first < {HASHES} ORDER BY 1 LIMIT 1 OFFSET ?"
    page = connection.execute(sql, (at, _PAGES)).fetchone()
    ends = [int(hashes[upto]) if upto < len(hashes) else HASHES, page[0] if page else HASHES]
    return min(ends)


def _pack(connection: sqlite3.Connection, at: int, upto: int, state: _State) -> tuple[int, int]:
    """Pack what waits and the pages from the hash `at` on, before `upto`; count entries, and pages that are damaged."""
    pages = connection.execute(
        "SELECT first, entries FROM copy_pages WHERE first >= ? AND first < ?", (at, upto)
    ).fetchall()
    held = [unpacked(first, entries) for first, entries in pages]
    damaged = sum(not len(page.hashes) for page in held)
    new = slice(*np.searchsorted(state.entries.hashes, np.array([at, upto], np.uint64)).tolist())
    held.append(Entries(state.entries.hashes[new], state.entries.articles[new]))
    every = Entries(*(np.concatenate(column) for column in zip(*held, strict=True)))
    merged = _merged(_those(every, ~np.isin(every.articles, _gone(connection, every.articles, state.live))))
    is_before = merged.hashes < upto  # a page may reach further: the next slice begins with the rest of it
    _rewrite(connection, [first for first, _ in pages], _those(merged, is_before))
    _rewrite(connection, [], _those(merged, ~is_before))
    return int(is_before.sum()), damaged


def _gone(connection: sqlite3.Connection, articles: Numbers, live: Numbers) -> Numbers:
    """Return those articles that have no sketch: neither when packing began nor since."""
    places = np.searchsorted(live, articles)
    gone = np.unique(articles[np.append(live, np.uint64(0))[places] != articles])
    if not len(gone):
        return gone
    sql = "SELECT article FROM copy_texts WHERE article IN (SELECT value FROM json_each(?))"
    back = [row[0] for row in connection.execute(sql, (json.dumps(gone.tolist()),))]
    return np.setdiff1d(gone, np.array(back, np.uint64))


def _those(entries: Entries, chosen: NDArray[np.bool_]) -> Entries:
    return Entries(entries.hashes[chosen], entries.articles[chosen])


def _merged(entries: Entries) -> Entries:
    """Return entries sorted, each once, and of each hash no more than MOST_TEXTS."""
    order = np.lexsort((entries.articles, entries.hashes))
    hashes, articles = entries.hashes[order], entries.articles[order]
    new = np.ones(len(hashes), bool)
    new[1:] = (hashes[1:] != hashes[:-1]) | (articles[1:] != articles[:-1])
    hashes, articles = hashes[new], articles[new]
    rank = np.arange(len(hashes)) - np.searchsorted(hashes, hashes)
    few = rank < MOST_TEXTS
    return Entries(hashes[few], articles[few])


def _rewrite(connection: sqlite3.Connection, firsts: Sequence[int], entries: Entries) -> None:
    """Store entries in place of the pages that begin with these hashes."""
    connection.executemany("DELETE FROM copy_pages WHERE first = ?", [(first,) for first in firsts])
    connection.executemany("INSERT OR REPLACE INTO copy_pages VALUES (?, ?)", _pages(entries))


def _pages(entries: Entries) -> Iterator[tuple[int, bytes]]:
    """Yield the first hash and the bytes of each page; all entries of a hash stand in one."""
    hashes, articles = entries
    if not len(hashes):
        return
    width = _width(int(articles.max()))
    gap = int(hashes[-1] - hashes[0]) // len(hashes)
    most = (_PAGE - 2) // (width + _width(gap * (_PAGE // 4)))
    begin = 0
    while begin < len(hashes):
        last = min(begin + most, len(hashes)) - 1
        end = int(np.searchsorted(hashes, hashes[last], "right"))
        first = int(hashes[begin])
        yield first, _packed(hashes[begin:end] - hashes[begin], articles[begin:end])
        begin = end


def _packed(offsets: Numbers, articles: Numbers) -> bytes:
    widths = _width(int(offsets[-1])), _width(int(articles.max()))
    parts = (_in_bytes(numbers, width) for numbers, width in zip((offsets, articles), widths, strict=True))
    return bytes(widths) + b"".join(parts)


def _width(number: int) -> int:
    """Return how many bytes hold a number, one at least."""
    return max(1, (number.bit_length() + 7) // 8)


def _in_bytes(numbers: Numbers, width: int) -> bytes:
    return numbers.astype(">u8").view(np.uint8).reshape(-1, 8)[:, 8 - width :].tobytes()


def unpacked(first: int, page: bytes) -> Entries:
    """Return the entries of a page; none of one that is damaged."""
    of_hash, of_article, count = shape(page)
    if not count or not 0 <= first < HASHES:
        return NONE
    held = np.frombuffer(page, np.uint8, offset=2)
    hashes = _numbers(held[: count * of_hash], of_hash) + np.uint64(first)
    return NONE if hashes.max() >= HASHES else Entries(hashes, _numbers(held[count * of_hash :], of_article))


def _numbers(held: NDArray[np.uint8], width: int) -> Numbers:
    wide = np.zeros((len(held) // width, 8), np.uint8)
    wide[:, 8 - width :] = held.reshape(-1, width)
    return wide.view(">u8").reshape(-1).astype(np.uint64)

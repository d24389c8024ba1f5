"""The sketches that wait to be packed, in memory: hashes -> the articles that have them.

They are read from their rows once, and followed by what this process adds. Those of the last few thousand texts are a
dictionary, the others sorted runs; a run that is looked through costs a few steps for each hash.
"""

import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.store.sketches.form import MOST_TEXTS

IDS = f"BETWEEN 1 AND {(1 << 63) - 1}"  # of articles; damage may have put anything in a column
_MOST_NEW = 1 << 15  # hashes of the dictionary, 8 MB
_MOST_RUNS = 8

Numbers = NDArray[np.uint64]


class Entries(NamedTuple):
    """Hashes and the article of each, sorted by hash."""

    hashes: Numbers
    articles: Numbers


NONE = Entries(np.empty(0, np.uint64), np.empty(0, np.uint64))


def read(connection: sqlite3.Connection) -> Entries:
    """Return what waits in the store; a row that damage made senseless is left out."""
    rows = [
        (article, hashes)
        for article, hashes in connection.execute(f"SELECT article, hashes FROM copy_waiting WHERE article {IDS}")
        if isinstance(hashes, bytes) and not len(hashes) % 4
    ]
    articles = np.fromiter((article for article, _ in rows), np.uint64, len(rows))
    counts = np.fromiter((len(hashes) // 4 for _, hashes in rows), np.int64, len(rows))
    hashes = np.frombuffer(b"".join(hashes for _, hashes in rows), ">u4")
    return in_order(Entries(hashes.astype(np.uint64), np.repeat(articles, counts)))


def in_bytes(sketch: Sequence[int]) -> bytes:
    """Return a sketch as its row has it."""
    return np.array(sketch, ">u4").tobytes()


def in_order(entries: Entries) -> Entries:
    """Return entries sorted by hash; those of one hash stay in their order."""
    order = np.argsort(entries.hashes, kind="stable")
    return Entries(entries.hashes[order], entries.articles[order])


class Waiting:
    """The entries that wait."""

    def __init__(self, entries: Entries) -> None:
        self.count = len(entries.hashes)
        self._runs = [entries] if self.count else []
        self._new: dict[int, list[int]] = {}
        self._size = 0  # hashes of the dictionary

    def add(self, article: int, sketch: Sequence[int]) -> None:
        """Add the sketch of a text."""
        for hash in sketch:
            self._new.setdefault(hash, []).append(article)
        self._size += len(sketch)
        self.count += len(sketch)

    def new(self, hash: int) -> Sequence[int]:
        """Return the articles of a hash whose texts came last; `of_runs` has the others."""
        return self._new.get(hash, ())

    def of_runs(self, hashes: Numbers) -> list[tuple[int, list[int]]]:
        """Return which of these hashes some articles have, each with the articles, more than once if need be."""
        found = []
        for run in self._runs:
            starts = np.searchsorted(run.hashes, hashes)
            ends = np.searchsorted(run.hashes, hashes, "right")
            for at in np.flatnonzero(ends > starts).tolist():
                upto = min(int(ends[at]), int(starts[at]) + MOST_TEXTS)
                found.append((int(hashes[at]), run.articles[starts[at] : upto].tolist()))
        return found

    def make_room(self) -> None:
        """Move the dictionary into a run when it is large, between two look-ups of many hashes."""
        if self._size < _MOST_NEW:
            return
        hashes = np.fromiter((hash for hash, articles in self._new.items() for _ in articles), np.uint64)
        articles = np.fromiter((one for articles in self._new.values() for one in articles), np.uint64)
        self._runs.append(in_order(Entries(hashes, articles)))
        self._new, self._size = {}, 0
        if len(self._runs) > _MOST_RUNS:
            joined = Entries(*(np.concatenate(column) for column in zip(*self._runs, strict=True)))
            self._runs = [in_order(joined)]

"""One committed state, open for searching: every segment's documents as rows of one table.

Rows of the segments follow one another, and so do their texts (`row * 4 + field`), so a query is answered once over
all rows, not once a segment. What is costly to find is cached here, within bounds; threads share it.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import numpy as np

from indexer.analysis.stems import languages
from indexer.contract.annotations import NO_ANNOTATIONS, Annotations
from indexer.contract.facets import ANNOTATED, FacetName
from indexer.contract.values import TermClause
from indexer.searching.scoring import field_weights
from indexer.storage.arrays import Array, Floats, Ints, Mask
from indexer.storage.commits import Contents
from indexer.storage.doc_values import Columns, JoinedColumns, Ordinals, columns, counted
from indexer.storage.inversion import TEXT_BITS
from indexer.storage.kernel import WordPart, WordTable, kernel
from indexer.storage.segment_checks import checked
from indexer.storage.segment_file import OpenSegment
from indexer.storage.terms.vocabulary import StoredVocabulary

T = TypeVar("T")

CACHE_BYTES = 64 << 20  # of arrays cached for the next query, at least
SCATTERED = 8  # while one row in so many has a sum, to sort these rows takes less than to look at all of them
CACHE_PER_ROW = 256  # bytes an article, in a large corpus: its columns for facets and bars are some 50 of them


class Cache:
    """The values used last, by key: at most `room` bytes together, and a value at most a quarter of that."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._bytes = 0
        self._values: OrderedDict[Hashable, tuple[int, object]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], T], size: Callable[[T], int]) -> T:
        """Return what `make` returns, made once while there is room for it."""
        known = self._values.get(key)  # the hash of a clause is computed again each time
        if known is not None:
            with self._lock, suppress(KeyError):  # another thread may have dropped it
                self._values.move_to_end(key)
            return known[1]  # type: ignore[return-value]  # a key always holds one type
        made = make()
        self.put(key, made, size(made))
        return made

    def put(self, key: Hashable, made: object, size: int) -> None:
        """Hold what was made, unless another thread made it first."""
        own = size, made
        with self._lock:
            if size <= self._room // 4 and self._values.setdefault(key, own) is own:
                self._bytes += size
            while self._bytes > self._room:
                self._bytes -= self._values.popitem(last=False)[1][0]


class Snapshot:
    """A commit's segments, memory-mapped, and the columns of all rows."""

    def __init__(
        self,
        directory: Path,
        contents: Contents,
        number: int,
        known: "Snapshot | None" = None,
        *,
        languages: tuple[str, ...] = (),
        outdated: str | None = None,
    ) -> None:
        self.number = number
        self._chosen = languages
        self.contents = contents
        # The largest segment first: its texts are those of the table as they are.
        parts = sorted(contents.segments, key=lambda one: -one.count)
        self.outdated = outdated
        self.position = 0 if outdated else contents.position
        opened = known.opened if known else {}
        self.opened: dict[str, OpenSegment] = {
            one.filename(): opened.get(one.filename()) or checked(directory, one) for one in parts
        }
        self.segments: list[OpenSegment] = list(self.opened.values())
        self.firsts: list[int] = [0, *np.cumsum([one.count for one in self.segments]).tolist()]  # rows
        self.rows = self.firsts[-1]
        live: Mask = np.concatenate([np.ones(0, np.bool_), *(one.live() for one in parts)])
        self.live: Mask | None = None if live.all() else live
        self.articles = int(live.sum())
        self.columns = _table(self.segments)
        self.field_weights: Floats = field_weights([one.columns.lengths for one in self.segments], self.live)
        self._further: Mapping[FacetName, Ordinals] = {}
        self._cache = Cache(max(CACHE_BYTES, CACHE_PER_ROW * self.rows))
        self.made: dict[str, WordTable] = {}  # what is made once, when it is first asked for, and held for good
        self.annotations = NO_ANNOTATIONS
        self.kernel = kernel()
        self._seen = tuple([segment.file.seen for segment in self.segments])
        self._own = threading.local()

    @cached_property
    def numbers(self) -> Ints:
        """The numbers of all rows, and one more."""
        return np.arange(self.rows + 1)

    @cached_property
    def vocabulary(self) -> StoredVocabulary:
        """The vocabulary of all segments."""
        live = [self._living(at) for at in range(len(self.segments))]
        return StoredVocabulary(self.segments, self.languages, live, self.kernel)

    @cached_property
    def word_parts(self) -> tuple[Mapping[str, int], tuple[WordPart, ...]] | None:
        """What the kernel looks for a word in, and the numbers of the languages there; None where it cannot."""
        if self.kernel is None or not self.segments:
            return None
        numbers: Mapping[str, int] = {}
        parts = []
        for segment, first in zip(self.segments, self.firsts, strict=False):
            forms = segment.compiled(self.kernel, self.languages)
            if forms is None:
                return None
            numbers = forms.numbers
            parts.append((forms.lexicon, segment.lists.compiled(self.kernel), first))
        return numbers, tuple(parts)

    def _living(self, number: int) -> Mask | None:
        """Which documents of a segment are live; None when all are."""
        live = None if self.live is None else self.live[self.firsts[number] : self.firsts[number + 1]]
        return None if live is None or live.all() else live

    def touched(self) -> bool:
        """Whether a file may have been written to, or cut, since it was looked at; `check` says what that did."""
        return self.kernel is None or self.kernel.touched(self._seen)

    def check(self, *, wholly: bool = False) -> None:
        """See whether the files are still those that were opened, by their stamps or by every byte.

        Raises:
            IndexDamaged: one is not.
        """
        for segment in self.segments:
            segment.file.check(wholly=wholly)
        self._seen = tuple([segment.file.seen for segment in self.segments])

    def scratch(self) -> Ints:
        """Return room for one number a text, of this thread alone, with any numbers in it."""
        room: Ints | None = getattr(self._own, "room", None)
        if room is None:
            room = self._own.room = np.zeros((self.rows << TEXT_BITS) + 1, np.int32)
        return room

    def totals(self, parts: Iterable[tuple[Ints, Floats]]) -> tuple[Ints, Floats]:
        """Return the rows that stand in any part, in order, and the sum of each row's numbers, which are above zero."""
        room: Floats | None = self._own.__dict__.pop("totals", None)  # what a failure leaves behind is not used again
        total = np.zeros(self.rows, np.float32) if room is None else room
        added, left = [], self.rows // SCATTERED
        for rows, numbers in parts:
            np.add.at(total, rows, numbers)
            left -= len(rows)
            if left >= 0:
                added.append(rows)
        # Of truths it finds them ten times as fast as of numbers.
        found = _each_once(added) if left >= 0 else np.flatnonzero(total > 0)
        sums = total.take(found)
        total[found] = 0
        self._own.__dict__["totals"] = total
        return found, sums

    @cached_property
    def has_copies(self) -> bool:
        """Whether any article is a copy of another."""
        return any(one.columns.copy_of.any() for one in self.segments)

    @contextmanager
    def room(self) -> Iterator[tuple[Floats, Array]]:
        """Give a number and a bit for each row, of this thread alone, all zero; they must be zero again at the end."""
        own = self._own.__dict__.pop("room for sums", None)  # what a failure leaves behind is not used again
        lines = own or (np.zeros(self.rows, np.float32), np.zeros(-(-self.rows // 64), np.uint64))
        yield lines
        self._own.__dict__["room for sums"] = lines

    def cached(self, key: tuple[Hashable, ...], make: Callable[[], T], size: Callable[[T], int]) -> T:
        """Return what `make` returns, made once while there is room for it."""
        return self._cache.get(key, make, size)

    def keep(self, word: str, rows: bytes, scores: bytes) -> None:
        """Cache the rows and scores of a bare word in any field, as the kernel gave them."""
        self._cache.put(word, (rows, scores), len(rows) + len(scores) + 200)

    def cached_of(self, term: TermClause | str, make: Callable[[], T], size: Callable[[T], int]) -> T:
        """Do as `cached`, for a term clause; a bare word in any field is given as its text, whose hash is known."""
        return self._cache.get(term, make, size)

    def with_facets(self, facets: Mapping[FacetName, Ordinals], annotations: Annotations) -> "Snapshot":
        """Return this state with further facets; both share one cache."""
        _ = self.vocabulary, self.has_copies  # made once, and shared
        made = object.__new__(type(self))  # `copy` takes ten times as long
        made.__dict__.update(self.__dict__)
        made._further = facets
        made.annotations = annotations
        return made

    def facet(self, name: FacetName) -> Ordinals:
        """Return the values of a facet, row by row; no row has a tag or dossier unless annotations brought them."""
        known = self._further.get(name) or self.columns.facets.get(name)
        return known or Ordinals(np.empty(0, np.int32), np.zeros(self.rows + 1, np.uint32), [])

    def state_of(self, facet: FacetName) -> str:
        """Return the state of a facet's values, a part of the keys of what is cached of them."""
        return self.annotations.state if facet in ANNOTATED else ""

    def row(self, id: int) -> int | None:
        """Return the row of a live article."""
        ids = self.columns.ids
        if self._ids_ascend:
            at = int(ids.searchsorted(np.int64(id)))
            rows = np.arange(at, at + (at < len(ids) and ids[at] == id))
        else:
            rows = np.flatnonzero(ids == id)
        live = rows if self.live is None else rows[self.live[rows]]
        return int(live[0]) if len(live) else None

    @cached_property
    def _ids_ascend(self) -> bool:
        """Whether each row's id is above that of the row before, as in an index that was made in one go."""
        return bool((self.columns.ids[1:] > self.columns.ids[:-1]).all())

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages of the corpus, the most frequent first; those chosen at opening, if any were."""
        if self._chosen:
            return self._chosen
        return languages(counted(self.columns.facets[FacetName.LANGUAGE], self.live))


def _each_once(parts: Sequence[Ints]) -> Ints:
    """Return the numbers of some arrays in order, each once."""
    if not parts:
        return np.empty(0, np.int64)
    numbers = np.concatenate(parts, dtype=np.uint32, casting="unsafe")
    numbers.sort()
    is_first = np.ones(len(numbers), np.bool_)
    np.not_equal(numbers[1:], numbers[:-1], out=is_first[1:])
    found: Ints = numbers[is_first].astype(np.int64)
    return found


def _table(segments: Sequence[OpenSegment]) -> Columns | JoinedColumns:
    if not segments:
        return columns((), np.empty(0, np.uint32))
    return segments[0].columns if len(segments) == 1 else JoinedColumns([one.columns for one in segments])

"""One committed state of the index: its postings, its columns and its vocabulary."""

from collections import Counter
from collections.abc import Iterator, Sequence
from copy import copy
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.analysis.forms import Lexicon
from indexer.analysis.stems import languages
from indexer.contract.annotations import Annotations
from indexer.contract.facets import ANNOTATED, INDEXED, FacetName
from indexer.contract.values import TextField
from indexer.stock.schema import BETWEEN, STATE, UNDATED, VERSION

Mask = NDArray[np.bool_]
Numbers = NDArray[np.int64]


class Snapshot:
    """A reader and what is counted by. Rows are Whoosh's document numbers, deleted ones among them."""

    def __init__(self, index: Any, stemmed: tuple[str, ...] = ()) -> None:
        self._stemmed = stemmed
        self.generation: int = index.latest_generation()
        self.reader = index.reader()
        self.rows = int(self.reader.doc_count_all())
        self.number = self._numbers("number")
        self.published = self._numbers("published")
        self.latest = self._numbers("latest")
        self.added = self._numbers("added")
        self.leader = self._numbers("leader")
        self.live: Mask = (self.number != UNDATED) & ~self._deleted()
        self.keys: dict[FacetName, list[tuple[str, ...]]] = {facet: self._keys(facet) for facet in INDEXED}
        self.row_of = {int(self.number[row]): int(row) for row in np.flatnonzero(self.live)}

    def annotated(self, annotations: Annotations) -> "Snapshot":
        """Return the same state with tags and dossiers as facets of its rows."""
        made = copy(self)
        made.keys = dict(self.keys)
        for facet in ANNOTATED:
            keys: list[tuple[str, ...]] = [()] * self.rows
            for value, ids in annotations.values(facet).items():
                for row in {self.row_of[id] for id in ids if id in self.row_of}:
                    keys[row] = (*keys[row], value)
            made.keys[facet] = keys
        return made

    @cached_property
    def position(self) -> int:
        """The sequence committed with this state; 0 when it was written by another version."""
        held = next((self.reader.stored_fields(row)["held"] for row in self._rows_of_key(STATE)), None)
        return int(held["position"]) if held and held["version"] == VERSION else 0

    @cached_property
    def vocabulary(self) -> Lexicon:
        """The forms of all fields, with the number of articles' fields each stands in."""
        frequencies: Counter[str] = Counter()
        for field in TextField:
            for word, info in self.reader.iter_field(field.value):
                frequencies[word.decode()] += int(info.doc_frequency())
        return Lexicon(frequencies, self.languages)

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages of the corpus, the most frequent first."""
        keys = self.keys[FacetName.LANGUAGE]
        spoken = Counter(key for row in np.flatnonzero(self.live) for key in keys[row] or (None,))
        return self._stemmed or languages(spoken)

    @cached_property
    def lengths(self) -> dict[TextField, Numbers]:
        """Field -> the number of forms in it, by row; Whoosh keeps it in a byte, so it is about right."""
        rows = range(self.rows)
        return {
            field: np.array([self.reader.doc_field_length(row, field.value) or 0 for row in rows], np.int64)
            for field in TextField
        }

    def postings(self, field: TextField, form: str) -> Iterator[tuple[int, float]]:
        """Yield the rows where the form stands in the field, and how often."""
        matcher = self._matcher(field, form)
        while matcher is not None and matcher.is_active():
            yield matcher.id(), matcher.weight()
            matcher.next()

    def places(self, field: TextField, form: str, wanted: Mask) -> Iterator[tuple[int, Sequence[int]]]:
        """Yield the positions of the form in the field, for the wanted rows."""
        matcher = self._matcher(field, form)
        while matcher is not None and matcher.is_active():
            if wanted[matcher.id()]:
                yield matcher.id(), matcher.value_as("positions")
            matcher.next()

    def text(self, row: int) -> str:
        """The headline, standfirst and body that were indexed."""
        return str(self.reader.stored_fields(row)["held"])

    def close(self) -> None:
        """Close the files."""
        self.reader.close()

    def _matcher(self, field: TextField, form: str) -> Any:
        return self.reader.postings(field.value, form) if (field.value, form) in self.reader else None

    def _rows_of_key(self, key: str) -> list[int]:
        if ("key", key) not in self.reader:
            return []
        return list(self.reader.postings("key", key).all_ids())

    def _deleted(self) -> Mask:
        return np.array([self.reader.is_deleted(row) for row in range(self.rows)], np.bool_)

    def _numbers(self, name: str) -> Numbers:
        found = np.full(self.rows, UNDATED, np.int64)
        for reader, offset in self.reader.leaf_readers():
            if reader.has_column(name):
                found[offset : offset + reader.doc_count_all()] = list(reader.column_reader(name))
        return found

    def _keys(self, facet: FacetName) -> list[tuple[str, ...]]:
        found: list[tuple[str, ...]] = [()] * self.rows
        for reader, offset in self.reader.leaf_readers():
            if reader.has_column(facet.value):
                column = reader.column_reader(facet.value)
                for row in range(reader.doc_count_all()):
                    value: bytes = column[row]
                    found[offset + row] = tuple(value.decode().split(BETWEEN.decode())) if value else ()
        return found

"""The columns of documents: ids, dates and facets, as arrays.

Dates are local minutes; UNDATED stands for none. In a file each array has the smallest type that holds its values.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from indexer.contract.facets import INDEXED, FacetName
from indexer.contract.protocol import Document
from indexer.storage.arrays import Array, ArrayFile, ArrayWriter, Mask, compact, offsets
from indexer.storage.terms.term_dictionary import Words, write_words

UNDATED = np.iinfo(np.int64).min
_SHORT = np.iinfo(np.int32)


@dataclass(frozen=True, slots=True)
class Ordinals:
    """The values of one facet.

    Attributes:
        numbers: Of all values, document by document, in the order the article names them: places in `values`.
        ends: Where the numbers of each document begin, and where the last document's end.
        values: All values of these documents, sorted.
    """

    numbers: Array
    ends: Array
    values: list[str]

    def counts(self) -> Array:
        """Return how many values each document has."""
        return np.diff(self.ends)


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of some documents.

    Attributes:
        ids, published, span, added, copy_of: One number a document; `copy_of` 0 is none.
        lengths: The number of forms of each text, `document * 4 + field`.
        facets: The values of each facet.
    """

    ids: Array
    published: Array
    span: Array
    added: Array
    copy_of: Array
    lengths: Array
    facets: dict[FacetName, Ordinals]

    def __len__(self) -> int:
        return len(self.ids)


class JoinedColumns:
    """The columns of several segments as one, each joined when it is first asked for.

    A search asks for few of them; memory that nobody touched before is most of what joining costs.

    Attributes:
        facets: As in Columns.
    """

    def __init__(self, parts: Sequence[Columns]) -> None:
        self._parts = parts
        self.facets: Mapping[FacetName, Ordinals] = _JoinedFacets(parts)

    def __len__(self) -> int:
        return sum(map(len, self._parts))

    @cached_property
    def ids(self) -> Array:
        """The ids of the documents, as in Columns; the arrays below are those of Columns, too."""
        return _chained(part.ids for part in self._parts)

    @cached_property
    def published(self) -> Array:
        """When each document was published."""
        return _chained(part.published for part in self._parts)

    @cached_property
    def span(self) -> Array:
        """How many minutes each date covers."""
        return _chained(part.span for part in self._parts)

    @cached_property
    def added(self) -> Array:
        """When each document came."""
        return _chained(part.added for part in self._parts)

    @cached_property
    def copy_of(self) -> Array:
        """Which document each is a copy of; 0 is none."""
        return _chained(part.copy_of for part in self._parts)


class _JoinedFacets(Mapping[FacetName, Ordinals]):
    def __init__(self, parts: Sequence[Columns]) -> None:
        self._parts = parts
        self._joined: dict[FacetName, Ordinals] = {}

    def __getitem__(self, name: FacetName) -> Ordinals:
        if name not in self._joined:
            self._joined[name] = _joined([(part.facets[name], slice(None)) for part in self._parts])
        return self._joined[name]

    def __iter__(self) -> Iterator[FacetName]:
        return iter(INDEXED)

    def __len__(self) -> int:
        return len(INDEXED)


def columns(documents: Sequence[Document], lengths: Array) -> Columns:
    """Return the columns of documents whose texts have these lengths."""
    return Columns(
        ids=np.array([one.id for one in documents], np.int64),
        published=np.array([UNDATED if one.published is None else one.published for one in documents], np.int64),
        span=np.array([one.span for one in documents], np.uint32),
        added=np.array([one.added for one in documents], np.int64),
        copy_of=np.array([one.copy_of or 0 for one in documents], np.int64),
        lengths=lengths,
        facets={name: ordinals([one.facets.get(name, ()) for one in documents]) for name in INDEXED},
    )


def ordinals(given: Sequence[tuple[str, ...]]) -> Ordinals:
    """Return the values of documents as numbers; a value that a document names twice counts once."""
    each = [tuple(dict.fromkeys(values)) for values in given]
    known = sorted(set().union(*each))
    place = {value: number for number, value in enumerate(known)}
    numbers = np.array([place[value] for values in each for value in values], np.int32)
    return Ordinals(numbers, compact(np.cumsum([0, *map(len, each)])), known)


def counted(facet: Ordinals, live: Mask | None = None) -> dict[str | None, int]:
    """Return how many documents have each value, and how many have none (None).

    Args:
        live: Which documents count; all when None.
    """
    counts = facet.counts()
    numbers = facet.numbers if live is None else facet.numbers[np.repeat(live, counts)]
    none = int(((counts if live is None else counts[live]) == 0).sum())
    having = np.bincount(numbers, minlength=len(facet.values)).tolist()
    return {None: none, **dict(zip(facet.values, having, strict=True))}


def write_columns(file: ArrayWriter, columns: Columns) -> None:
    """Write the columns of a segment."""
    for name in ("ids", "span", "added", "copy_of", "lengths"):
        file.add(name, _narrow(getattr(columns, name)))
    file.add("published", _narrow_dates(columns.published))
    for facet, known in columns.facets.items():
        file.add(f"facet.{facet}", _narrow(known.numbers))
        file.add(f"counts.{facet}", _narrow(known.counts()))
        write_words(file, f"values.{facet}", known.values)


def read_columns(file: ArrayFile) -> Columns:
    """Return the columns of a segment. Of a facet or a span that it was written without, no document has a value."""
    ids = file["ids"].astype(np.int64)
    return Columns(
        ids=ids,
        published=_dates(file["published"]),
        span=file["span"].astype(np.uint32) if "span" in file else np.zeros(len(ids), np.uint32),
        added=file["added"].astype(np.int64),
        copy_of=file["copy_of"].astype(np.int64),
        lengths=file["lengths"].astype(np.uint32),
        facets={facet: _read(file, facet, len(ids)) for facet in INDEXED},
    )


def _read(file: ArrayFile, facet: FacetName, documents: int) -> Ordinals:
    if f"facet.{facet}" not in file:
        return Ordinals(np.empty(0, np.int32), np.zeros(documents + 1, np.uint32), [])
    ends = offsets(file[f"counts.{facet}"])
    return Ordinals(file[f"facet.{facet}"], ends, Words.of(file, f"values.{facet}").all())


def _narrow(values: Array) -> Array:
    """Return whole numbers in the smallest type that holds them all."""
    low, high = (int(values.min()), int(values.max())) if len(values) else (0, 0)
    return values.astype(np.result_type(np.min_scalar_type(low), np.min_scalar_type(high)))


def _narrow_dates(at: Array) -> Array:
    """Return dates in four bytes each, where they fit; then the least number of four bytes stands for none."""
    dated = at[at != UNDATED]
    if len(dated) and not (_SHORT.min < dated.min() and dated.max() <= _SHORT.max):
        return at
    return np.where(at == UNDATED, _SHORT.min, at).astype(np.int32)


def _dates(at: Array) -> Array:
    found = at.astype(np.int64)
    if at.dtype == np.int32:
        found[at == _SHORT.min] = UNDATED
    return found


def joined(parts: Sequence[tuple[Columns, Mask]]) -> Columns:
    """Return the columns of several segments as one, of the documents that each mask has."""
    chosen = [(part, slice(None) if mask.all() else mask) for part, mask in parts]  # a slice is not copied
    return Columns(
        ids=_chained(part.ids[mask] for part, mask in chosen),
        published=_chained(part.published[mask] for part, mask in chosen),
        span=_chained(part.span[mask] for part, mask in chosen),
        added=_chained(part.added[mask] for part, mask in chosen),
        copy_of=_chained(part.copy_of[mask] for part, mask in chosen),
        lengths=_chained(part.lengths.reshape(len(part), -1)[mask].ravel() for part, mask in chosen),
        facets={name: _joined([(part.facets[name], mask) for part, mask in chosen]) for name in INDEXED},
    )


def _joined(parts: Sequence[tuple[Ordinals, Mask | slice]]) -> Ordinals:
    values = sorted(set().union(*(part.values for part, _ in parts)))
    numbers, ends = [], []
    for part, mask in parts:
        if isinstance(mask, slice):
            own, last = part.numbers, part.ends[1:]
        else:
            counts = part.counts()
            own, last = part.numbers[np.repeat(mask, counts)], np.cumsum(counts[mask], dtype=np.int64)
        numbers.append(own.astype(np.int32) if part.values == values else _remap(part.values, values)[own])
        ends.append(last)
    before = compact(np.cumsum([0, *map(len, numbers)]))
    moved = [last.astype(before.dtype) + at for last, at in zip(ends, before[:-1], strict=True)]
    return Ordinals(_chained(numbers), _chained([before[:1], *moved]), values)


def _remap(values: Sequence[str], merged: Sequence[str]) -> Array:
    """Old number -> new number."""
    place = {value: number for number, value in enumerate(merged)}
    return np.fromiter(map(place.__getitem__, values), np.int32, len(values))


def _chained(arrays: Iterable[Array]) -> Array:
    return np.concatenate(list(arrays))

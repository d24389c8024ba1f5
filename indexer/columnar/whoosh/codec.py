"""Whoosh's own way to read our segments, so that any Whoosh query runs on the index.

Its terms are the forms of each text field, and the ids of the articles as the field `key`; its columns are ours,
by the names of the schema. The engine's own searches do not come by here.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from indexer.columnar.whoosh.termsreader import ColumnarTerms
from indexer.columnar.whoosh.upstream import Codec, ColumnReader, PerDocumentReader
from indexer.contract.facets import INDEXED, FacetName
from indexer.stock.schema import BETWEEN
from indexer.stock.schema import UNDATED as STOCK_UNDATED
from indexer.storage.arrays import Array
from indexer.storage.doc_values import UNDATED, Columns
from indexer.storage.inversion import FIELDS, TEXTS
from indexer.storage.segment import Segment
from indexer.storage.segment_file import OpenSegment

NUMBERS = ("number", "published", "added", "leader")


class Listed(Protocol):
    """A segment that Whoosh lists (toc.py), which says what it is called here."""

    def ours(self) -> Segment:
        """Return the segment as we list it."""


class ColumnarCodec(Codec):  # type: ignore[misc]  # whoosh has no types
    """Reads; what is written is written by writing.py."""

    def terms_reader(self, storage: Any, segment: Listed) -> ColumnarTerms:
        """Return the postings of a segment."""
        return ColumnarTerms(_opened(storage, segment))

    def per_document_reader(self, storage: Any, segment: Listed) -> "ColumnarDocuments":
        """Return the columns of a segment."""
        return ColumnarDocuments(_opened(storage, segment), segment.ours())


def _opened(storage: Any, segment: Listed) -> OpenSegment:
    return OpenSegment(Path(storage.folder) / segment.ours().filename())


class ColumnarDocuments(PerDocumentReader):  # type: ignore[misc]  # whoosh has no types
    """What Whoosh asks of single documents: deletions, lengths, columns and, of what is stored, the id."""

    def __init__(self, opened: OpenSegment, segment: Segment) -> None:
        self._columns = opened.columns
        self._live = segment.live()
        self._lengths: Array = opened.columns.lengths.reshape(-1, TEXTS)

    def doc_count(self) -> int:
        """The number of live documents."""
        return int(self._live.sum())

    def doc_count_all(self) -> int:
        """The number of documents."""
        return len(self._live)

    def has_deletions(self) -> bool:
        """Is any document deleted?"""
        return not self._live.all()

    def is_deleted(self, docnum: int) -> bool:
        """Whether a document is deleted; Whoosh asks also for the number after the last document."""
        return docnum < len(self._live) and not self._live[docnum]

    def deleted_docs(self) -> list[int]:
        """Return the deleted documents."""
        return [int(number) for number in np.flatnonzero(~self._live)]

    def supports_columns(self) -> bool:
        """Return True: Whoosh may sort and group by our columns."""
        return True

    def has_column(self, fieldname: str) -> bool:
        """Is there a column of this name?"""
        return fieldname in self.list_columns()

    def list_columns(self) -> list[str]:
        """Return the names of the columns."""
        return [*NUMBERS, *(facet.value for facet in INDEXED)]

    def column_reader(self, fieldname: str, column: Any) -> Any:
        """Return a column's values, as the stock schema has them."""
        return Values(_values(fieldname, self._columns))

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """Return the number of forms of one text."""
        return int(self._lengths[docnum, FIELDS.index(fieldname)]) if fieldname in FIELDS else default

    def field_length(self, fieldname: str) -> int:
        """Return the number of forms of a field."""
        return sum(self._of(fieldname))

    def min_field_length(self, fieldname: str) -> int:
        """Return the shortest text's."""
        return min(self._of(fieldname), default=0)

    def max_field_length(self, fieldname: str) -> int:
        """Return the longest text's."""
        return max(self._of(fieldname), default=0)

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """Return the id; the texts are in the store."""
        return {"key": str(self._columns.ids[docnum])}

    def _of(self, fieldname: str) -> list[int]:
        if fieldname not in FIELDS:
            return []
        found: list[int] = self._lengths[:, FIELDS.index(fieldname)].tolist()
        return found


class Values(ColumnReader):  # type: ignore[misc]  # whoosh has no types
    """A column of Whoosh's over a list."""

    def __init__(self, values: list[Any]) -> None:
        self._values = values

    def __len__(self) -> int:
        return len(self._values)

    def __getitem__(self, docnum: int) -> Any:
        return self._values[docnum]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._values)


def _values(name: str, columns: Columns) -> Any:
    match name:
        case "number":
            return columns.ids.tolist()
        case "leader":
            return np.where(columns.copy_of > 0, columns.copy_of, columns.ids).tolist()
        case "published":
            return np.where(columns.published == UNDATED, STOCK_UNDATED, columns.published).tolist()
        case "added":
            return columns.added.tolist()
    facet = columns.facets[FacetName(name)]
    keys, ends = [key.encode() for key in facet.values], facet.ends.tolist()
    each = [keys[number] for number in facet.numbers.tolist()]
    return [BETWEEN.join(each[ends[at] : ends[at + 1]]) for at in range(len(columns))]

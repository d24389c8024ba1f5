"""A segment's terms and postings as Whoosh reads them."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from indexer.columnar.whoosh.matching import ArrayMatcher
from indexer.columnar.whoosh.upstream import EmptyCursor, FieldCursor, TermInfo, TermNotFound, TermsReader
from indexer.storage.arrays import Array, Ints
from indexer.storage.inversion import FIELDS, TEXT_BITS, TEXTS
from indexer.storage.segment_file import OpenSegment
from indexer.storage.terms.term_dictionary import MISSING

KEY = "key"
FIELD_MASK = (1 << TEXT_BITS) - 1


class ColumnarTerms(TermsReader):  # type: ignore[misc]  # whoosh has no types
    """The terms of one segment: `(field, form)` and `("key", id)`."""

    def __init__(self, opened: OpenSegment) -> None:
        self._opened = opened

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return len(self._postings(*term)[0]) > 0

    def indexed_field_names(self) -> list[str]:
        """Return the names of the fields."""
        return sorted(self._terms)

    def cursor(self, fieldname: str, fieldobj: Any) -> Any:
        """Return a cursor over a field's terms."""
        return Cursor(self._terms[fieldname], self, fieldname, fieldobj) if fieldname in self._terms else EmptyCursor()

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """Yield all terms, sorted."""
        return ((name, text) for name in self.indexed_field_names() for text in self._terms[name])

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """Yield the terms from one on."""
        return (term for term in self.terms() if term >= (fieldname, prefix))

    def items(self) -> Iterator[tuple[tuple[str, bytes], Any]]:
        """Yield all terms and what is known of each."""
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], Any]]:
        """Yield the terms from one on and what is known of each."""
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> Any:
        """Return the statistics of a term."""
        documents, frequencies, _ = self._postings(fieldname, text)
        if not len(documents):
            raise TermNotFound(f"{fieldname}:{text!r}")
        lengths = self._opened.columns.lengths.reshape(-1, TEXTS)
        own = lengths[documents, FIELDS.index(fieldname)] if fieldname in FIELDS else np.ones(1)
        return TermInfo(
            weight=float(frequencies.sum()),
            df=len(documents),
            minlength=int(own.min()),
            maxlength=int(own.max()),
            maxweight=float(frequencies.max()),
            minid=int(documents[0]),
            maxid=int(documents[-1]),
        )

    def frequency(self, fieldname: str, text: bytes) -> float:
        """Return how often a term stands in the segment."""
        return float(self._postings(fieldname, text)[1].sum())

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """Return in how many documents it stands."""
        return len(self._postings(fieldname, text)[0])

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> ArrayMatcher:
        """Return the postings of a term."""
        documents, frequencies, places = self._postings(fieldname, text)
        if not len(documents):
            raise TermNotFound(f"{fieldname}:{text!r}")
        return ArrayMatcher((fieldname, text), documents.tolist(), frequencies.tolist(), places, format_, scorer)

    @cached_property
    def _terms(self) -> dict[str, list[bytes]]:
        """Field -> its terms, sorted."""
        forms = np.array([form.encode() for form in self._opened.forms.all()], object)
        ends: Ints = np.asarray(self._opened.lists.posting_at, np.int64)
        owners = np.repeat(np.arange(len(forms)), ends[1:] - ends[:-1])
        fields = self._opened.lists.texts(0, len(forms)) & FIELD_MASK
        found = {name.value: forms[np.unique(owners[fields == at])].tolist() for at, name in enumerate(FIELDS)}
        return {**found, KEY: sorted(str(id).encode() for id in self._opened.columns.ids.tolist())}

    def _postings(self, fieldname: str, text: bytes) -> tuple[Array, Array, Array]:
        """Documents, frequencies and positions of a term; the last one text's after the other's."""
        none = np.empty(0, np.int64)
        if fieldname == KEY:
            documents = np.flatnonzero(self._opened.columns.ids == int(text)) if text.isdigit() else none
            return documents, np.ones(len(documents)), none
        term = self._opened.term(text.decode()) if fieldname in FIELDS else MISSING
        if term == MISSING:
            return none, none, none
        texts, frequencies = self._opened.lists.postings(term)
        inside = (texts & FIELD_MASK) == FIELDS.index(fieldname)
        lists = self._opened.lists
        places = lists.positions(lists.position_at[term], lists.position_at[term + 1])[np.repeat(inside, frequencies)]
        return texts[inside] >> TEXT_BITS, frequencies[inside], places


class Cursor(FieldCursor):  # type: ignore[misc]  # whoosh has no types
    """Whoosh's cursor over a field's sorted terms."""

    def __init__(self, terms: Sequence[bytes], reader: ColumnarTerms, fieldname: str, fieldobj: Any) -> None:
        self._terms = terms
        self._reader = reader
        self._fieldname = fieldname
        self._field = fieldobj
        self._at = 0

    def first(self) -> Any:
        """Go to the first term."""
        self._at = 0
        return self.text()

    def find(self, term: bytes | str) -> Any:
        """Go to the first term that is not before the given term."""
        self._at = bisect_left(self._terms, term.encode() if isinstance(term, str) else term)
        return self.text()

    def next(self) -> Any:
        """Go to the next term."""
        self._at += 1
        return self.text()

    def text(self) -> Any:
        """Return the term, or None past the end."""
        return self._field.from_bytes(self._terms[self._at]) if self.is_valid() else None

    def term_info(self) -> Any:
        """Return the statistics of the term."""
        return self._reader.term_info(self._fieldname, self._terms[self._at])

    def is_valid(self) -> bool:
        """Is there a term here?"""
        return self._at < len(self._terms)

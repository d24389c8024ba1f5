"""A segment's file: written once, then open for reading, its arrays memory-mapped."""

import weakref
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from corpus.errors import IndexDamaged
from indexer.analysis import version
from indexer.analysis.joined import MAX_POSITIONS
from indexer.contract.facets import FacetName
from indexer.storage.arrays import Array, ArrayFile, ArrayWriter, Ints
from indexer.storage.doc_values import Columns, counted, read_columns, write_columns
from indexer.storage.inversion import Postings
from indexer.storage.kernel import Kernel
from indexer.storage.postings.reader import PostingLists
from indexer.storage.postings.writer import PostingWriter, wide_type
from indexer.storage.segment import FORMAT
from indexer.storage.terms.compiled import CompiledForms, compiled_forms
from indexer.storage.terms.edit_signatures import write_signatures
from indexer.storage.terms.frequent_terms import FrequentTerms
from indexer.storage.terms.stem_groups import Variants, write_variants
from indexer.storage.terms.term_dictionary import MISSING, Words, write_words

CACHED_TERMS = 50_000  # whose number is cached


def write_segment(path: Path, postings: Postings, columns: Columns, languages: tuple[str, ...]) -> None:
    """Write a segment's file and wait until it is on the disk; nothing is left behind when that fails."""
    file = ArrayWriter(path)
    try:
        write_words(file, "forms", postings.forms)
        write_variants(file, postings.forms, languages)
        write_signatures(file, postings.forms)
        write_columns(file, columns)
        counts = np.diff(postings.posting_at), np.diff(postings.position_at)
        writer = PostingWriter(file, *counts, len(columns), wide=wide_type(postings.positions))
        writer.write(postings.texts, postings.frequencies, postings.positions)
        writer.close()
        file.close(format=FORMAT, analysis=version.VERSION, documents=len(columns), languages=languages)
    except BaseException:
        file.discard()
        raise


class OpenSegment:
    """A segment's arrays, memory-mapped."""

    def __init__(self, path: Path) -> None:
        self.file = ArrayFile(path)
        if self.file.facts.get("format") != FORMAT:
            raise IndexDamaged(f"{path}: format {self.file.facts.get('format')!r}: expected {FORMAT}")
        try:
            self._read()
        except (KeyError, TypeError, ValueError, IndexError, OverflowError, MemoryError) as error:
            raise IndexDamaged(f"{path}: its arrays are not those of a segment") from error
        self._terms: dict[str, int] = {}
        self._frequent: FrequentTerms | None = None
        self._compiled: dict[tuple[str, ...], CompiledForms | None] = {}

    def _read(self) -> None:
        self.count: int = self.file.facts["documents"]
        self.forms = Words.of(self.file, "forms")
        self.variants = Variants(self.file, self.forms, _finding(weakref.ref(self)))
        self.columns = read_columns(self.file)
        self.lists = PostingLists(self.file, self.count)

    def term(self, form: str) -> int:
        """Return the number that a form has in this segment, or MISSING."""
        found = self._terms.get(form)
        if found is None:
            if len(self._terms) > CACHED_TERMS:
                self._terms = {}
            found = self._terms[form] = self.forms.find(form)
        return found

    def terms(self, forms: Sequence[str]) -> list[int]:
        """Return the numbers that some forms have in this segment, or MISSING for each that has none."""
        known = self._terms
        if len(known) > CACHED_TERMS:
            known = self._terms = {}
        new = [form for form in forms if form not in known]
        known.update(zip(new, self.forms.find_all(new), strict=True))
        return [known[form] for form in forms]

    def words(self, terms: Sequence[int]) -> list[str]:
        """Return the forms of some terms, whose numbers need not be found any more."""
        if len(self._terms) > CACHED_TERMS:
            self._terms = {}
        forms = self.forms.words(terms)
        self._terms.update(zip(forms, terms, strict=True))
        return forms

    def among(self, terms: Sequence[int], choose: Callable[[list[str]], list[str]]) -> list[str]:
        """Return the chosen forms of some terms, and remember their numbers, so that these need not be looked up.

        Args:
            choose: Gives the chosen forms in the order of the forms.
        """
        forms = self.forms.words(terms)
        chosen = choose(forms)
        if len(self._terms) > CACHED_TERMS:
            self._terms = {}
        at = -1
        for form in chosen:  # of hundreds of forms a few are chosen
            at = forms.index(form, at + 1)
            self._terms[form] = terms[at]
        return chosen

    def starting(self, prefix: str) -> list[str]:
        """Return the forms that begin so, sorted; of a few, the numbers need not be found any more."""
        terms = self.forms.starting(prefix)
        forms = self.forms.slice(terms)
        if len(forms) <= CACHED_TERMS // 4:
            if len(self._terms) > CACHED_TERMS:
                self._terms = {}
            self._terms.update(zip(forms, terms, strict=True))
        return forms

    def compiled(self, kernel: Kernel, languages: tuple[str, ...]) -> CompiledForms | None:
        """Return the forms as the kernel reads them, with the maps of some languages; None where one is missing."""
        if languages not in self._compiled:
            self._compiled[languages] = compiled_forms(
                kernel, self.file, self.lists.posting_at, self.variants, languages
            )
        return self._compiled[languages]

    def frequent(self) -> FrequentTerms:
        """Return the most frequent terms, found when first asked for."""
        if self._frequent is None:
            self._frequent = FrequentTerms(self.forms, self.file, self.lists)
        return self._frequent

    def documents(self, ids: Ints) -> Array:
        """Return the numbers of the documents with these ids, deleted ones among them."""
        return np.flatnonzero(np.isin(self.columns.ids, ids))

    def cut(self) -> tuple[int, ...]:
        """Return the numbers of the documents with a text of which not all forms are indexed, in order.

        A text of exactly as many forms as are indexed is among them: nothing says whether it had more.
        """
        most = self.columns.lengths.reshape(self.count, -1).max(axis=1, initial=0)
        return tuple(np.flatnonzero(most >= MAX_POSITIONS).tolist())

    def languages(self) -> dict[str | None, int]:
        """Return how many of the documents are in each language."""
        return counted(self.columns.facets[FacetName.LANGUAGE])


def _finding(segment: "weakref.ref[OpenSegment]") -> Callable[[str], int]:
    """Return the segment's `term` without holding the segment.

    The segment holds what calls this; in a circle, its file would stay open until the garbage is collected.
    """

    def find(form: str) -> int:
        held = segment()
        return held.term(form) if held else MISSING

    return find

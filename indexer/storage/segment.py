"""One segment of the index: what the table of contents says of it, and its file once it is open."""

import weakref
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Self

import numpy as np

from corpus.errors import IndexDamaged
from indexer.analysis import text
from indexer.columnar.whoosh.upstream import Segment as WhooshSegment
from indexer.contract.facets import FacetName
from indexer.storage.arrays import Array, ArrayFile, ArrayWriter, Ints, Mask
from indexer.storage.doc_values import Columns, read_columns, write_columns
from indexer.storage.edit_signatures import write_signatures
from indexer.storage.inversion import Postings
from indexer.storage.stem_groups import Variants, write_variants
from indexer.storage.term_dictionary import MISSING, Words, write_words

FORMAT = 1  # of the file; an index of another format reads as position 0, and is made again
KEPT_TERMS = 50_000  # whose number is remembered
SUFFIX = ".columns"


class ColumnarSegment(WhooshSegment):  # type: ignore[misc]  # whoosh has no types
    """A segment as Whoosh's table of contents keeps it: its name, its size and which documents are deleted."""

    written: tuple[int, int] | None = None  # its file's stamp, as whoever wrote it left it

    def __init__(self, indexname: str, count: int, deleted: frozenset[int] = frozenset(), segid: str = "") -> None:
        super().__init__(indexname)
        self.segid: str = segid or self.segid
        self.count = count
        self.bitmap = b""
        if deleted:
            mask = np.zeros(count, np.bool_)
            mask[list(deleted)] = True
            self.bitmap = np.packbits(mask).tobytes()

    def without(self, documents: Array) -> Self:
        """Return this segment with some more documents deleted."""
        other = type(self)(self.indexname, self.count, segid=self.segid)
        other.written = self.written
        mask = ~self.live()
        mask[documents] = True
        other.bitmap = np.packbits(mask).tobytes()
        return other

    def live(self) -> Mask:
        """Return which documents are not deleted."""
        if not self.bitmap:
            return np.ones(self.count, np.bool_)
        found: Mask = np.unpackbits(np.frombuffer(self.bitmap, np.uint8), count=self.count) == 0
        return found

    def codec(self) -> Any:
        """Return what Whoosh reads this segment with."""
        from indexer.columnar.whoosh.codec import ColumnarCodec

        return ColumnarCodec()

    def filename(self) -> str:
        """Return the name of its file in the directory of the index."""
        return f"{self.segment_id()}{SUFFIX}"

    def doc_count_all(self) -> int:
        """The number of documents, deleted ones among them."""
        return self.count

    def doc_count(self) -> int:
        """The number of live documents."""
        return int(self.live().sum())

    def deleted_count(self) -> int:
        """The number of deleted documents."""
        return self.count - self.doc_count()

    def has_deletions(self) -> bool:
        """Is any document deleted?"""
        return bool(self.bitmap)

    def is_deleted(self, docnum: int) -> bool:
        """Is this one?"""
        return not self.live()[docnum]

    def deleted_docs(self) -> list[int]:
        """Return the numbers of the deleted documents."""
        return [int(number) for number in np.flatnonzero(~self.live())]


def write_segment(path: Path, postings: Postings, columns: Columns, languages: tuple[str, ...]) -> None:
    """Write a segment's file and wait until it is on the disk; nothing is left behind when that fails."""
    file = ArrayWriter(path)
    try:
        write_words(file, "forms", postings.forms)
        write_variants(file, postings.forms, languages)
        write_signatures(file, postings.forms)
        write_columns(file, columns)
        for name in ("posting_at", "position_at"):
            file.add(name, compact(getattr(postings, name)))
        for name in ("texts", "frequencies", "over_at", "over_by", "positions"):
            file.add(name, getattr(postings, name))
        file.close(format=FORMAT, analysis=text.VERSION, documents=len(columns), languages=languages)
    except BaseException:
        file.discard()
        raise


def compact(offsets: Array) -> Array:
    """Return offsets in four bytes each, where the last one fits."""
    return offsets.astype(np.uint32 if int(offsets[-1]) < 1 << 32 else np.uint64)


class OpenSegment:
    """A segment's arrays, memory-mapped."""

    def __init__(self, path: Path) -> None:
        self.file = ArrayFile(path)
        if self.file.facts.get("format") != FORMAT:
            raise IndexDamaged(f"{path}: format {self.file.facts.get('format')!r}: expected {FORMAT}")
        self.count: int = self.file.facts["documents"]
        self.forms = Words.of(self.file, "forms")
        self.variants = Variants(self.file, self.forms, _finding(weakref.ref(self)))
        self.columns = read_columns(self.file)
        self.texts = self.file["texts"]
        self.frequencies = self.file["frequencies"]
        self.positions = self.file["positions"]
        self.over_at = self.file["over_at"]
        self.over_by = self.file["over_by"]
        self._terms: dict[str, int] = {}
        self.posting_at = self.file["posting_at"].data
        self.position_at = self.file["position_at"].data

    def term(self, form: str) -> int:
        """Return the number of a form, or MISSING."""
        found = self._terms.get(form)
        if found is None:
            if len(self._terms) > KEPT_TERMS:
                self._terms = {}
            found = self._terms[form] = self.forms.find(form)
        return found

    def postings(self, term: int, last: int | None = None) -> tuple[Array, Array]:
        """Return the texts a term stands in, sorted, and how often it does in each; or a run of terms' ones."""
        start, end = self.posting_at[term], self.posting_at[term + 1 if last is None else last]
        frequencies = self.frequencies[start:end]
        if len(self.over_at):
            first, last = np.searchsorted(self.over_at, (start, end))
            if first < last:
                frequencies = frequencies.astype(np.int64)
                frequencies[self.over_at[first:last] - start] += self.over_by[first:last]
        return self.texts[start:end], frequencies

    def remember(self, forms: Iterable[str], numbers: Mapping[str, int]) -> None:
        """Take note of the numbers of some forms; one that has none here is missing."""
        self._terms.update((form, numbers.get(form, MISSING)) for form in forms)

    def documents(self, ids: Ints) -> Array:
        """Return the numbers of the documents with these ids, deleted ones among them."""
        return np.flatnonzero(np.isin(self.columns.ids, ids))

    def languages(self) -> dict[str | None, int]:
        """Return how many of the documents are in each language."""
        values: list[str | None] = [*self.columns.values[FacetName.LANGUAGE], None]  # the last is ABSENT's
        counts = np.bincount(self.columns.facets[FacetName.LANGUAGE] + 1, minlength=len(values))
        return {value: int(count) for value, count in zip(values, np.roll(counts, -1), strict=True)}


def _finding(segment: "weakref.ref[OpenSegment]") -> Callable[[str], int]:
    """Its `term`, for what it holds itself: in a circle it would keep its file until the garbage is collected."""

    def find(form: str) -> int:
        held = segment()
        return held.term(form) if held else MISSING

    return find


def checked(directory: Path, segment: ColumnarSegment, *, wholly: bool = False) -> OpenSegment:
    """Open a segment; read all of it to see that it is as it was written, unless nobody has written to it since.

    The table of contents keeps the stamp of the file, so that a large index need not be read to be opened.

    Args:
        wholly: Read all of it in any case; a disk may forget without being written to.

    Raises:
        IndexDamaged: it is not as it was written.
    """
    path = directory / segment.filename()
    opened = OpenSegment(path)
    problems = opened.file.problems() if wholly or opened.file.stamp() != segment.written else []
    if opened.count != segment.count:
        problems.append(f"{path}: {opened.count} documents: the table of contents says {segment.count}")
    if problems:
        raise IndexDamaged("; ".join(problems))
    return opened

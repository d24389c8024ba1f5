"""Is the compiled kernel installed? -> its functions, which do what NumPy does here with the same results, or None.

The kernel is a package of its own (kernel/ in the repository, `make kernel`), and nothing needs it. Arrays go in as
they are; what comes out is bytes, which `rows_of` and the like read without copying them.
"""

from array import array
from collections.abc import Mapping
from functools import cache
from typing import Any, Literal, Protocol, TypeAlias, TypeVar, cast

import numpy as np

from corpus.kernel import SWITCH, installed, part
from indexer.storage.arrays import Array, Floats, Ints, Mask

VERSION = 12  # of the kernel's functions; another one is not used
EVERY_FIELD = -1
MAX_PLACES = 32  # of a phrase that the kernel looks for
MAX_TERMS = 64  # at these places, where it goes text by text
SWEPT_TERMS = 1 << 16  # where it goes through ranges of texts
SWEPT_WIDTH = 192  # of a window then
SWEPT_TIMES = 4  # that such a window is to hold one word

T = TypeVar("T")
Numbers: TypeAlias = "array[int] | Ints"  # of 64 bits each


class Lists(Protocol):
    """The posting lists of a segment, as the kernel holds them."""


class Lexicon(Protocol):
    """The forms of a segment and the maps of their keys, as the kernel holds them."""


class Sweep(Protocol):
    """A search for a phrase that goes on from where it was, as the kernel holds it."""


class Table(Protocol):
    """What a page of hits for one word is made of, as the kernel holds it."""


WordPart: TypeAlias = tuple[Lexicon, Lists, int]  # of a segment, and its first row
# The numbers of languages in it, the languages, and whether a word's stem is read from it.
WordTable: TypeAlias = tuple[Table, Mapping[str, int], tuple[str, ...], bool]
Kin: TypeAlias = tuple[list[str], list[int], list[int]]  # forms in order, their numbers, and how many postings each has
FirstFound: TypeAlias = tuple[
    tuple[Kin, ...] | None, bytes | None, bytes | None, tuple[Any, ...] | None, tuple[str, ...] | None
]


class Kernel(Protocol):
    """The functions of the kernel. They raise ValueError where the numbers in the arrays cannot be right."""

    VERSION: int

    def open(self, arrays: tuple[Array | memoryview, ...], blocks: int, is_wide: bool, /) -> Lists:
        """Return the lists of a segment: posting_at, position_at, texts.low and on, in the kernel's order."""

    def lexicon(
        self,
        text: Array,
        at: Array,
        postings: memoryview,
        maps: tuple[tuple[Array, Array, memoryview, memoryview], ...],
        /,
    ) -> Lexicon:
        """Return the forms of a segment with their maps, that of folded spellings first; each as it is written."""

    def kin(self, lexicon: Lexicon, typed: str, keys: tuple[tuple[int, str], ...], /) -> Kin | None:
        """Return the forms that share a key with what was typed, their numbers and how many postings each has.

        Args:
            keys: The number of a map, and a key of it.

        Returns:
            The forms in order; None where they are to be found without the kernel.
        """

    def near(self, lexicon: Lexicon, signatures: Array, lengths: Array, typed: str, distance: int, /) -> Kin | None:
        """Return the forms that begin as what was typed and are at most so many edits from it, as `kin` does.

        Args:
            signatures, lengths: Of each form, as indexer/storage/terms/edit_signatures.py writes them.
        """

    def add(
        self, lists: Lists, terms: Numbers, first: int, weights: Floats, field: int, sums: Floats, seen: Array, /
    ) -> None:
        """Add the weight of each posting of some terms to the sum of its row.

        Args:
            first: The first row of the segment.
            weights: Of each text of the table, as `snapshot.field_weights` are.
            field: The number of the only field that counts; -1 for all.
            sums: A number for each row.
            seen: A bit for each row, in numbers of 64.
        """

    def mark(self, lists: Lists, terms: Numbers, field: int, marks: Mask, /) -> None:
        """Write 1 for each document of a segment that any of some terms stands in.

        A block of texts in which all documents are marked is left, so the most frequent terms are best the first.

        Args:
            field: The number of the only field that counts; -1 for all.
        """

    def few(
        self, parts: tuple[tuple[Lists, Numbers, int], ...], weights: Floats, field: int, live: Mask | None, /
    ) -> tuple[bytes, bytes] | None:
        """Return the live rows that have any of some terms, and their sums, as `add` and `take` do.

        Args:
            parts: The lists of each segment, its terms, and its first row.

        Returns:
            None where there are too many postings for it, or too many terms.
        """

    def word(
        self,
        parts: tuple[WordPart, ...],
        typed: str,
        keys: tuple[tuple[int, str], ...],
        weights: Floats,
        field: int,
        live: Mask | None,
        base: float,
        articles: int,
        /,
    ) -> tuple[tuple[Kin, ...], bytes | None, bytes | None] | None:
        """Return what `kin` finds in each segment, and rows and scores of all these forms, by `few` and `saturated`.

        Returns:
            None where `kin` gives None, and None in place of rows and scores where `few` does.
        """

    def table(
        self,
        parts: tuple[WordPart, ...],
        weights: Floats,
        live: Mask | None,
        second: Ints,
        third: Ints,
        grouped: Mask | None,
        base: float,
        articles: int,
        hit: type[tuple[object, ...]],
        /,
    ) -> Table:
        """Return what `first` takes: the arguments of `word` and `top` that are the same for every word.

        Args:
            grouped: Which rows have copies; None when none has.
        """

    def first(
        self, table: Table, typed: str, keys: tuple[tuple[int, str], ...] | None, count: int, is_folded: bool, /
    ) -> FirstFound | Literal[False] | None:
        """Return what `word` gives for all fields, the best hits as `top` gives them, and None.

        Args:
            keys: None: of a word in ASCII those that `numbered` gives in English, by the stem that the index has of it.

        Returns:
            False where keys are to be given: the word is no form, or the index has several segments, articles that
            are not live, or another language. None where `word` gives None. None in place of the hits where there are
            no rows, or several of them have copies, which are to be folded. Where there are hits of one segment whose
            rows are all live, the forms with postings, those with most first, are the last, and what `kin` found and
            the scores are None.
        """

    def touched(self, files: tuple[tuple[int, int, int], ...], /) -> bool:
        """Return whether a file has another size than it had, or was written to since.

        Args:
            files: The handle, the size in bytes and the time of the last change in nanoseconds of each.
        """

    def saturated(self, sums: Floats, base: float, most: float, /) -> bytes:
        """Return the score of each sum: it by itself and the base together, times the most."""

    def pour(self, rows: Ints, numbers: Floats, sums: Floats, seen: Array, /) -> None:
        """Add a number to the sum of each of some rows."""

    def take(self, sums: Floats, seen: Array, live: Mask | None, /) -> tuple[bytes, bytes]:
        """Return the live rows that were seen, in order, and their sums; then all is zero again."""

    def meet(self, rows: Ints, numbers: Floats, other_rows: Ints, other_numbers: Floats, /) -> tuple[bytes, bytes]:
        """Return the rows that are in both, and the sum of both numbers; the first are the fewer."""

    def top(
        self, first: Array, rows: Ints, second: Ints, third: Ints, count: int, hit: type[T], is_scored: bool, /
    ) -> tuple[bytes, list[T]]:
        """Return the greatest by `first`, then by two numbers of each row, in order: rows, and hits.

        Args:
            hit: A type of tuples. Each is of a row's third number, its first one or 0.0, an empty tuple, and False.
            is_scored: The first number is a score, which the hit has.
        """

    def tally(self, column: Array, rows: Ints, counts: Ints, /) -> None:
        """Add one to the count of the number that a column has for each row."""

    def phrase(
        self,
        lists: Lists,
        terms: Numbers,
        sizes: Numbers,
        places: Numbers,
        texts: int,
        field: int,
        width: int,
        first: int,
        last: int,
        /,
    ) -> tuple[bytes, bytes]:
        """Return the texts in which words stand one after the other, and how often; a word is any of some terms.

        Args:
            terms: Of the first word, then of the second, and so on.
            sizes: How many terms each of these words has.
            places: The words' numbers in the order of the phrase; one may come again.
            texts: The number of texts of the segment.
            width: Of a window in positions: it begins at one of the words and holds all of them; 0 for no window.
            first, last: Which texts are looked at.
        """

    def sweep(
        self,
        lists: Lists,
        terms: Numbers,
        sizes: Numbers,
        places: Numbers,
        lengths: Array,
        texts: int,
        field: int,
        width: int,
        /,
    ) -> Sweep:
        """Return the same search as that of `phrase`, for words that stand in many texts or are any of many terms.

        Args:
            lengths: How many positions each text has.
        """

    def swept(self, sweep: Sweep, last: int, /) -> tuple[bytes, bytes]:
        """Return what `phrase` does, of the texts up to one that were not looked at before."""


@cache
def kernel() -> Kernel | None:
    """Return the kernel; None where it is not installed, switched off, or of another version."""
    return cast(Kernel | None, part("VERSION", VERSION))


def why_idle() -> str | None:
    """Say why a kernel that is installed is not used; None where it is, or where none is installed."""
    found = installed()
    if found is None or kernel() is not None:
        return None
    own = getattr(found, "VERSION", None)
    if own == VERSION:
        return f"switched off by {SWITCH}=off"
    return f"it has version {own} of its functions, and this Pressmark takes {VERSION}"


def rows_of(given: bytes) -> Ints:
    """Return rows, places or counts that the kernel gave."""
    return np.frombuffer(given, np.int64)


def floats_of(given: bytes) -> Floats:
    """Return sums that the kernel gave."""
    return np.frombuffer(given, np.float32)

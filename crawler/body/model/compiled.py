"""Is a compiled kernel with trees installed? -> its functions, which walk them and count texts as Python does; or None.

The kernel is a package of its own (kernel/ in the repository, `make kernel`), and nothing needs it.
"""

from collections.abc import Callable, Mapping, Sequence, Set
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol, cast

from corpus.kernel import part

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TREES = 5  # the version of these functions; another one is not used


class Forest(Protocol):
    """Trees, as the kernel holds them."""


class Kernel(Protocol):
    """The functions of the kernel. They raise ValueError where the arrays do not go together."""

    def forest(
        self,
        feature: "NDArray[np.int32]",
        split: "NDArray[np.float32]",
        left: "NDArray[np.int32]",
        value: "NDArray[np.float64]",
        part: "NDArray[np.uint8]",
        trees: int,
        /,
    ) -> Forest:
        """Return trees, copied.

        Args:
            left: Of each node, its left child, which the right one follows; a leaf is its own child.
            part: Of a leaf, in which of four sums it is added.
            trees: How many there are; the first nodes are their roots.
        """

    def descend(self, forest: Forest, columns: "NDArray[np.float32]", count: int, first: int, bound: float, /) -> bytes:
        """Return the sums of the leaves of each row, in 64 bits each.

        Args:
            columns: Of `count` rows, those of the first feature first.
            first: After so many trees, rows whose sum is `bound` away from 0 stop.
        """

    def words_of(self, text: str, is_letter: bytes, /) -> tuple[str, ...] | None:
        """Return the words of a text; None: it has characters beyond the plane of `is_letter`."""

    def spoken(
        self,
        texts: list[str],
        is_letter: bytes,
        visible: bytes,
        known: Mapping[str, int],
        stops: Set[str],
        others: Callable[[str], list[str]],
        short: int,
        sample: int,
        lists: int,
        /,
    ) -> "tuple[bytes, bytes, bytes, list[str]] | None":
        """Return what the word lists say of texts, and the words of the short ones; None: a text has lone surrogates.

        First a table of 32 bits a number, a row of all texts each: the shares of stops and of listed words, then of
        each list how many words it has, and whether the first is one; texts that are not short have the first alone.
        Then, in whole numbers of 32 bits, which of the words stand in each short text, each once, and where those of
        each text end; and the words.

        Args:
            is_letter: Of the plane, whether a character is of words.
            visible: Of the plane, whether it is no white space.
            known: The lists that have a word, as bits.
            others: Finds the words of a text with characters beyond the plane, in small letters.
            short: Characters that a short text has fewer of.
            sample: Characters of the others that are looked at.
            lists: How many there are.
        """

    def alike(
        self,
        words: list[str],
        spoken: bytes,
        ends: bytes,
        sizes: "NDArray[np.int64]",
        sets: "tuple[Set[str], ...]",
        least: int,
        /,
    ) -> bytes:
        """Return how like the likest of some sets the words of each text are; then which part of them the last set has.

        The last set is none of those that are likened.

        Args:
            words: Those of `spoken`, as what follows.
            sizes: Of each text; one of `least` or less is like none.
            sets: Eight at most.
        """

    def parts(self, names: str, /) -> tuple[str, ...]:
        """Return the words that an element's names are made of, each once, as `classifier.name_parts` does."""

    def scores(self, parts: list[tuple[str, ...]], known: dict[str, float], /) -> list[float]:
        """Return of the words of each element the sum of what is known of them, in their order."""

    def counts(self, texts: list[str], kinds: bytes, extras: bytes, roles: bytes, /) -> bytes | None:
        """Return what the characters of each text are, in 64 bits each; None: a text has lone surrogates.

        Args:
            kinds: Of the plane, which kind a character is; beyond it, all are as its last.
            extras: What each counts beyond 1.
            roles: The number of kinds; those of a stop, of one that needs no blank, and of a break; then of each kind,
                in bits, whether a stop after it may end a sentence, and one before it.
        """

    def columns(
        self,
        table: "NDArray[np.float32]",
        lists: tuple[Sequence[object], ...],
        measured: "tuple[NDArray[Any], ...]",
        facts: Mapping[str, int],
        tags: Mapping[str, float],
        names: Mapping[str, float],
        telling: int,
        title: int,
        total: float,
        log1p: "Callable[[bytes], NDArray[np.float64]]",
        /,
    ) -> None:
        """Fill a table with a row for each of `crawler.body.model.columns.NAMES`.

        Args:
            lists: Of the blocks: texts, then tags and names of elements, owners, bold_chars and links, and parents,
                depths, within, hidden, first and end of elements.
            measured: Of each block, in 64 bits: size, its logarithm, share of links, good text, share of digits, how
                like a title, the description and the articleBody it is; in 32 bits: listed words, and those
                of other articles; in 8 bits: whether it is good, has sentences, ends in a stop, and in a colon.
            facts: Of a tag, a bit each: a heading, a paragraph, a list, an article, a main part, the first heading.
            tags: How much a tag speaks for the story.
            names: How much an element's names do.
            telling: How many bits `within` has.
            title: The block of the title; -1: none.
            total: Good text of the page, 1 or more.
            log1p: Takes logarithms, of 64 bits each.
        """


@cache
def compiled() -> Kernel | None:
    """Return the kernel; None where it is not installed, switched off, or has other functions."""
    return cast(Kernel | None, part("TREES", TREES))

"""Is a compiled kernel with snippets installed? -> its functions, which read plain texts as snippets.py does; or None.

The kernel is a package of its own (kernel/ in the repository, `make kernel`), and nothing needs it.
"""

from collections.abc import Mapping
from functools import cache
from typing import Protocol, cast

from corpus.kernel import part

SNIPPETS = 3  # the version of these functions; another one is not used

Spans = tuple[tuple[int, int], ...]


class Words(Protocol):
    """The forms of a query, as the kernel holds them."""


class Kernel(Protocol):
    """The functions of the kernel; they return None for a text that is not plain, and where a joined form may stand."""

    def words(self, numbers: Mapping[str, int], /) -> Words:
        """Return the forms that are looked for, each with the number of its reading."""

    def marks(self, words: Words, text: str, /) -> Spans | None:
        """Return where the forms stand in a text, in order."""

    def fragments(self, words: Words, text: str, room: int, /) -> list[tuple[int, int, bool, bool, Spans]] | None:
        """Return the best pieces of a text in order, each with its marks.

        A piece is [start, end) of the text, and whether it begins and ends within a sentence.

        Args:
            room: The characters that a piece has room for; at least those of the longest form.
        """


@cache
def compiled() -> Kernel | None:
    """Return the kernel; None where it is not installed, switched off, or has other functions."""
    return cast(Kernel | None, part("SNIPPETS", SNIPPETS))

"""A sorted list of words <-> two arrays, searched without loading it.

The words are UTF-8, each followed by a line feed, in the order of their bytes, which is the order of their characters.
"""

from bisect import bisect_left
from collections.abc import Sequence

import numpy as np

from indexer.storage.arrays import Array, ArrayFile, ArrayWriter

MISSING = -1
APART = 64  # words between two that stand in memory, to begin a search at


def write_words(file: ArrayWriter, name: str, words: Sequence[str]) -> None:
    """Write sorted words as the arrays `<name>.text` and `<name>.at`."""
    text = "\n".join(words).encode() + b"\n" if words else b""
    array = np.frombuffer(text, np.uint8)
    ends = np.flatnonzero(array == 10) + 1
    file.add(f"{name}.text", array)
    file.add(f"{name}.at", np.concatenate(([0], ends)).astype(np.uint32))


class Words:
    """Sorted words in a file of arrays, known by their numbers."""

    def __init__(self, text: Array, at: Array) -> None:
        self._text = text.data
        self._at = at.data
        self._signposts: list[bytes] | None = None

    @classmethod
    def of(cls, file: ArrayFile, name: str) -> "Words":
        """Return the words written under a name."""
        return cls(file[f"{name}.text"], file[f"{name}.at"])

    def __len__(self) -> int:
        return len(self._at) - 1

    def word(self, number: int) -> str:
        """Return one word."""
        return str(self._text[self._at[number] : self._at[number + 1] - 1], "utf-8")

    def find(self, word: str) -> int:
        """Return the number of a word, or MISSING."""
        wanted = word.encode("utf-8", "surrogatepass")
        number = self._first(wanted)
        return number if number < len(self) and self._bytes(number) == wanted else MISSING

    def starting(self, prefix: str) -> range:
        """Return the numbers of the words that begin so; all of them for an empty prefix."""
        if not prefix:
            return range(len(self))
        wanted = prefix.encode("utf-8", "surrogatepass")
        return range(self._first(wanted), self._first(wanted + b"\xff"))  # no UTF-8 has that byte

    def slice(self, numbers: range) -> list[str]:
        """Return the words of a run of numbers."""
        if not numbers:
            return []
        return str(self._text[self._at[numbers.start] : self._at[numbers.stop] - 1], "utf-8").split("\n")

    def all(self) -> list[str]:
        """Return every word."""
        return self.slice(range(len(self)))

    def _bytes(self, number: int) -> bytes:
        return bytes(self._text[self._at[number] : self._at[number + 1] - 1])

    def _first(self, wanted: bytes) -> int:
        if self._signposts is None:
            self._signposts = [self._bytes(number) for number in range(0, len(self), APART)]
        near = bisect_left(self._signposts, wanted) * APART
        return bisect_left(range(len(self)), wanted, max(0, near - APART), min(near, len(self)), key=self._bytes)

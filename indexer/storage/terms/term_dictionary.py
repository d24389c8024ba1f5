"""A sorted list of words <-> two arrays, searched without loading it.

The words are UTF-8, each followed by a line feed, in the order of their bytes, which is the order of their characters.
Where words begin is written for one in STEP of them; the others are found from there.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import numpy as np

from indexer.storage.arrays import Array, ArrayFile, ArrayWriter

MISSING = -1
STEP = 16  # words between two whose place is written
APART = 64  # words between two that stand in memory, to begin a search at; a multiple of STEP
MANY = 32  # words that are read together
_END = 10  # the line feed after each word


def write_words(file: ArrayWriter, name: str, words: Sequence[str]) -> None:
    """Write sorted words as the arrays `<name>.text` and `<name>.at`."""
    text = "\n".join(words).encode() + b"\n" if words else b""
    array = np.frombuffer(text, np.uint8)
    begins = np.concatenate(([0], np.flatnonzero(array == _END) + 1))
    file.add(f"{name}.text", array)
    file.add(f"{name}.at", np.append(begins[:-1:STEP], [len(text), len(words)]).astype(np.uint32))


class Words:
    """Sorted words in a file of arrays, known by their numbers."""

    def __init__(self, text: Array, at: Array) -> None:
        self._text = text.data
        self._at = at[:-1].data  # of every STEP-th word, and the end
        self._count = int(at[-1])
        self._signposts: list[bytes] | None = None
        self._ends: memoryview | None = None
        if len(at) != -(-self._count // STEP) + 2 or (len(at) > 1 and int(at[-2]) != len(text)):
            raise ValueError("the words and their places do not go together")

    @classmethod
    def of(cls, file: ArrayFile, name: str) -> "Words":
        """Return the words written under a name."""
        return cls(file[f"{name}.text"], file[f"{name}.at"])

    def __len__(self) -> int:
        return self._count

    def word(self, number: int) -> str:
        """Return one word."""
        step = number // STEP
        place = number % STEP
        return str(bytes(self._text[self._at[step] : self._at[step + 1]]).split(b"\n", place + 1)[place], "utf-8")

    def words(self, numbers: Sequence[int]) -> list[str]:
        """Return some words; of many, all places are found first, once, which takes four bytes a word."""
        if len(numbers) < MANY:
            return [self.word(number) for number in numbers]
        if self._ends is None:
            self._ends = np.flatnonzero(np.frombuffer(self._text, np.uint8) == _END).astype(np.uint32).data
        ends, text = self._ends, self._text
        return [str(text[ends[at - 1] + 1 if at else 0 : ends[at]], "utf-8") for at in numbers]

    def find(self, word: str) -> int:
        """Return the number of a word, or MISSING."""
        return self.find_all((word,))[0]

    def find_all(self, words: Sequence[str]) -> list[int]:
        """Return the number of each of some words, or MISSING."""
        posts, text, at = self._posts(), self._text, self._at
        last, found = len(at) - 1, []
        for word in words:
            wanted = word.encode("utf-8", "surrogatepass")
            near = bisect_right(posts, wanted) - 1
            number = MISSING
            if near >= 0 and b"\n" not in wanted:
                step = near * (APART // STEP)
                run = bytes(text[at[step] : at[min(step + APART // STEP, last)]])
                wanted += b"\n"
                if run.startswith(wanted):
                    number = near * APART
                elif (place := run.find(b"\n" + wanted)) >= 0:
                    number = near * APART + 1 + run.count(b"\n", 0, place)
            found.append(number)
        return found

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
        first = numbers.start // STEP
        words = str(self._encoded(first, -(-numbers.stop // STEP))[:-1], "utf-8").split("\n")
        return words[numbers.start - first * STEP : numbers.stop - first * STEP]

    def all(self) -> list[str]:
        """Return every word."""
        return self.slice(range(len(self)))

    def encoded(self, numbers: range) -> bytes:
        """Return a run of words as they are written, each with its line feed."""
        first = numbers.start // STEP
        text = self._encoded(first, -(-numbers.stop // STEP)) if numbers else b""
        begin = _after(text, numbers.start - first * STEP)
        return text[begin : _after(text, len(numbers), begin)]

    def _encoded(self, first: int, last: int) -> bytes:
        return bytes(self._text[self._at[first] : self._at[last]])

    def _run(self, number: int) -> bytes:
        """The words from a signpost up to the next."""
        step = number // STEP
        return self._encoded(step, min(step + APART // STEP, len(self._at) - 1))

    def _first(self, wanted: bytes) -> int:
        """The number of the first word that is not before this one."""
        near = bisect_left(self._posts(), wanted) - 1
        if near < 0:
            return 0
        return near * APART + bisect_left(self._run(near * APART)[:-1].split(b"\n"), wanted)

    def _posts(self) -> list[bytes]:
        if self._signposts is None:
            begins = self._at.tolist()[: -1 : APART // STEP]
            self._signposts = [bytes(self._text[at : at + 400]).split(b"\n", 1)[0] for at in begins]
        return self._signposts


def _after(text: bytes, words: int, begin: int = 0) -> int:
    """Where so many words end, from a place on."""
    for _ in range(words if words < STEP else 0):
        begin = text.index(b"\n", begin) + 1
    if words < STEP:
        return begin
    ends = np.flatnonzero(np.frombuffer(text, np.uint8, offset=begin) == _END)
    return begin + int(ends[words - 1]) + 1

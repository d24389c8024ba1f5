"""The pieces that a block was read from -> where they stand in its text."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate

_WORD = re.compile(r"\S+")


class Places:
    """Where the pieces that a block was read from stand in its text: by the characters that are no blanks."""

    def __init__(self, pieces: Sequence[str], text: str) -> None:
        self._before = [0, *accumulate(_solid(piece) for piece in pieces)]
        words = text.split()
        self._counts = [0, *accumulate(map(len, words))]
        # Where words begin; None: one blank stands between each two, and nothing before the first.
        is_parted_by_one = self._counts[-1] + len(words) - 1 == len(text)
        self._starts = None if is_parted_by_one else [found.start() for found in _WORD.finditer(text)]
        self._skipped = 0
        whole = "".join(pieces)
        if (
            whole.rstrip().endswith("|")
            and (collapsed := " ".join(whole.split())).endswith(" |")
            and _solid(collapsed) > self._counts[-1]
        ):  # the row's last separator; such rows lose the strokes before them as well
            self._skipped = _solid(collapsed) - _solid(collapsed.lstrip("| "))

    def between(self, first: int, end: int) -> tuple[int, int] | None:
        """Return where the text of some pieces begins and ends; None: it has no character there."""
        low = max(self._before[first] - self._skipped, 0)
        high = min(self._before[end] - self._skipped, self._counts[-1])
        if low >= high:
            return None
        return self._at(low), self._at(high - 1) + 1

    def before(self, first: int) -> int:
        """Return a place in front of a piece without text: after the character that stands before it."""
        low = min(max(self._before[first] - self._skipped, 0), self._counts[-1])
        return self._at(low - 1) + 1 if low else 0

    def _at(self, number: int) -> int:
        """Return where the character of this number, blanks not counted, stands in the text."""
        word = bisect_left(self._counts, number + 1) - 1
        return number + word if self._starts is None else self._starts[word] + number - self._counts[word]


def _solid(piece: str) -> int:
    return sum(map(len, piece.split()))

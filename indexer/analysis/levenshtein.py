"""Which words are within so many edits of a word: a letter added, left out, changed, or two neighbours swapped."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

MAX_LETTERS = 64


def within(distance: int, word: str, candidates: Iterable[str]) -> list[str]:
    """Return the candidates at most `distance` edits from `word`, in the order given."""
    near = [one for one in candidates if abs(len(one) - len(word)) <= distance and len(one) <= MAX_LETTERS]
    if not near or not word:
        return []
    characters = np.array(near).view(np.uint32).reshape(len(near), -1)
    lengths = np.fromiter(map(len, near), np.intp, len(near))
    distances = _distances(np.array([word]).view(np.uint32), characters)[lengths, np.arange(len(near))]
    return [near[at] for at in np.flatnonzero(distances <= distance)]


def _distances(word: NDArray[np.uint32], characters: NDArray[np.uint32]) -> NDArray[np.int16]:
    """Optimal string alignment of one word with many: one row per letter, all candidates at once.

    Returns:
        Prefix length -> candidate -> the distance of `word` to that prefix of the candidate.
    """
    count, width = characters.shape
    before = np.zeros((width + 1, count), np.int16)
    row = np.repeat(np.arange(width + 1, dtype=np.int16)[:, None], count, axis=1)
    for at, letter in enumerate(word):
        above, row = row, np.empty_like(row)
        row[0] = at + 1
        for column in range(1, width + 1):
            other = characters[:, column - 1]
            best = np.minimum(above[column] + 1, row[column - 1] + 1)
            best = np.minimum(best, above[column - 1] + (other != letter))
            if at and column > 1:
                swapped = (other == word[at - 1]) & (characters[:, column - 2] == letter)
                best = np.where(swapped, np.minimum(best, before[column - 2] + 1), best)
            row[column] = best
        before = above
    return row

"""A question about a character -> its answers for the basic plane, as a table that whole texts are looked up in."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

SIZE = 0x10000
# Stretches of which Unicode says the same of every character, two fifths of the plane: Han, Hangul, and what holds no
# characters at all (surrogates, private use). The first of each is asked.
_ALIKE = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xAC00, 0xD7A4), (0xD800, 0xF900))


def answers(question: Callable[[str], bool]) -> NDArray[np.bool_]:
    """Return whether a question of a character's kind (`str.isalpha` ...) holds, by the number of the character."""
    table = np.empty(SIZE, np.bool_)
    at = 0
    for first, end in (*_ALIKE, (SIZE, SIZE)):
        table[at:first] = np.fromiter(map(question, map(chr, range(at, first))), np.bool_, first - at)
        if first < end:
            table[first:end] = question(chr(first))
        at = end
    return table

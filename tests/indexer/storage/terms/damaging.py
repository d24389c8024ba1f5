"""Arrays of a segment's forms -> the same with numbers changed and one of them cut, as a damaged file has them."""

import random
from collections.abc import Sequence

from indexer.storage.arrays import Array

NUMBERS = (0, 1, 7, 10, 200, 255, 1 << 31, (1 << 32) - 1)


def damaged(chance: random.Random, arrays: Sequence[Array]) -> list[Array]:
    """Return copies with 1 to 60 numbers changed, one of them cut at a random place or not at all."""
    made = [one.copy() for one in arrays]
    for _ in range(chance.choice((1, 5, 60))):
        one = chance.choice(made)
        place, number = chance.randrange(len(one)), chance.choice(NUMBERS)
        one[place] = number % (1 << 8 * one.itemsize)
    cut = chance.randrange(len(made))
    made[cut] = made[cut][: chance.choice((len(made[cut]), chance.randrange(len(made[cut]))))].copy()
    return made

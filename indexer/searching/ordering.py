"""Many keys -> the places of the greatest, without sorting all."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from indexer.storage.arrays import Array, Ints

FEW = 512  # are sorted as they are
SAMPLED = 16  # one in so many is looked at first

Key = Callable[[Ints], Array]  # some places -> what their order goes by; greater is better


def best(first: Array, others: Sequence[Key], count: int) -> Ints:
    """Return the places of the `count` greatest in `first`, in order; ties are broken by the other keys.

    The last key must differ at all places. The other keys are read at few places.
    """
    size = len(first)
    if size <= max(count, FEW):
        return _sorted(np.arange(size), first, others)[:count]
    if count <= 0:
        return np.empty(0, np.int64)
    likely = np.flatnonzero(first >= _low_limit(first, count))
    if len(likely) > count:
        among_likely = first[likely]
        limit = np.partition(among_likely, len(likely) - count)[len(likely) - count]
        likely = likely[among_likely >= limit]
    else:
        limit = first[likely].min()
    if len(likely) > 2 * count + FEW and others:
        tied = first[likely] == limit
        sure, ties = likely[~tied], likely[tied]
        second, *rest = others
        within = best(second(ties), [among(ties, key) for key in rest], count - len(sure))
        likely = np.concatenate((sure, ties[within]))
    return _sorted(likely, first, others)[:count]


def _low_limit(first: Array, count: int) -> Any:
    """A value that is no greater than the `count`-th greatest, and greater than most; seen from a part of them.

    So many of a part are so great that as many of all are.
    """
    part = first[::SAMPLED]
    if len(part) < 2 * count:
        return first.min()
    return np.partition(part, len(part) - count)[len(part) - count]


def _sorted(places: Ints, first: Array, others: Sequence[Key]) -> Ints:
    keys = [first[places], *(key(places) for key in others)]
    found: Ints = places[np.lexsort(keys[::-1])[::-1]]
    return found


def among(places: Ints, key: Key) -> Key:
    """Return the key of places that are themselves chosen from some places."""
    return lambda chosen: key(places[chosen])

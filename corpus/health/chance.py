"""Counts now and before -> how likely chance alone makes the difference."""

from collections.abc import Sequence
from itertools import pairwise
from math import exp, lgamma, sqrt

Counts = tuple[int, int]
"""How many lack something, and of how many."""


def by_chance(now: Counts, usual: Counts, spread: float = 1) -> float:
    """Return how likely at least as many lack something where nothing has changed.

    The share that is usual may be any; what was seen of it weighs (the beta-binomial distribution).

    Args:
        spread: How much more the share goes up and down than single articles would make it (`spread_of`).
    """
    of = max(1, int(now[1] / spread))
    lacking = now[0] * of // now[1]
    a, b = usual[0] / spread + 1, (usual[1] - usual[0]) / spread + 1
    whole = lgamma(of + 1) + lgamma(a + b) - lgamma(a) - lgamma(b) - lgamma(of + a + b)
    return sum(
        exp(whole - lgamma(n + 1) - lgamma(of - n + 1) + lgamma(n + a) + lgamma(of - n + b))
        for n in range(lacking, of + 1)
    )


def spread_of(days: Sequence[Counts]) -> float:
    """Return how much more a share went up and down from day to day than if each article were for itself; at least 1.

    A paper whose Sundays have the texts of an agency alone has days that are all signed or not at all: seven such texts
    say no more than one. By the differences of days that follow each other: a month in which the share was another is
    no reason to take each later month for chance.

    Args:
        days: In their order.
    """
    counted = [(lacking, of) for lacking, of in days if of]
    lacking, of = sum(each for each, _ in counted), sum(each for _, each in counted)
    if len(counted) < 2 or not 0 < lacking < of:
        return 1
    share = lacking / of
    off = [(some - share * each) / sqrt(share * (1 - share) * each) for some, each in counted]
    return max(1.0, sum((one - other) ** 2 for one, other in pairwise(off)) / (2 * (len(off) - 1)))

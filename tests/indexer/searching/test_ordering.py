"""The first of many."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.searching.ordering import best


@given(st.integers(0, 3000), st.integers(1, 3), st.integers(0, 1200), st.integers(0, 1000))
def test_the_best_are_those_a_full_sort_puts_first(size, values, count, seed):
    chance = np.random.default_rng(seed)
    first, second = chance.integers(0, values, (2, size))
    last = chance.permutation(size)
    expected = sorted(range(size), key=lambda at: (-first[at], -second[at], -last[at]))[:count]
    found = best(first.astype(np.float32), (lambda at: second[at], lambda at: last[at]), count)
    assert found.tolist() == expected


def test_the_lowest_number_is_last():
    lowest = np.iinfo(np.int64).min  # has no negative of its own
    assert best(np.array([3, lowest, 5]), (lambda at: at,), 3).tolist() == [2, 0, 1]

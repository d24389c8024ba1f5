"""A draw: the same by its seed whatever the order of the candidates, even over the strata, and never twice the same."""

from indexer.results.drawing import Candidate, drawn

POOL = [Candidate(f"k{at:03}", "abc"[at % 3] if at < 60 else "a", at) for at in range(100)]


def test_the_same_seed_draws_the_same_whatever_the_order_of_the_candidates():
    assert drawn(POOL, 12, 1974) == drawn(POOL[::-1], 12, 1974) != drawn(POOL, 12, 1975)


def test_it_is_even_over_the_strata_until_one_has_no_more():
    strata = {each.id: each.stratum for each in POOL}
    assert sorted(strata[id] for id in drawn(POOL, 12, 1)) == ["a"] * 4 + ["b"] * 4 + ["c"] * 4
    everything = drawn(POOL, 1000, 1)
    assert sorted(everything) == [each.id for each in POOL]


def test_nothing_is_drawn_from_nothing_and_none_of_many():
    assert drawn([], 5, 1) == drawn(POOL, 0, 1) == []

"""Of which sources too little could be read in a run."""

import pytest

from corpus.health.shortfalls import Shortfall, said, shortfall
from corpus.runs.receipts import SourceReceipt
from tests.corpus.health.past import receipt


def news(had: int, lost: int, *, late: int = 0) -> SourceReceipt:
    """A run with new stories had and lost, others that an earlier run lost, and many of before that still read."""
    lost_for = {"http-403": lost} if lost else {}
    counts = {"unchanged": {"": 50}, "failed": lost_for}
    first = {"first_had": had, "first_lost_for": lost_for, "stories": had + late}
    return receipt(0, counts, had=50 + had + late, lost=lost, lost_for=lost_for, **first)


@pytest.mark.parametrize(
    ("run", "found"),
    [
        (news(0, 3), Shortfall.NEW_STORIES),
        (news(0, 2), None),
        (news(1, 9), None),
        (news(0, 3, late=1), None),
        (news(0, 60), Shortfall.MOST_STORIES),
    ],
)
def test_no_new_story_of_three_is_too_little_though_older_ones_read(run, found):
    assert shortfall(run, has_articles=True) is found


def test_where_a_server_has_nothing_at_the_places_that_were_tried_nothing_could_be_had():
    counts = {"failed": {"http-500": 1}, "not-article": {"http-404": 3}}
    tried = receipt(counts=counts, lists=4, had=0, stories=0)
    assert shortfall(tried, has_articles=True) is Shortfall.ALL
    assert said([tried], ()) == "nothing of a could be read"
    assert said([receipt()], ()) == ""

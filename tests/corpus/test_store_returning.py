"""When a story that was withdrawn, and that its site names again, is asked for again."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from corpus.model import Outcome, UrlState
from tests.corpus.samples import NOW, article, visit
from tests.corpus.test_store_frontier import add, leased
from tests.stores import new_store

URL = "https://news.example/1"


@pytest.mark.parametrize(
    ("hours", "attempts", "is_due"),
    [(24, 1, True), (23, 1, False), (48, 4, True), (47, 4, False), (32 * 24, 99, True), (32 * 24 - 1, 99, False),
     (-365 * 24, 99, True)],  # the last: a clock was a year ahead as the page was gone
)  # fmt: skip
def test_a_withdrawn_story_is_asked_for_again_after_longer_and_longer_times(
    tmp_path: Path, hours: int, attempts: int, is_due: bool
):
    gone = visit(url=URL, at=NOW, outcome=Outcome.WITHDRAWN, reason="http-404", state=UrlState.DROPPED)
    with new_store(tmp_path / "pressmark.sqlite") as store:
        add(store, URL, now=NOW - timedelta(days=400))
        store.record(visit(article(1), url=URL, at=NOW - timedelta(days=399)))
        store.record(replace(gone, attempts=attempts))
        later = NOW + timedelta(hours=hours)
        add(store, URL, now=later)
        assert (URL in leased(store, later)) is is_due

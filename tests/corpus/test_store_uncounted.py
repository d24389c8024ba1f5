"""Receipts of runs that were cut short: what their visits brought is counted from the log."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from corpus.model import Outcome, Run
from corpus.runs.receipts import SourceReceipt
from corpus.store import ArticleStore
from tests.corpus.samples import LATER, NOW, article, visit
from tests.corpus.test_store_frontier import add
from tests.stores import new_store

BROUGHT = {"failed": {"http-404": 1}, "new": {"": 2}}
TIMES: dict[str, Any] = {"bytes": 70, "requests": 3, "fetching": timedelta(seconds=3), "visits_alone": True}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ArticleStore]:
    with new_store(tmp_path / "pressmark.sqlite") as opened:
        yield opened


def cut_short(store: ArticleStore) -> Run:
    """A run that stored two articles, lost a third, and was done with another source; it is not closed."""
    add(store, *(f"https://news.example/{number}" for number in (1, 2, 3)))
    with store.runs.begin(["news.example", "other.example"], started=NOW) as claim:
        each: dict[str, Any] = {"run": claim.run.id, "took": timedelta(seconds=1)}
        store.record(visit(article(1), bytes=30, reason="feed: as it says", **each))
        store.record(visit(article(2), bytes=30, **each))
        gone: dict[str, Any] = {
            "url": "https://news.example/3",
            "outcome": Outcome.FAILED,
            "reason": "http-404: not there",
        }
        store.record(visit(bytes=10, **gone, **each))
        done: dict[str, Any] = {"state": "done", "started": NOW, "ended": LATER, "counts": {"new": {"": 5}}, "bytes": 5}
        store.runs.finish_sources(claim.run.id, [SourceReceipt(source="other.example", **done)], {})
    return claim.run


@pytest.mark.parametrize("status", ["failed", "stopped"])
def test_a_run_that_was_cut_short_leaves_a_receipt_of_what_it_had_stored(store: ArticleStore, status: str):
    run = cut_short(store)
    store.runs.finish(replace(run, status=status, ended=LATER))
    short, done = store.runs.receipts(run.id)
    assert short == SourceReceipt(
        source="news.example", state=status, started=NOW, ended=LATER, counts=BROUGHT, **TIMES
    )
    assert (done.counts, done.visits_alone) == ({"new": {"": 5}}, False)


def test_a_run_that_died_says_what_it_brought_before_another_run_looks_and_after(store: ArticleStore):
    run = cut_short(store)
    before = store.runs.receipts(run.id), store.runs.run(run.id)
    assert before[1] is not None
    assert before[0][0] == SourceReceipt(source="news.example", state="died", started=NOW, counts=BROUGHT, **TIMES)
    assert before[1].counts == {"news.example": {"failed": 1, "new": 2}, "other.example": {"new": 5}}
    assert before[1].bytes == 75
    with store.runs.begin(["news.example"], started=LATER):
        assert (store.runs.receipts(run.id), store.runs.run(run.id)) == before


def test_a_run_under_way_shows_what_its_sources_have_brought_so_far(store: ArticleStore):
    add(store, "https://news.example/1")
    with store.runs.begin(["news.example"], started=NOW) as claim:
        store.record(visit(article(1), bytes=30, run=claim.run.id))
        (open_one,) = store.runs.receipts(claim.run.id)
        assert (open_one.state, open_one.counts, open_one.bytes) == ("running", {"new": {"": 1}}, 30)

"""Requests to the scheduler, as the store has them: each is taken by one, and is neither lost nor made twice."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from corpus.errors import StoreLocked
from corpus.store import ArticleStore
from corpus.store.crawls.requests import EXPIRES, LEASE, MAX_LOOKS, MAX_TRIES, RequestKind, RequestState
from corpus.texts import Text, text
from tests.stores import new_store

NOW = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)
SITE = "https://gazette.example"


@pytest.fixture
def store(tmp_path: Path):
    with new_store(tmp_path / "pressmark.sqlite") as store:
        yield store


def look(store: ArticleStore, about: str = SITE, at: datetime = NOW):
    return store.requests.add(RequestKind.LOOK, about, "ana", at)[0]


def crawl(store: ArticleStore, about: str = "gazette", at: datetime = NOW):
    return store.requests.add(RequestKind.CRAWL, about, "ana", at)[0]


def take(store: ArticleStore, kind: RequestKind = RequestKind.LOOK, at: datetime = NOW, **more):
    return store.requests.claim(kind, at, limit=10, **more)


def state(store: ArticleStore, id: int) -> RequestState:
    found = store.requests.get(id)
    assert found
    return found.state


def test_what_waits_already_is_not_written_down_twice(store: ArticleStore):
    first, is_new = store.requests.add(RequestKind.LOOK, SITE, "ana", NOW)
    again, is_new_again = store.requests.add(RequestKind.LOOK, SITE, "tom", NOW + timedelta(minutes=1))
    assert (is_new, is_new_again, again.id, again.who) == (True, False, first.id, "ana")
    assert store.requests.add(RequestKind.CRAWL, SITE, "tom", NOW)[1]
    assert len(store.requests.open()) == 2


def test_a_request_is_taken_by_one_and_its_answer_is_stored(store: ArticleStore):
    made = look(store)
    (taken,) = take(store)
    assert take(store) == []
    assert (taken.id, taken.state, taken.taken, taken.tries) == (made.id, RequestState.TAKEN, NOW, 1)
    assert store.requests.finish(taken, NOW, answer={"robots": "allowed"})
    found = store.requests.get(made.id)
    assert found
    assert (found.state, found.answer, found.finished) == (RequestState.DONE, {"robots": "allowed"}, NOW)
    assert store.requests.open() == []
    assert look(store).id != made.id


def test_what_a_dead_scheduler_had_is_taken_up_again_and_its_late_word_does_not_count(store: ArticleStore):
    look(store)
    (first,) = take(store)
    store.requests.renew([first], NOW + LEASE)
    assert take(store, at=NOW + LEASE + timedelta(minutes=1)) == []
    later = NOW + 2 * LEASE + timedelta(seconds=1)
    (second,) = take(store, at=later)
    assert (second.id, second.tries, second.taken) == (first.id, 2, NOW)
    store.requests.renew([first], later)
    assert not store.requests.finish(first, later, failure="too late")
    assert store.requests.finish(second, later, answer={})
    assert state(store, first.id) is RequestState.DONE


def test_what_ends_its_scheduler_each_time_is_given_up_and_says_so(store: ArticleStore):
    at, id = NOW, look(store).id
    for _ in range(MAX_TRIES):
        assert len(take(store, at=at)) == 1
        at += LEASE + timedelta(seconds=1)
    assert take(store, at=at) == []
    found = store.requests.get(id)
    assert found
    assert (found.state, found.outcome) == (RequestState.FAILED, "the scheduler broke off 3 times at it")


def test_what_is_given_back_waits_as_before(store: ArticleStore):
    look(store)
    for _ in range(MAX_TRIES + 1):
        (taken,) = take(store)
        assert taken.tries == 1
        store.requests.release(taken)
    assert state(store, taken.id) is RequestState.WAITING


def test_after_a_day_nobody_takes_a_request_up_and_it_says_so(store: ArticleStore):
    made = look(store)
    late = NOW + EXPIRES + timedelta(seconds=1)
    assert made.state_at(NOW + EXPIRES) is RequestState.WAITING
    assert made.state_at(late) is RequestState.EXPIRED
    assert take(store, at=late) == []
    assert state(store, made.id) is RequestState.EXPIRED


def test_one_that_waits_is_cancelled_and_one_in_hand_is_not(store: ArticleStore):
    first, second = look(store), look(store, "https://other.example")
    assert store.requests.cancel(first.id, NOW)
    assert not store.requests.cancel(first.id, NOW)
    (taken,) = take(store)
    assert taken.id == second.id
    assert not store.requests.cancel(second.id, NOW)
    assert not store.requests.cancel(99, NOW)


def test_a_crawl_waits_while_a_run_holds_its_source(store: ArticleStore):
    crawl(store), crawl(store, "other")
    assert [each.about for each in take(store, RequestKind.CRAWL, busy={"gazette"})] == ["other"]
    assert [each.about for each in take(store, RequestKind.CRAWL)] == ["gazette"]


def test_a_crawl_that_ended_well_before_its_scheduler_died_is_not_made_again(store: ArticleStore):
    made = crawl(store)
    take(store, RequestKind.CRAWL)
    with store.runs.begin(["gazette"], started=NOW + timedelta(seconds=1)) as claim:
        run = claim.run
    store.runs.finish(replace(run, ended=NOW + timedelta(minutes=1), status="ok"))
    assert take(store, RequestKind.CRAWL, at=NOW + LEASE + timedelta(minutes=2)) == []
    found = store.requests.get(made.id)
    assert found
    assert (found.state, found.run) == (RequestState.DONE, run.id)


@pytest.mark.parametrize("status", ["stopped", "failed"])
def test_a_crawl_that_broke_off_is_made_again(store: ArticleStore, status: str):
    crawl(store)
    take(store, RequestKind.CRAWL)
    with store.runs.begin(["gazette"], started=NOW + timedelta(seconds=1)) as claim:
        store.runs.finish(replace(claim.run, ended=NOW + timedelta(minutes=1), status=status))
    assert len(take(store, RequestKind.CRAWL, at=NOW + LEASE + timedelta(minutes=2))) == 1


def test_looks_that_wait_are_bounded(store: ArticleStore):
    for number in range(MAX_LOOKS):
        look(store, f"https://site-{number}.example")
    with pytest.raises(StoreLocked, match="100 looks wait already"):
        look(store, "https://one-more.example")
    crawl(store)


@pytest.mark.parametrize("id", [0, -1, 7, 1 << 63, 1 << 70])
def test_a_number_of_no_request_finds_none(store: ArticleStore, id: int):
    assert store.requests.get(id) is None


def test_why_a_request_failed_can_still_be_said_in_another_language(store: ArticleStore):
    look(store)
    (taken,) = take(store)
    store.requests.finish(taken, NOW, failure=text("{source} is paused", source="gazette"))
    found = store.requests.get(taken.id)
    assert found is not None
    assert isinstance(found.outcome, Text)
    assert (found.outcome, found.outcome.template) == ("gazette is paused", "{source} is paused")

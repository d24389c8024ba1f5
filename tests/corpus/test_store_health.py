"""How sources do, stored run by run."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from corpus.health.values import Health, HealthState, Past, Trouble
from corpus.store import ArticleStore
from corpus.store.crawls import health
from corpus.texts import Text, text
from tests.corpus.health.past import lost, receipt
from tests.corpus.older import as_schema
from tests.corpus.samples import NOW, article
from tests.stores import new_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ArticleStore]:
    with new_store(tmp_path / "pressmark.sqlite") as opened:
        yield opened


def ran(store: ArticleStore, at: datetime, *receipts, state: str = "done") -> None:
    """A run that ended with these receipts, and was judged."""
    with store.runs.begin([each.source for each in receipts], started=at) as claim:
        closed = [replace(each, state=state, started=at, ended=at) for each in receipts]
        store.runs.finish_sources(claim.run.id, closed, {})
        store.health.judge_run(claim.run.id, at)
        store.runs.finish(replace(claim.run, ended=at, status="ok"))


def test_each_source_of_a_run_is_judged_and_a_paused_one_is_not_named(store):
    store.write(article(source="b"))
    ran(store, NOW, lost(), replace(receipt(), source="b"))
    found = store.health.all()
    assert {name: each.state for name, each in found.items()} == {"a": HealthState.FAILING, "b": HealthState.OK}
    store.sources.pause("a", NOW)
    assert list(store.health.all()) == ["b"]


def test_the_sentence_of_a_stored_trouble_can_still_be_said_in_another_language(store):
    store.write(article(source="a"))
    ran(store, NOW, lost())
    why = store.health.all()["a"].why
    assert isinstance(why, Text)
    french = {"no story could be read": "RIEN", "{what}: {reasons}": "{reasons}, {what}"}
    said = why.translated(lambda message: french.get(message, message), lambda one, _many, _n: one, format)
    assert why.startswith("no story could be read: ")
    assert said == f"{why.removeprefix('no story could be read: ')}, RIEN"


def test_receipts_hold_all_that_health_is_judged_by(store):
    given = replace(
        lost(had=4),
        moved_to="new.example",
        lists_lost=2,
        empty=3,
        lost_for={"http-500": 10},
        first_had=2,
        first_lost_for={"timeout": 3},
    )
    given = replace(given, no_day=1, lists_lost_for={"http-500": 2})
    ran(store, NOW, given)
    assert store.runs.receipts(1) == [replace(given, started=NOW, ended=NOW)]


def test_the_runs_that_a_source_is_compared_with_are_those_up_to_the_one_that_ended(store, monkeypatch):
    monkeypatch.setattr(health, "RECENT", 12)
    store.write(article(source="a"))
    for night in range(12):
        ran(store, NOW + timedelta(days=night), receipt(no_author=1))
    for night in range(12, 14):
        ran(store, NOW + timedelta(days=night), receipt(no_author=9))
    found = store.health.of("a")
    assert found is not None
    assert (found.state, found.since) == (HealthState.DRIFTING, NOW + timedelta(days=12))
    for night in range(14, 30):  # the runs of before are further away than those that are looked at
        ran(store, NOW + timedelta(days=night), receipt(no_author=9))
    assert store.health.of("a") == found or replace(store.health.of("a"), why=found.why) == found
    store.health.acknowledge("a", NOW + timedelta(days=30))
    ran(store, NOW + timedelta(days=31), receipt(no_author=9))
    known = store.health.all()["a"]
    assert (known.state, known.since, known.is_alarming) == (HealthState.DRIFTING, found.since, False)


def test_silence_counts_the_days_on_which_the_source_was_crawled(store):
    for night in range(30):
        at = NOW + timedelta(days=night)
        store.write_many(
            article(url=f"https://a.example/{night}/{number}", source="a", fetched=at) for number in range(5)
        )
        ran(store, at, receipt())
    ran(store, NOW + timedelta(days=60), receipt(counts={"unchanged": {"": 1}}))
    assert store.health.all()["a"].state is HealthState.OK  # nobody looked for a month
    for day in (61, 62):
        ran(store, NOW + timedelta(days=day), receipt(counts={"unchanged": {"": 1}}))
    assert store.health.all()["a"].state is HealthState.QUIET


@pytest.mark.parametrize(
    "bad",
    [
        receipt(counts={"failed": {"http-403": 3}}, lists=3, lists_lost=3, had=0, stories=0),
        receipt(
            counts={"read": {"": 1}, "failed": {"timeout": 1}},
            had=1,
            stories=0,
            first_had=1,
            first_lost_for={"timeout": 1},
        ),
    ],
)
def test_nights_on_which_a_source_could_not_be_read_are_not_silent(store, bad):
    silent = receipt(counts={"read": {"": 1}, "unchanged": {"": 9}}, stories=0)
    for night in range(20):
        at = NOW + timedelta(days=night)
        store.write(article(url=f"https://a.example/{night}", source="a", fetched=at))
        ran(store, at, receipt())
    for night in range(20, 30):
        ran(store, NOW + timedelta(days=night), bad)
    found = []
    for night in range(30, 38):
        ran(store, NOW + timedelta(days=night), silent)
        found.append(str(store.health.all()["a"].state))
    assert found == ["ok"] * 5 + ["quiet"] * 3  # six articles should have come


def test_days_on_which_new_stories_are_lost_are_not_silent_and_end_a_silence(store):
    silent = receipt(counts={"read": {"": 1}, "unchanged": {"": 9}}, stories=0)
    lost_one = replace(silent, first_lost_for={"empty": 1})
    for night in range(30):
        at = NOW + timedelta(days=night)
        store.write(article(url=f"https://a.example/{night}", source="a", fetched=at))
        ran(store, at, receipt())
    for night in range(30, 40):
        ran(store, NOW + timedelta(days=night), lost_one if night % 2 else silent)
    assert HealthState.QUIET not in {each.state for each in store.health.all()["a"].troubles}


def test_the_days_of_a_silent_source_are_read_back_beyond_the_quarter(store):
    for week in range(21):  # a quarter has 13 of these crawls: too few to know a rhythm
        at = NOW + timedelta(weeks=week)
        if week < 18:
            store.write(article(url=f"https://a.example/{week}", source="a", fetched=at))
        ran(store, at, receipt(counts={"unchanged": {"": 1}}))
    found = store.health.all()["a"]
    assert (found.state, found.since) == (HealthState.QUIET, NOW + timedelta(weeks=18))


def test_a_run_that_died_or_is_under_way_says_nothing_of_its_sources(store):
    store.write(article(source="a"))
    ran(store, NOW, receipt())
    ran(store, NOW + timedelta(days=1), lost(), state="failed")
    assert store.health.all()["a"].state is HealthState.OK


def test_there_is_nothing_to_acknowledge_where_nothing_is_wrong(store):
    assert store.health.acknowledge("a", NOW) is None
    store.health.write(Health(source="a", state=HealthState.OK, since=NOW), NOW)
    assert store.health.acknowledge("a", NOW) is None
    store.health.write(Health(source="a", state=HealthState.FAILING, since=NOW, why="x"), NOW)
    assert store.health.acknowledge("a", NOW + timedelta(days=1)) is not None
    found = store.health.all()["a"]
    assert (found.acknowledged, found.is_alarming) == (NOW + timedelta(days=1), False)


@pytest.mark.parametrize(
    ("worse", "state"),
    [
        ({"first_had": 0, "first_lost_for": {"wall": 2}, "stories": 0}, HealthState.FAILING),
        ({"no_author": 6}, HealthState.DRIFTING),
        ({}, HealthState.OK),
    ],
)
def test_a_source_most_of_whose_crawls_find_no_new_story_is_judged_by_as_many_stories_as_others(
    store, monkeypatch, worse, state
):
    monkeypatch.setattr(health, "RECENT", 12)
    silent = receipt(counts={"read": {"": 2}, "unchanged": {"": 9}}, stories=0, had=9)
    news = replace(silent, stories=6, first_had=2)  # of an hourly, or a weekly
    crawls = [news, *[silent] * 3] * 14 + [
        replace(news, **worse),
        *[silent] * 3,
    ] * 4  # twelve have three with news
    store.write(article(source="a"))
    for number, each in enumerate(crawls):
        ran(store, NOW + timedelta(hours=6 * number), each)
    assert store.health.all()["a"].state is state


def test_all_troubles_of_a_source_are_stored_with_what_is_known_of_each(store):
    of_dates = Trouble(HealthState.DRIFTING, "date", text("no date"), NOW, "date", NOW + timedelta(days=1))
    slow = Trouble(HealthState.SLOW, "answers", "z", NOW + timedelta(days=2))
    first = Health(
        source="a",
        state=HealthState.DRIFTING,
        kind="author",
        cause="author",
        why="x",
        since=NOW,
        beside=(of_dates, slow),
    )
    for given in (first, replace(first, beside=(slow,))):
        store.health.write(given, NOW)
        assert store.health.of("a") == given == store.health.all()["a"]
    store.health.acknowledge("a", NOW + timedelta(days=3))
    known = store.health.of("a")
    assert known is not None
    assert [each.acknowledged for each in known.troubles] == [NOW + timedelta(days=3)] * 2
    store.health.write(Health(source="a", state=HealthState.OK, since=NOW), NOW)
    assert store.health.of("a") == Health(source="a", state=HealthState.OK, since=NOW)


def test_a_drift_that_an_earlier_version_told_is_not_told_again_after_the_update(store, monkeypatch):
    path, since = store.path, NOW.isoformat()
    store.close()
    as_schema(path, 36)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO sources (name) VALUES ('a'), ('b')")
        connection.execute(
            "INSERT INTO source_health (source, state, since, cause, why, judged)"
            " VALUES ('a', 'drifting', 1, 'paywall', 'x', 1), ('b', 'drifting', 1, 'date', 'x', 1)"
        )
        others = {f"source:a:failing:{since}", f"source:a:drifting:failing:{since}"}  # the latter is named "a:drifting"
        keys = [f"source:{name}:drifting:{since}" for name in "ab"] + [*others]
        connection.executemany("INSERT INTO alarms (key, text, opened) VALUES (?, 'x', 1)", [(key,) for key in keys])
    with new_store(path) as updated:
        assert [each.kind for each in updated.health.all().values()] == ["story", "date"]
        assert set(updated.notices.wrong()) == {
            f"source:a:drifting-story:{since}", f"source:b:drifting-date:{since}", *others,
        }  # fmt: skip


@pytest.mark.parametrize("hours", [1, 24])
def test_two_weeks_and_sixty_runs_with_news_are_looked_at_and_no_more(store, monkeypatch, hours):
    monkeypatch.setattr(health, "RECENT", 12)
    seen: list[Past] = []

    def judge(past: Past, before: Health | None) -> Health | None:
        seen.append(past)
        return before

    monkeypatch.setattr(health, "judge", judge)
    for number in range(15 * 24 if hours == 1 else 40):
        ran(store, NOW + timedelta(hours=hours * number), receipt())
    (*_, last) = seen
    assert len(last.earlier) == (14 * 24 - 11 if hours == 1 else 3)

"""What is over is said to be, and what is not is not."""

import json
from dataclasses import replace

from corpus.health.values import Health, HealthState, Trouble
from tests.corpus.samples import NOW
from tests.web.notify.test_sending import HOUR, config, real_look, subjects


def test_what_is_acknowledged_or_paused_is_not_called_well_again(tmp_path, store, posts):
    settings = config(tmp_path, posts)
    store.health.write(Health(source="a", state=HealthState.BLOCKED, since=NOW, why="x"), NOW)
    real_look(settings, store, NOW)
    store.health.acknowledge("a", NOW)
    real_look(settings, store, NOW + HOUR)
    store.sources.pause("a", NOW)
    real_look(settings, store, NOW + 2 * HOUR)
    assert len(posts.bodies) == 1
    store.sources.pause("a", None)
    store.health.write(Health(source="a", state=HealthState.OK, since=NOW + 3 * HOUR), NOW)
    real_look(settings, store, NOW + 3 * HOUR)
    assert len(posts.bodies) == 1  # its user knew of the trouble, and looks after it


def test_a_source_that_is_well_again_is_said_to_be(tmp_path, store, posts):
    settings = config(tmp_path, posts)
    store.health.write(Health(source="a", state=HealthState.BLOCKED, since=NOW, why="x"), NOW)
    real_look(settings, store, NOW)
    store.health.write(Health(source="a", state=HealthState.OK, since=NOW + 24 * HOUR), NOW)
    real_look(settings, store, NOW + 24 * HOUR)
    day = NOW.astimezone(settings.zone)
    assert subjects(posts)[1] == f"over: a was blocked from {day:%d %b %Y} to {day + 24 * HOUR:%d %b %Y}, and is well"


def test_a_trouble_of_an_hour_is_said_to_have_been_on_its_day(tmp_path, store, posts):
    settings, noon = config(tmp_path, posts), NOW.replace(hour=12)
    store.health.write(Health(source="a", state=HealthState.BLOCKED, since=noon, why="x"), noon)
    real_look(settings, store, noon)
    store.health.write(Health(source="a", state=HealthState.OK, since=noon + HOUR), noon)
    real_look(settings, store, noon + HOUR)
    assert subjects(posts)[1] == f"over: a was blocked on {noon:%d %b %Y}, and is well"


def test_a_source_that_has_another_trouble_or_is_not_followed_any_more_is_not_said_to_be_well(tmp_path, store, posts):
    settings = config(tmp_path, posts)
    store.health.write(Health(source="a", state=HealthState.DRIFTING, since=NOW, why="x"), NOW)
    real_look(settings, store, NOW)
    store.health.write(Health(source="a", state=HealthState.FAILING, since=NOW + HOUR, why="x"), NOW)
    real_look(settings, store, NOW + HOUR)
    texts = [json.loads(body)["text"] for body in posts.bodies]
    assert [("failing since" in each, "and is well" in each) for each in texts] == [(False, False), (True, False)]
    assert f"a is no longer drifting, which it was from {NOW:%d %b %Y}; it is failing now" in texts[1]
    real_look(settings.model_copy(update={"sources": ()}), store, NOW + 2 * HOUR)
    assert len(posts.bodies) == 2


def test_of_two_troubles_the_one_that_ends_is_said_to_by_its_kind(tmp_path, store, posts):
    settings = config(tmp_path, posts)
    of_dates = Health(source="a", state=HealthState.DRIFTING, since=NOW, kind="date", cause="date", why="dates")
    of_authors = Trouble(HealthState.DRIFTING, "author", "authors", NOW, "author")
    store.health.write(replace(of_dates, beside=(of_authors,)), NOW)
    real_look(settings, store, NOW)
    store.health.write(of_dates, NOW)
    real_look(settings, store, NOW + HOUR)
    day = f"{NOW.astimezone(settings.zone):%d %b %Y}"
    said = f"over: a is no longer drifting (author), which it was from {day}; it is drifting (date) now"
    assert subjects(posts)[1:] == [said]
    store.health.write(Health(source="a", state=HealthState.OK, since=NOW + HOUR), NOW)
    real_look(settings, store, NOW + 2 * HOUR)
    assert subjects(posts)[2].startswith("over: a was drifting (date) ")

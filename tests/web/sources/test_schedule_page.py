"""A whole schedule paused and let go on from its page, and undone."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from corpus.store import ArticleStore
from tests.web.conftest import Send
from tests.web.corpus import FENLAND  # paused, and of no schedule


@pytest.fixture
def job(browser: FlaskClient) -> dict[str, Any]:
    """The schedule with the most sources, as data."""
    found = browser.get("/schedule.json").json["jobs"]
    longest: dict[str, Any] = max(found, key=lambda each: len(each["sources"]))
    return longest


def undo(send: Send, location: str) -> None:
    send("/undo", change=re.search(r"done=(\d+)", location)[1], back="/schedule")


def test_a_schedule_is_paused_whole_and_its_undo_leaves_what_was_paused_before(
    browser: FlaskClient, send: Send, store: ArticleStore, job: dict[str, Any]
):
    names = set(job["sources"])
    first = sorted(names)[0]
    send("/sources", do="pause", name=first)
    reply = send("/schedule", do="pause", name=job["name"])
    assert store.schedule.paused() - {FENLAND} == names
    page = browser.get(reply.headers["Location"]).text
    assert f"{len(names) - 1} source" in page
    assert 'value="resume"' in page
    data = next(each for each in browser.get("/schedule.json").json["jobs"] if each["name"] == job["name"])
    assert (set(data["paused"]), data["next"]) == (names, [])
    undo(send, reply.headers["Location"])
    assert store.schedule.paused() - {FENLAND} == {first}


def test_a_paused_schedule_goes_on_whole_and_its_undo_pauses_it_again(
    browser: FlaskClient, send: Send, store: ArticleStore, job: dict[str, Any]
):
    send("/schedule", do="pause", name=job["name"])
    reply = send("/schedule", do="resume", name=job["name"])
    assert store.schedule.paused() - {FENLAND} == set()
    assert "crawled again" in browser.get(reply.headers["Location"]).text
    undo(send, reply.headers["Location"])
    assert store.schedule.paused() - {FENLAND} == set(job["sources"])


@pytest.mark.parametrize(
    ("form", "status", "said"),
    [
        ({"do": "pause", "name": "no such schedule"}, 404, ""),
        ({"do": "resume"}, 403, "nothing was changed"),
        ({"do": "burn"}, 403, "does not say"),
    ],
)
def test_what_changes_nothing_is_said(
    send: Send, store: ArticleStore, job: dict[str, Any], form: dict[str, str], status: int, said: str
):
    reply = send("/schedule", **{"name": job["name"], **form})
    assert (reply.status_code, said in reply.text) == (status, True)
    assert store.schedule.paused() - {FENLAND} == set()


def test_the_page_says_a_schedule_in_words_and_as_it_is_written(browser: FlaskClient, job: dict[str, Any]):
    assert job["schedule"] == "nightly"
    page = browser.get("/de/schedule").text
    assert 'täglich um 02:30 <code class="s q">nightly</code>' in page
    assert "täglich um 02:30; nächster" in browser.get("/de/crawls").text

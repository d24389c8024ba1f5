"""A source changed from its page: paused, resumed, acknowledged; and left-out addresses asked for after all."""

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from corpus.health.values import Health, HealthState
from corpus.model import LeftOut, Outcome, UrlKind, UrlState, Visit
from corpus.store import ArticleStore
from corpus.via import Via
from tests.web.conftest import Send
from tests.web.corpus import HERALD, NOW, POST

PATH = f"/sources/{HERALD}"


def test_a_source_is_paused_and_goes_on_when_that_is_undone(browser: FlaskClient, send: Send, store: ArticleStore):
    reply = send("/sources", name=HERALD, do="pause")
    page = browser.get(reply.headers["Location"]).text
    assert f"{HERALD} is paused" in page
    assert 'value="resume"' in page
    assert HERALD in store.schedule.paused()
    assert send("/sources", name=HERALD, do="pause").status_code == 403
    send("/undo", change=re.search(r"done=(\d+)", reply.headers["Location"])[1], back="/")
    assert HERALD not in store.schedule.paused()
    assert send("/sources", name=HERALD, do="resume").status_code == 403


def test_a_trouble_is_acknowledged_once(browser: FlaskClient, send: Send, store: ArticleStore):
    trouble = Health(source=HERALD, state=HealthState.FAILING, since=NOW - timedelta(days=2), why="no feed answers")
    store.health.write(trouble, NOW)
    assert 'value="acknowledge"' in browser.get(PATH).text
    reply = send("/sources", name=HERALD, do="acknowledge")
    assert "acknowledged until it is well" in browser.get(reply.headers["Location"]).text
    found = store.health.of(HERALD)
    assert found
    assert found.acknowledged == NOW
    assert 'value="acknowledge"' not in browser.get(PATH).text


def test_addresses_left_out_are_listed_and_those_that_may_be_are_asked(
    browser: FlaskClient, send: Send, store: ArticleStore
):
    shape, refused = f"https://{HERALD}/odd", "https://elsewhere.example/<b>x"
    store.record(
        Visit(
            url=f"https://{HERALD}/feed", at=NOW, outcome=Outcome.READ, state=UrlState.WAITING, due=NOW,
            kind=UrlKind.FEED, status=200,
            left_out=(
                LeftOut(url=shape, reason="shape", via=Via.FEED),
                LeftOut(url=refused, reason="out-of-scope", via=Via.FEED),
            ),
        )
    )  # fmt: skip
    page = browser.get(PATH).text
    assert page.count("Ask after all") == 1
    assert "<b>x" not in page
    assert send("/sources", name=POST, do="ask", url=shape).status_code == 403
    assert store.frontier.entry(shape) is None
    send("/sources", name=HERALD, do="ask", url=shape)
    entry = store.frontier.entry(shape)
    assert entry
    assert (entry.state, entry.kind, entry.via, entry.source) == (UrlState.WAITING, UrlKind.ARTICLE, "hand", HERALD)
    assert "Ask after all" not in browser.get(PATH).text
    for url in (refused, "https://never.example/named", "x"):
        assert send("/sources", name=HERALD, do="ask", url=url).status_code == 403
        assert store.frontier.entry(url) is None


@pytest.mark.parametrize(("name", "status"), [("nobody.example", 404), ("", 404), (HERALD, 403)])
def test_what_is_not_known_changes_nothing(send: Send, store: ArticleStore, name: str, status: int):
    assert send("/sources", name=name, do="explode").status_code == status
    assert HERALD not in store.schedule.paused()

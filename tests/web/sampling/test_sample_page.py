"""The page of a sample says how it was drawn and what it has; a search brings its filters to the form that draws."""

import html
import re
from datetime import timedelta

from flask.testing import FlaskClient

from corpus.store import ArticleStore
from tests.web.conftest import Send
from tests.web.corpus import NOW

FILTERED = "q=flood&site=valley-herald.example&from=2020&copies=show"


def test_the_form_takes_the_search_with_its_filters_and_the_sample_has_a_page(
    browser: FlaskClient, send: Send, store: ArticleStore
):
    export = browser.get(f"/export?{FILTERED}").text
    (path,) = re.findall(r'href="(/samples\?[^"#]*)#draw"', export)
    form = browser.get(html.unescape(path)).text
    (carried,) = re.findall(r'name="search" value="([^"]*)"', form)
    carried = html.unescape(carried)
    reply = send("/samples", search=carried, n="3", seed="7", evenly="month", columns="frame, actor")
    shown = browser.get(reply.headers["Location"]).text
    mark = reply.headers["Location"].partition("?")[0].rpartition("/")[2]
    record = browser.get(f"/samples/{mark}.json").json
    found = {each["id"] for each in browser.get(f"/search.json?{FILTERED}&n=100").json["hits"]}
    assert record["search"].partition("?")[2] == carried
    assert set(record["ids"]) <= found
    assert sum(each["articles"] for each in record["strata"]) == record["articles"] == len(record["ids"])
    assert 'role="status"' in shown
    assert record["checksum"] in shown.replace("<wbr>", "")
    assert "frame, actor" in shown
    for each in record["ids"]:
        assert f'href="/a/{each}' in shown
    for each in record["strata"]:
        assert f"<bdi>{each['stratum']}</bdi>: {each['articles']}" in shown


def test_words_alone_stay_in_the_field_of_the_form_and_a_saved_search_leads_to_it(browser: FlaskClient, send: Send):
    assert 'name="q" value="flood"' in browser.get("/samples?q=flood").text
    send("/saved", search="q=flood&site=none", name="Walls")
    assert '/samples?q=flood&amp;site=none#draw"' in browser.get("/saved?change=1").text
    assert "y=foo not understood" in browser.get("/samples?q=flood&y=foo").text


def test_of_an_article_withdrawn_since_the_page_has_place_and_mark_alone(
    browser: FlaskClient, send: Send, store: ArticleStore
):
    reply = send("/samples", q="flood", n="2", seed="7", evenly="source")
    path = reply.headers["Location"].partition("?")[0]
    gone = store.by_mark(browser.get(f"{path}.json").json["ids"][0])
    assert gone is not None
    store.withdraw_by_hand(gone.id, "asked for", at=NOW + timedelta(minutes=1))
    page, record = browser.get(path).text, browser.get(f"{path}.json").json
    assert gone.article.headline not in page
    assert gone.mark in page
    assert "1 withdrawn since" in page
    assert sum(each["articles"] for each in record["strata"]) == 1


def test_a_sample_that_is_deleted_or_that_nobody_drew_has_no_page(browser: FlaskClient, send: Send):
    path = send("/samples", q="flood", n="2").headers["Location"].partition("?")[0]
    send(path)
    assert [browser.get(each).status_code for each in (path, f"{path}.json", "/samples/s-00000")] == [410, 410, 404]

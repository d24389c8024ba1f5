"""The coverage of a source, in strips, tables, CSV and JSON, and of all sources; charts lead to it."""

import csv
import io
import re
from datetime import UTC, timedelta
from html import unescape

import pytest
from flask.testing import FlaskClient

from corpus.model import Article, Run
from corpus.runs.receipts import SourceReceipt
from corpus.store import ArticleStore
from tests.web.corpus import HERALD, NOW
from web.sources.coverage_page import ON_A_PAGE

PATH = f"/sources/{HERALD}/coverage"


def test_the_months_add_up_to_the_year_and_to_the_days(client: FlaskClient):
    page = client.get(f"{PATH}?to=2026-11").text
    rows = re.findall(r'<tr><th scope="row">[^\n]*?<td class="num">(\d+)', page.partition("<details")[0])
    data = client.get(f"{PATH}.json?to=2026-11").json
    assert data["source"] == HERALD
    assert data["from"] == "2025-12-01"
    assert sum(day["found"] for day in data["days"]) == sum(map(int, rows[:12])) == int(rows[12])
    assert data["days"][-1]["day"] == f"{NOW:%Y-%m-%d}"
    table = list(csv.DictReader(io.StringIO(client.get(f"{PATH}.csv?to=2026-11").text)))
    assert [row["day"] for row in table] == [day["day"] for day in data["days"]]


def test_each_count_is_a_search_that_finds_as_many(client: FlaskClient):
    page = client.get(f"{PATH}?to=2026-11&month=2026-01").text
    counts = re.findall(r'<td class="num"><a href="(/search[^"]*)">(\d+)<', page)
    assert counts
    for url, count in counts:
        found = client.get(unescape(url).replace("/search", "/search.json", 1) + "&copies=show").json["total"]
        assert found == int(count), url


def test_every_source_has_a_row_and_one_that_is_unknown_no_page(client: FlaskClient):
    page = client.get("/coverage?to=2026-11").text
    assert f'href="{PATH}?to=2026-11"' in page
    assert client.get("/sources/nobody.example/coverage").status_code == 404
    assert 'href="/coverage"' in client.get("/sources").text
    assert f'href="{PATH}"' in client.get(f"/sources/{HERALD}").text


@pytest.mark.parametrize("to", ["", "2026-13", "0001-01", "9999-12", "x", "2026"])
def test_any_month_gives_a_page(client: FlaskClient, to: str):
    for path in (PATH, f"{PATH}.json", f"{PATH}.csv", "/coverage"):
        assert client.get(path, query_string={"to": to, "month": to}).status_code == 200


def test_days_without_a_crawl_are_hatched_numbered_and_listed(browser: FlaskClient, store: ArticleStore):
    for back in (60, 40):
        at = NOW - timedelta(days=back)
        with store.runs.begin([HERALD], started=at) as claim:
            receipt = SourceReceipt(source=HERALD, state="done", started=at, ended=at, counts={"read": {"": 1}})
            store.runs.finish_sources(claim.run.id, [receipt], {})
            store.runs.finish(Run(id=claim.run.id, started=at, ended=at, status="ok", counts={}))
    page = browser.get(PATH).text
    gaps = browser.get(f"{PATH}.json").json["gaps"]
    assert all(f'id="gap-{each["number"]}"' in page for each in gaps)
    assert page.count('fill="url(#gap)"') >= len(gaps)


def test_the_page_keeps_to_its_budget(client: FlaskClient):
    assert len(client.get(f"{PATH}?month=2026-01").data) <= 40_000


def test_a_full_page_of_sources_keeps_to_its_budget(browser: FlaskClient, store: ArticleStore):
    store.write_many(
        Article(
            url=f"https://source-{number:02}.example/{week}",
            source=f"source-{number:02}.example",
            fetched=NOW - timedelta(weeks=week),
            body="Text.",
        )
        for number in range(ON_A_PAGE)
        for week in range(0, 52, 2)
    )
    page = browser.get("/coverage")
    assert page.text.count('<th scope="row">') == ON_A_PAGE
    assert len(page.data) <= 40_000
    assert '<th scope="row">' in browser.get("/coverage?page=2").text


def test_what_the_crawls_of_a_day_lost_and_why_is_counted_on_it(store: ArticleStore):
    at = NOW - timedelta(days=1)
    counts = {"failed": {"timeout": 3, "dns": 1}, "refused": {"robots": 2}, "read": {"": 1}}
    for state, why in (("done", {"paywall": 3, "soft-404": 1}), ("failed", {"paywall": 2})):
        with store.runs.begin([HERALD], started=at) as claim:
            receipt = SourceReceipt(
                source=HERALD, state=state, started=at, ended=at, counts=counts, lost=4, lost_for=why
            )
            store.runs.finish_sources(claim.run.id, [receipt], {})
            store.runs.finish(Run(id=claim.run.id, started=at, ended=at, status="ok", counts={}))
    found = store.sources.day_facts(HERALD, at.date(), at.date(), UTC)[at.date()]
    assert (found.lost, found.crawls, found.broken) == (8, 1, 1)
    assert found.reasons == {"timeout": 6, "dns": 2, "robots": 4}
    assert found.lost_for == {"paywall": 5, "soft-404": 1, "": 2}


def test_every_place_that_counts_lost_stories_says_why_they_were_lost(browser: FlaskClient, store: ArticleStore):
    for back, why in ((1, {"paywall": 3, "soft-404": 1}), (40, {"paywall": 1})):
        at = NOW - timedelta(days=back)
        with store.runs.begin([HERALD], started=at) as claim:
            counts = {"not-article": {"paywall": 4}}
            receipt = SourceReceipt(
                source=HERALD, state="done", started=at, ended=at, counts=counts, lost=4, lost_for=why
            )
            store.runs.finish_sources(claim.run.id, [receipt], {})
            store.runs.finish(Run(id=claim.run.id, started=at, ended=at, status="ok", counts={}))
    walled, nothing = "the page shows only the beginning of its story", "the page says that there is nothing here"
    said, of_the_day = f"{walled} ×4; {nothing} ×1; no reason noted ×3", f"{walled} ×3; {nothing} ×1"
    page = browser.get(PATH).text
    assert f"Why stories were lost: {said}" in page
    assert f"<td>{of_the_day}" in page
    assert said in browser.get("/coverage").text
    day = f"{NOW - timedelta(days=1):%Y-%m-%d}"
    days = {each["day"]: each for each in browser.get(f"{PATH}.json").json["days"]}
    assert days[day]["lost_for"] == {"paywall": 3, "soft-404": 1}
    rows = {each["day"]: each for each in csv.DictReader(io.StringIO(browser.get(f"{PATH}.csv").text))}
    assert rows[day]["lost_for"] == "paywall ×3, soft-404 ×1"
    assert {each["lost_for"] for each in rows.values() if each["lost"] == "0"} == {""}
    data = browser.get(f"/api/v1{PATH}").json
    assert {each["day"]: each["lost_for"] for each in data["days"]}[day] == {"paywall": 3, "soft-404": 1}
    assert [each["lost_for"] for each in data["months"] if each["lost"]][:1] == [{"": 3, "paywall": 1}]

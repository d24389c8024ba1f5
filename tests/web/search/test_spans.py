"""The histogram shows the range that was asked, and tells "none was published" from "nothing was crawled"."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from corpus.runs.receipts import SourceReceipt
from indexer.contract.values import Bar
from indexer.sync import update
from tests.web.conftest import client_of
from tests.web.corpus import HERALD, NOW, article
from web.layout.paths import article_path
from web.layout.services import EXTENSION
from web.search.spans import begin_of_most, few_of


def rows(client: FlaskClient, search: str) -> list[tuple[str, str]]:
    """Return period and count of each row of the table."""
    return re.findall(
        r"<tr><td>(?:<input type=submit name=on value=)?([^<>]*)>?<td>([^<]*)", client.get(f"/search?{search}").text
    )


@pytest.mark.parametrize(
    ("search", "first", "last"),
    [
        ("q=flood&from=2015&by=year", "2015", "2026"),
        ("q=flood&from=2015&to=2018&by=year", None, None),
        ("q=budget&from=2020&to=2024&by=year", "2020", "2024"),
        ("q=flood&from=2021&to=2030&by=year", "2021", "2026"),
        ("q=flood&to=2026-12&by=year", "1953", "2026"),
    ],
)
def test_bars_reach_over_the_range_asked_for_and_not_past_today(
    client: FlaskClient, search: str, first: str | None, last: str | None
):
    found = [period for period, _ in rows(client, search)]
    assert (found[:1], found[-1:]) == ([first] if first else [], [last] if last else [])


def test_a_wide_range_gets_wider_bars_and_no_count_is_lost(client: FlaskClient):
    found = rows(client, "q=flood&from=1990&by=day")
    assert len(found) <= 100
    counted = sum(int(count) for _, count in found if count.isdigit())
    assert counted == client.get("/search.json?q=flood&from=1990").json["total"]
    assert "would not fit" in client.get("/search?q=flood&from=1990&by=day").text


def test_a_period_without_articles_is_none_where_a_crawl_was_made_and_no_data_where_none_was(desk: Flask):
    client, store = client_of(desk), desk.extensions[EXTENSION].store
    search = f"q=harbour&site={HERALD}&from=2026-11&by=day"
    before = dict(rows(client, search))
    assert before["2026-11-10"] == "no data"
    ended = NOW - timedelta(days=13)
    with store.runs.begin([HERALD], started=ended) as claim:
        receipt = SourceReceipt(source=HERALD, state="done", started=ended, ended=ended, counts={"unchanged": {"": 4}})
        store.runs.finish_sources(claim.run.id, [receipt], {})
    desk.extensions[EXTENSION]._line = None  # the totals are fresh for some seconds
    after = dict(rows(client, search))
    assert (after["2026-11-10"], after["2026-11-11"]) == ("0", "no data")


def test_a_short_range_in_an_archive_of_more_days_than_are_counted_has_shares_and_lines_by_day(desk: Flask):
    client, services = client_of(desk), desk.extensions[EXTENSION]
    for n, day in enumerate(("2026-11-03", "2026-11-05T10:30", "2026-11-05", "1899-05-01", "2051-01-02")):
        words = "Zephyrine spoke " if n < 2 else "Nobody spoke "
        services.store.write(article(HERALD, f"speech-{n}", "A speech", words * 40, day=day))
    update(services.store, services.engine, zone=services.zone)
    shares = dict(rows(client, "q=zephyrine&by=day&y=share"))
    assert shares == {"2026-11-03": "100 %", "2026-11-04": "no data", "2026-11-05": "50 %"}
    (line,) = client.get("/trends.json?q=zephyrine&by=day").json["lines"]
    assert [each["of"] for each in line["points"] if each["count"]] == [1, 2]


def test_shares_are_of_what_the_other_filters_leave(client: FlaskClient):
    shares = dict(rows(client, f"q=harbour&site={HERALD}&from=2023&to=2023&by=year&y=share"))
    hits = client.get(f"/search.json?q=harbour&site={HERALD}&from=2023&to=2023").json["total"]
    every = client.get(f"/search.json?site={HERALD}&from=2023&to=2023").json["total"]
    assert shares == {"2023": f"{hits / every:.0%}".replace("%", " %")}
    assert "Share of the articles that the filters leave" in client.get(f"/search?q=harbour&site={HERALD}&y=share").text


def test_a_page_of_fifty_hits_keeps_to_a_budget_of_its_own(client: FlaskClient):
    page = client.get("/ar/search?q=flood&from=2021&n=50").data
    assert page.count(b"<li class=hit>") == 50
    assert len(page) <= 30_000 + 30 * 800  # a hit takes about 700 bytes


def test_a_period_without_articles_leads_nowhere(client: FlaskClient):
    page = client.get("/search?q=flood&from=2021").text
    assert "<tr><td>2021-03<td>no data<tr><td><input type=submit name=on value=2021-04><td>1" in page


def test_what_is_dated_after_today_makes_no_bars_and_is_counted_and_led_to(desk: Flask):
    client, services = client_of(desk), desk.extensions[EXTENSION]
    before = rows(client, "q=flood&from=2026-10&by=day")
    wrong = article(HERALD, "a-wrong-date", "Flood of days to come", "Flood walls " * 40, day="2031-01-02")
    services.store.write(replace(wrong, fetched=NOW))
    update(services.store, services.engine, zone=services.zone)
    assert rows(client, "q=flood&from=2026-10&by=day") == before
    page = client.get("/search?q=flood&from=2026-10&by=day").text
    assert "1 dated later</a>" in page.replace("\n", "")
    assert rows(client, "q=flood&from=2026&by=month")[-1][0] == "2026-11"
    assert 'href="/search?q=flood&amp;from=2026-11-24&amp;by=day"' in page
    assert rows(client, "q=flood&from=2026-11-24&by=year")[-1] == ("2031", "1")
    assert rows(client, "q=flood&to=2032&by=year")[-1] == ("2031", "1")  # who asks for days to come sees them
    assert "–2026<" in client.get("/").text.replace(" ", "")
    stored = services.store.by_url(wrong.url)
    assert stored is not None
    assert "later than it was added" in client.get(article_path(stored)).text


def test_a_very_old_article_makes_the_bars_no_wider_and_is_counted_and_led_to(desk: Flask):
    client, services = client_of(desk), desk.extensions[EXTENSION]
    services.store.write(article(HERALD, "old", "Zebras at sea", "Zebras swim " * 40, day="1890-01-02"))
    for number in range(30):
        day = f"2026-{8 + number // 28:02}-{1 + number % 28:02}"
        made = article(HERALD, f"z{number}", f"Zebras {number}", f"Zebras swim, {number} " * 40, day=day)
        services.store.write(made)
    update(services.store, services.engine, zone=services.zone)
    found = rows(client, "q=zebras")
    assert (found[0][0], found[-1][0]) == ("2026-08-01", "2026-09-02")
    page = client.get("/search?q=zebras").text
    assert "1 dated earlier</a>" in page.replace("\n", "")
    url = re.search(r'href="([^"]*)">1 dated earlier', page)
    assert url is not None
    assert rows(client, url[1].replace("&amp;", "&").removeprefix("/search?"))[0] == ("1890s", "1")
    assert "dated earlier" not in client.get("/search?q=zebras&from=1890").text, "a range that was asked for is whole"
    assert rows(client, "q=zebras&by=decade")[0][0].startswith("1890"), "and so are bars of a chosen width"


@pytest.mark.parametrize(
    ("years", "begin"),
    [
        ({1890: 1, 2020: 19}, 2020),  # FEW: of 20 hits one may stand aside
        ({1890: 1, 2020: 18}, None),
        ({1890: 2, 2020: 97}, None),
        ({1890: 2, 1955: 1, 2010: 100, 2020: 97}, 1955),
        ({1890: 2, 1955: 1, 2010: 100, 2020: 197}, 2010),
        ({2000: 1, 2005: 50, 2020: 50}, None),  # no half of the range
        ({2020: 100}, None),
        ({}, None),
    ],
)
def test_bars_begin_where_nearly_all_hits_are_dated(years: dict[int, int], begin: int | None):
    bars = [Bar(str(year), (year - 1970) * 525_960, count) for year, count in years.items()]
    found = begin_of_most(bars, few_of(bars))
    assert found == (begin and (begin - 1970) * 525_960)

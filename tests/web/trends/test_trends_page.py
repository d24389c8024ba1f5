"""Searches side by side over time: the numbers add up, gaps are no zeros, and every form says the same."""

import csv
import io
import re
from html import unescape
from typing import Any
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient

from indexer.sync import update
from tests.web.conftest import client_of
from tests.web.corpus import HERALD, POST, article
from web.layout.services import EXTENSION

TWO_SITES = f"q=flood&line=site&site={HERALD}&site={POST}&from=2021&by=quarter"


def lines_of(client: FlaskClient, search: str) -> list[dict[str, Any]]:
    reply = client.get(f"/trends.json?{search}")
    assert reply.status_code == 200
    found: list[dict[str, Any]] = reply.json["lines"]
    return found


@pytest.mark.parametrize("search", [TWO_SITES, "q=flood&q=insurance", "q=flood&line=author&by=year", "", "q=1953"])
def test_the_columns_add_up_to_what_the_search_of_a_line_finds(client: FlaskClient, search: str):
    lines = lines_of(client, search)
    assert 0 < len(lines) <= 5
    for line in lines:
        total = client.get(line["search"].replace("/search", "/search.json", 1)).json["total"]
        assert sum(each["count"] or 0 for each in line["points"]) + line["undated"] + line["later"] == total
        assert line["total"] + line["undated"] + line["later"] == total
    page, undated = client.get(f"/trends?{search}").text, [line["undated"] for line in lines if line["undated"]]
    links = re.findall(r'href="([^"]*date=none[^"]*)">(\d+) undated', page)
    assert [int(said) for _, said in links] == undated
    for url, said in links:
        assert client.get(unescape(url).replace("/search", "/search.json", 1)).json["total"] == int(said)


def test_lines_share_their_periods_and_the_search_of_each_is_narrowed(client: FlaskClient):
    herald, post = lines_of(client, TWO_SITES)
    assert [each["period"] for each in herald["points"]] == [each["period"] for each in post["points"]]
    assert herald["points"][0]["period"] == "2021-Q1"
    assert (herald["name"], post["name"]) == (HERALD, POST)
    assert f"site={HERALD}" in herald["search"]


def test_a_period_without_coverage_is_null_and_no_zero(client: FlaskClient):
    line = lines_of(client, "q=zzzz&q=flood&from=2015&by=year")[0]
    assert line["points"][0] == {"period": "2015", "count": None, "of": 0, "mean": None, "over": True}
    assert line["points"][-1]["count"] == 0
    page = client.get("/trends?q=flood&from=2015&by=year").text
    assert re.search(r'<th scope="row"><bdi>2015</bdi><td class="num">no data', page)


def test_a_mean_is_given_only_where_all_its_periods_have_data_and_are_over(client: FlaskClient):
    points = lines_of(client, "q=flood&from=2019&by=year&mean=3")[0]["points"]
    means = {each["period"]: each["mean"] for each in points}
    counts = {each["period"]: each["count"] for each in points}
    assert means["2022"] is None
    assert means["2023"] == pytest.approx((counts["2021"] + counts["2022"] + counts["2023"]) / 3)
    assert means["2026"] is None


def test_csv_and_picture_say_the_same(client: FlaskClient):
    rows = list(csv.DictReader(io.StringIO(client.get(f"/trends.csv?{TWO_SITES}").text)))
    points = [
        (line["name"], each["period"], each["count"]) for line in lines_of(client, TWO_SITES) for each in line["points"]
    ]
    assert [(row["line"], row["period"], int(row["articles"]) if row["articles"] else None) for row in rows] == points
    picture = client.get(f"/trends.svg?{TWO_SITES}")
    assert picture.mimetype == "image/svg+xml"
    texts = [each.text for each in ElementTree.fromstring(picture.text).iter("{http://www.w3.org/2000/svg}text")]
    assert "“flood” in 2 sites" in texts
    assert any(text and HERALD in text for text in texts)
    assert " style=" not in picture.text


@pytest.mark.parametrize(
    ("search", "said"),
    [
        ("q=a&q=b&q=c&q=d&q=e&q=f", "only the first 5 queries"),
        ("q=a&q=b&line=site", "one query is compared by site"),
        ("q=flood&from=21-13", "not understood"),
        ("q=flood&from=1990&by=day", "would not fit"),
        ("q=zzzz", "No article with a date matches."),
    ],
)
def test_what_is_not_drawn_is_said(client: FlaskClient, search: str, said: str):
    assert said in client.get(f"/trends?{search}").text


STRANGE = ("line=x&mean=x&by=x&y=x", "q=%00&q=%ff", "q=<script>alert(1)</script>", "page=9&n=0", "q=" + "a" * 3000)


@pytest.mark.parametrize("search", STRANGE)
def test_nothing_that_is_asked_breaks_it(client: FlaskClient, search: str):
    for path in ("/trends", "/trends.csv", "/trends.json"):
        reply = client.get(f"{path}?{search}")
        assert reply.status_code == 200
        assert reply.mimetype != "text/html" or "<script>alert" not in reply.text


def test_a_page_of_trends_keeps_to_its_budget(client: FlaskClient):
    assert len(client.get("/trends?q=flood&q=insurance&from=2021&by=month&mean=3").data) <= 30_000


def test_a_picture_is_well_formed_whatever_was_typed(client: FlaskClient):
    for typed in ("flood OR \x07zzz", "flood OR <b> OR &amp;", 'flood OR "\x00]]>"'):
        reply = client.get("/trends.svg", query_string={"q": typed})
        assert reply.status_code == 200, typed
        ElementTree.fromstring(reply.text)


@pytest.mark.parametrize("path", ["/trends.svg", "/api/v1/trend/exports/svg"])
def test_no_picture_of_nothing_is_drawn_and_that_is_said(client: FlaskClient, path: str):
    reply = client.get(path, query_string={"q": "fanghongx"})
    assert (reply.status_code, "No article with a date matches" in reply.text) == (404, True)


@pytest.mark.parametrize("search", ["q=flood", "q=flood&q=insurance", "q=harbour&by=year", TWO_SITES])
def test_the_scale_of_counts_has_whole_numbers(client: FlaskClient, search: str):
    labels = re.findall(r'text-anchor="end"[^>]*>([^<]+)<', client.get(f"/trends.svg?{search}").text)
    assert len(labels) == 4
    assert all(label.replace(",", "").isdigit() for label in labels), labels


@pytest.mark.parametrize("since", ["2026-11-23", "2026-12", "2031", "9999"])
def test_a_range_that_begins_ahead_of_us_is_answered(client: FlaskClient, since: str):
    assert client.get(f"/trends.json?q=flood&from={since}&by=auto").status_code == 200


@pytest.mark.parametrize(
    ("language", "interval", "first"),
    [
        ("", "quarter", "2021-Q1"),
        ("/de", "quarter", "Q1 2021"),
        ("/fr", "quarter", "T1 2021"),
        ("/de", "month", "Jan. 2021"),
        ("/ar", "month", "يناير 2021"),
        ("/ar", "year", "2021"),
    ],
)
def test_the_periods_under_a_chart_are_in_the_language_of_the_page_and_in_english_in_its_file(
    client: FlaskClient, language: str, interval: str, first: str
):
    address = f"q=flood&from=2021&by={interval}"
    labels = re.findall(r'<text[^>]* y="98%">([^<]+)<', client.get(f"{language}/trends?{address}").text)
    assert labels[0] == first
    assert len(labels) <= 12
    assert {"quarter": "2021-Q1", "month": "2021-01", "year": "2021"}[interval] in client.get(
        f"{language}/trends.svg?{address}"
    ).text


def test_a_period_that_would_not_fit_under_a_chart_on_a_phone_is_not_shown_there(client: FlaskClient):
    shown = client.get("/de/trends?q=flood&from=1700&by=decade").text
    labels = re.findall(r'<text( class="odd")? x="([\d.]+)%" y="98%">([^<]+)<', shown)
    seen = [(float(left), name) for odd, left, name in labels if not odd]
    assert len(seen) > 3
    assert all(left + 2 * len(name) < 100 for left, name in seen)


@pytest.mark.parametrize("queries", ["q=flood", "q=flood&q=school&q=insurance"])
def test_no_point_of_a_chart_lies_over_a_number_of_its_scale(client: FlaskClient, queries: str):
    shown = client.get(f"/trends?{queries}&y=share&by=year").text
    charts = re.findall(r'<svg class="hist .*?</svg>.*?</svg>', shown, re.S)
    assert charts
    for chart in charts:
        numbers = [
            (each.start(), float(each[1])) for each in re.finditer(r'<text class="of"[^>]* dy="-([\d.]+)"', chart)
        ]
        points = [(each.start(), float(each[1])) for each in re.finditer(r'<circle [^>]*r="([\d.]+)"', chart)]
        assert len(numbers) == 3
        assert points
        assert max(points)[0] < min(numbers)[0], "what is drawn later is seen"
        assert max(radius for _, radius in points) < min(above for _, above in numbers), "one on the line touches none"


def test_a_heading_of_ours_runs_as_its_page_does_whatever_it_quotes(client: FlaskClient):
    for path in ("/ar/trends?q=flood&q=school", "/ar/trends?q=flood&line=site", "/ar/words?q=flood"):
        assert "<h1>" in client.get(path).text, path  # with `dir=auto` the first quoted word decided


def test_what_is_dated_in_days_to_come_is_not_drawn_but_counted_and_said(desk: Flask):
    client, services = client_of(desk), desk.extensions[EXTENSION]
    before = client.get("/trends.json?q=flood&from=2025").json
    wrong = article(HERALD, "a-wrong-date", "Flood of days to come", "Flood walls " * 40, day="2031-01-02")
    services.store.write(wrong)
    update(services.store, services.engine, zone=services.zone)
    after = client.get("/trends.json?q=flood&from=2025").json
    assert (after["interval"], after["lines"][0]["points"]) == (before["interval"], before["lines"][0]["points"])
    assert (before["lines"][0]["later"], after["lines"][0]["later"]) == (0, 1)
    assert after["notes"] == ["1 article is dated in days to come and not drawn"]
    assert "1 article is dated in days to come and not drawn" in client.get("/trends?q=flood&from=2025").text
    for ahead in ("from=2025&to=2032", "from=2030"):  # who asks for days to come sees them
        found = client.get(f"/trends.json?q=flood&{ahead}&by=year").json["lines"][0]
        assert (found["points"][-1]["period"], found["points"][-1]["count"], found["later"]) == ("2031", 1, 0)

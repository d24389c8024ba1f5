"""The results page: what it says, what it links to, what it costs."""

import csv
import gzip
import io
import json
import re
from datetime import UTC, timedelta
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from corpus.copies.grouping import group_copies
from corpus.model import Article, PageDate, Precision
from corpus.store import ArticleStore
from indexer.open import open_engine
from indexer.sync import update
from tests.web.conftest import app_over, client_of
from tests.web.corpus import HOSTILE_NAME, NOW
from web.languages.choice import LANGUAGES
from web.static_files import STATIC


def text_of(client: FlaskClient, url: str, status: int = 200) -> str:
    reply = client.get(url)
    assert reply.status_code == status, reply.text[:500]
    return reply.text


def links(page: str) -> list[str]:
    return [unescape(each) for each in re.findall(r'href="([^"]+)"', page)]


class Focusable(HTMLParser):
    """Counts what the tab key stops at; the inside of a closed `details` is left out."""

    def __init__(self) -> None:
        super().__init__()
        self.stops = 0
        self.closed = 0
        self.depth: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "details":
            self.depth.append("open" in found)
        shut = sum(not each for each in self.depth)
        if tag == "summary":
            self.stops += shut - (not self.depth[-1]) == 0
        elif not shut and (
            (tag == "a" and "href" in found)
            or tag in ("button", "select")
            or (tag == "input" and found.get("type") != "hidden")
        ):
            self.stops += 1

    def handle_endtag(self, tag: str) -> None:
        if tag == "details":
            self.depth.pop()


def test_a_search_shows_hits_with_marks_date_and_shelf_mark(client: FlaskClient):
    page = text_of(client, "/search?q=%22flood+defences%22+record")
    assert "after <mark>record</mark> storm" in page
    assert "<time datetime=2026-01-12>12 Jan 2026</time>" in page
    assert re.search(r"<code><i>Keep </i>[a-z]\d[0-9a-z]{4}</code>", page)
    assert "2 revisions" in page


def test_an_undated_and_an_unsigned_article_say_so(client: FlaskClient):
    page = text_of(client, "/search?q=drainage")
    assert "Undated" in page
    assert "<i>No byline</i>" in page


def test_each_hit_has_its_language_and_direction_on_the_block(client: FlaskClient):
    page = text_of(client, "/search?q=فيضانات")
    assert "<h3 lang=ar>" in page
    assert "<p class=snip lang=ar>" in page


def test_stored_markup_is_text(client: FlaskClient):
    page = text_of(client, "/search?q=hostile+OR+meant")
    assert "&lt;script&gt;alert" in page
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "\u202e" not in page
    assert HOSTILE_NAME[3] == "\u202e"


def test_what_was_typed_is_text_too(client: FlaskClient):
    page = text_of(client, '/search?q="><script>alert(1)</script>&from=<b>&author=<i>')
    assert "<script>alert" not in page
    assert "&lt;b&gt;" in page


def test_a_form_with_empty_fields_is_sent_on_once(client: FlaskClient):
    reply = client.get("/search?q=flood&from=&to=&sort=rel&n=20")
    assert (reply.status_code, reply.location) == (302, "/search?q=flood")
    assert client.get(reply.location).status_code == 200


def test_filters_typed_among_the_words_become_filters(client: FlaskClient):
    reply = client.get("/search?q=flood+author:okafor+2021..2026")
    assert reply.status_code == 302
    asked = parse_qs(urlsplit(reply.location).query)
    assert asked == {"q": ["flood"], "author": ["okafor"], "from": ["2021"], "to": ["2026"]}
    assert client.get(reply.location).status_code == 200


def test_a_name_in_place_of_a_key_moves_to_the_key(client: FlaskClient):
    assert client.get("/search?author=Maria%20Okafor").location == "/search?author=maria-okafor"


def test_what_was_not_understood_stays_in_its_field_and_out_of_links(client: FlaskClient):
    page = text_of(client, "/search?q=flood&from=2021-13&site=coastpost.example")
    assert '<input name=from value="2021-13"' in page
    assert "2021-13" not in "".join(links(page))


def test_a_typed_pressmark_opens_the_article(client: FlaskClient):
    mark = client.get("/search.json?q=title:council").json["hits"][0]["id"]
    assert client.get(f"/search?q={mark.upper()}").location.startswith(f"/a/{mark}-")


def test_the_old_address_of_a_search_leads_on_for_good(client: FlaskClient):
    reply = client.get("/?q=flood&site=coastpost.example")
    assert (reply.status_code, reply.location) == (301, "/search?q=flood&site=coastpost.example")


def test_the_canonical_address_is_the_state(client: FlaskClient):
    page = text_of(client, "/search?site=coastpost.example&q=flood&utm_source=x")
    assert '<link rel="canonical" href="/search?q=flood&amp;site=coastpost.example">' in page
    assert "utm_source" not in page


def test_facet_counts_are_those_one_would_see_with_the_value(client: FlaskClient):
    page = text_of(client, "/search?q=flood&site=coastpost.example")
    row = re.search(r"value=valley-herald.example>[^<]+<span>(\d+)</span>", page)
    assert row
    both = client.get("/search.json?q=flood&site=coastpost.example&site=valley-herald.example").json["total"]
    one = client.get("/search.json?q=flood&site=coastpost.example").json["total"]
    assert both == one + int(row[1])


def test_every_chip_leads_to_the_search_without_it(client: FlaskClient):
    page = text_of(client, "/search?q=flood+-insurance&site=coastpost.example&from=2022")
    chips = re.findall(r'<a class=chip href="([^"]+)"', page)
    assert [unescape(each) for each in chips] == [
        "/search?q=-insurance&site=coastpost.example&from=2022",
        "/search?q=flood&site=coastpost.example&from=2022",
        "/search?q=flood+-insurance&from=2022",
        "/search?q=flood+-insurance&site=coastpost.example",
    ]


def test_zero_results_say_which_part_left_nothing(client: FlaskClient):
    page = text_of(client, "/search?q=drainage&site=coastpost.example&from=2019&to=2019")
    assert "No article has all of this" in page
    page = text_of(client, "/search?q=drainage&site=coastpost.example")
    assert re.search(r'<b class="n">1</b><span><a href="/search\?q=drainage">in all sites, not only coastpost', page)


def test_zero_results_offer_any_of_the_words(client: FlaskClient):
    page = text_of(client, '/search?q="drainage"+"roof"')
    assert "drainage%22+OR+%22roof%22" in page


def test_a_phrase_nobody_wrote_is_offered_as_words(client: FlaskClient):
    page = text_of(client, '/search?q="storm+council"')
    assert "not as a phrase" in page


def test_when_no_one_part_is_to_blame_each_is_asked_for_alone(client: FlaskClient):
    page = text_of(client, '/search?q="drainage"+"xylophone"+"roof"')
    assert "xylophone”." in page
    assert "drainage”, nothing else" in page


def test_a_site_without_anything_of_that_year_is_said(client: FlaskClient):
    page = text_of(client, "/search?q=flood&site=coastpost.example&from=2019&to=2019")
    assert "We have nothing from coastpost.example in 2019." in page


def test_every_example_of_the_start_page_finds_something(client: FlaskClient):
    page = text_of(client, "/")
    examples = [unescape(each) for each in re.findall(r'<li><a href="([^"]+)"><code dir="auto">', page)]
    assert len(examples) == 4
    for url in examples:
        assert "<li class=hit>" in client.get(url, follow_redirects=True).text, url


def test_every_link_of_a_page_of_results_is_alive(client: FlaskClient):
    for start in (
        "/",
        "/search?q=flood&from=2021",
        "/search?q=nothinglikeit&site=coastpost.example",
        "/sources",
        "/crawls",
        "/help/search",
        "/about",
    ):
        for url in set(links(text_of(client, start))):
            if url.startswith("/") and not url.startswith("//"):
                assert client.get(url, follow_redirects=True).status_code == 200, (start, url)


@pytest.mark.parametrize(
    "query",
    [
        "page=999999",
        "page=99999999999999999999",
        "page=-1",
        "from=2021-13",
        "from=99999",
        "from=0000&to=9999-99-99",
        "n=-1",
        "n=100000",
        "sort=best",
        "by=fortnight",
        "by=day",
        "date=maybe",
        "q=" + "flood+" * 1700,
        "q=" + "(" * 3000,
        "q=" + '"' * 999,
        "q=" + "a*+" * 500,
        "q=-flood",
        "q=%00%ff%fe\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
        "q=*&author=%2A",
        "author=" + "x" * 5000,
        "&".join(f"author=a{each}" for each in range(300)),
        "lang=none&section=none&author=none&site=none",
        "not.site=coastpost.example&not.author=none",
        "q=AND+OR+NOT",
        "q=title%3A",
        "y=share&by=year",
        "date=none",
        "date=fetched&from=-1y",
        "from=2024&to=2021",
    ],
)
def test_hostile_parameters_get_a_page(client: FlaskClient, query: str):
    reply = client.get(f"/search?{query}", follow_redirects=True)
    assert reply.status_code == 200, reply.text[:300]
    assert client.get(f"/search.json?{query}").status_code == 200


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("q=flood&from=2021-13", "not understood"),
        ("q=flood&n=-1", "n=-1 not understood: expected a number from 1 to 100"),
        ("q=flood&page=999999", "is past the end: the last one is page"),
        ("q=" + "flood+" * 1700, "only the first 1,000 characters"),
    ],
)
def test_what_was_not_understood_is_said(client: FlaskClient, query: str, said: str):
    assert said in text_of(client, f"/search?{query}")


def test_the_histogram_is_one_path_with_a_table(client: FlaskClient):
    page = text_of(client, "/search?q=flood&from=2021")
    chart = page[page.index("<svg class=hist") : page.index('<div class="bar s q">')]
    assert chart.count("<path class=b ") == 1
    assert "aria-hidden=true" in chart
    assert re.search(r"<input type=submit name=on value=20\d\d[^>]*>", page)


def test_a_row_of_the_table_is_that_period_alone(client: FlaskClient):
    reply = client.get("/search?q=flood&from=2021&to=&sort=rel&on=2023-08")
    assert reply.location == "/search?q=flood&from=2023-08&to=2023-08"


def test_no_page_has_style_or_script_of_its_own(client: FlaskClient):
    for url in (
        "/",
        "/search?q=flood&by=year",
        "/search?q=zzzz",
        "/sources",
        "/crawls",
        "/crawls/1",
        "/help/search",
        "/nope",
    ):
        page = re.sub(r"&lt;.*?&gt;", "", client.get(url).text)
        assert not re.search(r"\sstyle=|<style|\son\w+=|javascript:", page), url
        assert not re.search(r"<script(?! src=\"/static/)", page), url


@pytest.mark.parametrize("words", ["flood", "flood+defences"])
@pytest.mark.parametrize("language", ["", *(f"/{code}" for code in LANGUAGES)])
def test_the_results_page_keeps_to_its_budgets_in_every_language(client: FlaskClient, language: str, words: str):
    reply = client.get(f"{language}/search?q={words}&from=2021", headers={"Accept-Encoding": "gzip"})
    page = gzip.decompress(reply.data)
    assert page.count(b"<li class=hit>") == 20
    assert len(page) <= 30_000
    assert len(reply.data) <= 10_000
    assert len((STATIC / "pressmark.css").read_bytes()) <= 14_000
    assert sum(len(sheet.read_bytes()) for sheet in STATIC.glob("*.css")) <= 18_000
    assert len((STATIC / "pressmark.js").read_bytes()) <= 15_000
    loaded = re.findall(rb'(?:src|rel="stylesheet" href)="([^"]+)"', page)
    assert len(loaded) == 2


def test_a_long_query_does_not_swell_its_page(client: FlaskClient):
    query = "flood OR " + " OR ".join(f"word{each}" for each in range(50))
    page = client.get("/search", query_string={"q": query}).data
    assert page.count(b"<li class=hit>") == 20
    assert len(page) <= 60_000


def test_shares_are_of_all_articles_of_the_period(client: FlaskClient):
    page = text_of(client, "/search?q=insurance&from=2021&by=year&y=share")
    assert "Share of all articles, year by year, 2021 to 2026." in page
    assert re.search(r"Peak \d+ % in 20\d\d", page)


def test_a_peak_is_in_a_year_and_on_a_day(client: FlaskClient):
    assert re.search(r"Peak \d+ in 20\d\d\.", text_of(client, "/search?q=flood&by=year"))
    page = text_of(client, "/search?q=flood&from=2026-01-01&to=2026-02-10&by=day")
    assert re.search(r"Peak \d+ on \d+ \w+ 2026\.", page)


def test_tab_stops_stay_within_reach(client: FlaskClient):
    def stops() -> int:
        counter = Focusable()
        counter.feed(text_of(client, "/search?q=flood+defences&from=2021"))
        return counter.stops

    assert stops() <= 145  # with a box for each hit, for who may keep them
    client.environ_base["REMOTE_ADDR"] = "192.0.2.9"
    assert stops() <= 125


def test_the_table_of_the_search_as_data_has_the_documented_keys(client: FlaskClient):
    found = client.get("/search.json?q=flood").json
    assert {"total", "read_as", "hits", "facets", "histogram", "notes"} <= set(found or {})
    assert {"id", "url", "headline", "authors", "published", "source", "score", "snippet"} <= set(found["hits"][0])
    assert {"value", "count"} <= set(found["facets"]["authors"][0])


def test_a_search_can_be_taken_along_with_its_manifest(client: FlaskClient):
    lines = [json.loads(line) for line in client.get("/search.jsonl?q=flood&page=2").text.splitlines()]
    assert lines[0]["manifest"]["query"] == "/search?q=flood&page=2"
    assert lines[0]["manifest"]["total"] == len(lines) - 1 == client.get("/search.json?q=flood").json["total"]
    assert lines[1]["text"]


def test_no_cell_of_a_table_is_a_formula(client: FlaskClient):
    text = client.get("/search.csv?bom=1").text
    assert text.startswith("\ufeffid,url,")
    rows = list(csv.reader(io.StringIO(text)))
    assert any(cell == "'=2+5 is no sum" for row in rows for cell in row)
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row)


def test_all_values_of_a_facet_can_be_found_within_and_checked(client: FlaskClient):
    page = text_of(client, "/facets/author?q=flood&fq=okaf&author=aoife-byrne")
    assert "Maria Okafor" in page
    assert "Tom Whitfield" not in page
    assert 'value="aoife-byrne" checked' in page
    assert 'href="/search?q=flood&amp;not.author=maria-okafor"' in text_of(client, "/facets/author?q=flood")
    assert text_of(client, "/facets/nothing", 404)


def test_copies_of_one_text_are_one_hit_and_a_link_shows_them_one_by_one(tmp_path: Path):
    story = " ".join(f"The harbour wall of berth {n} is to be raised before winter {n * 7}." for n in range(12))
    with ArticleStore.open(tmp_path / "pressmark.sqlite") as store:
        for n, site in enumerate(("a.example", "b.example", "c.example")):
            published = PageDate(NOW - timedelta(hours=n), Precision.MINUTE, "meta")
            store.write(Article(url=f"https://{site}/x", source=site, body=story, published=published, fetched=NOW))
        group_copies(store)
        engine = open_engine(tmp_path / "index")
        update(store, engine, zone=UTC)
        engine.close()
    client = client_of(app_over(tmp_path))
    page = client.get("/search?q=wall").text
    assert "1 story in 3 articles" in page
    assert re.search(r"and 2 copies in [abc]\.example, [abc]\.example", page)
    assert page.count("class=hit") == 1
    [address] = re.findall(r'href="(/search\?[^"]*copies=show[^"]*)">Show copies one by one', page)
    assert client.get(unescape(address)).text.count("class=hit") == 3


def test_articles_with_a_printed_correction_are_counted_and_quoted(client: FlaskClient):
    found = client.get("/search.json?q=has:correction").json
    counted = {"value": "a printed correction", "key": "correction", "count": found["total"]}
    assert found["total"]
    assert found["facets"]["features"][-1] == counted
    assert found["read_as"] == "with a printed correction"
    page = client.get("/search").text
    assert f"value=correction>a printed correction<span>{found['total']}</span>" in page
    assert "no printed correction" not in page
    assert "Printed correction<dd>" in client.get(f"/a/{found['hits'][0]['id']}", follow_redirects=True).text

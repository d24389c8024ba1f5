"""Answers in the language of who asks."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.web.conftest import app_over
from web.layout.services import EXTENSION


def language_of(page: str) -> str:
    return page.partition('<html lang="')[2].partition('"')[0]


@pytest.mark.parametrize("path", ["/", "/search?q=flood", "/nowhere", "/sources", "/help/search", "/language"])
def test_a_page_speaks_what_the_browser_asks_for_and_says_that_it_does(client: FlaskClient, path: str):
    reply = client.get(path, headers={"Accept-Language": "de-AT,en;q=0.5"})
    assert language_of(reply.text) == reply.headers["Content-Language"] == "de"
    assert "Accept-Language" in reply.headers["Vary"]
    assert language_of(client.get(path).text) == "en"


def test_arabic_runs_from_right_to_left(client: FlaskClient):
    assert '<html lang="ar" dir=rtl>' in client.get("/ar/").text
    assert '<html lang="en">' in client.get("/").text


def test_the_links_of_an_address_with_a_language_lead_on_in_it(client: FlaskClient):
    page = client.get("/de/search?q=flood").text
    assert language_of(page) == "de"
    links = [each.partition('"')[0] for each in page.split('href="')[1:]]
    ours = [each for each in links if each.startswith("/") and not each.startswith("/static/")]
    assert ours
    assert not [each for each in ours if not each.startswith("/de/")]
    assert 'action="/de/search"' in page
    assert client.get("/de/help").location == "/de/help/search"
    assert "Accept-Language" not in client.get("/de/search?q=flood", headers={"Accept-Language": "fr"}).headers["Vary"]


def test_what_a_browser_stored_in_one_language_is_not_served_in_another(client: FlaskClient):
    tag = client.get("/search?q=flood", headers={"Accept-Language": "de"}).headers["ETag"]
    again = {"If-None-Match": tag}
    assert client.get("/search?q=flood", headers={"Accept-Language": "de", **again}).status_code == 304
    assert client.get("/search?q=flood", headers={"Accept-Language": "ar", **again}).status_code == 200


@pytest.mark.parametrize(
    "path", ["/search.json?q=flood", "/search.atom?q=flood", "/search.csv?q=flood", "/api/v1/articles"]
)
def test_files_and_the_api_are_the_same_in_every_language(client: FlaskClient, path: str):
    german = client.get(f"/de{path}", headers={"Accept-Language": "ar"})
    assert german.data == client.get(path).data
    assert "Content-Language" not in german.headers
    assert "Accept-Language" not in german.headers.get("Vary", "")


def test_every_page_leads_to_itself_in_every_language(client: FlaskClient):
    page = client.get("/de/search?q=flood+wall&site=coastpost.example").text
    way = page.partition('id="hl" href="')[2].partition('"')[0].replace("&amp;", "&")
    chosen = client.get(way).text
    assert "href='/ar/search?q=flood+wall&amp;site=coastpost.example'" in chosen
    assert "href='/search?q=flood+wall&amp;site=coastpost.example'" in chosen


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"])
def test_the_page_of_languages_leads_nowhere_else(client: FlaskClient, back: str):
    page = client.get("/language", query_string={"back": back}).text
    assert "evil" not in page
    assert "javascript:" not in page


def test_a_way_back_cannot_leave_its_quotation_marks(client: FlaskClient):
    page = client.get("/language", query_string={"back": "/search?q='onclick='x"}).text
    assert "'onclick" not in page


def test_a_language_stands_behind_the_path_of_the_archive(data: Path):
    app = app_over(data, web={"url": "https://archive.example/press", "allowed_hosts": ("archive.example",)})
    client = app.test_client()
    client.environ_base["HTTP_HOST"] = "archive.example"
    page = client.get("/press/de/search?q=flood").text
    links = [each.partition('"')[0] for each in page.split('href="/')[1:]]
    assert not [each for each in links if not each.startswith(("press/de/", "press/static/"))]
    assert client.get("/press/de/help").location == "/press/de/help/search"
    assert "/de/" not in client.get("/press/de/search.atom?q=flood").text
    app.extensions[EXTENSION].close()


def test_an_article_says_its_language_where_the_page_speaks_another(client: FlaskClient):
    assert "<h3>" in client.get("/search?q=flood").text
    german, arabic = client.get("/de/search").text, client.get("/ar/search?q=فيضانات").text
    assert "<h3 lang=en>" in german
    assert "Englisch" in german.partition("<p class=by>")[2].partition("<p")[0]
    assert "<h3>" in arabic
    assert "العربية" not in arabic.partition("<p class=by>")[2].partition("<p")[0]


def test_a_language_that_all_hits_share_is_named_once_by_its_filter(client: FlaskClient):
    page = client.get("/de/search?q=flood").text
    assert page.count("Englisch") == 1
    assert "<h3 lang=en>" in page

"""The article, its formats, its revisions, its place in a search."""

import json
import re
from collections.abc import Sequence
from datetime import timedelta
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from flask import Flask
from flask.testing import FlaskClient

from corpus.copies.grouping import group_copies
from corpus.model import Article, PageDate, Precision
from corpus.store import ArticleStore
from tests.web.conftest import app_over, client_of
from tests.web.corpus import COUNCIL, COUNCIL_REVISED, HOSTILE_HEADLINE, NOW
from web.layout.services import EXTENSION


@pytest.fixture
def mark(app: Flask) -> str:
    """The mark of the revised article."""
    return str(app.extensions[EXTENSION].store.by_url(COUNCIL.url).mark)


def page_of(client: FlaskClient, mark: str, query: str = "") -> str:
    reply = client.get(f"/a/{mark}{query}", follow_redirects=True)
    assert reply.status_code == 200
    return reply.text


def between(text: str, start: str, end: str) -> str:
    return text.partition(start)[2].partition(end)[0]


def test_the_mark_decides_and_a_wrong_slug_moves_for_good(client: FlaskClient, mark: str):
    right = f"/a/{mark}-council-approves-flood-defences-after-record"
    for wrong in (f"/a/{mark}", f"/a/{mark}-other-words", f"/a/{mark.upper()}"):
        reply = client.get(f"{wrong}?q=flood")
        assert (reply.status_code, reply.location) == (301, f"{right}?q=flood")
    assert client.get(right).status_code == 200


def test_a_mark_is_read_as_people_type_it(client: FlaskClient, mark: str):
    typed = mark[0] + mark[1:].replace("0", "O").replace("1", "l")
    assert client.get(f"/a/{typed}").status_code == 301


@pytest.mark.parametrize("name", ["x", "nothing-here", "z9zzzz", "%00", "k7f003.exe", "...", "a" * 3000])
def test_what_is_no_mark_is_not_found(client: FlaskClient, name: str):
    assert client.get(f"/a/{name}").status_code == 404


def test_the_article_says_who_when_where_and_how_that_is_known(client: FlaskClient, mark: str):
    page = page_of(client, mark)
    assert "Published 12 Jan 2026, 08:30 (from JSON-LD)" in page
    assert 'href="/authors/maria-okafor"' in page
    assert 'href="/search?site=valley-herald.example"' in page
    assert '<p dir="auto">The county council voted 31 to 12' in page


def test_words_of_the_search_are_marked_and_counted(client: FlaskClient, mark: str):
    page = page_of(client, mark, "?q=flood+defences&i=1")
    assert '<mark id="w0-1">flood </mark><mark id="w1-1">defences</mark>' in page
    count = int(re.search(r"<mark><bdi>flood</bdi></mark> (\d+)", page)[1])
    assert count == len(re.findall(r'<mark id="w0-\d+"', page)) == 3
    assert f'href="#w0-{count}"' in page


def test_the_place_in_the_search_leads_to_its_neighbours(client: FlaskClient):
    results = client.get("/search?q=%22flood+defences%22").text
    urls = [unescape(each) for each in re.findall(r'<h3[^>]*><a href="([^"]+)"', results)]
    page = client.get(urls[1]).text
    assert re.search(r"<bdi>2 of \d+</bdi>", page)
    assert unescape(re.search(r'<a href="([^"]+)" rel="prev">', page)[1]) == urls[0]
    assert unescape(re.search(r'<a href="([^"]+)" rel="next">', page)[1]) == urls[2]


def test_articles_beside_one_that_a_search_found_lead_back_to_the_search(client: FlaskClient, mark: str):
    page = page_of(client, mark, "?q=flood&i=1")
    beside = page.partition("<h2>More like this</h2>")[2].partition("</section>")[0]
    urls = [unescape(each) for each in re.findall(r'<a href="([^"]+)"', beside)]
    assert len(urls) > 1
    assert all(each.endswith("?q=flood") for each in urls)
    other = client.get(urls[0]).text
    assert re.search(r'<a href="/search\?q=flood">‹ \d+ results</a>', other)
    assert 'rel="next"' not in other  # it has no place among the hits
    alone = page_of(client, mark).partition("<h2>More like this</h2>")[2].partition("</section>")[0]
    assert re.findall(r'<a href="([^"]+)"', alone) == [each.partition("?")[0] for each in urls]


def test_neighbours_are_found_across_pages(client: FlaskClient):
    second = client.get("/search?q=flood&page=2").text
    first_there = unescape(re.search(r'<h3[^>]*><a href="([^"]+)"', second)[1])
    page = client.get(first_there).text
    before = unescape(re.search(r'<a href="([^"]+)" rel="prev">', page)[1])
    assert before.endswith("i=20")
    assert client.get(before).status_code == 200
    assert 'href="/search?q=flood&amp;page=2">‹' in page


def test_a_place_the_article_does_not_hold_is_not_claimed(client: FlaskClient, mark: str):
    for rank in ("999", "0", "-1", "x", "9" * 30, "0001" + "0" * 5000):
        page = page_of(client, mark, f"?q=flood&i={rank}")
        assert 'rel="next"' not in page
        assert "results</a>" in page


def test_stored_markup_in_an_article_is_text(client: FlaskClient, app: Flask):
    stored = app.extensions[EXTENSION].store.by_url("https://coastpost.example/hostile")
    for ending in ("", "?cite=apa", "?q=flood"):
        page = page_of(client, stored.mark, ending)
        assert "<script>alert" not in page
        assert "<img" not in page
        assert "\u202e" not in page


def test_an_article_without_headline_is_titled_by_its_first_sentence(client: FlaskClient, app: Flask):
    stored = app.extensions[EXTENSION].store.by_url("https://fenland-gazette.example/no-headline")
    page = page_of(client, stored.mark)
    assert "A note without a headline about the flood of 1953" in page
    assert "Published Feb 1953" in page


def test_the_article_comes_in_other_formats(client: FlaskClient, mark: str):
    found = client.get(f"/a/{mark}.json").json
    assert (found["id"], found["revision"], found["published"]) == (mark, 2, "2026-01-12T08:30:00")
    assert found["text"] == COUNCIL_REVISED.body
    assert client.get(f"/a/{mark}.txt").text.startswith("Council approves flood defences after record storm\n\nNine")
    assert client.get(f"/a/{mark}.bib").text.startswith(f"@online{{{mark},")
    assert client.get(f"/a/{mark}.ris").text.startswith("TY  - NEWS")
    assert client.get(f"/a/{mark}.csl.json").get_json(force=True)[0]["type"] == "article-newspaper"


def test_styles_of_citation_are_addresses(client: FlaskClient, mark: str):
    assert "(2026, January 12)" in page_of(client, mark, "?cite=apa")
    assert "Okafor, Maria, and Tom Whitfield." in page_of(client, mark, "?cite=nonsense")


def test_reference_managers_find_the_fields(client: FlaskClient, mark: str):
    page = page_of(client, mark)
    assert '<meta name="citation_author" content="Okafor, Maria">' in page
    assert '<meta name="citation_publication_date" content="2026/01/12">' in page


def test_revisions_lead_to_what_changed(client: FlaskClient, mark: str):
    page = page_of(client, mark)
    assert "“record” for “worst”" in page
    assert f'href="/a/{mark}/diff/1..2"' in page
    listing = client.get(f"/a/{mark}/revisions").text
    assert "Council approves flood defences after worst storm" in listing


def test_the_comparison_marks_words_with_labels_too(client: FlaskClient, mark: str):
    page = client.get(f"/a/{mark}/diff/1..2").text
    assert '<del><bdi class="v">removed: </bdi>29 to 14</del>' in page
    assert '<ins><bdi class="v">added: </bdi>31 to 12</ins>' in page
    assert "¶ 3 removed" in page
    assert "Not in revision 2" in page


def test_the_comparison_has_three_views(client: FlaskClient, mark: str):
    inline = client.get(f"/a/{mark}/diff/1..2?view=inline").text
    assert re.search(r"<del>.{0,40}29 to 14</del> <ins>.{0,40}31 to 12</ins>", inline)
    assert "¶ 2 same" not in client.get(f"/a/{mark}/diff/1..2?view=changes").text
    assert client.get(f"/a/{mark}/diff/1..2.json").json["old"]["revision"] == 1


def test_a_comparison_backwards_is_turned_and_of_nothing_is_not_found(client: FlaskClient, mark: str):
    assert client.get(f"/a/{mark}/diff/2..1").location == f"/a/{mark}/diff/1..2"
    for span in ("1..1", "1..9", "x..y", "1", "1..2..3", "-1..2", "1.." + "9" * 40):
        assert client.get(f"/a/{mark}/diff/{span}").status_code == 404


def test_a_public_archive_shows_no_whole_texts(data: Path, mark: str):
    client = client_of(app_over(data, web={"public": True}))
    last = "An earlier version of this article misstated"
    for url in (f"/a/{mark}", f"/a/{mark}.json", f"/a/{mark}.txt"):
        assert last not in client.get(url, follow_redirects=True).text
    assert client.get(f"/a/{mark}/diff/1..2").status_code == 404
    assert client.get(f"/a/{mark}/revisions").status_code == 404


def test_looking_up_an_address_finds_the_article(client: FlaskClient, mark: str):
    for typed in (COUNCIL.url, COUNCIL.url.removeprefix("https://"), mark.upper()):
        assert client.get("/lookup", query_string={"url": typed}).location.startswith(f"/a/{mark}-")


@pytest.mark.parametrize(
    "typed", ["https://unknown.example/a", "not an address", "javascript:alert(1)", "http://[", "x" * 5000]
)
def test_looking_up_anything_else_says_what_is_known(client: FlaskClient, typed: str):
    reply = client.get("/lookup", query_string={"url": typed})
    assert reply.status_code == 200
    assert "<h1>Look up an address</h1>" in reply.text


def test_each_source_has_a_page(client: FlaskClient):
    assert client.get("/sources/valley-herald.example").status_code == 200
    assert client.get("/sources/nobody.example").status_code == 404


def test_the_page_of_a_source_counts_its_addresses_by_state_and_reason(client: FlaskClient):
    page = client.get("/sources/valley-herald.example").text
    assert re.search(r"<dt>Addresses: article<dd>\d+: (crawled|imported)", page)


@pytest.mark.parametrize(
    ("state", "source"),
    [
        ("ok", "valley-herald.example"),
        ("slow", "coastpost.example"),
        ("blocked", "almarsa.example"),
        ("failing", "haibin-ribao.example"),
        ("paused", "fenland-gazette.example"),
    ],
)
def test_the_state_of_a_source_is_a_shape_and_a_word(client: FlaskClient, state: str, source: str):
    page = client.get(f"/sources?state={state}").text
    table = page[page.index("<tbody") :]
    assert f"<bdi>{source}</bdi>" in table
    assert re.search(rf'<span aria-hidden="true">[●▲◆■○]</span> {state}</b>', table)


def test_sources_that_need_a_look_are_named_first(client: FlaskClient):
    assert "<b>4 of 7 need a look.</b>" in client.get("/sources").text


def test_the_crawls_are_told(client: FlaskClient):
    page = client.get("/crawls").text
    assert "23 Nov 2026, 02:14" in page
    assert "4.2 MB" in page


def copied(folder: Path, sites: Sequence[str]) -> list[str]:
    """Store one text at several sites, an hour apart; the marks, in their order."""
    words = ("harbour", "council", "bridge", "winter", "ferry", "market", "school", "river", "tower")
    body = " ".join(f"{words[n % 9]} {words[n * n % 7]} {n}" for n in range(90))
    with ArticleStore.open(folder / "pressmark.sqlite") as store:
        for number, site in enumerate(sites):
            at = NOW + timedelta(hours=number)
            published = PageDate(at, Precision.MINUTE, "meta")
            store.write(Article(url=f"https://{site}/x", source=site, body=body, published=published, fetched=NOW))
        group_copies(store)
        found = [store.by_url(f"https://{site}/x") for site in sites]
    return [each.mark for each in found if each is not None]


def test_copies_of_one_text_name_each_other(tmp_path: Path):
    first, second = copied(tmp_path, ("a.example", "b.example"))
    client = client_of(app_over(tmp_path))
    assert f"/a/{second}" in client.get(f"/a/{first}", follow_redirects=True).text
    shown = client.get(f"/a/{second}", follow_redirects=True).text
    assert f"/a/{first}" in shown
    assert "a.example</bdi>, the earliest" in shown


def test_more_copies_than_a_page_lists_are_counted(tmp_path: Path):
    first, *others = copied(tmp_path, [f"s{number}.example" for number in range(53)])
    client = client_of(app_over(tmp_path))
    listed = client.get(f"/a/{first}", follow_redirects=True).text.partition("<h2>Copies")[2].partition("</section>")[0]
    assert (len(re.findall('<a href="/a/', listed)), "and 2 more" in listed) == (50, True)
    assert client.get(f"/api/v1/articles/{first}").json["copies"] == others


def test_a_page_says_to_machines_which_newspaper_article_it_holds(client: FlaskClient, mark: str):
    page = client.get(f"/a/{mark}", follow_redirects=True).text
    stated = json.loads(between(page, '<script type="application/ld+json">', "</script>"))
    assert stated["@type"] == "NewsArticle"
    assert [each["name"] for each in stated["author"]] == ["Maria Okafor", "Tom Whitfield"]
    assert stated["datePublished"].startswith("2026-01-12T08:30")
    coins = dict(parse_qsl(unescape(between(page, 'class="Z3988" title="', '"'))))
    assert coins["rft.type"] == "newspaperArticle"
    assert coins["rft.source"] == "valley-herald.example"
    assert (coins["rft.title"], coins["rft.date"]) == (COUNCIL_REVISED.headline, "2026-01-12")
    assert "citation_journal_title" not in page


def test_no_text_of_a_paper_ends_the_data_it_stands_in(client: FlaskClient):
    hit = client.get("/search.json?q=title:script").json["hits"]
    page = client.get(f"/a/{hit[0]['id']}", follow_redirects=True).text
    block = between(page, '<script type="application/ld+json">', "</script>")
    assert "<" not in block
    assert json.loads(block)["headline"] == HOSTILE_HEADLINE


def test_citations_name_the_paper_where_its_title_is_known(data: Path, mark: str):
    sources = ({"url": "https://valley-herald.example/", "name": "valley-herald.example", "title": "Valley Herald"},)
    app = app_over(data, source=sources)
    reader = client_of(app)
    assert "journal = {Valley Herald}" in reader.get(f"/a/{mark}.bib").text
    assert reader.get(f"/a/{mark}.bib").text.startswith("@article")
    assert "T2  - Valley Herald" in reader.get("/search.ris?q=council").text
    assert "<i>Valley Herald</i>" in reader.get(f"/a/{mark}", follow_redirects=True).text
    app.extensions[EXTENSION].close()

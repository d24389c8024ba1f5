"""The index of authors and their profiles: counts that are searches, one address a person, texts that stay text."""

import re
from contextlib import closing
from datetime import UTC
from html import unescape
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from corpus.corrections.values import Correction, Field
from corpus.store import ArticleStore
from indexer.open import open_engine
from indexer.sync import update
from tests.web.conftest import Send, app_over, client_of
from tests.web.corpus import NOW, POST, article
from web.layout.services import EXTENSION


def test_a_profile_says_how_much_where_and_with_whom(client: FlaskClient):
    page = client.get("/authors/maria-okafor").text
    total = client.get("/search.json?author=maria-okafor").json["total"]
    assert f'<a href="/search?author=maria-okafor">{total} articles</a> in 1 site' in page
    assert "valley-herald.example" in page
    assert '<a href="/authors/tom-whitfield">Tom Whitfield</a><span>1</span>' in page


def test_who_an_author_wrote_with_has_a_profile_and_an_agency_is_nobody(client: FlaskClient):
    page = client.get("/authors/aoife-byrne").text  # one of her articles has a credit of an agency
    assert "harbour-wire" not in page
    for profile in re.findall(r'href="(/authors/[^"?#]+)"', page):
        assert client.get(profile).status_code == 200, profile


def test_each_count_at_the_side_is_a_search_that_finds_as_many(client: FlaskClient):
    page = client.get("/authors/aoife-byrne").text
    counts = re.findall(r'<span class="num"><a href="([^"]*)">([\d,]+)<', page)
    assert counts
    for url, count in counts:
        found = client.get(unescape(url).replace("/search", "/search.json", 1)).json["total"]
        assert found == int(count), url


def test_one_person_has_one_address(desk: Flask):
    client, authors = client_of(desk), desk.extensions[EXTENSION].store.authors
    assert client.get("/authors/Maria-Okafor").location == "/authors/maria-okafor"
    authors.merge(["sam-lee"], "maria-okafor", "said by the paper")
    reply = client.get("/authors/sam-lee")
    assert (reply.status_code, reply.location) == (301, "/authors/maria-okafor")
    assert client.get("/authors/nobody-at-all").status_code == 404


def test_the_index_lists_as_many_authors_as_the_front_page_counts(browser: FlaskClient):
    counted = re.search(r'<a href="/authors">(\d+) authors?</a>', browser.get("/").text)
    page = browser.get("/authors").text
    assert counted
    assert page.count('<li class="row">') == int(counted[1])
    persons, desks_and_agencies = page.split("<h2")
    assert "harbour-wire" not in persons
    assert "1 desk or agency</h2>" in desks_and_agencies
    assert '<li class="row">Harbour Wire<span>1</span>' in desks_and_agencies, "an agency beside a person is no search"
    found = browser.get("/authors?fq=wire").text
    assert "Harbour Wire" in found
    assert "No author has this in a name" not in found


def test_the_index_finds_a_part_of_a_name_and_sorts_by_count(client: FlaskClient):
    found = re.findall(r'href="/authors/([^"?]*)"', client.get("/authors?fq=berg").text)
    assert found == ["jan-van-der-berg"]
    page = client.get("/authors?order=count").text
    counts = [int(each) for each in re.findall(r"</a><span>(\d+)</span>", page)]
    assert counts == sorted(counts, reverse=True)
    assert "0 authors with “zzzz”" in client.get("/authors?fq=zzzz&page=99").text


def test_names_of_every_script_and_hostile_ones_have_pages_and_stay_text(client: FlaskClient):
    urls = re.findall(r'href="(/authors/[^"?]+)"', client.get("/authors").text)
    assert len(urls) > 9
    for url in urls:
        page = client.get(unescape(url))
        assert page.status_code == 200, url
        assert "<img" not in page.text


def test_names_of_one_person_are_put_together_split_and_parted_by_a_click(
    browser: FlaskClient, send: Send, store: ArticleStore
):
    value = [{"name": "Aoiffe Byrne", "key": "aoiffe-byrne", "kind": "person"}]
    url = f"https://{POST}/hostile"
    store.corrections.add(Correction(url=url, field=Field.AUTHORS, value=value, who="ada", at=NOW))
    pairs = browser.get("/merges.json").json
    assert ("aoiffe-byrne", "aoife-byrne") in {(each["from"], each["into"]) for each in pairs}
    assert "Same person" in browser.get("/merges").text
    assert "Perhaps the same person" in browser.get("/authors/aoife-byrne").text
    before = browser.get("/search.json?author=aoife-byrne").json["total"]

    pair = {"key": "aoiffe-byrne", "into": "aoife-byrne"}
    reply = send("/authors", do="merge", **pair, evidence="one letter")
    page = browser.get(reply.headers["Location"]).text
    assert "Aoiffe Byrne now counts as Aoife Byrne." in page
    assert "one letter; by hand, this machine" in page
    assert browser.get("/search.json?author=aoife-byrne").json["total"] == before + 1
    assert send("/authors", do="merge", **pair).status_code == 403

    reply = send("/authors", do="split", key="aoiffe-byrne")
    assert browser.get("/search.json?author=aoife-byrne").json["total"] == before
    send("/undo", change=re.search(r"done=(\d+)", reply.headers["Location"])[1], back="/")
    assert browser.get("/search.json?author=aoife-byrne").json["total"] == before + 1
    send("/authors", do="split", key="aoiffe-byrne")

    reply = send("/authors", do="apart", **pair)
    assert browser.get("/merges.json").json == [
        each for each in pairs if (each["from"], each["into"]) != ("aoiffe-byrne", "aoife-byrne")
    ]
    assert "are two people" in browser.get(reply.headers["Location"]).text
    send("/undo", change=re.search(r"done=(\d+)", reply.headers["Location"])[1], back="/")
    assert browser.get("/merges.json").json == pairs
    for wrong in ({"do": "merge", "key": "nobody", "into": "sam-lee"}, {"do": "split", "key": "sam-lee"}, {"do": "x"}):
        assert send("/authors", **wrong).status_code == 403, wrong


def test_undoing_a_merge_leaves_the_author_as_before_it_and_nothing_that_was_done_since(
    send: Send, store: ArticleStore
):
    def merge(into: str) -> str:
        reply = send("/authors", do="merge", key="tom-whitfield", into=into)
        found = re.search(r"done=(\d+)", reply.headers["Location"])
        assert found
        return found[1]

    first = merge("maria-okafor")
    second = merge("aoife-byrne")
    assert send("/undo", change=first, back="/").status_code == 403
    assert store.authors.aliases()["tom-whitfield"] == "aoife-byrne"
    send("/undo", change=second, back="/")
    assert store.authors.aliases()["tom-whitfield"] == "maria-okafor"
    send("/undo", change=first, back="/")
    assert "tom-whitfield" not in store.authors.aliases()


def test_a_list_without_authors_says_what_it_is_for_and_where_to_look(client: FlaskClient, tmp_path: Path):
    found = client.get("/authors?fq=nobody-of-this-name").text
    assert "No author has this in a name" in found
    assert 'href="/authors"' in found
    with ArticleStore.open(tmp_path / "pressmark.sqlite") as store, closing(open_engine(tmp_path / "index")) as engine:
        store.write(article(POST, "unsigned", "The wall", "It held."))
        update(store, engine, zone=UTC)
    app = app_over(tmp_path)
    page = client_of(app).get("/authors").text
    assert "An author is listed here when an article with a byline is read." in page
    assert '<a href="/search?author=none">1 article without a byline</a>' in page
    assert "/authors.csv" not in page
    app.extensions[EXTENSION].close()

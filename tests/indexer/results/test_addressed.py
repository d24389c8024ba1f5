"""A typed address finds its article whatever spelling of it was stored."""

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.model import LeftOut
from corpus.store import ArticleStore
from corpus.via import Via
from indexer.results.addressed import KnownAddress, address_of, known_at, spellings, stored_at
from tests.corpus import samples
from tests.web.corpus import article

STORED = (
    "https://gazette.example/news/wall",
    "http://www.post.example/a/index.html",
    "https://herald.example/s.html?id=7",
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> ArticleStore:
    store = ArticleStore.open(Path(tmp_path_factory.mktemp("addressed")) / "pressmark.sqlite")
    for url in STORED:
        host, _, path = url.partition("://")[2].partition("/")
        store.write(article(host, path, "A wall", "A text."))
        assert store.by_url(f"https://{host}/{path}")
    return store


@pytest.mark.parametrize(
    "typed",
    [
        "gazette.example/news/wall",
        "HTTP://www.Gazette.example/news/wall/",
        "https://m.gazette.example/news/wall#comments",
        "https://gazette.example/news/wall/index.html",
        "https://gazette.example/news/wall/amp/",
        "https://amp.gazette.example/amp/news/wall?utm_source=a&fbclid=b",
        "https://gazette.example/news/wall?amp=1",
        "https://gazette.example/news/wall?outputType=amp",
        "https://www.google.com/amp/s/gazette.example/news/wall",
        "https://gazette-example.cdn.example/c/s/gazette.example/news/wall",
        "<https://gazette.example/news/wall>",
        "<URL:https://gazette.example/news/wall>",
        "“https://gazette.example/news/wall”",
        "(gazette.example/news/wall).",
        "gazette.example/news/wall,",
    ],
)
def test_scheme_host_slash_index_amp_tracking_and_what_stood_around_do_not_matter(store: ArticleStore, typed: str):
    found = stored_at(typed, store)
    assert found is not None
    assert found.article.url == STORED[0]


def test_a_stored_index_page_is_found_by_its_folder(store: ArticleStore):
    assert stored_at("post.example/a", store) is not None


def test_what_names_another_page_is_not_taken_for_it(store: ArticleStore):
    assert stored_at("https://gazette.example/news/wal", store) is None
    assert stored_at("https://other.gazette.example/news/wall", store) is None
    assert stored_at("https://herald.example/s.html?id=8", store) is None
    assert stored_at("https://herald.example/s.amp.html?id=7", store) is not None


def test_an_address_of_a_page_of_ours_leads_to_its_article(store: ArticleStore):
    stored = stored_at(STORED[0], store)
    assert stored
    assert stored_at(f"http://localhost:8765/a/{stored.mark}-a-wall?q=wall", store) == stored


def test_spellings_are_bounded_and_each_given_once():
    found = list(spellings("https://www.a.example/amp/b/index.html?amp=1&x=2"))
    assert len(found) == len(set(found)) <= 64


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        (" gazette.example/news ", "https://gazette.example/news"),
        ("//gazette.example/news", "https://gazette.example/news"),
        ("HTTP://gazette.example", "http://gazette.example/"),
        ("http://localhost:8000/a", "http://localhost:8000/a"),
    ],
)
def test_an_address_is_read_with_and_without_its_scheme(typed: str, url: str):
    assert address_of(typed) == url


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "http://[::",
        "http://",
        "https//gazette.example",
        "ftp://gazette.example/a",
        "gazette",
        "2024",
        "a b.example/c",
        "me@gazette.example",
        "gazette.example:99999/",
        "mailto:me@gazette.example",
        f"https://a.example/{'x' * 5000}",
        pytest.param(f"a{'<' * 200_000}a", id="brackets"),  # minutes, were each looked at from each
    ],
)
def test_what_can_be_no_address_is_not_read_as_one(store: ArticleStore, typed: str):
    assert address_of(typed) is None
    assert list(spellings(typed)) == []
    assert known_at(typed, store) is None


def test_an_address_that_was_left_out_is_known_in_any_spelling_and_a_pressmark_has_no_address(tmp_path: Path):
    store = ArticleStore.open(tmp_path / "pressmark.sqlite")
    shop = LeftOut(url="https://post.example/shop/1", reason="shape", via=Via.HOME, parent="https://post.example/")
    endless = LeftOut(url=f"https://post.example/{'a-' * 5000}", reason="bad-url", via=Via.HOME, parent=shop.parent)
    long = LeftOut(url=f"https://post.example/{'a-' * 1500}b", reason="shape", via=Via.HOME, parent=shop.parent)
    visit = samples.visit(article("post.example", "a", "A", "A text."))
    store.record(replace(visit, left_out=(shop, endless, long), run=samples.begun(store).id))
    for typed, reason in (
        ("http://www.post.example/shop/1/", "shape"), (endless.url, "bad-url"), (long.url, "shape"),
    ):  # fmt: skip
        known = known_at(typed, store)
        assert known and known.left_out and known.left_out[0].reason == reason
    assert known_at(f"https://post.example/{'b-' * 5000}", store) is None
    assert known_at("k7f003", store) == KnownAddress(None)

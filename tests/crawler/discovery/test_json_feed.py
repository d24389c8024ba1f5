import json
from datetime import UTC, datetime

import pytest

from corpus.errors import ExtractError
from corpus.model import Discovered
from crawler.discovery.feeds import read_feed
from crawler.values import Listing

HERE = "https://gazette.example/feed.json"
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
PROSE = "The harbour wall is to be raised by a metre, the council decided after a night of debate. " * 3


def read(feed: object, **options: object) -> Listing:
    return read_feed(json.dumps(feed).encode(), HERE, now=NOW)


def one(**item: object) -> Discovered:
    (found,) = read(
        {"version": "https://jsonfeed.org/version/1.1", "title": "Gazette", "items": [{"url": "/a", **item}]}
    ).found
    return found


def test_a_json_feed_gives_link_headline_authors_dates_and_subjects():
    found = one(
        title="Wall &amp; water",
        authors=[{"name": "Ana Pérez"}, {"name": "Li Wei"}],
        date_published="2026-11-02T10:00:00+01:00",
        date_modified="2026-11-03T08:00:00Z",
        tags=["Harbour", "Floods"],
        language="de",
    )
    assert (found.url, found.hints.headline, found.hints.language) == (
        "https://gazette.example/a",
        "Wall & water",
        "de",
    )
    assert found.hints.authors == ("Ana Pérez", "Li Wei")
    assert (found.hints.section, found.hints.keywords) == ("Harbour", ("Harbour", "Floods"))
    assert found.hints.published.at == datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
    assert found.hints.updated.at == datetime(2026, 11, 3, 8, 0, tzinfo=UTC)


def test_the_author_of_version_1_and_those_of_the_whole_feed_are_read():
    assert one(author={"name": "Ana Pérez"}).hints.authors == ("Ana Pérez",)
    feed = {
        "authors": [{"name": "Li Wei"}],
        "items": [{"url": "/a"}, {"url": "/b", "authors": [{"name": "Ana Pérez"}]}],
    }
    assert [item.hints.authors for item in read(feed).found] == [("Li Wei",), ("Ana Pérez",)]


@pytest.mark.parametrize("field", ["content_html", "content_text"])
def test_the_whole_text_is_kept(field):
    text = f"<p>{PROSE}</p><p>{PROSE}</p>" if field == "content_html" else f"{PROSE}\n\n{PROSE}"
    assert one(**{field: text}).hints.text == "\n\n".join([PROSE.strip()] * 2)


def test_an_id_that_is_an_address_stands_in_for_one_and_the_page_spoken_of_does_not():
    feed = {"items": [{"id": "https://gazette.example/b"}, {"id": "7", "external_url": "https://tribune.example/x"}]}
    assert [item.url for item in read(feed).found] == ["https://gazette.example/b"]


def test_the_next_page_of_a_json_feed_is_named():
    assert read({"items": [], "next_url": "/feed.json?page=2"}).next == HERE + "?page=2"


@pytest.mark.parametrize("feed", [{}, {"items": {}}, {"items": None}, {"openapi": "3.0"}])
def test_other_json_is_no_feed(feed):
    with pytest.raises(ExtractError) as caught:
        read(feed)
    assert caught.value.reason == "not-a-feed"


@pytest.mark.parametrize("content", [b'{"items": [', b"{" * 100_000])
def test_json_that_cannot_be_read_is_refused(content):
    with pytest.raises(ExtractError, match="JSON that cannot be read"):
        read_feed(content, HERE, now=NOW)


def test_items_that_are_none_are_left_out_and_counted():
    listing = read({"items": [1, None, "a", {"url": 7}, {"url": "javascript:x"}]})
    assert (listing.found, listing.notes) == ((), ("entries without a web address: 5",))

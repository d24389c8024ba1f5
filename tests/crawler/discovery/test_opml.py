import pytest

from corpus.errors import ExtractError
from crawler.discovery import opml
from crawler.discovery.opml import Subscription, read_opml, write_opml


def read(body: str, head: str = "") -> tuple[Subscription, ...]:
    return read_opml(f'{head}<opml version="2.0"><body>{body}</body></opml>'.encode(), "list.opml")


def test_feeds_are_read_with_their_titles_sites_and_folders():
    body = (
        '<outline text="Gazette" xmlUrl="https://gazette.example/feed" htmlUrl="https://gazette.example/"/>'
        '<outline text="Papers"><outline title="North"><outline text="Herald" xmlurl="https://herald.example/rss"/></outline>'
        '<outline text="Post" XMLURL="https://post.example/rss"/></outline>'
    )
    assert read(body) == (
        Subscription("https://gazette.example/feed", "Gazette", None, "https://gazette.example/"),
        Subscription("https://herald.example/rss", "Herald", "North"),
        Subscription("https://post.example/rss", "Post", "Papers"),
    )


def test_a_feed_that_stands_in_two_folders_is_one():
    twice = '<outline text="A"><outline xmlUrl="https://a.example/"/></outline><outline text="B"><outline xmlUrl="https://a.example/"/></outline>'  # fmt: skip  # noqa: E501
    assert read(twice) == (Subscription("https://a.example/", None, "A"),)


def test_no_entity_is_expanded():
    bomb = '<!DOCTYPE opml [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b "&c;&c;"><!ENTITY c "boom">]>'
    (found,) = read('<outline text="x &a; &b;" xmlUrl="https://a.example/"/>', bomb)
    assert "root" not in (found.title or "")
    assert "boom" not in (found.title or "")


def test_broken_lists_are_read_as_far_as_they_go():
    text = '<opml><body><outline text="A & B" xmlUrl="https://a.example/?x=1&y=2"/><outline xmlUrl="https://b.example/"'
    assert read_opml(text.encode(), "x")[0] == Subscription("https://a.example/?x=1&y=2", "A & B")


@pytest.mark.parametrize("text", ["", "not a list", "<html><body>opml</body></html>", "<rss/>", "{}"])
def test_what_is_no_list_is_refused(text):
    with pytest.raises(ExtractError, match="expected OPML"):
        read_opml(text.encode(), "list.opml")


def test_a_list_is_bounded(monkeypatch):
    monkeypatch.setattr(opml, "MAX_FEEDS", 3)
    assert len(read("".join(f'<outline xmlUrl="https://{n}.example/"/>' for n in range(9)))) == 3
    monkeypatch.setattr(opml, "MAX_BYTES", 10)
    with pytest.raises(ExtractError, match="is over 10"):
        read("")


def test_folders_deeper_than_any_are_left():
    assert read('<outline text="x">' * 500 + '<outline xmlUrl="https://a.example/"/>' + "</outline>" * 500) == ()


def test_what_is_written_is_read_the_same():
    given = (
        Subscription("https://a.example/?x=1&y=<2>", "A & Söhne", None, "https://a.example/"),
        Subscription("https://b.example/rss", "B", "Town & Country", "https://b.example/"),
    )
    assert read_opml(write_opml(given, "mine").encode(), "x") == given

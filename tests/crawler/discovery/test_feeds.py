import json
from datetime import UTC, datetime, timedelta

import pytest

from corpus.errors import ExtractError
from corpus.model import PageDate, Precision, UrlKind
from crawler.discovery import feeds, json_feed
from crawler.discovery.feeds import read_feed
from crawler.values import Listing
from tests.stalling import no_stall

HERE = "https://gazette.example/feed"
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def read(text: str) -> Listing:
    return read_feed(text.encode(), HERE, now=NOW)


def rss(item: str, *, head: str = "", channel: str = "") -> str:
    spaces = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    return f'{head}<rss version="2.0" {spaces}><channel>{channel}<item>{item}</item></channel></rss>'


def test_rss_gives_link_headline_author_date_and_section():
    (found,) = read(
        rss(
            "<title>Rates &amp; rents</title><link>/news/rates</link><dc:creator>Ana Pérez</dc:creator>"
            "<pubDate>Mon, 02 Nov 2026 10:00:00 +0100</pubDate><category>Money</category>",
            channel="<language>en-gb</language>",
        )
    ).found
    assert found.url == "https://gazette.example/news/rates"
    assert (found.hints.headline, found.hints.authors, found.hints.section) == (
        "Rates & rents",
        ("Ana Pérez",),
        "Money",
    )
    assert found.hints.language == "en-gb"
    assert found.hints.published == PageDate(
        datetime(2026, 11, 2, 9, 0, tzinfo=UTC), Precision.MINUTE, "feed", timedelta(hours=1)
    )


def test_atom_gives_all_authors_and_both_dates():
    (found,) = read(
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Flood</title><link href="/flood"/>'
        "<author><name>Ana Pérez</name></author><author><name>Li Wei</name></author>"
        "<published>2026-11-01T08:00:00Z</published><updated>2026-11-02T09:30:00Z</updated></entry></feed>"
    ).found
    assert found.hints.authors == ("Ana Pérez", "Li Wei")
    assert found.hints.updated.at == datetime(2026, 11, 2, 9, 30, tzinfo=UTC)


def test_rdf_is_a_feed():
    text = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
        "<item><title>A</title><link>https://gazette.example/a</link></item></rdf:RDF>"
    )
    assert [each.url for each in read(text).found] == ["https://gazette.example/a"]


def test_markup_in_a_headline_is_taken_out_however_often_it_is_escaped():
    (found,) = read(rss("<title>A &amp;lt;b&amp;gt;bold&amp;lt;/b&amp;gt; claim</title><link>/a</link>")).found
    assert found.hints.headline == "A bold claim"


def test_an_e_mail_address_is_no_author():
    (found,) = read(rss("<link>/a</link><author>desk@gazette.example</author>")).found
    assert found.hints.authors == ()


def test_a_name_behind_an_e_mail_address_is_the_author():
    (found,) = read(rss("<link>/a</link><author>desk@gazette.example (Ana Pérez)</author>")).found
    assert found.hints.authors == ("Ana Pérez",)


def test_a_permanent_id_stands_in_for_a_missing_link():
    assert read(rss("<guid>https://gazette.example/a</guid>")).found[0].url == "https://gazette.example/a"


def test_a_document_type_is_left_out_and_named():
    bomb = '<!DOCTYPE rss [<!ENTITY a "lollollol"><!ENTITY b "&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
    listing = read(rss("<title>x &b; &c; y</title><link>/a</link>", head=bomb))
    assert "dtd-ignored" in listing.notes
    assert "lol" not in listing.found[0].hints.headline
    assert "root" not in listing.found[0].hints.headline


def test_an_old_document_type_without_entities_does_not_stop_a_feed():
    head = '<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://x.example/rss.dtd">'
    assert len(read(rss("<link>/a</link>", head=head)).found) == 1


def test_broken_xml_is_read_leniently():
    listing = read("<rss><channel><item><title>A & B</title><link>/a?x=1&y=2</link></item><item><link>/b</link>")
    assert [each.url for each in listing.found] == ["https://gazette.example/a?x=1&y=2", "https://gazette.example/b"]


def test_a_feed_in_another_charset_is_read():
    text = '<?xml version="1.0" encoding="windows-1251"?>' + rss("<title>Прага сегодня</title><link>/a</link>")
    (found,) = read_feed(text.encode("cp1251"), HERE, now=NOW).found
    assert found.hints.headline == "Прага сегодня"


def test_links_that_are_no_addresses_are_left_out_and_counted():
    listing = read(
        rss("</item><item>".join(("<link>javascript:alert(1)</link>", "<title>No link</title>", "<link>/a</link>")))
    )
    assert [item.url for item in listing.found] == ["https://gazette.example/a"]
    assert listing.notes == ("entries without a web address: 2",)


@pytest.mark.parametrize("kind", ["rss", "feed"])
def test_a_feed_of_any_length_gives_its_first_thousand_entries(kind):
    entry = "item" if kind == "rss" else "entry"
    link = "<link>/{0}</link>" if kind == "rss" else '<link href="/{0}"/>'
    entries = "".join(f"<{entry}>{link.format(n)}</{entry}>" for n in range(3000))
    listing = read(f"<rss><channel>{entries}</channel></rss>" if kind == "rss" else f"<feed>{entries}</feed>")
    assert (len(listing.found), listing.notes) == (1000, ("the first 1,000 of 3,000 entries were read",))


@pytest.mark.parametrize("text", ["<rss " + "a='b' " * 5000 + "/>", "<rss>" + "<a>" * 250_000])
def test_markup_that_would_hold_the_parser_up_is_refused_before_it(text):
    with pytest.raises(ExtractError) as caught:
        read(text)
    assert caught.value.reason == "hostile-markup"


@pytest.mark.parametrize("text", ["", "<html><body>rss</body></html>", "{}", "%PDF-1.7", "not a feed at all"])
def test_what_is_no_feed_is_named(text):
    with pytest.raises(ExtractError) as caught:
        read(text)
    assert caught.value.reason == "not-a-feed"


def test_feed_level_authors_media_credits_and_several_creators_are_read():
    many = "<dc:creator>Ana Pérez</dc:creator><dc:creator>Li Wei</dc:creator>"
    assert read(rss(f"<link>/a</link>{many}")).found[0].hints.authors == ("Ana Pérez", "Li Wei")
    media = (
        '<media:credit xmlns:media="http://search.yahoo.com/mrss/" role="author">Ana Pérez</media:credit>'
        '<media:credit xmlns:media="http://search.yahoo.com/mrss/" role="photographer">Li Wei</media:credit>'
    )
    assert read(rss(f"<link>/a</link>{media}")).found[0].hints.authors == ("Ana Pérez",)
    whole = "<title>Gazette</title><dc:creator>Ana Pérez</dc:creator>"
    assert read(rss("<link>/a</link>", channel=whole)).found[0].hints.authors == ("Ana Pérez",)


def test_who_answers_for_the_paper_is_not_the_author_of_all_in_it():
    editor = "<managingEditor>desk@gazette.example (Ana Pérez)</managingEditor>"
    assert read(rss("<link>/a</link>", channel=editor)).found[0].hints.authors == ()


def test_an_address_of_any_top_level_domain_leaves_the_name_whole():
    found = read(rss("<link>/@ana/a</link><author>desk@gazette.museum (Ana Pérez)</author>")).found[0]
    assert (found.url, found.hints.authors) == ("https://gazette.example/@ana/a", ("Ana Pérez",))


def test_readers_comments_are_left_out_whatever_the_feed_is_called():
    listing = read(rss("<title>Comment on the wall</title><link>/a#comment-7</link>"))
    assert listing.found == ()
    assert [(item.reason, item.url) for item in listing.left_out] == [("comment", "https://gazette.example/a")]


def test_subjects_and_the_whole_text_are_read():
    prose = "The harbour wall is to be raised by a metre, the council decided after a night of debate. " * 3
    whole = f"<![CDATA[<p>{prose}</p><p>{prose}</p>]]>"
    encoded = f'<x:encoded xmlns:x="http://purl.org/rss/1.0/modules/content/">{whole}</x:encoded>'
    subjects = "<category>Harbour</category><category>Floods</category>"
    hints = read(rss(f"<link>/a</link>{subjects}{encoded}<description>short</description>")).found[0].hints
    assert (hints.section, hints.keywords) == ("Harbour", ("Harbour", "Floods"))
    assert hints.text == "\n\n".join([prose.strip()] * 2)
    assert read(rss(f"<link>/a</link><description>{whole}</description>")).found[0].hints.text == hints.text
    assert read(rss(f"<link>/a</link><description>{prose}</description>")).found[0].hints.text is None


@pytest.mark.parametrize("reference", ["&#x110000;", "&#1114112;", "&amp;#x110000;", "&#xD800;", "&#x110000"])
def test_the_number_of_a_character_that_is_none_leaves_its_feed_readable(reference):
    (found,) = read(rss(f"<title>A {reference} tide</title><link>/a</link>")).found
    assert found.url == "https://gazette.example/a"
    assert found.hints.headline.startswith("A ")
    assert found.hints.headline.endswith(" tide")


@pytest.mark.parametrize("field", ["<dc:date>{}</dc:date>", "<pubDate>{}</pubDate><dc:date>2001-01-01</dc:date>"])
def test_the_date_of_dublin_core_is_when_an_item_was_published(field: str):
    listing = read(rss(f"<link>https://g.example/a-1</link>{field.format('2016/6/29')}"))
    assert str(listing.found[0].hints.published.day) == "2016-06-29"


@pytest.mark.parametrize(
    ("host", "language", "other", "day", "doubtful"),
    [
        ("a.example", "en-US", "", 4, False),
        ("a.example", "de", "", 3, False),
        ("a.co.uk", "en-US", "", 3, True),  # what templates declare anywhere
        ("a.co.uk", "en-US", "Mon, 02 Nov 2026 10:00:00 GMT", 3, True),
        ("a.example", "en-US", "25/03/2026", 3, False),
    ],
)
def test_a_date_in_numbers_is_read_by_the_other_dates_of_its_feed_its_language_and_its_host(
    host: str, language: str, other: str, day: int, doubtful: bool
) -> None:
    second = f"<title>B</title><link>/b</link><pubDate>{other}</pubDate>"
    text = rss(
        f"<title>A</title><link>/a</link><pubDate>03/04/2026</pubDate></item><item>{second}",
        channel=f"<language>{language}</language>",
    )
    date = read_feed(text.encode(), f"https://{host}/feed", now=NOW).found[0].hints.published
    assert date is not None and (date.at.day, date.doubtful) == (day, doubtful)


def test_a_feed_goes_on_at_its_next_page_or_else_at_the_archive_before_it():
    page, archive = '<link rel="next" href="/2.xml"/>', '<link rel="prev-archive" href="/a1.xml"/>'
    for links, name in (
        (archive + page, "2.xml"),
        (archive, "a1.xml"),
        ('<link rel="next-archive" href="/a3.xml"/>', None),
    ):
        feed = f'<feed xmlns="http://www.w3.org/2005/Atom">{links}<entry><link href="/news/1"/></entry></feed>'
        assert read(feed).next == (name and f"https://gazette.example/{name}")


@pytest.mark.parametrize(
    "place", ["/pod?a=1&amp;b=2", "<![CDATA[https://gazette.example/pod?a=1&b=2]]>", " /pod?a=1&amp;b=2\n"]
)
def test_a_feed_leads_to_the_address_that_it_says_it_moved_to(place: str) -> None:
    text = rss("<link>/news/rates</link>", channel=f"<itunes:new-feed-url>{place}</itunes:new-feed-url>")
    feed, story = read(text).found
    assert (feed.kind, feed.url, feed.via) == (UrlKind.FEED, "https://gazette.example/pod?a=1&b=2", "redirect")
    assert story.kind is UrlKind.ARTICLE
    assert len(read(text.replace(place, HERE)).found) == 1


def test_an_entry_or_a_comment_leads_to_no_other_feed():
    tag = "<itunes:new-feed-url>https://elsewhere.example/feed</itunes:new-feed-url>"
    for item in (tag, f"<description><![CDATA[<pre>{tag}</pre>]]></description>", f"<!-- {tag} -->"):
        (story,) = read(rss(f"<link>/news/rates</link>{item}", channel=f"<!-- {tag} -->")).found
        assert story.kind is UrlKind.ARTICLE


def test_an_endless_blank_where_a_feed_moved_to_is_read_soon():
    with no_stall():
        read(rss("<link>/a</link>", channel="<itunes:new-feed-url>" + " " * 300_000 + "<b>"))


def test_what_a_feed_has_beyond_its_bound_is_counted_in_its_notes(monkeypatch):
    monkeypatch.setattr(feeds, "MAX_ENTRIES", 2)
    monkeypatch.setattr(json_feed, "MAX_ENTRIES", 2)
    many = "".join(f"<item><link>https://gazette.example/{number}</link></item>" for number in range(5))
    items = ", ".join(f'{{"url": "https://gazette.example/{number}"}}' for number in range(5))
    of_json = f'{{"version": "https://jsonfeed.org/version/1.1", "items": [{items}]}}'
    for text in (f"<rss><channel>{many}</channel></rss>", of_json):
        listing = read(text)
        assert len(listing.found) == 2
        assert "the first 2 of 5 entries were read" in listing.notes


def test_a_text_beyond_its_bound_is_marked_and_counted_in_the_notes(monkeypatch):
    monkeypatch.setattr(feeds, "MAX_STORIES", 2)
    texts = [f"<p>{'a' * size}</p>" for size in (60_001, 400, 400)]
    items = "".join(
        f"<item><link>https://gazette.example/{number}</link><description><![CDATA[{text * 2}]]></description></item>"
        for number, text in enumerate(texts)
    )
    listing = read(f"<rss><channel>{items}</channel></rss>")
    assert [each.hints.is_cut for each in listing.found] == [True, False, False]
    assert [each.hints.text is None for each in listing.found] == [False, False, True]
    cut = "of 1 text at most 60,000 characters were read"
    assert listing.notes == ("the texts of the first 2 entries were read", cut)
    of_json = [{"url": f"https://gazette.example/{n}", "content_html": text} for n, text in enumerate(texts)]
    listing = read(json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": of_json}))
    assert [each.hints.is_cut for each in listing.found] == [True, False, False]
    assert listing.notes == (cut,)

import gzip
from datetime import UTC, datetime

import pytest

from corpus.errors import ExtractError, FetchError
from corpus.model import Precision, UrlKind
from crawler.discovery import sitemaps
from crawler.discovery.sitemaps import read_sitemap
from crawler.values import Listing

HERE = "https://gazette.example/sitemap.xml"
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def read(content: str | bytes) -> Listing:
    return read_sitemap(content.encode() if isinstance(content, str) else content, HERE, now=NOW)


def urlset(*entries: str) -> str:
    spaces = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    return f"<urlset {spaces}>{''.join(f'<url>{entry}</url>' for entry in entries)}</urlset>"


def loc(path: str, more: str = "") -> str:
    return f"<loc>https://gazette.example{path}</loc>{more}"


def paths(listing: Listing) -> list[str]:
    return [each.url.removeprefix("https://gazette.example") for each in listing.found]


def test_a_declaration_on_a_line_of_its_own_is_no_plain_list():
    assert paths(read('<?xml version="1.0" encoding="UTF-8"?>\n' + urlset(loc("/a")))) == ["/a"]


def test_the_most_recent_urls_come_first():
    listing = read(
        urlset(
            loc("/old", "<lastmod>2019-01-01</lastmod>"),
            loc("/undated"),
            loc("/new", "<lastmod>2026-11-20T08:00:00Z</lastmod>"),
        )
    )
    assert paths(listing) == ["/new", "/old", "/undated"]


def test_a_news_sitemap_tells_date_headline_and_language():
    (found,) = read(
        urlset(
            loc(
                "/a",
                "<news:news><news:publication><news:name>Gazette</news:name><news:language>de</news:language>"
                "</news:publication><news:publication_date>2026-11-20</news:publication_date>"
                "<news:title>Zölle &amp; Züge</news:title></news:news>",
            )
        )
    ).found
    assert (found.hints.headline, found.hints.language, found.via) == ("Zölle & Züge", "de", "news-sitemap")
    assert (found.hints.published.at.day, found.hints.published.precision) == (20, Precision.DAY)


def test_an_index_leads_to_sitemaps():
    listing = read(f"<sitemapindex><sitemap>{loc('/1.xml')}</sitemap><sitemap>{loc('/2.xml')}</sitemap></sitemapindex>")
    assert [each.kind for each in listing.found] == [UrlKind.SITEMAP, UrlKind.SITEMAP]


def test_urls_of_other_hosts_are_left_out():
    assert paths(read(urlset("<loc>https://tribune.example/a</loc>", loc("/b")))) == ["/b"]


def test_a_sitemap_does_not_lead_to_itself():
    assert read(f"<sitemapindex><sitemap><loc>{HERE}</loc></sitemap></sitemapindex>").found == ()


def test_gzip_is_inflated_within_limits(monkeypatch):
    assert paths(read(gzip.compress(urlset(loc("/a")).encode()))) == ["/a"]
    monkeypatch.setattr(sitemaps, "MAX_BYTES", 1000)
    with pytest.raises(FetchError, match="max_bytes"):
        read(gzip.compress(b" " * 2000))


def test_an_empty_urlset_is_a_sitemap_without_urls():
    assert read("<urlset/>").found == ()


def test_broken_xml_is_read_as_far_as_it_goes():
    listing = read(f"<urlset><url>{loc('/a?x=1&y=2')}</url><url>{loc('/b')}")
    assert set(paths(listing)) == {"/a?x=1&y=2", "/b"}
    assert "lenient" in listing.notes


def test_a_plain_list_of_addresses_is_a_sitemap():
    assert paths(read("https://gazette.example/a\nhttps://gazette.example/b\n\nnonsense")) == ["/a", "/b"]


def test_entities_are_never_expanded():
    bomb = '<!DOCTYPE urlset [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b "&c;&c;"><!ENTITY c "&b;&b;">]>'
    listing = read(bomb + urlset(loc("/a&a;"), loc("/b")))
    assert "dtd-ignored" in listing.notes
    assert not any("root" in each.url for each in listing.found)


@pytest.mark.parametrize(
    ("text", "reason"),
    [("", "empty"), ("  \n", "empty"), ("<html><p>404</html>", "not-a-sitemap"), ("<rss/>", "not-a-sitemap")],
)
def test_what_is_no_sitemap_is_named(text, reason):
    with pytest.raises(ExtractError) as caught:
        read(text)
    assert caught.value.reason == reason


def test_an_image_of_a_page_is_not_taken_for_the_page():
    entry = loc("/a", "<image:image><image:loc>https://gazette.example/a.jpg</image:loc></image:image>")
    space = 'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
    assert paths(read(f"<urlset {space}><url>{entry}</url></urlset>")) == ["/a"]

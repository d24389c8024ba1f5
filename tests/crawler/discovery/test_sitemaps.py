import gzip
import hashlib
from datetime import UTC, datetime

import pytest

from corpus.config import Source
from corpus.errors import ExtractError, FetchError
from corpus.model import Discovered, Precision, UrlKind
from corpus.via import Via
from crawler.discovery import sitemaps
from crawler.discovery.scope import Series, scope_of, wanted
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


@pytest.mark.parametrize(
    "given",
    [urlset("<loc/>", loc("/a"), "<loc>mailto:a@gazette.example</loc>"), "/\n\nhttps://gazette.example/a\nnone\n"],
    ids=["sitemap", "plain list"],
)
def test_entries_without_an_address_are_left_out_and_counted(given):
    listing = read(given)
    assert paths(listing) == ["/a"]
    assert "entries without a web address: 2" in listing.notes


def test_a_headline_in_a_news_sitemap_is_read_as_that_of_a_feed_is():
    title = f"<news:news><news:title>Tom &amp;amp; &lt;b&gt;Jerry&lt;/b&gt; {'long ' * 200}</news:title></news:news>"
    (found,) = read(urlset(loc("/a", title))).found
    headline = found.hints.headline or ""
    assert headline.startswith("Tom & Jerry long")
    assert (len(headline), headline[-1]) == (500, "…")


def test_what_stands_behind_many_translations_of_a_page_is_read():
    others = "".join(f"<link rel='alternate' hreflang='l{n}' href='https://gazette.example/l{n}'/>" for n in range(60))
    (found,) = read(urlset(others + loc("/a", "<lastmod>2026-11-20</lastmod>"))).found
    assert found.hints.updated is not None


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


def test_urls_of_any_host_are_read_and_only_the_sources_own_are_wanted():
    listing = read(urlset("<loc>https://tribune.example/a</loc>", loc("/b")))
    assert [each.url for each in listing.found] == ["https://tribune.example/a", "https://gazette.example/b"]
    own = wanted(listing.found, scope_of(Source(url="https://gazette.example/", name="gazette")), Series())
    assert [each.url for each in own.found] == ["https://gazette.example/b"]
    assert [(each.url, each.reason) for each in own.left_out] == [("https://tribune.example/a", "out-of-scope")]


def test_a_sitemap_on_another_host_is_wanted_when_robots_names_it_or_its_index_stands_there():
    scope, cdn = scope_of(Source(url="https://gazette.example/", name="gazette")), "https://maps.example"
    named = Discovered(url=cdn + "/index.xml", kind=UrlKind.SITEMAP, via=Via.ROBOTS)
    beside = Discovered(url=cdn + "/1.xml", kind=UrlKind.SITEMAP, via=Via.SITEMAP_INDEX, parent=named.url)
    elsewhere = Discovered(url="https://t.example/1.xml", kind=UrlKind.SITEMAP, via=Via.SITEMAP_INDEX, parent=named.url)
    assert wanted([named, beside, elsewhere], scope, Series()).found == (named, beside)


def test_a_sitemap_does_not_lead_to_itself():
    assert read(f"<sitemapindex><sitemap><loc>{HERE}</loc></sitemap></sitemapindex>").found == ()


def test_gzip_is_inflated_within_limits(monkeypatch):
    assert paths(read(gzip.compress(urlset(loc("/a")).encode()))) == ["/a"]
    monkeypatch.setattr(sitemaps, "MAX_SITEMAP", 1000)
    with pytest.raises(FetchError, match="max_bytes"):
        read(gzip.compress(b" " * 2000))


def test_a_gzip_file_that_ends_early_is_read_as_far_as_it_goes():
    packed = gzip.compress(urlset(*(loc(f"/{n}/{hashlib.sha256(b'%d' % n).hexdigest()}") for n in range(500))).encode())
    listing = read(packed[: len(packed) // 2])
    assert 100 < len(listing.found) < 400
    assert listing.notes == ("lenient", "truncated")
    with pytest.raises(FetchError, match="damaged"):
        read(b"\x1f\x8b" + b"\xff" * 50)


@pytest.mark.parametrize("before", ["<br />\n<b>Warning</b>: cache is full\n", "\n\n  ", "Notice: x in y on line 3\n"])
def test_text_before_the_declaration_does_not_stop_a_sitemap(before):
    assert paths(read(before + '<?xml version="1.0" encoding="UTF-8"?>' + urlset(loc("/a"), loc("/b")))) == ["/a", "/b"]


def test_a_feed_that_is_named_as_a_sitemap_is_read_as_a_feed():
    rss = "<rss><channel><item><title>A</title><link>/a</link></item></channel></rss>"
    atom = '<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="/a"/></entry></feed>'
    for text in (rss, atom, '{"items": [{"url": "/a"}]}'):
        listing = read(text)
        assert (paths(listing), listing.found[0].via) == (["/a"], "feed")
        assert "a-feed" in listing.notes


def test_the_subjects_of_a_news_sitemap_are_read():
    news = "<news:news><news:title>A</news:title><news:keywords>Harbour, Floods</news:keywords></news:news>"
    assert read(urlset(loc("/a", news))).found[0].hints.keywords == ("Harbour", "Floods")


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
    [
        ("", "empty"),
        ("  \n", "empty"),
        ("<html><p>404</html>", "not-a-sitemap"),
        ("<rss/>", "not-a-sitemap"),
        ("OK", "not-a-sitemap"),
        ("{}", "not-a-sitemap"),
        ("<urlset><url><lock>/a</lock></url></urlset>", "not-a-sitemap"),
        ("<foo><loc/></foo>", "not-a-sitemap"),
        ("Not found: /sitemap.xml", "not-a-sitemap"),
    ],
)
def test_what_is_no_sitemap_is_named(text, reason):
    with pytest.raises(ExtractError) as caught:
        read(text)
    assert caught.value.reason == reason


def test_an_image_of_a_page_is_not_taken_for_the_page():
    entry = loc("/a", "<image:image><image:loc>https://gazette.example/a.jpg</image:loc></image:image>")
    space = 'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
    assert paths(read(f"<urlset {space}><url>{entry}</url></urlset>")) == ["/a"]


def test_of_sitemaps_by_year_the_latest_comes_first():
    names = ["/sitemap-2019.xml", "/pages.xml", "/posts-2024-05.xml", "/2024/11.xml", "/sitemap_2023.xml"]
    listing = read(f"<sitemapindex>{''.join(f'<sitemap>{loc(name)}</sitemap>' for name in names)}</sitemapindex>")
    assert paths(listing) == [
        "/2024/11.xml",
        "/posts-2024-05.xml",
        "/sitemap_2023.xml",
        "/sitemap-2019.xml",
        "/pages.xml",
    ]


def test_what_a_sitemap_names_beyond_its_bound_is_counted_in_its_notes(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sitemaps, "MAX_URLS", 3)
    monkeypatch.setattr(sitemaps, "MAX_CHILDREN", 2)
    said = "the first 3 of 5 entries were read"
    many = [loc(f"/{number}") for number in range(5)]
    index = "<sitemapindex>" + "".join(f"<sitemap>{each}</sitemap>" for each in many[:3]) + "</sitemapindex>"
    for content in (urlset(*many), "\n".join(f"https://gazette.example/{number}" for number in range(5))):
        assert len(read(content).found) == 3
        assert said in read(content).notes
    assert read(index).notes == ("the first 2 of 3 entries were read",)
    assert read(urlset(*many[:3])).notes == ()

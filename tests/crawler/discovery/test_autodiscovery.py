from datetime import date

import pytest
from lxml import html

from crawler.discovery.anchors import anchors, values_of
from crawler.discovery.autodiscovery import feeds, looks_like_feed

HERE = "https://gazette.example/"
TODAY = date(2026, 11, 26)


def found(page: str) -> list[str]:
    tree = html.document_fromstring(page)
    return [
        item.url.removeprefix(HERE) for item in feeds(tree, anchors(tree, values_of(tree)), HERE, HERE, today=TODAY)
    ]


@pytest.mark.parametrize(
    "link",
    [
        '<link rel="alternate" type="application/rss+xml" href="/main">',
        '<link rel="ALTERNATE" type="Application/Atom+XML; charset=utf-8" href="/main">',
        '<link rel="alternate" type="application/x-rss+xml" href="/main">',
        '<link rel="alternate" type="application/rdf+xml" href="/main">',
        '<link rel="alternate" type="application/feed+json" href="/main">',
        '<link rel="alternate" type="application/json" href="/main">',
        '<a href="/main"><img src="/i/rss_small.gif"></a>',
        '<link rel="alternate" type="text/xml" href="/main">',
        '<link rel="alternate" type="application/xml" href="/main">',
        '<link rel="feed" href="/main">',
        '<link rel="alternate feed" type="text/html" href="/main">',
        '<link rel="alternate" type="application/rss+xml" title="Comment &amp; analysis" href="/main">',
        '<link rel="alternate" type="application/rss+xml" hreflang="en" href="/main">',
        '<a href="/main" type="application/rss+xml">x</a>',
        '<a href="/main">RSS</a>',
        '<a href="/main">RSS feed</a>',
        '<a href="/main">Flux RSS</a>',
        '<a href="/main">Abonnez-vous au fil RSS</a>',
        '<a href="/main">Noticias por RSS</a>',
        '<a href="/main">RSSフィード</a>',
        '<a href="/main">RSS 订阅</a>',
        '<a href="/main">Лента RSS</a>',
        '<a href="/main"><img src="/orange.png" alt="RSS"></a>',
        '<a href="/main" title="Abonner på RSS"><svg></svg></a>',
        '<a href="/main"><i class="fa fa-rss"></i></a>',
        '<a class="icon-rss-square" href="/main"></a>',
        '<a href="feed://gazette.example/main">x</a>',
        '<a href="feed:https://gazette.example/main">x</a>',
    ],
)
def test_a_feed_is_found_however_it_is_offered(link):
    assert found(f"<p>{link}</p>") == ["main"]


@pytest.mark.parametrize(
    "link",
    [
        '<link rel="alternate" href="/feed.xml">',
        '<link rel="alternate" type="application/json" title="JSON Feed" href="/feed.xml">',
        '<a href="/feed.xml"><img src="/rss.png"></a>',
    ],
)
def test_a_link_without_a_type_is_a_feed_by_its_address(link):
    assert found(f"<p>{link}</p>") == ["feed.xml"]


@pytest.mark.parametrize(
    "link",
    [
        '<a href="/politics/rss-chief-meets-ministers-in-nagpur-4711">RSS chief meets ministers</a>',
        '<a href="/2026/11/25/why-atom-clocks-drift">Why atom clocks drift</a>',
        '<a href="/world">The world</a><a class="feed-list" href="/sport">Sport</a>',
        '<a href="/main">Transsahara, by bus</a>',
        '<link rel="stylesheet" type="text/css" href="/feed.css">',
        '<link rel="alternate" hreflang="de" href="/de/">',
        '<link rel="alternate" media="handheld" href="https://m.gazette.example/">',
        '<link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/7">',
        '<link rel="alternate" type="application/json+oembed" href="/oembed?url=x">',
        '<link rel="alternate" type="text/xml+oembed" href="/oembed?format=xml">',
        '<link rel="alternate" type="application/rss+xml" href="/comments/feed/">',
        '<link rel="alternate" type="application/rss+xml" href="/?feed=comments-rss2">',
        '<link rel="alternate" type="application/rss+xml" href="/feeds/comments/default">',
        '<link rel="alternate" type="application/rss+xml" href="javascript:rss()">',
        '<a href="/news/what-an-rss-feed-is-and-who-reads-it">What an RSS feed is, and who still reads one today</a>',
        '<a href="/sitemap.xml">Sitemap</a>',
        '<link rel="alternate" type="application/rss+xml" href="">',
    ],
)
def test_other_links_are_no_feeds(link):
    assert found(f"<p>{link}</p>") == []


def test_those_of_the_head_come_first_and_no_more_than_a_thousand_are_taken():
    head = "".join(f'<link rel="alternate" type="application/rss+xml" href="/{n}.xml">' for n in range(1_001))
    assert found(f'<a href="/rss">RSS</a><div>{head}</div>') == [f"{n}.xml" for n in range(1_000)]


@pytest.mark.parametrize(
    "path",
    ["feed", "feed/", "rss", "rss.xml", "news/rss", "atom.xml", "index.rdf", "blog.atom", "news-rss.php", "rss2",
     "?feed=rss2", "news?format=rss", "feeds/posts/default", "feed.json", "feed/index.xml",
     "feeds/world.xml", "rss/world"],
)  # fmt: skip
def test_a_feeds_address_is_known_by_its_form(path):
    assert looks_like_feed(HERE + path)


@pytest.mark.parametrize(
    "path", ["", "news", "news/feeding-the-swans", "news/feeding", "data.json", "page.xml", "rssing", "?q=rss+a"]
)
def test_other_addresses_are_not(path):
    assert not looks_like_feed(HERE + path)


def test_an_address_that_is_none_costs_no_other_link():
    page = '<a href="http://[feed">Feed</a><a href="http://[rss/rss.xml">RSS</a><a href="/rss.xml">RSS</a>'
    assert found(page) == ["rss.xml"]
    for none in ("http://[", "//[::1", "//exa\u2100mple/"):
        pictured = f'<a href="{none}"><img src="/i/rss.gif"></a><a href="{none}" title="News by RSS">News</a>'
        assert found(f"{pictured}<a href='/rss.xml'>RSS</a>") == ["rss.xml"]


@pytest.mark.parametrize("path", ["/%66eed", "/r%73s.xml", "/news?format=RSS", "/FEEDS/world.xml", "/rſs.xml"])
def test_a_feeds_address_is_known_however_it_is_written(path):
    assert looks_like_feed("https://a.example" + path)

"""A feed that brings the whole story stands in for a page that does not; a moved feed is asked where it moved to."""

import json

import pytest

from corpus.model import FROM_FEED
from tests.crawler.crawling import TEXT, Desk, front, rss, source, story
from tests.crawler.faultweb import Reply, serving

WHERE = "/news/council-settles-the-budget"
PARAGRAPHS = [f"{TEXT} This is part {n} of what the feed tells." for n in range(5)]
ENCODED = "<content:encoded><![CDATA[" + "".join(f"<p>{part}</p>" for part in PARAGRAPHS) + "]]></content:encoded>"
SHELL = '<html><head><title>Budget</title></head><body><div id="app"></div></body></html>'
TEASER = f"<html><head><title>Budget</title></head><body><article><h1>Budget</h1><p>{TEXT}</p></article></body></html>"
LOCKED = TEASER.replace("</article>", "<p>Subscribe to continue reading</p></article>")


@pytest.mark.parametrize("page", [SHELL, TEASER, LOCKED, front(*(f"/news/what-they-said-of-{n}" for n in range(20)))])
def test_the_feeds_text_is_the_article_where_the_page_tells_none_or_much_less(tmp_path, page):
    with serving({"/": front(), "/feed.xml": rss(WHERE, extra=ENCODED), WHERE: page}) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
    article = desk.store.by_url(site.url + WHERE).article
    assert all(part in article.body for part in PARAGRAPHS)
    assert article.facts["body"] == FROM_FEED
    assert article.headline


def test_a_json_feed_does_so_too(tmp_path):
    item = {"url": WHERE, "title": "Budget settled", "content_html": "".join(f"<p>{part}</p>" for part in PARAGRAPHS)}
    feed = Reply(
        json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [item]}), type="application/feed+json"
    )
    with serving({"/": front(feed="/feed.json"), "/feed.json": feed, WHERE: SHELL}) as site:
        site.routes["/"] = '<link rel="alternate" type="application/feed+json" href="/feed.json">'
        desk = Desk(tmp_path, source(site))
        desk.crawl()
    assert PARAGRAPHS[4] in desk.bodies[WHERE]


def test_the_page_is_the_article_where_it_tells_as_much(tmp_path):
    with serving({"/": front(), "/feed.xml": rss(WHERE, extra=ENCODED), WHERE: story("Budget")}) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
    assert "part of what the feed" not in desk.bodies[WHERE]
    assert "Budget, part 4." in desk.bodies[WHERE]
    assert desk.store.frontier.entry(site.url + WHERE).hints.text is None  # it is of no more use


def test_a_page_that_is_gone_is_gone_whatever_its_feed_says(tmp_path):
    with serving({"/": front(), "/feed.xml": rss(WHERE, extra=ENCODED)}) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
    assert desk.bodies == {}


def test_a_text_that_its_feed_changes_is_a_revision_and_one_that_stays_is_none(tmp_path):
    with serving({"/": front(), "/feed.xml": rss(WHERE, extra=ENCODED), WHERE: SHELL}) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        desk.wait(days=1)
        desk.crawl()
        article = desk.store.by_url(site.url + WHERE)
        assert article.revision == 1
        site.routes["/feed.xml"] = rss(WHERE, extra=ENCODED.replace("what the feed tells", "what the feed now says"))
        for _ in range(2):  # the page may be asked while its feed is still being read
            desk.wait(days=40)
            desk.crawl()
    article = desk.store.by_url(site.url + WHERE)
    assert article.revision == 2
    assert "now says" in article.article.body


def test_a_feed_that_moved_for_good_is_asked_where_it_moved_to(tmp_path):
    moved = {"/feed.xml": Reply("", 301, headers={"Location": "/feeds/main.xml"}), "/feeds/main.xml": rss(WHERE)}
    with serving({"/": front(), WHERE: story(), **moved}) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        assert list(desk.bodies) == [WHERE]
        site.log.clear()
        desk.wait(days=1)
        desk.crawl()
        assert ("/feeds/main.xml" in site.paths, "/feed.xml" in site.paths) == (True, False)
    assert desk.outcome(site, "/feed.xml") == ("redirected", "redirect")


@pytest.mark.parametrize("target", ["/feeds/main.xml", "/lost"])
def test_a_feed_that_moved_for_a_while_or_to_nothing_is_asked_where_it_was(tmp_path, target):
    status = 302 if target != "/lost" else 301
    moved = {"/feed.xml": Reply("", status, headers={"Location": target}), "/feeds/main.xml": rss(WHERE)}
    with serving({"/": front(), WHERE: story(), **moved}) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        site.log.clear()
        desk.wait(days=1)
        desk.crawl()
        assert "/feed.xml" in site.paths


def test_a_page_that_is_called_a_feed_and_names_the_feeds_leads_to_them(tmp_path):
    page = '<h1>Our feeds</h1><a href="/feeds/town.xml">Town</a> <a href="/feeds/world.xml">World</a>'
    routes = {"/": '<a href="/rss">RSS</a>', "/rss": page, "/feeds/town.xml": rss(WHERE), WHERE: story()}
    with serving(routes) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
    assert list(desk.bodies) == [WHERE]
    assert desk.outcome(site, "/rss") == ("read", "names-feeds")

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


CHOICE = "Whoever wants to go on tells us so. " * 9
WALL = f"<title>Your choice</title><h1>Your choice</h1><p>{CHOICE}</p><form><button>Yes</button></form>"


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (Reply("no", 403), "http-403"),
        (Reply("no", 402), "http-402"),
        (Reply("no", 500), "http-500"),
        (Reply("no", 503), "http-503"),
        (Reply(b"%PDF-1.7 no page", type="application/pdf"), None),
        (lambda asked: asked.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n<p>Cut"), "truncated"),
    ],
)
def test_the_feeds_text_is_the_article_where_the_page_cannot_be_had_and_the_reason_stays(tmp_path, page, reason):
    with serving({"/": front(), "/feed.xml": rss(WHERE, extra=ENCODED), WHERE: page}) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
    if reason is None:  # the answer is of another kind, and no failure
        assert desk.bodies == {}
        return
    article = desk.store.by_url(site.url + WHERE).article
    assert all(part in article.body for part in PARAGRAPHS)
    assert article.facts["body"] == FROM_FEED
    assert desk.outcome(site, WHERE) == ("new", reason)


def test_a_wall_in_the_storys_place_gives_way_to_the_feeds_text(tmp_path):
    paths = [f"{WHERE}-of-{town}" for town in ("ashford", "belmont", "crowley")]
    items = "".join(
        f"<item><title>Settled at {path[-7:]}</title><link>{path}</link>{ENCODED.replace('part', path[-7:])}</item>"
        for path in paths
    )
    feed = Reply(
        f'<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>{items}</channel></rss>',
        type="application/rss+xml",
    )
    with serving({"/": front(), "/feed.xml": feed} | dict.fromkeys(paths, WALL)) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
    assert set(desk.bodies) == set(paths)
    assert not any("Whoever wants" in body for body in desk.bodies.values())


def test_a_page_that_can_be_had_again_tells_its_story_itself(tmp_path):
    with serving({"/": front(), "/feed.xml": rss(WHERE, extra=ENCODED), WHERE: Reply("no", 403)}) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        site.routes[WHERE] = story("Item of the council", text=f"{TEXT} And more of it.")
        desk.wait(days=2)
        desk.crawl()
        article = desk.store.by_url(site.url + WHERE).article
        assert "body" not in article.facts
        site.routes[WHERE] = Reply("no", 403)
        desk.wait(days=40)
        desk.crawl()
    assert desk.store.by_url(site.url + WHERE).article.body == article.body


def test_what_may_not_be_asked_for_is_not_taken_from_the_feed_and_what_was_withdrawn_stays_so(tmp_path):
    robots = Reply("User-agent: *\nDisallow: /news/", type="text/plain")
    with serving({"/": front(), "/feed.xml": rss(WHERE, extra=ENCODED), "/robots.txt": robots, WHERE: story()}) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        assert desk.bodies == {}
        site.routes["/robots.txt"] = Reply("", 404)
        desk.wait(days=10)
        desk.crawl()
        assert list(desk.bodies) == [WHERE]
        for answer in (Reply("no", 410), Reply("no", 403)):
            site.routes[WHERE] = answer
            desk.store.frontier.reschedule(site.url + WHERE, desk.now())
            desk.crawl()
    assert desk.bodies == {}


def test_the_subjects_a_feed_files_a_story_under_stand_in_its_facts(tmp_path):
    named = "<category>Harbour</category><category>Floods, Budget</category>"
    with serving({"/": front(), "/feed.xml": rss(WHERE, extra=named), WHERE: story("Budget")}) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        article = desk.store.by_url(site.url + WHERE).article
        assert (article.section, article.facts["keywords"]) == ("Harbour", "Harbour; Floods; Budget")
        site.routes["/feed.xml"] = rss(WHERE, extra="<category>Town</category>")
        desk.wait(hours=30)
        desk.crawl()
    assert desk.store.by_url(site.url + WHERE).revision == 1  # they are no part of the text


@pytest.mark.parametrize("page", [SHELL, Reply("no", 403)])
@pytest.mark.parametrize("times", [1, 200])
def test_of_a_feeds_text_that_is_cut_the_article_says_how_much_is_stored(tmp_path, page, times):
    paragraphs = "".join(f"<p>{part} It is {n}.</p>" for n, part in enumerate(PARAGRAPHS * times))
    brought = f"<content:encoded><![CDATA[{paragraphs}]]></content:encoded>"
    with serving({"/": front(), "/feed.xml": rss(WHERE, extra=brought), WHERE: page}) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        hints = desk.store.frontier.entry(site.url + WHERE).hints
        note = desk.store.frontier.entry(site.url + "/feed.xml").reason
    article = desk.store.by_url(site.url + WHERE).article
    assert len(paragraphs) > 60_000 or times == 1
    assert hints.is_cut is (times > 1)
    said = f"the first {len(article.body):,} characters of a longer text in its feed"
    assert article.facts.get("cut") == (said if times > 1 else None)
    assert ("of 1 text at most 60,000 characters were read" in (note or "")) is (times > 1)


def test_a_page_without_a_story_lends_its_title_to_none(tmp_path):
    named = rss(WHERE, extra=ENCODED + "<dc:title/>")
    with serving({"/": front(), "/feed.xml": named, WHERE: SHELL.replace("Budget", "The Gazette")}) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
    assert desk.store.by_url(site.url + WHERE).article.headline == f"Item {WHERE}"

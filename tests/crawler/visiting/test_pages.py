from corpus.corrections.values import Correction, Field, Kind
from corpus.model import UrlKind, UrlState
from tests.crawler.crawling import Desk, front, rss, source, story
from tests.crawler.faultweb import Reply, serving


def test_an_unchanged_page_answers_304_and_keeps_everything_but_the_time(tmp_path):
    page = Reply(story(), headers={"ETag": '"v1"'})

    def answer(asked):
        return Reply("", 304, headers={"Content-Length": ""}) if asked.headers.get("if-none-match") == '"v1"' else page

    with serving({"/": front("/news/a-b-c-d", feed=None), "/news/a-b-c-d": answer}) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        before = desk.store.by_url(site.url + "/news/a-b-c-d")
        desk.wait(hours=7)
        desk.crawl()
    assert desk.outcome(site, "/news/a-b-c-d") == ("unchanged", "not-modified")
    assert desk.store.by_url(site.url + "/news/a-b-c-d") == before
    assert desk.store.frontier.entry(site.url + "/news/a-b-c-d").etag == '"v1"'


def test_a_changed_story_is_a_revision(tmp_path):
    with serving({"/": front("/news/a-b-c-d", feed=None), "/news/a-b-c-d": story()}) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        desk.wait(hours=7)
        site.routes["/news/a-b-c-d"] = story("Council settles budget after all")
        run = desk.crawl()
    stored = desk.store.by_url(site.url + "/news/a-b-c-d")
    assert run.counts["gazette"]["changed"] == 1
    assert len(desk.store.revisions(stored.id)) == 2


def test_a_410_withdraws_an_article(tmp_path):
    with serving({"/": front("/news/a-b-c-d", feed=None), "/news/a-b-c-d": story()}) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        desk.wait(hours=7)
        site.routes["/news/a-b-c-d"] = Reply("gone", 410)
        desk.crawl()
    assert desk.store.by_url(site.url + "/news/a-b-c-d").withdrawn == "http-410"


def test_an_article_is_withdrawn_at_its_third_404_not_its_first(tmp_path):
    with serving({"/": front("/news/a-b-c-d", feed=None), "/news/a-b-c-d": story()}) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        del site.routes["/news/a-b-c-d"]
        standing = []
        for _ in range(3):
            desk.wait(hours=25)
            desk.crawl()
            standing.append(len(desk.bodies))
    assert standing == [1, 1, 0]


def test_a_soft_404_never_takes_the_place_of_an_article(tmp_path):
    with serving({"/": front("/news/a-b-c-d", feed=None), "/news/a-b-c-d": story()}) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        before = desk.bodies
        desk.wait(hours=7)
        site.routes["/news/a-b-c-d"] = (
            "<html><body><h1>Oops</h1><p>We looked everywhere for that page.</p></body></html>"
        )
        desk.crawl()
    assert desk.bodies == before
    assert desk.store.frontier.entry(site.url + "/news/a-b-c-d").state is UrlState.WAITING


def test_one_short_text_under_many_addresses_is_a_not_found_page(tmp_path):
    pages = {
        f"/news/lost-story-of-day-{n:05}": "<h1>Sorry</h1><p>" + "We moved house and lost it. " * 12 for n in range(9)
    }
    with serving({"/": front(*pages, feed=None), **pages}) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
    assert len(desk.bodies) <= 3


def test_a_deleted_page_that_leads_to_the_front_page_counts_as_missing(tmp_path):
    with serving({"/": front("/news/a-b-c-d", feed=None), "/news/a-b-c-d": story()}) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        desk.wait(hours=7)
        site.routes["/news/a-b-c-d"] = Reply("", 302, headers={"Location": "/"})
        desk.crawl()
    assert desk.outcome(site, "/news/a-b-c-d") == ("failed", "http-404")
    assert len(desk.bodies) == 1


def test_a_page_that_moved_for_good_is_stored_once_under_its_new_address(tmp_path):
    routes = {
        "/": front("/news/old-address-of-it", feed=None),
        "/news/old-address-of-it": Reply("", 301, headers={"Location": "/news/new-address-of-it"}),
        "/news/new-address-of-it": story(),
    }
    with serving(routes) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
    assert list(desk.bodies) == ["/news/new-address-of-it"]
    assert desk.outcome(site, "/news/old-address-of-it")[0] == "redirected"
    assert site.paths.count("/news/new-address-of-it") == 1


def test_noindex_is_obeyed_by_header_and_by_meta(tmp_path):
    routes = {
        "/": front("/news/said-in-the-header", "/news/said-in-the-head-tag", "/news/meant-for-another-bot", feed=None),
        "/news/said-in-the-header": Reply(story(), headers={"X-Robots-Tag": "noindex, nofollow"}),
        "/news/said-in-the-head-tag": story(head='<meta name="robots" content="NOINDEX">'),
        "/news/meant-for-another-bot": Reply(story("Other"), headers={"X-Robots-Tag": "otherbot: noindex"}),
    }
    with serving(routes) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
    assert list(desk.bodies) == ["/news/meant-for-another-bot"]
    assert desk.outcome(site, "/news/said-in-the-header") == ("refused", "noindex")


def test_an_article_that_asks_not_to_be_indexed_any_more_is_withdrawn(tmp_path):
    with serving({"/": front("/news/a-b-c-d", feed=None), "/news/a-b-c-d": story()}) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        desk.wait(hours=7)
        site.routes["/news/a-b-c-d"] = Reply(story(), headers={"X-Robots-Tag": "noindex"})
        desk.crawl()
    assert desk.bodies == {}


def test_noarchive_keeps_no_raw_response(tmp_path):
    page = story(head='<meta name="robots" content="noarchive">')
    with serving({"/": front("/news/a-b-c-d", feed=None), "/news/a-b-c-d": page}) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
    assert desk.store.by_url(site.url + "/news/a-b-c-d").article.capture is None


def test_articles_older_than_max_age_are_not_even_asked_for(tmp_path):
    old = rss("/news/a-b-c-d", extra="<pubDate>Mon, 03 Nov 2014 10:00:00 GMT</pubDate>")
    with serving({"/": front(), "/feed.xml": old, "/news/a-b-c-d": story()}) as site:
        desk = Desk(tmp_path, source(site, max_age="52 w"))
        desk.crawl()
    assert "/news/a-b-c-d" not in site.paths


def test_a_feed_that_tells_of_an_update_makes_the_article_due(tmp_path):
    with serving({"/": front(), "/feed.xml": rss("/news/a-b-c-d"), "/news/a-b-c-d": story()}) as site:
        desk = Desk(tmp_path, source(site), revisit_after="30 d")
        desk.crawl()
        desk.wait(hours=30)
        stamp = desk.now().strftime("%Y-%m-%dT%H:%M:%SZ")
        atom = (
            f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="{site.url}/news/a-b-c-d"/><updated>{stamp}'
        )
        site.routes["/feed.xml"] = atom + "</updated></entry></feed>"
        desk.crawl()
    assert site.paths.count("/news/a-b-c-d") == 2


def test_the_canonical_link_of_the_same_site_is_the_articles_address(tmp_path):
    with serving({}) as site:
        head = f'<link rel="canonical" href="{site.url}/news/a-b-c-d">'
        site.routes |= {"/": front("/amp/news/a-b-c-d", feed=None), "/amp/news/a-b-c-d": story(head=head)}
        desk = Desk(tmp_path, source(site))
        desk.crawl()
    assert list(desk.bodies) == ["/news/a-b-c-d"]


def test_two_pages_that_call_each_other_canonical_do_not_make_a_loop(tmp_path):
    with serving({}) as site:
        one, two = "/news/first-of-the-two", "/news/second-of-the-two"
        site.routes[one] = story(head=f'<link rel="canonical" href="{site.url}{two}">')
        site.routes[two] = story(head=f'<link rel="canonical" href="{site.url}{one}">')
        site.routes["/"] = front(one, two, feed=None)
        desk = Desk(tmp_path, source(site))
        assert desk.crawl().status == "ok"
    assert len(desk.bodies) == 1


def test_an_address_that_leads_for_good_to_a_wall_says_so(tmp_path):
    asks = "<title>Your choice</title><h1>We value your privacy</h1><form><button>Accept all</button></form>"
    away = Reply("", 301, headers={"Location": "/gate"})
    with serving({"/": front(feed="/f"), "/f": rss("/a-1"), "/a-1": away, "/gate": asks}) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        assert desk.outcome(site, "/a-1") == ("failed", "challenge")


def test_a_page_that_a_person_calls_an_article_is_stored_whatever_it_looks_like(tmp_path):
    links = "".join(f'<li><a href="/news/story-{n}-of-the-list-here">A headline of story {n}</a>' for n in range(30))
    page = f"<html><body><h1>All that happened</h1><p>Read what happened this week.<ul>{links}</ul></body></html>"
    with serving({"/": front("/news/all-that-happened", feed=None), "/news/all-that-happened": page}) as site:
        desk = Desk(tmp_path, source(site))
        url = site.url + "/news/all-that-happened"
        desk.crawl()
        assert desk.store.by_url(url) is None
        said = Correction(url=url, field=Field.KIND, value=Kind.ARTICLE, who="ada", at=desk.now())
        id, _ = desk.store.corrections.add(said)
        desk.store.frontier.reschedule(url, desk.now(), kind=UrlKind.ARTICLE)
        desk.crawl()
        stored = desk.store.by_url(url)
        assert stored is not None
        assert stored.withdrawn is None
        desk.store.corrections.undo(id, desk.now())
        assert not desk.store.corrections.is_article(url)


def test_a_short_story_to_which_other_addresses_lead_is_stored(tmp_path):
    own, new = "/news/ferry-sails-twice-a-day", "/archive/ferry-sails-twice-a-day"
    others = [f"/news/{name}-in-the-old-town-hall" for name in ("lantern", "concert", "auction", "meeting")]
    pages = {path: Reply("", 302, headers={"Location": new}) for path in (*others, own)}
    text = "<p>The ferry sails twice a day from now on, says the harbour master, and three times on each Sunday.</p>"
    page = f"<title>Ferry sails twice a day</title><article><h1>Ferry sails twice a day</h1>{text}</article>"
    item = f"<item><title>Ferry sails twice a day</title><link>{own}</link></item>"
    feed = f"<rss version='2.0'><channel>{''.join(f'<item><link>{path}</link></item>' for path in others)}{item}"
    with serving({"/": front(), "/feed.xml": feed + "</channel></rss>", new: page} | pages) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
    assert any("three times on each Sunday" in body for body in desk.bodies.values())


def test_the_date_of_a_feed_brings_back_a_story_that_a_sitemap_dates_wrongly(tmp_path):
    where = "/news/a-b-c-d"
    with serving({"/": front(feed=None), where: story("Walls hold")}) as site:
        listing = f"<urlset><url><loc>{site.url}{where}</loc><lastmod>2014-11-03</lastmod></url></urlset>"
        site.routes["/sitemap.xml"] = Reply(listing, type="application/xml")
        sitemaps, feeds = [site.url + "/sitemap.xml"], [site.url + "/feed.xml"]
        desk = Desk(tmp_path, source(site, max_age="52 w", sitemaps=sitemaps, feeds=feeds))
        desk.crawl()
        assert desk.outcome(site, where) == ("refused", "too-old")
        desk.wait(days=2)
        day = desk.now().strftime("%a, %d %b %Y %H:%M:%S GMT")
        site.routes["/feed.xml"] = rss(where, extra=f"<pubDate>{day}</pubDate>")
        desk.crawl()
        assert desk.outcome(site, where)[0] == "new"

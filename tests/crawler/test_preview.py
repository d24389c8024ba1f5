import pytest

from corpus.errors import FetchError
from crawler.looking import record
from crawler.preview import discover_source, fetch_one
from tests.crawler.crawling import Desk, front, rss, story, workers_of
from tests.crawler.faultweb import Reply, serving

PAGES = {f"/news/story-of-day-{n:05}": story(f"Story {n}") for n in range(6)}


def test_a_site_shows_its_ways_in_and_three_articles(tmp_path):
    routes = {"/": front("/world", *PAGES), "/feed.xml": rss(*PAGES), "/broken.xml": "<html>", **PAGES}
    with serving(routes) as site:
        robots = f"User-agent: *\nCrawl-delay: 0.01\nSitemap: {site.url}/broken.xml"
        site.routes["/robots.txt"] = Reply(robots, type="text/plain")
        report = discover_source(site.url + "/", Desk(tmp_path).config, workers_of())
    assert (report.robots, report.crawl_delay, report.links) == ("allowed", 0.01, 6)
    assert [(feed.via, feed.articles) for feed in report.feeds] == [("alternate", 6)]
    assert [(each.via, each.problem) for each in report.sitemaps] == [("robots", "not-a-sitemap")]
    assert report.sections == (site.url + "/world",)
    assert [sample.article.headline for sample in report.samples] == ["Story 0", "Story 1", "Story 2"]


def test_a_site_that_disallows_us_is_not_asked_further(tmp_path):
    with serving({"/robots.txt": Reply("User-agent: *\nDisallow: /", type="text/plain"), "/": front()}) as site:
        report = discover_source(site.url + "/", Desk(tmp_path).config, workers_of())
    assert (report.robots, site.paths) == ("disallowed", ["/robots.txt"])


def test_a_front_page_that_cannot_be_read_is_told_with_what_else_was_found(tmp_path):
    with serving({"/": Reply("", 500), "/feed": rss(*PAGES), **PAGES}) as site:
        report = discover_source(site.url + "/", Desk(tmp_path).config, workers_of())
    assert "500" in report.problem
    assert [feed.via for feed in report.feeds] == ["well-known"]
    assert len(report.samples) == 3


def test_one_page_is_fetched_by_its_address(tmp_path):
    with serving({"/moved": Reply("", 302, headers={"Location": "/news"}), "/news": story()}) as site:
        response = fetch_one(site.url + "/moved", Desk(tmp_path).config)
    assert (response.content, response.address) == (story().encode(), site.url + "/news")


def test_a_page_that_was_tried_and_could_not_be_read_says_why(tmp_path):
    gone, *others = PAGES
    with serving({"/": front(*PAGES, feed=None), **{path: PAGES[path] for path in others}}) as site:
        report = discover_source(site.url + "/", Desk(tmp_path).config, workers_of())
    assert [(each.url, each.via, each.problem) for each in report.unread] == [(site.url + gone, "home", "http-404")]
    assert len(report.samples) == 3
    assert record(report)["unread"] == [{"url": site.url + gone, "via": "home", "problem": "http-404"}]


@pytest.mark.parametrize(("path", "reason"), [("/nothing", "http-404"), ("/private/a", "robots")])
def test_a_page_that_cannot_be_fetched_says_why(tmp_path, path, reason):
    robots = Reply("User-agent: *\nDisallow: /private/", type="text/plain")
    with serving({"/robots.txt": robots}) as site, pytest.raises(FetchError) as caught:
        fetch_one(site.url + path, Desk(tmp_path).config)
    assert caught.value.reason == reason


def test_what_a_front_page_asks_not_to_follow_is_no_link_of_a_look_at_it(tmp_path):
    page = front("/world", *PAGES, feed=None).replace("<head>", '<head><meta name="robots" content="nofollow">')
    with serving({"/": page, **PAGES}) as site:
        report = discover_source(site.url + "/", Desk(tmp_path).config, workers_of())
    assert (report.links, report.sections, report.samples) == (0, (), ())
    assert {each.reason for each in report.left_out} == {"nofollow"}

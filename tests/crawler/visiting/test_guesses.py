"""Usual places of feeds and sitemaps are tried one by one, and only while the source's own ways in lack something."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from tests.crawler.crawling import Desk, front, rss, source, story
from tests.crawler.faultweb import Asked, Reply, serving

FEEDS = ["/feed", "/rss.xml", "/feed.xml", "/rss", "/atom.xml", "/index.xml", "/feed.json"]
SITEMAPS = ["/sitemap.xml", "/sitemap_index.xml", "/news-sitemap.xml", "/sitemap.xml.gz"]
STORIES = ["/harbour-opens-again", "/bridge-closed-for-winter", "/school-roof-repaired", "/market-moves-to-mill"]
OLDER = ["/library-turns-a-hundred", "/ferry-gets-new-engine"]


def sitemap(*links: str) -> Reply:
    """A sitemap that names these links."""
    return Reply(f"<urlset>{''.join(f'<url><loc>{link}</loc></url>' for link in links)}</urlset>", type="text/xml")


def robots(*sitemaps: str) -> Reply:
    """A robots.txt that allows everything and names these sitemaps."""
    return Reply("User-agent: *\nAllow: /\n" + "".join(f"Sitemap: {each}\n" for each in sitemaps), type="text/plain")


def stories(*paths: str) -> dict[str, object]:
    """The pages of stories."""
    return {path: story(f"Story of {path.strip('/')}") for path in paths}


def unchanging(reply: Reply) -> Callable[[Asked], Reply]:
    """A route that says 304 to whoever has its answer."""

    def answer(asked: Asked) -> Reply:
        is_known = asked.headers.get("if-none-match") == '"1"'
        return Reply("", 304) if is_known else replace(reply, headers={"ETag": '"1"'})

    return answer


def guesses(folder: Path, routes: dict[str, object], feeds: Sequence[str] = ()) -> list[str]:
    """Crawl a site, all of whose stories must be found; return the usual places that were tried, in their order."""
    with serving(routes) as site:
        desk = Desk(folder, source(site, feeds=list(feeds)))
        desk.crawl()
        assert set(desk.bodies) == {path for path in routes if path in {*STORIES, *OLDER}}
        return [path for path in site.paths if path in {*FEEDS, *SITEMAPS}]


def test_a_sitemap_with_the_front_page_s_stories_spares_every_guess(tmp_path: Path) -> None:
    routes = {"/": front(*STORIES, feed=None), "/robots.txt": robots("/maps/news"), "/maps/news": sitemap(*STORIES)}
    assert guesses(tmp_path, routes | stories(*STORIES)) == []


def test_a_sitemap_index_is_read_before_anything_is_guessed(tmp_path: Path) -> None:
    index = "".join(f"<sitemap><loc>/maps/{year}</loc></sitemap>" for year in (2025, 2026))
    routes = {
        "/": front(*STORIES, feed=None),
        "/robots.txt": robots("/maps/all"),
        "/maps/all": Reply(f"<sitemapindex>{index}</sitemapindex>", type="text/xml"),
        "/maps/2025": sitemap(*OLDER),
        "/maps/2026": sitemap(*STORIES),
    }
    assert guesses(tmp_path, routes | stories(*STORIES, *OLDER)) == []


def test_a_sitemap_without_the_front_page_s_stories_leaves_feeds_to_be_tried_until_one_is_found(tmp_path: Path) -> None:
    routes = {
        "/": front(*STORIES[:2], feed=None),
        "/robots.txt": robots("/maps/old"),
        "/maps/old": sitemap(*OLDER),
        "/rss.xml": rss(*STORIES),
    }
    assert guesses(tmp_path, routes | stories(*STORIES, *OLDER)) == FEEDS[:2]


def test_a_sitemap_that_lacks_one_story_of_the_front_page_leaves_feeds_to_be_tried(tmp_path: Path) -> None:
    routes = {
        "/": front(*STORIES, feed=None),
        "/robots.txt": robots("/maps/news"),
        "/maps/news": sitemap(*STORIES[:3]),
        "/feed": rss(*STORIES, *OLDER),
    }
    assert guesses(tmp_path, routes | stories(*STORIES, *OLDER)) == FEEDS[:1]


def test_a_sitemap_that_cannot_be_read_stands_in_for_nothing(tmp_path: Path) -> None:
    routes = {"/": front(*STORIES[:2], feed=None), "/robots.txt": robots("/maps/gone"), "/feed": rss(*STORIES)}
    assert guesses(tmp_path, routes | stories(*STORIES)) == [*SITEMAPS, FEEDS[0]]


def test_the_first_sitemap_that_has_the_news_ends_the_guesses(tmp_path: Path) -> None:
    routes = {"/": front(*STORIES[:3], feed=None), "/sitemap.xml": sitemap(*STORIES, *OLDER)}
    assert guesses(tmp_path, routes | stories(*STORIES, *OLDER)) == SITEMAPS[:1]


def test_a_sitemap_of_old_pages_alone_does_not_end_them(tmp_path: Path) -> None:
    routes = {
        "/": front(*STORIES[:2], feed=None),
        "/sitemap.xml": sitemap(*OLDER),
        "/news-sitemap.xml": sitemap(*STORIES),
    }
    assert guesses(tmp_path, routes | stories(*STORIES, *OLDER)) == SITEMAPS[:3]


def test_a_feed_that_the_front_page_names_leaves_the_sitemap_to_be_tried(tmp_path: Path) -> None:
    routes = {"/": front(*STORIES[:2]), "/feed.xml": rss(*STORIES[:2]), "/sitemap.xml": sitemap(*STORIES)}
    assert guesses(tmp_path, routes | stories(*STORIES)) == ["/feed.xml", SITEMAPS[0]]


def test_a_front_page_without_stories_is_no_measure_of_a_sitemap(tmp_path: Path) -> None:
    routes = {"/": front(feed=None), "/sitemap.xml": sitemap(*OLDER), "/feed": rss(*STORIES)}
    assert guesses(tmp_path, routes | stories(*STORIES, *OLDER)) == [SITEMAPS[0], FEEDS[0]]


def test_a_site_without_any_is_tried_everywhere_once(tmp_path: Path) -> None:
    with serving({"/": front(*STORIES, feed=None), **stories(*STORIES)}) as site:
        desk = Desk(tmp_path, source(site))
        for _ in range(2):
            desk.crawl()
            desk.wait(days=1)
    assert [path for path in site.paths if path in {*FEEDS, *SITEMAPS}] == [*SITEMAPS, *FEEDS]


def test_a_guessed_feed_is_read_before_the_stories_it_says_more_of(tmp_path: Path) -> None:
    with serving({"/": front(*STORIES, feed=None), "/rss.xml": rss(*STORIES), **stories(*STORIES)}) as site:
        Desk(tmp_path, source(site)).crawl()
    read = [path for path in site.paths if path in STORIES or path == "/rss.xml"]
    assert read[0] == "/rss.xml"


def test_a_place_that_was_found_once_is_not_looked_for_again_elsewhere(tmp_path: Path) -> None:
    routes = {"/": front(*STORIES[:2], feed=None), "/sitemap.xml": sitemap(*STORIES[:2]), **stories(*STORIES)}
    with serving(routes) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        site.routes["/"] = front(*STORIES, feed=None)
        site.routes["/sitemap.xml"] = sitemap(*STORIES)
        desk.wait(days=1)
        desk.crawl()
    assert [path for path in site.paths if path in {*FEEDS, *SITEMAPS}] == ["/sitemap.xml", "/sitemap.xml"]
    assert set(desk.bodies) == set(STORIES)


@pytest.mark.parametrize("named", ["ftp://gazette.example/map", "http://[gazette/map", "/"])
def test_a_sitemap_that_can_never_be_read_as_one_does_not_end_the_guesses(tmp_path: Path, named: str) -> None:
    routes = {"/": front(*STORIES[:2], feed=None), "/robots.txt": robots(named), "/rss.xml": rss(*STORIES)}
    assert guesses(tmp_path, routes | stories(*STORIES)) == [*SITEMAPS, *FEEDS[:2]]


def test_a_feed_of_config_that_is_refused_does_not_end_them(tmp_path: Path) -> None:
    routes = {"/": front(*STORIES[:2], feed=None), "/sitemap.xml": sitemap(*STORIES), **stories(*STORIES)}
    assert guesses(tmp_path, routes, feeds=["http://10.0.0.1/feed"]) == SITEMAPS[:1]


def test_a_feed_of_config_that_was_read_before_the_front_page_does_not_end_them(tmp_path: Path) -> None:
    read = threading.Event()
    with serving({}, "127.88.0.2") as feeds, serving(stories(*STORIES)) as site:

        def feed(_: object) -> Reply:
            read.set()
            return rss(*[site.url + each for each in STORIES[:2]])

        def home(_: object) -> str:
            assert read.wait(60)
            return front(*STORIES[:2], feed=None)

        feeds.routes["/desk"] = feed
        site.routes |= {"/": home, "/sitemap.xml": sitemap(*STORIES)}
        desk = Desk(tmp_path, source(site, feeds=[feeds.url + "/desk"]))
        desk.crawl()
    assert set(desk.bodies) == set(STORIES)


def test_a_page_about_feeds_that_was_called_one_counts_as_none(tmp_path: Path) -> None:
    routes = {
        "/": front(*STORIES[:2], feed="/our-feeds"),
        "/our-feeds": "<html><body><a href='/all.rss'>RSS</a></body></html>",
        "/all.rss": rss(*STORIES[:2]),
        "/news-sitemap.xml": sitemap(*STORIES),
    }
    assert guesses(tmp_path, routes | stories(*STORIES)) == SITEMAPS[:3]


def test_an_index_at_a_usual_place_that_names_old_sitemaps_does_not_end_them(tmp_path: Path) -> None:
    routes = {
        "/": front(*STORIES[:2], feed=None),
        "/sitemap.xml": Reply("<sitemapindex><sitemap><loc>/maps/1</loc></sitemap></sitemapindex>", type="text/xml"),
        "/maps/1": sitemap(*OLDER),
        "/news-sitemap.xml": sitemap(*STORIES),
    }
    assert guesses(tmp_path, routes | stories(*STORIES, *OLDER)) == SITEMAPS[:3]


def test_a_guessed_feed_with_a_single_entry_does_not_end_them(tmp_path: Path) -> None:
    routes = {"/": front(*STORIES[:3], feed=None), "/feed": rss(STORIES[0]), "/rss.xml": rss(*STORIES)}
    assert guesses(tmp_path, routes | stories(*STORIES)) == [*SITEMAPS, *FEEDS[:2]]


def test_a_guessed_feed_that_has_moved_ends_them(tmp_path: Path) -> None:
    there = Reply("", 301, headers={"Location": "/feed/"})
    routes = {"/": front(*STORIES[:3], feed=None), "/feed": there, "/feed/": rss(*STORIES), **stories(*STORIES)}
    assert guesses(tmp_path, routes) == [*SITEMAPS, FEEDS[0]]


def test_a_sitemap_that_has_not_changed_while_the_front_page_has_news_lets_a_feed_be_tried(tmp_path: Path) -> None:
    routes = {"/": front(*STORIES[:2], feed=None), "/sitemap.xml": unchanging(sitemap(*STORIES[:2]))}
    routes |= stories(*STORIES)
    with serving(routes) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        site.routes |= {"/": front(STORIES[2], feed=None), "/feed": rss(*STORIES)}
        desk.wait(days=1)
        desk.crawl()
    assert [path for path in site.paths if path in {*FEEDS, *SITEMAPS}] == [
        "/sitemap.xml",
        "/sitemap.xml",
        *SITEMAPS[1:],
        "/feed",
    ]
    assert set(desk.bodies) == set(STORIES)


def test_a_run_goes_on_where_the_last_one_ended_before_it_had_tried_all_places(tmp_path: Path) -> None:
    rests = Reply("", 429, headers={"Retry-After": "7200"})
    routes = {"/": unchanging(Reply(front(*STORIES[:2], feed=None))), "/sitemap.xml": rests, "/rss.xml": rss(*STORIES)}
    with serving(routes | stories(*STORIES)) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        del site.routes["/sitemap.xml"]
        desk.wait(days=1)
        desk.crawl()
    tried = [path for path in site.paths if path in {*FEEDS, *SITEMAPS}]
    assert sorted(tried) == sorted([SITEMAPS[0], *SITEMAPS, *FEEDS[:2]])  # a rest says nothing of what is there
    assert set(desk.bodies) == set(STORIES)

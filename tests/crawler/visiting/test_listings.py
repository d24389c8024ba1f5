"""A listing that was fetched leads to what its site names."""

from collections import Counter
from itertools import pairwise

import pytest

from tests.crawler.crawling import Desk, front, rss, source, story
from tests.crawler.faultweb import Reply, serving


@pytest.mark.parametrize(("home", "line"), [("/", "/maps/all"), ("/en/", "maps/all")])
def test_a_sitemap_is_found_though_its_line_in_robots_txt_leaves_the_host_out(tmp_path, home, line):
    robots = Reply(f"User-agent: *\nAllow: /\nSitemap: {line}\n", type="text/plain")
    routes = {
        home: front(feed=None),
        "/robots.txt": robots,
        "/a-1": story(),
        "/maps/all": "<urlset><url><loc>/a-1</loc></url></urlset>",
    }
    with serving(routes) as site:
        desk = Desk(tmp_path, source(site, url=site.url + home))
        desk.crawl()
    assert set(desk.bodies) == {"/a-1"}


@pytest.mark.parametrize("line", ["ftp://gazette.example/sitemap.xml", "http://[broken/sitemap.xml"])
def test_a_sitemap_line_that_is_no_address_is_counted_among_what_was_left_out(tmp_path, line):
    robots = Reply(f"User-agent: *\nAllow: /\nSitemap: {line}\n", type="text/plain")
    with serving({"/": front(feed=None), "/robots.txt": robots}) as site:
        desk = Desk(tmp_path, source(site))
        run = desk.crawl()
    assert desk.store.census.left_out_in(run.id)["gazette"]["bad-url"] == (1, (line,))


@pytest.mark.parametrize(("indexes", "is_found"), [(4, True), (5, True), (6, False)])
def test_a_sitemap_six_steps_deep_is_read_and_a_deeper_one_is_said(tmp_path, indexes, is_found):
    with serving({"/": front(feed=None), "/town/the-mill-opens": story("The mill opens")}) as site:
        names = ["/sitemap.xml", *(f"/maps/{n}.xml" for n in range(1, indexes + 1))]
        for here, there in pairwise(names):
            site.routes[here] = Reply(
                f"<sitemapindex><sitemap><loc>{site.url}{there}</loc></sitemap></sitemapindex>", type="application/xml"
            )
        loc = f"<url><loc>{site.url}/town/the-mill-opens</loc></url>"
        site.routes[names[-1]] = Reply(f"<urlset>{loc}</urlset>", type="application/xml")
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        assert ("/town/the-mill-opens" in desk.bodies) is is_found
        said = desk.store.frontier.entry(site.url + names[-2]).reason or ""
        assert said.startswith("deep-sitemap") is not is_found


def test_of_an_index_four_steps_deep_the_first_sitemaps_are_taken_and_the_others_are_said(tmp_path):
    with serving({"/": front(feed=None)}) as site:
        maps = {"/sitemap.xml": ["/maps/1.xml"], "/maps/1.xml": ["/maps/2.xml"]}
        maps["/maps/2.xml"] = [f"/maps/of-{n}.xml" for n in range(51)]
        for here, named in maps.items():
            locs = "".join(f"<sitemap><loc>{site.url}{there}</loc></sitemap>" for there in named)
            site.routes[here] = Reply(f"<sitemapindex>{locs}</sitemapindex>", type="application/xml")
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        assert sum(path.startswith("/maps/of-") for path in site.paths) == 50
        assert "50" in desk.store.frontier.entry(site.url + "/maps/2.xml").reason


STORIES = {f"/town/story-of-day-{n}": story(f"Story {n}") for n in range(4)}


@pytest.mark.parametrize(
    ("said", "header", "is_followed"),
    [
        ('<meta name="robots" content="index, nofollow">', "", False),
        ('<meta name="pressmark" content="nofollow">', "", False),
        ("", "nofollow", False),
        ("", "pressmark: none", False),
        ('<meta name="otherbot" content="nofollow">', "otherbot: nofollow", True),
    ],
)
def test_links_of_a_page_that_asks_not_to_follow_them_are_left_out_by_that_reason(tmp_path, said, header, is_followed):
    page = Reply(front(*STORIES, feed=None).replace("<head>", f"<head>{said}"), headers={"X-Robots-Tag": header})
    with serving({"/": page, **STORIES}) as site:
        desk = Desk(tmp_path, source(site))
        run = desk.crawl()
    assert set(desk.bodies) == (set(STORIES) if is_followed else set())
    left_out = desk.store.census.left_out_in(run.id).get("gazette", {})
    assert left_out.get("nofollow", (0, ()))[0] == (0 if is_followed else len(STORIES))


def test_feeds_and_sitemaps_of_a_page_that_asks_not_to_follow_its_links_are_read(tmp_path):
    by_feed, by_map, *linked = STORIES
    page = front(*linked).replace("<head>", '<head><meta name="robots" content="nofollow">')
    with serving({"/": page, "/feed.xml": rss(by_feed), **STORIES}) as site:
        site.routes["/robots.txt"] = Reply(f"Sitemap: {site.url}/map.xml\n", type="text/plain")
        site.routes["/map.xml"] = f"<urlset><url><loc>{site.url}{by_map}</loc></url></urlset>"
        desk = Desk(tmp_path, source(site))
        desk.crawl()
    assert set(desk.bodies) == {by_feed, by_map}


def test_a_list_that_asks_not_to_follow_its_links_says_so_and_names_its_next_page_among_them(tmp_path):
    head = "<head><meta name=robots content=none><link rel=next href=/2>"
    page = front(*STORIES, feed=None).replace("<head>", head)
    with serving({"/": page}) as site:
        desk = Desk(tmp_path, source(site))
        run = desk.crawl()
    assert desk.outcome(site, "/") == ("read", "nofollow")
    assert desk.store.census.left_out_in(run.id)["gazette"]["nofollow"][0] == len(STORIES) + 1
    (receipt,) = desk.store.runs.receipts(run.id)
    assert receipt.unfollowed == 1
    health = desk.store.health.of("gazette")
    assert health is not None
    assert "its pages ask that none of their links is followed" in health.why


def _map_of(site, *paths: str) -> Reply:
    locs = "".join(f"<url><loc>{site.url}{path}</loc></url>" for path in paths)
    return Reply(f"<urlset>{locs}</urlset>", type="application/xml")


def _section(*names: str, more: str = "") -> str:
    """A section's page with a heading that links to each story, and no word of a menu."""
    cards = "".join(
        f"<article><h2><a href=/a/what-became-of-{name}>What became of {name} at last</a></h2><p>{name}</p></article>"
        for name in names
    )
    return f"<html><title>A section</title><body><main><h1>A section</h1>{cards}{more}</main></body></html>"


def test_sections_that_a_sitemap_alone_names_are_followed_page_by_page_and_on_the_next_night(tmp_path):
    harbour, town = (["the-mill", "the-quay", "the-ferry", "the-bridge"], ["the-tower", "the-square", "the-well"])
    older = ["the-tide", "the-buoy", "the-crane"]
    stories = {f"/a/what-became-of-{name}": story(f"Of {name}") for name in (*harbour, *town, *older, "the-dredger")}
    routes = {
        "/": front(feed=None),
        "/harbour/": _section(*harbour, more="<a rel=next href='/harbour/?page=2'>Older</a>"),
        "/harbour/?page=2": _section(*older),
        "/town/": _section(*town),
    }
    with serving(routes | stories) as site:
        site.routes["/sitemap.xml"] = _map_of(site, "/harbour/", "/town/")
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        assert set(desk.bodies) == set(stories) - {"/a/what-became-of-the-dredger"}
        site.routes["/town/"] = _section("the-dredger", *town)
        desk.wait(days=1)
        desk.crawl()
    assert set(desk.bodies) == set(stories)


def test_lists_that_a_sitemap_names_beside_all_their_stories_are_not_followed(tmp_path):
    names = ["the-mill", "the-quay", "the-ferry", "the-bridge"]
    stories = {f"/a/what-became-of-{name}": story(f"Of {name}") for name in names}
    with serving({"/": front(feed=None), "/about-the/harbour": _section(*names)} | stories) as site:
        site.routes["/sitemap.xml"] = _map_of(site, *stories, "/about-the/harbour")
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        entry = desk.store.frontier.entry(site.url + "/about-the/harbour")
    assert set(desk.bodies) == set(stories)
    assert (entry.kind, entry.outcome) == ("article", "not-article")


def test_of_the_lists_that_a_sitemap_names_so_many_become_sections_and_of_the_others_the_stories_are_read(tmp_path):
    count = 63
    tags = {f"/tag/{n}": [f"story-of-{n}-{each}" for each in ("monday", "friday", "sunday")] for n in range(count)}
    stories = {f"/a/what-became-of-{name}": story(f"Of {name}") for names in tags.values() for name in names}
    routes = {"/": front(feed=None)} | {path: _section(*names) for path, names in tags.items()}
    with serving(routes | stories) as site:
        site.routes["/sitemap.xml"] = _map_of(site, *tags)
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        kinds = Counter(str(desk.store.frontier.entry(site.url + path).kind) for path in tags)
    assert set(desk.bodies) == set(stories)
    assert kinds == {"section": 60, "article": 3}

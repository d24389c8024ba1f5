"""A site that offers nothing but links is found whole, from its address alone."""

from datetime import UTC, date, datetime

import pytest

from corpus.model import Discovered, UrlKind
from corpus.store.values import Backfill
from corpus.via import Via
from crawler.visiting import walking
from tests.crawler.crawling import Desk, front, source, story
from tests.crawler.faultweb import serving
from tests.crawler.linkedweb import STYLES, site_of


@pytest.mark.parametrize("count", [40, pytest.param(90, marks=pytest.mark.soak)])
@pytest.mark.parametrize("style", STYLES)
def test_a_site_of_links_is_found_in_the_first_night_whatever_its_addresses(tmp_path, style, count):
    routes, stories = site_of(STYLES[style], count)
    with serving(routes) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        first = len(stories & set(desk.bodies)) / len(stories)
        desk.wait(days=1)
        desk.crawl()
    assert stories - set(desk.bodies) == set()
    assert first >= 0.97


def _page_of(paths: list[str], older: str) -> str:
    links = "".join(f"<li><a href='{path}'>The harbour at {path}</a></li>" for path in paths)
    return f"<html><body><h1>Town</h1><ul>{links}</ul><a rel=next href='{older}'>Older</a></body></html>"


@pytest.mark.parametrize("address", ["/read.php?text={}", "/show?beitrag={}&rubrik=town", "/tag/{}"])
def test_stories_whose_addresses_look_like_those_of_a_list_are_all_read_once_some_of_them_were(tmp_path, address):
    stories = [address.format(1000 + n) for n in range(150)]
    pages = {path: story(f"The harbour on day {n}") for n, path in enumerate(stories)}
    lists = {
        f"/town/?page={page}" if page > 1 else "/town/": _page_of(stories[at : at + 10], f"/town/?page={page + 1}")
        for page, at in enumerate(range(0, 150, 10), 1)
    }
    with serving({"/": front("/town/", *stories[:10], feed=None)} | lists | pages) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        assert set(desk.bodies) == set(stories)
        news = [address.format(2000 + n) for n in range(5)]
        site.routes.update({path: story(f"News of day {n}") for n, path in enumerate(news)})
        site.routes["/"] = front("/town/", *news, *stories[:60], feed=None)
        desk.wait(days=1)
        desk.crawl()
    assert set(desk.bodies) == {*stories, *news}


def test_a_calendar_without_end_stays_bounded_beside_stories_of_the_same_form(tmp_path):
    stories = [f"/read.php?text={n}" for n in range(30)]
    days = {f"/events?day={n}": front(f"/events?day={n + 1}", f"/events?day={n + 2}", feed=None) for n in range(300)}
    with serving(
        {"/": front("/events?day=0", *stories, feed=None)} | days | {path: story(f"Of {path}") for path in stories}
    ) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        asked = {request.path for request in site.log if request.path.startswith("/events")}
    assert set(desk.bodies) == set(stories)
    assert len(asked) <= 60


def test_an_archive_by_day_is_walked_through_more_days_than_lists_of_one_pattern_are_taken(tmp_path):
    routes, stories = site_of(STYLES["slug"], 130, index="days")
    with serving(routes) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
    assert set(desk.bodies) == stories


def test_a_list_is_walked_as_far_as_backfill_says_and_on_to_a_day_when_asked(tmp_path):
    routes, _ = site_of(STYLES["month-name"], 90, per_page=3)
    with serving(routes) as site:
        desk = Desk(tmp_path, source(site, backfill=2))
        receipt = desk.crawl()
        assert len(desk.bodies) == 27  # three pages of three, three times
        assert "--backfill" in (receipt.note or "")
        assert len(desk.store.walks.postponed()["gazette"]) == 3
        desk.wait(hours=24)
        assert desk.crawl().note == receipt.note  # as long as they wait, each night's receipt says so
        since = datetime(2024, 2, 10, tzinfo=UTC)
        assert walking.resume(desk.store, "gazette", since, desk.now()) == (3, 0, 0)
        desk.wait(hours=1)
        receipt = desk.crawl()
    days = sorted(path[1:12] for path in desk.bodies)
    assert "2024/feb/10" in days
    assert "2024/jan/20" not in days
    assert len(desk.store.walks.postponed()["gazette"]) == 3
    assert "--backfill" in (receipt.note or "")


def test_a_source_that_is_walked_as_far_back_as_a_receipt_would_say_is_not_named(tmp_path):
    routes, _ = site_of(STYLES["month-name"], 90, per_page=3)
    with serving(routes) as site:
        desk = Desk(tmp_path, source(site, backfill=2))
        desk.crawl()
        assert "older pages of gazette" in (walking.behind(desk.store, ["gazette"]) or "")
        assert walking.behind(desk.store, ["mirror"]) is None
        waiting = desk.store.walks.postponed()["gazette"]
        desk.store.walks.resume((), "gazette", datetime(2020, 1, 1, tzinfo=UTC), desk.now())
    assert desk.store.walks.postponed()["gazette"] == waiting
    assert walking.behind(desk.store, ["gazette"]) is None


def test_a_backfill_with_a_last_day_leaves_newer_days_of_an_archive_and_a_wider_one_brings_them(tmp_path):
    routes, stories = site_of(STYLES["month-name"], 90, index="days")
    with serving(routes) as site:
        desk = Desk(tmp_path, source(site))
        since, until = datetime(2024, 2, 1, tzinfo=UTC), date(2024, 2, 20)
        assert walking.resume(desk.store, "gazette", since, desk.now(), until=until) == (0, 0, 0)
        receipt = desk.crawl()
        days = {path[1:12] for path in desk.bodies}
        front = {"2024/mar/01", "2024/feb/29", "2024/feb/28"}  # the front page names them
        assert {day for day in days if "feb" in day} - front == {f"2024/feb/{n:02}" for n in range(1, 21)}
        assert {f"2024/feb/{n:02}" for n in range(21, 28)}.isdisjoint(days)
        assert "older pages of gazette were not read" in (receipt.note or "")
        waiting = len(desk.store.walks.postponed()["gazette"])
        assert waiting
        assert walking.resume(desk.store, "gazette", since, desk.now()) == (waiting, 0, 0)
        desk.wait(hours=1)
        desk.crawl()
    assert set(desk.bodies) == stories


def test_a_backfill_with_a_last_day_walks_through_newer_pages_and_leaves_their_stories(tmp_path):
    routes, stories = site_of(STYLES["month-name"], 90, per_page=3)
    with serving(routes) as site:
        desk = Desk(tmp_path, source(site, backfill=1))
        until = date(2024, 2, 10)
        walking.resume(desk.store, "gazette", datetime(2024, 1, 1, tzinfo=UTC), desk.now(), until=until)
        desk.crawl()
        days = sorted(path[1:12] for path in desk.bodies)
        assert "2024/feb/10" in days
        assert "2024/jan/20" in days
        assert "2024/feb/15" not in days
        left = [address for address in desk.store.walks.postponed()["gazette"] if "/feb/15" in address]
        assert left
        named = Discovered(url=left[0], kind=UrlKind.ARTICLE, via=Via.FEED)
        desk.store.frontier.add([named], "gazette", desk.now())
        desk.wait(hours=1)
        desk.crawl()
        assert any(left[0].endswith(path) for path in desk.bodies)  # a feed names it: it is asked for
        walking.resume(desk.store, "gazette", datetime(2024, 1, 1, tzinfo=UTC), desk.now())
        desk.wait(hours=1)
        desk.crawl()
    assert set(desk.bodies) == stories


def test_news_is_never_too_new_for_a_backfill():
    goal = Backfill(date(2019, 1, 1), date(2021, 12, 31), set_on=date(2024, 6, 1))
    assert goal.is_too_new(date(2022, 1, 1), date(2022, 1, 31))
    assert not goal.is_too_new(date(2021, 12, 1), date(2022, 1, 31))  # some of its days are wanted
    assert not goal.is_too_new(date(2024, 6, 1), date(2024, 6, 30))
    assert not goal.is_too_new(date(2024, 7, 1), date(2024, 7, 1))


def test_a_walk_that_was_cut_short_goes_on_the_next_night(tmp_path):
    routes, stories = site_of(STYLES["dated"], 60, per_page=3)
    with serving(routes) as site:
        desk = Desk(tmp_path, source(site), max_pages=20)
        for _ in range(6):
            desk.crawl()
            desk.wait(days=1)
    assert set(desk.bodies) == stories


def test_what_came_out_between_two_nights_is_found_though_it_fills_more_than_a_page(tmp_path):
    style = STYLES["slug"]
    old, first = site_of(style, 30, per_page=3)
    new, stories = site_of(style, 60, per_page=3)
    with serving(old) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        assert set(desk.bodies) == first
        site.routes.clear()
        site.routes |= _newest_first(style, new)
        desk.wait(days=2)
        desk.crawl()
        desk.wait(days=1)
        desk.crawl()
    assert stories - set(desk.bodies) == set()


def _newest_first(style, routes):
    """The same site with its lists turned round, so that what was first stands last."""
    pages = {path: body for path, body in routes.items() if body.count("<a ") > 1 or "/page/" in path}
    turned = {}
    for section in ("town", "country", "culture"):
        names = [path for path in pages if path == f"/{section}" or path.startswith(f"/{section}/page/")]
        links = [
            part.split('"')[0] for name in names for part in pages[name].split('href="')[1:] if "/page/" not in part
        ]
        links = list(dict.fromkeys(links))[::-1]
        for n, name in enumerate(names):
            following = f'<a href="{names[n + 1]}">2</a>' if n + 1 < len(names) else ""
            turned[name] = "<body>" + "".join(f'<a href="{x}">x</a>' for x in links[n * 3 : n * 3 + 3]) + following
    return routes | turned

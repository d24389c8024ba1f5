"""Stories whose pages are gone for a while: those of a site that is down, and those that come back."""

from collections.abc import Collection

import pytest

from tests.crawler.crawling import Desk, front, rss, source, story
from tests.crawler.faultweb import Reply, serving

PATHS = ("/news/flood-on-the-river-road", "/news/ferry-sails-twice-a-day")
GONE = {404: Reply("<h1>Not found</h1>", 404), 410: Reply("<h1>Gone</h1>", 410), 500: Reply("", 500)}


def standing(
    tmp_path, nights: list[int | None], *, fronts: Collection[int] = (), named: bool = True, robots: str = ""
) -> list[int]:
    """How many of two stories stand after each night; on a night with a status, all of their pages answer with it.

    `fronts`: on which of these nights front page and feed do so, too. `named` False: the lists of the last two nights
    name one of the two alone. `robots`: what robots.txt says from the third night on.
    """
    stories = {path: story(path[6:].replace("-", " ").capitalize()) for path in PATHS}
    lists = {"/": front(*PATHS), "/feed.xml": rss(*PATHS)}
    stand = []
    with serving(lists | stories) as site:
        desk = Desk(tmp_path, source(site), revisit_after="1 h", revisit_at_most="1 d")
        for number, status in enumerate(nights):
            shown = lists if named or number < len(nights) - 2 else {"/": front(PATHS[0]), "/feed.xml": rss(PATHS[0])}
            gone = dict.fromkeys([*PATHS, *(lists if number in fronts else ())], GONE[status]) if status else {}
            rules = {"/robots.txt": Reply(robots if number > 1 else "", type="text/plain")}
            site.routes |= shown | stories | gone | rules
            desk.crawl()
            desk.wait(days=1, hours=1)
            stand.append(sum(path in desk.bodies for path in PATHS))
    return stand


@pytest.mark.parametrize("status", [404, 410])
def test_a_site_that_is_down_for_some_nights_loses_no_story(tmp_path, status):
    nights = [None, None, *[status] * 4, None]
    assert standing(tmp_path, nights, fronts=range(2, 6))[-2:] == [2, 2]


def test_failures_of_another_kind_are_forgotten_before_a_night_on_which_the_site_is_down(tmp_path):
    assert standing(tmp_path, [None, None, 500, 500, 404, 404, 404], fronts={3, 4}) == [2] * 7


def test_a_front_page_that_robots_txt_disallows_spares_no_story(tmp_path):
    assert standing(tmp_path, [None, None, 404, 404, 404], robots="User-agent: *\nDisallow: /$\n")[-1] == 0


def test_a_story_that_was_withdrawn_stands_again_when_its_site_names_it_again(tmp_path):
    assert standing(tmp_path, [None, None, 410, 410, None, None]) == [2, 2, 0, 0, 2, 2]


def test_a_story_that_nothing_names_any_more_is_not_asked_for_again(tmp_path):
    assert standing(tmp_path, [None, None, 410, None], named=False) == [2, 2, 0, 1]

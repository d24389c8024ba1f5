"""A redirect by another site that sends back is followed; what that site says is never believed for good."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest

from corpus.config import Source
from crawler.discovery.scope import scope_of
from tests.crawler.crawling import Desk, front, source, story
from tests.crawler.discovery.test_scope import SOURCE
from tests.crawler.faultweb import Reply, Site, serving

STORY, BACK = "/town/the-mill-opens", "/town/the-mill-opens?checked=1"


@pytest.fixture
def sites() -> Iterator[tuple[Site, Site]]:
    with (
        serving({"/": front(STORY, feed=None), BACK: story("The mill opens")}) as site,
        closing(Site("127.88.0.2", {}, site.port)) as away,  # a source's ports alone may be asked
    ):
        yield site, away


def sent(there: str, status: int = 302) -> Reply:
    return Reply("", status, headers={"Location": there})


def by(site: Site, away: Site, status: int = 302, *, path: str = "/sign-on") -> str:
    """Lead from the story over the other site, which sends back; return where it is asked."""
    there = f"{path}?return={quote(site.url + BACK, safe='')}"
    site.routes[STORY] = sent(away.url + there, status)
    away.routes[there] = sent(site.url + BACK, status)
    return there


def test_a_story_is_had_over_a_site_that_sends_back(tmp_path: Path, sites: tuple[Site, Site]) -> None:
    site, away = sites
    there = by(site, away)
    desk = Desk(tmp_path, source(site))
    desk.crawl()
    assert len(desk.bodies) == 1
    assert away.paths == ["/robots.txt", there]


def test_robots_txt_of_the_other_site_holds(tmp_path: Path, sites: tuple[Site, Site]) -> None:
    site, away = sites
    by(site, away)
    away.routes["/robots.txt"] = Reply("User-agent: *\nDisallow: /sign-on", type="text/plain")
    desk = Desk(tmp_path, source(site))
    desk.crawl()
    assert (desk.bodies, away.paths) == ({}, ["/robots.txt"])


@pytest.mark.parametrize("steps", [1, 2, 3])
def test_what_another_site_answers_is_no_story_of_this_one(
    tmp_path: Path, sites: tuple[Site, Site], steps: int
) -> None:
    site, away = sites
    there = by(site, away)
    for n in range(1, steps):
        here, there = there, f"/{n}?return={quote(site.url, safe='')}"
        away.routes[here] = sent(away.url + there)
    away.routes[there] = story("Of another paper") if steps < 3 else sent(site.url + BACK)
    desk = Desk(tmp_path, source(site))
    desk.crawl()
    assert (desk.bodies, desk.outcome(site, STORY)[1]) == ({}, "out-of-scope")


def test_a_site_that_does_not_name_this_one_is_not_asked(tmp_path: Path, sites: tuple[Site, Site]) -> None:
    site, away = sites
    site.routes[STORY] = sent(f"{away.url}/elsewhere")
    desk = Desk(tmp_path, source(site))
    desk.crawl()
    assert (away.paths, desk.outcome(site, STORY)[1]) == ([], "out-of-scope")


def test_another_site_moves_no_story_for_good(tmp_path: Path, sites: tuple[Site, Site]) -> None:
    site, away = sites
    by(site, away, 301)
    desk = Desk(tmp_path, source(site))
    desk.crawl()
    assert set(desk.bodies) == {STORY}  # under the address that the site itself led to


@pytest.mark.parametrize(
    ("url", "may"),
    [
        ("https://login.example/?return=https%3A%2F%2Fgazette.example%2Fa", True),
        ("https://login.example/?return=https%253A%252F%252Fwww.gazette.example%252Fa", True),
        ("https://login.example/gazette.example/a", True),
        ("https://login.example/a", False),
        ("https://gazette.example.evil.example/a", False),
        ("https://login.example/?return=https://gazette.example.evil.example/", False),
        ("https://login.example/?return=https://the-gazette.example/", False),
    ],
)
def test_a_site_may_send_back_whose_address_has_one_of_the_source(url: str, may: bool) -> None:
    assert scope_of(SOURCE).may_send_back(url) is may


@pytest.mark.parametrize("own", ["https://zürich.example/", "https://xn--zrich-kva.example:443/"])
def test_a_host_is_known_by_its_ascii_form_in_the_address_of_a_site_that_may_send_back(own: str) -> None:
    scope = scope_of(Source(url=own, name="gazette"))
    assert scope.may_send_back("https://login.example/?return=https%3A%2F%2Fxn--zrich-kva.example%2Fa")
    assert not scope.may_send_back("https://login.example/?return=https%3A%2F%2Fzurich.example%2Fa")

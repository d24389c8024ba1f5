"""A host that fails, among those on the way of a page and those of a robots.txt: which of them is left alone."""

import socket
from pathlib import Path

import pytest

from tests.crawler.crawling import Desk, front, source, story
from tests.crawler.faultweb import Reply, serving

AWAY = "127.88.0.2"  # nobody answers there
PAGES = {f"/news/story-of-day-{n:05}": story(f"Story {n}") for n in range(8)}


def test_the_host_that_fails_rests_and_not_the_one_that_sends_there(tmp_path: Path) -> None:
    with serving({}) as site:
        sent = {
            f"/news/sent-to-elsewhere-{n}": Reply("", 302, headers={"Location": f"http://{AWAY}:{site.port}/a"})
            for n in range(6)
        }
        site.routes |= {"/": front(*sent, *PAGES, feed=None), **sent, **PAGES}
        desk = Desk(tmp_path, source(site, sections=[f"http://{AWAY}:{site.port}/"]))
        desk.crawl()
    assert desk.store.journal.host(site.host).paused_until is None
    assert desk.store.journal.host(AWAY).paused_until is not None
    assert len(desk.bodies) == len(PAGES)


def test_a_robots_file_that_leads_to_a_host_that_is_down_allows_nothing_for_now(tmp_path: Path) -> None:
    with serving({"/": front(*PAGES, feed=None), **PAGES}) as site:
        site.routes["/robots.txt"] = Reply("", 302, headers={"Location": f"http://{AWAY}:{site.port}/robots.txt"})
        desk = Desk(tmp_path, source(site))
        desk.crawl()
    assert site.paths == ["/robots.txt"] * 2
    assert desk.store.journal.host(site.host).paused_until is not None


def test_a_page_that_is_not_asked_for_says_nothing_of_its_host(tmp_path: Path) -> None:
    """Four failures in a row count as such with pages that robots.txt forbids between them."""
    broken = dict.fromkeys(PAGES, Reply("", 500))
    barred = [f"/barred/page-of-the-night-{n}" for n in range(8)]
    links = [each for pair in zip(PAGES, barred, strict=True) for each in pair]
    with serving(
        {
            "/": front(*links, feed=None),
            **broken,
            "/robots.txt": Reply("User-agent: *\nDisallow: /barred/", type="text/plain"),
        }
    ) as site:
        Desk(tmp_path, source(site)).crawl()
    assert sum(path in PAGES for path in site.paths) == 4


@pytest.mark.parametrize("place", ["http://127.0.0.1:9/robots.txt", "http://10.0.0.1/robots.txt"])
def test_a_robots_file_that_leads_where_no_request_may_go_is_one_that_cannot_be_had(tmp_path: Path, place: str) -> None:
    with serving({"/": front(*PAGES, feed=None), **PAGES}) as site:
        site.routes["/robots.txt"] = Reply("", 302, headers={"Location": place})
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        assert desk.outcome(site, "/") == ("refused", "robots-unreachable")
    assert site.paths == ["/robots.txt"] * 2


def test_a_proxy_without_room_for_a_connection_is_held_against_no_host(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full, socket.create_connection(full.getsockname()):
        assert_held_against_no_host(tmp_path, f"http://127.0.0.1:{full.getsockname()[1]}")


def test_a_proxy_that_does_not_answer_is_waited_for_once_and_held_against_no_host(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert_held_against_no_host(tmp_path, f"socks5://127.0.0.1:{silent.getsockname()[1]}")
        silent.setblocking(False)
        with silent.accept()[0], pytest.raises(BlockingIOError):
            silent.accept()


def assert_held_against_no_host(folder: Path, proxy: str) -> None:
    with serving({"/": front(feed=None)}) as site, serving({"/": front(feed=None)}) as other:
        sources = source(site), source(other, name="other")
        desk = Desk(folder, *sources, proxy=proxy, timeout=0.3, concurrency=1)
        desk.crawl()
        assert [desk.outcome(each, "/") for each in (site, other)] == [("failed", "proxy")] * 2
        desk = Desk(folder, *sources)
        desk.wait(minutes=11)
        desk.crawl()
    assert "/" in site.paths
    assert "/" in other.paths


def test_pages_that_ask_for_a_short_rest_once_each_do_not_end_the_night_of_their_site(tmp_path: Path) -> None:
    paths = [f"/news/story-of-the-day-{n}" for n in range(8)]
    with serving({"/": front(*paths, feed=None)}) as site:
        for path in paths[:6]:
            answers = [Reply("busy", 503, headers={"Retry-After": "1"}), story(f"Of {path}")]
            site.routes[path] = lambda _, answers=answers: answers.pop(0)
        site.routes.update({path: story(f"Of {path}") for path in paths[6:]})
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        asked = [path for path in site.paths if path in paths]
    assert set(desk.bodies) == set(paths)
    assert asked[:4] == [paths[0], paths[0], paths[1], paths[1]]


def test_a_page_that_leads_to_a_host_that_asks_for_a_short_rest_is_read_after_it(tmp_path: Path) -> None:
    where = "/news/leads-to-the-other-host"
    answers = [Reply("busy", 503, headers={"Retry-After": "1"}), story()]
    with serving({"/": front(where, feed=None)}) as site, serving({}, "127.88.0.2") as other:
        site.routes[where] = Reply("", 302, headers={"Location": other.url + where})
        other.routes[where] = lambda _: answers.pop(0)
        desk = Desk(tmp_path, source(site, sections=[other.url + "/"]))
        desk.crawl()
    assert set(desk.bodies) == {where}
    assert site.paths.count(where) == 2

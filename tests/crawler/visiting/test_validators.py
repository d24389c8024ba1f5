"""ETag and Last-Modified from one visit to the next."""

from pathlib import Path

import pytest

from tests.crawler.crawling import Desk, front, source, story
from tests.crawler.faultweb import Asked, Reply, Site, serving

PAGE = "/news/walls-along-the-river-held"
ETAG = '"caf\xe9-\x80"'


def sent(site: Site) -> list[str | None]:
    return [asked.headers.get("if-none-match") for asked in site.log if asked.path == PAGE]


def test_an_etag_that_is_not_ascii_lets_the_next_visit_be_a_304(tmp_path: Path) -> None:
    def page(asked: Asked) -> Reply:
        known = asked.headers.get("if-none-match") == ETAG
        return Reply("", 304) if known else Reply(story(), headers={"ETag": ETAG})

    with serving({"/": front(PAGE, feed=None), PAGE: page}) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        desk.wait(hours=7)
        assert desk.crawl().status == "ok"
        assert sent(site) == [None, ETAG]
        assert desk.outcome(site, PAGE) == ("unchanged", "not-modified")


@pytest.mark.parametrize("times", [1, 9])
def test_a_304_to_an_address_that_never_gave_a_page_is_a_failure_that_may_pass(tmp_path: Path, times: int) -> None:
    def page(asked: Asked) -> Reply:
        return Reply("", 304) if len(sent(site)) <= times else Reply(story())

    with serving({"/": front(PAGE, feed=None), PAGE: page}) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        assert len(sent(site)) == 2
        assert desk.outcome(site, PAGE) == (("new", None) if times == 1 else ("failed", "http-304"))


def test_after_an_answer_that_cannot_be_read_the_next_visit_sends_no_validators(tmp_path: Path) -> None:
    whole = Reply(story(), headers={"ETag": '"a1"'})
    with serving({"/": front(PAGE, feed=None), PAGE: whole}) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        site.routes[PAGE] = lambda asked: asked.write(b"\x1b not HTTP\r\n\r\n")
        desk.wait(hours=7)
        desk.crawl()
        assert desk.outcome(site, PAGE) == ("failed", "protocol")
        site.routes[PAGE] = whole
        desk.wait(days=8)
        desk.crawl()
        assert sent(site)[1] == '"a1"'
        assert sent(site)[-1] is None
        assert list(desk.bodies) == [PAGE]


@pytest.mark.parametrize("broken", ["protocol", "400", "412", "truncated"])
def test_a_server_that_breaks_on_conditions_is_asked_again_at_once_without_them(tmp_path: Path, broken: str) -> None:
    def page(asked: Asked) -> Reply | None:
        if "if-none-match" not in asked.headers:
            return Reply(story(), headers={"ETag": '"a1"'})
        if broken.isdecimal():
            return Reply("no", int(broken))
        asked.write(b"\x1b" if broken == "protocol" else b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nx")
        return None

    with serving({"/": front(PAGE, feed=None), PAGE: page}) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        desk.wait(hours=7)
        assert desk.crawl().status == "ok"
        assert sent(site) == [None, '"a1"', None]
        assert desk.outcome(site, PAGE)[0] == "unchanged"


def test_a_page_that_is_broken_without_conditions_too_is_asked_twice_and_no_more(tmp_path: Path) -> None:
    with serving({"/": front(PAGE, feed=None), PAGE: Reply(story(), headers={"ETag": '"a1"'})}) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        site.routes[PAGE] = Reply("no", 400)
        desk.wait(hours=7)
        desk.crawl()
        assert sent(site) == [None, '"a1"', None]
        assert desk.outcome(site, PAGE) == ("failed", "http-400")

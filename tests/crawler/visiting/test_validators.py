"""ETag and Last-Modified from one visit to the next."""

from pathlib import Path

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

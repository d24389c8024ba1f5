"""An answer of 200 that has nothing says nothing of its story: it is asked again the same night, and the next."""

from pathlib import Path

import pytest

from corpus.model import UrlState
from crawler.visiting.stories.blank import blank
from tests.crawler.crawling import Desk, front, source, story
from tests.crawler.faultweb import Reply, serving

PATH = "/news/a-b-c-d"
NOTHING = [
    b"",
    b" \r\n\t ",
    b"\xef\xbb\xbf",
    b"<html></html>",
    b'<!doctype html>\n<html lang="ka">\n<head><meta charset="utf-8"><title></title></head>\n<body>\n</body></html>\n',
    b"<!-- cached at 03:12 -->",
    "<html><body>\n</body></html>".encode("utf-16-le"),
    b"<html><body><div class=wrapper>&nbsp;</div></body></html>",
    b"OK",
    b"null",
    b"<html><body>0</body></html>",
]
SOMETHING = [
    b"<html><body><script src=/app.js></script><div id=root></div></body></html>",
    b'<html><head><meta http-equiv="refresh" content="0; url=/news/other"></head></html>',
    b'<html><head><link rel="canonical" href="/news/other"></head><body></body></html>',
    b"<html><body><img src=/poster.jpg></body></html>",
    b"<html><body><a href=/></a></body></html>",
    b"<html><body><iframe src=/inner></iframe></body></html>",
    b"<html><head><title>The harbour opens</title></head><body></body></html>",
    b"<p>Not found.</p>",
    "<p>記事はありません</p>".encode(),
    b"<p></p>" * 2_000,
]


@pytest.mark.parametrize("content", NOTHING)
def test_a_page_without_a_word_a_script_a_picture_or_a_link_is_blank(content: bytes) -> None:
    assert blank(content) is not None


@pytest.mark.parametrize("content", SOMETHING)
def test_a_page_that_has_something_is_read(content: bytes) -> None:
    assert blank(content) is None


@pytest.mark.parametrize("content", [b"", b"<html></html>"])
def test_a_page_that_is_blank_once_is_stored_in_the_same_run(tmp_path: Path, content: bytes) -> None:
    answers = iter([Reply(content), Reply(story())])
    with serving({"/": front(PATH, feed=None), PATH: lambda _: next(answers)}) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
    assert list(desk.bodies) == [PATH]


def test_a_page_that_is_blank_all_night_is_stored_the_next(tmp_path: Path) -> None:
    with serving({"/": front(PATH, feed=None), PATH: Reply(b"")}) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        asked = desk.store.frontier.entry(site.url + PATH)
        assert (asked.state, asked.attempts) == (UrlState.WAITING, 1)
        assert desk.outcome(site, PATH) == ("failed", "blank")
        assert asked.reason == "blank: 0 bytes with a word at most"
        site.routes[PATH] = story()
        desk.wait(hours=24)
        desk.crawl()
    assert list(desk.bodies) == [PATH]


def test_a_page_that_stays_blank_is_given_up_after_some_nights(tmp_path: Path) -> None:
    with serving({"/": front(PATH, feed=None), PATH: Reply(b"")}) as site:
        desk = Desk(tmp_path, source(site))
        for _ in range(12):
            desk.crawl()
            desk.wait(hours=24 * 7)
        assert desk.store.frontier.entry(site.url + PATH).state is UrlState.DROPPED


def test_a_blank_answer_leaves_a_stored_story_as_it_is(tmp_path: Path) -> None:
    with serving({"/": front(PATH, feed=None), PATH: story()}) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        before = desk.bodies
        site.routes[PATH] = Reply(b"")
        desk.wait(hours=24)
        desk.crawl()
    assert desk.bodies == before
    assert desk.outcome(site, PATH)[0] == "failed"

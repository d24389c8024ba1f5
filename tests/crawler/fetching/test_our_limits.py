"""A limit of this machine that is reached while a connection is made: no fault of the host's, nor of the proxy's."""

import asyncio
import errno
from pathlib import Path

import pytest

from corpus.errors import FetchError
from crawler.fetching.dialing import STRAIGHT, Route, proxy_of
from crawler.fetching.fetch import Fetcher
from crawler.fetching.politeness import UNREACHABLE
from crawler.values import Request
from tests.crawler.crawling import Desk, front, source, story
from tests.crawler.faultweb import ALLOWED, serving
from tests.limits import no_more_files
from web.layout.alarms import alarms


@pytest.mark.parametrize("proxy", [None, "http://127.0.0.1:9", "socks5://127.0.0.1:9"])
@pytest.mark.parametrize("host", ["127.88.0.1", "localhost"])
def test_a_connection_for_which_no_file_may_be_opened_is_our_fault(host: str, proxy: str | None) -> None:
    async def once() -> None:
        route = Route(proxy_of(proxy)) if proxy else STRAIGHT
        async with Fetcher("pressmark", allow_addresses=ALLOWED, route=route) as fetcher:
            with no_more_files():
                await fetcher.fetch(Request(address=f"http://{host}/"))

    with pytest.raises(FetchError, match="no more files may be open") as caught:
        asyncio.run(once())
    assert caught.value.reason == "limits"


def test_a_host_is_not_left_alone_for_connections_that_we_could_not_make(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refused(*_: object, **__: object) -> None:
        raise OSError(errno.EMFILE, "Too many open files")

    pages = {f"/news/story-of-day-{n:05}": story(f"Story {n}") for n in range(2)}
    with serving({"/": front(*pages, feed=None), **pages}) as site:
        desk = Desk(tmp_path, source(site, sections=[f"{site.url}/town/{n}" for n in range(2 * UNREACHABLE)]))
        for _ in range(7):  # more nights than an address of a site may fail
            with monkeypatch.context() as patched:
                patched.setattr(asyncio.BaseEventLoop, "create_connection", refused)
                run = desk.crawl()
            desk.wait(minutes=11)
        assert desk.outcome(site, "/") == ("failed", "limits")
        assert desk.store.journal.host(site.host).paused_until is None
        assert (run.status, desk.store.health.of("gazette")) == ("partial", None)
        assert (run.note or "").startswith(
            "9 visits met a limit of this machine, and are made again: no more files may"
        )
        (alarm,) = alarms(desk.config, desk.store, desk.now(), behind=0)
        assert alarm.text.endswith(f"met a limit of this machine: `pressmark runs {run.id}` says which")
        assert desk.crawl().status == "ok"
    assert set(desk.bodies) == set(pages)
    assert alarms(desk.config, desk.store, desk.now(), behind=0) == []
    assert (desk.store.health.all()["gazette"].state, desk.store.runs.receipts(run.id)[0].lists_lost) == ("ok", 0)

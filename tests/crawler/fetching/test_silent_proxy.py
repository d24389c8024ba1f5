"""A proxy that does not answer a connection in time: it is left alone for a while, unless it answers others."""

import asyncio
import threading
from contextlib import ExitStack
from datetime import timedelta

import pytest

from corpus.errors import FetchError
from crawler.fetching.dialing import Route, proxy_of
from crawler.fetching.fetch import Fetcher
from crawler.values import Limits, Request
from tests.crawler.faultweb import ALLOWED, Site, serving
from tests.crawler.proxies import ProxyServer, proxied

STORY = "<!doctype html><p>The council met on Monday."


class LosesTheFirst(ProxyServer):
    """A proxy that never answers its first connection."""

    def __init__(self) -> None:
        super().__init__()
        self.has_lost = threading.Event()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.has_lost.is_set():
            await super().serve(reader, writer)
            return
        self.has_lost.set()
        await reader.read()
        writer.close()


def test_a_proxy_that_answers_others_is_not_left_alone_for_one_lost_connection() -> None:
    async def main(route: Route, sites: list[Site], has_lost: threading.Event) -> None:
        first, second, third = (Request(address=f"{site.url}/", ports=frozenset({site.port})) for site in sites)
        limits = Limits(silence=timedelta(seconds=0.5))
        async with Fetcher("pressmark", limits=limits, allow_addresses=ALLOWED, route=route) as fetcher:
            lost = asyncio.create_task(fetcher.fetch(first))
            await asyncio.to_thread(has_lost.wait)
            await fetcher.fetch(second)
            with pytest.raises(FetchError, match="did not answer in time"):
                await lost
            await fetcher.fetch(third)

    with ExitStack() as stack:
        sites = [stack.enter_context(serving({"/": STORY}, f"127.88.0.{n}")) for n in (1, 2, 3)]
        proxy = LosesTheFirst()
        stack.enter_context(proxied(proxy))
        asyncio.run(main(Route(proxy_of(f"socks5://127.0.0.1:{proxy.port}")), sites, proxy.has_lost))
        assert [len(site.log) for site in sites] == [0, 1, 1]

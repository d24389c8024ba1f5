"""Turns of one host: the rest between them, who waits together, and the end of a crawl."""

import asyncio
import time
from datetime import timedelta
from itertools import pairwise

import pytest

from corpus.errors import FetchError
from corpus.store import Host
from crawler.fetching.fetch import Fetcher
from crawler.fetching.host_locks import HostLocks
from crawler.fetching.politeness import Gate
from tests.crawler.faultweb import ALLOWED
from tests.crawler.fetching.test_politeness import NOW, Notes

LOOPBACK = "http://127.88.0.1/"


def moments(notes: Notes, *delays: float) -> list[float]:
    """Pass a gate once for each delay, in seconds; return when each turn began and ended, on the monotonic clock."""

    async def pass_all() -> list[float]:
        seen = []
        async with Fetcher("pressmark", allow_addresses=ALLOWED) as fetcher:
            gate = Gate(fetcher, notes, token="pressmark", now=lambda: NOW)
            async with asyncio.timeout(20):
                for seconds in delays:
                    async with gate.admit(LOOPBACK, delay=timedelta(seconds=seconds), obey=False):
                        seen += [time.monotonic(), time.monotonic()]
        return seen

    return asyncio.run(pass_all())


def test_the_longer_delay_of_the_request_before_is_not_cut_short_by_a_source_with_a_shorter_one():
    _, ended, began, _ = moments(Notes(), 0.2, 0)
    assert began - ended >= 0.2


def test_a_clock_that_was_set_back_costs_one_delay_and_not_an_hour():
    later = Host(host="127.88.0.1", last_request=NOW + timedelta(hours=1))
    before = time.monotonic()
    began, _ = moments(Notes(later), 0.1)
    assert 0.1 <= began - before < 15


def test_requests_that_wait_for_one_host_together_each_rest_after_the_one_before():
    async def together() -> list[tuple[float, float]]:
        async with Fetcher("pressmark", allow_addresses=ALLOWED) as fetcher:
            gate = Gate(fetcher, Notes(), token="pressmark", now=lambda: NOW)

            async def ask() -> tuple[float, float]:
                async with gate.admit(LOOPBACK, delay=timedelta(seconds=0.1), obey=False):
                    began = time.monotonic()
                return began, time.monotonic()

            async with asyncio.timeout(20):
                return sorted(await asyncio.gather(*(ask() for _ in range(3))))

    turns = asyncio.run(together())
    assert all(after[0] - before[1] >= 0.099 for before, after in pairwise(turns))


class NotesOfAnother(Notes):
    """What a gate remembers while another crawl asks the host `one.example`: it did so just now."""

    asked = 0

    async def host(self, host: str) -> Host:
        self.asked += host == "one.example"
        return Host(host=host, last_request=NOW if host == "one.example" and self.asked > 1 else None)


def test_a_host_that_waits_for_another_crawls_rest_holds_up_no_other_host_at_its_address(tmp_path):
    order = []

    async def together() -> None:
        async with Fetcher("pressmark", allow_addresses=ALLOWED) as fetcher:
            for name in ("one.example", "two.example"):
                fetcher.resolver._cached[name, 80] = (time.monotonic(), ("127.88.0.1",))
            locks = HostLocks(tmp_path / "hosts.lock")
            gate = Gate(fetcher, NotesOfAnother(), token="pressmark", now=lambda: NOW, host_locks=locks)

            async def ask(name: str, delay: float) -> None:
                async with gate.admit(f"http://{name}/", delay=timedelta(seconds=delay), obey=False):
                    order.append(name)

            async with asyncio.timeout(20):
                first = asyncio.create_task(ask("one.example", 60))
                await asyncio.sleep(0.1)
                await ask("two.example", 0)
                assert order == ["two.example"]
                gate.close()
                with pytest.raises(FetchError, match="the crawl is ending"):
                    await first
            await locks.close()

    asyncio.run(together())


def admitted_after_close(delay: float, *, before: bool) -> tuple[str | None, float]:
    """Close a gate before a request or while it waits; return why the request was sent away, and after how long."""

    async def ask() -> tuple[str | None, float]:
        async with Fetcher("pressmark", allow_addresses=ALLOWED) as fetcher:
            gate = Gate(fetcher, Notes(), token="pressmark", now=lambda: NOW)
            async with gate.admit(LOOPBACK, delay=timedelta(), obey=False):
                pass
            if before:
                gate.close()
            else:
                asyncio.get_running_loop().call_later(0.05, gate.close)
            began, reason = time.monotonic(), None
            try:
                async with asyncio.timeout(20), gate.admit(LOOPBACK, delay=timedelta(seconds=delay), obey=False):
                    pass
            except FetchError as error:
                reason = error.reason
            return reason, time.monotonic() - began

    return asyncio.run(ask())


def test_a_closed_gate_admits_nobody_even_where_no_delay_is_left():
    assert admitted_after_close(0, before=True)[0] == "stopped"


def test_who_waits_for_a_turn_is_sent_away_when_the_gate_closes():
    reason, waited = admitted_after_close(60, before=False)
    assert reason == "stopped"
    assert waited < 15

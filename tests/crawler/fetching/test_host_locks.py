"""Crawls side by side: one asks a host at a time, and the rest after it is kept for the next."""

import asyncio
import errno
import fcntl
import gc
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from weakref import ref

import pytest

from corpus.errors import StoreError
from crawler.fetching import host_locks
from crawler.fetching.host_locks import Alone, HostLocks

NO_REST = timedelta()

HOLDER = """
import asyncio, sys
from datetime import timedelta
from pathlib import Path
from crawler.fetching.host_locks import HostLocks
async def main():
    async with HostLocks(Path(sys.argv[1])).hold("a.example", rest=timedelta(), is_over=lambda: False):
        print("held", flush=True)
        await asyncio.sleep(60)
asyncio.run(main())
"""


def never() -> bool:
    return False


def test_a_turn_that_is_over_is_held_no_longer(tmp_path: Path):
    async def main() -> None:
        locks = HostLocks(tmp_path / "hosts.lock")
        hold = locks.hold("a.example", rest=NO_REST, is_over=never)
        over = ref(hold)
        async with Alone(hold, "https://a.example/"):
            pass
        del hold
        gc.collect()
        assert over() is None
        await locks.close()

    asyncio.run(main())


def test_two_crawls_hold_one_host_in_turn_and_different_hosts_at_once(tmp_path: Path):
    events: list[str] = []

    async def work(locks: HostLocks, name: str, host: str) -> None:
        async with locks.hold(host, rest=NO_REST, is_over=never):
            events.append(f"{name} begins")
            await asyncio.sleep(0.02)
            events.append(f"{name} ends")

    async def main() -> None:
        one, two = HostLocks(tmp_path / "hosts.lock"), HostLocks(tmp_path / "hosts.lock")
        await asyncio.gather(work(one, "1", "a.example"), work(two, "2", "a.example"))
        assert events == ["1 begins", "1 ends", "2 begins", "2 ends"]
        events.clear()
        await asyncio.gather(work(one, "1", "a.example"), work(two, "2", "b.example"))
        assert events[:2] == ["1 begins", "2 begins"]
        await asyncio.gather(one.close(), two.close())

    asyncio.run(main())


def test_the_rest_after_a_request_is_kept_for_other_crawls_and_costs_ours_nothing(tmp_path: Path):
    async def main() -> tuple[float, float]:
        one, two = HostLocks(tmp_path / "hosts.lock"), HostLocks(tmp_path / "hosts.lock")
        async with one.hold("a.example", rest=timedelta(minutes=1), is_over=never):
            pass
        ended = time.monotonic()
        async with one.hold("a.example", rest=timedelta(seconds=0.3), is_over=never):
            again = time.monotonic()
        async with two.hold("a.example", rest=NO_REST, is_over=never):
            theirs = time.monotonic()
        await asyncio.gather(one.close(), two.close())
        return again - ended, theirs - again

    ours, theirs = asyncio.run(main())
    assert ours < 30
    assert theirs >= 0.29


def test_closing_keeps_a_short_rest_and_lets_go_of_a_long_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    async def lasts(rest: float) -> float:
        locks = HostLocks(tmp_path / "hosts.lock")
        async with locks.hold("a.example", rest=timedelta(seconds=rest), is_over=never):
            pass
        began = time.monotonic()
        await locks.close()
        async with HostLocks(tmp_path / "hosts.lock").hold("a.example", rest=NO_REST, is_over=never):
            return time.monotonic() - began

    assert 1.4 <= asyncio.run(lasts(60)) < 50
    monkeypatch.setattr(host_locks, "LONGEST_LINGER", 60)
    assert 0.19 <= asyncio.run(lasts(0.2)) < 50


def test_a_crawl_that_asks_without_a_pause_gives_way(tmp_path: Path):
    async def main() -> int:
        greedy, other = HostLocks(tmp_path / "hosts.lock"), HostLocks(tmp_path / "hosts.lock")
        turns = 0

        async def ask() -> None:
            nonlocal turns
            while True:
                async with greedy.hold("a.example", rest=NO_REST, is_over=never):
                    turns += 1
                    await asyncio.sleep(0.001)

        task = asyncio.create_task(ask())
        await asyncio.sleep(0.02)
        for _ in range(3):
            async with other.hold("a.example", rest=NO_REST, is_over=never):
                pass
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        await asyncio.gather(greedy.close(), other.close())
        return turns

    assert asyncio.run(asyncio.wait_for(main(), 120)) > 1


def test_who_waits_when_the_crawl_is_over_is_sent_away(tmp_path: Path):
    async def main() -> None:
        one, two = HostLocks(tmp_path / "hosts.lock"), HostLocks(tmp_path / "hosts.lock")
        async with one.hold("a.example", rest=NO_REST, is_over=never):
            with pytest.raises(TimeoutError):
                async with two.hold("a.example", rest=NO_REST, is_over=lambda: True):
                    pass
        async with two.hold("a.example", rest=NO_REST, is_over=never):  # and holds nothing back
            pass

    asyncio.run(main())


def test_kill_9_of_a_crawl_frees_its_hosts(tmp_path: Path):
    path = tmp_path / "hosts.lock"
    process = subprocess.Popen([sys.executable, "-c", HOLDER, str(path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"

    async def main(*, over: bool) -> None:
        async with HostLocks(path).hold("a.example", rest=NO_REST, is_over=lambda: over):
            pass

    with pytest.raises(TimeoutError):
        asyncio.run(main(over=True))
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    asyncio.run(main(over=True))


def test_a_file_that_cannot_be_made_is_named(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match=r"file/hosts\.lock: cannot be made"):
        HostLocks(tmp_path / "file" / "hosts.lock")


def test_a_file_that_cannot_be_locked_ends_the_crawl_and_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    async def main() -> None:
        locks = HostLocks(tmp_path / "hosts.lock")
        monkeypatch.setattr(fcntl, "fcntl", refuse)
        async with locks.hold("a.example", rest=NO_REST, is_over=lambda: False):
            pass

    with pytest.raises(StoreError, match=r"hosts\.lock: cannot be locked: No locks available"):
        asyncio.run(main())

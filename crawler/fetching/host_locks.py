"""Host -> a lock that all crawls on this machine share, so that together they ask the host politely.

One file for all hosts, of which each host has two bytes: a lock of the kernel on the first (an "open file description
lock") keeps out other crawls in any process or thread, and ends with its process, kill -9 included. It is held through
the request and the rest after it, so that the next crawl keeps the host's delay, too. Who waits for it holds the second
byte, so that a crawl that asks a host without a pause gives way.
"""

import asyncio
import fcntl
import os
import struct
from collections.abc import Callable
from datetime import timedelta
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from corpus.errors import FetchError, StoreError
from corpus.reasons import Reason
from corpus.texts import about, text

LOOK_EVERY = 0.05  # seconds between looks at a host that another crawl asks; a tenth of the usual rest would starve us
LONGEST_LINGER = 1.5  # seconds after a run's last request: the usual rest of one, and its jitter

_FLOCK = struct.Struct("hhqqi4x")  # struct flock of Linux, 64 bits: type, whence, start, length, pid (0 here)


def is_supported() -> bool:
    """Whether the kernel has these locks; without them one crawl runs at a time."""
    return hasattr(fcntl, "F_OFD_SETLK") and struct.calcsize("l") == 8


class HostLocks:
    """The hosts one crawl holds, among all crawls that use the same file."""

    def __init__(self, path: Path) -> None:
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise StoreError(f"{path}: cannot be made: {error.strerror}") from error
        self._path = path
        self._resting: dict[str, asyncio.TimerHandle] = {}

    def hold(self, host: str, *, rest: timedelta, is_over: Callable[[], bool]) -> "Hold":
        """Hold a host or address while an `async with` block runs and `rest` longer; wait until another crawl lets go.

        Within this crawl, the caller sees to it that one block at a time holds a host.

        Raises:
            TimeoutError: As the block begins: `is_over` says so while another crawl holds the host.
        """
        return Hold(self, host, rest, is_over)

    async def take(self, host: str, is_over: Callable[[], bool]) -> None:
        """Begin what `hold` does."""
        timer = self._resting.pop(host, None)
        if timer is not None:
            timer.cancel()
            return
        place = _place(host)
        if not self._set(fcntl.F_WRLCK, place, 2):  # held by another crawl, or waited for
            await self._wait_for(place + 1, is_over)
            try:
                await self._wait_for(place, is_over)
            except BaseException:
                self._set(fcntl.F_UNLCK, place + 1)
                raise
        self._set(fcntl.F_UNLCK, place + 1)

    def let_go(self, host: str, rest: timedelta) -> None:
        """End what `hold` does, once the rest is over."""
        if rest:
            loop = asyncio.get_running_loop()
            self._resting[host] = loop.call_later(rest.total_seconds(), self._release, host)
        else:
            self._release(host)

    async def close(self) -> None:
        """Let go of all hosts, short rests over; the store knows when a host with a longer one was last asked."""
        end = asyncio.get_running_loop().time() + LONGEST_LINGER
        while self._resting and asyncio.get_running_loop().time() < end:
            await asyncio.sleep(LOOK_EVERY)
        for timer in self._resting.values():
            timer.cancel()
        self._resting.clear()
        os.close(self._file)

    def _release(self, host: str) -> None:
        self._resting.pop(host, None)
        self._set(fcntl.F_UNLCK, _place(host))

    async def _wait_for(self, place: int, is_over: Callable[[], bool]) -> None:
        while not self._set(fcntl.F_WRLCK, place):
            if is_over():
                raise TimeoutError
            await asyncio.sleep(LOOK_EVERY)

    def _set(self, kind: int, place: int, length: int = 1) -> bool:
        """Lock or unlock a byte, or two at once; False when another crawl has one locked.

        Raises:
            StoreError: The file system keeps no locks, or has no room for one more.
        """
        try:
            fcntl.fcntl(self._file, fcntl.F_OFD_SETLK, _FLOCK.pack(kind, os.SEEK_SET, place, length, 0))
        except (BlockingIOError, PermissionError):  # EAGAIN, or EACCES as POSIX allows
            return False
        except OSError as error:
            raise StoreError(f"{self._path}: cannot be locked: {error.strerror}") from error
        return True


class Hold:
    """A host that is held while a block runs."""

    def __init__(self, locks: HostLocks, host: str, rest: timedelta, is_over: Callable[[], bool]) -> None:
        self._locks, self._host, self._rest, self._is_over = locks, host, rest, is_over

    async def __aenter__(self) -> None:
        await self._locks.take(self._host, self._is_over)

    async def __aexit__(self, *error: object) -> None:
        self._locks.let_go(self._host, self._rest)


class Alone:
    """A host or IP address that no other crawl asks; FetchError `stopped` when it never is free."""

    def __init__(self, held: Hold, address: str) -> None:
        self._held, self._address = held, address

    async def __aenter__(self) -> None:
        try:
            await self._held.__aenter__()
        except TimeoutError:
            raise FetchError(Reason.STOPPED, about(self._address, text("the crawl is ending"))) from None

    async def __aexit__(self, *error: object) -> None:
        await self._held.__aexit__(*error)


@lru_cache(1_024)
def _place(host: str) -> int:
    """The first of a host's two bytes, within the offsets a file may have."""
    return int.from_bytes(blake2b(host.encode(), digest_size=8).digest()) >> 2 & ~1

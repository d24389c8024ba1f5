"""Pages -> extractions in worker processes: none can take more than its share of CPU, memory or time.

A worker that is killed, stuck or out of memory costs its page an ExtractError and is replaced; the other pages
go on. Workers are fresh interpreters, never forks of a process with threads, and die with the parent.
"""

import asyncio
import json
import logging
import os
import pickle
import signal
import socket
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast

from corpus.characters import printable
from corpus.errors import ExtractError
from corpus.events import event
from corpus.reasons import Reason
from corpus.texts import about, text
from crawler.pool import answers
from crawler.pool.idle import IdleWorkers
from crawler.pool.joining import read_all
from crawler.pool.reading import Reading
from crawler.pool.sandbox import compiling, environment
from crawler.pool.thread import Threads
from crawler.pool.waiting import WALL_FACTOR, limit_waits, wait_for_answer
from crawler.pool.worker import MAX_ANSWER, MAX_PAGES, receive, send
from crawler.values import Extraction, Page

if TYPE_CHECKING:
    from crawler.extraction.extract import extract
else:
    extract = Reading("crawler.extraction.extract", "extract", Extraction)

MAX_WORKERS = 64
MAX_STDERR = 4_000  # bytes of a worker's standard error that are logged after a page

log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one page may cost: seconds of CPU, seconds without any, bytes of address space of its worker."""

    cpu: float = 10.0
    wall: float = 30.0
    memory: int = 2_000_000_000


class Workers:
    """Up to `count` worker processes: the first is started for the first page, the others as `idle` says.

    Use as `async with Workers(2) as workers: await workers.extract(page)`, or as a plain `with` and `map`.
    """

    def __init__(self, count: int | None = None, *, limits: Limits = Limits()) -> None:
        self.count = min(max(1, count or os.cpu_count() or 1), MAX_WORKERS)
        self._workers = [_Worker(limits) for _ in range(self.count)]
        self.idle = IdleWorkers(self._workers)
        self._calls = Threads("read", self.count, daemon=True)  # of `extract` and `run`
        self._threads = ThreadPoolExecutor(self.count, thread_name_prefix="extract")  # of `map` and `call`

    def __enter__(self) -> "Workers":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    async def __aenter__(self) -> "Workers":
        return self

    async def __aexit__(self, *error: object) -> None:
        await asyncio.to_thread(self.close)

    async def extract(self, page: Page, *, explain: bool = False) -> Extraction:
        """Extract one page; calls may overlap, and wait their turn for a worker.

        Raises:
            ExtractError: The page is beyond its limits (`too-slow`, `out-of-memory`), was refused, or broke its worker.
        """
        return await self._calls.do(partial(read_all, page, partial(self._extract, explain=explain)))

    async def run(self, what: str, read: Callable[P, T], *args: P.args, **options: P.kwargs) -> T:
        """Call a function of a module with hostile bytes, under the same limits; `what` names them in an error.

        The function declares the type it returns, one that crawler/pool/answers.py knows.

        Raises:
            ExtractError: As `extract` does, and for a FetchError the function raised, with its reason.
        """
        return await self._calls.do(partial(self._run, what, read, args, options))

    def call(self, what: str, read: Callable[P, T], *args: P.args, **options: P.kwargs) -> T:
        """Call a function with hostile bytes and wait for its answer; else as `run`."""
        return self._threads.submit(self._run, what, read, args, options).result()

    def map(self, pages: Iterable[Page], *, explain: bool = False) -> Iterator[Extraction | ExtractError]:
        """Extract pages on all workers; one answer each, in the order of `pages`, few pages ahead of the reader."""
        waiting: deque[Future[Extraction]] = deque()
        for page in pages:
            waiting.append(self._submit(page, explain=explain))
            if len(waiting) > 4 * self.count:
                yield _outcome(waiting.popleft())
        while waiting:
            yield _outcome(waiting.popleft())

    def close(self) -> None:
        """End every worker, whatever it is doing; waiting pages fail with `stopped`."""
        self._calls.drop()
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._workers:
            worker.stop()
        self._threads.shutdown(wait=True)
        self._calls.close()
        for worker in self._workers:
            worker.end()

    def take_replaced(self) -> int:
        """Return how many processes were lost to a page since this was last asked, and count again."""
        counts = [worker.lost for worker in self._workers]
        for worker, count in zip(self._workers, counts, strict=True):
            worker.lost -= count
        return sum(counts)

    def _submit(self, page: Page, *, explain: bool) -> Future[Extraction]:
        return self._threads.submit(read_all, page, partial(self._extract, explain=explain))

    def _extract(self, page: Page, *, explain: bool) -> Extraction:
        return self._run(page.url, extract, (page,), {"explain": explain})

    def _run(self, what: str, read: Callable[..., T], args: tuple[Any, ...], options: dict[str, Any]) -> T:
        worker = self.idle.take()
        try:
            return worker.run(what, read, args, options)
        finally:
            self.idle.give(worker)


class _Worker:
    """One process at a time; a new one takes the place of one that is gone. Used by one thread at a time."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.process: subprocess.Popen[bytes] | None = None
        self.link: socket.socket | None = None
        self.stderr: int | None = None
        self.pages = 0
        self.lost = 0  # processes that a page cost
        self.stopped = False

    def run(self, what: str, read: Callable[..., T], args: tuple[Any, ...], options: dict[str, Any]) -> T:
        link, process = self._running(read)
        try:
            send(link, pickle.dumps((read, args, options), pickle.HIGHEST_PROTOCOL))
            wait_for_answer(link, process.pid, self.limits.wall)
            answer = receive(link, at_most=MAX_ANSWER, within=self.limits.wall * WALL_FACTOR)
        except (TimeoutError, BlockingIOError):
            self._lose()
            # It did not reach its limit of CPU, so the page is not too slow: the machine was, or the process hung.
            raise ExtractError(
                Reason.WORKER_DIED,
                about(what, text("its worker used too little processor time to answer, and was ended")),
            ) from None
        except OSError:
            answer = None
        if answer is None:
            raise self._died(what)
        self.pages += 1
        self._log_stderr()
        try:
            reason, result = answers.parted(answer)
            if not reason:
                return cast(T, answers.read(result, answers.declared(read)))
            message = str(json.loads(result))
        except ValueError:
            self._lose()  # a process that answers so is no worker of ours any more
            raise ExtractError(
                Reason.CRASHED, about(what, text("its worker answered with what reading cannot give"))
            ) from None
        if reason == Reason.OUT_OF_MEMORY:
            self._lose()
        raise ExtractError(reason, about(what, printable(message, 1000)))

    def stop(self) -> None:
        """Kill the process, from any thread; a thread that waits for it finds it dead."""
        self.stopped = True
        if self.process:
            self.process.kill()

    def end(self) -> int | None:
        """Kill the process if it lives, and return its exit status."""
        process, link, self.process, self.link = self.process, self.link, None, None
        if link:
            link.close()
        self._log_stderr()
        stderr, self.stderr = self.stderr, None
        if stderr is not None:
            os.close(stderr)
        if not process:
            return None
        process.kill()
        if process.stdin:
            process.stdin.close()
        return process.wait()

    def _lose(self) -> None:
        """End the process because of its page; the next page gets a new one."""
        self.lost += 1
        self.end()

    def _running(self, read: Callable[..., object]) -> tuple[socket.socket, subprocess.Popen[bytes]]:
        if self.stopped:
            raise ExtractError(Reason.STOPPED, text("the crawl was stopped"))
        if self.pages >= MAX_PAGES or (self.process and self.process.poll() is not None):
            self.end()
        if self.link is None:
            self._start(read)
        assert self.link
        assert self.process
        return self.link, self.process

    def _start(self, read: Callable[..., object]) -> None:
        """Start a process, which imports `read` before it gives up what a page must not have."""
        ours, theirs = socket.socketpair()
        limit_waits(ours, self.limits.wall)
        own = [str(theirs.fileno()), str(self.limits.cpu), str(self.limits.memory), pickle.dumps(read).hex()]
        reading, writing = os.pipe()
        os.set_blocking(reading, False)
        os.set_blocking(writing, False)  # a process that floods it loses log lines, not time
        try:
            with theirs:
                # -S: PYTHONPATH has all folders already, and reading their .pth files is a fortieth of the start.
                self.process = subprocess.Popen(  # noqa: S603  our own module
                    [sys.executable, "-P", "-S", *compiling(), "-m", "crawler.pool.worker", *own],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.DEVNULL,
                    stderr=writing,
                    pass_fds=(theirs.fileno(),),
                    env=environment(),
                    cwd="/",
                )
        except BaseException:
            os.close(reading)
            raise
        finally:
            os.close(writing)
        self.link, self.pages, self.stderr = ours, 0, reading
        if self.stopped:  # meanwhile, when there was no process to kill
            self.process.kill()

    def _log_stderr(self) -> None:
        """Log what the worker wrote to its standard error, cleaned and cut; what libraries warn of ends up there."""
        with suppress(OSError):
            if self.stderr is not None and (written := os.read(self.stderr, MAX_STDERR)):
                said = printable(written.decode("utf-8", "replace"), MAX_STDERR)
                event(log, "worker wrote to stderr", level=logging.DEBUG, text=said)

    def _died(self, what: str) -> ExtractError:
        status = None  # the kernel may not have let it go yet when the socket closes
        with suppress(subprocess.TimeoutExpired):
            status = self.process.wait(timeout=5) if self.process else None
        if self.stopped:
            self.end()
            return ExtractError(Reason.STOPPED, about(what, text("the crawl was stopped")))
        self._lose()
        if status == -signal.SIGXCPU:
            return ExtractError(
                Reason.TOO_SLOW, about(what, text("not read within {seconds} s of CPU", seconds=f"{self.limits.cpu:g}"))
            )
        if status == -signal.SIGKILL:  # as the kernel does where memory runs out; it says so to nobody else
            how = text("its worker was killed, perhaps because the machine ran out of memory")
        elif status is not None and status < 0:
            how = text("its worker was ended by signal {number}", number=str(-status))
        else:
            how = text("its worker ended with status {status}", status=str(status))
        return ExtractError(Reason.WORKER_DIED, about(what, how))


def shared_or_own(shared_workers: Workers | None, count: int | None) -> Workers | nullcontext[Workers]:
    """Return workers for a `with`: shared ones, which stay open, or own ones, which end with it."""
    return nullcontext(shared_workers) if shared_workers else Workers(count)


def _outcome(future: Future[Extraction]) -> Extraction | ExtractError:
    try:
        return future.result()
    except ExtractError as error:
        return error

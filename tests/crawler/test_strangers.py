"""Whatever strangers send, each parser ends within its limits, with a value or an error of ours.

Each runs in a worker, whose kernel's limits are those that are promised: two seconds of CPU and 300 MB beyond what the
code itself takes.
"""

import asyncio
import random
from collections.abc import Iterator

import pytest

from corpus.errors import FetchError
from crawler.fetching.fetch import Fetcher
from crawler.pool.workers import Limits, Workers
from crawler.values import Limits as ExchangeLimits
from crawler.values import Request
from tests.crawler.faultweb import ALLOWED, Asked, serving
from tests.crawler.strangers import PARSERS, attempts, mutated

CODE = 450_000_000  # bytes of address space that interpreter and libraries take before anything is read
MEMORY = 300_000_000

HEAD = (
    b'HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: 24\r\nETag: "a1"\r\n'
    b"Last-Modified: Mon, 02 Nov 2026 10:00:00 GMT\r\nRetry-After: 120\r\nX-Robots-Tag: noarchive\r\nServer: x\r\n"
    b"Set-Cookie: id=7; Path=/\r\n\r\n<p>The walls held.</p>\r\n\r\n"
)
MOVED = b"HTTP/1.1 302 Found\r\nLocation: https://gazette.example/a?b=c\r\nContent-Length: 0\r\n\r\n"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X\r\n\r\n6;a=b\r\n<p>abc\r\n0\r\nX: y\r\n\r\n"


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    """One worker that reads for all parsers; when an input ends it, another takes its place."""
    with Workers(1, limits=Limits(cpu=60, wall=300, memory=CODE + MEMORY)) as workers:
        yield workers


def said(workers: Workers, name: str, *, rounds: int, count: int) -> list[str]:
    """Ask a worker to read so many rounds of inputs; return what went wrong."""
    answers = (workers.call(name, attempts, name, seed, count) for seed in range(rounds))
    return [each for each in answers if each]


@pytest.mark.parametrize("name", PARSERS)
def test_noise_killers_and_mutations_are_read_within_the_limits(workers: Workers, name: str) -> None:
    assert said(workers, name, rounds=1, count=60) == []


@pytest.mark.soak
@pytest.mark.parametrize("name", PARSERS)
def test_ten_thousand_mutations_are_read_within_the_limits(workers: Workers, name: str) -> None:
    assert said(workers, name, rounds=20, count=500) == []


def outcomes(seed: int, count: int) -> set[str]:
    """Ask a server that answers with mutated heads; return the statuses and the reasons of failures."""
    draw = random.Random(seed)
    answers = [mutated(draw.choice((HEAD, MOVED, CHUNKED)), draw) for _ in range(count)]

    def answer(asked: Asked) -> None:
        asked.write(answers[int(asked.path[1:])])

    async def ask_all() -> set[str]:
        limits = ExchangeLimits()
        async with Fetcher("pressmark", limits=limits, allow_addresses=ALLOWED) as fetcher:
            found = set()
            for number in range(count):
                request = Request(address=f"{site.url}/{number}", ports=frozenset({site.port}))
                try:
                    found.add(str((await fetcher.exchange(request)).status))
                except FetchError as error:
                    found.add(error.reason if str(error).isprintable() else f"not printable: {error}")
            return found

    with serving({f"/{number}": answer for number in range(count)}) as site:
        return asyncio.run(ask_all())


def test_mutated_heads_end_with_an_answer_or_a_reason() -> None:
    found = outcomes(1, 300)
    assert {"200", "302", "protocol"} <= found
    assert not [each for each in found if each.startswith("not printable")]


@pytest.mark.soak
def test_ten_thousand_mutated_heads_end_with_an_answer_or_a_reason() -> None:
    found = outcomes(2, 10_000)
    assert {"200", "302", "protocol"} <= found
    assert not [each for each in found if each.startswith("not printable")]

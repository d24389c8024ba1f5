"""Heads of many or long lines, trailers without end, and an answer behind the answer: a reason, soon."""

import asyncio

import pytest

from corpus.errors import FetchError
from crawler.fetching.fetch import Fetcher
from crawler.values import Request
from tests.counting import calls
from tests.crawler.faultweb import ALLOWED, serving
from tests.crawler.fetching.test_fetch import PAGE, refusal


def refused(answer: bytes) -> tuple[int, str]:
    """How many functions are called until an answer is refused, and why it is."""
    reasons: list[str] = []
    work = calls(lambda: reasons.append(refusal(lambda asked: asked.write(answer))))
    return work, reasons[0]


@pytest.mark.parametrize(
    "head",
    [
        b"A: b\r\n" * 100_000,
        b"A:\r\n" * 100_000,
        b"Set-Cookie: a=b\r\n" * 100_000,
        b"A: " + b"x" * 5_000_000 + b"\r\n",
        b"x" * 5_000_000,
        b"A: b\r\n" + b" folded\r\n" * 100_000,
        b"\r\n".join(b"X-%d: y" % number for number in range(100_000)) + b"\r\n",
        b"Content-Type: text/html; " + b"a=b; " * 1_000_000 + b"\r\n",
    ],
)
def test_a_head_of_many_or_long_lines_is_refused_before_it_costs_seconds(head):
    work, reason = refused(b"HTTP/1.1 200 OK\r\n" + head + b"\r\nok")
    assert reason in {"protocol", "too-large"}
    assert work < 20_000  # a tenth of it


def test_trailers_without_end_are_refused_before_they_cost_seconds():
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n"
    work, reason = refused(head + b"A: b\r\n" * 200_000 + b"\r\n")
    assert reason in {"protocol", "too-large"}
    assert work < 20_000


def test_what_stands_behind_an_answer_is_never_the_answer_of_another_request():
    both = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
    behind = b"2\r\nok\r\n0\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil"
    with serving({"/": lambda asked: asked.write(both + behind), "/b": PAGE}) as site:

        async def ask(fetcher: Fetcher, path: str) -> str:
            try:
                answer = await fetcher.fetch(Request(address=site.url + path, ports=frozenset({site.port})))
            except FetchError as error:
                return error.reason
            return answer.content.decode()

        async def twice() -> list[str]:
            async with Fetcher("pressmark", allow_addresses=ALLOWED) as fetcher:
                return [await ask(fetcher, path) for path in ("/", "/b")]

        first, second = asyncio.run(twice())
    assert first in {"ok", "protocol"}
    assert second == PAGE

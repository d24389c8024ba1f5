"""Why an exchange failed is said by the step that it failed at: connection, TLS, head or body of the answer."""

import asyncio
from contextlib import suppress
from datetime import timedelta

import pytest

from corpus.errors import FetchError
from crawler.fetching.fetch import Fetcher
from crawler.values import Limits, Request

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 99\r\n\r\n"


async def fails(scheme: str, answer: bytes, *, closes: bool) -> FetchError:
    """Ask a server that sends these bytes to whoever connects; it hangs up behind them, or is silent."""
    met: list[asyncio.StreamWriter] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        met.append(writer)
        await reader.read(9)
        writer.write(answer)
        if closes:
            writer.close()

    limits = Limits(silence=timedelta(seconds=5 if closes else 0.3))  # to read the certificates takes a tenth
    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        async with Fetcher("pressmark", limits=limits, allow_addresses=["127.0.0.1"], allow_ports=[port]) as fetcher:
            with pytest.raises(FetchError) as caught:
                await fetcher.fetch(Request(address=f"{scheme}://127.0.0.1:{port}/a"))
    for _ in range(9):  # turns of the loop: a connection that was taken as the client gave up has its writer then
        await asyncio.sleep(0)
    for writer in met:
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()
    return caught.value


@pytest.mark.parametrize(
    ("scheme", "answer", "closes", "reason", "said"),
    [
        ("https", b"", False, "timeout", "no connection was made in time"),
        ("http", b"", False, "timeout", "no bytes came for too long"),
        ("http", HEAD, False, "timeout", "a part of the answer came, and then nothing in time"),
        ("http", HEAD + b"<html>", False, "timeout", "a part of the answer came, and then nothing in time"),
        ("https", b"HTTP/1.1 400 Bad\r\n\r\n", True, "tls", "no connection: what answers there does not speak TLS"),
        ("http", b"", True, "protocol", "the server closed the connection before it answered"),
    ],
)
def test_a_failure_says_at_which_step(scheme: str, answer: bytes, closes: bool, reason: str, said: str) -> None:
    error = asyncio.run(fails(scheme, answer, closes=closes))
    assert (error.reason, str(error).partition("/a: ")[2]) == (reason, said)

"""Connections: used again when nothing is left in them, bounded in number and in what waits to be read."""

import asyncio
from contextlib import asynccontextmanager, suppress

import pytest

from crawler.fetching import connections
from crawler.fetching.address import check_address
from crawler.fetching.connections import Connections
from crawler.fetching.errors import ReadError, TooSilent
from crawler.fetching.transport import Resolver
from crawler.fetching.wire import MAX_READ, MAX_UNREAD, Wire

ANY_PORT = frozenset(range(1, 65_536))

WHOLE = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nstory"


@asynccontextmanager
async def serving(*answers: bytes, address: str = "127.0.0.1"):
    """Give each request of each connection the next answer; count connections in the list given."""
    left, met = list(answers), []

    async def serve(reader, writer):
        met.append(writer)
        while await reader.readuntil(b"\r\n\r\n"):
            writer.write(left.pop(0))

    async def quietly(reader, writer):
        try:
            await serve(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(quietly, address, 0)
    async with server:
        yield f"http://{address}:{server.sockets[0].getsockname()[1]}/", met
    for writer in met:
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()


async def ask(pool: Connections, url: str) -> bytes:
    async with pool.ask(check_address(url, ANY_PORT), [(b"Host", b"gazette.example")], silence=5) as answer:
        return b"".join([chunk async for chunk in answer.chunks()])


@asynccontextmanager
async def pooled(most: int = 4):
    pool = Connections(Resolver(["127.0.0.0/8"]), max_connections=most)
    try:
        yield pool
    finally:
        await pool.aclose()


def test_an_answer_read_to_its_end_leaves_its_connection_to_the_next_request():
    async def main():
        async with serving(WHOLE, WHOLE) as (url, met), pooled() as pool:
            assert [await ask(pool, url), await ask(pool, url)] == [b"story"] * 2
            assert len(met) == 1

    asyncio.run(main())


@pytest.mark.parametrize("first", [WHOLE + b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil", WHOLE + b"x"])
def test_what_comes_after_an_answer_is_never_the_next_one(first):
    async def main():
        async with serving(first, WHOLE) as (url, met), pooled() as pool:
            await ask(pool, url)
            assert await ask(pool, url) == b"story"
            assert len(met) == 2

    asyncio.run(main())


def test_what_comes_unasked_on_an_idle_connection_is_never_an_answer():
    async def main():
        async with serving(WHOLE, WHOLE) as (url, met), pooled() as pool:
            await ask(pool, url)
            met[0].write(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil")
            await met[0].drain()
            while not next(iter(pool._idle)).wire.unread:
                await asyncio.sleep(0)
            assert await ask(pool, url) == b"story"
            assert len(met) == 2

    asyncio.run(main())


def test_an_answer_that_is_not_read_to_its_end_takes_its_connection_along():
    async def main():
        async with serving(WHOLE, WHOLE) as (url, met), pooled() as pool:
            async with pool.ask(check_address(url, ANY_PORT), [(b"Host", b"gazette.example")], silence=5):
                pass
            assert await ask(pool, url) == b"story"
            assert len(met) == 2

    asyncio.run(main())


def test_idle_connections_are_bounded_and_the_oldest_is_closed():
    async def main():
        async with (
            serving(WHOLE, address="127.0.0.1") as (one, _),
            serving(WHOLE, address="127.0.0.2") as (two, _),
            serving(WHOLE, address="127.0.0.3") as (three, _),
            pooled(most=2) as pool,
        ):
            for url in (one, two, three):
                await ask(pool, url)
            assert sorted(host for _, host, _ in pool._idle.values()) == ["127.0.0.2", "127.0.0.3"]

    asyncio.run(main())


def test_a_connection_that_was_idle_for_long_is_not_asked(monkeypatch):
    monkeypatch.setattr(connections, "IDLE_FOR", -1.0)

    async def main():
        async with serving(WHOLE, WHOLE) as (url, met), pooled() as pool:
            await ask(pool, url)
            assert await ask(pool, url) == b"story"
            assert len(met) == 2

    asyncio.run(main())


class Transport(asyncio.Transport):
    """Stands for the operating system's side of a connection: remembers whether it is asked for more."""

    def __init__(self) -> None:
        super().__init__()
        self.pauses = []

    def pause_reading(self) -> None:
        self.pauses.append(True)

    def resume_reading(self) -> None:
        self.pauses.append(False)


def test_what_nobody_reads_is_bounded_and_comes_in_order():
    async def main():
        wire, transport = Wire(), Transport()
        wire.connection_made(transport)
        sent = [bytes([number]) * MAX_READ for number in range(5)]
        wire.data_received(b"".join(sent[:3]))
        assert transport.pauses == []
        wire.data_received(b"".join(sent[3:]))
        assert transport.pauses == [True]
        assert len(wire.unread) > MAX_UNREAD
        assert [await wire.read(1) for _ in sent] == sent
        assert transport.pauses == [True, False]

    asyncio.run(main())


def test_a_connection_that_breaks_says_so_after_what_came_before():
    async def main():
        wire = Wire()
        wire.data_received(b"half")
        wire.connection_lost(ConnectionResetError("reset by peer"))
        assert await wire.read(1) == b"half"
        with pytest.raises(ReadError, match="reset by peer"):
            await wire.read(1)

    asyncio.run(main())


def test_silence_is_an_error_of_its_own():
    async def main():
        with pytest.raises(TooSilent):
            await Wire().read(0.01)

    asyncio.run(main())

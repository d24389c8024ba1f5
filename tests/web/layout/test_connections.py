"""Readers that idle, send slowly, do not read or ask for too much at once hold up nobody else."""

import io
import resource
import socket
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from threading import Event
from types import SimpleNamespace
from urllib.request import urlopen

import pytest
from flask import Flask, Response, request

from tests.web.conftest import served
from web.layout import connections
from web.layout.connections import Timeouts
from web.layout.server import MAX_BODY, THREADS, Server

GET = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
BIG = 20_000_000  # bytes: more than the buffers of a connection and waitress's own bound of what waits for a reader
QUICK = Timeouts(request=0.3, idle=0.3, window=0.3, look=0.1)

app = Flask(__name__)


@app.route("/", methods=["GET", "POST"])
def small() -> str:
    return "read\n"


@app.get("/big")
def big() -> Response:
    file = io.BytesIO(bytes(BIG))
    return Response(request.environ["wsgi.file_wrapper"](file), direct_passthrough=True)


@app.get("/wide")
def wide() -> Response:
    return Response(bytes(BIG))


def is_answered(server: Server) -> bool:
    with urlopen(server.url, timeout=120) as page:
        return bool(page.read() == b"read\n")


def connected(server: Server, sent: bytes = b"") -> socket.socket:
    reader = socket.create_connection(("127.0.0.1", server.port), timeout=120)
    reader.sendall(sent)
    return reader


def all_of(reader: socket.socket) -> bytes:
    """Read until the other side ends."""
    pieces = []
    try:
        while piece := reader.recv(1 << 16):
            pieces.append(piece)
    except ConnectionResetError:
        pass
    return b"".join(pieces)


def test_five_hundred_idle_connections_keep_nobody_from_reading() -> None:
    with served(app) as server, ExitStack() as idle:
        for _ in range(500):
            idle.enter_context(connected(server))
        assert is_answered(server)


def test_five_hundred_half_sent_requests_keep_nobody_from_reading() -> None:
    with served(app) as server, ExitStack() as slow:
        for number in range(500):
            half = GET[:-4] if number % 2 else b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n\r\nab"
            slow.enter_context(connected(server, half))
        assert is_answered(server)


def test_where_all_places_are_taken_the_one_that_waits_longest_is_given_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "MOST", 20)
    with served(app) as server, ExitStack() as opened:
        first = opened.enter_context(connected(server))
        for _ in range(60):
            opened.enter_context(connected(server, GET[:9]))
        assert is_answered(server)
        assert all_of(first) == b""


def test_an_answer_that_is_read_is_never_ended_for_want_of_places(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "MOST", 20)
    with served(app) as server, ExitStack() as opened:
        reader = opened.enter_context(connected(server, b"GET /big HTTP/1.0\r\nHost: localhost\r\n\r\n"))
        begun = reader.recv(12)
        for _ in range(60):
            opened.enter_context(connected(server))
        assert is_answered(server)
        assert len((begun + all_of(reader)).partition(b"\r\n\r\n")[2]) == BIG


@pytest.mark.parametrize("sent", [b"", GET[:-2], b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nab"])
def test_a_connection_that_asks_for_nothing_in_time_ends(sent: bytes) -> None:
    with served(app, timeouts=QUICK) as server, connected(server, sent) as reader:
        assert all_of(reader) == b""


@pytest.mark.parametrize("piece", [b"x", b"\r\n"])
def test_a_request_that_comes_byte_by_byte_has_no_more_time(piece: bytes) -> None:
    with (
        served(app, timeouts=QUICK) as server,
        connected(server, b"GET / HTTP/1.1\r\n" if piece == b"x" else b"") as reader,
    ):
        reader.settimeout(0.05)
        until = time.monotonic() + 60
        ended = False
        while not ended and time.monotonic() < until:
            try:
                reader.sendall(piece)
                ended = reader.recv(1) == b""
            except TimeoutError:
                continue
            except (ConnectionResetError, BrokenPipeError):
                ended = True
        assert ended


def test_a_reader_that_takes_next_to_nothing_ends() -> None:
    with (
        served(app, timeouts=Timeouts(window=0.3, look=0.1)) as server,
        connected(server, b"GET /big HTTP/1.1\r\nHost: localhost\r\n\r\n") as reader,
    ):
        assert reader.recv(12) == b"HTTP/1.1 200"
        assert wait_for(lambda: not server._server.active_channels)
        assert len(all_of(reader)) < BIG


def test_a_reader_that_is_quick_enough_reads_to_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [began := time.time()]  # moved on as the reader takes more: a busy machine may stop both for any time
    monkeypatch.setattr(connections, "time", SimpleNamespace(time=lambda: clock[0]))
    timeouts = Timeouts(request=0.3, idle=0.3, window=0.1, slowest=1, look=0.05)
    with (
        served(app, timeouts=timeouts) as server,
        connected(server, b"GET /wide HTTP/1.0\r\nHost: localhost\r\n\r\n") as reader,
    ):
        reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 16)
        read, sent = reader.recv(1), 0
        (channel,) = server._server.active_channels.values()
        channel.socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 16)
        while piece := reader.recv(1 << 16):
            read += piece
            if channel.bytes_sent > sent:
                sent, clock[0] = channel.bytes_sent, clock[0] + 0.09
    assert len(read.partition(b"\r\n\r\n")[2]) == BIG
    assert clock[0] - began > 10 * timeouts.window


@pytest.mark.parametrize("path", [b"/big", b"/wide", b"/"])
def test_requests_sent_in_advance_by_who_reads_nothing_hold_no_thread(path: bytes) -> None:
    first = b"GET " + path + b" HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with served(app) as server, ExitStack() as opened:
        for _ in range(THREADS + 2):
            opened.enter_context(connected(server, first + GET.replace(b"/ ", b"/wide ") * 20))
        assert is_answered(server)


def test_of_requests_sent_in_advance_the_first_is_answered_and_the_connection_says_that_it_ends() -> None:
    with served(app) as server, connected(server, GET * 3) as reader:
        answer = all_of(reader)
    assert answer.count(b"HTTP/1.1 200") == 1
    assert b"\r\nconnection: close\r\n" in answer.lower()


def test_requests_sent_one_after_the_other_share_a_connection() -> None:
    with served(app) as server, connected(server) as reader:
        for ends in (b"", b"\r\n", b"\r\n\r\n"):
            reader.sendall(GET + ends)
            answer = b""
            while not answer.endswith(b"read\n"):
                answer += reader.recv(1 << 16)
            assert answer.startswith(b"HTTP/1.1 200")
            assert b"connection: close" not in answer.lower()


@pytest.mark.parametrize(
    "sent",
    [
        b"GET / HTTP/1.1\r\nHost: localhost\r\nA: " + b"x" * 20_000 + b"\r\n\r\n",
        b"GET /?" + b"x" * 20_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"A: b\r\n" * 100_000 + b"\r\n",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + str(10 * MAX_BODY).encode() + b"\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999999999\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nx",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(200) + b"\r\n\r\n",
    ],
)
def test_a_request_past_the_bounds_is_refused_and_the_next_reader_is_served(sent: bytes) -> None:
    with served(app, timeouts=Timeouts(request=1, look=0.1)) as server:
        with connected(server) as reader:
            with suppress(ConnectionResetError, BrokenPipeError):
                reader.sendall(sent)
            assert all_of(reader)[:10] in (b"HTTP/1.1 4", b"HTTP/1.0 4", b"")
        assert is_answered(server)


def test_half_of_the_files_that_may_be_open_are_for_readers() -> None:
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    assert connections._room() <= connections.MOST
    assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] >= soft


def wait_for(condition: Callable[[], bool]) -> bool:
    """Ask until it holds, for at most a minute."""
    until = time.monotonic() + 60
    while not condition() and time.monotonic() < until:
        Event().wait(0.02)
    return condition()

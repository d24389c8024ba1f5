from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Lock
from wsgiref.types import StartResponse, WSGIEnvironment
from wsgiref.util import setup_testing_defaults

import pytest

from web.layout.server import InTurn

WAIT = 120  # seconds; a test that waits so long has failed


def call(app: InTurn, path: str = "/") -> bytes:
    environ: WSGIEnvironment = {"PATH_INFO": path}
    setup_testing_defaults(environ)
    return b"".join(app(environ, lambda *_: lambda _: None))


class Counting:
    """An app that answers with how many requests it is making answers for."""

    def __init__(self) -> None:
        self.now = 0
        self.lock = Lock()
        self.begun, self.end = Event(), Event()

    def __call__(self, environ: WSGIEnvironment, _start: StartResponse) -> Iterable[bytes]:
        with self.lock:
            self.now += 1
        try:
            if environ["PATH_INFO"] == "/slow":
                self.begun.set()
                assert self.end.wait(WAIT)
            for _turn in range(1_000):  # long enough for another thread to begin
                with self.lock:
                    found = self.now
            return [str(found).encode()]
        finally:
            with self.lock:
                self.now -= 1


def test_answers_are_made_one_after_the_other() -> None:
    app = InTurn(Counting(), long=WAIT)
    with ThreadPoolExecutor(4) as threads:
        assert set(threads.map(lambda _: call(app), range(40))) == {b"1"}


def test_an_answer_that_takes_long_is_passed_by() -> None:
    slow = Counting()
    app = InTurn(slow, long=0.01)
    with ThreadPoolExecutor(1) as threads:
        first = threads.submit(call, app, "/slow")
        assert slow.begun.wait(WAIT)
        assert [call(app), call(app)] == [b"2", b"2"]
        slow.end.set()
        assert first.result(WAIT) == b"1"


def test_an_answer_that_fails_gives_its_turn_back() -> None:
    def app(environ: WSGIEnvironment, _start: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/fails":
            raise OSError("the disk is gone")
        return [b"whole"]

    turns = InTurn(app, long=WAIT)
    with pytest.raises(OSError, match="the disk is gone"):
        call(turns, "/fails")
    assert call(turns) == b"whole"

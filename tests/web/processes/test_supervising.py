"""Several processes on one port: each is replaced when it dies, and all end with the command.

The server is the command as it is installed, in processes of its own, over the sample corpus.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread
from urllib.parse import urlencode

import pytest

from corpus.passwords import hash_password
from corpus.store import ArticleStore
from corpus.store.accounts.users import Role
from tests.web.corpus import NOW
from web.accounts.attempts import FREE
from web.processes.supervising import LOOK

WAIT = 240.0  # seconds; all of it is over in three on a machine without other work


class Served:
    """`pressmark serve` with two processes."""

    def __init__(self, folder: Path, log: Path) -> None:
        self.log = log
        command = [sys.executable, "-m", "web.cli", "-C", str(folder), "serve", "--port", "0", "--json"]
        self.temporary = folder / "tmp"
        self.temporary.mkdir()
        environ = {**os.environ, "TMPDIR": str(self.temporary)}
        with log.open("w") as err:
            self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=err, text=True, env=environ)
        assert self.process.stdout
        with self.process.stdout as out:
            self.port = json.loads(out.readline())["port"]

    def ask(self, path: str, **form: str) -> tuple[int, str]:
        """Send a request on a connection of its own; return status and text."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=WAIT)
        try:
            if form:
                head = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
                connection.request("POST", path, urlencode(form), head)
            else:
                connection.request("GET", path)
            reply = connection.getresponse()
            return reply.status, reply.read().decode()
        finally:
            connection.close()

    @property
    def supervisor(self) -> int:
        return children(self.process.pid)[0]

    @property
    def answering(self) -> list[int]:
        return children(self.supervisor)


def children(pid: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def wait_for(is_so: Callable[[], bool]) -> bool:
    until = time.monotonic() + WAIT
    while not is_so() and time.monotonic() < until:
        time.sleep(0.02)
    return is_so()


def sleeps(pid: int) -> int:
    """How often a process went to sleep by itself."""
    found = re.search(r"^voluntary_ctxt_switches:\s*(\d+)$", Path(f"/proc/{pid}/status").read_text(), re.MULTILINE)
    assert found
    return int(found[1])


def is_there(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.fixture(scope="module")
def started() -> Iterator[list[Served]]:
    """The servers of these tests: one, and another after each that a test has ended."""
    servers: list[Served] = []
    yield servers
    for each in servers:
        each.process.kill()
        each.process.wait()


@pytest.fixture
def served(started: list[Served], data: Path, tmp_path_factory: pytest.TempPathFactory) -> Served:
    if not started or started[-1].process.poll() is not None:
        folder = tmp_path_factory.mktemp("served")
        shutil.copytree(data, folder / "data")
        (folder / "config.toml").write_text('[web]\nprocesses = 2\npublic = true\naccounts = "password"\n')
        with ArticleStore.open(folder / "data" / "pressmark.sqlite") as store:
            store.users.add("ana", Role.READER, hash_password("the tide tables", log_n=4), NOW)
        started.append(Served(folder, folder / "log"))
        assert wait_for(lambda: len(started[-1].answering) == 2)
    return started[-1]


def figures(served: Served) -> dict[str, int]:
    """What each process gave at once must not differ: the sum of all."""
    found = re.findall(r'^pressmark_searches_total{answered="(\w+)"} (\d+)$', served.ask("/metrics")[1], re.MULTILINE)
    return {name: int(count) for name, count in found}


def test_searches_are_added_up_over_all_processes(served: Served) -> None:
    before = sum(figures(served).values())
    asked = [Thread(target=served.ask, args=(f"/search?q=word{number}",)) for number in range(8)]
    for each in asked:
        each.start()
    for each in asked:
        each.join()
    sums = {sum(figures(served).values()) for _ in range(6)}
    assert len(sums) == 1
    assert sums.pop() >= before + 8


def test_wrong_passwords_count_wherever_they_were_tried(served: Served) -> None:
    token = re.search(r'name="token" value="([^"]*)"', served.ask("/login")[1])
    assert token
    tried = [served.ask("/login", token=token[1], name="ana", password="wrong")[0] for _ in range(FREE + 1)]
    assert tried == [403] * FREE + [429]
    assert {served.ask("/login", token=token[1], name="ana", password="wrong")[0] for _ in range(6)} == {429}


def test_a_process_that_is_killed_is_replaced_and_the_next_request_answered(served: Served) -> None:
    before = figures(served)
    killed = served.answering
    os.kill(killed[0], signal.SIGKILL)
    assert served.ask("/healthz")[0] == 200
    assert wait_for(lambda: len(served.answering) == 2 and killed[0] not in served.answering)
    os.kill(killed[1], signal.SIGKILL)
    assert wait_for(lambda: len(served.answering) == 2 and killed[1] not in served.answering)
    assert served.ask("/healthz")[0] == 200
    after = figures(served)
    assert all(after[name] >= count for name, count in before.items())
    assert served.log.read_text().count("process of the pages replaced") == 2


def test_a_server_that_was_stopped_for_longer_than_a_look_goes_on(served: Served) -> None:
    supervisor, killed = served.supervisor, served.answering[0]
    os.kill(supervisor, signal.SIGSTOP)
    until = time.monotonic() + LOOK + 0.1
    assert wait_for(lambda: time.monotonic() > until)
    slept = sleeps(supervisor)
    os.kill(supervisor, signal.SIGCONT)
    assert wait_for(lambda: sleeps(supervisor) > slept)  # it looks again
    os.kill(killed, signal.SIGKILL)
    assert wait_for(lambda: len(served.answering) == 2 and killed not in served.answering)
    assert served.supervisor == supervisor


def test_the_command_ends_with_all_of_its_processes(served: Served) -> None:
    everybody = [served.supervisor, *served.answering]
    for pid in (served.process.pid, *everybody):  # as a service manager ends a service
        with suppress(ProcessLookupError):  # it was told by its supervisor, and has ended
            os.kill(pid, signal.SIGTERM)
    assert served.process.wait(WAIT) == 0
    assert not any(map(is_there, everybody))
    assert not list(served.temporary.iterdir())
    assert not [line for line in served.log.read_text().splitlines() if "Error" in line or "trace=" in line]


@pytest.mark.soak
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP, signal.SIGKILL])
def test_nobody_outlives_the_command(number: signal.Signals, data: Path, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(f'data = "{data}"\n[web]\nprocesses = 2\n')
    ours = signal.signal(signal.SIGHUP, signal.SIG_DFL)  # under nohup it is ignored, and who is started inherits that
    try:
        served = Served(tmp_path, tmp_path / "log")
    finally:
        signal.signal(signal.SIGHUP, ours)
    assert served.ask("/healthz")[0] == 200
    everybody = [served.supervisor, *served.answering]
    if number == signal.SIGHUP:  # a terminal that is closed tells everybody
        for pid in everybody:
            os.kill(pid, number)
    served.process.send_signal(number)
    assert served.process.wait(WAIT) == (-number if number == signal.SIGKILL else 0)
    assert wait_for(lambda: not any(map(is_there, everybody)))
    assert not list(served.temporary.iterdir())

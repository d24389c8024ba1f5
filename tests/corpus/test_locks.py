import errno
import fcntl
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from corpus.errors import IndexLocked, LocksMissing, StoreError, StoreLocked
from corpus.locks import hold, holder
from corpus.store.file.problems import in_our_words

HOLDER = """
import sys, pathlib
from corpus.locks import hold
with hold(pathlib.Path(sys.argv[1]), what="a crawl"):
    print("held", flush=True)
    sys.stdin.read()
"""


def other(path: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS])
def test_a_file_system_without_locks_is_named_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
):
    def refusing(_handle: int, _how: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(fcntl, "flock", refusing)
    words = rf"crawl\.lock: {os.strerror(number)}: its file system has no file locks: put the folder on another one"
    with pytest.raises(LocksMissing, match=words), hold(tmp_path / "crawl.lock", what="a crawl"):
        pytest.fail("held without a lock")
    assert holder(tmp_path / "crawl.lock") is None


def test_a_store_whose_file_system_has_no_locks_is_not_called_busy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "pressmark.sqlite"
    with closing(sqlite3.connect(path)) as one, closing(sqlite3.connect(path, timeout=0)) as other:
        one.execute("BEGIN EXCLUSIVE")
        with pytest.raises(sqlite3.OperationalError) as busy:  # what SQLite says of a lock that it does not get
            other.execute("BEGIN EXCLUSIVE")
    assert isinstance(in_our_words(path, busy.value), StoreLocked)

    def refusing(_handle: object, _how: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "lockf", refusing)
    found = in_our_words(path, busy.value)
    assert isinstance(found, LocksMissing)
    assert str(found).endswith("pressmark.sqlite: its file system has no file locks: put the folder on another one")


def test_a_second_holder_is_told_who_and_since_when(tmp_path: Path):
    path = tmp_path / "data" / "crawl.lock"
    with other(path) as process:
        told = rf"crawl\.lock: a crawl, pid {process.pid}, since 20\d\d-\d\d-\d\d \d\d:\d\d:\d\d UTC; wait"
        with pytest.raises(StoreLocked, match=told) as raised, hold(path, what="a crawl"):
            pass
        assert raised.value.exit_code == 6
        assert f"pid {process.pid}" in (holder(path) or "")
        process.communicate()


def test_a_lock_ends_with_its_process_even_by_kill_9(tmp_path: Path):
    path = tmp_path / "crawl.lock"
    with other(path) as process:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    with hold(path, what="a crawl"):
        assert f"pid {os.getpid()}" in (holder(path) or "")


def test_a_lock_is_free_again_afterwards_whatever_happened(tmp_path: Path):
    path = tmp_path / "crawl.lock"
    with pytest.raises(KeyError), hold(path, what="a crawl"):
        raise KeyError
    assert holder(path) is None
    with hold(path, what="a crawl"):
        pass


def test_the_same_process_cannot_hold_it_twice(tmp_path: Path):
    path = tmp_path / "index.lock"
    with hold(path, what="an index update"), pytest.raises(IndexLocked):  # noqa: SIM117
        with hold(path, what="an index update", error=IndexLocked):
            pass


def test_a_lock_nobody_ever_held_is_free(tmp_path: Path):
    assert holder(tmp_path / "none.lock") is None


def test_a_lock_that_cannot_be_made_is_a_store_error(tmp_path: Path):
    (tmp_path / "data").write_text("a file")
    with pytest.raises(StoreError, match="cannot be made"), hold(tmp_path / "data" / "crawl.lock", what="a crawl"):
        pass

"""A worker that was taken over: what code within it can reach. Each probe runs in a worker and says what it got."""

import asyncio
import ctypes
import os
import pickle
import platform
import resource
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from corpus.errors import ExtractError
from crawler.markup.charset import decode
from crawler.pool import landlock, sandbox, worker
from crawler.pool.workers import Limits, Workers

SECRET = "PRESSMARK_TEST_SECRET"


def refused(*attempts: Callable[[], object]) -> list[str]:
    """Return what each attempt reached; an error is no reach."""
    reached = []
    for place, attempt in enumerate(attempts):
        try:
            reached.append(f"{place}: {attempt()!r}")
        except Exception:
            continue
    return reached


def probe_environment() -> list[str]:
    mine = {"PYTHONPATH", "PYTHONUTF8", "LC_ALL", "OPENBLAS_NUM_THREADS"}
    mine |= {"MALLOC_TRIM_THRESHOLD_", "MALLOC_MMAP_THRESHOLD_", "PRESSMARK_KERNEL"}
    return [name for name in os.environ if name not in mine]


def probe_memory_taken_anew() -> list[str]:
    """Take 8 MB in blocks as a page's arrays are and let them go, four times; count the faults of memory."""
    faults = []
    for _ in range(4):
        before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
        blocks = [bytearray(200_000) for _ in range(40)]
        del blocks
        faults.append(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
    return [str(count) for count in faults]


def probe_network(port: int) -> list[str]:
    return refused(
        lambda: socket.create_connection(("127.0.0.1", port), timeout=2),
        lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", port)),
        lambda: socket.socket(socket.AF_UNIX, socket.SOCK_STREAM),
        lambda: socket.socketpair(),
        lambda: socket.socket().bind(("127.0.0.1", 0)),
    )


def probe_exec() -> list[str]:
    return refused(
        lambda: subprocess.run(["/bin/true"], check=True),
        os.fork,
        lambda: os.posix_spawn("/bin/true", ["true"], {}),
        lambda: os.execv("/bin/true", ["true"]),
        lambda: os.memfd_create("x"),
        lambda: threading.Thread(target=print).start(),
    )


def probe_write(folder: str) -> list[str]:
    target = Path(folder)
    return refused(
        lambda: (target / "new").write_text("x"),
        lambda: (target / "old").open("a"),
        lambda: (target / "old").unlink(),
        lambda: (target / "old").rename(target / "other"),
        lambda: (target / "old").chmod(0o777),
        lambda: os.truncate(target / "old", 0),
        lambda: (target / "new").symlink_to("/etc/passwd"),
        lambda: (target / "new").mkdir(),
        lambda: os.mkfifo(target / "new"),
        lambda: os.utime(target / "old", (0, 0)),
        lambda: Path(worker.__file__).open("a"),
    )


def probe_read(folder: str) -> list[str]:
    return refused(
        lambda: (Path(folder) / "old").read_text(),
        lambda: list(Path(folder).iterdir()),
        lambda: Path("/etc/passwd").read_text(),
        lambda: list(Path.home().iterdir()),
        lambda: Path("/dev/mem").open("rb"),
        lambda: Path("/proc/self/maps").read_text(),
        lambda: (Path(worker.__file__).parent.parent.parent / "web" / "app.py").read_text(),
    )


def probe_parents_environment(parent: int) -> list[str]:
    return refused(
        lambda: Path(f"/proc/{parent}/environ").read_bytes(),
        lambda: Path(f"/proc/{parent}/cmdline").read_bytes(),
        lambda: os.kill(parent, 0),
        lambda: os.kill(parent, signal.SIGCONT),
        lambda: os.pidfd_open(parent),
    )


def probe_limits() -> list[str]:
    more = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
    every = (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_NOFILE, resource.RLIMIT_NPROC)
    return refused(
        *(lambda name=name: resource.setrlimit(name, more) for name in (*every, resource.RLIMIT_FSIZE)),
        lambda: resource.prlimit(os.getppid(), resource.RLIMIT_NOFILE, (10, 10)),
        lambda: bytearray(3_000_000_000),
        lambda: [open("/usr/lib/os-release" if n < 0 else worker.__file__) for n in range(100)],  # noqa: PTH123
        lambda: os.setuid(1),
        lambda: os.setpriority(os.PRIO_PROCESS, 0, -5),
    )


def probe_parents_memory(parent: int) -> list[str]:
    libc = ctypes.CDLL(None, use_errno=True)

    def called(result: int) -> int:
        if result < 0:
            raise OSError(ctypes.get_errno())
        return result

    return refused(
        lambda: called(libc.ptrace(16, parent, 0, 0)),
        lambda: called(libc.process_vm_readv(parent, ctypes.create_string_buffer(16), 1, None, 0, 0)),
        lambda: Path(f"/proc/{parent}/mem").open("rb"),
        lambda: called(libc.syscall(438, 3, 0, 0)),  # pidfd_getfd
    )


def asked(probe: Callable[..., list[str]], *args: object) -> list[str]:
    async def ask() -> list[str]:
        async with Workers(1) as workers:
            return await workers.run("probe", probe, *args)

    return asyncio.run(ask())


def walls() -> list[str]:
    return list(sandbox.walls())


needs_linux = pytest.mark.skipif(landlock.version() == 0, reason="this kernel has no Landlock")


def test_the_environment_of_the_parent_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SECRET, "x")
    assert asked(probe_environment) == []


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="a C library other than glibc")
def test_the_memory_of_a_page_is_there_for_the_next_one() -> None:
    _, *later = map(int, asked(probe_memory_taken_anew))
    assert min(later) < 200  # of 2,000: each time 8 MB are given back and taken again


@needs_linux
def test_the_walls_of_a_worker_stand_before_anything_of_a_page_is_sent_to_it() -> None:
    ours, theirs = socket.socketpair()
    read = pickle.dumps(walls).hex()
    command = [sys.executable, "-m", "crawler.pool.worker", str(theirs.fileno()), "10", "2000000000", read]
    with ours, subprocess.Popen(command, stdin=subprocess.PIPE, pass_fds=(theirs.fileno(),)) as process:
        theirs.close()
        state = Path(f"/proc/{process.pid}/status")
        until = time.monotonic() + 60
        while "Seccomp:\t2" not in state.read_text() and time.monotonic() < until:
            os.sched_yield()
        assert "Seccomp:\t2" in state.read_text()
        worker.send(ours, pickle.dumps((walls, (), {})))
        answer = worker.receive(ours)
    assert answer is not None
    assert b"landlock" in answer


@needs_linux
def test_no_network_is_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert asked(probe_network, server.getsockname()[1]) == []


@needs_linux
def test_no_program_and_no_process_is_started() -> None:
    assert asked(probe_exec) == []


@needs_linux
def test_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "old").write_text("as it was")
    assert asked(probe_write, str(tmp_path)) == []
    assert [each.name for each in tmp_path.iterdir()] == ["old"]
    assert (tmp_path / "old").read_text() == "as it was"


@needs_linux
def test_nothing_but_the_installed_code_is_read(tmp_path: Path) -> None:
    (tmp_path / "old").write_text("private")
    assert asked(probe_read, str(tmp_path)) == []


@needs_linux
def test_the_parent_is_neither_looked_at_nor_signalled() -> None:
    assert asked(probe_parents_environment, os.getpid()) == []


@needs_linux
def test_no_limit_is_raised() -> None:
    assert asked(probe_limits) == []


@needs_linux
def test_the_memory_of_the_parent_is_not_reached() -> None:
    assert asked(probe_parents_memory, os.getpid()) == []


@needs_linux
def test_the_walls_are_named() -> None:
    held = asked(walls)
    assert {"limits", "no-new-privileges", "no-capabilities", "seccomp"} < set(held)
    assert any(each.startswith("landlock-") for each in held)


def read_late(content: bytes, zone: str) -> tuple[str, str]:
    """Load models and time zones, which are read when first needed."""
    return decode(content)[0], str(ZoneInfo(zone))


def test_what_the_installed_code_reads_late_is_still_read() -> None:
    text = "Město schválilo rozpočet na příští rok, žáci dostanou nové školy a řidiči opravené silnice u řeky. "

    async def ask() -> tuple[str, str]:
        async with Workers(1) as workers:
            await workers.run("walls", walls)
            return await workers.run("late", read_late, text.encode("cp1250"), "Pacific/Chatham")

    assert asyncio.run(ask()) == (text, "Pacific/Chatham")


def shout() -> int:
    os.write(2, b"\x1b]0;owned\x07" + b"x" * 300_000)
    return 7


def shout_often() -> int:
    for _ in range(200):
        refused(shout)
    return 7


def test_a_flood_on_standard_error_neither_blocks_nor_reaches_a_terminal(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")

    async def ask() -> int:
        async with Workers(1, limits=Limits(wall=20)) as workers:
            return await workers.run("flood", shout_often)

    assert asyncio.run(ask()) == 7
    assert capfd.readouterr().err == ""
    assert "\x1b" not in caplog.text
    assert len(caplog.text) < 10_000


def forge(answer: bytes) -> int:
    """Answer in the worker's stead, as code that has taken it over could."""
    handles = [handle for handle in range(3, 10) if _is_socket(handle)]
    worker.send(socket.socket(fileno=handles[0]), answer)
    os._exit(0)


def _is_socket(handle: int) -> bool:
    try:
        return stat.S_ISSOCK(os.fstat(handle).st_mode)
    except OSError:
        return False


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\x80\x04\x95\x1e\x00\x00\x00\x00\x00\x00\x00\x8c\x05posix\x94\x8c\x06system\x94\x93\x94",
        b"cos\nsystem\n(S'true'\ntR.",
        b'["",{"a":1}]',
        b'["","text"]',
        b'["",' + b"[" * 100_000 + b"]",
        b'["",1e999]',
        b"[" * 1_000_000,
        b'[7,"x"]',
        b'["crashed",' + b'"\\u001b]0;x\\u0007"]',
    ],
)
def test_a_forged_answer_is_an_error_and_runs_nothing(answer: bytes) -> None:
    async def ask() -> object:
        async with Workers(1) as workers:
            return await workers.run("forged", forge, answer)

    with pytest.raises(ExtractError) as caught:
        asyncio.run(ask())
    assert caught.value.reason in {"crashed", "worker-died"}
    assert str(caught.value).isprintable()

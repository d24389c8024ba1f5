"""What a page can do to a worker, and what it cannot do to the others."""

import asyncio
import fcntl
import importlib
import os
import platform
import signal
import subprocess
import sys
import termios
import textwrap
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus.errors import ExtractError
from corpus.kernel import SWITCH
from crawler.pool.worker import LARGE
from crawler.pool.workers import Limits, Workers, shared_or_own
from crawler.values import Extraction, Page, PageKind
from tests.crawler.crawling import workers_of

STORY = "<html><body><article>" + "<p>The harbour was closed on Monday, the port said in a statement.</p>" * 6


def page(content: str | bytes = STORY, n: int = 0) -> Page:
    data = content.encode() if isinstance(content, str) else content
    url = f"https://gazette.example/{n}"
    return Page(url=url, address=url, source="gazette", content=data, fetched=datetime(2026, 3, 1, tzinfo=UTC))


def test_a_page_is_read_in_another_process() -> None:
    async def read() -> Extraction:
        async with Workers(1) as workers:
            return await workers.extract(page())

    found = asyncio.run(read())
    assert found.kind is PageKind.ARTICLE
    assert "harbour was closed" in found.article.body


def test_workers_that_were_lent_stay_open_and_own_ones_end() -> None:
    shared_workers = workers_of()
    with shared_or_own(shared_workers, 1) as used, shared_or_own(None, 2) as own:
        assert (used, own.count) == (shared_workers, 2)
        assert own is not shared_workers
    assert isinstance(next(iter(shared_workers.map([page()]))), Extraction)
    with pytest.raises(RuntimeError, match="shutdown"):
        list(own.map([page()]))


def test_a_test_that_turns_the_kernel_on_shares_no_worker_with_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    shared_workers = workers_of()
    assert workers_of() is shared_workers
    monkeypatch.delenv(SWITCH)
    assert workers_of() is not shared_workers


def test_answers_come_in_the_order_of_the_pages() -> None:
    with Workers(2) as workers:
        answers = list(workers.map(page(STORY + f"<p>Page {n} of this story ends here.</p>", n) for n in range(12)))
    assert [f"Page {n} of" in getattr(a, "article").body for n, a in enumerate(answers)] == [True] * 12  # noqa: B009


def test_a_refused_page_costs_only_itself() -> None:
    hostile = b"<p " + b" ".join(b"a%d=1" % n for n in range(60_000)) + b">x"
    with Workers(1) as workers:
        bad, good = workers.map([page(hostile), page()])
    assert isinstance(bad, ExtractError)
    assert bad.reason == "hostile-markup"
    assert isinstance(good, Extraction)


def test_a_killed_worker_is_replaced_and_its_page_says_so() -> None:
    with Workers(1) as workers:
        list(workers.map([page()]))
        process = workers._workers[0].process
        assert process is not None
        os.kill(process.pid, signal.SIGSTOP)  # stuck in the middle of the next page ...
        waiting = workers._submit(page(), explain=False)
        _until_sent(workers)
        os.kill(process.pid, signal.SIGKILL)  # ... and then shot
        with pytest.raises(ExtractError) as died:
            waiting.result()
        assert died.value.reason == "worker-died"
        assert str(died.value).endswith("its worker was killed, perhaps because the machine ran out of memory")
        assert isinstance(next(workers.map([page()])), Extraction)
        assert (workers.take_replaced(), workers.take_replaced()) == (1, 0)


def test_a_worker_that_does_not_answer_is_given_up() -> None:
    with Workers(1, limits=Limits(wall=0.2)) as workers:
        workers._workers[0].limits = Limits()
        list(workers.map([page()]))  # however long the interpreter takes to start
        workers._workers[0].limits = Limits(wall=0.2)
        process = workers._workers[0].process
        assert process is not None
        os.kill(process.pid, signal.SIGSTOP)
        stuck = next(workers.map([page()]))
    assert workers.take_replaced() == 1  # and none of those that were closed
    assert isinstance(stuck, ExtractError)
    assert stuck.reason == "worker-died"  # too slow are pages that take the limit of CPU


def test_the_memory_limit_is_kept() -> None:
    with Workers(1, limits=Limits(memory=400_000_000)) as workers:
        fat, good = workers.map([page(b"<p>" + b"<b>x</b><i>y</i>" * 480_000), page()])
    assert isinstance(fat, ExtractError)
    assert fat.reason in {"out-of-memory", "worker-died"}
    assert isinstance(good, Extraction)


_holes: list[bytearray] = []


def take_and_hold_little(content: bytes) -> int:
    """Take 40 MB in small blocks and hold one in a hundred: what lies between is free."""
    blocks = [bytearray(4_000) for _ in range(10_000)]
    _holes.extend(blocks[::100])
    return len(content)


def resident_after(content: bytes) -> int:
    """Bytes that a worker holds once it waits for the page after this one."""
    with Workers(1) as workers:
        for sent in (content, b""):  # the second is received when the first is over
            assert workers.call("a page", take_and_hold_little if sent else len, sent) == len(sent)
        process = workers._workers[0].process
        assert process is not None
        return int(Path(f"/proc/{process.pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="a C library other than glibc")
def test_what_a_very_large_page_leaves_free_is_given_back() -> None:
    assert resident_after(b"x" * (LARGE + 1)) < resident_after(b"x") - 20_000_000


def test_closing_ends_what_is_under_way() -> None:
    workers = Workers(1)
    list(workers.map([page()]))
    process = workers._workers[0].process
    assert process is not None
    os.kill(process.pid, signal.SIGSTOP)
    waiting = workers._submit(page(), explain=False)
    _until_sent(workers)
    workers.close()
    with pytest.raises(ExtractError, match="stopped"):
        waiting.result()
    assert process.poll() is not None


def test_workers_die_with_a_parent_that_was_killed(tmp_path: Path) -> None:
    script = textwrap.dedent("""
        import sys
        from tests.crawler.pool.test_workers import page
        from crawler.pool.workers import Workers
        workers = Workers(1)
        list(workers.map([page()]))
        print(workers._workers[0].process.pid, flush=True)
        sys.stdin.read()
    """)
    parent = subprocess.Popen(
        [sys.executable, "-c", script],
        stdout=subprocess.PIPE,
        stdin=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": "."},
    )
    assert parent.stdout is not None
    assert parent.stdin is not None
    pid = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    parent.stdin.close()
    until = time.monotonic() + 60
    while _is_running(pid) and time.monotonic() < until:
        os.sched_yield()
    assert not _is_running(pid)


def _until_sent(workers: Workers) -> None:
    """Return once a page lies unread in the (stopped) worker's socket."""
    link = workers._workers[0].link
    assert link is not None
    while not any(fcntl.ioctl(link, termios.TIOCOUTQ, bytes(4))):
        pass


def _is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except FileNotFoundError:
        return False


def test_empty_entry_of_the_import_path_is_the_working_folder_in_a_worker_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "only_here.py").write_text("def answer():\n    return 42\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", ["", *sys.path])
    answer = importlib.import_module("only_here").answer
    with Workers(1) as workers:
        assert asyncio.run(workers.run("x", answer)) == 42


@pytest.mark.parametrize("keeps", [True, False])
def test_what_a_worker_compiles_is_kept_where_its_parent_keeps_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, keeps: bool
) -> None:
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", not keeps)
    with Workers(1) as workers:
        list(workers.map([page()]))
    assert any(tmp_path.rglob("sandbox.*.pyc")) == keeps

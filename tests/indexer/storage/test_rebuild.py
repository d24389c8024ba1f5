"""A rebuild makes the index an update would have made, beside it, and swaps it in."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from datetime import UTC
from pathlib import Path

import pytest

from corpus.errors import IndexError_, IndexLocked
from indexer import sync
from indexer.open import open_engine
from indexer.rebuild import rebuild
from tests.indexer.columnar.samples import answers, article, filled, is_whole, query

MEMORY = 64 << 20
ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("processes", [0, 2])
def test_a_rebuilt_index_answers_as_an_updated_one(tmp_path: Path, processes: int) -> None:
    store = filled(tmp_path / "store", 1500)
    store.withdraw(7, "asked for")
    updated, rebuilt = open_engine(tmp_path / "updated"), open_engine(tmp_path / "rebuilt")
    sync.update(store, updated, zone=UTC)
    made = rebuild(store, tmp_path / "rebuilt", zone=UTC, memory=MEMORY, processes=processes)
    assert (made.articles, made.position) == (1499, 1501) == (len(rebuilt), rebuilt.position)
    assert [(one.total, one.facets, one.histogram) for one in answers(rebuilt)] == [
        (one.total, one.facets, one.histogram) for one in answers(updated)
    ]
    assert is_whole(tmp_path / "rebuilt")


def test_readers_follow_the_swap_and_updates_go_on_from_it(tmp_path: Path) -> None:
    store = filled(tmp_path / "store", 50)
    reader, writer = open_engine(tmp_path / "index"), open_engine(tmp_path / "index")
    sync.update(store, writer, zone=UTC)
    assert reader.search(query("edition1")).total == 50
    store.write(article(3, edition=2))
    rebuild(store, tmp_path / "index", zone=UTC, memory=MEMORY)
    assert reader.search(query("edition1")).total == 49
    store.write(article(51))
    assert sync.update(store, writer, zone=UTC).indexed == 1
    assert reader.search(query("flood")).total == 51


def test_what_changes_during_a_rebuild_is_in_the_index_it_swaps_in(tmp_path: Path) -> None:
    store = filled(tmp_path / "store", 1200)
    written = []

    def write_meanwhile(share: float) -> None:
        if not written:
            written.append(store.write(article(5, edition=2)))
            store.write(article(2000, edition=2))
            store.withdraw(9, "asked for")

    made = rebuild(store, tmp_path / "index", zone=UTC, memory=MEMORY, processes=0, progress=write_meanwhile)
    engine = open_engine(tmp_path / "index")
    assert made.position == store.sequence == engine.position
    assert engine.search(query("edition2")).total == 2
    assert engine.search(query("flood")).total == 1200
    assert is_whole(tmp_path / "index")


def test_articles_written_again_keep_all_processes_busy(tmp_path: Path) -> None:
    store = filled(tmp_path / "store", 1100)
    store.write_many(article(number, edition=2) for number in range(1, 1101))
    made = rebuild(store, tmp_path / "index", zone=UTC, memory=MEMORY, processes=2)
    assert (made.articles, made.position) == (1100, 2200)
    assert open_engine(tmp_path / "index").search(query("edition2")).total == 1100


def test_a_second_writer_is_told_who_rebuilds(tmp_path: Path) -> None:
    store = filled(tmp_path / "store", 1200)
    engine = open_engine(tmp_path / "index")
    said: list[str] = []

    def write_meanwhile(share: float) -> None:
        with pytest.raises(IndexLocked) as caught:
            sync.update(store, engine, zone=UTC)
        said.append(str(caught.value))

    rebuild(store, tmp_path / "index", zone=UTC, memory=MEMORY, processes=0, progress=write_meanwhile)
    assert f"an index rebuild, pid {os.getpid()}, since" in said[0]


def test_a_store_that_cannot_be_read_over_there_is_told_here(tmp_path: Path) -> None:
    store = filled(tmp_path / "store", 1200)
    engine = open_engine(tmp_path / "index")
    sync.update(store, engine, zone=UTC)

    def vanish(share: float) -> None:
        raise InterruptedError("the store went away")

    for processes in (0, 2):
        with pytest.raises(InterruptedError):
            rebuild(store, tmp_path / "index", zone=UTC, memory=MEMORY, processes=processes, progress=vanish)
        assert engine.search(query("flood")).total == 1200
        assert is_whole(tmp_path / "index")


REBUILD = """
import sys
from datetime import UTC
from pathlib import Path
from corpus.store import ArticleStore
from indexer.rebuild import rebuild

def say(share):
    print(share, flush=True)

store = ArticleStore.open(Path(sys.argv[1]))
while True:
    rebuild(store, Path(sys.argv[2]), zone=UTC, memory=64 << 20, processes=2, progress=say)
"""


def rebuilding(store: Path, index: Path) -> "subprocess.Popen[bytes]":
    """A process that rebuilds again and again, and says how far it is."""
    return subprocess.Popen(
        [sys.executable, "-c", REBUILD, str(store), str(index)], cwd=ROOT, stdout=subprocess.PIPE, pipesize=1 << 20
    )


def children(process: int) -> list[int]:
    """The processes a process has started."""
    tasks = Path(f"/proc/{process}/task").iterdir()
    return [int(child) for task in tasks for child in (task / "children").read_text().split()]


def is_gone(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def killed_rebuilds(folder: Path, rounds: int) -> None:
    store = filled(folder / "store", 2500)
    engine = open_engine(folder / "index")
    sync.update(store, engine, zone=UTC)
    whole = [one.total for one in answers(engine)]
    for number in range(rounds):
        process = rebuilding(folder / "store", folder / "index")
        assert process.stdout
        assert process.stdout.readline()
        time.sleep((number * 7 % 20) / 20)
        helpers = children(process.pid)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()
        assert [one.total for one in answers(open_engine(folder / "index"))] == whole
        store.write(article(1, edition=number + 2))
        sync.update(store, engine, zone=UTC)
        assert engine.search(query(f"edition{number + 2}")).total == 1
        whole = [one.total for one in answers(engine)]
        end = time.monotonic() + 120
        while not all(map(is_gone, helpers)) and time.monotonic() < end:
            time.sleep(0.02)
        assert all(map(is_gone, helpers))
        store.write(article(1, edition=number + 2))
    rebuild(store, folder / "index", zone=UTC, memory=MEMORY, processes=0)
    assert [one.total for one in answers(engine)] == whole
    assert is_whole(folder / "index")


def test_a_killed_rebuild_leaves_the_old_index_serving(tmp_path: Path) -> None:
    killed_rebuilds(tmp_path, 2)


@pytest.mark.soak
def test_sixty_killed_rebuilds_leave_the_old_index_or_the_new_one(tmp_path: Path) -> None:
    killed_rebuilds(tmp_path, 60)


def test_a_process_that_dies_fails_the_rebuild_and_nothing_else(tmp_path: Path) -> None:
    store = filled(tmp_path / "store", 3000)
    engine = open_engine(tmp_path / "index")
    sync.update(store, engine, zone=UTC)

    def kill_one(share: float) -> None:
        for child in children(os.getpid()):
            os.kill(child, signal.SIGKILL)

    with pytest.raises(IndexError_, match="was killed, perhaps because the machine ran out of memory"):
        rebuild(store, tmp_path / "index", zone=UTC, memory=MEMORY, processes=2, progress=kill_one)
    assert engine.search(query("flood")).total == 3000
    assert is_whole(tmp_path / "index")


SWAP = """
import os, signal, sys
from datetime import UTC
from pathlib import Path
from corpus.store import ArticleStore
from indexer.rebuild import rebuild

left = [int(sys.argv[3])]

def dying(real):
    def call(*args, **kwargs):
        left[0] -= 1
        if left[0] < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*args, **kwargs)
    return call

os.fsync = dying(os.fsync)
Path.rename, Path.unlink = dying(Path.rename), dying(Path.unlink)
rebuild(ArticleStore.open(Path(sys.argv[1])), Path(sys.argv[2]), zone=UTC, memory=64 << 20, processes=0)
"""


def killed_swaps(folder: Path, steps: Iterable[int]) -> None:
    """Kill rebuilds at each of these steps; whatever is there then is whole, the old index or the new one."""
    store = filled(folder / "store", 300)
    engine, index = open_engine(folder / "index"), folder / "index"
    sync.update(store, engine, zone=UTC)
    for number, step in enumerate(steps, 2):
        before = engine.position
        store.write(article(1 + number % 50, edition=number))
        command = [sys.executable, "-c", SWAP, str(folder / "store"), str(index), str(step)]
        subprocess.run(command, cwd=ROOT, check=False, timeout=60)
        assert engine.position in (before, store.sequence)
        assert engine.search(query(f"edition{number}")).total == int(engine.position == store.sequence)
        assert engine.search(query("flood")).total == 300
        sync.update(store, engine, zone=UTC)
        assert engine.search(query(f"edition{number}")).total == 1
    rebuild(store, index, zone=UTC, memory=MEMORY)
    assert is_whole(index)


def test_a_kill_at_any_step_of_a_swap_leaves_a_whole_index(tmp_path: Path) -> None:
    killed_swaps(tmp_path, (0, 3, 5, 7))


@pytest.mark.soak
def test_two_hundred_kills_at_any_step_of_a_swap_leave_a_whole_index(tmp_path: Path) -> None:
    killed_swaps(tmp_path, (number % 12 for number in range(200)))

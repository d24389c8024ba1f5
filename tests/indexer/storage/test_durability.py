"""Damage is noticed and repaired, a kill loses nothing committed, a full disk nothing at all."""

import os
import random
import resource
import signal
import subprocess
import sys
import threading
from pathlib import Path, PosixPath

import pytest

from corpus.errors import IndexDamaged, IndexError_, IndexLocked
from indexer.columnar.engine import ColumnarEngine
from indexer.contract.protocol import Batch, Document
from indexer.contract.values import Query, Word
from indexer.storage import commits
from indexer.storage.building import build
from indexer.storage.check_index import verify

SIZE = 12  # documents of a batch


def batch(position):
    """Batch number `position`: its documents say so, replace those of the batch before last and delete one."""
    first = (position // 2) * SIZE + 1
    documents = [Document(id=id, body=f"flood batch{position} word{id}") for id in range(first, first + SIZE)]
    return Batch(documents, (first,), position)


def expected(position):
    """Id -> text after so many batches."""
    held = {}
    for at in range(1, position + 1):
        held |= {one.id: one.body for one in batch(at).documents}
        for id in batch(at).deletions:
            held.pop(id, None)
    return held


def holds(engine, position):
    """Does the index hold exactly what it must after so many batches?"""
    held = expected(position)
    counts = [engine.search(Query(clause=Word(f"batch{at}"), per_page=100)) for at in range(1, position + 1)]
    found = {hit.id: f"batch{at}" for at, one in enumerate(counts, 1) for hit in one.hits}
    return len(engine) == len(held) and found == {id: text.split()[1] for id, text in held.items()}


def an_index(path, batches=5):
    engine = ColumnarEngine(path)
    for position in range(1, batches + 1):
        engine.apply([batch(position)])
    return engine


def truncate(path):
    os.truncate(path, path.stat().st_size // 2)


def empty(path):
    os.truncate(path, 0)


def flip(path):
    """Change one bit of a byte that is no blank between arrays."""
    content = bytearray(path.read_bytes())
    at = next(at for at in range(len(content) // 3, len(content)) if content[at])
    content[at] ^= 0x10
    with path.open("r+b") as file:
        file.write(content)


def files(path):
    return sorted([*path.glob("*.columns"), *path.glob("commit-*.json")])


# ---------------------------------------------------------------- damage


@pytest.mark.parametrize("damage", [truncate, empty, flip, os.unlink])
@pytest.mark.parametrize("which", range(-1, 2))  # the table of contents is the last
def test_damage_found_at_opening_is_healed_by_the_next_update(tmp_path, which, damage):
    engine = an_index(tmp_path)
    damage(files(tmp_path)[which])
    assert verify(tmp_path) != []
    with pytest.raises(IndexDamaged):
        ColumnarEngine(tmp_path).search(Query(clause=Word("flood")))
    assert ColumnarEngine(tmp_path).position == 0
    ColumnarEngine(tmp_path).apply(batch(position) for position in range(1, 6))
    assert holds(engine, 5)
    assert verify(tmp_path) == []
    assert len(files(tmp_path)) == 2


@pytest.mark.parametrize("damage", [truncate, empty, flip])
def test_damage_done_while_serving_is_noticed_by_the_next_search(tmp_path, damage):
    engine = an_index(tmp_path)
    engine.search(Query(clause=Word("flood")))
    damage(next(tmp_path.glob("*.columns")))
    for _ in range(2):
        with pytest.raises(IndexDamaged):
            engine.search(Query(clause=Word("flood")))
    assert engine.position == 0
    engine.apply(batch(position) for position in range(1, 6))
    assert holds(engine, 5)


class Busy(PosixPath):
    """A folder that another process commits to whenever its files are listed."""

    def __fspath__(self):
        newest = max(Path(str(self)).glob("commit-*.json"))
        newest.rename(newest.with_name(f"commit-{int(newest.stem.partition('-')[2]) + 1:012}.json"))
        return str(self)

    def __truediv__(self, name):
        return Path(str(self)) / name


def test_what_no_look_saw_at_rest_is_told_as_such(tmp_path):
    an_index(tmp_path)
    flip(next(tmp_path.glob("*.columns")))
    (problem,) = verify(tmp_path)
    assert "looks" not in problem
    assert "during each of 9 looks" in verify(Busy(tmp_path))[0]


def test_who_serves_goes_on_when_a_file_is_removed(tmp_path):
    engine = an_index(tmp_path)
    assert holds(engine, 5)
    next(tmp_path.glob("*.columns")).unlink()
    assert holds(engine, 5)


def test_every_byte_of_a_segment_is_guarded(tmp_path):
    an_index(tmp_path, 1)
    path = next(tmp_path.glob("*.columns"))
    content = path.read_bytes()
    chance = random.Random(3)
    for at in chance.sample(range(len(content)), 120):
        path.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        assert verify(tmp_path) != []
    path.write_bytes(content)
    assert verify(tmp_path) == []


def test_an_index_of_another_version_serves_until_it_is_made_anew(tmp_path, monkeypatch):
    engine = an_index(tmp_path)
    monkeypatch.setattr(commits, "VERSIONS", (commits.VERSIONS[0], "another"))
    engine = ColumnarEngine(tmp_path)
    assert engine.position == 0
    assert engine.search(Query(clause=Word("flood"))).total == len(expected(5))

    def batches():
        for position in range(1, 3):
            yield batch(position)
            assert len(engine) == len(expected(5))

    engine.apply(batches())
    assert holds(engine, 2)


# ---------------------------------------------------------------- kills

KILLED = """
import os, signal, sys
from pathlib import Path
from indexer.columnar.engine import ColumnarEngine
from tests.indexer.storage.test_durability import batch

path, first, last, steps = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
left = [steps]

def dying(real):
    def call(*args, **kwargs):
        left[0] -= 1
        if left[0] < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*args, **kwargs)
    return call

for name in ("fsync", "pwrite", "unlink"):
    setattr(os, name, dying(getattr(os, name)))
Path.rename = dying(Path.rename)
Path.unlink = dying(Path.unlink)
engine = ColumnarEngine(path)
for position in range(first, last + 1):
    engine.apply([batch(position)])
    print(position, flush=True)
"""


def killed_after(path, steps, first, last):
    """Apply batches in a process that is killed after so many steps; the last position it was told was committed."""
    command = [sys.executable, "-W", "ignore", "-c", KILLED, str(path), str(first), str(last), str(steps)]
    done = subprocess.run(command, capture_output=True, check=False, timeout=60)
    assert done.returncode in (0, -signal.SIGKILL), done.stderr.decode()
    told = done.stdout.split()
    return int(told[-1]) if told else first - 1, done.returncode == 0


def survive(path, rounds, steps):
    """Kill again and again; whatever was said to be committed is there, whole."""
    position = 0
    for _ in range(rounds):
        told, ended = killed_after(path, steps(), position + 1, position + 12)
        engine = ColumnarEngine(path)
        assert told <= engine.position <= told + (not ended)
        assert holds(engine, engine.position)
        assert verify(path) == []
        position = engine.position


def test_a_kill_at_any_step_of_a_commit_loses_nothing_committed(tmp_path):
    survive(tmp_path, 6, iter(range(1, 40, 7)).__next__)


@pytest.mark.soak
def test_hundreds_of_kills_lose_nothing_committed(tmp_path):
    chance = random.Random(1)
    survive(tmp_path, 200, lambda: chance.randrange(1, 60))


# ---------------------------------------------------------------- a full disk, a second writer, readers


def test_a_full_disk_leaves_the_index_as_it_was(tmp_path):
    engine = an_index(tmp_path)
    before = files(tmp_path)
    big = Batch([Document(id=1, body=" ".join(f"new{at}" for at in range(50_000)))], (), 6)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, limits[1]))
    try:
        with pytest.raises(IndexError_, match="File too large"):
            engine.apply([big])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, ignored)
    assert holds(engine, 5)
    assert files(tmp_path) == before
    assert engine.apply([big]) == 6
    assert engine.search(Query(clause=Word("new7"))).total == 1


def test_a_second_writer_is_told_who_writes(tmp_path):
    engine = an_index(tmp_path)

    def batches():
        with pytest.raises(IndexLocked, match=str(os.getpid())):
            ColumnarEngine(tmp_path).apply([batch(7)])
        yield batch(6)

    engine.apply(batches())
    assert holds(engine, 6)


def test_readers_see_whole_batches_while_others_are_written(tmp_path):
    engine = ColumnarEngine(tmp_path)
    engine.apply([Batch([Document(id=id, body="version0") for id in range(50)], (), 0)])
    stop = threading.Event()
    failures = []

    def read():
        while not stop.is_set():
            position = engine.position
            found = engine.search(Query(clause=Word(f"version{position}")))
            if (found.position == position and found.total != 50) or found.total not in (0, 50):
                failures.append(str(found))
            if engine.search(Query()).total != 50:
                failures.append("not all articles")

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for position in range(1, 25):
        ColumnarEngine(tmp_path).apply(
            [Batch([Document(id=id, body=f"version{position}") for id in range(50)], (), position)]
        )
    stop.set()
    for thread in threads:
        thread.join()
    assert failures == []
    assert engine.search(Query(clause=Word("version24"))).total == 50


# ---------------------------------------------------------------- rebuild


def test_the_old_index_serves_until_the_new_one_is_whole(tmp_path):
    engine = an_index(tmp_path)

    def read(piece):
        assert holds(engine, 5)
        yield batch(piece + 1)

    build(tmp_path, read, 1, lambda: [batch(2)], memory=16 << 20, processes=0)
    assert holds(engine, 2)
    assert engine.position == 2


def test_a_rebuild_that_fails_leaves_the_old_index(tmp_path):
    engine = an_index(tmp_path)
    before = files(tmp_path)

    def read(piece):
        yield batch(piece + 1)
        raise ValueError("the store is gone")

    with pytest.raises(ValueError, match="gone"):
        build(tmp_path, read, 1, list, memory=1, processes=0)
    assert files(tmp_path) == before
    assert holds(engine, 5)

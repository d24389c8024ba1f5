"""Each search sees the newest commit, that of another process a moment later; the folder is not listed each time."""

import os
import shutil
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from indexer.columnar import snapshots
from indexer.columnar.engine import ColumnarEngine
from indexer.columnar.snapshots import FRESH, SETTLED
from indexer.contract.protocol import Batch
from tests.indexer.conftest import bodies, ids


def test_commits_of_another_writer_are_seen_at_once(tmp_path: Path) -> None:
    writer, reader = ColumnarEngine(tmp_path), ColumnarEngine(tmp_path)
    for number in range(1, 12):
        writer.apply([Batch(bodies(f"flood{number}"), (), number)])
        assert ids(reader, f"flood{number}") == [1]
        assert reader.position == number
    writer.close()
    reader.close()


def test_a_commit_is_seen_after_a_time_without_any(tmp_path: Path) -> None:
    writer, reader = ColumnarEngine(tmp_path), ColumnarEngine(tmp_path)
    writer.apply([Batch(bodies("flood"), (), 1)])
    long_ago = tmp_path.stat().st_mtime_ns - 2 * SETTLED
    os.utime(tmp_path, ns=(long_ago, long_ago))
    for _ in range(3):
        assert ids(reader, "flood") == [1]
    writer.apply([Batch(bodies("storm"), (), 2)])
    assert ids(reader, "storm") == [1]
    assert ids(reader, "flood") == []
    writer.close()
    reader.close()


def test_another_index_put_in_place_with_the_times_of_the_old_one_is_seen_a_moment_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = time.monotonic()
    monkeypatch.setattr(snapshots, "time", SimpleNamespace(monotonic=lambda: now, time_ns=time.time_ns))
    one, other = tmp_path / "one", tmp_path / "other"
    for folder, text in ((one, "flood"), (other, "storm")):
        writer = ColumnarEngine(folder)
        writer.apply([Batch(bodies(text), (), 1)])
        writer.close()
    long_ago = one.stat().st_mtime_ns - 2 * SETTLED
    os.utime(one, ns=(long_ago, long_ago))
    os.utime(other, ns=(long_ago, long_ago))
    reader = ColumnarEngine(one)
    assert ids(reader, "flood") == [1]
    shutil.move(one, tmp_path / "old")
    shutil.move(other, one)
    now += FRESH / 2
    assert ids(reader, "flood") == [1]
    now += FRESH
    assert ids(reader, "storm") == [1]
    reader.close()

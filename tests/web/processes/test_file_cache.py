"""Values for other processes: bounded, and never more than what was stored."""

import fcntl
import os
from pathlib import Path

import pytest

from web.processes.file_cache import FileCache


def test_a_value_is_there_for_whoever_knows_its_key(tmp_path: Path) -> None:
    FileCache(tmp_path).put(("export", 1), [1, 2, 3])
    assert FileCache(tmp_path).get(("export", 1)) == [1, 2, 3]
    assert FileCache(tmp_path).get(("export", 2)) is None


def test_what_was_used_longest_ago_makes_room(tmp_path: Path) -> None:
    file_cache = FileCache(tmp_path, most_bytes=2500)
    for number in range(3):
        file_cache.put(number, bytes(1000))
        for place, path in enumerate(sorted(tmp_path.iterdir(), key=lambda path: path.stat().st_mtime_ns)):
            os.utime(path, (place, place))  # clocks of files are coarse
    assert [file_cache.get(number) is not None for number in range(3)] == [False, True, True]


def test_a_file_that_is_damaged_or_gone_is_no_value(tmp_path: Path) -> None:
    file_cache = FileCache(tmp_path)
    file_cache.put("list", [1])
    next(tmp_path.iterdir()).write_bytes(b"\x80")
    assert file_cache.get("list") is None


def test_a_folder_of_the_same_name_that_another_made_is_not_read(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder, other = tmp_path / "ours", tmp_path / "other"
    for each in (folder, other):
        each.mkdir()
    file_cache = FileCache(folder)
    FileCache(other).put("list", ["of another"])
    folder.rmdir()
    other.rename(folder)
    assert file_cache.get("list") is None
    assert not caplog.messages
    file_cache.put("list", [1])
    assert "value not given to the other processes" in caplog.text


def test_who_cleans_up_sees_that_the_folder_is_in_use(tmp_path: Path) -> None:
    file_cache = FileCache(tmp_path)
    handle = os.open(tmp_path, os.O_RDONLY)
    with pytest.raises(BlockingIOError):
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.close(handle)
    assert file_cache.get("list") is None

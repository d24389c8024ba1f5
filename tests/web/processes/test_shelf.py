"""Values for other processes: bounded, and never more than what was stored."""

import os
from pathlib import Path

from web.processes.shelf import Shelf


def test_a_value_is_there_for_whoever_knows_its_key(tmp_path: Path) -> None:
    Shelf(tmp_path).put(("export", 1), [1, 2, 3])
    assert Shelf(tmp_path).get(("export", 1)) == [1, 2, 3]
    assert Shelf(tmp_path).get(("export", 2)) is None


def test_what_was_used_longest_ago_makes_room(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, most_bytes=2500)
    for number in range(3):
        shelf.put(number, bytes(1000))
        for place, path in enumerate(sorted(tmp_path.iterdir(), key=lambda path: path.stat().st_mtime_ns)):
            os.utime(path, (place, place))  # clocks of files are coarse
    assert [shelf.get(number) is not None for number in range(3)] == [False, True, True]


def test_a_file_that_is_damaged_or_gone_is_no_value(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.put("list", [1])
    next(tmp_path.iterdir()).write_bytes(b"\x80")
    assert shelf.get("list") is None
    assert Shelf(tmp_path / "gone").get("list") is None
    Shelf(tmp_path / "gone").put("list", [1])

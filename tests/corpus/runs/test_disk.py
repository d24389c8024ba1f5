from pathlib import Path

import pytest

from corpus.runs.disk import Room, room

HERE = Path("/data")
GB = 10**9


@pytest.mark.parametrize(
    ("free", "total", "short"),
    [
        (GB - 1, 20 * GB, True),
        (GB, 20 * GB, False),  # a small disk, but room for a night
        (4 * GB, 100 * GB, True),
        (5 * GB, 100 * GB, False),
        (10 * GB, 1000 * GB, False),  # a large disk: 1 %, and yet enough
        (10 * GB - 1, 1000 * GB, True),
    ],
)
def test_a_disk_is_nearly_full_by_bytes_and_by_share(free: int, total: int, *, short: bool):
    assert (Room(HERE, free, total).shortage is not None) is short


def test_a_disk_that_takes_few_more_files_is_nearly_full():
    assert Room(HERE, 50 * GB, 100 * GB, files=9_999).shortage == "/data: room for 9,999 more files"
    assert Room(HERE, 50 * GB, 100 * GB, files=10_000).shortage is None


def test_the_room_of_a_folder_that_is_not_there_is_that_of_the_next_above(tmp_path: Path):
    found = room(tmp_path / "no" / "such")
    assert found.place == tmp_path
    assert 0 <= found.free <= found.total

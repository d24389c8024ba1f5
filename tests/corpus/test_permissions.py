"""What others on this machine may read of a data folder is found and narrowed; what links lead to is left alone."""

import os
from pathlib import Path

import pytest

from corpus.permissions import foreign_paths, narrow, wide_paths


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    (folder / "captures").mkdir(parents=True)
    (folder / "store").write_text("x")
    (folder / "captures" / "one").write_text("x")
    for path, mode in ((folder, 0o700), (folder / "captures", 0o755), (folder / "store", 0o600)):
        path.chmod(mode)
    (folder / "captures" / "one").chmod(0o640)
    return folder


def test_files_and_folders_that_others_may_read_are_found(data: Path) -> None:
    assert list(wide_paths(data)) == [data / "captures", data / "captures" / "one"]


def test_narrowing_takes_from_others_only(data: Path) -> None:
    assert narrow(wide_paths(data)) == (2, [])
    assert [path.stat().st_mode & 0o777 for path in (data / "captures", data / "captures" / "one")] == [0o700, 0o600]
    assert list(wide_paths(data)) == []


def test_what_a_link_leads_to_is_neither_named_nor_narrowed(data: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "theirs").write_text("x")
    (outside / "theirs").chmod(0o644)
    (data / "folder").symlink_to(outside)
    (data / "file").symlink_to(outside / "theirs")
    narrow(wide_paths(data))
    assert (outside / "theirs").stat().st_mode & 0o777 == 0o644
    assert narrow([data / "file"])[0] == 0


def test_a_pipe_or_a_socket_in_the_folder_holds_nothing_up(data: Path) -> None:
    os.mkfifo(data / "pipe")
    (data / "pipe").chmod(0o644)  # whatever the umask is
    assert narrow(wide_paths(data)) == (3, [])


def test_a_path_that_is_gone_is_said(tmp_path: Path) -> None:
    done, failed = narrow([tmp_path / "gone"])
    assert (done, failed) == (0, [f"{tmp_path / 'gone'}: No such file or directory"])


def test_the_owner_is_compared_with_the_user(data: Path) -> None:
    mine = data.stat().st_uid
    assert list(foreign_paths([data, data / "gone"], mine)) == []
    if mine != 0:
        assert list(foreign_paths([data], mine + 1)) == [data]
    else:  # root's files are everybody's anyway: root can read all
        assert list(foreign_paths([data], 1)) == []

"""Backups beside each other: each holds what is new, needs the others it names, and says when one of them is harmed."""

import io
import json
import shutil
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest

from corpus.backups import manifest
from corpus.backups.manifest import MOST_HOLDERS, BackupFailed, HolderDamaged
from corpus.backups.reading import Backup, manifest_of, read_back
from corpus.backups.restoring import restore
from corpus.backups.writing import write
from corpus.captures import Captures
from corpus.store import ArticleStore
from tests.corpus.backups.test_writing import NOW, back_up, fill, member, texts


def members(path: Path) -> dict[str, int]:
    with tarfile.open(path) as tar:
        return {one.name: one.size for one in tar.getmembers() if one.name.startswith("captures/")}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder, and beside it the folder of three backups of it, each of more articles than the one before."""
    folder = tmp_path_factory.mktemp("chain")
    for name in ("data", "backups"):
        (folder / name).mkdir()
    for number in (1, 2, 3):
        fill(folder / "data", number)
        back_up(folder / "data", folder / "backups" / f"{number}.tar")
    return folder


@pytest.fixture
def chain(made: Path, tmp_path: Path) -> tuple[Path, Path]:
    """The data folder and the folder of its three backups, to be written to."""
    for name in ("data", "backups"):
        shutil.copytree(made / name, tmp_path / name)
    return tmp_path / "data", tmp_path / "backups"


def test_only_what_is_new_of_the_responses_is_written(chain: tuple[Path, Path]) -> None:
    data, beside = chain
    held = [members(beside / f"{number}.tar") for number in (1, 2, 3)]
    (name,) = held[0]
    assert sum(one[name] for one in held) == (data / name).stat().st_size
    again = back_up(data, beside / "4.tar")
    assert members(beside / "4.tar") == {}
    assert again.holders == ("1.tar", "2.tar", "3.tar")
    assert again.written < again.bytes


def test_every_backup_of_a_chain_is_restored_as_it_was(tmp_path: Path, chain: tuple[Path, Path]) -> None:
    for number in (1, 2, 3):
        restored = restore(chain[1] / f"{number}.tar", tmp_path / f"again{number}", now=NOW)
        assert (restored.articles, restored.captures) == (number, 1)
        assert len(texts(tmp_path / f"again{number}")) == number
    captures = tmp_path / "again3" / "captures"
    assert {path.name: path.read_bytes() for path in captures.iterdir()} == {
        path.name: path.read_bytes() for path in (chain[0] / "captures").iterdir()
    }


def test_the_next_backup_names_one_that_others_need_and_that_is_gone(chain: tuple[Path, Path]) -> None:
    data, beside = chain
    (beside / "1.tar").rename(beside / "first.tar")
    assert back_up(data, beside / "4.tar").missing == ("1.tar",)
    (beside / "first.tar").rename(beside / "1.tar")
    assert back_up(data, beside / "5.tar").missing == ("first.tar",)  # 4.tar was built on it


def test_a_chain_is_restored_wherever_its_files_stand_together(tmp_path: Path, chain: tuple[Path, Path]) -> None:
    moved = chain[1].rename(tmp_path / "elsewhere")
    assert restore(moved / "3.tar", tmp_path / "again", now=NOW).articles == 3


def test_a_full_backup_needs_no_other(tmp_path: Path, chain: tuple[Path, Path]) -> None:
    data, beside = chain
    found = back_up(data, beside / "full.tar", full=True)
    assert (found.holders, found.written) == ((), found.bytes)
    alone = (beside / "full.tar").rename(tmp_path / "alone.tar")
    assert restore(alone, tmp_path / "again", now=NOW).articles == 3


def test_what_the_newest_full_backup_holds_is_taken_from_it(chain: tuple[Path, Path]) -> None:
    data, beside = chain
    back_up(data, beside / "full.tar", full=True)
    assert back_up(data, beside / "next.tar").holders == ("full.tar",)


@pytest.mark.parametrize("lost", ["1.tar", "2.tar"])
def test_a_backup_without_one_that_it_needs_is_not_restored_and_names_it(
    tmp_path: Path, chain: tuple[Path, Path], lost: str
) -> None:
    (chain[1] / lost).unlink()
    with pytest.raises(HolderDamaged, match=rf"{lost}: it is missing: 3\.tar needs it"):
        restore(chain[1] / "3.tar", tmp_path / "again", now=NOW)
    assert list((tmp_path / "again").iterdir()) == []


def test_after_a_loss_the_next_backup_holds_what_was_lost(tmp_path: Path, chain: tuple[Path, Path]) -> None:
    data, beside = chain
    (beside / "2.tar").unlink()
    assert back_up(data, beside / "4.tar").holders == ("1.tar",)
    assert restore(beside / "4.tar", tmp_path / "again", now=NOW).articles == 3


def test_a_damaged_backup_is_not_built_on_and_is_named(tmp_path: Path, chain: tuple[Path, Path]) -> None:
    data, beside = chain
    with tarfile.open(beside / "1.tar") as tar:
        at = next(one.offset_data for one in tar.getmembers() if one.name.startswith("captures/"))
    harmed = bytearray((beside / "1.tar").read_bytes())
    harmed[at + 9] ^= 4
    (beside / "1.tar").write_bytes(harmed)
    with pytest.raises(BackupFailed, match="it is not as it was written"):
        read_back(beside / "3.tar")
    found = back_up(data, beside / "4.tar")
    assert (found.holders, found.damaged) == ((), ("1.tar",))
    assert restore(beside / "4.tar", tmp_path / "again", now=NOW).articles == 3


def test_a_backup_that_others_need_is_not_replaced(chain: tuple[Path, Path]) -> None:
    data, beside = chain
    before = (beside / "1.tar").read_bytes()
    with pytest.raises(BackupFailed, match=r"1\.tar: 2\.tar, 3\.tar needs? it"):
        back_up(data, beside / "1.tar", force=True)
    assert (beside / "1.tar").read_bytes() == before
    back_up(data, beside / "3.tar", force=True)
    assert read_back(beside / "3.tar").holders == ("1.tar", "2.tar")


class Meanwhile:
    """A store that is in use: something else happens while it is copied."""

    def __init__(self, store: ArticleStore, act: Callable[[], object]) -> None:
        self._store, self._act = store, act

    def backup(self, target: Path) -> None:
        self._store.backup(target)
        self._act()


def back_up_while(act: Callable[[], object], data: Path, target: Path, *, force: bool = False) -> Backup:
    with ArticleStore.open(data / "pressmark.sqlite") as store:
        return write(cast(ArticleStore, Meanwhile(store, act)), data / "captures", target, force=force)


def test_a_backup_that_another_is_built_on_meanwhile_is_not_replaced(chain: tuple[Path, Path]) -> None:
    data, beside = chain
    with pytest.raises(BackupFailed, match=r"3\.tar: 4\.tar needs? it"):
        back_up_while(lambda: back_up(data, beside / "4.tar"), data, beside / "3.tar", force=True)
    assert read_back(beside / "4.tar").holders == ("1.tar", "2.tar", "3.tar")
    assert not list(beside.glob(".*.partial"))


def test_a_backup_is_not_built_on_one_that_is_replaced_meanwhile(tmp_path: Path, chain: tuple[Path, Path]) -> None:
    data, beside = chain
    other = tmp_path / "other"
    other.mkdir()
    fill(other, 7)
    made = back_up_while(lambda: back_up(other, beside / "3.tar", force=True), data, beside / "4.tar")
    assert (made.holders, made.damaged) == (("1.tar", "2.tar"), ())
    assert restore(beside / "4.tar", tmp_path / "again", now=NOW).articles == 3


def test_an_emptied_response_is_not_brought_back_by_an_earlier_backup(tmp_path: Path, chain: tuple[Path, Path]) -> None:
    data, beside = chain
    with ArticleStore.open(data / "pressmark.sqlite") as store, Captures(data / "captures") as captures:
        ref = next(one.article.capture for one in store.every() if one.article.url.endswith("/1"))
        assert ref is not None
        captures.empty(ref)
    found = back_up(data, beside / "4.tar")
    assert found.holders == ()
    restore(beside / "4.tar", tmp_path / "again", now=NOW)
    assert {path.name: path.read_bytes() for path in (tmp_path / "again" / "captures").iterdir()} == {
        path.name: path.read_bytes() for path in (data / "captures").iterdir()
    }


def test_a_file_of_responses_that_is_gone_is_in_no_later_backup(tmp_path: Path, chain: tuple[Path, Path]) -> None:
    data, beside = chain
    for path in (data / "captures").iterdir():
        path.unlink()
    assert back_up(data, beside / "4.tar").captures == 0
    restore(beside / "4.tar", tmp_path / "again", now=NOW)
    assert list((tmp_path / "again" / "captures").iterdir()) == []


def test_a_backup_of_the_first_format_is_restored_and_built_on(tmp_path: Path, chain: tuple[Path, Path]) -> None:
    data, beside = chain
    back_up(data, tmp_path / "full.tar", full=True)
    old = beside / "old.tar"
    for path in beside.iterdir():
        path.unlink()
    with tarfile.open(tmp_path / "full.tar") as new, tarfile.open(old, "w") as tar:
        for one in new.getmembers():
            content = new.extractfile(one)
            assert content is not None
            said = content.read()
            if one.name == "manifest.json":
                said = json.dumps({"format": 1, "files": json.loads(said)["files"]}).encode()
                one.size = len(said)
            tar.addfile(one, io.BytesIO(said))
    assert restore(old, tmp_path / "again", now=NOW).articles == 3
    assert back_up(data, beside / "next.tar").holders == ("old.tar",)


@pytest.mark.parametrize("holder", ["../1.tar", "/etc/passwd", "..", "a/b.tar", "a\\b.tar", "\0", "x" * 256])
def test_a_manifest_leads_to_no_other_folder(holder: str) -> None:
    name = "captures/pressmark-20260101000000-00001.warc.gz"
    said = {"format": 2, "files": {}, "captures": {name: {"sha256": "", "pieces": [[holder, 3]]}}}
    with pytest.raises(BackupFailed, match=r"manifest\.json: it is not as it was written"):
        manifest.read(json.dumps(said).encode(), "evil.tar")
    said["captures"] = {name: {"sha256": "", "pieces": [["1.tar", 3]]}}
    assert manifest.read(json.dumps(said).encode(), "good.tar").holders == {"1.tar"}


@pytest.mark.parametrize("pieces", [[], [["1.tar", -3]], [["", 3]], [["", 3], ["", 3]], [["1.tar", "x"]], [3], None])
def test_pieces_that_contradict_the_files_are_refused(pieces: object) -> None:
    name = "captures/pressmark-20260101000000-00001.warc.gz"
    said = {"format": 2, "files": {}, "captures": {name: {"sha256": "", "pieces": pieces}}}
    with pytest.raises(BackupFailed):
        manifest.read(json.dumps(said).encode(), "evil.tar")


def test_other_files_beside_a_backup_are_let_be(chain: tuple[Path, Path]) -> None:
    data, beside = chain
    (beside / "notes.txt").write_text("mine")
    with tarfile.open(beside / "photos.tar", "w") as tar:
        tar.addfile(member("photo.jpg"))
    assert manifest_of(beside / "notes.txt") is None
    assert manifest_of(beside / "photos.tar") is None
    assert back_up(data, beside / "4.tar").holders == ("1.tar", "2.tar", "3.tar")


@pytest.mark.soak
def test_a_chain_needs_no_more_files_than_a_limit(tmp_path: Path, chain: tuple[Path, Path]) -> None:
    data, beside = chain
    found = None
    for number in range(4, MOST_HOLDERS + 8):
        fill(data, number)
        found = back_up(data, beside / f"{number}.tar")
        assert len(found.holders) <= MOST_HOLDERS
    assert found is not None
    assert restore(beside / f"{MOST_HOLDERS + 7}.tar", tmp_path / "again", now=NOW).articles == MOST_HOLDERS + 7

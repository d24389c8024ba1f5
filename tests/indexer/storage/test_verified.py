"""A segment that was copied here is read to its end once, and again when its file was written to."""

import json
import os
import shutil
from pathlib import Path

import pytest

from corpus.errors import IndexDamaged
from indexer.columnar.engine import ColumnarEngine
from indexer.contract.protocol import Batch, Document
from indexer.contract.values import Phrase, Query
from indexer.storage import segment_checks, verified
from indexer.storage.segment_file import OpenSegment


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    engine = ColumnarEngine(tmp_path / "made")
    engine.apply([Batch([Document(id=id, body="the flood wall") for id in range(1, 9)], (), 1)])
    engine.close()
    return Path(shutil.copytree(tmp_path / "made", tmp_path / "copied"))


@pytest.fixture
def read_wholly(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files whose arrays are compared with the rules, as it happens."""
    read: list[Path] = []
    rules = segment_checks.broken_rules

    def counted(opened: OpenSegment) -> list[str]:
        read.append(opened.file.path)
        return rules(opened)

    monkeypatch.setattr(segment_checks, "broken_rules", counted)
    return read


def search(folder: Path) -> int:
    engine = ColumnarEngine(folder)
    try:
        return engine.search(Query(clause=Phrase(("flood",)))).total
    finally:
        engine.close()


def test_it_is_read_at_the_first_opening_and_not_at_the_next(copied: Path, read_wholly: list[Path]) -> None:
    assert [search(copied), search(copied)] == [8, 8]
    assert len(read_wholly) == 1


def test_a_note_that_came_with_a_copy_does_not_hold_for_it(
    copied: Path, tmp_path: Path, read_wholly: list[Path]
) -> None:
    search(copied)
    again = Path(shutil.copytree(copied, tmp_path / "again"))
    assert search(again) == 8
    assert len(read_wholly) == 2


def test_a_file_that_was_written_to_since_is_read_again(copied: Path) -> None:
    search(copied)
    (segment,) = copied.glob("*.columns")
    content = bytearray(segment.read_bytes())
    content[len(content) // 3] ^= 1
    segment.write_bytes(content)
    with pytest.raises(IndexDamaged):
        search(copied)


@pytest.mark.parametrize("note", ["", "[1]", '{"rules": 1, "files": [2]}', '{"rules": 0, "files": {}}', "[" * 99_999])
def test_a_note_that_is_none_of_ours_says_nothing(copied: Path, note: str, read_wholly: list[Path]) -> None:
    (copied / verified.NAME).write_text(note)
    assert [search(copied), search(copied)] == [8, 8]
    assert len(read_wholly) == 1


def test_a_pipe_in_place_of_the_note_holds_nobody_up(copied: Path) -> None:
    os.mkfifo(copied / verified.NAME)
    assert search(copied) == 8


def test_notes_on_files_that_are_gone_are_left_out(copied: Path) -> None:
    search(copied)
    note = copied / verified.NAME
    said = json.loads(note.read_text())
    said["files"]["MAIN_gone.columns"] = [1, 2]
    note.write_text(json.dumps(said))
    (segment,) = copied.glob("*.columns")
    verified.note_verified(segment, (3, 4))
    assert json.loads(note.read_text())["files"] == {segment.name: [3, 4]}
    assert [path.name for path in copied.glob(f"{verified.NAME}*")] == [verified.NAME]


def test_a_folder_that_cannot_be_written_to_is_searched_without_a_note(
    copied: Path, monkeypatch: pytest.MonkeyPatch, read_wholly: list[Path]
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "replace", refuse)
    assert [search(copied), search(copied)] == [8, 8]
    assert len(read_wholly) == 2
    assert not list(copied.glob(f"{verified.NAME}*"))


def test_the_note_of_a_reader_that_was_killed_goes_with_the_next_commit(copied: Path) -> None:
    search(copied)
    (copied / f"{verified.NAME}.123.0badcafe").write_text("{")
    engine = ColumnarEngine(copied)
    engine.apply([Batch([Document(id=9, body="the flood wall")], (), 2)])
    engine.close()
    assert [path.name for path in copied.glob(f"{verified.NAME}*")] == [verified.NAME]

"""A commit is values in JSON: it says again what was written, and what a stranger wrote in it runs nothing."""

import json
import os
import pickle
import zlib
from pathlib import Path

import pytest

from corpus.errors import IndexDamaged
from indexer.columnar.engine import ColumnarEngine
from indexer.contract.origin import Origin
from indexer.contract.protocol import Batch, Document
from indexer.contract.values import Query, Word
from indexer.storage import commits, contents_json
from indexer.storage.check_index import verify
from indexer.storage.commits import Contents
from indexer.storage.segment import Segment

SEGMENT = {"id": "0123456789abcdef", "documents": 9, "deleted": "AAA=", "written": [5, 6]}
COMMIT = {"position": 3, "versions": [2, "x"], "history": "a", "settings": "b = c", "segments": [SEGMENT]}


def signed(said: bytes) -> bytes:
    """What stands in a table of contents, its checksum right: anyone can compute it."""
    return said + f"\n{zlib.crc32(said):08x}".encode()


def test_a_commit_says_again_what_was_written(tmp_path: Path) -> None:
    first = Segment(9, written=(5, 6))
    contents = Contents((first, Segment(3, b"\x40", None)), 17, origin=Origin("a1", "timezone = UTC"))
    commits.write(tmp_path, 4, contents)
    assert commits.generation(tmp_path) == 4
    assert commits.read(tmp_path, 4) == contents
    assert commits.read(tmp_path, 4).segments[1].live().tolist() == [True, False, True]


@pytest.mark.parametrize(
    "change",
    [
        {"position": -1},
        {"position": "3"},
        {"position": True},
        {"position": 1.5},
        {"versions": "2"},
        {"versions": [None]},
        {"history": 7},
        {"settings": None},
        {"segments": {}},
        {"segments": [7]},
        {"segments": [SEGMENT | {"id": "../../../../etc/"}]},
        {"segments": [SEGMENT | {"id": "a/b"}]},
        {"segments": [SEGMENT | {"id": None}]},
        {"segments": [SEGMENT | {"documents": 1 << 40, "deleted": ""}]},
        {"segments": [SEGMENT | {"documents": -1}]},
        {"segments": [SEGMENT | {"deleted": "A"}]},
        {"segments": [SEGMENT | {"deleted": "AAAA"}]},
        {"segments": [SEGMENT | {"deleted": [0]}]},
        {"segments": [SEGMENT | {"written": 5}]},
        {"segments": [SEGMENT | {"written": [5, "6"]}]},
    ],
)
def test_a_value_of_another_kind_is_damage(tmp_path: Path, change: dict[str, object]) -> None:
    path = tmp_path / commits.filename(1)
    path.write_bytes(signed(json.dumps(COMMIT).encode()))
    assert commits.read(tmp_path, 1).position == 3
    path.write_bytes(signed(json.dumps(COMMIT | change).encode()))
    with pytest.raises(IndexDamaged, match="expected"):
        commits.read(tmp_path, 1)


@pytest.mark.parametrize("said", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b"null", b'"commit"', b"{}"])
def test_what_is_no_commit_is_damage(tmp_path: Path, said: bytes) -> None:
    (tmp_path / commits.filename(1)).write_bytes(signed(said))
    with pytest.raises(IndexDamaged):
        commits.read(tmp_path, 1)


def test_every_bit_of_a_commit_is_guarded(tmp_path: Path) -> None:
    commits.write(tmp_path, 1, Contents((Segment(9, b"\x80\x00", (5, 6)),), 3))
    path = tmp_path / commits.filename(1)
    written = path.read_bytes()
    for bit in range(len(written) * 8):
        flipped = bytearray(written)
        flipped[bit // 8] ^= 1 << bit % 8
        path.write_bytes(flipped)
        with pytest.raises(IndexDamaged):
            commits.read(tmp_path, 1)


class Trap:
    """What runs when it is read as a pickle."""

    def __init__(self, sprung: Path) -> None:
        self.sprung = sprung

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(self.sprung),)


@pytest.mark.parametrize("name", ["_MAIN_0.toc", "_MAIN_1.toc", "_MAIN_999.toc", "commit-1.json", "commit-999.json"])
def test_an_index_that_someone_hands_over_runs_nothing(tmp_path: Path, name: str) -> None:
    index, sprung = tmp_path / "index", tmp_path / "sprung"
    ColumnarEngine(index).apply([Batch([Document(id=1, body="flood")], (), 1)])
    trap = pickle.dumps(Trap(sprung))
    (index / name).write_bytes(signed(trap))
    engine = ColumnarEngine(index)
    try:
        assert engine.search(Query(clause=Word("flood"))).total == 1
    except IndexDamaged:
        assert name.startswith("commit")
    verify(index)
    engine.apply([Batch([Document(id=2, body="flood")], (), 2)])
    assert ColumnarEngine(index).search(Query(clause=Word("flood"))).total == 2 - name.startswith("commit")
    assert not sprung.exists()
    pickle.loads(trap)  # it would have gone off
    assert sprung.exists()


def test_an_index_of_the_time_of_pickles_reads_as_position_0_and_is_made_anew(tmp_path: Path) -> None:
    ColumnarEngine(tmp_path).apply([Batch([Document(id=1, body="flood")], (), 7)])
    (tmp_path / "_MAIN_1.toc").rename(tmp_path / "_MAIN_41.toc")
    (tmp_path / commits.filename(1)).unlink()
    engine = ColumnarEngine(tmp_path)
    assert engine.position == 0
    engine.apply([Batch([Document(id=2, body="flood")], (), 8)])
    assert engine.search(Query(clause=Word("flood"))).total == 1
    assert verify(tmp_path) == []
    assert len(list(tmp_path.glob("*.toc"))) == len(list(tmp_path.glob("*.columns"))) == 1


def test_segments_cross_a_process_as_they_are() -> None:
    segment = Segment(9, b"\x80\x00", (5, 6))
    assert contents_json.segment(json.loads(json.dumps(contents_json.segment_values(segment)))) == segment

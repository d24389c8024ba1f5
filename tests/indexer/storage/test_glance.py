"""A look at the table of contents says what the engine says, and leaves to the engine what is wrong."""

import os
from pathlib import Path

import pytest

from indexer.columnar.engine import ColumnarEngine
from indexer.contract.origin import Origin
from indexer.contract.protocol import Batch, Document
from indexer.storage import commits
from indexer.storage.glance import Glance, glance
from indexer.storage.segment import Segment

ORIGIN = Origin("a1", "timezone = UTC")


def ours(position: int) -> Origin:
    return ORIGIN


@pytest.fixture
def index(tmp_path: Path) -> Path:
    folder = tmp_path / "index"
    engine = ColumnarEngine(folder)
    engine.apply([Batch(tuple(Document(id=id, headline=f"walls {id}") for id in range(1, 12)), (), 11, ORIGIN)])
    engine.apply([Batch((), (3, 5), 13, ORIGIN)])
    assert (engine.position, len(engine)) == (13, 9)
    engine.close()
    return folder


def test_a_whole_index_has_the_position_and_the_articles_that_its_engine_has(index: Path):
    assert glance(index, ours) == Glance(13, 9)


def test_where_nothing_was_indexed_there_is_nothing(tmp_path: Path):
    assert glance(tmp_path / "index", ours) == Glance(0, 0)


@pytest.mark.parametrize("other", [None, Origin("b2", "timezone = UTC"), Origin("a1", "timezone = Asia/Tokyo")])
def test_an_index_of_another_store_or_other_settings_is_for_the_engine(index: Path, other: Origin | None):
    assert glance(index, lambda position: other) is None


def test_an_index_of_another_version_is_for_the_engine(index: Path):
    number = commits.generation(index)
    contents = commits.read(index, number)
    commits.write(index, number, commits.Contents(contents.segments, 13, (1, "x"), ORIGIN))
    assert glance(index, ours) is None


def break_table(index: Path) -> None:
    path = index / commits.filename(commits.generation(index))
    path.write_bytes(path.read_bytes()[:-1] + b"g")


def lose_table(index: Path) -> None:
    (index / commits.filename(commits.generation(index))).unlink()


def write_to_segment(index: Path) -> None:
    path = next(index.glob("*.columns"))
    content, status = path.read_bytes(), path.stat()
    path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def lose_segment(index: Path) -> None:
    next(index.glob("*.columns")).unlink()


@pytest.mark.parametrize("harm", [break_table, lose_table, write_to_segment, lose_segment])
def test_an_index_that_is_damaged_is_for_the_engine(index: Path, harm):
    harm(index)
    assert glance(index, ours) is None


@pytest.mark.parametrize("count", [1, 7, 8, 9, 64])
def test_bits_past_the_last_document_count_for_nothing(count: int):
    deleted = bytes([0b1000_0000, *[0] * ((count - 1) // 8)])
    padded = deleted[:-1] + bytes([deleted[-1] | ((1 << (-count % 8)) - 1)])
    for bits in (deleted, padded):
        segment = Segment(count, bits)
        assert segment.live_count() == int(segment.live().sum()) == count - 1
    assert Segment(count).live_count() == count

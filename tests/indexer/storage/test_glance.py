"""A look at the table of contents says what the engine says, and leaves to the engine what is wrong."""

import json
import os
from pathlib import Path

import pytest

from indexer.columnar.engine import ColumnarEngine
from indexer.contract.origin import Origin
from indexer.contract.protocol import Batch, Document
from indexer.storage import commits, contents_json
from indexer.storage.background import merge_once
from indexer.storage.glance import Glance, glance
from indexer.storage.segment import Segment
from indexer.storage.writing import Writer

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


def test_texts_of_which_not_all_words_are_indexed_are_counted_through_deletions_and_merges(tmp_path: Path):
    engine, long = ColumnarEngine(tmp_path), "walls " * 1_048_577
    for position, texts in enumerate(({1: "walls", 2: long}, {3: long, 4: "walls"}, {5: "walls " * 1_048_575}), 1):
        documents = tuple(Document(id=id, headline="Walls", body=body) for id, body in texts.items())
        engine.apply([Batch(documents, (), position, ORIGIN)])
    assert glance(tmp_path, ours) == Glance(3, 5, 2)
    engine.apply([Batch((), (2,), 4, ORIGIN)])
    assert glance(tmp_path, ours) == Glance(4, 4, 1)
    number = commits.generation(tmp_path)
    Writer(tmp_path, commits.read(tmp_path, number), number, memory=1 << 30).unite()
    assert len(commits.read(tmp_path, commits.generation(tmp_path)).segments) == 1
    assert glance(tmp_path, ours) == Glance(4, 4, 1)
    engine.close()


def test_a_segment_that_is_merged_in_the_background_names_them_too(tmp_path: Path):
    engine, long = ColumnarEngine(tmp_path), "walls " * 1_048_577
    for position in range(1, 40):
        document = Document(id=position, headline="Walls", body=long if position == 20 else "walls")
        engine.apply([Batch((document,), (), position, ORIGIN)])
    engine.close()
    while merge_once(tmp_path, publish=lambda *_: None):
        pass
    segments = commits.read(tmp_path, commits.generation(tmp_path)).segments
    assert len(segments) < 39
    assert [one.cut_count() for one in segments if one.cut] == [1]


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


@pytest.mark.parametrize("cut", [[3], [-1], [True], ["1"], {"1": 1}])
def test_documents_said_to_be_cut_that_a_segment_lacks_are_refused(cut: object) -> None:
    said = contents_json.segment_values(Segment(3, cut=(0, 2)))
    assert contents_json.segment(json.loads(json.dumps(said))).cut == (0, 2)
    with pytest.raises(ValueError, match="cut: expected numbers of documents"):
        contents_json.segment({**said, "cut": cut})

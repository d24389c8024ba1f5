"""What is written packed is read back without loss, in whatever part it is asked for."""

import random
from pathlib import Path

import numpy as np
import pytest

from indexer.storage.arrays import ArrayFile, ArrayWriter
from indexer.storage.postings import layout
from indexer.storage.postings.reader import PostingLists
from indexer.storage.postings.writer import PostingWriter, wide_type

DOCUMENTS = 70_000  # five blocks of texts


class Written:
    """Random postings, as they are and as a file has them."""

    def __init__(self, path: Path, chance: random.Random, *, documents: int, far: float = 0.01, runs: int = 1) -> None:
        self.texts: list[list[int]] = []
        self.positions: list[list[list[int]]] = []
        for _ in range(60):
            size = chance.choice((1, 1, 2, 5, 19, 20, 21, 40, 400, 3000))
            texts = sorted(chance.sample(range(documents * 4), min(size, documents * 4)))
            self.texts.append(texts)
            self.positions.append([self._places(chance, far) for _ in texts])
        self.frequencies = [[len(one) for one in term] for term in self.positions]
        flat = [place for term in self.positions for one in term for place in one]
        file = ArrayWriter(path)
        sizes = np.array(list(map(len, self.texts))), np.array([sum(one) for one in self.frequencies])
        writer = PostingWriter(file, *sizes, documents, wide=wide_type(np.array(flat, np.uint32)))
        step = -(-len(self.texts) // runs)
        for first in range(0, len(self.texts), step):
            part = slice(first, first + step)
            writer.write(
                np.array([one for term in self.texts[part] for one in term], np.uint32),
                np.array([one for term in self.frequencies[part] for one in term], np.uint32),
                np.array([place for term in self.positions[part] for one in term for place in one], np.uint32),
            )
        writer.close()
        file.close()
        self.file = ArrayFile(path)
        self.lists = PostingLists(self.file, documents)
        self.in_pieces = PostingLists(self.file, documents, in_pieces=True)

    @staticmethod
    def _places(chance: random.Random, far: float) -> list[int]:
        size = (
            chance.choice((1, 1, 1, 1, 2, 3, 4, 5, 30)) if chance.random() > 0.002 else chance.choice((254, 255, 700))
        )
        most = 1 << 20 if chance.random() < far else 1 << 12
        return sorted(chance.sample(range(most), size))


@pytest.mark.parametrize(
    ("documents", "far", "runs"), [(DOCUMENTS, 0.01, 1), (DOCUMENTS, 0.5, 7), (900, 0.0, 60), (16_384, 0.01, 3)]
)
@pytest.mark.parametrize("looks", [40, pytest.param(120, marks=pytest.mark.soak)])
def test_packed_postings_are_the_postings_that_were_written(
    tmp_path: Path, documents: int, far: float, runs: int, looks: int
) -> None:
    chance = random.Random(documents + runs)
    written = Written(tmp_path / "file", chance, documents=documents, far=far, runs=runs)
    assert written.lists.is_wide is (far == 0.5)
    for lists in (written.lists, written.in_pieces):
        for _ in range(looks):
            first = chance.randrange(60)
            last = min(60, first + chance.choice((1, 1, 2, 9, 60)))
            texts, frequencies = lists.postings(first, last)
            assert texts.tolist() == [one for term in written.texts[first:last] for one in term]
            assert frequencies.tolist() == [one for term in written.frequencies[first:last] for one in term]
            flat = [place for term in written.positions[first:last] for one in term for place in one]
            start, end = lists.position_at[first], lists.position_at[last]
            assert lists.positions(start, end).tolist() == flat
            some = sorted(chance.sample(range(len(flat)), min(len(flat), 50)))
            assert lists.positions_at(np.array(some) + start).tolist() == [flat[at] for at in some]
    assert written.file.problems() == []


def test_far_positions_of_any_type_are_read_alike(tmp_path: Path) -> None:
    written = Written(tmp_path / "file", random.Random(4), documents=900)
    file, whole = ArrayWriter(tmp_path / "earlier"), written.file
    earlier = {layout.FAR_BY: np.uint32, layout.FAR_ENDS: np.uint64}  # as segments of more positions have them
    for name in whole.names():
        file.add(name, whole[name].astype(earlier.get(name, whole[name].dtype)))
    file.close()
    assert [whole[name].dtype.itemsize for name in earlier] == [1, 4]
    lists, count = PostingLists(ArrayFile(tmp_path / "earlier"), 900), written.lists.position_count
    assert len(whole[layout.FAR_AT]) > 100
    assert len(whole[layout.FAR_ENDS]) > 1
    assert lists.positions(0, count).tolist() == written.lists.positions(0, count).tolist()
    chance = random.Random(5)
    for _ in range(200):
        start, end = sorted(chance.sample(range(count + 1), 2))
        where = np.array(sorted(chance.sample(range(count), 40)))
        assert lists.positions(start, end).tolist() == written.lists.positions(start, end).tolist()
        assert lists.positions_at(where).tolist() == written.lists.positions_at(where).tolist()


def test_positions_are_packed_where_one_in_eight_is_far(tmp_path: Path) -> None:
    some = np.arange(80_000, dtype=np.uint32) % 4096
    some[::8] += 4096
    assert wide_type(some) is None
    some[1] += 4096
    assert wide_type(some) == np.uint16


@pytest.mark.parametrize("looks", [60, pytest.param(200, marks=pytest.mark.soak)])
def test_many_terms_at_once_have_the_postings_of_each(tmp_path: Path, looks: int) -> None:
    chance = random.Random(5)
    written = Written(tmp_path / "file", chance, documents=DOCUMENTS)
    assert 0 < len(written.lists.layout.long) < 60
    for _ in range(looks):
        terms = chance.sample(range(60), chance.randrange(1, 40))
        texts, frequencies = written.lists.of_many(np.array(terms))
        expected = sorted(
            pair for term in terms for pair in zip(written.texts[term], written.frequencies[term], strict=True)
        )
        assert sorted(zip(texts.tolist(), frequencies.tolist(), strict=True)) == expected
        assert written.lists.counts(np.array(terms)).tolist() == [len(written.texts[term]) for term in terms]


def test_usual_postings_take_less_than_half_of_whole_numbers(tmp_path: Path) -> None:
    counts = np.full(100, 2000)
    file = ArrayWriter(tmp_path / "file")
    writer = PostingWriter(file, counts, counts, 20_000, wide=None)
    texts = np.tile(np.arange(2000, dtype=np.uint32) * 40, 100)
    writer.write(texts, np.ones(len(texts), np.uint32), texts % 4000)
    writer.close()
    file.close()
    whole = len(texts) * (4 + 1 + 2)
    assert (tmp_path / "file").stat().st_size < 0.6 * whole
    assert layout.WIDE not in ArrayFile(tmp_path / "file")


def test_nothing_is_written_and_read(tmp_path: Path) -> None:
    file = ArrayWriter(tmp_path / "file")
    none = np.empty(0, np.int64)
    PostingWriter(file, none, none, 0, wide=None).close()
    file.close()
    lists = PostingLists(ArrayFile(tmp_path / "file"), 0)
    assert (len(lists), lists.texts(0, 0).tolist(), lists.positions(0, 0).tolist()) == (0, [], [])

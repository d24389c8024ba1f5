"""Counts are a byte each, and the offsets summed up from them are those of whole numbers."""

import random
from pathlib import Path
from typing import cast

import numpy as np
import pytest

from indexer.storage.arrays import ArrayFile, ArrayWriter
from indexer.storage.postings.layout import portions
from indexer.storage.postings.offsets import read_numbers, read_offsets, write_counts, write_numbers


def written(path: Path, counts: list[int]) -> ArrayFile:
    """A file with counts."""
    file = ArrayWriter(path)
    write_counts(file, "some", np.array(counts, np.int64))
    file.close()
    return ArrayFile(path)


@pytest.mark.parametrize("most", [1, 254, 255, 256, 70_000, 1 << 33])
def test_offsets_are_the_sums_of_the_counts(tmp_path: Path, most: int) -> None:
    chance = random.Random(most)
    counts = [most, *(chance.choice((1, 2, 254, 255, 256, most)) for _ in range(500)), most]
    found = read_offsets(written(tmp_path / "file", counts), "some")
    assert found.tolist() == [sum(counts[:at]) for at in range(503)]
    assert found.dtype == (np.uint64 if most == 1 << 33 else np.uint32)


def test_no_counts_have_one_offset(tmp_path: Path) -> None:
    assert read_offsets(written(tmp_path / "file", []), "some").tolist() == [0]


def test_numbers_that_rise_and_fall_are_read_back(tmp_path: Path) -> None:
    chance = random.Random(1)
    numbers = [chance.choice((0, 1, 127, 128, 129, 300, 70_000, (1 << 32) - 1)) for _ in range(500)]
    for some in (numbers, [], [5]):
        file = ArrayWriter(tmp_path / "file")
        write_numbers(file, "some", np.array(some, np.int64))
        file.close()
        assert read_numbers(ArrayFile(tmp_path / "file"), "some").tolist() == some


def test_a_step_to_a_neighbour_takes_a_byte(tmp_path: Path) -> None:
    file = ArrayWriter(tmp_path / "file")
    write_numbers(file, "some", np.array([3, 2, 129, 1]))
    file.close()
    assert ArrayFile(tmp_path / "file")["some.steps"].tolist() == [6, 1, 254, 255]
    assert ArrayFile(tmp_path / "file")["some.leaps"].tolist() == [255]


def test_a_usual_count_takes_a_byte(tmp_path: Path) -> None:
    file = written(tmp_path / "file", [1, 254, 3, 255, 70_000])
    assert file["some.counts"].tolist() == [1, 254, 3, 255, 255]
    assert file["some.large"].tolist() == [255, 70_000]


@pytest.mark.parametrize("large", [[], [300, 300], [300, 300, 300, 300]])
def test_counts_that_stand_apart_in_another_number_are_refused(large: list[int]) -> None:
    arrays = {"some.counts": np.array([255, 1, 255, 255], np.uint8), "some.large": np.array(large, np.uint32)}
    with pytest.raises(ValueError, match="differ in number"):
        read_offsets(cast(ArrayFile, arrays), "some")
    arrays = {"some.counts": np.array([255, 1, 2], np.uint16), "some.large": np.array([300], np.uint32)}
    with pytest.raises(ValueError, match="no byte"):
        read_offsets(cast(ArrayFile, arrays), "some")


@pytest.mark.parametrize("most", [1, 5, 1 << 40])
def test_portions_are_all_owners_in_order_none_of_them_too_large_but_alone(most: int) -> None:
    counts = np.array(random.Random(3).choices((0, 1, 2, 9), k=300), np.int64)
    found = list(portions(counts, most))
    assert [at for first, last in found for at in range(first, last)] == list(range(300))
    for first, last in found:
        assert last == first + 1 or counts[first:last].sum() <= most
        assert last == 300 or counts[first : last + 1].sum() > most
    assert list(portions(counts[:0], most)) == []

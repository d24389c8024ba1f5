"""Counted block by block, terms stand as often in each text as their postings say."""

import random
from pathlib import Path
from unittest.mock import Mock

import numpy as np
import pytest

from indexer.storage.postings import block_counts
from indexer.storage.postings.block_counts import counts_by_block
from tests.indexer.storage.postings.test_reader import DOCUMENTS, Written


@pytest.mark.parametrize("documents", [DOCUMENTS, 16_384, 900])
def test_the_counts_of_all_blocks_are_those_of_the_postings(tmp_path: Path, documents: int) -> None:
    chance = random.Random(documents)
    written = Written(tmp_path / "file", chance, documents=documents)
    for size in (0, 1, 7, 60):
        terms = sorted(chance.sample(range(60), size))
        expected = np.zeros(documents * 4)
        for term in terms:
            np.add.at(expected, written.texts[term], written.frequencies[term])
        found, checkpoint = np.zeros(-(-documents * 4 // block_counts.BLOCK) * block_counts.BLOCK), Mock()
        for first, counts in counts_by_block(written.lists, np.array(terms, np.int64), checkpoint):
            found[first : first + len(counts)] = counts
        assert found[: len(expected)].tolist() == expected.tolist()
        assert not found[len(expected) :].any()
        assert checkpoint.call_count >= len(found) // block_counts.BLOCK


def test_a_run_of_terms_with_more_postings_than_a_block_has_texts_is_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(block_counts, "BLOCK", 16)
    counts = np.zeros(16, np.float32)
    places, often = np.array([3, 4, 3] * 9, np.uint16), np.array([1, 2, 5] * 9, np.uint8)
    block_counts._add([places], [often], counts, (np.empty(16, np.int64), np.empty(16, np.float32)))
    assert (counts[3], counts[4], counts.sum()) == (54, 18, 72)

"""Marked block by block, the documents that have any of some terms are those that the postings say."""

import random
from collections.abc import Callable
from functools import cache
from unittest.mock import Mock

import numpy as np
import pytest

from indexer.storage.postings import block_marks
from indexer.storage.postings.block_marks import documents_with_any
from tests.indexer.storage.postings.test_reader import DOCUMENTS, Written
from tests.kernel_built import built


@pytest.fixture(scope="module")
def postings(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Written]:
    """Return the postings of so many documents, which are written once."""
    folder = tmp_path_factory.mktemp("postings")
    return cache(lambda documents: Written(folder / str(documents), random.Random(documents), documents=documents))


@pytest.mark.parametrize(("look", "frequent"), [(1, 5), (1 << 14, 64)])
@pytest.mark.parametrize("documents", [DOCUMENTS, 16_384, 900])
@pytest.mark.parametrize("field", [None, 0, 2])
@pytest.mark.parametrize("is_compiled", [False, True])
def test_the_documents_found_are_those_of_the_postings(
    postings: Callable[[int], Written],
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    documents: int,
    look: int,
    frequent: int,
    field: int | None,
    is_compiled: bool,
) -> None:
    kernel = built(tmp_path_factory) if is_compiled else None
    monkeypatch.setattr(block_marks, "TOGETHER", 300)
    monkeypatch.setattr(block_marks, "LOOK", look)
    monkeypatch.setattr(block_marks, "FREQUENT", frequent)
    written, chance = postings(documents), random.Random(documents)
    for size in (0, 1, 7, 60):
        terms = sorted(chance.sample(range(60), size))
        expected = np.zeros(documents, np.bool_)
        for term in terms:
            texts = np.asarray(written.texts[term], np.int64)
            expected[texts[(texts & 3 == field) | (field is None)] >> 2] = True
        few = np.zeros(documents, np.bool_)
        few[: documents // 3] = True
        for live in (None, few, expected):
            numbers = np.array(terms, np.int64)
            found = documents_with_any(written.lists, numbers, documents, Mock(), live=live, field=field, kernel=kernel)
            counted = slice(None) if live is None else live
            assert np.array_equal(found[counted], expected[counted])

"""The columns of several segments as one are those of all their documents that count."""

import numpy as np
import pytest

from indexer.contract.facets import FacetName
from indexer.contract.protocol import Document
from indexer.storage.doc_values import Columns, columns, joined

VALUES = ((), ("ana",), ("bob", "ana"), ("li",), ("zoë", "bob", "li"))


def documents(first: int, count: int) -> list[Document]:
    return [
        Document(id=id, facets={FacetName.AUTHOR: VALUES[id % len(VALUES)]}, published=id)
        for id in range(first, first + count)
    ]


def made(some: list[Document]) -> Columns:
    return columns(some, np.arange(4 * len(some), dtype=np.uint32))


@pytest.mark.parametrize("sizes", [(9, 4), (40, 1, 1), (1, 12), (3, 2, 5)])
@pytest.mark.parametrize("every", [1, 2, 3])
def test_joined_columns_are_those_of_the_documents_that_count(sizes: tuple[int, ...], every: int) -> None:
    parts, whole, first = [], [], 1
    for number, size in enumerate(sizes):
        some = documents(first, size)
        mask = np.ones(size, np.bool_) if number % 2 else np.arange(size) % every == 0  # of every other all count
        parts.append((made(some), mask))
        whole += [one for one, counts in zip(some, mask.tolist(), strict=True) if counts]
        first += size
    found, expected = joined(parts), made(whole)
    assert found.ids.tolist() == expected.ids.tolist()
    for name, facet in expected.facets.items():
        assert found.facets[name].values == sorted({one for part, _ in parts for one in part.facets[name].values})
        assert found.facets[name].ends.tolist() == facet.ends.tolist()
        assert [found.facets[name].values[at] for at in found.facets[name].numbers] == [
            facet.values[at] for at in facet.numbers
        ]
        assert (found.facets[name].numbers.dtype, found.facets[name].ends.dtype) == (
            np.dtype(np.int32),
            np.dtype(np.uint32),
        )

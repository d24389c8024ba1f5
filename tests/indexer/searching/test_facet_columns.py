"""A facet's values are counted as each row has them, however many a row has and however few rows are counted."""

import random
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from indexer.columnar.engine import ColumnarEngine
from indexer.contract.facets import FacetName
from indexer.contract.protocol import Batch, Document
from indexer.searching import facet_columns
from indexer.searching.facet_columns import MOST_DENSE

ROWS = 400


@pytest.mark.parametrize(
    ("most", "known"), [(0, 60), (1, 1), (1, 60), (MOST_DENSE, 60), (MOST_DENSE + 1, 60), (30, 60)]
)
def test_counts_are_those_of_the_rows_whether_few_or_many_are_counted(tmp_path: Path, most: int, known: int) -> None:
    chance = random.Random(most)
    sites = [f"s{number}.example" for number in range(known)]
    links = {id: tuple(chance.sample(sites, chance.randrange(most + 1))) for id in range(1, ROWS + 1)}
    facets = [{FacetName.LINKS: own} if own else {} for own in links.values()]
    engine = ColumnarEngine(tmp_path)
    engine.apply([Batch([Document(id=id, body="a", facets=own) for id, own in enumerate(facets, 1)], (), 1)])
    snapshot = engine._reading.snapshot()
    columns, values = facet_columns.facet_columns(FacetName.LINKS, snapshot), snapshot.facet(FacetName.LINKS).values
    for size in (0, 1, 2, 40, ROWS):
        rows = np.array(sorted(chance.sample(range(ROWS), size)), np.int64)
        given = [links[id] for id in snapshot.columns.ids[rows].tolist()]
        expected = Counter(site for own in given for site in own)
        for kernel in {snapshot.kernel, None}:
            counts = columns.counts(rows, kernel)
            assert dict(zip(values, counts[1:].tolist(), strict=True)) == {site: expected[site] for site in values}
            assert counts[0] == sum(not own for own in given)

"""Sums by row are the same whether the rows are sorted or looked for among all."""

import random
from pathlib import Path

import numpy as np
import pytest

from indexer.columnar.engine import ColumnarEngine
from indexer.contract.protocol import Batch, Document
from indexer.searching import snapshot as snapshots
from indexer.searching.snapshot import Snapshot
from indexer.storage import commits

ROWS = 300


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    folder = Path(tmp_path_factory.mktemp("totals"))
    engine = ColumnarEngine(folder)
    engine.apply([Batch([Document(id=id, body="a") for id in range(1, ROWS + 1)], (), 1)])
    engine.close()
    number = commits.generation(folder)
    return Snapshot(folder, commits.read(folder, number), number)


@pytest.mark.parametrize("scattered", [1, 8, ROWS * 2])
def test_every_row_that_a_part_has_is_found_once_in_order_with_its_sum(
    snapshot: Snapshot, scattered: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshots, "SCATTERED", scattered)
    chance = random.Random(scattered)
    for sizes in ((), (0,), (1,), (20,), (20, 5, 20), (ROWS, ROWS)):
        parts = [
            (
                np.array(sorted(chance.choices(range(ROWS), k=size)), np.int64),
                np.array([chance.randrange(1, 9) for _ in range(size)], np.float32),
            )
            for size in sizes
        ]
        sums: dict[int, float] = {}
        for rows, numbers in parts:
            for row, number in zip(rows.tolist(), numbers.tolist(), strict=True):
                sums[row] = sums.get(row, 0.0) + number
        rows, totals = snapshot.totals(parts)
        assert dict(zip(rows.tolist(), totals.tolist(), strict=True)) == sums
        assert rows.tolist() == sorted(sums)

"""A limit of this machine that is met as the index is opened is no damage: nothing is built anew for it."""

from pathlib import Path

import pytest

from corpus.errors import IndexDamaged, IndexError_
from indexer.columnar.engine import ColumnarEngine
from indexer.contract.protocol import Batch, Document
from indexer.storage import commits
from indexer.storage.arrays import ArrayFile
from tests.limits import no_more_files


@pytest.mark.parametrize("what", ["segment", "commit"])
def test_an_index_that_cannot_be_opened_for_want_of_open_files_is_not_damaged(tmp_path: Path, what: str) -> None:
    engine = ColumnarEngine(tmp_path)
    engine.apply([Batch([Document(id=1, body="the floodwalls")], (), 1)])
    engine.close()
    segment, number = next(tmp_path.glob("*.columns")), commits.generation(tmp_path)
    with no_more_files(), pytest.raises(IndexError_, match="no more files may be open") as met:
        ArrayFile(segment) if what == "segment" else commits.read(tmp_path, number)
    assert not isinstance(met.value, IndexDamaged)

"""A disk that fills up during a commit or a rebuild costs that run, never the index that was there."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path

import pytest

from corpus.errors import IndexError_
from corpus.store import ArticleStore
from indexer import sync
from indexer.open import open_engine
from indexer.rebuild import rebuild
from tests.indexer.columnar.samples import article, filled, is_whole, query

ROOT = Path(__file__).parents[3]
MEMORY = 64 << 20

LIMITED = """
import resource, sys
from datetime import UTC
from pathlib import Path
from corpus.errors import IndexError_
from corpus.store import ArticleStore
from indexer import sync
from indexer.open import open_engine
from indexer.rebuild import rebuild

store = ArticleStore.open(Path(sys.argv[1]))
engine = open_engine(Path(sys.argv[2]))
limit = int(sys.argv[4])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    if sys.argv[3] == "update":
        sync.update(store, engine, zone=UTC)
    else:
        rebuild(store, Path(sys.argv[2]), zone=UTC, memory=64 << 20, processes=int(sys.argv[3]))
except IndexError_ as error:
    print(error)
"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ArticleStore]:
    """A store with 1,200 articles."""
    with filled(tmp_path / "pressmark.sqlite", 1200) as store:
        yield store


@pytest.mark.parametrize(
    ("limit", "work"),
    [
        (0, "update"),
        (60_000, "update"),
        (60_000, "0"),
        (0, "2"),
        pytest.param(0, "0", marks=pytest.mark.soak),
        pytest.param(60_000, "2", marks=pytest.mark.soak),
    ],
)
def test_a_file_that_may_not_grow_leaves_the_old_index(
    tmp_path: Path, store: ArticleStore, work: str, limit: int
) -> None:
    engine, index = open_engine(tmp_path / "index"), tmp_path / "index"
    sync.update(store, engine, zone=UTC)
    store.write_many(article(number) for number in range(2000, 2900))
    command = [sys.executable, "-c", LIMITED, str(store.path), str(index), work, str(limit)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    said = ran.stdout + ran.stderr
    assert "File too large: the index stays as it was" in said
    assert engine.search(query("flood")).total == 1200
    assert is_whole(index)
    sync.update(store, engine, zone=UTC)
    assert engine.search(query("flood")).total == 2100


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 2 MB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = os.geteuid() == 0 and not subprocess.call(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "none", str(disk)], stderr=subprocess.DEVNULL
    )
    if not mounted:
        pytest.skip("only root may mount a small disk")
    yield disk
    subprocess.check_call(["umount", "-l", str(disk)])


@pytest.mark.parametrize("processes", [0, 2])
def test_a_disk_without_room_for_two_indexes_keeps_the_old_one(
    store: ArticleStore, small_disk: Path, processes: int
) -> None:
    index, engine = small_disk / "index", open_engine(small_disk / "index")
    sync.update(store, engine, zone=UTC)
    filling = small_disk / "filling"
    used = sum(path.stat().st_size for path in index.iterdir())
    filling.write_bytes(bytes((2 << 20) - used - used // 2 - 20_000))
    for _ in range(2):
        with pytest.raises(IndexError_, match="No space left on device: the index stays as it was"):
            rebuild(store, index, zone=UTC, memory=MEMORY, processes=processes)
        assert engine.search(query("flood")).total == 1200
        assert is_whole(index)
    filling.unlink()
    rebuild(store, index, zone=UTC, memory=MEMORY, processes=processes)
    assert engine.search(query("flood")).total == 1200
    engine.close()

"""Whatever is done to an index, searches answer rightly or say that it is being rebuilt, and then answer."""

import os
import random
import shutil
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC
from pathlib import Path

import numpy as np
import pytest

from corpus.config import Config, IndexerSettings
from corpus.errors import IndexError_, IndexRebuilding
from corpus.locks import hold
from corpus.store import ArticleStore
from indexer import self_repair, sync
from indexer.columnar import snapshots
from indexer.columnar.engine import ColumnarEngine
from indexer.open import open_self_repairing
from indexer.self_repair import SelfRepairingEngine
from indexer.storage import commits
from indexer.storage.arrays import ArrayWriter
from indexer.storage.policy import FULL
from indexer.storage.segment import FORMAT
from tests.indexer.columnar.samples import article, filled, is_whole, query, segments, tables

ARTICLES = 60


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def emptied(path: Path) -> None:
    os.truncate(path, 0)


def flipped(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        byte = file.read(1)[0]
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([byte ^ 0x10]))


def missing(path: Path) -> None:
    path.unlink()


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def overwritten(path: Path) -> None:
    path.write_bytes(random.Random(3).randbytes(path.stat().st_size))


def a_page_lost(path: Path) -> None:
    """As a disk loses it: 4 kB of zeros, or what there is."""
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 3 // 4096 * 4096)
        file.write(bytes(min(4096, path.stat().st_size)))


def signed_nonsense(path: Path) -> None:
    """What a stranger can write: the checksums are right, and the values are none of ours."""
    if path.suffix == ".json":
        said = b'{"position": 1, "segments": 7}'
        path.write_bytes(said + f"\n{zlib.crc32(said):08x}".encode())
        return
    path.unlink()
    writer = ArrayWriter(path)
    writer.add("texts", np.arange(3, dtype=np.uint32))
    writer.close(format=FORMAT, documents=60)


DAMAGES = (cut, emptied, flipped, missing, folder, overwritten, a_page_lost, signed_nonsense)


def table(index: Path) -> Path:
    return tables(index)[0]


def segment(index: Path) -> Path:
    return segments(index)[0]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ArticleStore]:
    """A store of sixty articles, all of them indexed in two segments."""
    with filled(tmp_path / "pressmark.sqlite", ARTICLES) as store:
        engine = ColumnarEngine(tmp_path / "index")
        sync.update(store, engine, zone=UTC)
        store.write(article(1, edition=2))
        sync.update(store, engine, zone=UTC)
        yield store


@pytest.fixture
def opened(tmp_path: Path, store: ArticleStore) -> Iterator[Callable[..., SelfRepairingEngine]]:
    """Opens the index as the command line does, or as the pages do."""
    made: list[SelfRepairingEngine] = []

    def opened(*, wait: bool, say: Callable[[str], object] | None = None, examines: bool = True) -> SelfRepairingEngine:
        config = Config(data=tmp_path, indexer=IndexerSettings(memory=64 << 20))
        made.append(open_self_repairing(config, lambda: store, wait=wait, say=say, examines=lambda: examines))
        return made[-1]

    yield opened
    for engine in made:
        engine.close()


@pytest.fixture(autouse=True)
def looks_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each search look for what others did to the index; else one in 20 ms does, which damage need not outlast."""
    monkeypatch.setattr(snapshots, "FRESH", -1.0)


def when_repaired(engine: SelfRepairingEngine) -> int:
    """Ask until the index answers, and return the number of articles that have `flood`."""
    end = time.monotonic() + 60
    while True:
        try:
            total = engine.search(query("flood")).total
        except IndexRebuilding:
            assert time.monotonic() < end
            time.sleep(0.01)
            continue
        if engine.damage is None:
            return total


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("which", [segment, table])
def test_the_command_line_waits_for_a_damaged_index_and_says_why(
    tmp_path: Path,
    opened: Callable[..., SelfRepairingEngine],
    which: Callable[[Path], Path],
    damage: Callable[[Path], None],
) -> None:
    damage(which(tmp_path / "index"))
    said: list[str] = []
    assert opened(wait=True, say=said.append).search(query("flood")).total == ARTICLES
    assert [line.partition(":")[0] for line in said[:1]] == ["the index is damaged"]
    assert said[1].startswith("the index was rebuilt in")
    assert is_whole(tmp_path / "index")


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("which", [segment, table])
def test_pages_that_open_a_damaged_index_say_so_until_it_is_built(
    tmp_path: Path,
    opened: Callable[..., SelfRepairingEngine],
    which: Callable[[Path], Path],
    damage: Callable[[Path], None],
) -> None:
    damage(which(tmp_path / "index"))
    pages = opened(wait=False)
    with pytest.raises(IndexRebuilding, match="is being rebuilt from the articles; nothing is lost"):
        pages.search(query("flood"))
    assert when_repaired(pages) == ARTICLES
    pages.close()
    assert is_whole(tmp_path / "index")


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("which", [segment, table])
def test_pages_under_way_answer_rightly_or_say_so(
    tmp_path: Path,
    opened: Callable[..., SelfRepairingEngine],
    which: Callable[[Path], Path],
    damage: Callable[[Path], None],
) -> None:
    pages = opened(wait=False)
    assert pages.search(query("flood")).total == ARTICLES
    damage(which(tmp_path / "index"))
    assert when_repaired(pages) == ARTICLES


def test_an_older_state_answers_while_the_newest_is_built_anew(
    tmp_path: Path, store: ArticleStore, opened: Callable[..., SelfRepairingEngine]
) -> None:
    # The look at every byte, in a thread, may come late, and use the newest commit before it is harmed.
    pages, old = opened(wait=False, examines=False), set(segments(tmp_path / "index"))
    assert pages.search(query("edition3")).total == 0
    store.write(article(2, edition=3))
    sync.update(store, ColumnarEngine(tmp_path / "index"), zone=UTC)
    with hold(tmp_path / "index" / commits.LOCK, what="a test"):
        cut(next(path for path in segments(tmp_path / "index") if path not in old))
        assert pages.search(query("flood")).total == ARTICLES
        assert pages.search(query("edition3")).total == 0
        assert pages.damage is not None
    pages._work._next = 0.0  # it was told to try later, as another held the lock
    assert when_repaired(pages) == ARTICLES
    assert pages.search(query("edition3")).total == 1


def test_a_deleted_index_goes_on_answering_and_comes_back(
    tmp_path: Path, opened: Callable[..., SelfRepairingEngine]
) -> None:
    pages = opened(wait=False)
    assert pages.search(query("flood")).total == ARTICLES
    shutil.rmtree(tmp_path / "index")
    assert pages.search(query("flood")).total == ARTICLES
    assert when_repaired(pages) == ARTICLES
    pages.close()
    assert is_whole(tmp_path / "index")


def test_pages_without_an_index_begin_by_building_it(
    tmp_path: Path, opened: Callable[..., SelfRepairingEngine]
) -> None:
    shutil.rmtree(tmp_path / "index")
    pages = opened(wait=False)
    with pytest.raises(IndexRebuilding):
        pages.search(query("flood"))
    assert when_repaired(pages) == ARTICLES


def test_an_empty_archive_has_nothing_to_build(tmp_path: Path) -> None:
    with ArticleStore.open(tmp_path / "pressmark.sqlite") as store:
        pages = open_self_repairing(Config(data=tmp_path), lambda: store, wait=False)
        assert pages.search(query("flood")).total == 0
        assert pages.position == 0
        pages.close()


def rot(index: Path) -> None:
    """Flip a byte of the largest segment as if the disk had done so by itself: nobody has written to the file."""
    number = commits.generation(index)
    contents = commits.read(index, number)
    path = segments(index)[0]
    flipped(path)
    stamp = path.stat().st_size, path.stat().st_ctime_ns
    listed = (replace(one, written=stamp) if one.filename() == path.name else one for one in contents.segments)
    contents = replace(contents, segments=tuple(listed))
    commits.write(index, number + 1, contents)
    commits.tidy(index, number + 1, contents)


def test_bits_that_rot_without_a_trace_are_found_by_reading_everything(
    tmp_path: Path, opened: Callable[..., SelfRepairingEngine]
) -> None:
    rot(tmp_path / "index")
    rotten = commits.generation(tmp_path / "index")
    assert len(ColumnarEngine(tmp_path / "index")) == ARTICLES  # nobody has noticed yet
    pages = opened(wait=False)
    end = time.monotonic() + 60
    while commits.generation(tmp_path / "index") == rotten and time.monotonic() < end:
        with suppress(IndexRebuilding):
            pages.search(query("flood"))
        time.sleep(0.01)
    assert when_repaired(pages) == ARTICLES
    pages.close()
    assert is_whole(tmp_path / "index")


def test_damage_met_by_a_merge_is_not_merged(
    tmp_path: Path, store: ArticleStore, opened: Callable[..., SelfRepairingEngine]
) -> None:
    engine = ColumnarEngine(tmp_path / "index")
    store.write(article(70))
    sync.update(store, engine, zone=UTC)
    assert len(segments(tmp_path / "index")) == FULL - 1
    rot(tmp_path / "index")
    said: list[str] = []
    index = opened(wait=True, say=said.append)
    for number in range(71, 74):
        store.write(article(number))
        sync.update(store, index, zone=UTC)
        assert isinstance(index._engine, ColumnarEngine)
        index._engine.settle()
    assert "its checksum is" in said[0]
    assert index.search(query("flood")).total == ARTICLES + 4
    assert is_whole(tmp_path / "index")


def test_an_update_of_a_damaged_index_makes_all_of_it_again(tmp_path: Path, store: ArticleStore) -> None:
    cut(segment(tmp_path / "index"))
    engine = ColumnarEngine(tmp_path / "index")
    assert sync.update(store, engine, zone=UTC).indexed == ARTICLES
    assert engine.search(query("flood")).total == ARTICLES


def test_an_index_that_cannot_be_written_says_so_and_is_tried_again(
    tmp_path: Path, store: ArticleStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(self_repair, "RETRY", 0.0)
    attempts: list[int] = []

    def fail(progress: self_repair.Progress) -> None:
        attempts.append(1)
        raise IndexError_("No space left on device")

    cut(segment(tmp_path / "index"))
    pages = SelfRepairingEngine(ColumnarEngine(tmp_path / "index"), fail, lambda: True, wait=False)
    said = ""
    end = time.monotonic() + 120
    while "could not be rebuilt yet" not in said or len(attempts) < 2:
        assert time.monotonic() < end
        with pytest.raises(IndexRebuilding) as caught:
            pages.search(query("flood"))
        said = str(caught.value)
    pages.close()


def test_closing_gives_up_a_rebuild_under_way(tmp_path: Path, store: ArticleStore) -> None:
    def endless(progress: self_repair.Progress) -> None:
        while True:
            progress(0.5)
            time.sleep(0.001)

    cut(segment(tmp_path / "index"))
    pages = SelfRepairingEngine(ColumnarEngine(tmp_path / "index"), endless, lambda: True, wait=False)
    said = ""
    while "50% is done" not in said:
        with pytest.raises(IndexRebuilding) as caught:
            pages.search(query("flood"))
        said = str(caught.value)
    pages.close()

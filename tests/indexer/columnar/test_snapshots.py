"""Readers see whole states: while others write, merge and swap, every answer is that of one commit."""

import gc
import threading
from collections.abc import Callable
from datetime import UTC
from pathlib import Path

import pytest

from corpus.store import ArticleStore
from indexer import sync
from indexer.columnar.engine import ColumnarEngine
from indexer.contract.facets import FacetName
from indexer.contract.values import Results
from indexer.rebuild import rebuild
from tests.indexer.columnar.samples import article, filled, is_whole, query

ARTICLES = 120
READERS = 8


def agrees(found: Results) -> bool:
    """Do total, hits, facets and histogram of one answer speak of the same articles?"""
    counts = {facet.name: sum(each.count for each in facet.counts) for facet in found.facets}
    assert found.histogram is not None
    bars = sum(bar.count for bar in found.histogram.bars) + found.histogram.undated
    single = {counts[FacetName.SITE], counts[FacetName.AUTHOR], counts[FacetName.LANGUAGE], bars}
    return single == {found.total} and len(found.hits) == min(100, found.total)


def watch(index: Path, done: threading.Event, totals: Callable[[int], int], failures: list[object]) -> None:
    """Read until all is done; whatever is not one committed state is a failure."""
    engine, last = ColumnarEngine(index), 0
    try:
        while not done.wait(0.005):  # or the writer would hardly get a turn
            found = engine.search(query("flood"))
            if not agrees(found) or found.total != totals(found.position) or found.position < last:
                failures.append((found.total, found.position, last))
            last = found.position
    except Exception as error:
        failures.append(error)
    finally:
        engine.close()


def watched(folder: Path, work: Callable[[ArticleStore, Path], None]) -> None:
    """Let eight readers watch some work. The store only grows, so a position says how many articles there are."""
    done, failures = threading.Event(), list[object]()
    with filled(folder / "pressmark.sqlite", ARTICLES) as store:
        sync.update(store, ColumnarEngine(folder / "index"), zone=UTC)
        readers = [
            threading.Thread(target=watch, args=(folder / "index", done, lambda at: at, failures))
            for _ in range(READERS)
        ]
        for reader in readers:
            reader.start()
        try:
            work(store, folder / "index")
        finally:
            done.set()
            for reader in readers:
                reader.join()
        assert failures == []
        assert is_whole(folder / "index")


def write_and_swap(rounds: int) -> Callable[[ArticleStore, Path], None]:
    def work(store: ArticleStore, index: Path) -> None:
        engine, number = ColumnarEngine(index), ARTICLES
        for turn in range(rounds):
            for _ in range(9):  # eight small segments are merged
                store.write_many(article(number := number + 1) for _ in range(2))
                sync.update(store, engine, zone=UTC)
            rebuild(store, index, zone=UTC, memory=64 << 20, processes=turn % 2)
        engine.close()  # and wait for the merge that is under way

    return work


def test_eight_readers_see_whole_states_through_writes_merges_and_swaps(tmp_path: Path) -> None:
    watched(tmp_path, write_and_swap(2))


@pytest.mark.soak
def test_eight_readers_see_whole_states_for_minutes(tmp_path: Path) -> None:
    watched(tmp_path, write_and_swap(15))


def test_a_search_under_way_keeps_its_files_through_a_swap(tmp_path: Path) -> None:
    with filled(tmp_path / "pressmark.sqlite", ARTICLES) as store:
        engine = ColumnarEngine(tmp_path / "index")
        sync.update(store, engine, zone=UTC)
        held = engine._reading.snapshot()
        for _ in range(2):
            rebuild(store, tmp_path / "index", zone=UTC, memory=64 << 20)
        assert len(engine) == ARTICLES
        assert not any(path.exists() for path in (one.file.path for one in held.segments))
        assert int(held.columns.lengths.sum()) > ARTICLES
        assert held.vocabulary.postings("flood")


def test_old_files_are_let_go_of_at_once(tmp_path: Path) -> None:
    gc.collect()
    gc.disable()  # a snapshot must not wait for it: its files hold disk space
    try:
        with filled(tmp_path / "pressmark.sqlite", ARTICLES) as store:
            engine = ColumnarEngine(tmp_path / "index")
            for number in range(12):
                store.write(article(1, edition=number + 2))
                sync.update(store, engine, zone=UTC)
                assert engine.search(query("flood walls -edition1")).total == 1
                assert engine.complete("floo")
            assert deleted(tmp_path / "index") == 0
    finally:
        gc.enable()


def deleted(index: Path) -> int:
    """How many files of an index this process has mapped though they are gone."""
    lines = Path("/proc/self/maps").read_text().splitlines()
    return sum(str(index) in line and line.endswith("(deleted)") for line in lines)

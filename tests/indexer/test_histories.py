"""Store and index are one history: an index of other articles never answers for this store."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC
from pathlib import Path

import pytest

from corpus.config import Config, IndexerSettings
from corpus.store import ArticleStore
from indexer import sync
from indexer.columnar.engine import ColumnarEngine
from indexer.contract.protocol import Batch, Document
from indexer.open import open_self_repairing
from indexer.self_repair import SelfRepairingEngine
from indexer.storage import commits
from tests.indexer.columnar.samples import article, is_whole, query
from tests.indexer.test_self_repair import when_repaired
from tests.stores import new_store

Opened = Callable[..., SelfRepairingEngine]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    """Opens the index of the store in `tmp_path`, as the command line does or as the pages do."""
    closing: list[SelfRepairingEngine | ArticleStore] = []

    def opened(
        *, wait: bool = True, say: Callable[[str], object] = print, timezone: str = "UTC"
    ) -> SelfRepairingEngine:
        config = Config(data=tmp_path, timezone=timezone, indexer=IndexerSettings(memory=64 << 20))
        store = new_store(config.store)
        engine = open_self_repairing(config, lambda: store, wait=wait, say=say)
        closing.extend((engine, store))
        return engine

    yield opened
    for one in closing:
        one.close()


def write(tmp_path: Path, *numbers: int, edition: int = 1) -> int:
    """Write articles; return the store's last sequence."""
    with new_store(tmp_path / "pressmark.sqlite") as store:
        store.write_many(article(number, edition=edition) for number in numbers)
        return store.sequence


def index(tmp_path: Path, engine: SelfRepairingEngine) -> None:
    with new_store(tmp_path / "pressmark.sqlite") as store:
        sync.update(store, engine, zone=UTC)


def restored(tmp_path: Path, *later: int) -> None:
    """Three articles, a copy of the store, three more, all of them indexed; then the copy is the store, and goes on."""
    write(tmp_path, 1, 2, 3)
    shutil.copy(tmp_path / "pressmark.sqlite", tmp_path / "copy")
    write(tmp_path, 4, 5, 6)
    with new_store(tmp_path / "pressmark.sqlite") as store:
        config = Config(data=tmp_path)
        engine = open_self_repairing(config, lambda: store, wait=True)
        sync.update(store, engine, zone=UTC)
        assert engine.search(query("flood")).total == 6
        engine.close()
    shutil.copy(tmp_path / "copy", tmp_path / "pressmark.sqlite")
    if later:
        write(tmp_path, *later)


@pytest.mark.parametrize("later", [(), (7,), (7, 8, 9), (7, 8, 9, 10, 11)])
def test_a_restored_store_is_indexed_as_it_is(tmp_path: Path, opened: Opened, later: tuple[int, ...]) -> None:
    restored(tmp_path, *later)
    said: list[str] = []
    engine = opened(say=said.append)
    assert engine.position == 0
    assert engine.search(query("flood")).total == 3 + len(later)
    assert engine.search(query("article4")).total == 0
    assert [engine.search(query(f"article{number}")).total for number in later] == [1] * len(later)
    assert engine.position == 3 + len(later)
    assert "of another store, or of a later state" in said[0]
    assert is_whole(tmp_path / "index")


@pytest.mark.parametrize("later", [(), (7, 8, 9, 10)])
def test_pages_on_a_restored_store_show_no_other_article(
    tmp_path: Path, opened: Opened, later: tuple[int, ...]
) -> None:
    restored(tmp_path, *later)
    pages = opened(wait=False)
    assert when_repaired(pages) == 3 + len(later)


def test_an_update_of_a_restored_store_takes_all_of_it(tmp_path: Path, opened: Opened) -> None:
    restored(tmp_path, 7, 8, 9, 10)
    engine = opened()
    index(tmp_path, engine)
    assert engine.search(query("flood")).total == 7
    assert engine.search(query("article4")).total == 0


def test_an_index_of_another_store_does_not_answer(tmp_path: Path, opened: Opened) -> None:
    write(tmp_path, 1, 2, 3)
    index(tmp_path, opened())
    (tmp_path / "pressmark.sqlite").unlink()
    write(tmp_path, 11, 12, 13)
    engine = opened()
    assert engine.search(query("article1")).total == 0
    assert engine.search(query("article11")).total == 1


def test_an_index_over_an_emptied_store_finds_nothing(tmp_path: Path, opened: Opened) -> None:
    write(tmp_path, 1, 2, 3)
    index(tmp_path, opened())
    (tmp_path / "pressmark.sqlite").unlink()
    assert opened().search(query("flood")).total == 0


def test_writes_by_several_openings_are_one_history(tmp_path: Path, opened: Opened) -> None:
    engine = opened()
    for number in range(1, 6):
        write(tmp_path, number)
        before = engine.position
        assert before == number - 1
        index(tmp_path, engine)
        assert opened().position == number
    assert engine.damage is None
    assert engine.search(query("flood")).total == 5


def test_another_time_zone_makes_the_index_anew_and_says_so(tmp_path: Path, opened: Opened) -> None:
    write(tmp_path, 1, 2, 3)
    index(tmp_path, opened())
    said: list[str] = []
    engine = opened(say=said.append, timezone="Asia/Tokyo")
    assert engine.position == 0
    why = "the index was made with timezone = UTC, and the configuration says timezone = Asia/Tokyo"
    assert engine.outdated == why
    assert engine.search(query("flood")).total == 3
    assert said[0] == f"{why}; it is rebuilt from the articles, nothing is lost"
    assert opened(timezone="Asia/Tokyo").position == engine.position == 3
    assert opened(timezone="UTC").position == 0


def test_pages_answer_in_the_old_zone_until_the_index_is_in_the_new(tmp_path: Path, opened: Opened) -> None:
    write(tmp_path, 1, 2, 3)
    index(tmp_path, opened())
    pages = opened(wait=False, timezone="Asia/Tokyo")
    assert pages.search(query("flood")).total == 3
    assert when_repaired(pages) == 3


def test_a_hit_without_an_article_is_damage(tmp_path: Path, opened: Opened) -> None:
    write(tmp_path, 1, 2, 3)
    index(tmp_path, opened())
    number = commits.generation(tmp_path / "index")
    origin = commits.read(tmp_path / "index", number).origin
    ColumnarEngine(tmp_path / "index").apply([Batch([Document(id=99, body="flood")], (), 3, origin)])
    said: list[str] = []
    engine = opened(say=said.append)
    assert engine.search(query("flood")).total == 3
    assert "it finds 1 articles that the store does not have" in said[0]


def test_a_withdrawn_article_that_is_still_found_is_no_damage(tmp_path: Path, opened: Opened) -> None:
    write(tmp_path, 1, 2, 3)
    engine = opened()
    index(tmp_path, engine)
    with new_store(tmp_path / "pressmark.sqlite") as store:
        store.withdraw(2, "asked for")
    said: list[str] = []
    assert opened(say=said.append).search(query("flood")).total == 3
    assert said == []

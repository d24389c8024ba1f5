"""`in:removed` finds the texts that are gone, and nothing that was withdrawn; other searches do not see them."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, timedelta
from pathlib import Path

import pytest

from corpus.config import Config, IndexerSettings
from corpus.errors import IndexLocked, IndexRebuilding
from corpus.locks import hold
from corpus.model import Discovered, Outcome, UrlKind, UrlState, Visit
from corpus.store import ArticleStore
from corpus.via import Via
from indexer import sync
from indexer.open import open_self_repairing, rebuild_index, verify_index
from indexer.query.query import parse
from indexer.results.present import present
from indexer.self_repair import SelfRepairingEngine
from indexer.storage import commits
from tests.indexer.columnar.samples import NOW, article, filled, query, segments


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ArticleStore]:
    """Six articles, of which the first two have had another text."""
    with filled(tmp_path / "pressmark.sqlite", 6) as store:
        for number in (1, 2):
            old = article(number)
            store.write(replace(old, body=f"The mayor resigned on pier {number}. The walls held."))
            store.write(replace(old, body="The walls held. The mayor stays."))
        yield store


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return Config(data=tmp_path, indexer=IndexerSettings(memory=64 << 20))


@pytest.fixture
def engine(config: Config, store: ArticleStore) -> Iterator[SelfRepairingEngine]:
    engine = open_self_repairing(config, lambda: store, wait=True)
    sync.update(store, engine, zone=UTC)
    yield engine
    engine.close()


def found(engine: SelfRepairingEngine, text: str) -> list[int]:
    return sorted(hit.id for hit in engine.search(query(text)).hits)


def test_words_and_phrases_of_texts_that_are_gone_are_found_there_alone(engine: SelfRepairingEngine) -> None:
    assert found(engine, "resigned") == []
    assert found(engine, "in:removed resigned") == [1, 2]
    assert found(engine, 'in:removed "mayor resigned"') == [1, 2]
    assert found(engine, "in:removed resigned -pier3") == [1, 2]
    assert found(engine, "in:removed resigned -pier2") == [1]  # which is also written pier 2
    assert found(engine, 'in:removed "pier 2"') == [2]
    assert found(engine, "in:removed stays") == []
    assert found(engine, "in:removed") == [1, 2]
    assert found(engine, "in:removed resigned by:li-wei") == [1]
    assert found(engine, "") == [1, 2, 3, 4, 5, 6]


def test_a_hit_shows_what_is_gone_and_when_it_was_last_seen(engine: SelfRepairingEngine, store: ArticleStore) -> None:
    asked = query("in:removed resigned")
    results = engine.search(asked)
    shown = present(results, asked, store)
    assert results.position == store.sequence
    assert shown.read_as == "resigned; in texts that are gone"
    hit = shown.as_json()["hits"][0]
    assert hit["snippet"].startswith("The mayor resigned on pier")
    assert (hit["removed"]["revision"], hit["removed"]["replaced_by"]) == (2, 3)
    assert "removed" not in present(engine.search(query("walls")), query("walls"), store).as_json()["hits"][0]


def test_the_last_visit_that_saw_the_text_says_when_it_was_last_seen(
    engine: SelfRepairingEngine, store: ArticleStore
) -> None:
    one = article(9)
    store.frontier.add([Discovered(url=one.url, kind=UrlKind.ARTICLE, via=Via.FEED)], one.source, NOW)
    for days, body in ((0, "The mayor fled."), (3, "The mayor fled."), (5, "The mayor stays.")):
        at = NOW + timedelta(days=days)
        given = replace(one, body=body, fetched=at)
        store.record(Visit(url=one.url, at=at, outcome=Outcome.NEW, article=given, state=UrlState.WAITING, due=at))
    sync.update(store, engine, zone=UTC)
    asked = query("in:removed fled")
    (hit,) = present(engine.search(asked), asked, store).hits
    assert hit.removed is not None
    assert (hit.removed.seen, hit.removed.gone) == (NOW + timedelta(days=3), NOW + timedelta(days=5))


def test_an_export_lists_them_and_an_explanation_adds_up(engine: SelfRepairingEngine) -> None:
    assert sorted(engine.listing(query("in:removed resigned")).ids) == [1, 2]
    said = engine.explain(query("in:removed resigned"), 1)
    assert said.matches
    assert sum(each.score for each in said.contributions) == pytest.approx(said.score)


def test_what_was_withdrawn_is_not_found_not_even_after_a_rebuild(
    engine: SelfRepairingEngine, store: ArticleStore, config: Config
) -> None:
    assert found(engine, "in:removed resigned") == [1, 2]
    store.withdraw_by_hand(1, "a court said so", at=NOW)
    store.withdraw(2, "gone", at=NOW)
    sync.update(store, engine, zone=UTC)
    assert found(engine, "in:removed resigned") == []
    assert engine.search(query("in:removed")).total == 0
    rebuild_index(config, store)
    assert engine.search(query("in:removed")).total == 0


def test_what_was_withdrawn_is_not_found_before_the_index_of_articles_follows(
    engine: SelfRepairingEngine, store: ArticleStore
) -> None:
    store.withdraw(1, "gone", at=NOW)
    assert found(engine, "in:removed resigned") == [2]


def test_a_text_that_comes_back_is_gone_no_more(engine: SelfRepairingEngine, store: ArticleStore) -> None:
    store.write(replace(article(1), body="The mayor resigned on pier 1. The walls held. The mayor stays."))
    assert "1" not in map(str, found(engine, "in:removed resigned"))


def test_an_index_that_is_missing_damaged_or_of_another_version_is_made_again(
    engine: SelfRepairingEngine, store: ArticleStore, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = config.index / "removed"
    assert found(engine, "in:removed resigned") == [1, 2]
    engine.close()
    for spoil in (shutil.rmtree, lambda path: segments(path)[0].write_bytes(b"no")):
        spoil(folder)
        other = open_self_repairing(config, lambda: store, wait=True)
        assert found(other, "in:removed resigned") == [1, 2]
        other.close()
    assert verify_index(config.index) == []
    segments(folder)[0].write_bytes(b"no")
    assert verify_index(config.index)[0].startswith("texts that are gone: ")


def test_another_process_that_writes_does_not_keep_readers_waiting_who_see_that_there_may_be_more(
    engine: SelfRepairingEngine, store: ArticleStore, config: Config
) -> None:
    assert found(engine, "in:removed resigned") == [1, 2]
    store.write(replace(article(3), body="Other words."))
    with hold(config.index / "removed" / commits.LOCK, what="a test", error=IndexLocked):
        assert found(engine, "in:removed resigned") == [1, 2]
        assert engine.search(query("in:removed resigned")).partial
        assert engine.listing(query("in:removed resigned")).partial
    assert not engine.search(query("in:removed resigned")).partial
    assert found(engine, "in:removed edition1") == [1, 2, 3]


def test_a_damaged_index_that_another_process_writes_is_said_to_be_built_and_is_not_touched(
    engine: SelfRepairingEngine, store: ArticleStore, config: Config
) -> None:
    folder = config.index / "removed"
    assert found(engine, "in:removed resigned") == [1, 2]
    engine.close()
    segments(folder)[0].write_bytes(b"no")
    other = open_self_repairing(config, lambda: store, wait=True)
    with hold(folder / commits.LOCK, what="a test", error=IndexLocked):
        for ask in (other.search, other.listing):
            with pytest.raises(IndexRebuilding, match="is being rebuilt"):
                ask(query("in:removed resigned"))
        with pytest.raises(IndexLocked, match="a test"):
            rebuild_index(config, store)
        assert segments(folder)[0].read_bytes() == b"no"
    assert found(other, "in:removed resigned") == [1, 2]
    other.close()


def test_who_reads_the_old_index_goes_on_while_it_is_made_anew(
    engine: SelfRepairingEngine, store: ArticleStore, config: Config
) -> None:
    assert found(engine, "in:removed resigned") == [1, 2]
    rebuild_index(config, store)
    assert found(engine, "in:removed resigned") == [1, 2]
    assert len(segments(config.index / "removed")) == 1


def test_an_archive_without_a_text_that_is_gone_has_no_index_of_them(tmp_path: Path) -> None:
    with filled(tmp_path / "pressmark.sqlite", 3) as store:
        engine = open_self_repairing(Config(data=tmp_path), lambda: store, wait=True)
        sync.update(store, engine, zone=UTC)
        assert not (tmp_path / "index" / "removed").exists()
        assert found(engine, "in:removed walls") == []
        engine.close()


def test_where_earlier_texts_are_not_shown_a_note_says_so() -> None:
    read = parse("flood in:removed", now=NOW, zone=UTC, removed=False)
    assert read.filters == ()
    assert read.notes == ("in:removed is left out: texts that are gone are not searched here",)
    assert parse("flood", {"in": ["removed"]}, now=NOW, zone=UTC).filters == query("flood in:removed").filters


@pytest.mark.parametrize("text", ["(flood in:removed) OR wall", "flood OR in:removed", "wall -(flood in:removed)"])
def test_beside_or_the_filter_holds_for_nothing_and_a_note_says_so(text: str) -> None:
    assert "holds for a whole search" in " ".join(query(text).notes)

"""What changed in the store -> the engine."""

from datetime import UTC, datetime, timedelta

import pytest

from corpus.model import Article, Author
from indexer.sync import update
from tests.indexer.conftest import ids, open_engine
from tests.stores import new_store

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def article(number, body="flood", **fields):
    url = f"https://a.example/{number}"
    return Article(url=url, source="a.example", body=body, fetched=NOW + timedelta(hours=number), **fields)


@pytest.fixture
def store(tmp_path):
    with new_store(tmp_path / "store.db") as opened:
        yield opened


def test_all_articles_are_indexed_in_batches(store, engine):
    store.write_many(article(number) for number in range(7))
    seen = []
    done = update(store, engine, zone=UTC, batch=3, progress=seen.append)
    assert (done.indexed, done.deleted, done.position) == (7, 0, store.sequence)
    assert seen == pytest.approx([3 / 7, 6 / 7, 1])
    assert len(ids(engine, "flood")) == len(engine) == 7


def test_only_what_changed_is_indexed_again(store, engine):
    store.write_many(article(number) for number in range(4))
    update(store, engine, zone=UTC)
    store.write(article(2, "storm"))
    done = update(store, engine, zone=UTC)
    assert (done.indexed, done.deleted) == (1, 0)
    assert ids(engine, "storm") == [store.by_url("https://a.example/2").id]
    assert len(ids(engine, "flood")) == 3


def test_nothing_new_is_nothing_to_do(store, engine):
    store.write(article(1))
    update(store, engine, zone=UTC)
    assert update(store, engine, zone=UTC).indexed == 0
    assert engine.position == store.sequence


def test_a_withdrawn_article_is_found_no_more(store, engine):
    store.write_many([article(1), article(2)])
    update(store, engine, zone=UTC)
    store.withdraw(store.by_url("https://a.example/1").id, "410")
    assert update(store, engine, zone=UTC).deleted == 1
    assert ids(engine, "flood") == [store.by_url("https://a.example/2").id]


def test_a_deleted_index_is_filled_again(store, kind, tmp_path):
    store.write_many([article(1), article(2)])
    for folder in ("one", "two"):
        engine = open_engine(tmp_path / folder, kind)
        assert update(store, engine, zone=UTC).indexed == 2
        engine.close()


def test_merged_authors_count_as_one_after_the_next_update(store, engine):
    store.write_many(
        [
            article(1, authors=(Author("M. Okafor", "m-okafor"),)),
            article(2, authors=(Author("Maria Okafor", "maria-okafor"),)),
        ]
    )
    update(store, engine, zone=UTC)
    assert len(ids(engine, "by:maria-okafor")) == 1
    store.authors.merge(["m-okafor"], "maria-okafor", "test")
    update(store, engine, zone=UTC)
    assert len(ids(engine, "by:maria-okafor")) == 2


def test_a_run_that_dies_is_taken_up_where_it_committed(store, engine):
    store.write_many(article(number) for number in range(9))

    def die(share):
        if share >= 6 / 9:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        update(store, engine, zone=UTC, batch=2, progress=die)
    update(store, engine, zone=UTC, batch=2)
    assert len(ids(engine, "flood")) == 9
    assert engine.position == store.sequence

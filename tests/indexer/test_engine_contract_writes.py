"""What every engine promises of writing: batches, positions, replacement, locks and snapshots."""

from threading import Event, Thread

import pytest

from corpus.errors import IndexLocked
from indexer.contract.protocol import Batch, Document
from tests.indexer.conftest import bodies, ids, open_engine, read
from tests.indexer.known import known


def test_the_position_is_that_of_the_last_batch(engine):
    assert engine.position == 0
    assert engine.apply([Batch(bodies("one"), (), 5), Batch(bodies("two"), (), 9)]) == 9
    assert engine.position == 9
    assert engine.search(read("two")).position == 9


def test_no_batches_change_nothing(engine):
    assert engine.apply([]) == 0
    engine.apply([Batch(bodies("one"), (), 5)])
    assert engine.apply(iter(())) == 5
    assert len(engine) == 1


def test_a_document_replaces_the_one_with_its_id(engine):
    engine.apply([Batch([Document(id=7, body="old words", facets=known(site="a.example"))], (), 1)])
    engine.apply([Batch([Document(id=7, body="new words")], (), 2)])
    assert ids(engine, "old") == []
    assert ids(engine, "new") == [7]
    assert ids(engine, "site:a.example") == []
    assert len(engine) == 1


def test_a_document_replaces_one_of_an_earlier_batch_of_the_same_run(engine):
    engine.apply([Batch(bodies("old"), (), 1), Batch(bodies("new"), (), 2), Batch((), (2,), 3)])
    assert engine.search(read("old")).total == 0
    assert ids(engine, "new") == [1]


def test_the_same_batch_again_changes_nothing(engine):
    batch = Batch(bodies("one two", "two"), (9,), 3)
    engine.apply([batch])
    before = engine.search(read("two"))
    engine.apply([batch])
    after = engine.search(read("two"))
    assert (after.total, [hit.id for hit in after.hits], len(engine)) == (2, [hit.id for hit in before.hits], 2)


def test_a_deleted_document_is_found_no_more(engine):
    engine.apply([Batch(bodies("one", "one"), (), 2)])
    engine.apply([Batch((), (1, 99), 3)])
    assert ids(engine, "one") == [2]
    assert engine.search(read("")).total == len(engine) == 1
    assert engine.position == 3


def test_the_name_of_a_deleted_author_does_not_stand_in_the_way_of_a_part_of_others(engine):
    authors = [Document(id=1, body="one", facets=known(author="wei")), Document(id=2, facets=known(author="li-wei"))]
    engine.apply([Batch(authors, (), 1)])
    assert ids(engine, "author:wei") == [1]
    engine.apply([Batch((), (1,), 2)])
    assert ids(engine, "author:wei") == [2]


def test_all_deleted_leaves_an_index_that_can_be_filled_again(engine):
    engine.apply([Batch(bodies("one"), (), 1), Batch((), (1,), 2)])
    assert len(engine) == 0
    engine.apply([Batch(bodies("one"), (), 3)])
    assert ids(engine, "one") == [1]


def test_what_was_applied_is_there_when_opened_again(kind, tmp_path):
    first = open_engine(tmp_path / "index", kind)
    first.apply([Batch(bodies("flood"), (), 4)])
    first.close()
    second = open_engine(tmp_path / "index", kind)
    assert ids(second, "flood") == [1]
    assert second.position == 4
    second.close()


def test_another_reader_sees_a_commit_without_opening_again(kind, tmp_path):
    writer, reader = open_engine(tmp_path / "index", kind), open_engine(tmp_path / "index", kind)
    writer.apply([Batch(bodies("flood"), (), 4)])
    assert ids(reader, "flood") == [1]
    assert reader.position == 4
    writer.close()
    reader.close()


def test_a_second_writer_is_refused_with_the_name_of_the_first(engine, kind, tmp_path):
    other = open_engine(tmp_path / "index", kind)

    def batches():
        with pytest.raises(IndexLocked, match="pid"):
            other.apply([Batch(bodies("two"), (), 2)])
        yield Batch(bodies("one"), (), 1)

    engine.apply(batches())
    assert engine.position == 1
    other.close()


def test_batches_that_fail_leave_what_was_committed(engine):
    engine.apply([Batch(bodies("one"), (), 1)])

    def batches():
        yield Batch(bodies("two"), (), 2)
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space"):
        engine.apply(batches())
    assert engine.position in (1, 2)
    assert ids(engine, "one" if engine.position == 1 else "two") == [1]
    engine.apply([Batch(bodies("three"), (), 3)])
    assert ids(engine, "three") == [1]


def test_a_search_sees_one_whole_commit_while_others_are_written(engine):
    engine.apply([Batch(bodies(*["round 0"] * 20), (), 1)])
    stop = Event()
    seen, failed = [], []

    def watch():
        try:
            while not stop.is_set():
                found = engine.search(read("round", n=100))
                texts = {engine.search(read(f"round {number}")).total for number in range(5)}
                seen.append((found.total, len(found.hits), texts <= {0, 20}))
        except Exception as error:
            failed.append(error)

    watchers = [Thread(target=watch) for _ in range(3)]
    for watcher in watchers:
        watcher.start()
    for number in range(1, 5):
        engine.apply([Batch(bodies(*[f"round {number}"] * 20), (), number + 1)])
    stop.set()
    for watcher in watchers:
        watcher.join()
    assert failed == []
    assert set(seen) == {(20, 20, True)}


def test_documents_may_say_nothing_at_all(engine):
    engine.apply([Batch([Document(id=1)], (), 1)])
    assert ids(engine, "") == [1]
    assert ids(engine, "by:none site:none lang:none section:none date:none") == [1]

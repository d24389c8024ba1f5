"""Segments are merged beside whoever writes: no change is lost, and nobody waits but for a commit."""

import fcntl
import os
from pathlib import Path
from threading import Event, Thread
from time import monotonic

import pytest

from corpus.errors import IndexDamaged, IndexLocked
from corpus.locks import UNNAMED, hold
from indexer.columnar.engine import ColumnarEngine
from indexer.columnar.whoosh.toc import publish
from indexer.contract.protocol import Batch, Document
from indexer.storage import background, building, commits
from indexer.storage.background import LOCK, UNFINISHED, Merges, merge_once
from indexer.storage.building import MERGE, writing
from indexer.storage.check_index import verify
from indexer.storage.policy import FULL
from indexer.storage.writing import Writer
from tests.indexer.conftest import ids

MEMORY = 1 << 24


def document(id: int, text: str) -> Document:
    return Document(id=id, body=f"{text} the flood")


def commit(folder: Path, position: int, *documents: Document, deleted: tuple[int, ...] = ()) -> None:
    """Commit some changes, and merge nothing."""
    with writing(folder, "a test") as number:
        write_to(folder, number, Batch(documents, deleted, position))


def write_to(folder: Path, number: int, batch: Batch) -> None:
    writer = Writer(folder, commits.read(folder, number), number, memory=MEMORY, publish=publish)
    writer.add(batch)
    writer.commit(batch.position, batch.origin)


def segments(folder: Path) -> int:
    return len(commits.read(folder, commits.generation(folder)).segments)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An index of one segment too many."""
    for number in range(1, FULL + 1):
        commit(tmp_path, number, document(number, f"word{number}"), document(10 + number, "other"))
    assert segments(tmp_path) == FULL
    return tmp_path


def begun(folder: Path, work: Thread) -> None:
    """Return when a merge writes its segment, so that what is committed from here on is news to it."""
    work.start()
    while not list(folder.glob(f"*{UNFINISHED}")):
        assert work.is_alive()
        os.sched_yield()


def test_a_merge_changes_no_answer(folder: Path) -> None:
    engine = ColumnarEngine(folder)
    before = ids(engine, "flood"), engine.position
    assert merge_once(folder, publish=publish)
    assert segments(folder) == 1
    assert (ids(engine, "flood"), engine.position) == before
    assert not merge_once(folder, publish=publish)
    assert verify(folder) == []


def test_an_index_that_others_write_and_merge_is_as_it_was_written(tmp_path: Path) -> None:
    engine = ColumnarEngine(tmp_path)

    def write() -> None:
        for number in range(1, 50):
            engine.apply([Batch([document(each, f"word{each}") for each in range(number, number + 5)], (), number)])

    writing_on = Thread(target=write)
    writing_on.start()
    found = []
    while writing_on.is_alive():
        found += verify(tmp_path)  # some of its looks meet a commit of a file that a merge takes away
    writing_on.join()
    engine.close()
    assert found == verify(tmp_path) == []


def test_what_is_committed_during_a_merge_stays(folder: Path) -> None:
    merging = Thread(target=merge_once, args=(folder,), kwargs={"publish": publish})
    with writing(folder, "a test") as number:
        begun(folder, merging)
        write_to(folder, number, Batch((document(2, "changed"), document(30, "new")), (1,), 9))
    merging.join()
    engine = ColumnarEngine(folder)
    assert sorted(ids(engine, "flood")) == [2, 3, 4, 11, 12, 13, 14, 30]
    assert (ids(engine, "changed"), ids(engine, "word2"), ids(engine, "new")) == ([2], [], [30])
    assert (engine.position, segments(folder)) == (9, 2)
    assert verify(folder) == []


def test_an_index_that_was_made_anew_during_a_merge_is_not_changed_by_it(folder: Path) -> None:
    merging = Thread(target=merge_once, args=(folder,), kwargs={"publish": publish})
    with writing(folder, "a test") as number:
        begun(folder, merging)
        writer = Writer(folder, commits.Contents(), number, memory=MEMORY, publish=publish)
        writer.add(Batch((document(7, "anew"),), (), 20))
        writer.commit(20, Batch().origin)
    merging.join()
    engine = ColumnarEngine(folder)
    assert (ids(engine, "flood"), engine.position) == ([7], 20)
    assert list(folder.glob(f"*{UNFINISHED}")) == []


def test_whoever_writes_waits_for_the_commit_of_a_merge_and_for_no_other(folder: Path) -> None:
    held, done = Event(), Event()

    def merge() -> None:
        with writing(folder, MERGE):
            held.set()
            done.wait()

    merging = Thread(target=merge)
    merging.start()
    held.wait()
    update = Thread(target=commit, args=(folder, 9, document(40, "late")))
    update.start()
    done.set()
    update.join()
    merging.join()
    assert ids(ColumnarEngine(folder), "late") == [40]
    with writing(folder, "an update"), pytest.raises(IndexLocked, match="an update"):
        commit(folder, 10, document(41, "later"))


def test_whoever_holds_the_index_and_has_not_said_who_it_is_is_waited_for(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "NAMING", 0.1)
    begun_at = monotonic()
    with (folder / commits.LOCK).open("w") as lock:  # it may be a merge
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(IndexLocked, match=UNNAMED):
            commit(folder, 9, document(40, "late"))
    assert monotonic() - begun_at > 0.1
    commit(folder, 9, document(40, "late"))
    assert ids(ColumnarEngine(folder), "late") == [40]


def test_one_process_merges_at_a_time(folder: Path) -> None:
    with hold(folder / LOCK, what=MERGE, error=IndexLocked), pytest.raises(IndexLocked):
        merge_once(folder, publish=publish)
    assert segments(folder) == FULL


def test_what_a_killed_merge_left_is_removed(folder: Path) -> None:
    left = folder / f"MAIN_0123456789abcdef.columns{UNFINISHED}"
    left.write_bytes(b"half")
    commit(folder, 9, document(50, "more"))
    assert left.exists()  # another process may be writing it
    assert merge_once(folder, publish=publish)
    assert not left.exists()


def test_a_damaged_segment_is_noticed_and_not_merged(folder: Path) -> None:
    path = next(folder.glob("*.columns"))
    harmed = bytearray(path.read_bytes())
    harmed[len(harmed) // 2] ^= 1
    path.write_bytes(harmed)
    noticed: list[IndexDamaged] = []
    merges = Merges(folder, publish=publish, damaged=noticed.append)
    merges.start()
    merges.wait()
    assert path.name in str(noticed[0])
    assert segments(folder) == FULL


def test_who_is_to_end_does_not_wait_long_for_another_who_writes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "ENDING", 0.1)
    merges = Merges(folder, publish=publish, damaged=print)
    with writing(folder, "an update"):
        merges.start()
        merges.end()
        assert (segments(folder), list(folder.glob(f"*{UNFINISHED}"))) == (FULL, [])
    assert merge_once(folder, publish=publish)
    assert segments(folder) < FULL


def test_an_engine_merges_behind_its_updates_and_is_done_when_it_is_closed(tmp_path: Path) -> None:
    engine = ColumnarEngine(tmp_path)
    for position in range(1, 3 * FULL):
        engine.apply([Batch((document(position, f"word{position}"),), (), position)])
    engine.close()
    assert segments(tmp_path) < FULL
    assert sorted(ids(ColumnarEngine(tmp_path), "flood")) == list(range(1, 3 * FULL))

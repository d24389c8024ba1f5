import os
import re
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

import corpus.store
from corpus.errors import StoreError, StoreLocked
from corpus.model import Outcome
from corpus.store import ArticleStore
from corpus.store.file import schema
from tests.corpus.older import as_schema
from tests.corpus.samples import article
from tests.limits import no_more_files


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "pressmark.sqlite"


def sql(path: Path, *statements: str) -> list[tuple]:
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        return [row for statement in statements for row in connection.execute(statement).fetchall()]
    finally:
        connection.close()


def test_a_new_store_is_ours_strict_and_sound(path: Path):
    ArticleStore.open(path).close()
    version = max(schema.migrations())
    told = sql(path, "PRAGMA application_id", "PRAGMA user_version", "PRAGMA journal_mode", "PRAGMA integrity_check")
    assert told == [(schema.APPLICATION_ID,), (version,), ("wal",), ("ok",)]
    assert sql(path, "SELECT name FROM pragma_table_list WHERE schema = 'main' AND NOT strict") in (
        [("sqlite_schema",), ("sqlite_sequence",)],
        [("sqlite_sequence",), ("sqlite_schema",)],
    )


def test_a_commit_waits_for_the_disk_and_keys_are_checked(path: Path):
    with ArticleStore.open(path) as store:
        assert store._database.value("PRAGMA synchronous") == 2
        assert store._database.value("PRAGMA foreign_keys") == 1


def test_what_was_written_is_there_after_opening_again(path: Path):
    with ArticleStore.open(path) as store:
        store.write(article())
    with ArticleStore.open(path) as store:
        assert store.by_url(article().url) is not None


def test_a_file_of_another_program_is_refused_and_left_alone(path: Path):
    path.parent.mkdir()
    sql(path, "CREATE TABLE theirs (a)")
    before = path.read_bytes()
    with pytest.raises(StoreError, match="a SQLite file of another program"):
        ArticleStore.open(path)
    assert path.read_bytes() == before


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="this system does not list what a process has open")
def test_a_file_that_is_no_database_is_not_left_open(path: Path):
    path.parent.mkdir()
    path.write_bytes(b"no database" * 1000)
    with pytest.raises(StoreError) as caught:
        ArticleStore.open(path)
    assert caught.traceback  # what it holds is not collected yet
    assert not [each for each in Path("/proc/self/fd").iterdir() if each.is_symlink() and each.readlink() == path]


def test_a_file_that_is_no_database_is_refused_and_left_alone(path: Path):
    path.parent.mkdir()
    path.write_text("Dear diary, " * 200)
    with pytest.raises(StoreError, match="not a SQLite file"):
        ArticleStore.open(path)
    assert path.read_text().startswith("Dear diary")


def test_a_store_of_a_newer_version_is_refused(path: Path):
    ArticleStore.open(path).close()
    sql(path, "PRAGMA user_version = 9999")
    with pytest.raises(StoreError, match=r"made by a newer Pressmark \(schema 9999\)"):
        ArticleStore.open(path)


def test_a_damaged_store_is_told_as_such(path: Path):
    with ArticleStore.open(path) as store:
        store.write_many(article(number) for number in range(1, 800))
    content = bytearray(path.read_bytes())
    for page in range(8, len(content) // 4096):
        content[page * 4096 : page * 4096 + 200] = b"\xff" * 200
    path.write_bytes(content)
    with pytest.raises(StoreError, match="damaged"), ArticleStore.open(path) as store:
        list(store.every())


def test_a_full_disk_is_a_store_error_and_nothing_of_the_step_is_stored(path: Path):
    with ArticleStore.open(path) as store:
        store.write(article(1))
        store._database.connection.execute("PRAGMA max_page_count = 60")
        big = article(2, body="".join(chr(0x4E00 + number % 20000) for number in range(200_000)))
        with pytest.raises(StoreError, match="the disk is full"):
            store.write_many([article(3), big])
        assert (store.totals().articles, store.sequence) == (1, 1)
        assert store.write(article(4)) is Outcome.NEW


@contextmanager
def full_disk(path: Path, disk: Path) -> Iterator[Path]:
    """A copy of a store on a disk that has no room; the file that takes it is called "fill"."""
    disk.mkdir()
    if os.geteuid() or subprocess.call(["mount", "-t", "tmpfs", "-o", "size=4m", "none", str(disk)]):
        pytest.skip("only root may mount a small disk")
    try:
        shutil.copy(path, disk)
        with suppress(OSError), (disk / "fill").open("wb") as fill:
            while True:
                fill.write(bytes(4096))
        yield disk / path.name
    finally:
        subprocess.check_call(["umount", "-l", str(disk)])


def test_a_store_on_a_full_disk_is_read_and_is_written_again_once_there_is_room(path: Path, tmp_path: Path):
    with ArticleStore.open(path) as store:
        store.write(article(1))
    with full_disk(path, tmp_path / "disk") as here, ArticleStore.open(here) as store:
        assert store.totals().articles == 1
        with pytest.raises(StoreError, match="the disk is full; nothing of this step"):
            store.write(article(2))
        assert store.totals().articles == 1
        here.with_name("fill").unlink()
        with ArticleStore.open(here) as other:
            other.write(article(2))
            assert store.totals().articles == 2
            store.write(article(3))
            assert (store.totals().articles, other.totals().articles) == (3, 3)


def test_a_log_on_a_medium_that_is_only_read_and_has_no_room_is_what_is_in_the_way(path: Path, tmp_path: Path):
    with ArticleStore.open(path) as store:
        store.write(article(1))
        log = Path(f"{path}-wal").read_bytes()
        with full_disk(path, tmp_path / "disk") as here:
            with here.with_name("fill").open("r+b") as fill:
                fill.truncate(fill.seek(0, os.SEEK_END) - len(log) - 8192)
            Path(f"{here}-wal").write_bytes(log)
            subprocess.check_call(["mount", "-o", "remount,ro", str(here.parent)])
            with pytest.raises(StoreError, match="-wal was not written back: copy the folder"):
                ArticleStore.open(here)


def test_an_older_store_on_a_full_disk_is_said_to_be_on_one(path: Path, tmp_path: Path):
    with ArticleStore.open(path) as store:
        store.write(article(1))
    as_schema(path, 36)
    assert sql(path, "PRAGMA journal_mode = WAL") == [("wal",)]
    with (
        full_disk(path, tmp_path / "disk") as here,
        pytest.raises(StoreError, match="the disk is full; nothing of this"),
    ):
        ArticleStore.open(here)


def test_a_limit_of_file_sizes_is_named_and_not_taken_for_a_broken_disk(path: Path, tmp_path: Path):
    with ArticleStore.open(path) as store:
        store.write_many(article(number) for number in range(9))
    command = f"""
import sys
from pathlib import Path
from corpus.errors import StoreError
from corpus.store import ArticleStore
from tests.corpus.samples import article
try:
    with ArticleStore.open(Path({str(path)!r})) as store:
        {{}}
except StoreError as error:
    print(error)
"""
    for work, limit in (
        (f"store._database.copy_to(Path({str(tmp_path / 'copy')!r}))", 40),
        ("store.write_many(article(number, body=str(number) * 99) for number in range(99))", 40),
        ("pass", 20),
    ):
        limited = f'ulimit -f {limit}; exec "$0" "$@"'
        said = subprocess.check_output(["bash", "-c", limited, sys.executable, "-c", command.format(work)], text=True)
        assert f"this process may make no file larger than {limit * 1024:,} bytes (`ulimit -f`)" in said


def test_a_store_that_cannot_be_opened_for_want_of_open_files_says_so(path: Path):
    with no_more_files(), pytest.raises(StoreError, match="no more files may be open"):
        ArticleStore.open(path)


@pytest.mark.parametrize("replaced", [False, True])
def test_nothing_is_written_to_a_file_that_was_removed_or_replaced(path: Path, tmp_path: Path, replaced: bool):
    with ArticleStore.open(path) as store:
        store.write(article(1))
        path.parent.rename(tmp_path / "before")
        if replaced:
            ArticleStore.open(path).close()
        with pytest.raises(StoreError, match="removed, or replaced by another file, while it was open"):
            store.write(article(2))
        with pytest.raises(StoreError, match="removed, or replaced"):
            store.state  # noqa: B018
        if replaced:
            with ArticleStore.open(path) as other:
                assert other.totals().articles == 0
            shutil.rmtree(path.parent)
        (tmp_path / "before").rename(path.parent)
        store.write(article(2))


def test_nothing_can_be_made_where_a_file_stands(tmp_path: Path):
    (tmp_path / "data").write_text("a file")
    with pytest.raises(StoreError, match="cannot be made"):
        ArticleStore.open(tmp_path / "data" / "pressmark.sqlite")


def test_reading_only_needs_a_store_and_changes_nothing(path: Path):
    with pytest.raises(StoreError, match="no article store here"):
        ArticleStore.open(path, read_only=True)
    with ArticleStore.open(path) as writer, ArticleStore.open(path, read_only=True) as reader:
        writer.write(article())
        assert reader.totals().articles == 1
        with pytest.raises(StoreError, match="opened for reading only"):
            reader.write(article(2))


def test_a_closed_store_says_so(path: Path):
    store = ArticleStore.open(path)
    store.close()
    with pytest.raises(StoreError, match="the store is closed"):
        store.totals()


def test_a_writer_waits_its_turn_and_then_says_who_is_to_blame(path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("corpus.store.file.database.BUSY_SECONDS", 0.01)
    with ArticleStore.open(path) as one, ArticleStore.open(path) as other:
        with one._database.writing(), pytest.raises(StoreLocked, match="another process has been writing"):
            other.write(article())
        assert other.write(article()) is Outcome.NEW


def test_threads_write_and_read_side_by_side(path: Path):
    failures: list[BaseException] = []

    def work(store: ArticleStore, first: int) -> None:
        try:
            for number in range(first, first + 20):
                store.write(article(number))
                assert store.by_url(article(number).url) is not None
        except BaseException as error:
            failures.append(error)

    with ArticleStore.open(path) as store:
        threads = [threading.Thread(target=work, args=(store, 100 * number)) for number in range(1, 5)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failures == []
        assert store.totals().articles == store.sequence == 80
        assert len({change.sequence for change in store.changes(0, 100)}) == 80


def test_an_answer_is_of_one_state_whatever_is_written_meanwhile(path: Path):
    with ArticleStore.open(path) as store, ArticleStore.open(path) as other:
        store.write(article())
        with store._database.reading():
            assert store.totals().articles == 1
            other.write(article(2))
            assert store.totals().articles == 1
        assert store.totals().articles == 2


def test_an_older_store_is_brought_up_to_date_and_keeps_everything(path: Path, monkeypatch: pytest.MonkeyPatch):
    with ArticleStore.open(path) as store:
        store.write(article())
    latest = max(schema.migrations())
    later = {**schema.migrations(), latest + 1: "CREATE TABLE extra (a INTEGER) STRICT; -- one\nDROP TABLE extra;\n"}
    monkeypatch.setattr(schema, "migrations", lambda: later)
    with pytest.raises(StoreError, match="made by an older Pressmark"):
        ArticleStore.open(path, read_only=True)
    with ArticleStore.open(path) as store:
        assert store.by_url(article().url) is not None
    assert sql(path, "PRAGMA user_version") == [(latest + 1,)]


def test_a_migration_that_fails_leaves_the_store_as_it_was(path: Path, monkeypatch: pytest.MonkeyPatch):
    ArticleStore.open(path).close()
    latest = max(schema.migrations())
    broken = {**schema.migrations(), latest + 1: "CREATE TABLE extra (a INTEGER) STRICT;\nSELECT nonsense;\n"}
    monkeypatch.setattr(schema, "migrations", lambda: broken)
    with pytest.raises(StoreError, match="nonsense"):
        ArticleStore.open(path)
    assert sql(path, "PRAGMA user_version", "SELECT count(*) FROM sqlite_schema WHERE name = 'extra'") == [
        (latest,),
        (0,),
    ]


def test_migrations_are_numbered_without_a_gap_and_no_number_is_taken_twice():
    assert list(schema.migrations()) == list(range(1, len(schema.migrations()) + 1))
    files = list(Path(schema.__file__).parents[2].joinpath("schema").glob("*.sql"))
    assert len(files) == len(schema.migrations())


def test_a_store_that_another_process_makes_meanwhile_is_ours(path: Path):
    path.parent.mkdir(parents=True, exist_ok=True)
    other = sqlite3.connect(path, isolation_level=None, timeout=0)

    def meanwhile(statement: str) -> None:
        if "sqlite_schema" in statement:
            with suppress(sqlite3.OperationalError):  # the file is locked by the reading under test
                schema.prepare(other, path, read_only=False)

    mine = sqlite3.connect(path, isolation_level=None)
    mine.set_trace_callback(meanwhile)
    schema.prepare(mine, path, read_only=False)
    assert mine.execute("PRAGMA user_version").fetchone()[0] == max(schema.migrations())
    mine.close()
    other.close()


def test_two_processes_may_make_the_store_at_once(path: Path):
    stores: list[ArticleStore] = []
    threads = [threading.Thread(target=lambda: stores.append(ArticleStore.open(path))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(stores) == 6
    for store in stores:
        store.close()


def test_a_migration_is_one_line_of_the_log(
    path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    caplog.set_level("INFO")
    ArticleStore.open(path).close()
    ArticleStore.open(path).close()  # nothing to bring up to date
    latest = max(schema.migrations())
    later = {**schema.migrations(), latest + 1: "CREATE TABLE extra (a INTEGER) STRICT;"}
    monkeypatch.setattr(schema, "migrations", lambda: later)
    ArticleStore.open(path).close()
    assert [record.getMessage().partition(" seconds=")[0] for record in caplog.records] == [
        f"store made path={path} before=0 schema={latest}",
        f"store migrated path={path} before={latest} schema={latest + 1}",
    ]


def test_no_statement_numbers_its_placeholders() -> None:
    # A sequence bound to `?1` is a warning of Python 3.12, and an error of 3.14: such a statement names them.
    folder = Path(corpus.store.__file__).parent
    assert not [path for path in folder.rglob("*.py") if re.search(r"\?\d", path.read_text(encoding="utf-8"))]


def test_each_connection_holds_as_much_of_the_file_as_was_allowed(path: Path):
    with ArticleStore.open(path) as store:
        store.limit_cache()
        with ThreadPoolExecutor(1) as threads:
            of_another = threads.submit(store._database.value, "PRAGMA cache_size").result()
        assert (store._database.value("PRAGMA cache_size"), of_another) == (-4096, -4096)


def test_a_store_that_gave_back_what_it_held_reads_and_writes_as_before(path: Path):
    with ArticleStore.open(path) as store:
        store.write(article(1))
        before = store.article(1)
        store.ease()
        assert store.article(1) == before
        assert store.write(article(2)) is Outcome.NEW

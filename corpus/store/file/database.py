"""A path -> a SQLite file of Pressmark: one connection a thread, whole transactions, errors in our words."""

import secrets
import sqlite3
import threading
import weakref
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from corpus.errors import StoreError
from corpus.memory import give_back
from corpus.store.file import bodies, schema
from corpus.store.file.access import Access, Stamp, access, as_it_stands, identity_of, make_room, require_same, stamp_of
from corpus.store.file.dictionaries import Known
from corpus.store.file.finding import mark_of
from corpus.store.file.letters import read_sql_by_plain_letters
from corpus.store.file.problems import BUSY_SECONDS, in_our_words, is_damage, is_full
from corpus.store.file.transactions import commit, roll_back
from corpus.store.file.vacuuming import vacuum

CACHE = 32 << 20  # bytes of the file that a connection holds
SMALL_CACHE = 4 << 20  # in a process of many threads; the system holds the file, too, and nothing is slower
PAGE = 1024  # bytes; a text fills its last page, or nearly so, where pages of 4096 stay empty by an eighth
_LOG = 4 << 20  # bytes of the write-ahead log from which on it is written back
_PRAGMAS = (
    f"page_size = {PAGE}",  # of a new file, and of one that is rewritten
    "foreign_keys = ON",
    "trusted_schema = OFF",  # a file may be a stranger's: nothing its schema names is run
    "cell_size_check = ON",
    "synchronous = FULL",
    "temp_store = MEMORY",
    "journal_size_limit = 67108864",  # a log that a long read let grow is cut back
)
Parameters = Sequence[Any] | dict[str, Any]
State = tuple[Stamp | None, int]


class _Connection:
    """One thread's connection; closed when the thread ends, or the database does."""

    def __init__(self, raw: sqlite3.Connection, stamp: Stamp | None) -> None:
        self.raw = raw
        self.stamp = stamp  # of a file that is taken to stay as it is (access.py)

    def __del__(self) -> None:
        self.raw.close()


class Database:
    """The store's file.

    Any number of threads may use one Database; writers wait for each other. It is not to be carried across a
    fork: a child that closed its copy of the file would drop the parent's locks. A file that cannot be written is
    opened for reading only; `read_only` says so.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        self.read_only = read_only or not access(path, read_only=read_only).writable
        self._opening = secrets.token_hex(8)
        self._local = threading.local()
        self._all: weakref.WeakSet[_Connection] = weakref.WeakSet()
        self._watching = threading.Lock()
        self._watch: _Connection | None = None  # it never writes: SQLite counts for it what all others do
        self._closed = False
        self._identity: tuple[int, int] | None = None  # of the file that was opened to be written
        self._cache = CACHE
        self.known = Known()
        self.unbroken = 0  # the article up to which none lacks, as far as was looked
        self.has_gap = False  # one lacks after it
        self.damaged: dict[int, str] = {}  # articles found damaged since it was opened (damage.py)
        if self.read_only and not path.is_file():
            raise StoreError(f"{path}: no article store here; `pressmark crawl` or `pressmark import` makes one")
        if not self.read_only:
            make_room(path)
        try:
            with self._translated():
                schema.prepare(self.connection, path, read_only=self.read_only)
        except BaseException:
            self.close()
            raise

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection."""
        held = self._local.held = self._renewed(getattr(self._local, "held", None))
        return held.raw

    @property
    def state(self) -> State:
        """What changes with every transaction that is committed, by whichever process, as soon as it can be read.

        The times of the files do not do that: the log is written to first, and read when the disk has it.
        """
        with self._watching:
            require_same(self.path, self._identity)
            held = self._watch = self._renewed(self._watch)
            try:
                return held.stamp, held.raw.execute("PRAGMA data_version").fetchone()[0]
            except sqlite3.Error as error:
                raise in_our_words(self.path, error) from error

    def rows(self, sql: str, parameters: Parameters = ()) -> list[sqlite3.Row]:
        """Return all rows of a query."""
        try:
            return self.connection.execute(sql, parameters).fetchall()
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise in_our_words(self.path, error) from error

    def one(self, sql: str, parameters: Parameters = ()) -> sqlite3.Row | None:
        """Return the first row of a query, or None."""
        try:
            return self.connection.execute(sql, parameters).fetchone()  # type: ignore[no-any-return]
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise in_our_words(self.path, error) from error

    def value(self, sql: str, parameters: Parameters = ()) -> Any:
        """Return the first column of the first row, or None."""
        row = self.one(sql, parameters)
        return None if row is None else row[0]

    @contextmanager
    def writing(self, *, lasting: bool = True) -> Iterator[sqlite3.Connection]:
        """Begin a transaction: all of it is on disk when the block ends, or nothing when the block raises.

        `lasting` False does not wait for the disk: a later transaction that does makes this one last, too. Until then
        it outlives this process, and is lost with the machine's power: for what may as well not have happened then.
        """
        if self.read_only:
            raise StoreError(f"{self.path}: opened for reading only: the file and its folder must be writable")
        connection = self._to_write()
        if lasting or connection.in_transaction:
            with self._transaction("BEGIN IMMEDIATE") as connection:
                yield connection
            return
        with self._translated():
            connection.execute("PRAGMA synchronous = NORMAL")
        try:
            with self._transaction("BEGIN IMMEDIATE") as connection:
                yield connection
        finally:
            with self._translated():
                connection.execute("PRAGMA synchronous = FULL")

    def reading(self) -> AbstractContextManager[sqlite3.Connection]:
        """Have the queries in the block see one state of the store, whatever is written meanwhile."""
        return self._transaction("BEGIN")

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        connection = self.connection
        if connection.in_transaction:  # part of a transaction under way
            yield connection
            return
        try:  # as `_translated`, in a third of the steps: each page of articles is one transaction
            connection.execute(begin)
            before = connection.total_changes
            try:
                yield connection
                commit(connection, has_written=connection.total_changes != before)
            except BaseException:
                roll_back(connection)
                raise
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise in_our_words(self.path, error) from error

    def texts(self, stored: bytes | None) -> list[str]:
        """Return the texts that were packed together; one empty text where nothing is stored.

        Raises:
            zlib.error, ValueError: It is not as it was stored.
        """
        if not stored:
            return [""]
        try:
            return bodies.unpack(stored, self.known.dictionaries)
        except bodies.DictionaryMissing:  # trained since, maybe by another process
            with self._translated():
                self.known.look(self.connection)
        return bodies.unpack(stored, self.known.dictionaries)

    def limit_cache(self) -> None:
        """Limit this thread's connection, and each one opened from now on, to SMALL_CACHE bytes of the file."""
        self._cache = SMALL_CACHE
        with self._translated():
            _limit_cache(self.connection, SMALL_CACHE)

    def ease(self) -> None:
        """Give back what the connection of this thread holds of the file, and all memory that nothing holds."""
        with self._translated():
            self.connection.execute("PRAGMA shrink_memory")
        give_back()

    def vacuum(self) -> None:
        """Rewrite the file without free pages (vacuuming.py); nobody may be writing."""
        with self._watching:
            self._watch = None
        with self._translated():
            vacuum(self.connection, PAGE)

    def copy_to(self, target: Path) -> None:
        """Copy the store to a file that is not there yet; writers go on meanwhile, and the copy is of one moment.

        Raises:
            StoreError: the file exists, or cannot be written, or the store is damaged.
        """
        if target.exists():
            raise StoreError(f"{target}: it exists already: expected a new file")
        try:
            copy = sqlite3.connect(target)
            try:
                self.connection.backup(copy)  # in one step, which is one reading transaction
            finally:
                copy.close()
        except sqlite3.Error as error:
            target.unlink(missing_ok=True)
            where = self.path if is_damage(error) else target
            raise StoreError(str(in_our_words(where, error))) from error

    def close(self) -> None:
        """Close every thread's connection; nothing can be asked afterwards."""
        self._closed = True
        for held in list(self._all):
            held.raw.close()

    def _renewed(self, held: _Connection | None) -> _Connection:
        """Return a connection as it is, or another where there is none, or the file is not the one it opened."""
        if self._closed:
            raise StoreError(f"{self.path}: the store is closed")
        if held is None or (held.stamp and not held.raw.in_transaction and held.stamp != stamp_of(self.path)):
            if held is not None:
                self.unbroken, self.has_gap = 0, False  # of another file
            held = self._connect()
            self._all.add(held)
        return held

    def _to_write(self) -> sqlite3.Connection:
        """Return this thread's connection; one that a full disk made read-only is opened again."""
        connection, held = self.connection, self._local.held
        if not connection.in_transaction:
            require_same(self.path, self._identity)
        if held.stamp is None or connection.in_transaction:
            return connection
        held = self._local.held = self._connect(to_write=True)
        self._all.add(held)
        return held.raw

    def _connect(self, *, to_write: bool = False) -> _Connection:
        read_sql_by_plain_letters()
        with self._translated():
            try:
                return self._open(access(self.path, read_only=self.read_only))
            except sqlite3.Error as error:
                way = as_it_stands(self.path)
                if to_write or way is None or not is_full(self.path, error):
                    raise
                return self._open(way)

    def _open(self, way: Access) -> _Connection:
        raw = sqlite3.connect(
            f"{self.path.absolute().as_uri()}?{way.parameters}",
            uri=True,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,  # each thread has its own; only close() reaches across
            cached_statements=256,
        )
        try:
            self._prepare(raw)
        except BaseException:  # it is no database, or damaged: the file is not left open
            raw.close()
            raise
        if self._identity is None and way.stamp is None:
            self._identity = identity_of(self.path)
        return _Connection(raw, way.stamp)

    def _prepare(self, raw: sqlite3.Connection) -> None:
        opening = self._opening
        raw.row_factory = sqlite3.Row
        raw.create_function("opening", 0, lambda: opening)  # history.py
        raw.create_function("mark_of", 1, mark_of, deterministic=True)  # finding.py
        # FULL: an index owns the last sequence it read, so a sequence once given must never be given again,
        # not even after the power went. NORMAL would only survive the death of the process.
        for pragma in _PRAGMAS:
            raw.execute(f"PRAGMA {pragma}")
        raw.execute(f"PRAGMA wal_autocheckpoint = {_LOG // raw.execute('PRAGMA page_size').fetchone()[0]}")
        _limit_cache(raw, self._cache)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise in_our_words(self.path, error) from error


def _limit_cache(connection: sqlite3.Connection, size: int) -> None:
    connection.execute(f"PRAGMA cache_size = {-(size >> 10)}")

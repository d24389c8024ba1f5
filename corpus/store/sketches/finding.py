"""A sketch -> the articles that share hashes with it: those that wait, in memory, and those that are packed.

What waits is read once and followed; where another process changed it, it is read again. When many texts are to come,
it is first seen which hashes stand in no page, and those are not looked for there.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence

import numpy as np

from corpus.store.file.database import Database
from corpus.store.sketches import packing, presence, waiting
from corpus.store.sketches.change_counter import next_turn, turn
from corpus.store.sketches.form import MOST_TEXTS, articles_of
from corpus.store.sketches.waiting import Numbers, Waiting

_LEAST = 1 << 16  # hashes that are not worth packing
_SHARE = 16  # what waits is packed when that is more than one to so many packed: each run reads all of it
_SHARE_BEFORE_MORE = 4  # while many are looked for
_MOST = 1 << 20  # hashes that wait at most, 16 MB
_MANY = 1_000  # packed hashes for each text that is to come, from which on it is worth reading all pages


class Sketches:
    """The sketches of a store, within the transactions that `begin` and `end` stand in."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting = Waiting(waiting.NONE)
        self._turn = -1
        self._changed = False
        self._found: dict[int, Sequence[int]] = {}  # but for those that were added since
        self._of_runs: dict[int, int] = {}  # how many of them wait
        self._all: dict[
            int, Sequence[int]
        ] = {}  # with those that were added, each once; of hashes that were looked for
        self._presence: presence.Presence | None = None

    def begin(self, connection: sqlite3.Connection) -> None:
        """Read what waits, unless that is known, and look for each hash again."""
        self._found, self._of_runs, self._all = {}, {}, {}
        if self._changed or turn(connection) != self._turn:  # or a transaction was taken back
            self._waiting = Waiting(waiting.read(connection))
            self._turn, self._changed, self._presence = turn(connection), False, None
        self._waiting.make_room()

    def end(self, connection: sqlite3.Connection) -> None:
        """Count what was added."""
        if self._changed:
            connection.execute("UPDATE meta SET value = ? WHERE key = 'copies_recent'", (self._waiting.count,))
            self._turn, self._changed = next_turn(connection), False

    def expect(self, texts: int) -> None:
        """See to it that so many texts are looked for quickly; called before a transaction."""
        packed = self._count("copies_packed")
        if packed < texts * _MANY and self._presence is None:
            with self._database.writing() as connection:
                self.begin(connection)
            self._presence = presence.of_pages(self._database, packed + texts * 16)

    def look_for(self, sketches: Iterable[Sequence[int]]) -> None:
        """Look for all hashes of some sketches at once."""
        wanted = {hash for sketch in sketches for hash in sketch}.difference(self._found)
        if not wanted:
            return
        self._found |= dict.fromkeys(wanted, ())
        hashes = np.sort(np.fromiter(wanted, np.uint64, len(wanted)))
        for hash, articles in self._waiting.of_runs(hashes):
            self._found[hash] = [*self._found[hash], *articles]
            self._of_runs[hash] = len(self._found[hash])
        for hash, articles in self._of_pages(hashes):
            self._found[hash] = [*self._found[hash], *articles]

    def having(self, sketch: Sequence[int]) -> list[Sequence[int]]:
        """Return the articles that share hashes with a sketch, a list for each hash that some have."""
        self.look_for([sketch])
        return [articles for hash in sketch if (articles := self._having(hash))]

    def add(self, connection: sqlite3.Connection, article: int, sketch: Sequence[int]) -> None:
        """Store the sketch of a text, which waits to be packed; a hash that many texts have is not stored again."""
        few = [hash for hash in sketch if self._is_rare(hash)]
        connection.execute("INSERT OR REPLACE INTO copy_waiting VALUES (?, ?)", (article, waiting.in_bytes(few)))
        self._waiting.add(article, few)
        for hash in few:
            self._all.pop(hash, None)
        self._changed = True

    def settle(self, *, more_to_come: bool) -> None:
        """Pack what waits, if it is much; `more_to_come`: before more texts."""
        share = self._count("copies_packed") // (_SHARE_BEFORE_MORE if more_to_come else _SHARE)
        if self._count("copies_recent") > min(_LEAST + share, _MOST):
            packed = packing.pack(self._database)
            if packed.before == self._turn and packed.after is not None:  # no other process came between
                self._waiting, self._turn = Waiting(waiting.NONE), packed.after
                if self._presence is not None:
                    self._presence.add(packed.hashes)

    def forget(self) -> None:
        """Hold nothing in memory any more."""
        self._waiting, self._turn, self._presence = Waiting(waiting.NONE), -1, None
        self._found, self._of_runs, self._all = {}, {}, {}

    def _having(self, hash: int) -> Sequence[int]:
        found = self._all.get(hash)
        if found is None:
            found = self._all[hash] = [*dict.fromkeys((*self._found[hash], *self._waiting.new(hash)))]
        return found

    def _is_rare(self, hash: int) -> bool:
        """Whether few texts that wait have a hash: more would find no copies."""
        return len(self._waiting.new(hash)) + self._of_runs.get(hash, 0) < MOST_TEXTS

    def _of_pages(self, hashes: Numbers) -> list[tuple[int, list[int]]]:
        """Return the articles of those hashes that stand in pages."""
        if self._presence is not None:
            hashes = self._presence.among(hashes)
        pages = self._database.rows(
            "SELECT h.value, p.first, p.entries FROM json_each(?) h JOIN copy_pages p"
            " ON p.first = (SELECT max(first) FROM copy_pages WHERE first <= h.value)",
            (json.dumps(hashes.tolist()),),
        )
        found = ((hash, articles_of(entries, hash - first)) for hash, first, entries in pages)
        return [(hash, articles) for hash, articles in found if articles]

    def _count(self, key: str) -> int:
        value = self._database.value("SELECT value FROM meta WHERE key = ?", (key,))
        return value if type(value) is int else 0

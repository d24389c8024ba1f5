"""The dictionaries that a store's texts are packed with: trained on them, stored in pieces, replaced by larger ones.

Without its dictionary no text can be read. So each stands in pieces with checksums and parities (pieces.py), one to a
page of the file; those of older stores stand whole, twice, until the store is compacted.
"""

import sqlite3
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

import zstandard

from corpus.store.file import pieces
from corpus.store.file.bodies import BETWEEN, DENSEST, NONE, ZSTD, number_of, unpack
from corpus.store.file.standing_rows import rows

SIZE = 112_640  # bytes of the first dictionary, as the zstd command makes them
LARGEST = 1 << 20  # bytes of one: a sixteenth less than with the first; it is held by every thread that reads
SHARE = 10  # packed texts have as many times the bytes of their dictionary: from there on a larger one pays
ENOUGH = 1_000  # texts to train on, where they are short; three times as many gain nothing
SAMPLED = 8_000_000  # bytes of texts that the first is trained on, at most; a larger one on as many times more
NUMBERS = range(1 << 15, 1 << 31)  # that zstd leaves to its users

_HEAD = 18  # bytes of what zstd packed that name its dictionary
_MOST_PIECES = 1 << 14  # rows that are looked for one by one where a page with some of them is damaged
_MOST_COPIES = 64
_COLUMNS = ("number", "size", "place", "piece", "checksum")
_PIECES = f"SELECT rowid, {', '.join(_COLUMNS)} FROM dictionary_pieces"
_ENDS = """SELECT (SELECT max(rowid) FROM dictionaries), (SELECT max(id) FROM dictionary_pieces),
    (SELECT number FROM dictionary_pieces ORDER BY id DESC LIMIT 1),
    (SELECT min(id) FROM dictionary_pieces)"""  # one of them changes with each dictionary that is stored
_MARK = b"\x8f\x0c"  # in a page with a piece: it is a blob of PIECE bytes, as SQLite writes its type and length
_WHOLE = "SELECT rowid, number, content, checksum FROM dictionaries"

_Piece = tuple[int, int, int, int, bytes, int]
Held = dict[int, tuple[bytes | None, bool]]  # number -> its bytes, None: lost; and are all of them as they were stored?


def trained(bodies: Iterable[str], size: int = SIZE) -> tuple[int, bytes] | None:
    """Return a dictionary of so many bytes and its number, or None when there are too few texts to train on."""
    samples: list[bytes | bytearray | memoryview[int]] = [body.encode() for body in _sampled(bodies, size)]
    if len(samples) < ENOUGH and sum(map(len, samples)) <= SAMPLED:  # a few hundred long texts are enough
        return None
    number = NUMBERS.start + zlib.crc32(b"".join(samples), size) % (len(NUMBERS) - 1)
    try:
        return number, zstandard.train_dictionary(size, samples, dict_id=number).as_bytes()
    except zstandard.ZstdError:  # texts that have nothing in common
        return None


def _sampled(bodies: Iterable[str], size: int) -> Iterator[str]:
    """Yield as many texts as a dictionary of this size is trained on."""
    left = SAMPLED * max(1, size // SIZE)
    for body in bodies:
        yield body
        left -= len(body.encode())
        if left < 0:
            return


def dictionaries(connection: sqlite3.Connection) -> dict[int, bytes]:
    """Return number -> dictionary for all that can be read, in the order in which they were trained."""
    return {number: _opened(content) for number, (content, _) in _held(connection).items() if content is not None}


class Known:
    """The dictionaries that are known; they are read again where one lacks and something was written since."""

    def __init__(self) -> None:
        self.dictionaries: dict[int, bytes] = {}
        self._read_at: tuple[int, int, int] | None = None
        self._written: tuple[tuple[Any, ...], dict[int, bytes]] | None = None

    def written(self, connection: sqlite3.Connection) -> dict[int, bytes]:
        """Return those that a transaction sees, as `dictionaries` does; read again where another one was stored."""
        try:
            ends = tuple(connection.execute(_ENDS).fetchone())
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:  # a page with some of them cannot be read
            return dictionaries(connection)
        if self._written is None or self._written[0] != ends:
            self._written = ends, dictionaries(connection)
        return self._written[1]

    def look(self, connection: sqlite3.Connection) -> None:
        """Read the dictionaries again, if anything was written since they were last read."""
        version = connection.execute("PRAGMA data_version").fetchone()[0]
        now = (id(connection), version, connection.total_changes)
        if now != self._read_at:
            self.dictionaries, self._read_at = dictionaries(connection), now


def damaged(connection: sqlite3.Connection) -> dict[int, bool]:
    """Return number -> whether it can still be read, of each dictionary that is not all as it was stored."""
    return {number: content is not None for number, (content, whole) in _held(connection).items() if not whole}


def left(connection: sqlite3.Connection, path: Path) -> dict[int, bytes]:
    """Return number -> dictionary as it is stored, of those that can be read, or are in pages nothing leads to.

    Args:
        path: The file, all of whose pages are looked through.
    """
    found: list[Any] = [tuple(row) for row in _rows(connection)]
    found = [row for row in found if _is_whole(*row[1:])]
    known = {(row[1], row[3]) for row in found}
    for id, (_, *values) in rows(path, _MARK):  # the first column is the id, which stands before the row
        if len(values) == len(_COLUMNS) and _is_piece(values) and (values[0], values[2]) not in known:
            found.append((id, *values))
    held = _held(connection, sorted(found))
    return {number: content for number, (content, _) in held.items() if content is not None}


def put_back(connection: sqlite3.Connection, held: Mapping[int, bytes]) -> None:
    """Store dictionaries, as `left` gave them, in pieces, but for those that still stand in a table."""
    standing = _held(connection)
    for number, content in held.items():
        if standing.get(number, (None, False))[0] is None:
            add(connection, number, _opened(content))


def add(connection: sqlite3.Connection, number: int, content: bytes) -> None:
    """Store a dictionary, packed itself."""
    (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM dictionary_pieces").fetchone()
    _write(connection, last + 1, number, zstandard.ZstdCompressor(level=DENSEST).compress(content))


def with_dictionary(connection: sqlite3.Connection) -> bytes:
    """Return the dictionary that bodies are packed with, trained now if there is none; empty when texts are too few."""
    last = mended(connection)
    if not last and (made := trained(_newest(connection, NONE), SIZE)) is not None:
        add(connection, *made)
        return made[1]
    return last


def mended(connection: sqlite3.Connection) -> bytes:
    """Return the last dictionary, empty where there is none; damaged pieces and those of older stores are rebuilt."""
    held = _held(connection)
    older = {number for (number,) in connection.execute("SELECT DISTINCT number FROM dictionaries")}
    for number, (content, is_whole) in held.items():
        if content is None:
            continue
        if number in older:
            connection.execute("DELETE FROM dictionaries WHERE number = ?", (number,))
            add(connection, number, _opened(content))
        elif not is_whole:
            _write(connection, _first_id(connection, number), number, content)
    return next((_opened(content) for content, _ in reversed(held.values()) if content is not None), b"")


def samples_for_larger(connection: sqlite3.Connection, last: bytes) -> tuple[list[str], int]:
    """Return the newest texts and the size of the dictionary to train on them, where `last` is outgrown by twice.

    Args:
        last: The dictionary that is packed with now; empty: there is none, and the first one is to be trained.
    """
    (packed,) = connection.execute("SELECT coalesce(sum(length(body)), 0) FROM revisions").fetchone()
    size = min(LARGEST, packed // SHARE)
    size = size if last else max(SIZE, size)
    if size < 2 * len(last):
        return [], 0
    return list(_sampled(_newest(connection, dictionaries(connection)), size)), size


def drop_unused(connection: sqlite3.Connection) -> None:
    """Drop the dictionaries that nothing stored was packed with, but for the last one trained."""
    former = [*dictionaries(connection)][:-1]
    if former:
        heads = connection.execute(f"SELECT substr(body, 1, {_HEAD}), substr(structure, 1, {_HEAD}) FROM revisions")
        used = {number_of(head) for row in heads for head in row if head}
        unused = [(number,) for number in former if number not in used]
        for table in ("dictionaries", "dictionary_pieces"):
            connection.executemany(f"DELETE FROM {table} WHERE number = ?", unused)


def _held(connection: sqlite3.Connection, found_pieces: Iterable[_Piece] | None = None) -> Held:
    """Return what is stored of each dictionary, the first one trained first.

    Args:
        found_pieces: The pieces; None: they are read.
    """
    copies: dict[int, list[bytes]] = {}
    for _, number, content, checksum in _read(connection, _WHOLE, _MOST_COPIES):
        is_whole = isinstance(content, bytes) and zlib.crc32(content) == checksum
        copies.setdefault(number, []).extend([content] if is_whole else [])
    found: Held = {number: (next(iter(whole), None), len(whole) > 1) for number, whole in copies.items()}
    parts: dict[int, dict[int, bytes]] = {}
    sizes: dict[int, int] = {}
    for _, number, size, place, piece, checksum in _rows(connection) if found_pieces is None else found_pieces:
        held = parts.setdefault(number, {})
        if _is_whole(number, size, place, piece, checksum):
            held[place], sizes[number] = piece, size
    for number, held in parts.items():
        size = sizes.get(number, 0)
        is_ours = 0 < size <= 2 * LARGEST and all(len(piece) == pieces.PIECE for piece in held.values())
        found[number] = (pieces.joined(held, size), len(held) == pieces.total(size)) if is_ours else (None, False)
    return found


def _rows(connection: sqlite3.Connection) -> list[_Piece]:
    """Return the pieces in order."""
    return _read(connection, _PIECES, _MOST_PIECES)


def _read(connection: sqlite3.Connection, select: str, most: int) -> list[Any]:
    """Return the rows of a table in order; where a page with some of them cannot be read, all others."""
    try:
        return connection.execute(f"{select} ORDER BY rowid").fetchall()
    except sqlite3.OperationalError:  # nothing to do with damage
        raise
    except sqlite3.DatabaseError:
        found = []
        for id in range(1, most):
            with suppress(sqlite3.DatabaseError):
                found += connection.execute(f"{select} WHERE rowid = ?", (id,)).fetchall()
        return found


def _write(connection: sqlite3.Connection, first: int, number: int, content: bytes) -> None:
    """Store a packed dictionary in rows that follow each other."""
    size = len(content)
    connection.executemany(
        "INSERT OR REPLACE INTO dictionary_pieces VALUES (?, ?, ?, ?, ?, ?)",
        [
            (first + place, number, size, place, piece, _checksum(number, size, place, piece))
            for place, piece in enumerate(pieces.pieces(content))
        ],
    )


def _first_id(connection: sqlite3.Connection, number: int) -> int:
    """Return the id of a dictionary's first piece, as most of its whole pieces have it: damage may change a place."""
    whole = (row for row in _rows(connection) if row[1] == number and _is_whole(*row[1:]))
    return Counter(id - place for id, _, _, place, _, _ in whole).most_common(1)[0][0]


def _is_whole(number: int, size: int, place: int, piece: object, checksum: int) -> bool:
    """Is a piece as it was stored? In a damaged page it may be of any type."""
    return isinstance(piece, bytes) and _checksum(number, size, place, piece) == checksum


def _is_piece(values: list[Any]) -> bool:
    """Is a row found in a page one of `dictionary_pieces`, and as it was stored?"""
    number, size, place, piece, checksum = values
    return all(isinstance(each, int) for each in (number, size, place)) and _is_whole(
        number, size, place, piece, checksum
    )


def _checksum(number: int, size: int, place: int, piece: bytes) -> int:
    return zlib.crc32(piece, zlib.crc32(f"{number} {size} {place}".encode()))


def _newest(connection: sqlite3.Connection, known: Mapping[int, bytes]) -> Iterator[str]:
    for row in connection.execute("SELECT body FROM revisions ORDER BY article DESC, number DESC"):  # rows are arranged
        with suppress(ValueError, zlib.error):
            if row["body"]:
                yield BETWEEN.join(unpack(row["body"], known))


@lru_cache(maxsize=4)
def _opened(content: bytes) -> bytes:
    """Return a dictionary; those of older stores are not packed themselves. One that cannot be unpacked is empty."""
    if content[:4] != ZSTD:
        return content
    with suppress(zstandard.ZstdError):
        if zstandard.get_frame_parameters(content).content_size <= 2 * LARGEST:
            return bytes(zstandard.ZstdDecompressor().decompress(content))
    return b""

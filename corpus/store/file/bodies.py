"""Texts <-> the bytes they are stored as: zstd with a dictionary of the store's texts, or deflated in older stores.

A dictionary is trained once the store has enough texts; what is packed says by a number which one it was packed with,
none before there was one. A text of a few kilobytes alone has little that repeats: what it repeats is in other texts.
"""

import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from threading import get_ident
from types import MappingProxyType

import zstandard

from corpus.store.file.rows import text

MAX_BODY = 96_000_000  # bytes of texts together: imported ones of 20 MB, thrice that in UTF-8, and 10,000 addresses
LEVEL = 9  # 140 µs for a text of news; the highest takes five times that for a twelfth less
DENSEST = 19
SIZE = 112_640  # bytes of the first dictionary, as the zstd command makes them
LARGEST = 1 << 20  # bytes of one: a sixteenth less than with the first; it is held by every thread that reads
SHARE = 24  # packed texts have as many times the bytes of their dictionary: from there on a larger one pays
ENOUGH = 1_000  # texts to train on, where they are short; three times as many gain nothing
SAMPLED = 8_000_000  # bytes of texts that the first is trained on, at most; a larger one on as many times more
COPIES = 2  # of each dictionary
COPIES_OF_ALL = "SELECT number, content, checksum FROM dictionaries ORDER BY rowid"
NUMBERS = range(1 << 15, 1 << 31)  # that zstd leaves to its users
NONE: Mapping[int, bytes] = MappingProxyType({})

_BETWEEN = "\0"  # in no text that is stored
_HEAD = 18  # bytes of what zstd packed that name its dictionary
_ZSTD = zstandard.MAGIC_NUMBER.to_bytes(4, "little")


class DictionaryMissing(ValueError):
    """A body was packed with a dictionary that is not known."""


def pack(*texts: str, dictionary: bytes = b"", level: int = LEVEL) -> bytes:
    """Return texts that are stored together as they are stored; no bytes for an empty one alone."""
    encoded = _BETWEEN.join(map(text, texts)).encode()
    packed: bytes = _packer(dictionary, level, get_ident()).compress(encoded) if encoded else b""
    return packed


def unpack(stored: bytes, dictionaries: Mapping[int, bytes] = NONE) -> list[str]:
    """Return the texts that were stored together, at least one.

    Args:
        dictionaries: Number -> dictionary.

    Raises:
        DictionaryMissing: It was packed with a dictionary that is not given.
        zlib.error, ValueError: It is none of ours, or is over MAX_BODY, as only a stranger's store has it.
    """
    if not stored:
        return [""]
    if not isinstance(stored, bytes):
        raise ValueError("no bytes, as a value read from a damaged store may be")
    return (_unzstd(stored, dictionaries) if stored[:4] == _ZSTD else _inflated(stored)).decode().split(_BETWEEN)


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
    """Return number -> dictionary, of each the first copy that is whole; the last one trained is the last one here."""
    found: dict[int, bytes] = {}
    rows = connection.execute(COPIES_OF_ALL)
    for number, content, checksum in rows:
        if number not in found and _is_whole(content, checksum):
            found[number] = _opened(content)
    return found


def add_dictionary(connection: sqlite3.Connection, number: int, content: bytes) -> None:
    """Store a dictionary, twice, packed itself."""
    content = zstandard.ZstdCompressor(level=DENSEST).compress(content)
    rows = [(number, copy, content, zlib.crc32(content)) for copy in range(1, COPIES + 1)]
    connection.executemany(
        "INSERT INTO dictionaries VALUES (?, ?, ?, ?) ON CONFLICT (number, copy)"
        " DO UPDATE SET content = excluded.content, checksum = excluded.checksum",
        rows,
    )


def damaged_copies(rows: Iterable[sqlite3.Row]) -> dict[int, int]:
    """Return number -> how many copies are whole, of each dictionary that does not stand twice as it was stored.

    Args:
        rows: Of the table of dictionaries.
    """
    whole: dict[int, int] = {}
    for row in rows:
        whole[row["number"]] = whole.get(row["number"], 0) + _is_whole(row["content"], row["checksum"])
    return {number: copies for number, copies in whole.items() if copies < COPIES}


def with_dictionary(connection: sqlite3.Connection) -> bytes:
    """Return the dictionary that bodies are packed with, trained now if there is none; empty when texts are too few."""
    last = mended(connection)
    if not last and (made := trained(_newest(connection, NONE), SIZE)) is not None:
        add_dictionary(connection, *made)
        return made[1]
    return last


def mended(connection: sqlite3.Connection) -> bytes:
    """Return the last dictionary, empty where there is none; a copy that is damaged is written anew from the other."""
    known = dictionaries(connection)
    damaged = damaged_copies(connection.execute(COPIES_OF_ALL))
    for number in known.keys() & damaged.keys():
        add_dictionary(connection, number, known[number])
    return next(reversed(known.values()), b"")


def samples_for_larger(connection: sqlite3.Connection, last: bytes) -> tuple[list[str], int]:
    """Return the newest texts and the size of the dictionary to train on them, where `last` is outgrown by twice.

    Args:
        last: The dictionary that is packed with now; empty: there is none, and the first one is to be trained.
    """
    (packed,) = connection.execute("SELECT coalesce(sum(length(body)), 0) FROM revisions").fetchone()
    size = min(LARGEST, packed // SHARE) if last else SIZE
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
        connection.executemany("DELETE FROM dictionaries WHERE number = ?", unused)


def number_of(stored: bytes) -> int:
    """Return the number of the dictionary that something was packed with; 0: none, or it is damaged."""
    with suppress(zstandard.ZstdError, TypeError):
        return int(zstandard.get_frame_parameters(stored).dict_id)
    return 0


def _is_whole(content: object, checksum: object) -> bool:
    """Is a copy of a dictionary as it was stored? In a damaged page it may be of any type."""
    return isinstance(content, bytes) and zlib.crc32(content) == checksum


def _newest(connection: sqlite3.Connection, known: Mapping[int, bytes]) -> Iterator[str]:
    for row in connection.execute("SELECT body FROM revisions ORDER BY article DESC, number DESC"):  # rows are arranged
        with suppress(ValueError, zlib.error):
            if row["body"]:
                yield _BETWEEN.join(unpack(row["body"], known))


@lru_cache(maxsize=4)
def _opened(content: bytes) -> bytes:
    """Return a dictionary; those of older stores are not packed themselves. One that cannot be unpacked is empty."""
    if content[:4] != _ZSTD:
        return content
    with suppress(zstandard.ZstdError):
        if zstandard.get_frame_parameters(content).content_size <= 2 * LARGEST:
            return bytes(zstandard.ZstdDecompressor().decompress(content))
    return b""


def _inflated(body: bytes) -> bytes:
    inflater = zlib.decompressobj()
    found = inflater.decompress(body, MAX_BODY)
    if not inflater.eof:
        raise ValueError(f"cut short, or over {MAX_BODY:,} bytes")
    return found


def _unzstd(body: bytes, dictionaries: Mapping[int, bytes]) -> bytes:
    try:
        parameters = zstandard.get_frame_parameters(body)
        if parameters.content_size > MAX_BODY:
            raise ValueError(f"over {MAX_BODY:,} bytes, or of no size")
        dictionary = dictionaries.get(parameters.dict_id) if parameters.dict_id else b""
        if dictionary is None:
            raise DictionaryMissing(f"its dictionary {parameters.dict_id} is missing")
        found: bytes = _unpacker(dictionary, get_ident()).decompress(body, max_output_size=MAX_BODY)
    except zstandard.ZstdError as error:
        raise ValueError(f"cut short or changed: {error}") from None
    return found


@lru_cache(maxsize=64)
def _packer(dictionary: bytes, level: int, thread: int) -> zstandard.ZstdCompressor:  # noqa: ARG001  not to be shared
    known = zstandard.ZstdCompressionDict(dictionary) if dictionary else None
    return zstandard.ZstdCompressor(level=level, dict_data=known, write_checksum=True, write_content_size=True)


@lru_cache(maxsize=64)
def _unpacker(dictionary: bytes, thread: int) -> zstandard.ZstdDecompressor:  # noqa: ARG001  not to be shared
    return zstandard.ZstdDecompressor(dict_data=zstandard.ZstdCompressionDict(dictionary) if dictionary else None)

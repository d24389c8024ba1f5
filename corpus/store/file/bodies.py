"""A body <-> the bytes it is stored as: zstd with a dictionary of the store's texts, or deflated in older stores.

A dictionary is trained once the store has enough texts; each body says by a number which one it was packed with, none
before there was one. A text of a few kilobytes alone has little that repeats: what it repeats is in other texts.
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

MAX_BODY = 64_000_000  # bytes; a page has at most 8 MB, an imported text 20 MB, in twice as many bytes of UTF-8
LEVEL = 9  # 140 µs for a text of news; the highest takes five times that for a twelfth less
DENSEST = 19
SIZE = 112_640  # bytes of a dictionary, as the zstd command makes them; twice as many gain one part in forty
ENOUGH = 1_000  # texts to train on, where they are short; three times as many gain nothing
SAMPLED = 8_000_000  # bytes of texts that are trained on, at most
COPIES = 2  # of each dictionary
COPIES_OF_ALL = "SELECT number, content, checksum FROM dictionaries ORDER BY rowid"
NUMBERS = range(1 << 15, 1 << 31)  # that zstd leaves to its users
NONE: Mapping[int, bytes] = MappingProxyType({})

_ZSTD = zstandard.MAGIC_NUMBER.to_bytes(4, "little")


class DictionaryMissing(ValueError):
    """A body was packed with a dictionary that is not known."""


def pack(body: str, dictionary: bytes = b"", *, level: int = LEVEL) -> bytes:
    """Return a body as it is stored; no bytes for an empty one."""
    encoded = text(body).encode()
    packed: bytes = _packer(dictionary, level, get_ident()).compress(encoded) if encoded else b""
    return packed


def unpack(body: bytes, dictionaries: Mapping[int, bytes] = NONE) -> str:
    """Return the text of a stored body.

    Args:
        dictionaries: Number -> dictionary.

    Raises:
        DictionaryMissing: It was packed with a dictionary that is not given.
        zlib.error, ValueError: It is none of ours, or is over MAX_BODY, as only a stranger's store has it.
    """
    if not body:
        return ""
    return (_unzstd(body, dictionaries) if body[:4] == _ZSTD else _inflated(body)).decode()


def trained(bodies: Iterable[str]) -> tuple[int, bytes] | None:
    """Return a dictionary and its number, or None when there are too few texts to train on."""
    samples: list[bytes | bytearray | memoryview[int]] = []
    size = 0
    for body in bodies:
        samples.append(text(body).encode())
        size += len(samples[-1])
        if size > SAMPLED:
            break
    if len(samples) < ENOUGH and size <= SAMPLED:  # a few hundred long texts are enough
        return None
    number = NUMBERS.start + zlib.crc32(b"".join(samples)) % (len(NUMBERS) - 1)
    try:
        return number, zstandard.train_dictionary(SIZE, samples, dict_id=number).as_bytes()
    except zstandard.ZstdError:  # texts that have nothing in common
        return None


def dictionaries(connection: sqlite3.Connection) -> dict[int, bytes]:
    """Return number -> dictionary, of each the first copy that is whole; the last one trained is the last one here."""
    found: dict[int, bytes] = {}
    rows = connection.execute(COPIES_OF_ALL)
    for number, content, checksum in rows:
        if number not in found and _is_whole(content, checksum):
            found[number] = content
    return found


def add_dictionary(connection: sqlite3.Connection, number: int, content: bytes) -> None:
    """Store a dictionary, twice."""
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
    """Return the dictionary that bodies are packed with, trained now if there is none; empty when texts are too few.

    A copy that is damaged is written anew from the other.
    """
    known = dictionaries(connection)
    damaged = damaged_copies(connection.execute(COPIES_OF_ALL))
    for number in known.keys() & damaged.keys():
        add_dictionary(connection, number, known[number])
    if not known and (made := trained(_newest(connection))) is not None:
        add_dictionary(connection, *made)
        known = dict([made])
    return next(reversed(known.values()), b"")


def _is_whole(content: object, checksum: object) -> bool:
    """Is a copy of a dictionary as it was stored? In a damaged page it may be of any type."""
    return isinstance(content, bytes) and zlib.crc32(content) == checksum


def _newest(connection: sqlite3.Connection) -> Iterator[str]:
    for row in connection.execute("SELECT body FROM revisions ORDER BY rowid DESC"):
        with suppress(ValueError, zlib.error):
            if body := unpack(row["body"]):
                yield body


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

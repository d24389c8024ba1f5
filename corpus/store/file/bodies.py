"""Texts <-> the bytes they are stored as: zstd with a dictionary of the store's texts, or deflated in older stores.

A dictionary is trained once the store has enough texts; what is packed says by a number which one it was packed with,
none before there was one. A text of a few kilobytes alone has little that repeats: what it repeats is in other texts.
"""

import zlib
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from threading import get_ident
from types import MappingProxyType

import zstandard

from corpus.store.file.rows import text

MAX_BODY = 96_000_000  # bytes of texts together: imported ones of 20 MB, thrice that in UTF-8, and 10,000 addresses
LEVEL = 9  # 140 µs for a text of news; the highest takes five times that for a twelfth less
DENSEST = 19
NONE: Mapping[int, bytes] = MappingProxyType({})

BETWEEN = "\0"  # in no text that is stored
ZSTD = zstandard.MAGIC_NUMBER.to_bytes(4, "little")


class DictionaryMissing(ValueError):
    """A body was packed with a dictionary that is not known."""


def pack(*texts: str, dictionary: bytes = b"", level: int = LEVEL) -> bytes:
    """Return texts that are stored together as they are stored; no bytes for an empty one alone."""
    encoded = BETWEEN.join(map(text, texts)).encode()
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
    return (_unzstd(stored, dictionaries) if stored[:4] == ZSTD else _inflated(stored)).decode().split(BETWEEN)


def number_of(stored: bytes) -> int:
    """Return the number of the dictionary that something was packed with; 0: none, or it is damaged."""
    with suppress(zstandard.ZstdError, TypeError):
        return int(zstandard.get_frame_parameters(stored).dict_id)
    return 0


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

"""A packed body -> what it holds, within bounds: br and zstd, which warcio reads not or without bounds."""

from importlib import import_module
from io import BufferedReader
from typing import IO, Any

CHUNK = 1 << 16
ENCODINGS = frozenset({"br", "zstd"})
ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
SKIPPABLE_MAGIC = b"\x5d\x2a\x4d\x18"  # the frame in which web archives keep a dictionary (IIPC's zstd WARC draft)
MAX_DICTIONARY = 5_000_000
MAX_WINDOW = 1 << 27  # bytes; what the zstd command unpacks without a word too


def unpack(body: bytes, encoding: str, *, max_bytes: int) -> bytes:
    """Return the first `max_bytes` of what a body packed with `br` or `zstd` holds.

    Raises:
        ValueError: it is damaged.
    """
    return _brotli(body, max_bytes) if encoding == "br" else _zstd(body, max_bytes)


def unpacked_stream(file: BufferedReader) -> IO[bytes]:
    """Return what a zstd file holds as a stream; the dictionary that a web archive begins with is used.

    Raises:
        ValueError: the dictionary is too large, or damaged.
    """
    dictionary = _dictionary(file)
    unpacker = import_module("zstandard").ZstdDecompressor(dict_data=dictionary, max_window_size=MAX_WINDOW)
    stream: IO[bytes] = unpacker.stream_reader(file, read_across_frames=True)
    return stream


def _brotli(body: bytes, max_bytes: int) -> bytes:
    brotli = import_module("brotli")  # loaded when a page needs it: few do
    unpacker = brotli.Decompressor()
    parts: list[bytes] = []
    size = 0
    part = body
    try:
        while size < max_bytes and not unpacker.is_finished():
            given = unpacker.process(part, output_buffer_limit=CHUNK)
            if not given and (not part or unpacker.can_accept_more_data()):
                break
            parts.append(given)
            size += len(given)
            part = b""
    except brotli.error as error:
        raise ValueError("damaged brotli") from error
    return b"".join(parts)[:max_bytes]


def _zstd(body: bytes, max_bytes: int) -> bytes:
    zstandard = import_module("zstandard")
    try:
        with zstandard.ZstdDecompressor(max_window_size=MAX_WINDOW).stream_reader(body) as reader:
            content: bytes = reader.read(max_bytes)
            return content
    except zstandard.ZstdError as error:
        raise ValueError("damaged zstd") from error


def _dictionary(file: BufferedReader) -> Any:
    if file.peek(8)[:4] != SKIPPABLE_MAGIC:
        return None
    head = file.read(8)
    size = int.from_bytes(head[4:], "little")
    content = file.read(size) if size <= MAX_DICTIONARY else b""
    if len(content) != size or not size:
        raise ValueError("the dictionary at its start is cut short, or over 5 MB")
    if content.startswith(ZSTD_MAGIC):
        content = _zstd(content, MAX_DICTIONARY)
    return import_module("zstandard").ZstdCompressionDict(content)

"""Compressed chunks -> the bytes within, never more of them than allowed.

A megabyte of gzip can hold a gigabyte, so each step inflates at most `STEP` bytes and the sum is checked between steps.
"""

import re
import struct
import zlib

from corpus.characters import printable
from corpus.errors import FetchError
from corpus.reasons import Reason
from corpus.texts import about, text

STEP = 64 * 1024  # bytes inflated before the sum is looked at
MAX_WRAPS = 2  # gzip files within each other: some servers compress once more what is compressed
MAX_MEMBERS = 64  # gzip streams in one body; a body of empty members costs time and yields nothing

_GZIP = b"\x1f\x8b"
_SHOWN = re.compile(rb"(?:\xef\xbb\xbf)?\s*[<{\[]")  # how markup and JSON begin, and nothing compressed


class Inflater:
    """Takes a body's raw chunks, and holds what they inflate to.

    Raises FetchError: `too-large`, `encoding` or `truncated`.
    """

    def __init__(self, address: str, encoding: str | None, *, max_bytes: int) -> None:
        self._address = address
        self._coding = _coding(address, encoding)
        self._max_bytes = max_bytes
        self._content: list[bytes] = []
        self._size = 0
        self._members = 1
        self._member_from = 0  # how many pieces of the content were there before the last member began
        self._begun = False
        self._has_sum = True  # bare deflate has none
        self._has_ended = False
        self._decompressor = zlib.decompressobj(31 if self._coding == "gzip" else 15)

    def feed(self, chunk: bytes) -> None:
        """Add one raw chunk."""
        if self._coding is not None and not self._begun and chunk:
            self._begin(chunk)
        if self._coding is None:
            self._add(chunk)
            return
        while chunk and not self._has_ended:
            chunk = self._inflate(chunk)

    def _begin(self, chunk: bytes) -> None:
        self._begun = True
        # Some servers say "gzip" of what they send as it is, as they do when a cache in front of them has opened it.
        if self._coding == "gzip" and _SHOWN.match(chunk):
            self._coding = None
            return
        # "deflate" means zlib's wrapping (RFC 9110, 8.4.1.2), but bare deflate is as common on the web.
        if self._coding == "deflate" and (chunk[0] & 0x0F != 8 or (len(chunk) > 1 and int.from_bytes(chunk[:2]) % 31)):
            self._decompressor, self._has_sum = zlib.decompressobj(-15), False

    def _inflate(self, chunk: bytes) -> bytes:
        """Inflate one step; return the input that is left."""
        try:
            self._add(self._decompressor.decompress(chunk, STEP))
        except zlib.error as error:
            raise FetchError(
                Reason.ENCODING,
                about(self._address, text("the {coding} body is damaged ({why})", coding=self._coding, why=str(error))),
            ) from error
        if not self._decompressor.eof:
            return self._decompressor.unconsumed_tail
        rest = self._decompressor.unused_data
        if self._coding != "gzip" or rest[:2] != _GZIP[: len(rest)]:
            self._has_ended = True  # what follows the stream is padding, of which nothing is held
            return b""
        if len(rest) < len(_GZIP):
            return b""  # another member may begin with the next chunk
        self._members += 1
        if self._members > MAX_MEMBERS:
            raise FetchError(
                Reason.ENCODING,
                about(self._address, text("the gzip body has over {n:,} members", n=MAX_MEMBERS)),
            )
        self._decompressor = zlib.decompressobj(31)
        self._member_from = len(self._content)
        return rest

    def _add(self, inflated: bytes) -> None:
        self._content.append(inflated)
        self._size += len(inflated)
        if self._size > self._max_bytes:
            raise too_large(self._address, self._max_bytes)

    @property
    def so_far(self) -> bytes:
        """What was inflated until now, whether its stream has ended or not."""
        return b"".join(self._content)

    def finish(self) -> bytes:
        """Return the whole content; a compressed stream without its end is no content, but one that lacks its sum is.

        Some servers close the connection after the last block of the stream, before the sum that stands behind it.
        """
        if self._begun and self._coding is not None and not (self._decompressor.eof or self._lacks_sum_alone()):
            raise FetchError(
                Reason.TRUNCATED,
                about(self._address, text("the {coding} body is cut short", coding=self._coding)),
            )
        return self.so_far

    def _lacks_sum_alone(self) -> bool:
        """Whether the stream would have ended with the sum of what was inflated, or with the rest of that sum.

        A stream that is cut earlier takes these bytes for its next block, at whose end the sum is not that of its text.
        """
        if not self._has_sum:
            return False
        while more := self._decompressor.decompress(b"", STEP):
            self._add(more)
        text = b"".join(self._content[self._member_from :])
        if self._coding == "gzip":
            lacking = struct.pack("<II", zlib.crc32(text), len(text) % 2**32)
        else:
            lacking = struct.pack(">I", zlib.adler32(text))
        return any(self._ends_with(lacking[n:]) for n in range(len(lacking)))

    def _ends_with(self, rest: bytes) -> bool:
        stream = self._decompressor.copy()
        try:
            return not stream.decompress(rest, STEP) and stream.eof
        except zlib.error:
            return False


def too_large(address: str, max_bytes: int) -> FetchError:
    """The error for a body over its limit."""
    return FetchError(Reason.TOO_LARGE, about(address, text("the page is over max_bytes ({n:,} bytes)", n=max_bytes)))


def gunzip(address: str, content: bytes, *, max_bytes: int) -> tuple[bytes, bool]:
    """Return what a .gz file holds and whether that is all; content that is not gzip is returned as it is.

    Of a file that ends early or is damaged, what stands before that is returned. A file in a file is opened too.

    Raises:
        FetchError: `too-large`; `encoding` or `truncated` when nothing of it can be read.
    """
    whole = True
    for _ in range(MAX_WRAPS):
        if not content.startswith(_GZIP):
            break
        inflater = Inflater(address, "gzip", max_bytes=max_bytes)
        try:
            inflater.feed(content)
            content = inflater.finish()
        except FetchError as error:
            if error.reason == Reason.TOO_LARGE or not inflater.so_far:
                raise
            content, whole = inflater.so_far, False
    return content, whole


def _coding(address: str, encoding: str | None) -> str | None:
    name = (encoding or "").strip().lower()
    if name in {"", "identity", "none"}:
        return None
    if name in {"gzip", "x-gzip"}:
        return "gzip"
    if name == "deflate":
        return "deflate"
    raise FetchError(
        Reason.ENCODING,
        about(
            address,
            text('content-encoding "{name}": expected gzip or deflate, one of them, once', name=printable(name, 60)),
        ),
    )

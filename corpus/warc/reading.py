"""A WARC or ARC file of any origin -> the records it holds, a page's bytes at a time.

Responses, resources (a page without its exchange), conversions (a page's text, as in WET files) and revisits.
"""

import logging
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BufferedReader, RawIOBase
from typing import IO, Any, cast

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader, DecompressingBufferedReader
from warcio.exceptions import ArchiveLoadFailed

from corpus.errors import ImportFailed
from corpus.warc.exchange import PART_OF, PARTS, REFERS_TO, Exchange
from corpus.warc.unpacking import ENCODINGS, SKIPPABLE_MAGIC, ZSTD_MAGIC, unpack, unpacked_stream

logging.getLogger("warcio").setLevel(logging.CRITICAL)  # its warnings quote a stranger's text as it is

CHUNK = 1 << 16
MAX_HEAD_BYTES = 256 * 1024  # of a record's or an exchange's head; crawlers cut them at a quarter of that
OK = 200
KINDS = ("response", "revisit", "resource", "conversion")

# What warcio lets through when a file is not as it should be; found by changing bytes at random.
DAMAGE = (
    ArchiveLoadFailed, zlib.error, EOFError, OSError, ValueError, AttributeError, TypeError, LookupError, OverflowError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Record:
    """A record as a file has it.

    Attributes:
        kind: `response`, `revisit`, `resource` or `conversion`; the last two have status 200 and their own type.
        refers_to: Where the body of a revisit of ours is; a revisit has none.
        parts: Where the further pages of a story are, of its first page of ours.
        part_of: The address of the first page, of a further one in an export of ours.
        fault: Why its body could not be unpacked; the body is empty then.
        is_dated: It says when it was captured; the time of the exchange is 1970 where it does not.
    """

    exchange: Exchange
    digest: str | None
    refers_to: str | None = None
    kind: str = "response"
    fault: str | None = None
    is_dated: bool = True
    parts: tuple[str, ...] = ()
    part_of: str | None = None


class QuietIterator(ArchiveIterator):  # type: ignore[misc]  # warcio has no types
    """Reads records; damage of packed ones is raised, where warcio writes it to stderr and goes on."""

    INC_RECORD = ""

    def __init__(self, file: IO[bytes], **options: Any) -> None:
        super().__init__(file, **options)
        self.reader = _Unpacking(self.fh)


class _AnyGzip(QuietIterator):
    """Reads a file that is not packed, or packed with gzip: record by record, as a whole, or in pieces of any size."""

    def __init__(self, file: IO[bytes], unpacked: Callable[[int], None], *, was_packed: bool) -> None:
        super().__init__(file, arc2warc=True)
        self.reader = _Unpacking(self.fh, unpacked, was_packed=was_packed, read_all_members=True)

    def _raise_invalid_gzip_err(self) -> None:
        """Go on, where warcio wants each record packed by itself so that it can be sought."""


class _Unpacking(DecompressingBufferedReader):  # type: ignore[misc]
    """The bytes of a file, unpacked where gzip packed them.

    Args:
        unpacked: Called with the size of each block of a packed file.
        was_packed: The stream is what another way of packing held.
    """

    def __init__(
        self,
        stream: Any,
        unpacked: Callable[[int], None] = lambda _: None,
        *,
        was_packed: bool = False,
        read_all_members: bool = False,
    ) -> None:
        super().__init__(stream, read_all_members=read_all_members)
        self._unpacked = unpacked
        self._was_packed = was_packed

    def _decompress(self, data: bytes) -> bytes:
        """Unpack a block.

        Raises:
            zlib.error: It is damaged. That of a file's first block may be no packed one.
        """
        is_open = self.decompressor and self.num_block_read
        block: bytes = self.decompressor.decompress(data) if is_open else super()._decompress(data)
        if self.decompressor or self._was_packed:
            self._unpacked(len(block))
        return block


def records(file: IO[bytes], *, max_bytes: int, unpacked: Callable[[int], None] = lambda _: None) -> Iterator[Record]:
    """Give the records of a file from where it stands; bodies are unpacked and cut at `max_bytes`.

    Args:
        unpacked: Called with the number of bytes whenever some of a packed file were unpacked; it may raise.

    Raises:
        ImportFailed: the rest is torn, damaged or no WARC at all; what was whole before has been given.
    """
    iterator = None
    has_any = False
    try:
        buffered: Any = file if hasattr(file, "peek") else BufferedReader(cast("RawIOBase", file))
        magic = buffered.peek(4)[:4]
        is_zstd = magic in (ZSTD_MAGIC, SKIPPABLE_MAGIC)
        iterator = _AnyGzip(unpacked_stream(buffered) if is_zstd else buffered, unpacked, was_packed=is_zstd)
        loader = iterator.loader
        loader.warc_parser = _Bounded(loader.warc_parser, ends=True)
        loader.http_parser = _Bounded(loader.http_parser)
        readline = iterator.reader.readline
        # warcio reads the first line of a record whole, before any parser of heads is asked.
        iterator.reader.readline = lambda length=None: readline(length or MAX_HEAD_BYTES)
        for record in iterator:
            has_any = True
            is_exchange = record.rec_type in ("response", "revisit") and record.http_headers is not None
            if is_exchange or record.rec_type in ("resource", "conversion"):
                yield _record(record, max_bytes)
            else:
                _read_to_its_end(record)
        if not has_any and magic:
            raise EOFError("the first record is cut short")
    except DAMAGE as error:
        why = f": {error}" if isinstance(error, EOFError) and str(error) else ""  # warcio's own words quote the bytes
        at = max(iterator.offset, 0) if iterator else 0
        raise ImportFailed(f"damaged, or no WARC, from byte {at} on{why}") from error
    finally:
        if iterator is not None:
            iterator.close()


class _Bounded:
    """A parser of heads that is given no more of a file than a head may have.

    Args:
        ends: A head that has begun has an empty line at its end.
    """

    def __init__(self, parser: Any, *, ends: bool = False) -> None:
        self._parser = parser
        self._ends = ends

    def parse(self, stream: Any, full_statusline: Any = None) -> Any:
        """Parse a head.

        Raises:
            ValueError: it is over `MAX_HEAD_BYTES`, or is cut short.
        """
        head = _Head(stream, ends=self._ends, has_begun=bool(full_statusline))
        return self._parser.parse(head, full_statusline)


class _Head:
    """The lines of a head."""

    def __init__(self, stream: Any, *, ends: bool, has_begun: bool) -> None:
        self._stream = stream
        self._ends = ends
        self._has_begun = has_begun
        self._left = MAX_HEAD_BYTES

    def readline(self) -> bytes:
        """Return the next line."""
        line: bytes = self._stream.readline(self._left)
        self._left -= len(line)
        if self._left <= 0 or (self._ends and self._has_begun and not line):
            raise ValueError("a head over the limit, or cut short")
        self._has_begun = True
        return line


def _record(record: Any, max_bytes: int) -> Record:
    kind = record.rec_type
    body, fault = (b"", None) if kind == "revisit" else _body(record, max_bytes)
    heads, status, phrase = _heads(record)
    at = _moment(record.rec_headers.get_header("WARC-Date"))
    exchange = Exchange(
        url=record.rec_headers.get_header("WARC-Target-URI") or "",
        at=at or datetime.fromtimestamp(0, UTC),
        status=status,
        phrase=phrase,
        headers=heads,
        body=body,
        address=record.rec_headers.get_header("WARC-IP-Address"),
    )
    digest = record.rec_headers.get_header("WARC-Payload-Digest")
    named = record.rec_headers.get_header
    parts = tuple((named(PARTS) or "").split())
    return Record(exchange, digest, named(REFERS_TO), kind, fault, at is not None, parts, named(PART_OF))


def _heads(record: Any) -> tuple[tuple[tuple[str, str], ...], int, str]:
    """Return headers, status and phrase; of a record without an exchange, its own type and 200."""
    if record.http_headers is None:
        kind = record.rec_headers.get_header("Content-Type") or ""
        return ((("Content-Type", kind),) if kind else ()), OK, "OK"
    status = record.http_headers.get_statuscode()
    headers = tuple(
        (name.removeprefix("X-Archive-Orig-"), value)
        for name, value in record.http_headers.headers
        if name.lower() != "content-length"
    )
    return headers, int(status) if status.isdecimal() else 0, record.http_headers.statusline.partition(" ")[2]


def _body(record: Any, max_bytes: int) -> tuple[bytes, str | None]:
    encoding = _encoding(record)
    chunked = record.http_headers is not None and record.http_headers.get_header("transfer-encoding") == "chunked"
    if encoding in ENCODINGS:
        stream = ChunkedDataReader(record.raw_stream) if chunked else record.raw_stream
    else:
        stream = record.content_stream()
    parts: list[bytes] = []
    size = 0
    while size < max_bytes and (part := stream.read(min(CHUNK, max_bytes - size))):
        parts.append(part)
        size += len(part)
    if size < max_bytes:
        _read_to_its_end(record)  # what stands after the last chunk of a chunked body
    body = b"".join(parts)
    if encoding in ENCODINGS and body:
        try:
            return unpack(body, encoding, max_bytes=max_bytes), None
        except ValueError as error:
            return b"", str(error)
    return body, f"packed with {encoding}" if encoding and encoding not in _WARCIO else None


def _read_to_its_end(record: Any) -> None:
    """Read what is left of a record.

    Raises:
        EOFError: The file ends before it.
    """
    while record.raw_stream.read(CHUNK):
        pass
    if getattr(record.raw_stream, "limit", 0) > 0:
        raise EOFError("the last record is cut short")


_WARCIO = frozenset({"gzip", "x-gzip", "deflate", "identity", "none", "utf-8", *ENCODINGS})


def _encoding(record: Any) -> str:
    header = record.http_headers.get_header("content-encoding") if record.http_headers is not None else None
    return (header or "").strip().lower()


def _moment(text: str | None) -> datetime | None:
    try:
        when = datetime.fromisoformat(text or "")
        return when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)
    except (ValueError, OverflowError):  # in UTC, the first day of the year 1 may have no name
        return None

"""A compressed file -> its contents, within a bound of bytes and a bound of how much its packed bytes may hold."""

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import IO, Any

from corpus.errors import ImportFailed
from crawler.importing.items import Origin, shown

MAX_MEMBERS = 100_000
MAX_RATIO = 200  # text packs to a tenth, a log of one line to a hundredth; a bomb to a thousandth
FREE_BYTES = 50_000_000  # unpacked without a look at the ratio: short files may pack well
MAX_UNPACKED = 50_000_000_000
DAMAGE = (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError, NotImplementedError, ValueError, LookupError)


class BoundedStream(io.RawIOBase):
    """What a packed file holds; reading raises ImportFailed beyond the bounds, and where it is damaged.

    Args:
        unpacked: The stream to read.
        packed_bytes: How large the packed file is.
        place: Named in errors.
    """

    def __init__(self, unpacked: Any, packed_bytes: int, place: str) -> None:
        self._unpacked = unpacked
        self._limit = min(MAX_UNPACKED, max(FREE_BYTES, packed_bytes * MAX_RATIO))
        self._place = place
        self._count = 0

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer with what comes next.

        Raises:
            ImportFailed: there is more than the bounds allow, or the rest is damaged.
        """
        try:
            part = self._unpacked.read(len(buffer))
        except DAMAGE as error:
            raise ImportFailed(f"{self._place}: damaged after {self._count:,} bytes; the rest was left") from error
        self._count += len(part)
        if self._count > self._limit:
            raise ImportFailed(
                f"{self._place}: unpacks to over {self._limit // 1_000_000} MB: expected at most {MAX_RATIO} times its"
                " own size; the rest was left"
            )
        buffer[: len(part)] = part
        return len(part)


def gunzipped(opened: IO[bytes], place: str) -> IO[bytes]:
    """Return what a gzip file holds, as a stream within bounds."""
    size = opened.seek(0, io.SEEK_END)
    opened.seek(0)
    return io.BufferedReader(BoundedStream(gzip.GzipFile(fileobj=opened), size, place))


def open_zip(opened: IO[bytes], place: str) -> zipfile.ZipFile:
    """Open a ZIP file.

    Raises:
        ImportFailed: it is none, or holds too many members.
    """
    try:
        archive = zipfile.ZipFile(opened)
    except DAMAGE as error:
        raise ImportFailed(f"{place}: damaged, or no ZIP file; it was left") from error
    if len(archive.infolist()) > MAX_MEMBERS:
        raise ImportFailed(f"{place}: {len(archive.infolist()):,} members: expected at most {MAX_MEMBERS:,}")
    return archive


def members(archive: zipfile.ZipFile, origin: Origin, packed_bytes: int) -> Iterator[tuple[Origin, zipfile.ZipInfo]]:
    """Give the files of a ZIP by name; together they are at most what one file of its size may unpack to.

    Raises:
        ImportFailed: its table of contents promises more than that.
    """
    files = sorted((each for each in archive.infolist() if not each.is_dir()), key=lambda each: each.filename)
    limit = min(MAX_UNPACKED, max(FREE_BYTES, packed_bytes * MAX_RATIO))
    if sum(each.file_size for each in files) > limit:
        raise ImportFailed(f"{origin.place}: unpacks to over {limit // 1_000_000} MB; it was left")
    for each in files:
        name = each.filename.rpartition("/")[2].lower()
        yield Origin(f"{origin.place}!{shown(each.filename)}", name, _written(each, origin), origin.depth + 1), each


def open_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, place: str) -> IO[bytes]:
    """Open one file of a ZIP as a stream within bounds.

    Raises:
        ImportFailed: it is encrypted, or packed in a way we do not know.
    """
    try:
        inner = archive.open(member)
    except DAMAGE as error:
        why = "is encrypted" if member.flag_bits & 1 else "cannot be unpacked"
        raise ImportFailed(f"{place}: {why}; it was left") from error
    return io.BufferedReader(BoundedStream(inner, member.compress_size, place))


def read_member(archive: zipfile.ZipFile, name: str, place: str, *, max_bytes: int) -> bytes | None:
    """Return the content of a file in a ZIP; None when the ZIP has no file of this name.

    Raises:
        ImportFailed: it cannot be unpacked, or is over `max_bytes`.
    """
    try:
        member = archive.getinfo(name)
    except KeyError:
        return None
    content = open_member(archive, member, f"{place}!{shown(name)}").read(max_bytes + 1)
    if len(content) > max_bytes:
        raise ImportFailed(f"{place}!{shown(name)}: is over {max_bytes // 1_000_000} MB")
    return content


def _written(member: zipfile.ZipInfo, origin: Origin) -> datetime:
    try:
        return min(datetime(*member.date_time, tzinfo=UTC), origin.written)
    except ValueError:
        return origin.written

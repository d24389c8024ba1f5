"""A compressed file -> its contents, within a bound of bytes and a bound of how much its packed bytes may hold."""

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import IO, Any

from corpus.errors import ImportFailed
from corpus.texts.counted import counted
from crawler.importing.items import MAX_UNPACKED, ImportItem, Origin, failed, shown

try:
    from lzma import LZMAError
except ImportError:  # a Python that was built without: its zipfile opens no such member
    LZMAError = zlib.error  # type: ignore[misc,assignment]

Read = Callable[[IO[bytes], Origin], Iterator[ImportItem]]
MAX_MEMBERS = 100_000
MAX_RATIO = 200  # text packs to a tenth, a log of one line to a hundredth; a bomb to a thousandth
FREE_BYTES = 50_000_000  # unpacked without a look at the ratio: short files may pack well
# What gzip and zipfile let through when a file is not as it should be; found by changing bytes at random.
DAMAGE = (OSError, EOFError, zlib.error, LZMAError, zipfile.BadZipFile, RuntimeError, ValueError, LookupError)


class BudgetSpent(ImportFailed):
    """What was read of the whole file before has left too little for this archive, which is not damaged."""


class BoundedStream(io.RawIOBase):
    """What a packed file holds; reading raises ImportFailed beyond the bounds, and where it is damaged.

    Args:
        unpacked: The stream to read.
        packed_bytes: How large the packed file is.
        origin: Its place is named in errors, and its budget used up.
    """

    def __init__(self, unpacked: Any, packed_bytes: int, origin: Origin) -> None:
        self._unpacked = unpacked
        self._limit = limit_of(packed_bytes)
        self._origin = origin
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
            raise ImportFailed(
                f"{self._origin.place}: damaged after {self._count:,} bytes; the rest was left"
            ) from error
        self._count += len(part)
        if self._count > self._limit:
            raise ImportFailed(_too_much(self._origin.place, self._limit))
        spend(self._origin, len(part))
        buffer[: len(part)] = part
        return len(part)


def limit_of(packed_bytes: int) -> int:
    """Return what a file of this size may unpack to."""
    return min(MAX_UNPACKED, max(FREE_BYTES, packed_bytes * MAX_RATIO))


def spend(origin: Origin, unpacked: int) -> None:
    """Count bytes that were unpacked; all of the file that a person gave have one bound.

    Raises:
        BudgetSpent: They are too many.
    """
    origin.budget.left -= unpacked
    if origin.budget.left < 0:
        raise _spent(origin)


def _spent(origin: Origin) -> BudgetSpent:
    limit = origin.budget.limit
    if not origin.depth:
        return BudgetSpent(_too_much(origin.place, limit))
    return BudgetSpent(
        f"{origin.place}: with what was read before it, the whole file unpacks to over {limit // 1_000_000} MB:"
        f" expected at most {MAX_RATIO} times its size; the rest was left"
    )


def _too_much(place: str, limit: int) -> str:
    said = f"unpacks to over {limit // 1_000_000} MB: expected at most {MAX_RATIO} times its own size"
    return f"{place}: {said}; the rest was left"


def gunzipped(opened: IO[bytes], origin: Origin) -> IO[bytes]:
    """Return what a gzip file holds, as a stream within bounds."""
    size = opened.seek(0, io.SEEK_END)
    opened.seek(0)
    return io.BufferedReader(BoundedStream(gzip.GzipFile(fileobj=opened), size, origin))


def open_zip(opened: IO[bytes], origin: Origin) -> zipfile.ZipFile:
    """Open a ZIP file; its members together are at most what one file of its size may unpack to.

    Raises:
        ImportFailed: it is none, holds too many members, or its table of contents promises more than may be unpacked.
    """
    place, size = origin.place, opened.seek(0, io.SEEK_END)
    try:
        archive = zipfile.ZipFile(opened)
    except DAMAGE as error:
        raise ImportFailed(f"{place}: damaged, or no ZIP file; it was left") from error
    if len(archive.infolist()) > MAX_MEMBERS:
        raise ImportFailed(f"{place}: {len(archive.infolist()):,} members: expected at most {MAX_MEMBERS:,}")
    limit, promised = limit_of(size), sum(each.file_size for each in archive.infolist())
    if promised > limit:
        raise ImportFailed(f"{place}: unpacks to over {limit // 1_000_000} MB; it was left")
    if promised > origin.budget.left:
        raise _spent(origin)
    return archive


def members(archive: zipfile.ZipFile, origin: Origin) -> list[tuple[Origin, zipfile.ZipInfo]]:
    """Return the files of a ZIP by name."""
    files = sorted((each for each in archive.infolist() if not each.is_dir()), key=lambda each: each.filename)
    return [(_inside(origin, each), each) for each in files]


def _inside(origin: Origin, member: zipfile.ZipInfo) -> Origin:
    name, place = member.filename.rpartition("/")[2].lower(), f"{origin.place}!{shown(member.filename)}"
    return Origin(place, name, _written(member, origin), origin.depth + 1, origin.budget)


def open_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, origin: Origin) -> IO[bytes]:
    """Open one file of a ZIP as a stream within bounds.

    Raises:
        ImportFailed: it is encrypted, or packed in a way we do not know.
    """
    try:
        inner = archive.open(member)
    except DAMAGE as error:
        why = "is encrypted" if member.flag_bits & 1 else "cannot be unpacked"
        raise ImportFailed(f"{origin.place}: {why}; it was left") from error
    return io.BufferedReader(BoundedStream(inner, member.compress_size, origin))


def read_members(
    archive: zipfile.ZipFile, files: Sequence[tuple[Origin, zipfile.ZipInfo]], origin: Origin, read: Read
) -> Iterator[ImportItem]:
    """Read files of a ZIP, one after another; a file that cannot be read costs no other.

    The first file that the bound of the whole file leaves no room for says why; those after it are counted.
    """
    spent = 0
    for at, (inner, member) in enumerate(files, start=1):
        for item in _read_one(archive, member, inner, read):
            spent += isinstance(item.item, BudgetSpent)
            if spent < 2 or not isinstance(item.item, BudgetSpent):
                yield item
        if origin.budget.left < 0:
            spent += len(files) - at
            break
    if spent > 1:
        yield failed(origin.place, f"{counted(spent - 1, 'further file')} in it left, for the same reason")


def _read_one(archive: zipfile.ZipFile, member: zipfile.ZipInfo, origin: Origin, read: Read) -> Iterator[ImportItem]:
    try:
        yield from read(open_member(archive, member, origin), origin)
    except ImportFailed as error:
        yield ImportItem(origin.place, error)


def read_member(archive: zipfile.ZipFile, name: str, origin: Origin, *, max_bytes: int) -> bytes | None:
    """Return the content of a file in a ZIP; None when the ZIP has no file of this name.

    Raises:
        ImportFailed: it cannot be unpacked, or is over `max_bytes`.
    """
    try:
        member = archive.getinfo(name)
    except KeyError:
        return None
    inner = _inside(origin, member)
    content = open_member(archive, member, inner).read(max_bytes + 1)
    if len(content) > max_bytes:
        raise ImportFailed(f"{inner.place}: is over {max_bytes // 1_000_000} MB")
    return content


def _written(member: zipfile.ZipInfo, origin: Origin) -> datetime:
    try:
        return min(datetime(*member.date_time, tzinfo=UTC), origin.written)
    except ValueError:
        return origin.written

"""The table of contents: which segments the index is, and the position of the store they reflect.

It is Whoosh's own table of contents, so Whoosh opens the index; the list of segments in it carries our position and
versions, and a checksum follows it, which Whoosh does not read on to. One rename makes a commit: there is no second
file that could disagree.
"""

import os
import struct
import zlib
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from corpus.errors import IndexDamaged
from indexer.analysis import text
from indexer.columnar.whoosh.schema import schema
from indexer.columnar.whoosh.upstream import TOC, RamStorage
from indexer.storage.arrays import fsync_directory
from indexer.storage.segment import FORMAT, SUFFIX, ColumnarSegment

NAME = "MAIN"  # Whoosh's name of an index that was given none
VERSIONS = (FORMAT, text.VERSION)
LOCK = f"{NAME}_WRITELOCK"  # Whoosh's own name of it, so that its writers keep out too
_BEFORE, _AFTER = str(TOC._filename(NAME, 0)).split("0")  # what stands around a commit's number
_TRAILER = struct.Struct("<8sI")
_MAGIC = b"PRSSMTOC"


class Contents(list[ColumnarSegment]):
    """The segments of one commit; a list, as Whoosh expects."""

    def __init__(self, segments: Iterable[ColumnarSegment] = (), position: int = 0) -> None:
        super().__init__(segments)
        self.position = position
        self.versions = VERSIONS

    @property
    def current(self) -> bool:
        """Was it made by this version of the format and of the analysis?"""
        return self.versions == VERSIONS


def generation(directory: Path) -> int:
    """Return the number of the latest commit; -1 when there is none. Each search begins with it, so it is quick."""
    try:
        names = os.listdir(directory)  # noqa: PTH208  half the time
    except FileNotFoundError:
        return -1
    numbers = [name[len(_BEFORE) : -len(_AFTER)] for name in names if name.startswith(_BEFORE)]
    return max([int(number) for number in numbers if number.isdecimal()], default=-1)


def begun(directory: Path) -> int:
    """Return the number of the latest commit, after an empty one where nothing was ever written.

    So a directory that holds segments and no table of contents is one that has lost it. For who holds the lock.
    """
    number = generation(directory)
    if number < 0 and not has_segments(directory):
        number = 0
        write(directory, number, Contents())
    return number


def has_segments(directory: Path) -> bool:
    """Does a segment's file stand here?"""
    return next(directory.glob(f"{NAME}_*{SUFFIX}"), None) is not None


def stamp(directory: Path, number: int) -> tuple[int, ...]:
    """Return what tells a commit from another of the same number, in an index that was deleted and made again."""
    try:
        status = (directory / str(TOC._filename(NAME, number))).stat()
    except FileNotFoundError:
        return (number,)
    return number, status.st_ino, status.st_mtime_ns


def read(directory: Path, number: int) -> Contents:
    """Return what a commit says.

    Raises:
        IndexDamaged: its file is not as it was written.
        FileNotFoundError: a later commit has replaced it.
    """
    path = directory / str(TOC._filename(NAME, number))
    written = path.read_bytes()
    magic, checksum = _TRAILER.unpack(written[-_TRAILER.size :].rjust(_TRAILER.size, b"\0"))
    if magic != _MAGIC or checksum != zlib.crc32(written[: -_TRAILER.size]):
        raise IndexDamaged(f"{path}: its checksum is wrong, or it is not an index of ours")
    storage = RamStorage()
    storage.files[path.name] = written
    contents = TOC.read(storage, NAME, gen=number).segments
    if not isinstance(contents, Contents):
        raise IndexDamaged(f"{path}: a list of segments that is not ours")
    return contents


def write(directory: Path, number: int, contents: Contents) -> None:
    """Commit: from here on the index is these segments. On the disk when this returns."""
    storage = RamStorage()
    TOC(schema(), contents, number).write(storage, NAME)
    name = str(TOC._filename(NAME, number))
    written: bytes = storage.files[name]
    beside = directory / f"{name}.new"
    try:
        with beside.open("wb") as file:
            file.write(written + _TRAILER.pack(_MAGIC, zlib.crc32(written)))
            file.flush()
            os.fsync(file.fileno())
        fsync_directory(directory)  # the segments' names, before what names them
        beside.rename(directory / name)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    fsync_directory(directory)


def tidy_leftovers(directory: Path) -> None:
    """Remove what a write that failed has left, if the commit before it can be read."""
    with suppress(IndexDamaged, FileNotFoundError):
        number = generation(directory)
        tidy(directory, number, read(directory, number))


def tidy(directory: Path, number: int, contents: Iterable[ColumnarSegment]) -> None:
    """Remove what no commit needs: older tables, segments merged away, leftovers of a killed writer.

    Only for who holds the lock. Readers of an older commit have its files open, and keep them.
    """
    needed = {segment.filename() for segment in contents} | {str(TOC._filename(NAME, number))}
    for path in directory.iterdir():
        ours = path.name.startswith((f"{NAME}_", f"_{NAME}_")) and path.suffix in (SUFFIX, ".toc", ".new")
        if ours and path.name not in needed:
            path.unlink(missing_ok=True)

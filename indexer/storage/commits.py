"""The table of contents: which segments the index is, and the position of the store they reflect.

A file of JSON with a checksum after it: opening an index reads values and never runs code. One rename makes a
commit: there is no second file that could disagree.
"""

import os
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import IndexDamaged
from indexer.analysis import version
from indexer.contract.facet_names import INDEXED
from indexer.contract.origin import Origin
from indexer.storage import contents_json, verified
from indexer.storage.segment import FORMAT, NAME, SUFFIX, Segment, unopened

COLUMNS = " ".join((*INDEXED, "span"))  # of a segment, those that an older index may lack
VERSIONS: tuple[int | str, ...] = (FORMAT, version.VERSION, COLUMNS)
LOCK = f"{NAME}_WRITELOCK"  # Whoosh's own name of it, so that its writers keep out too
_BEFORE, _AFTER = "commit-", ".json"  # what stands around a commit's number
_NEW = ".new"
_written = [0]  # commits of this process, of any index
_CHECKSUM = 9  # bytes: a line feed, and the CRC-32 of what stands before it in eight digits


@dataclass(frozen=True, slots=True)
class Contents:
    """What one commit says: its segments, and the position, versions and origin they were written at."""

    segments: tuple[Segment, ...] = ()
    position: int = 0
    versions: tuple[int | str, ...] = VERSIONS
    origin: Origin = Origin()


Publish = Callable[[Path, int, Contents], None]  # writes a commit for readers of another kind, too


def written() -> int:
    """Return how many commits this process has made, of any index."""
    return _written[0]


def generation(directory: Path) -> int:
    """Return the number of the latest commit; -1 when there is none."""
    try:
        names = os.listdir(directory)  # noqa: PTH208  half the time
    except FileNotFoundError:
        return -1
    numbers = [name[len(_BEFORE) : -len(_AFTER)] for name in names if name.startswith(_BEFORE)]
    return max([int(number) for number in numbers if number.isdecimal()], default=-1)


def begun(directory: Path) -> int:
    """Return the number of the latest commit, after an empty commit where nothing was ever written.

    So a directory that holds segments and no table of contents is one that has lost it. For who holds the lock.
    """
    number = generation(directory)
    if number < 0 and not has_segments(directory):
        number = 0
        write(directory, number, Contents())
    return number


def has_segments(directory: Path) -> bool:
    """Whether a directory has a segment's file."""
    return next(directory.glob(f"{NAME}_*{SUFFIX}"), None) is not None


def stamp(path: str, number: int) -> tuple[int, ...]:
    """Return a stamp that differs between commits of one number, as after an index was deleted and made again.

    Args:
        path: Of the commit's file.
    """
    try:
        status = os.stat(path)  # noqa: PTH116  half the time
    except FileNotFoundError:
        return (number,)
    return number, status.st_ino, status.st_mtime_ns


def filename(number: int) -> str:
    """Return the name of a commit's file."""
    return f"{_BEFORE}{number}{_AFTER}"


def read(directory: Path, number: int) -> Contents:
    """Return what a commit says.

    Raises:
        IndexDamaged: its file is not as it was written.
        FileNotFoundError: a later commit has replaced it.
    """
    path = directory / filename(number)
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK), "rb") as file:  # a pipe is empty
            written = file.read()
    except FileNotFoundError:
        raise
    except OSError as error:  # a directory in its place, a sector that cannot be read
        raise unopened(path, error, "a table of contents") from error
    said, checksum = written[:-_CHECKSUM], written[-_CHECKSUM:]
    if checksum != _checksum(said):
        raise IndexDamaged(f"{path}: its checksum is wrong, or it is not an index of ours")
    try:
        segments, position, versions, origin = contents_json.decode(said)
    except ValueError as error:
        raise IndexDamaged(f"{path}: {error}") from error
    return Contents(segments, position, versions, origin)


def write(directory: Path, number: int, contents: Contents) -> None:
    """Commit: from here on the index is these segments. On the disk when this returns."""
    said = contents_json.encode(contents.segments, contents.position, contents.versions, contents.origin)
    beside = directory / f"{filename(number)}{_NEW}"
    try:
        beside.unlink(missing_ok=True)
        with beside.open("xb") as file:  # never through a link that stands in its place
            file.write(said + _checksum(said))
            file.flush()
            os.fsync(file.fileno())
        _fsync(directory)  # the segments' names, before what names them
        beside.rename(directory / filename(number))
        _written[0] += 1
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    _fsync(directory)


def _checksum(said: bytes) -> bytes:
    return f"\n{zlib.crc32(said):08x}".encode()


def tidy_leftovers(directory: Path) -> None:
    """Remove what a write that failed has left, if the commit before it can be read."""
    with suppress(IndexDamaged, FileNotFoundError):
        number = generation(directory)
        tidy(directory, number, read(directory, number))


def tidy(directory: Path, number: int, contents: Contents) -> None:
    """Remove what no commit needs: older tables, segments merged away, leftovers of a killed writer or reader.

    Only for who holds the lock. Readers of an older commit have its files open, and keep them.
    """
    needed = {segment.filename() for segment in contents.segments} | {filename(number)}
    for path in directory.iterdir():
        table = path.name.startswith(_BEFORE) and path.suffix in (_AFTER, _NEW)
        segment = path.name.startswith(f"{NAME}_") and path.suffix == SUFFIX
        note = path.name.startswith(f"{verified.NAME}.")
        if (table or segment or note) and path.name not in needed:
            _remove(path)


def _remove(path: Path) -> None:
    """Remove a file; a folder that stands in its place only when it is empty, as what is in it is not ours."""
    if path.is_dir():
        with suppress(OSError):
            path.rmdir()
    else:
        path.unlink(missing_ok=True)


def _fsync(directory: Path) -> None:
    """Wait until the names in a directory are on the disk."""
    handle = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

"""Named arrays <-> one file: aligned, memory-mapped, each with a checksum.

The file is a magic word, the arrays (each at a multiple of 64 bytes), a table of them in JSON with what else the
writer wants to say, and a tail that says where the table is. It is written once, in order, and never changed.
"""

import json
import mmap
import os
import struct
import weakref
import zlib
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from corpus.errors import IndexDamaged
from indexer.storage.segment import stamp, unopened

Array = NDArray[Any]
Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]

MAGIC = b"PRSSMRK\x01"
ALIGNMENT = 64  # bytes: a cache line, and what vector instructions like
_TAIL = struct.Struct("<QQII8s")  # table offset, its length, its checksum, the checksum of these three, magic
_WIDTHS = {f"{kind}{width}": width for kind in "iufb" for width in (1, 2, 4, 8)}  # bytes of a number
_PIECE = 1 << 22  # bytes read at a time when checking
_AHEAD = struct.Struct("<QQI")


class Room:
    """A place in a file for one array, filled from its beginning."""

    def __init__(self, handle: int, dtype: np.dtype[Any], offset: int) -> None:
        self.dtype = dtype
        self.offset = offset
        self.count = 0
        self.checksum = 0
        self._handle = handle

    def write(self, array: Array) -> None:
        """Append numbers to the array."""
        piece = np.ascontiguousarray(array, self.dtype)
        view = piece.data.cast("B") if len(piece) else memoryview(b"")
        at = self.offset + self.count * self.dtype.itemsize
        while view:
            written = os.pwrite(self._handle, view, at)
            self.checksum = zlib.crc32(view[:written], self.checksum)
            view, at = view[written:], at + written
        self.count += len(piece)


class ArrayWriter:
    """A file of arrays being written. Nothing reads it before `close` has put it on the disk."""

    def __init__(self, path: Path) -> None:
        self._path = path
        path.unlink(missing_ok=True)
        self._file = path.open("xb")  # never through a link that stands in its place
        self._file.write(MAGIC)
        self._table: dict[str, tuple[str, int, int, int]] = {}
        self._rooms: dict[str, Room] = {}

    def add(self, name: str, array: Array) -> None:
        """Write one array."""
        self.add_chunks(name, array.dtype, [array])

    def add_chunks(self, name: str, dtype: np.dtype[Any], chunks: Iterable[Array]) -> None:
        """Write one array given in pieces, converted to `dtype`."""
        self._file.write(bytes(-self._file.tell() % ALIGNMENT))
        offset, count, checksum = self._file.tell(), 0, 0
        for chunk in chunks:
            piece = np.ascontiguousarray(chunk, dtype)
            view = piece.data.cast("B") if len(piece) else memoryview(b"")
            self._file.write(view)
            checksum = zlib.crc32(view, checksum)
            count += len(piece)
        self._table[name] = (dtype.str, offset, count, checksum)

    def reserve(self, name: str, dtype: np.dtype[Any], count: int) -> "Room":
        """Leave room for an array that is written piece by piece while others are."""
        self._file.write(bytes(-self._file.tell() % ALIGNMENT))
        self._file.flush()
        room = Room(self._file.fileno(), np.dtype(dtype), self._file.tell())
        self._file.seek(count * room.dtype.itemsize, os.SEEK_CUR)
        self._rooms[name] = room
        return room

    def close(self, **facts: object) -> None:
        """Write the table and `facts`, and wait until all of it is on the disk."""
        for name, room in self._rooms.items():
            self._table[name] = (room.dtype.str, room.offset, room.count, room.checksum)
        table = json.dumps({"arrays": self._table, **facts}, separators=(",", ":")).encode()
        offset = self._file.tell()
        ahead = offset, len(table), zlib.crc32(table)
        self._file.write(table)
        self._file.write(_TAIL.pack(*ahead, zlib.crc32(_AHEAD.pack(*ahead)), MAGIC))
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def discard(self) -> None:
        """Give up: close and remove the file."""
        with suppress(OSError):  # the disk is full, and what was buffered has nowhere to go
            self._file.close()
        self._path.unlink(missing_ok=True)


class ArrayFile:
    """A file of arrays, memory-mapped. The mapping lives as long as any array taken from it.

    Attributes:
        seen: The file's handle, and its size and when it was written to last as they were when it was looked at.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)  # a pipe in its place is empty
            weakref.finalize(self, os.close, self._handle)
            self._map = mmap.mmap(self._handle, 0, access=mmap.ACCESS_READ)
        except ValueError:
            raise IndexDamaged(f"{path}: empty: expected a segment") from None
        except FileNotFoundError:
            raise
        except OSError as error:  # a directory in its place, say
            raise unopened(path, error, "a segment") from error
        self.seen = self._modified()
        self.facts = self._read_table()
        self._table: dict[str, tuple[str, int, int, int]] = self.facts.pop("arrays")

    def __contains__(self, name: str) -> bool:
        return name in self._table

    def __getitem__(self, name: str) -> Array:
        """Return one array; read-only.

        Raises:
            IndexDamaged: The file has none of this name.
        """
        if name not in self._table:
            raise IndexDamaged(f"{self.path}: it has no array {name!r}: expected one")
        dtype, offset, count, _ = self._table[name]
        return np.frombuffer(self._map, np.dtype(dtype), count, offset) if count else np.empty(0, np.dtype(dtype))

    def names(self) -> tuple[str, ...]:
        """Return the names of the arrays."""
        return tuple(self._table)

    def check(self, *, wholly: bool = False) -> None:
        """See whether anyone has written to the file since it was opened; to read on past its end would be fatal.

        Args:
            wholly: Read all of it in any case.

        Raises:
            IndexDamaged: the file is not as it was.
        """
        modified = self._modified()
        if wholly or modified != self.seen:
            if modified[1] != self.seen[1] or self.problems():
                raise IndexDamaged(f"{self.path}: changed while it was in use")
            self.seen = modified

    def stamp(self) -> tuple[int, int]:
        """Return a stamp that changes with every write to the file, whatever times a program sets."""
        return stamp(os.fstat(self._handle))

    def _modified(self) -> tuple[int, int, int]:
        status = os.fstat(self._handle)  # a file that is removed while we have it open keeps these
        return self._handle, status.st_size, status.st_mtime_ns

    def pieces(self, name: str) -> "Pieces":
        """Return one array to be read in pieces, past the mapping: what is read this way does not stay in memory."""
        dtype, offset, _, _ = self._table[name]
        return Pieces(self, np.dtype(dtype), offset)

    def read_into(self, array: Array, offset: int) -> None:
        """Fill an array with the bytes that begin at a place of the file.

        Raises:
            IndexDamaged: the file ends before.
        """
        if not len(array):
            return
        room = memoryview(array).cast("B")  # type: ignore[arg-type]  # it is a buffer
        while len(room):
            size = os.preadv(self._handle, [room], offset)
            if not size:
                raise IndexDamaged(f"{self.path}: cut short while it was in use")
            room, offset = room[size:], offset + size

    def problems(self) -> list[str]:
        """Read everything and say which arrays are not as they were written."""
        found: list[str] = []
        at = len(MAGIC)
        # An empty array stands where the next one begins.
        for name, (dtype, offset, count, checksum) in sorted(self._table.items(), key=lambda one: one[1][1:3]):
            if offset < at:
                found.append(f"{self.path}: {name}: begins within what stands before it")
            elif any(os.pread(self._handle, offset - at, at)):
                found.append(f"{self.path}: {name}: something is written before it: expected nothing but zeros")
            at = offset + count * np.dtype(dtype).itemsize
            try:
                actual = self._checksum(offset, at)
            except OSError as error:
                found.append(f"{self.path}: {name}: cannot be read: {error.strerror}")
                continue
            if actual != checksum:
                found.append(f"{self.path}: {name}: its checksum is {actual:08x}: expected {checksum:08x}")
        return found

    def _checksum(self, start: int, end: int) -> int:
        actual = 0
        while start < end and (piece := os.pread(self._handle, min(end - start, _PIECE), start)):
            actual = zlib.crc32(piece, actual)
            start += len(piece)
        return actual

    def _read_table(self) -> dict[str, Any]:
        size = len(self._map)
        if size < len(MAGIC) + _TAIL.size or self._map[: len(MAGIC)] != MAGIC:
            raise IndexDamaged(f"{self.path}: not a segment, or cut short")
        offset, length, checksum, own, magic = _TAIL.unpack(self._map[-_TAIL.size :])
        if magic != MAGIC or own != zlib.crc32(_AHEAD.pack(offset, length, checksum)):
            raise IndexDamaged(f"{self.path}: its end is not as it was written")
        table = self._map[offset : offset + length]
        if offset + length + _TAIL.size != size or zlib.crc32(table) != checksum:
            raise IndexDamaged(f"{self.path}: its table is not as it was written")
        try:
            parsed = json.loads(table)
        except (ValueError, RecursionError):
            parsed = None
        arrays = parsed.get("arrays") if isinstance(parsed, dict) else None
        if not isinstance(arrays, dict) or not all(_is_entry(one, offset) for one in arrays.values()):
            raise IndexDamaged(f"{self.path}: its table is none of ours")
        return cast(dict[str, Any], parsed)


def _is_entry(said: object, end: int) -> bool:
    """Is it what the table says of one array before `end`: type, offset, length and checksum?"""
    match said:
        case [str(dtype), int(offset), int(count), int()] if dtype[1:] in _WIDTHS and dtype[0] in "<|":
            return offset >= 0 <= count and offset + count * _WIDTHS[dtype[1:]] <= end
    return False


class Pieces:
    """An array in a file, read a piece at a time, also when the file was removed since it was opened."""

    def __init__(self, file: ArrayFile, dtype: np.dtype[Any], offset: int) -> None:
        self._file = file
        self._dtype = dtype
        self._offset = offset

    def __getitem__(self, place: slice) -> Array:
        """Return `array[start:stop]` as an array of its own."""
        found = np.empty(place.stop - place.start, self._dtype)
        self._file.read_into(found, self._offset + place.start * self._dtype.itemsize)
        return found


def compact(numbers: Array) -> Array:
    """Return numbers in four bytes each, where the largest fits."""
    return numbers.astype(np.uint32 if int(numbers.max(initial=0)) < 1 << 32 else np.uint64)


def offsets(counts: Array) -> Array:
    """Return where the items of each owner begin, and where the last one's end; of four bytes where that is enough.

    Args:
        counts: How many items each owner has.
    """
    return compact(np.append(0, np.cumsum(counts, dtype=np.int64)))


def chained(pieces: Sequence[tuple[Array, Array]]) -> tuple[Array, Array]:
    """Join pieces of two arrays each."""
    return np.concatenate([one for one, _ in pieces]), np.concatenate([other for _, other in pieces])

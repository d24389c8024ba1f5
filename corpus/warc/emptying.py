"""A record of a WARC file -> the same record without its payload, in the same bytes of the file.

What stands after it keeps its offset, so that no reference changes. The room is filled with zeros, which are given
back to the disk where the file system can. Every reader sees a whole record: an answer 410 without a body.
"""

import ctypes
import json
import os
import zlib
from dataclasses import dataclass
from pathlib import Path

from corpus.warc.exchange import one_line
from corpus.warc.records import http_head, new_id, record

INTENT = "emptying.json"  # beside the files
STATUS = "410 Withdrawn"
_CHUNK = 1 << 16
_HEAD, _TAIL = 10, 8  # bytes of a gzip member around its deflate stream
_EXTRA = 2 + 4  # length of the extra field, and id and length of its only part
_MOST_EXTRA = 65_535 + 2
_PAGE = 4096
_RECORD = 300  # bytes that an empty record takes at the end of its room, about
_PUNCH_HOLE = 3  # FALLOC_FL_KEEP_SIZE | FALLOC_FL_PUNCH_HOLE


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands in its file."""

    offset: int
    length: int


def place_of(handle: int, offset: int) -> Place | None:
    """Return the gzip member that begins at an offset; None where there is no whole one."""
    member, at = zlib.decompressobj(31), offset
    while not member.eof:
        chunk = os.pread(handle, _CHUNK, at)
        if not chunk:
            return None
        try:
            member.decompress(chunk, 1 << 20)
            while member.unconsumed_tail and not member.eof:  # at its end zlib leaves the tail as it was
                member.decompress(member.unconsumed_tail, 1 << 20)
        except zlib.error:
            return None
        at += len(chunk)
    return Place(offset, at - len(member.unused_data) - offset)


def empty(path: Path, place: Place, *, url: str, date: str) -> bool:
    """Replace a record by an empty one, on disk when this returns; False when the record is too short for that.

    What is to be done stands beside the file until it is: a kill half way leaves a record that no reader passes, and
    `finish` ends the work.

    Args:
        url, date: Of the record, as WARC-Target-URI and WARC-Date spell them.
    """
    if filler(place.length, url=url, date=date) is None:
        return False
    work = {"file": path.name, "offset": place.offset, "length": place.length, "url": url, "date": date}
    partial = path.with_name(f"{INTENT}.partial")
    with partial.open("w", encoding="utf-8") as file:
        json.dump(work, file)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path.with_name(INTENT))
    sync_folder(path.parent)  # before a byte of the record is written over
    finish(path.parent)
    return True


def given_back(place: Place) -> int:
    """Return about how many bytes the disk gets back of a record: whole pages, but what the empty record needs."""
    begins = -(-(place.offset + _HEAD + _EXTRA) // _PAGE)
    ends = (place.offset + place.length - _RECORD) // _PAGE
    return max(ends - begins, 0) * _PAGE


def sync_folder(folder: Path) -> None:
    """Make a new file's name as lasting as its content."""
    handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def finish(folder: Path) -> None:
    """Finish an `empty` that was killed; do nothing where none was."""
    intent = folder / INTENT
    if not intent.exists():
        return
    work = json.loads(intent.read_text(encoding="utf-8"))
    place = Place(int(work["offset"]), int(work["length"]))
    content = filler(place.length, url=str(work["url"]), date=str(work["date"]))
    handle = os.open(folder / Path(work["file"]).name, os.O_RDWR | os.O_CLOEXEC)
    try:
        if content is None or os.fstat(handle).st_size < place.offset + place.length:
            raise ValueError(f"{intent}: names no record")
        written = 0
        while written < len(content):
            written += os.pwrite(handle, content[written:], place.offset + written)
        _give_back(handle, place, content)
        os.fsync(handle)
    finally:
        os.close(handle)
    intent.unlink()


def filler(length: int, *, url: str, date: str) -> bytes | None:
    """Return a gzip member of so many bytes that holds a record without a payload; None when they are too few.

    Up to 64 kB the room is an extra field of the member's head (RFC 1952), which no reader sees. A longer record has a
    body of zeros.
    """
    zeros = 0
    while True:
        raw = _record(url, date, zeros)
        packed = _packed(raw, zeros)
        room = length - _HEAD - _TAIL - len(packed)
        if room == 0 or _EXTRA <= room <= _MOST_EXTRA:
            return _member(raw, packed, room)
        if room < _EXTRA:
            return None
        zeros += max(room - _MOST_EXTRA // 2, 1)


def _record(url: str, date: str, zeros: int) -> bytes:
    fields = {
        "WARC-Date": date,
        "WARC-Type": "response",
        "WARC-Record-ID": new_id(),
        "WARC-Target-URI": one_line(url),
    }
    head = http_head(f"HTTP/1.1 {STATUS}", [("Content-Length", str(zeros))])
    return record("response", fields, bytes(zeros), head=head)


def _packed(raw: bytes, zeros: int) -> bytes:
    """Return a deflate stream; zeros are not packed, so that the disk can take them back."""
    packer = zlib.compressobj(0 if zeros else 9, zlib.DEFLATED, -15)
    return packer.compress(raw) + packer.flush()


def _member(raw: bytes, packed: bytes, room: int) -> bytes:
    extra = b""
    if room:
        data = room - _EXTRA
        extra = (data + 4).to_bytes(2, "little") + b"PM" + data.to_bytes(2, "little") + bytes(data)
    head = bytes([0x1F, 0x8B, 8, 4 if room else 0, 0, 0, 0, 0, 0, 255])
    tail = zlib.crc32(raw).to_bytes(4, "little") + (len(raw) & 0xFFFFFFFF).to_bytes(4, "little")
    return head + extra + packed + tail


def _give_back(handle: int, place: Place, content: bytes) -> None:
    """Let the file system free the pages that hold zeros alone; one that cannot keeps them."""
    punch = getattr(ctypes.CDLL(None, use_errno=True), "fallocate", None)
    if punch is None:
        return
    first = -place.offset % _PAGE
    for at in range(first, len(content) - _PAGE + 1, _PAGE):
        if content.count(0, at, at + _PAGE) != _PAGE:
            continue
        if punch(handle, _PUNCH_HOLE, ctypes.c_longlong(place.offset + at), ctypes.c_longlong(_PAGE)):
            return

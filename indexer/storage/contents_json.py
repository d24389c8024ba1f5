"""A commit's values <-> JSON. What is read may come from anyone: each value is checked before it is used."""

import base64
import json
from collections.abc import Mapping, Sequence
from typing import Any

from indexer.contract.origin import Origin
from indexer.storage.segment import ID, Segment

Version = int | str
MAX_DOCUMENTS = 1 << 31  # of a segment; a document's number is four bytes


def encode(segments: Sequence[Segment], position: int, versions: Sequence[Version], origin: Origin) -> bytes:
    """Return the JSON of a commit."""
    listed = [segment_values(segment) for segment in segments]
    made_of = {"history": origin.history, "settings": origin.settings}
    said = {"position": position, "versions": list(versions), **made_of, "segments": listed}
    return json.dumps(said, separators=(",", ":")).encode()


def decode(written: bytes) -> tuple[tuple[Segment, ...], int, tuple[Version, ...], Origin]:
    """Return segments, position, versions and origin of a commit.

    Raises:
        ValueError: the JSON does not hold what a commit holds; the message says where.
    """
    try:
        said = json.loads(written)
    except RecursionError:
        raise ValueError("nested too deeply for a table of contents") from None
    if not isinstance(said, dict):
        raise ValueError(f"{type(said).__name__}: expected an object")
    versions, listed = _list(said, "versions"), _list(said, "segments")
    if not all(isinstance(version, int | str) for version in versions):
        raise ValueError("versions: expected numbers and strings")
    origin = Origin(_text(said, "history"), _text(said, "settings"))
    return tuple(segment(one) for one in listed), number(said, "position"), tuple(versions), origin


def segment_values(segment: Segment) -> dict[str, Any]:
    """Return a segment as plain values."""
    deleted = base64.b64encode(segment.deleted).decode()
    said = {"id": segment.id, "documents": segment.count, "deleted": deleted, "written": segment.written}
    return {**said, "cut": segment.cut} if segment.cut else said


def segment(said: Any) -> Segment:
    """Return the segment that plain values describe.

    Raises:
        ValueError: they describe none.
    """
    if not isinstance(said, dict):
        raise ValueError("segments: expected objects")
    name, deleted, written = said.get("id"), said.get("deleted"), said.get("written")
    if not isinstance(name, str) or not ID.fullmatch(name):  # it becomes the name of a file
        raise ValueError("segments: id: expected 16 digits and small letters")
    count = number(said, "documents")
    bits = _bits(deleted)
    if bits is None or count > MAX_DOCUMENTS or len(bits) not in (0, -(-count // 8)):
        raise ValueError("segments: deleted: expected one bit a document")
    cut = said.get("cut", [])
    if not isinstance(cut, list) or not all(type(number) is int and 0 <= number < count for number in cut):
        raise ValueError("segments: cut: expected numbers of documents")
    if written is None:
        return Segment(count, bits, None, name, tuple(cut))
    match written:
        case [int(size), int(time)]:
            return Segment(count, bits, (size, time), name, tuple(cut))
    raise ValueError("segments: written: expected a size and a time")


def _bits(said: Any) -> bytes | None:
    try:
        return base64.b64decode(said, validate=True) if isinstance(said, str) else None
    except ValueError:
        return None


def number(said: Mapping[str, Any], key: str) -> int:
    """Return a whole number that is not negative.

    Raises:
        ValueError: there is no such number under the key.
    """
    value = said.get(key)
    if type(value) is not int or value < 0:
        raise ValueError(f"{key}: expected a whole number from 0 on")
    return value


def _text(said: Mapping[str, Any], key: str) -> str:
    value = said.get(key)
    if not isinstance(value, str):
        raise ValueError(f"{key}: expected a string")
    return value


def _list(said: Mapping[str, Any], key: str) -> list[Any]:
    value = said.get(key)
    if not isinstance(value, list):
        raise ValueError(f"{key}: expected a list")
    return value

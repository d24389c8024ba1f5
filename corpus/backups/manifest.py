"""The manifest of a backup: the files in it, and of which pieces in which backups each raw response file is made.

A backup is a tar: `pressmark.sqlite`, `captures/*.warc.gz`, and last `manifest.json`. Files of raw responses only grow,
so a backup holds what was added since those beside it. Each piece is named with the backup that holds it, never by way
of another one, so a backup needs the files it names and no others.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from corpus.errors import PressmarkError
from corpus.store import FILE

FORMAT = 2
WHOLE = 1  # the format of backups that hold every file whole
NAME = "manifest.json"
MOST_BYTES = 1 << 24  # a hundred thousand capture files are a quarter of it
MOST_HOLDERS = 100  # other backups that one backup needs
MEMBER = re.compile(r"pressmark\.sqlite|captures/pressmark-[0-9]{14}-[0-9]{5,}\.warc\.gz")
_HOLDER = re.compile(r"(?!\.{1,2}$)[^/\\\0]{1,255}")


class BackupFailed(PressmarkError):
    """A backup could not be written, or `pressmark restore` cannot use the file it was given."""


class HolderDamaged(BackupFailed):
    """A backup file that another backup needs is missing, or has changed."""

    def __init__(self, holder: str, said: str) -> None:
        super().__init__(said)
        self.holder = holder


@dataclass(frozen=True, slots=True)
class Piece:
    """Bytes of a file: the whole member of its name in a backup. `holder` is empty for the backup itself."""

    holder: str
    size: int


@dataclass(frozen=True, slots=True)
class Contents:
    """A file to restore: the pieces that make it, in order, and its SHA-256."""

    sha256: str
    pieces: tuple[Piece, ...]

    @property
    def size(self) -> int:
        """Bytes of the whole file."""
        return sum(piece.size for piece in self.pieces)

    @property
    def is_own(self) -> bool:
        """Whether the backup itself holds all of it."""
        return all(not piece.holder for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself.

    Attributes:
        members: Of each file in it, its size and SHA-256.
        captures: Of each file of raw responses of the corpus, how it is put together.
    """

    members: Mapping[str, tuple[int, str]] = field(default_factory=lambda: MappingProxyType({}))
    captures: Mapping[str, Contents] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def holders(self) -> frozenset[str]:
        """The other backups that it needs."""
        return frozenset(piece.holder for one in self.captures.values() for piece in one.pieces if piece.holder)


def written(manifest: Manifest) -> bytes:
    """Return the bytes of a manifest."""
    captures = {
        name: {"sha256": one.sha256, "pieces": [[piece.holder, piece.size] for piece in one.pieces]}
        for name, one in manifest.captures.items()
    }
    files = {name: list(said) for name, said in manifest.members.items()}
    return json.dumps({"format": FORMAT, "files": files, "captures": captures}, indent=1).encode()


def read(said: bytes, place: str) -> Manifest:
    """Read a manifest.

    Args:
        place: The name of the backup, for messages.

    Raises:
        BackupFailed: it is none, or of another format.
    """
    try:
        found = json.loads(said)
        if (version := found["format"]) not in (WHOLE, FORMAT):
            raise BackupFailed(f"{place}: format {version!r}: expected {WHOLE} or {FORMAT}, those of this version")
        members = {str(name): (int(size), str(digest)) for name, (size, digest) in found["files"].items()}
        captures = _whole(members) if version == WHOLE else _captures(found["captures"], members)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError):  # a size of Infinity
        raise BackupFailed(f"{place}: {NAME}: it is not as it was written") from None
    return Manifest(members, captures)


def _whole(members: Mapping[str, tuple[int, str]]) -> dict[str, Contents]:
    return {name: Contents(digest, (Piece("", size),)) for name, (size, digest) in members.items() if name != FILE}


def _captures(said: Mapping[str, Any], members: Mapping[str, tuple[int, str]]) -> dict[str, Contents]:
    """Read how the files are put together; a member that belongs to none of them is refused.

    Raises:
        ValueError: they contradict the members, or a name leads elsewhere.
    """
    found = {}
    for name, one in said.items():
        pieces = tuple(Piece(str(holder), int(size)) for holder, size in one["pieces"])
        own = [piece.size for piece in pieces if not piece.holder]
        names = [piece.holder for piece in pieces if piece.holder]
        here = [members[name][0]] if name in members else []
        if not MEMBER.fullmatch(name) or name == FILE or not all(map(_HOLDER.fullmatch, names)):
            raise ValueError(name)
        if not pieces or min(piece.size for piece in pieces) < 0 or own != here:
            raise ValueError(name)
        found[name] = Contents(str(one["sha256"]), pieces)
    if members.keys() - found.keys() - {FILE}:
        raise ValueError(NAME)
    return found

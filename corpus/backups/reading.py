"""A backup file -> its manifest, and all of its contents checked, with what other backups beside it hold of them."""

import hashlib
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from corpus.backups import manifest
from corpus.backups.files import Limited, copied, in_our_words, pieces, private
from corpus.backups.manifest import BackupFailed, Contents, HolderDamaged, Manifest
from corpus.store import FILE

FOLDER = "captures"


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds.

    Attributes:
        articles: 0 where they were not counted.
        captures: Files of raw responses of the corpus.
        bytes: Of the corpus, and `written` of these in the backup's own file.
        holders: The other backups beside it that it needs, by name.
        damaged: Backups that would have been built on, were they whole.
        missing: Backups that others beside it need, and that are not there: those others cannot be restored without.
        aside: Files that made way for it in a restore, under the names they have now in the data folder.
    """

    articles: int
    captures: int
    bytes: int
    written: int
    holders: tuple[str, ...] = ()
    damaged: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()


def read_back(path: Path) -> Backup:
    """Read a backup, and what it needs of others, and compare all of it with its manifest.

    Raises:
        BackupFailed: the file is damaged, or is no backup of Pressmark.
        HolderDamaged: another backup that it needs is missing, or not as it was.
    """
    return unpacked(path, None)


def unpacked(path: Path, folder: Path | None) -> Backup:
    """Read and compare every member; unpack into `folder`, which is empty, when a folder is given.

    Raises:
        BackupFailed, HolderDamaged: as with `read_back`.
    """
    with in_our_words(path):
        if folder:
            (folder / FOLDER).mkdir()
        found = _members(path, folder)
        for name, contents in found.captures.items():
            if not contents.is_own:
                _put_together(path, name, contents, folder / name if folder else None)
    held = sum(size for size, _ in found.members.values())
    total = found.members[FILE][0] + sum(one.size for one in found.captures.values())
    return Backup(0, len(found.captures), total, held, tuple(sorted(found.holders)))


def manifest_of(path: Path) -> Manifest | None:
    """Return the manifest of a backup, or None when a file is no whole backup; nothing else of it is read."""
    try:
        with tarfile.open(path, "r:") as tar:
            first = tar.next()
            if first is None or first.name != FILE:
                return None
            for member in tar:
                if member.name == manifest.NAME and member.type == tarfile.REGTYPE:
                    content = tar.extractfile(member)
                    assert content is not None
                    return manifest.read(content.read(manifest.MOST_BYTES), str(path))
    except (tarfile.TarError, OSError, BackupFailed):
        return None
    return None


def _members(path: Path, folder: Path | None) -> Manifest:
    """Read every member of a backup's own file; unpack the store and the files it holds whole."""
    sums: dict[str, tuple[int, str]] = {}
    found: Manifest | None = None
    with tarfile.open(path, "r:") as tar:
        for member in tar:
            if member.type != tarfile.REGTYPE:  # a link may lead anywhere, a sparse file be of any size
                raise BackupFailed(f"{path}: {member.name!r} is no file: expected a backup of Pressmark")
            content = tar.extractfile(member)
            assert content is not None
            if member.name == manifest.NAME:
                found = manifest.read(content.read(manifest.MOST_BYTES), str(path))
                continue
            if not manifest.MEMBER.fullmatch(member.name) or member.name in sums:
                raise BackupFailed(f"{path}: holds {member.name[:80]!r}: expected a backup of Pressmark")
            sums[member.name] = copied(content, folder / member.name if folder else None)
    if found is None or FILE not in sums:
        raise BackupFailed(f"{path}: cut short, or no backup of Pressmark")
    _compare(path, sums, found.members)
    whole = {name: (one.size, one.sha256) for name, one in found.captures.items() if one.is_own}
    _compare(path, {name: sums.get(name, (0, "")) for name in whole}, whole)
    return found


def _compare(path: Path, sums: Mapping[str, tuple[int, str]], said: Mapping[str, tuple[int, str]]) -> None:
    for name in sorted(sums.keys() | said.keys()):
        if sums.get(name) != said.get(name):
            raise BackupFailed(f"{path}: {name}: it is not as it was written")


def _put_together(path: Path, name: str, contents: Contents, target: Path | None) -> None:
    """Read a file piece by piece from the backups that hold it, compare it, and write it where a target is given."""
    digest = hashlib.sha256()
    part = target.with_name(f"{target.name}.whole") if target else None  # its own piece is there by its name
    with ExitStack() as stack:
        file = stack.enter_context(private(part)) if part else None
        for piece in contents.pieces:
            for some in _piece(path.with_name(piece.holder) if piece.holder else path, name, piece.size, path):
                digest.update(some)
                if file:
                    file.write(some)
    if digest.hexdigest() != contents.sha256:
        holders = ", ".join(dict.fromkeys(piece.holder for piece in contents.pieces if piece.holder))
        last = next(piece.holder for piece in reversed(contents.pieces) if piece.holder)
        raise HolderDamaged(last, f"{path}: {name}: it is not as it was written; it begins in {holders}")
    if part and target:
        part.replace(target)


def _piece(holder: Path, name: str, size: int, path: Path) -> Iterator[bytes]:
    """Yield the bytes of a member of a backup that another one needs."""
    said_of = manifest_of(holder) if holder != path else None
    digest = hashlib.sha256()
    try:
        with holder.open("rb") as file:
            _seek(file, name, size)
            for some in pieces(Limited(file, size)):
                digest.update(some)
                yield some
    except FileNotFoundError:
        said = f"{holder}: it is missing: {path.name} needs it for {name}"
        raise HolderDamaged(holder.name, said) from None
    except (tarfile.TarError, LookupError):
        said = f"{holder}: {name} is not in it as {path.name} needs it"
        raise HolderDamaged(holder.name, said) from None
    if said_of and said_of.members.get(name) != (size, digest.hexdigest()):
        raise HolderDamaged(holder.name, f"{holder}: {name}: it is not as it was written")


def _seek(file: IO[bytes], name: str, size: int) -> None:
    """Go to where a member's bytes begin.

    Raises:
        LookupError: there is no such file of that size.
    """
    with tarfile.open(fileobj=file, mode="r:") as tar:
        for member in tar:
            if member.name == name and member.type == tarfile.REGTYPE and member.size == size and not member.sparse:
                file.seek(member.offset_data)
                return
    raise LookupError(name)

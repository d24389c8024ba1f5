"""A corpus in use <-> one file that holds it: the store as it was at one moment, and every raw response.

The file is a tar: `pressmark.sqlite`, `captures/*.warc.gz`, and last `manifest.json` with the size and SHA-256 of
every member.
The store is copied first: a response is on disk before the visit that names it, so the backup has every response that
the copy of the store names. The index is left out: it is made anew from the store.
"""

import hashlib
import io
import json
import os
import re
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Protocol

from corpus.errors import PressmarkError
from corpus.store import FILE, ArticleStore

FORMAT = 1
MANIFEST = "manifest.json"
MAX_MANIFEST = 1 << 24  # bytes; a hundred thousand capture files are a quarter of it
_MEMBER = re.compile(r"pressmark\.sqlite|captures/pressmark-[0-9]{14}-[0-9]{5,}\.warc\.gz")
_PIECE = 1 << 20


class BackupFailed(PressmarkError):
    """A backup could not be written, or `pressmark restore` cannot use the file it was given."""


class Readable(Protocol):
    """A stream that is read piece by piece."""

    def read(self, size: int, /) -> bytes:
        """Read at most so many bytes; none at the end."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds: articles, files of raw responses, and the bytes of all."""

    articles: int
    captures: int
    bytes: int


def write(store: ArticleStore, captures: Path, target: Path, *, force: bool = False) -> Backup:
    """Write a backup of a corpus, and read it back.

    Args:
        store: The store, which others may write meanwhile.
        captures: The folder of raw responses.
        target: The file to write; afterwards it is the whole backup, or it does not exist.
        force: Replace a file that is there.

    Raises:
        BackupFailed: the target exists, cannot be written, or does not hold what was written.
        StoreError: the store cannot be read.
    """
    if target.exists() and not force:
        raise BackupFailed(f"{target}: it exists already: expected a new name, or --force to replace it")
    partial = target.with_name(f".{target.name}.partial")
    with _in_our_words(target), _scratch(target.parent) as scratch:
        try:
            store.backup(scratch / FILE)
            held = _check(scratch / FILE)
            with _private(partial) as file, tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
                listed = [_added(tar, FILE, scratch / FILE)]
                listed += [_added(tar, f"captures/{path.name}", path) for path in _capture_files(captures)]
                _add_manifest(tar, listed)
            found = read_back(partial)
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)
    return Backup(held, found.captures, found.bytes)


def read_back(path: Path) -> Backup:
    """Read a backup and compare all of it with its manifest.

    Raises:
        BackupFailed: the file is damaged, or is no backup of Pressmark.
    """
    return _unpacked(path, None)


def restore(path: Path, data: Path, *, now: datetime, force: bool = False) -> Backup:
    """Put the corpus of a backup in a data folder.

    The backup is unpacked and checked in a folder beside the target before anything is put in place. With `force`,
    files that differ are set
    aside under a name that says when, and nothing is deleted.

    Raises:
        BackupFailed: the backup is damaged, the file is no backup, or the folder has a store and `force` is not given.
    """
    store = data / FILE
    if store.exists() and not force:
        raise BackupFailed(f"{store}: a store is there already: expected an empty folder, or --force to set it aside")
    with _in_our_words(data):
        data.mkdir(parents=True, exist_ok=True)
        with _scratch(data) as scratch:
            found = _unpacked(path, scratch)
            articles = _check(scratch / FILE)
            _note_restore(scratch / FILE, now)
            aside = f".before-{now:%Y%m%d%H%M%S}"
            (data / "captures").mkdir(exist_ok=True)
            for capture in sorted((scratch / "captures").iterdir()):
                _put(capture, data / "captures" / capture.name, aside)
            for ending in ("-wal", "-shm", ""):
                old = store.with_name(store.name + ending)
                if old.exists():
                    old.rename(store.with_name(f"{store.name}{aside}{ending}"))
            (scratch / FILE).rename(store)
            _sync(data)
    return Backup(articles, found.captures, found.bytes)


def _unpacked(path: Path, folder: Path | None) -> Backup:
    """Read every member; unpack it into `folder`, which is empty, when a folder is given."""
    sums: dict[str, tuple[int, str]] = {}
    manifest: dict[str, tuple[int, str]] | None = None
    with _in_our_words(path), tarfile.open(path, "r:") as tar:
        if folder:
            (folder / "captures").mkdir()
        for member in tar:
            if member.type != tarfile.REGTYPE:  # a link may lead anywhere, a sparse file be of any size
                raise BackupFailed(f"{path}: {member.name!r} is no file: expected a backup of Pressmark")
            content = tar.extractfile(member)
            assert content is not None
            if member.name == MANIFEST:
                manifest = _manifest(path, content.read(MAX_MANIFEST))
                continue
            if not _MEMBER.fullmatch(member.name) or member.name in sums:
                raise BackupFailed(f"{path}: holds {member.name[:80]!r}: expected a backup of Pressmark")
            sums[member.name] = _copied(content, folder / member.name if folder else None)
    if manifest is None or FILE not in sums:
        raise BackupFailed(f"{path}: cut short, or no backup of Pressmark")
    for name in sorted(sums.keys() | manifest.keys()):
        if sums.get(name) != manifest.get(name):
            raise BackupFailed(f"{path}: {name}: it is not as it was written")
    return Backup(0, len(sums) - 1, sum(size for size, _ in sums.values()))


def _manifest(path: Path, said: bytes) -> dict[str, tuple[int, str]]:
    try:
        read = json.loads(said)
        files = {str(name): (int(size), str(digest)) for name, (size, digest) in read["files"].items()}
        known = read["format"] == FORMAT
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise BackupFailed(f"{path}: {MANIFEST}: it is not as it was written") from None
    if not known:
        raise BackupFailed(f"{path}: format {read['format']!r}: expected {FORMAT}, that of this version")
    return files


def _copied(content: Readable, target: Path | None) -> tuple[int, str]:
    """Size and SHA-256 of what is read, and written where a target is given."""
    digest, size = hashlib.sha256(), 0
    with _private(target) if target else io.BytesIO() as file:
        while piece := content.read(_PIECE):
            digest.update(piece)
            size += len(piece)
            if target:
                file.write(piece)
    return size, digest.hexdigest()


def _added(tar: tarfile.TarFile, name: str, path: Path) -> tuple[str, int, str]:
    """Add a file as far as it goes now: a crawl may add to it meanwhile."""
    with path.open("rb") as file:
        info = tarfile.TarInfo(name)
        info.size, info.mode = os.fstat(file.fileno()).st_size, 0o600
        reading = _Summed(file)
        tar.addfile(info, reading)  # type: ignore[arg-type]  # it reads, which is all that is asked of it
    return name, info.size, reading.digest.hexdigest()


class _Summed:
    """A file whose SHA-256 is taken while it is read."""

    def __init__(self, file: IO[bytes]) -> None:
        self.digest = hashlib.sha256()
        self._file = file

    def read(self, size: int) -> bytes:
        """Read on."""
        piece = self._file.read(size)
        self.digest.update(piece)
        return piece


def _add_manifest(tar: tarfile.TarFile, listed: list[tuple[str, int, str]]) -> None:
    files = {name: [size, digest] for name, size, digest in listed}
    said = json.dumps({"format": FORMAT, "files": files}, indent=1).encode()
    info = tarfile.TarInfo(MANIFEST)
    info.size, info.mode = len(said), 0o600
    tar.addfile(info, io.BytesIO(said))


def _capture_files(captures: Path) -> Iterator[Path]:
    yield from (path for path in sorted(captures.glob("*.warc.gz")) if _MEMBER.fullmatch(f"captures/{path.name}"))


def _note_restore(store: Path, now: datetime) -> None:
    """Let the store know that it was put back; messages on saved searches that waited then may have been sent since."""
    with ArticleStore.open(store) as opened:
        opened.saved.note_restore(now)
        opened.notices.give_up("saved:", "the store was put back from a backup; it may have been sent before")


def _check(store: Path) -> int:
    """Open the copy as a store, see that its pages are whole, and return how many articles it has."""
    with ArticleStore.open(store) as opened:
        for problem in opened.damage.check(full=False):
            raise BackupFailed(f"the copy of the store is damaged: {problem}")
        return opened.totals().articles


def _put(new: Path, place: Path, aside: str) -> None:
    """Put a capture file in its place; a file there that begins with the same bytes and goes on stays as it is."""
    if place.exists():
        with place.open("rb") as held, new.open("rb") as coming:
            same = _copied(_Limited(held, new.stat().st_size), None) == _copied(coming, None)
        if same:
            return
        place.rename(place.with_name(place.name + aside))
    new.rename(place)


class _Limited:
    """The first bytes of a file."""

    def __init__(self, file: IO[bytes], size: int) -> None:
        self._file = file
        self._left = size

    def read(self, size: int) -> bytes:
        """Read on, up to the limit."""
        piece = self._file.read(min(size, self._left))
        self._left -= len(piece)
        return piece


@contextmanager
def _private(path: Path) -> Iterator[IO[bytes]]:
    """A new file that only its owner reads; on the disk when the block ends."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def _scratch(folder: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix=".pressmark-", dir=folder) as scratch:
        yield Path(scratch)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    with suppress(OSError):
        os.fsync(handle)
    os.close(handle)


@contextmanager
def _in_our_words(path: Path) -> Iterator[None]:
    try:
        yield
    except tarfile.TarError as error:
        raise BackupFailed(f"{path}: {error}: expected a backup of Pressmark") from error
    except OSError as error:
        raise BackupFailed(f"{error.filename or path}: {error.strerror or error}") from error

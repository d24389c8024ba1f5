"""A corpus in use -> one file that holds the store as it was at one moment, and what is new of the raw responses.

The store is copied first: a response is on disk before the visit that names it, so the backup has every response that
the copy of the store names. The index is left out: it is rebuilt from the store.
"""

import hashlib
import io
import logging
import tarfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from corpus.backups import manifest
from corpus.backups.files import Limited, Summed, in_our_words, pieces, private, scratch
from corpus.backups.manifest import MEMBER, MOST_HOLDERS, BackupFailed, Contents, HolderDamaged, Manifest, Piece
from corpus.backups.reading import FOLDER, Backup, manifest_of, read_back
from corpus.backups.restoring import checked
from corpus.errors import LocksMissing, StoreLocked
from corpus.events import event
from corpus.locks import hold
from corpus.store import FILE, ArticleStore

LOCK = ".pressmark-backups.lock"  # in a folder of backups
LOCK_TIMEOUT = 60.0  # seconds that the end of a backup waits for that of another, which reads some manifests
PAUSE = 0.02  # seconds between two looks at the lock

log = logging.getLogger(__name__)

Earlier = Mapping[str, list[Contents]]  # files of raw responses, each as backups beside the new one have it


def write(store: ArticleStore, captures: Path, target: Path, *, force: bool = False, full: bool = False) -> Backup:
    """Write a backup of a corpus, and read it back with all that it needs of other backups.

    Of the raw responses only what no backup in the folder of the target has is written, unless `full`. A backup there
    that turns out to be damaged is not built on, and named.

    Args:
        store: The store, which others may write meanwhile.
        captures: The folder of raw responses.
        target: The file to write; afterwards it is the whole backup, or it does not exist.
        force: Replace a file that is there.
        full: Write all raw responses.

    Raises:
        BackupFailed: the target exists, or another backup needs it; it cannot be written, or does not hold what was
            written.
        StoreError: the store cannot be read.
    """
    if target.exists() and not force:
        raise BackupFailed(f"{target}: it exists already: expected a new name, or --force to replace it")
    damaged: list[str] = []
    with in_our_words(target), scratch(target.parent) as folder:
        beside = _backups_beside(target)
        _require_unneeded(target, beside)
        store.backup(folder / FILE)
        articles = checked(folder / FILE)
        partial = target.with_name(f".{target.name}{folder.name}.partial")  # beside those that it is built on
        while True:
            usable = {} if full else _usable(beside, damaged)
            try:
                found = _written(folder / FILE, captures, partial, _earlier(usable))
                missing = _put_in_place(partial, target, {name: usable[name] for name in found.holders})
            except HolderDamaged as error:
                was, beside = beside.get(error.holder), _backups_beside(target)
                if beside.get(error.holder) == was:  # else it was replaced meanwhile, and is not damaged
                    if error.holder in damaged:
                        raise
                    damaged.append(error.holder)
                continue
            finally:
                partial.unlink(missing_ok=True)
            return replace(found, articles=articles, damaged=tuple(damaged), missing=missing)


def _require_unneeded(target: Path, beside: Mapping[str, Manifest]) -> None:
    needed = sorted(name for name, one in beside.items() if target.name in one.holders)
    if needed:
        raise BackupFailed(f"{target}: {', '.join(needed)} needs it for raw responses: expected another name")


def _put_in_place(partial: Path, target: Path, holders: Mapping[str, Manifest]) -> tuple[str, ...]:
    """Give a finished backup its name, and return which backups others beside it need and are not there.

    Others may have ended since this one was begun, so both sides are looked at again, one process at a time.

    Raises:
        BackupFailed: it would replace a backup that another one has been built on meanwhile.
        HolderDamaged: one that it needs was replaced or removed meanwhile.
    """
    with _alone(target.parent):
        beside = _backups_beside(target)
        _require_unneeded(target, beside)
        for name, one in holders.items():
            if beside.get(name) != one:
                raise HolderDamaged(
                    name, f"{target.with_name(name)}: it was replaced while {target.name} was built on it"
                )
        partial.replace(target)
    return tuple(sorted({holder for one in beside.values() for holder in one.holders} - beside.keys()))


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Wait until no other process gives a backup in the folder its name, and keep others from it."""
    begun = time.monotonic()
    with ExitStack() as stack:
        while True:
            try:
                stack.enter_context(hold(folder / LOCK, what="the end of a backup"))
                break
            except StoreLocked:
                if time.monotonic() - begun > LOCK_TIMEOUT:
                    raise
                time.sleep(PAUSE)
            except LocksMissing as error:
                event(log, "backup ended without a lock", level=logging.WARNING, folder=folder, error=error)
                break
        yield


def _written(store: Path, captures: Path, partial: Path, earlier: Earlier) -> Backup:
    """Write a backup under a name for the time being, read it back, and return what it holds."""
    with private(partial) as file, tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
        members = {FILE: _added(tar, FILE, store, 0, store.stat().st_size)}
        files = {}
        for path in _capture_files(captures):
            name = f"{FOLDER}/{path.name}"
            size = path.stat().st_size  # a crawl may add to it meanwhile
            held, digest = _held(path, size, earlier.get(name, []))
            if held and held.size == size:
                files[name] = held
                continue
            members[name] = own = _added(tar, name, path, held.size if held else 0, size)
            files[name] = Contents(digest, (*held.pieces, Piece("", own[0]))) if held else _own(own)
        made = Manifest(members, files)
        _add(tar, manifest.NAME, io.BytesIO(said := manifest.written(made)), len(said))
    return read_back(partial)


def _own(member: tuple[int, str]) -> Contents:
    size, digest = member
    return Contents(digest, (Piece("", size),))


def _held(path: Path, size: int, earlier: list[Contents]) -> tuple[Contents | None, str]:
    """Return the longest beginning of a file that earlier backups hold, and the SHA-256 of all of the file."""
    if not earlier:
        return None, ""  # it is taken while the file is written
    digest, held = hashlib.sha256(), None
    with path.open("rb") as file:
        at = 0
        for one in sorted(earlier, key=lambda one: (one.size, len(one.pieces))):
            if at <= one.size <= size:
                _sum(digest, file, one.size - at)
                at = one.size
                if digest.hexdigest() == one.sha256 and (held is None or held.size < one.size):
                    held = one
        _sum(digest, file, size - at)
    return held, digest.hexdigest()


def _sum(digest: "hashlib._Hash", file: io.BufferedReader, size: int) -> None:
    for piece in pieces(Limited(file, size)):
        digest.update(piece)


def _backups_beside(target: Path) -> dict[str, Manifest]:
    """The other backups in the folder of a new one, by name, the newest first."""
    files = [path for path in target.parent.iterdir() if path.is_file() and not path.name.startswith(".")]
    files.sort(key=lambda path: (-path.stat().st_mtime_ns, path.name))
    found = ((path.name, manifest_of(path)) for path in files if path.name != target.name)
    return {name: one for name, one in found if one is not None}


def _usable(beside: Mapping[str, Manifest], damaged: list[str]) -> dict[str, Manifest]:
    """The newest backups that may be built on: all that they need is there, and is no more than one may need."""
    whole = beside.keys() - set(damaged)
    usable: dict[str, Manifest] = {}
    needed: frozenset[str] = frozenset()
    for name, one in beside.items():
        if name in whole and one.holders <= whole and len(more := needed | one.holders | {name}) <= MOST_HOLDERS:
            usable[name], needed = one, more
    return usable


def _earlier(backups: Mapping[str, Manifest]) -> Earlier:
    found: dict[str, list[Contents]] = {}
    for holder, one in backups.items():
        for name, contents in one.captures.items():
            named = tuple(Piece(piece.holder or holder, piece.size) for piece in contents.pieces)
            found.setdefault(name, []).append(replace(contents, pieces=named))
    return found


def _added(tar: tarfile.TarFile, name: str, path: Path, start: int, end: int) -> tuple[int, str]:
    """Add the bytes of a file from a place up to another; return their size and SHA-256."""
    with path.open("rb") as file:
        file.seek(start)
        content = Summed(Limited(file, end - start))
        _add(tar, name, content, end - start)
    return end - start, content.digest.hexdigest()


def _add(tar: tarfile.TarFile, name: str, content: io.BytesIO | Summed, size: int) -> None:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    tar.addfile(info, content)  # type: ignore[arg-type]  # it reads, which is all that is asked of it


def _capture_files(captures: Path) -> Iterator[Path]:
    yield from (path for path in sorted(captures.glob("*.warc.gz")) if MEMBER.fullmatch(f"{FOLDER}/{path.name}"))

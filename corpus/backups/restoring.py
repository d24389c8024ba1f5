"""A backup -> the corpus in a data folder."""

import errno
import fcntl
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from corpus.backups.files import Limited, copied, in_our_words, scratch, sync
from corpus.backups.manifest import BackupFailed
from corpus.backups.reading import FOLDER, Backup, unpacked
from corpus.store import FILE, ArticleStore

_CONNECTED = 128  # the byte of a store's shared memory on which SQLite holds a lock as long as the store is open


def restore(path: Path, data: Path, *, now: datetime, force: bool = False) -> Backup:
    """Put the corpus of a backup in a data folder.

    The backup is unpacked and checked in a folder beside the target before anything is put in place. With `force`,
    files that differ are set aside under a name that says when, and nothing is deleted.

    Raises:
        BackupFailed: the backup, or one that it needs, is damaged or missing; the file is no backup; or the folder has
            a store and `force` is not given, or another process has that store open: it would go on with the old one.
    """
    store = data / FILE
    if store.exists() and not force:
        raise BackupFailed(f"{store}: a store is there already: expected an empty folder, or --force to set it aside")
    with in_our_words(data):
        if _is_open(store):
            raise BackupFailed(
                f"{store}: another process has it open: expected `serve`, crawls and `mcp` to be stopped"
            )
        data.mkdir(parents=True, exist_ok=True)
        with scratch(data) as folder:
            found = unpacked(path, folder)
            articles = checked(folder / FILE)
            _note_restore(folder / FILE, now)
            aside = f".before-{now:%Y%m%d%H%M%S}"
            (data / FOLDER).mkdir(exist_ok=True)
            places = [(capture, data / FOLDER / capture.name) for capture in sorted((folder / FOLDER).iterdir())]
            moved = [f"{FOLDER}/{place.name}{aside}" for capture, place in places if _put(capture, place, aside)]
            if store.exists():
                moved.append(f"{store.name}{aside}")
            for old in _files_of(store):
                old.rename(old.with_name(old.name.replace(store.name, f"{store.name}{aside}", 1)))
            (folder / FILE).rename(store)
            sync(data)
    return replace(found, articles=articles, aside=tuple(moved))


def _is_open(store: Path) -> bool:
    """Whether another process has the store open; where a file system has no locks, nobody can say."""
    shared = store.with_name(f"{store.name}-shm")
    if not shared.exists():
        return False
    with shared.open("r+b") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _CONNECTED)
        except OSError as refused:
            return refused.errno in {errno.EAGAIN, errno.EACCES}
    return False


def checked(store: Path) -> int:
    """Open the copy of a store, see that its pages are whole, and return how many articles it has.

    Raises:
        BackupFailed: it is damaged.
    """
    with ArticleStore.open(store) as opened:
        for problem in opened.damage.check(full=False):
            raise BackupFailed(f"the copy of the store is damaged: {problem}")
        return opened.totals().articles


def _files_of(store: Path) -> Iterator[Path]:
    """The files of a store, its own last."""
    for ending in ("-wal", "-shm", ""):
        file = store.with_name(store.name + ending)
        if file.exists():
            yield file


def _note_restore(store: Path, now: datetime) -> None:
    """Let the store know that it was put back; messages on saved searches that waited then may have been sent since."""
    with ArticleStore.open(store) as opened:
        opened.saved.note_restore(now)
        opened.notices.give_up("saved:", "the store was put back from a backup; it may have been sent before")


def _put(new: Path, place: Path, aside: str) -> bool:
    """Put a capture file in its place, and return whether another was set aside for that.

    A file there that begins with the same bytes and goes on stays as it is.
    """
    if not place.exists():
        new.rename(place)
        return False
    with place.open("rb") as held, new.open("rb") as coming:
        if copied(Limited(held, new.stat().st_size), None) == copied(coming, None):
            return False
    place.rename(place.with_name(place.name + aside))
    new.rename(place)
    return True

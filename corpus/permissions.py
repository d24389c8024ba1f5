"""A data folder -> the files in it that another user of this machine could read; their rights can be narrowed.

Links are not followed: what they lead to is not ours to change.
"""

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

OTHERS = 0o077  # what group and world may do


def wide_paths(folder: Path) -> Iterator[Path]:
    """Give the folder, and the files and folders below it, that others than their owner may read, write or enter."""
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        try:
            mode = path.lstat().st_mode
            if stat.S_ISLNK(mode):
                continue
            if mode & OTHERS:
                yield path
            if stat.S_ISDIR(mode):
                waiting += sorted(path.iterdir(), reverse=True)
        except OSError:
            continue  # gone meanwhile, or not ours to look into: then its owner is another user, and that is found


def foreign_paths(paths: Iterable[Path], user: int) -> Iterator[Path]:
    """Give the paths whose owner is neither the user nor root: who owns a file can always read it."""
    for path in paths:
        try:
            if path.lstat().st_uid not in {user, 0}:
                yield path
        except OSError:
            continue


def narrow(paths: Iterable[Path]) -> tuple[int, list[str]]:
    """Take the rights of other users away from files and folders.

    Returns:
        How many were narrowed, and a sentence for each that could not be.
    """
    done, failed = 0, []
    for path in paths:
        try:
            # Opened without following a link, so that nobody can put one in the file's place meanwhile.
            handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
            try:
                os.fchmod(handle, stat.S_IMODE(os.fstat(handle).st_mode) & ~OTHERS)
            finally:
                os.close(handle)
            done += 1
        except OSError as error:
            failed.append(f"{path}: {error.strerror}")
    return done, failed

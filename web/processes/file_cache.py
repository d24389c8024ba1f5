"""A value that one process made -> shared with the other processes of its server by a file in a private folder.

The folder is made by the server for itself, with mode 0700, so that what is read back is what a process of it wrote. It
is held open: where it is removed, and somebody makes one of the same name, that one is not read.
"""

import fcntl
import logging
import os
import pickle
from collections.abc import Hashable
from contextlib import suppress
from hashlib import blake2s
from pathlib import Path
from threading import get_ident
from typing import Any

from corpus.events import event

log = logging.getLogger(__name__)

MOST_BYTES = 256_000_000  # of all files
MOST_FILES = 400


class FileCache:
    """Values by keys whose `repr` says all of them; one that is gone or cannot be read is not there."""

    def __init__(self, folder: Path, most_bytes: int = MOST_BYTES) -> None:
        self._most = most_bytes
        self._folder = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        fcntl.flock(self._folder, fcntl.LOCK_SH)  # so that systemd-tmpfiles does not remove it when nobody uses it

    def get(self, key: Hashable) -> Any:
        """Return a value, or None."""
        name = _name(key)
        try:
            with open(name, "rb", opener=self._open) as file:
                value = pickle.load(file)  # noqa: S301 - of our own folder
            os.utime(name, dir_fd=self._folder)
        except (OSError, pickle.UnpicklingError, EOFError):
            return None
        return value

    def put(self, key: Hashable, value: Any) -> None:
        """Store a value; those used longest ago make room for it. A full disk stores nothing, and the log says so."""
        name = _name(key)
        new = f"{name}.{os.getpid()}.{get_ident()}"
        try:
            with open(new, "xb", opener=self._open) as file:
                pickle.dump(value, file)
            os.replace(new, name, src_dir_fd=self._folder, dst_dir_fd=self._folder)
            self._make_room()
        except OSError as error:
            event(log, "value not given to the other processes", level=logging.WARNING, error=error)
            with suppress(OSError):
                os.unlink(new, dir_fd=self._folder)

    def _open(self, name: str, flags: int) -> int:
        return os.open(name, flags, 0o600, dir_fd=self._folder)

    def _make_room(self) -> None:
        files = []
        own = os.open(".", os.O_RDONLY, dir_fd=self._folder)  # processes that list one opening skip each other's names
        try:
            with os.scandir(own) as entries:
                for each in entries:
                    with suppress(OSError):  # another process removed it
                        known = each.stat()
                        files.append((known.st_mtime_ns, known.st_size, each.name))
        finally:
            os.close(own)
        files.sort(reverse=True)
        size = 0
        for place, (_, length, name) in enumerate(files):
            size += length
            if place and (size > self._most or place >= MOST_FILES):
                with suppress(FileNotFoundError):
                    os.unlink(name, dir_fd=self._folder)


def _name(key: Hashable) -> str:
    return blake2s(repr(key).encode("utf-8", "replace"), digest_size=16).hexdigest()

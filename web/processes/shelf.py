"""A value that one process made -> the same value for the other processes of its server, by files in a private folder.

The folder is made by the server for itself, with mode 0700, so that what is read back is what a process of it wrote.
"""

import os
import pickle
from collections.abc import Hashable
from contextlib import suppress
from hashlib import blake2s
from pathlib import Path
from typing import Any

MOST_BYTES = 256_000_000  # of all files
MOST_FILES = 400


class Shelf:
    """Values by keys whose `repr` says all of them; one that is gone or cannot be read is not there."""

    def __init__(self, folder: Path, most_bytes: int = MOST_BYTES) -> None:
        self._folder, self._most = folder, most_bytes

    def get(self, key: Hashable) -> Any:
        """Return a value, or None."""
        path = self._path(key)
        try:
            value = pickle.loads(path.read_bytes())  # noqa: S301 - of our own folder
            os.utime(path)
        except (OSError, pickle.UnpicklingError, EOFError):
            return None
        return value

    def put(self, key: Hashable, value: Any) -> None:
        """Store a value; those used longest ago make room for it. A full disk stores nothing."""
        path = self._path(key)
        new = path.with_suffix(f".{os.getpid()}")
        try:
            new.write_bytes(pickle.dumps(value))
            new.replace(path)
            self._make_room()
        except OSError:
            with suppress(OSError):
                new.unlink()

    def _make_room(self) -> None:
        files = []
        for path in self._folder.iterdir():
            with suppress(OSError):  # another process removed it
                known = path.stat()
                files.append((known.st_mtime_ns, known.st_size, path))
        files.sort(reverse=True)
        size = 0
        for place, (_, each, path) in enumerate(files):
            size += each
            if place and (size > self._most or place >= MOST_FILES):
                path.unlink(missing_ok=True)

    def _path(self, key: Hashable) -> Path:
        return self._folder / blake2s(repr(key).encode("utf-8", "replace"), digest_size=16).hexdigest()

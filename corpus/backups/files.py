"""Files and pieces of files: written for their owner alone, read up to a limit, their sums taken on the way."""

import hashlib
import io
import os
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Protocol

from corpus.backups.manifest import BackupFailed

_PIECE = 1 << 20


class Readable(Protocol):
    """A stream that is read piece by piece."""

    def read(self, size: int, /) -> bytes:
        """Read at most so many bytes; none at the end."""


class Limited:
    """The next bytes of a file, up to a limit."""

    def __init__(self, file: IO[bytes], size: int) -> None:
        self._file = file
        self._left = size

    def read(self, size: int) -> bytes:
        """Read on, up to the limit."""
        piece = self._file.read(min(size, self._left))
        self._left -= len(piece)
        return piece


class Summed:
    """A stream whose SHA-256 is taken while it is read."""

    def __init__(self, file: Readable) -> None:
        self.digest = hashlib.sha256()
        self._file = file

    def read(self, size: int) -> bytes:
        """Read the next bytes, up to the limit."""
        piece = self._file.read(size)
        self.digest.update(piece)
        return piece


def pieces(content: Readable) -> Iterator[bytes]:
    """Yield a stream piece by piece."""
    while piece := content.read(_PIECE):
        yield piece


def copied(content: Readable, target: Path | None) -> tuple[int, str]:
    """Return size and SHA-256 of what is read, and write it where a target is given."""
    digest, size = hashlib.sha256(), 0
    with private(target) if target else io.BytesIO() as file:
        for piece in pieces(content):
            digest.update(piece)
            size += len(piece)
            if target:
                file.write(piece)
    return size, digest.hexdigest()


@contextmanager
def private(path: Path) -> Iterator[IO[bytes]]:
    """Make a new file that only its owner reads; it is on the disk when the block ends."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def scratch(folder: Path) -> Iterator[Path]:
    """Make a folder within another, which goes when the block ends.

    Raises:
        BackupFailed: The other is no folder, or takes none.
    """
    try:
        made = tempfile.TemporaryDirectory(prefix=".pressmark-", dir=folder)
    except OSError as error:  # of which a person knows the folder, not what we would have made in it
        raise BackupFailed(f"{folder}: {error.strerror or error}: expected a folder that can be written") from error
    with made as name:
        yield Path(name)


def sync(folder: Path) -> None:
    """Write the names in a folder to the disk, so that they outlive a power cut."""
    handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    with suppress(OSError):
        os.fsync(handle)
    os.close(handle)


@contextmanager
def in_our_words(path: Path) -> Iterator[None]:
    """Raise BackupFailed for what the disk or the tar module refuses in the block."""
    try:
        yield
    except tarfile.TarError as error:
        raise BackupFailed(f"{path}: {error}: expected a backup of Pressmark") from error
    except OSError as error:
        raise BackupFailed(f"{error.filename or path}: {error.strerror or error}") from error

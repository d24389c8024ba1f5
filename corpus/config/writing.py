"""A change of config.toml -> the file, written whole or not at all; never over what somebody changed meanwhile."""

import hashlib
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from corpus import locks
from corpus.config.reading import read
from corpus.errors import ConfigChanged, ConfigError, PressmarkError

LOCK = ".config.lock"  # beside the file


def checksum(file: Path) -> str:
    """Return what names the state of a file; of one that cannot be read, the empty string."""
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return ""


def change_file(
    file: Path, make: Callable[[str], str], *, expected: str | None = None, backup: datetime | None = None
) -> Path | None:
    """Replace a config file, if the new text is valid; return the path of the copy of the old file.

    Line ends and permissions of the file stay; of a link, the file that it leads to is written.

    Args:
        make: Gives the new text, of the old one; empty when there is no file.
        expected: The checksum that the file must have; None: any.
        backup: The moment that names the copy; None: no copy is made.

    Raises:
        ConfigChanged: The file has another checksum.
        PressmarkError: It cannot be read or written, somebody else changes it now, or it would not be valid.
    """
    file = file.resolve()
    try:
        with locks.hold(file.with_name(LOCK), what="a change of config.toml", error=PressmarkError):
            return _change(file, make, expected, backup)
    except OSError as error:
        raise PressmarkError(f"{file}: cannot be written: {error.strerror}") from error


def _change(file: Path, make: Callable[[str], str], expected: str | None, backup: datetime | None) -> Path | None:
    exists = file.exists()
    if expected is not None and checksum(file) != expected:
        raise ConfigChanged(f"{file.name}: it was changed meanwhile; nothing was written")
    before = file.read_bytes() if exists else b""
    try:
        text = before.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PressmarkError(f"{file.name}: it is not UTF-8: expected that its bytes are") from error
    crlf = "\r\n" in text
    found = make(text.replace("\r\n", "\n"))
    content = (found.replace("\n", "\r\n") if crlf else found).encode()
    if content == before:
        return None
    partial = file.with_name(f".{file.name}.partial")
    try:
        _write(partial, content, mode=file.stat().st_mode & 0o7777 if exists else 0o644)
        _see_that_it_is_valid(partial, file)
        copy = _copy(file, before, backup) if exists and backup is not None else None
        partial.replace(file)
    finally:
        partial.unlink(missing_ok=True)
    return copy


def _write(path: Path, content: bytes, *, mode: int) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC, mode)
    with os.fdopen(handle, "wb") as file:
        os.fchmod(handle, mode)
        file.write(content)
        file.flush()
        os.fsync(handle)


def _copy(file: Path, content: bytes, at: datetime) -> Path:
    copy = file.with_name(f"{file.name}.{at:%Y%m%d-%H%M%S-%f}.bak")
    _write(copy, content, mode=file.stat().st_mode & 0o7777)
    return copy


def _see_that_it_is_valid(partial: Path, file: Path) -> None:
    try:
        read(partial, os.environ, cwd=file.parent, default_data=file.parent / "data")
    except ConfigError as error:
        said = str(error).replace(partial.name, file.name)
        raise PressmarkError(f"{file.name} would not be valid, and is left as it is: {said}") from error

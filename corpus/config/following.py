"""config.toml, changed while a process runs -> the sources that it names now; all other settings need a new start."""

import logging
import os
from collections.abc import Callable
from threading import Lock

from corpus.config import Config, load
from corpus.errors import PressmarkError
from corpus.events import event

log = logging.getLogger(__name__)

Signature = tuple[int, int, int] | None  # a file's inode, its size, and when it was written


class FollowedConfig:
    """A configuration whose sources are those of its file, read again when the file was changed.

    A file that cannot be read, or has a mistake, changes nothing; the log says so once.
    """

    def __init__(self, config: Config, load: Callable[[Config], Config] | None = None) -> None:
        self._config, self._load = config, load or _load
        self._path = None if config.path is None else str(config.path)
        self._seen = _signature(self._path)
        self._lock = Lock()

    def now(self) -> Config:
        """Return the configuration as it is now."""
        with self._lock:
            found = _signature(self._path)
            if found is not None and found != self._seen:
                self._seen = found
                self._read()
            return self._config

    def _read(self) -> None:
        try:
            sources = self._load(self._config).sources
        except PressmarkError as error:
            event(log, "config changed, and is not taken over", level=logging.WARNING, error=error)
            return
        if sources != self._config.sources:
            self._config = self._config.model_copy(update={"sources": sources})
            event(log, "sources taken over from config", sources=len(sources))


def _load(config: Config) -> Config:
    return load(config.path)


def _signature(path: str | None) -> Signature:
    if path is None:
        return None
    try:
        found = os.stat(path)  # noqa: PTH116  half the time
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns

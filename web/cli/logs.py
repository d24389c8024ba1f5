"""The options -v, -q, --log-format and --log-file -> where the log goes, how much of it, and in which form."""

import io
import logging
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, redirect_stderr
from pathlib import Path
from threading import RLock
from typing import TextIO

from corpus.events import JsonLines, TextLines

# Libraries that say at INFO what events of ours say already: every exchange, every look at the schedule.
_TALKATIVE = ("apscheduler", "httpcore", "httpx", "waitress")


@contextmanager
def log_to(verbosity: int, *, format: str, file: Path | None) -> Iterator[None]:
    """Send the log to stderr, and to a file when one is named, until the block ends.

    stderr gets warnings; events with `-v`, everything with `-vv`, errors alone with `-q`. A file gets events at least.
    It is opened again when another program has moved it away, so that logrotate needs no signal. With JSON all that is
    said on stderr beside the log is an object, too.

    Raises:
        OSError: The file cannot be written.
    """
    shown = {-1: logging.ERROR, 0: logging.WARNING, 1: logging.INFO}.get(verbosity, logging.DEBUG)
    handlers: list[logging.Handler] = [logging.StreamHandler(sys.stderr)]
    handlers[0].setLevel(shown)
    if file is not None:
        from logging.handlers import WatchedFileHandler  # a tenth of what `status` loads, and few log to a file

        handlers.append(WatchedFileHandler(file, encoding="utf-8", errors="backslashreplace"))
        handlers[1].setLevel(min(shown, logging.INFO))
    lowest = min(handler.level for handler in handlers)
    loggers = {logging.getLogger(): lowest}
    if lowest > logging.DEBUG:
        loggers |= {logging.getLogger(name): logging.WARNING for name in _TALKATIVE}
    before = {logger: logger.level for logger in loggers}
    for handler in handlers:
        handler.setFormatter(JsonLines() if format == "json" else TextLines())
        logging.getLogger().addHandler(handler)
    for logger, level in loggers.items():
        logger.setLevel(level)
    try:
        with in_form(format):
            yield
    finally:
        for logger, level in before.items():
            logger.setLevel(level)
        for handler in handlers:
            logging.getLogger().removeHandler(handler)
            handler.close()


def in_form(format: str) -> AbstractContextManager[object]:
    """Have what is said on stderr in the form of the log, until the block ends."""
    is_so = format != "json" or isinstance(sys.stderr, Said)
    return nullcontext() if is_so else redirect_stderr(Said(sys.stderr))


class Said(io.TextIOBase):
    """A stream of messages for people that writes each line as a JSON object, as lines of the log are written.

    Its level is ERROR where the line says that it is an error, else NOTICE; its event is the line. It is no terminal.
    """

    encoding = "utf-8"
    errors = "backslashreplace"

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._rest = ""
        self._lines, self._lock = JsonLines(), RLock()

    def writable(self) -> bool:
        """Say that it can be written to."""
        return True

    def fileno(self) -> int:
        """Return the file that the objects go to."""
        return self._stream.fileno()

    def write(self, text: str) -> int:
        """Write the lines that end in the text; the rest waits for its end."""
        with self._lock:
            *lines, self._rest = (self._rest + text).split("\n")
            for line in lines:
                self._say(line)
        return len(text)

    def flush(self) -> None:
        """Write what waits for its end, such as a question."""
        with self._lock:
            line, self._rest = self._rest, ""
            self._say(line)
            self._stream.flush()

    def _say(self, line: str) -> None:
        if line := line.strip("\r"):
            level = "ERROR" if line.lower().startswith("error:") else "NOTICE"
            record = logging.makeLogRecord({"name": "pressmark", "levelname": level, "msg": line})
            self._stream.write(f"{self._lines.format(record)}\n")

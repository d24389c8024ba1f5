"""The options -v, -q, --log-format and --log-file -> where the log goes, how much of it, and in which form."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.events import JsonLines, TextLines

# Libraries that say at INFO what events of ours say already: every exchange, every look at the schedule.
_TALKATIVE = ("apscheduler", "httpcore", "httpx", "waitress")


@contextmanager
def log_to(verbosity: int, *, format: str, file: Path | None) -> Iterator[None]:
    """Send the log to stderr, and to a file when one is named, until the block ends.

    stderr gets warnings; events with `-v`, everything with `-vv`, errors alone with `-q`. A file gets events at least.
    It is opened anew when another program has moved it away, so that logrotate needs no signal.

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
        yield
    finally:
        for logger, level in before.items():
            logger.setLevel(level)
        for handler in handlers:
            logging.getLogger().removeHandler(handler)
            handler.close()

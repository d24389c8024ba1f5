"""An event -> one line of the log: time, level, name of the event, and its facts as key=value or as JSON.

Facts may hold text of strangers (addresses, queries, error messages). A character that is not printable is written as
its escape, so that no text can begin a line of its own, hide a part of one, or speak to a terminal.
"""

import json
import logging
import time
import traceback
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from types import MappingProxyType
from typing import Literal

MAX_VALUE = 1_000  # characters of one fact; a URL may have more, and a line is to stay readable
MAX_TRACE = 20_000  # characters of a traceback
SLOW = 1.0  # seconds after which a query is an event of its own


def event(
    log: logging.Logger,
    name: str,
    facts: Mapping[str, object] = MappingProxyType({}),
    /,
    *,
    level: int = logging.INFO,
    trace: Literal["never", "debug", "always"] = "never",
    **more: object,
) -> None:
    """Log one event.

    Args:
        name: What happened, in a few lower-case words that never vary: "index updated".
        facts: What is to be known of the event, in this order, then `more`; None is left out. Seconds are floats.
        trace: When to add the traceback of the exception at hand: "debug" is where debug messages are logged.
    """
    if log.isEnabledFor(level):
        given = {key: value for key, value in (*facts.items(), *more.items()) if value is not None}
        traced = trace == "always" or (trace == "debug" and log.isEnabledFor(logging.DEBUG))
        log.log(level, "%s%s", name, _Facts(given), extra={"event": name, "facts": given}, exc_info=traced)


class SlowEvent:
    """Log an event when what the block does takes longer than SLOW, unless it fails; facts may be added meanwhile."""

    def __init__(self, log: logging.Logger, name: str, **facts: object) -> None:
        self._event = log, name
        self._facts = facts
        self._began = time.monotonic()

    def __enter__(self) -> dict[str, object]:
        return self._facts

    def __exit__(self, failed: object, *_: object) -> None:
        took = time.monotonic() - self._began
        if took > SLOW and failed is None:
            event(*self._event, {"seconds": took, **self._facts})


class _Facts:
    """Facts that become text when a handler wants them."""

    def __init__(self, facts: Mapping[str, object]) -> None:
        self._facts = facts

    def __str__(self) -> str:
        return "".join(f" {key}={_quoted(plain(value))}" for key, value in self._facts.items())


def plain(value: object) -> str | int | float | bool:
    """Return a fact as JSON can hold it: moments as ISO 8601, lengths of time as seconds, texts bounded."""
    if isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return round(value, 3)
    if isinstance(value, timedelta):
        return round(value.total_seconds(), 3)
    if isinstance(value, date):
        return value.isoformat()
    text = str(value.value if isinstance(value, Enum) else value)
    return text if len(text) <= MAX_VALUE else text[: MAX_VALUE - 1] + "…"


def escaped(text: str) -> str:
    """Return a text with an escape for every character that is not printable."""
    if text.isprintable():
        return text
    return "".join(character if character.isprintable() else _escape(character) for character in text)


def _escape(character: str) -> str:
    return json.dumps(character)[1:-1]  # \n, \t, \u202e; two escapes above U+FFFF


def _quoted(value: str | int | float | bool) -> str:
    """Return a value as it stands after `=`: in quotation marks where a space or a mark in it would confuse."""
    if not isinstance(value, str):
        return json.dumps(value)
    if value and not any(character in value for character in ' "=\\') and value.isprintable():
        return value
    return '"' + escaped(value.replace("\\", "\\\\").replace('"', '\\"')) + '"'


class TextLines(logging.Formatter):
    """`2026-03-04T05:06:07.890Z INFO indexer.sync index updated indexed=3`; a record is always one line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record; a traceback follows as its last fact, its line ends escaped."""
        message = escaped(record.getMessage())  # of an event, it is escaped already
        trace = _trace(record)
        end = f" trace={_quoted(trace)}" if trace else ""
        return f"{_moment(record)} {record.levelname} {record.name} {message}{end}"


class JsonLines(logging.Formatter):
    """A JSON object a line: time, level, logger, event, then the facts of the event."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record; other libraries' records have their message as `event`."""
        line: dict[str, object] = {"time": _moment(record), "level": record.levelname, "logger": record.name}
        line["event"] = getattr(record, "event", None) or record.getMessage()
        facts: Mapping[str, object] = getattr(record, "facts", {})
        line.update({key: plain(value) for key, value in facts.items() if key not in line})
        if trace := _trace(record):
            line["trace"] = trace
        return json.dumps(line)  # ASCII: what is not printable is escaped with all the rest


def _moment(record: logging.LogRecord) -> str:
    """Return when a record was made, in UTC, to the millisecond."""
    at = datetime.fromtimestamp(record.created, UTC)
    return at.isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


def _trace(record: logging.LogRecord) -> str:
    if not record.exc_info or record.exc_info[0] is None:
        return ""
    return "".join(traceback.format_exception(*record.exc_info))[-MAX_TRACE:]

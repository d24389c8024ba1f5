"""Every error raised on purpose.

PressmarkError
├── ConfigError          config.toml cannot be used; carries all problems, with file and line
├── StoreError           the article store cannot be used (not ours, newer than we are, damaged)
│   ├── StoreDamaged     its file is not as it was written
│   └── StoreLocked      another process holds it, or another crawl is running; says who, since when
├── FetchError           one URL could not be fetched; `reason` is a stable word
├── ExtractError         one page could not be read within its limits; `reason` is a stable word
├── IndexError_          the index cannot be used
│   ├── IndexDamaged     a checksum, an order or a length is wrong; a rebuild repairs it
│   ├── IndexUnreachable the cluster that holds it does not answer, or does not let us in
│   ├── IndexRebuilding  the index is being rebuilt and cannot answer; the message is for a reader
│   └── IndexLocked      another process is writing the index; says who, since when
├── NotFound             a name or address is not in the corpus
└── ImportFailed         a file given to `pressmark import` could not be read

A message says where, the value as given, what was wrong, what would be right; lower case, no full stop.
"""

from dataclasses import dataclass
from enum import IntEnum


class ExitCode(IntEnum):
    """What the command line ends with; README and docs/interfaces.md name them."""

    OK = 0
    FAILED = 1  # the command could not do its work
    USAGE = 2  # click's own, for a command line it cannot read
    CONFIG = 3  # the configuration has problems
    NOTHING = 4  # the name, the address or the search has no result
    SOME_FAILED = 5  # the command did its work; some sources need attention
    LOCKED = 6  # another process is at work here
    INTERRUPTED = 130  # Ctrl-C, as shells report it
    BROKEN_PIPE = 141  # the reader went away, as shells report SIGPIPE


class PressmarkError(Exception):
    """Any failure we name. `exit_code` is what the command line ends with."""

    exit_code = ExitCode.FAILED


def message_of(error: Exception) -> str:
    """Return the message of an error as it was given, a Text as a Text; `str` of the error is English."""
    message = error.args[0] if len(error.args) == 1 else None
    return message if isinstance(message, str) else str(error)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a config file. `line` counts from 1; None when no line of a file is to blame."""

    file: str
    line: int | None
    key: str
    message: str
    excerpt: str | None = None

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        shown = f"{place}: {self.key}: {self.message}" if self.key else f"{place}: {self.message}"
        return f"{shown}\n{self.line:>5} | {self.excerpt}" if self.line and self.excerpt else shown


class ConfigError(PressmarkError):
    """The configuration is invalid; `problems` holds all problems, in the order of the file."""

    exit_code = ExitCode.CONFIG

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


class ConfigChanged(PressmarkError):
    """config.toml was changed by somebody else since it was read; nothing was written."""


class StoreError(PressmarkError):
    """The article store cannot be used."""


class StoreDamaged(StoreError):
    """A part of the store's file is not as it was written; other parts can be read."""


class StoreUnfit(StoreError):
    """The file is no store that this version can use as it stands; waiting changes nothing."""


class StoreLocked(StoreError):
    """Another process holds what we need; the message names its pid and since when."""

    exit_code = ExitCode.LOCKED


class LocksMissing(StoreError):
    """The file system of a folder has no locks, so that nothing in it is written by one process alone."""


class FetchError(PressmarkError):
    """One URL could not be fetched. `reason` is one stable word, such as `timeout` or `too-large`."""

    def __init__(self, reason: str, message: str) -> None:
        self.reason = reason
        super().__init__(message)


class ExtractError(PressmarkError):
    """One page could not be read within its limits. `reason` is one stable word, such as `too-slow`."""

    def __init__(self, reason: str, message: str) -> None:
        self.reason = reason
        super().__init__(message)


class IndexError_(PressmarkError):
    """The index cannot be used."""


class IndexDamaged(IndexError_):
    """A file of the index is not as it was written; a rebuild from the store repairs it."""


class IndexUnreachable(IndexError_):
    """The cluster that holds the index does not answer us. `passes`: it may by itself, and to ask again is right."""

    def __init__(self, message: str, *, passes: bool = True) -> None:
        self.passes = passes
        super().__init__(message)


class IndexRebuilding(IndexError_):
    """The index is being rebuilt and cannot answer yet; the message is a sentence for any reader."""


class IndexLocked(IndexError_):
    """Another process is writing the index; the message names its pid and since when."""

    exit_code = ExitCode.LOCKED


class NotFound(PressmarkError):
    """A name, a mark or an address is not in the corpus."""

    exit_code = ExitCode.NOTHING


class ImportFailed(PressmarkError):
    """A file given to `pressmark import` could not be read."""

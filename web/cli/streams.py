"""stdin, stdout and stderr as the program was given them -> three that are open, and no message that ends its work.

A stream may be closed (`>&-`). The next file that is opened would take its number, and what a library prints would go
into that file. Each is filled first: stdin is empty, stdout says that it is closed as soon as something is written, and
what stderr does not take is no error, since there is nowhere to say it.
"""

import errno
import io
import os
import sys

CLOSED = "stdout is closed: expected a file, a pipe or a terminal"


def fill() -> None:
    """Open what is closed of the three, in the order of their numbers; let stderr fail no work."""
    if sys.stdin is None:
        sys.stdin = io.TextIOWrapper(io.BufferedReader(io.FileIO(_null(os.O_RDONLY))), encoding="utf-8")
    if sys.stdout is None:
        closed = _Closed(_null(os.O_RDONLY), "w", closefd=False)
        sys.stdout = io.TextIOWrapper(io.BufferedWriter(closed), encoding="utf-8")
    given, is_own = sys.stderr, sys.stderr is sys.__stderr__
    if given is None:
        sys.stderr = open(_null(os.O_WRONLY), "w", encoding="utf-8")  # noqa: SIM115  it stands to the end
    elif is_own:  # a test may have put its own there
        given.flush()
        spoken = _Spoken(io.FileIO(given.fileno(), "w", closefd=False))
        sys.stderr = io.TextIOWrapper(spoken, encoding=given.encoding, errors=given.errors, line_buffering=True)


def give_up_stdout() -> None:
    """Let what waits in the buffer of stdout, and all that follows, go nowhere: it could not be written."""
    os.dup2(_null(os.O_WRONLY), sys.stdout.fileno())


def _null(how: int) -> int:
    """Open the null device, for programs that this one starts, too; return its number."""
    number = os.open(os.devnull, how)
    os.set_inheritable(number, True)
    return number


class _Closed(io.FileIO):
    """stdout that was closed: OSError says so, until it is given up."""

    def write(self, data: bytes, /) -> int:  # type: ignore[override]
        """Write to what it was given up for."""
        try:
            return super().write(data)
        except OSError as error:
            raise OSError(errno.EBADF, CLOSED) from error


class _Spoken(io.BufferedWriter):
    """stderr that lets no work end when a full disk, or a terminal that is gone, takes nothing.

    A reader that has stopped reading ends a command, as it does for stdout: BrokenPipeError is raised.
    """

    def write(self, data: bytes, /) -> int:  # type: ignore[override]
        """Write, or drop what finds no room."""
        try:
            return super().write(data)
        except BrokenPipeError:
            raise
        except OSError:
            return len(data)

    def flush(self) -> None:
        """Write what waits; what finds no room waits for the next message."""
        try:
            super().flush()
        except BrokenPipeError:
            raise
        except OSError:
            return

"""The command `pressmark`; the only place that sees everything."""

import gc
import os
import sys

OBJECTS = 20_000  # more of them than were given back, before garbage is looked for


def main() -> None:
    """Run the command line and exit.

    A reader that stops reading (`| head`) ends the command quietly. Text that waits in a buffer is written here and
    not at the interpreter's end, where a full disk would be reported by nobody.
    """
    # Asked for by scripts, again and again: nothing else is loaded for it.
    if sys.argv[1:] == ["--version"] and sys.stdout is not None:
        from corpus import VERSION

        sys.exit(_written_out(0, f"pressmark {VERSION}\n"))
    from web.cli.streams import fill

    fill()
    try:
        code = _run()
    except KeyboardInterrupt:  # while it loads: a verb that runs says itself that it was interrupted
        code = 130
    gc.freeze()  # the interpreter looks through everything before it ends, and none of it is worth that
    sys.exit(_written_out(code))


def _run() -> int | str | None:
    """Run the command line; return the exit code."""
    gc.disable()  # until the verb is imported (group.py): nothing of it is ever garbage
    gc.set_threshold(OBJECTS)
    from web.processes.inherited import set_for_us

    # Else pydantic looks through all packages installed for plugins, and imports what it finds.
    set_for_us("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from corpus.errors import ExitCode
    from web.cli.group import pressmark

    os.umask(0o077)  # what people research, and their config, is theirs alone
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # LANG=C must not end a search with a traceback
    try:
        pressmark(prog_name="pressmark")
    except SystemExit as ended:
        return ended.code
    return ExitCode.OK


def _written_out(code: int | str | None, text: str = "") -> int | str | None:
    """Write a text, and what waits in the buffer of stdout; return the exit code, another one when that fails."""
    try:
        if text:  # else a verb that writes nothing there would fail where nothing can be written
            sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        from corpus.errors import ExitCode
        from web.cli.streams import fill, give_up_stdout

        fill()  # --version has not done so
        give_up_stdout()
        if isinstance(error, BrokenPipeError):
            return ExitCode.BROKEN_PIPE
        if code in (None, ExitCode.OK):
            print(f"error: cannot write: {error.strerror or error}", file=sys.stderr)  # noqa: T201  click has ended
            return ExitCode.FAILED
    return code

"""The command `pressmark`; the only place that sees everything."""

import os
import sys


def main() -> None:
    """Run the command line and exit; a reader that stops reading (`| head`) ends us quietly."""
    from web.cli.group import pressmark

    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # LANG=C must not end a search with a traceback
    try:
        pressmark(prog_name="pressmark")
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)  # what the shell reports for a program that SIGPIPE ended

"""What the system refused, such as a file that cannot be written -> one line on stderr, and an exit code."""

import click

BESIDE = ".partial"  # how the name ends of a file that is written whole before it takes its place


def refused(ctx: click.Context, error: OSError | RuntimeError | MemoryError) -> int:
    """Say what the system refused, and return the exit code; an error of another kind is raised again."""
    from corpus.errors import ExitCode
    from corpus.runs.limits import limit_reached

    reached = limit_reached(error)
    if reached is None and not isinstance(error, OSError):
        raise error
    if ctx.obj is not None:  # --version beside other options needs no context
        ctx.obj.trace()
    if reached is None and isinstance(error, OSError):
        return unwritten(error)
    click.echo(f"error: {reached}", err=True)
    return ExitCode.FAILED


def unwritten(error: OSError) -> int:
    """Say what cannot be written, and return the exit code; of a reader that stops reading nothing is said."""
    from corpus.errors import ExitCode

    if isinstance(error, BrokenPipeError):
        return ExitCode.BROKEN_PIPE
    where = _given(str(error.filename)) if error.filename else "cannot write"
    click.echo(f"error: {where}: {error.strerror or error}", err=True)
    return ExitCode.FAILED


def _given(path: str) -> str:
    """Return the path that a person gave, of the file beside it: `a/.all.csv.partial` -> `a/all.csv`."""
    folder, slash, name = path.rpartition("/")
    is_beside = name.startswith(".") and name.endswith(BESIDE)
    return f"{folder}{slash}{name[1 : -len(BESIDE)]}" if is_beside else path

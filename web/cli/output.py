"""Rows -> what is printed: a table for a person, tab-separated values for a program, JSON when asked.

Texts come from strangers: control characters never reach a terminal, and nothing in them is read as markup.
"""

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Any, TypeVar

import click

from corpus.errors import PressmarkError
from web.cli.context import is_terminal

Command = TypeVar("Command", bound=Callable[..., Any])

_FORCE = f"{__name__}.force"
_CONTROL = dict.fromkeys((*range(32), 127, *range(128, 160), 0x2028, 0x2029), " ")
_BIDI = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_TAGS = range(0xE0000, 0xE0080)  # characters that cannot be seen and spell what others read
_CLEAN = {**_CONTROL, **dict.fromkeys((*_BIDI, *_TAGS))}
_IN_JSON = {number: json.dumps(chr(number))[1:-1] for number in (*range(127, 160), 0x2028, 0x2029, *_BIDI, *_TAGS)}


def json_flag(help: str) -> Callable[[Command], Command]:
    """Return the option --json of a command; given to the group before it (`schedule --json next`), it counts, too."""
    return click.option("--json", "as_json", is_flag=True, callback=_of_group_too, help=help)


def _of_group_too(ctx: click.Context, _: click.Parameter, value: bool) -> bool:
    return value or bool(ctx.parent and ctx.parent.params.get("as_json"))


json_option = json_flag("Print JSON.")


def file_option(help: str, *, required: bool = False) -> Callable[[Command], Command]:
    """Return the options of a command that writes a file: -o FILE, and --force, without which no file is replaced."""
    path = click.Path(dir_okay=False, path_type=Path)
    output = click.option("-o", "--output", required=required, type=path, callback=_unless_there, help=help)
    return lambda command: output(force_option(command))


def force_option(command: Command) -> Command:
    """Give a command --force, which `refuse_to_replace` heeds; it is read before the name of the file."""
    option = click.option(
        "--force", is_flag=True, is_eager=True, expose_value=False, callback=_note_force,
        help="Replace FILE if it exists.",
    )  # fmt: skip
    return option(command)


def refuse_to_replace(path: Path) -> None:
    """Raise an error where a file stands and --force was not given; a device or a pipe is written to.

    Raises:
        PressmarkError: A file of this name exists.
    """
    if path.is_file() and not click.get_current_context().meta.get(_FORCE):
        raise PressmarkError(f"{clean(str(path))}: it exists already: expected a new name, or --force to replace it")


def _note_force(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    ctx.meta[_FORCE] = value


def _unless_there(_: click.Context, __: click.Parameter, path: Path | None) -> Path | None:
    if path is not None:
        refuse_to_replace(path)
    return path


def moment(at: datetime | None) -> str | None:
    """Return a moment as JSON has it: ISO 8601 in UTC, to the second; None stays None."""
    return at.astimezone(UTC).isoformat(timespec="seconds") if at is not None else None


def minute(at: datetime, zone: tzinfo) -> str:
    """Return a moment as people read it, in a time zone: 2026-03-01 06:30."""
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"


def kind_in_words(kind: str) -> str:
    """Return what a page turned out to be, in words: the kinds that are no article are reasons, too."""
    from corpus.reasons import consequence

    return "an article" if kind == "article" else f"no article: {consequence(kind).says}"


def clean(text: str) -> str:
    """Return a text in one line, safe for a terminal and for a cell of TSV."""
    return " ".join(text.translate(_CLEAN).split())


def clean_lines(text: str) -> str:
    """Return a text safe for a terminal, its lines kept."""
    return "\n".join(line.translate(_CLEAN) for line in text.split("\n"))


def in_colour() -> bool:
    """May we use colour: a terminal, and neither NO_COLOR nor TERM=dumb against it?"""
    if os.environ.get("FORCE_COLOR"):
        return True
    return is_terminal() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def style(text: str, **how: Any) -> str:
    """Return the text styled as `click.style` does, or plain where colour is not wanted."""
    return click.style(text, **how) if in_colour() else text


def width() -> int:
    """Columns of the terminal."""
    return shutil.get_terminal_size((80, 24)).columns


def print_json(value: Any) -> None:
    """Print one JSON value in UTF-8, indented for a person."""
    text = json.dumps(value, ensure_ascii=not _speaks_utf8(), indent=2 if is_terminal() else None)
    text = text.translate(_IN_JSON)  # the same value, spelled so that no terminal acts on it
    click.echo(text.encode("utf-8", "backslashreplace").decode())


def print_json_line(value: Any) -> None:
    """Print one JSON value in a line of its own, at once: who reads it may wait for it."""
    text = json.dumps(value, ensure_ascii=not _speaks_utf8()).translate(_IN_JSON)
    click.echo(text.encode("utf-8", "backslashreplace").decode())
    sys.stdout.flush()


def print_rows(columns: Sequence[str], rows: Iterable[Sequence[object]], *, right: Sequence[str] = ()) -> None:
    """Print rows: a table on a terminal, no headings where it has no rows; else TSV with a header and full values.

    Args:
        columns: Their headings.
        rows: None is an empty cell.
        right: Columns of numbers, set to the right edge.
    """
    cells = ([clean("" if cell is None else str(cell)) for cell in row] for row in rows)
    if not is_terminal():
        click.echo("\t".join(columns))
        for row in cells:
            click.echo("\t".join(row))
        return
    from web.cli.table import print_table

    if not (found := list(cells)):
        return
    print_table(columns, found, right=right, in_colour=in_colour())


def print_records(records: Iterable[Mapping[str, object]], *, columns: Sequence[str], as_json: bool) -> None:
    """Print records as a JSON array, or their `columns` as rows."""
    if as_json:
        print_json([dict(record) for record in records])
    else:
        print_rows(columns, ([record.get(column) for column in columns] for record in records))


def _speaks_utf8() -> bool:
    return (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"


def write_whole(output: Path, lines: Iterable[str]) -> int:
    """Write a file whole or not at all; return how many lines it has."""
    count = 0

    def pieces() -> Iterable[bytes]:
        nonlocal count
        for line in lines:
            count += 1
            yield line.encode("utf-8", "replace")

    write_bytes(output, pieces())
    return count


def write_bytes(output: Path, pieces: Iterable[bytes]) -> int:
    """Write a file whole or not at all; return how many bytes it has."""
    size = 0
    beside = not output.exists() or output.is_file()  # a device or a pipe is written to, never replaced
    partial = output.with_name(f".{output.name}.partial") if beside else output
    try:
        with partial.open("wb") as opened:
            for piece in pieces:
                size += opened.write(piece)
        if beside:
            partial.replace(os.path.realpath(output))
    finally:
        if beside:
            partial.unlink(missing_ok=True)
    return size

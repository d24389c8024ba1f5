"""A command on saved searches, dossiers or notes -> the API operation that it calls in this process, and its undo."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote, unquote

import click

from corpus.errors import NotFound, PressmarkError
from web.cli.context import Context
from web.cli.output import clean, print_json, print_records

Record = Mapping[str, Any]
_PART_OF_A_REQUEST = re.compile("^(?:body|query): ")  # where a program put a value; a person typed an argument


def path_of(*parts: object) -> str:
    """Return the path of an operation; what a person typed stays within its part.

    Raises:
        UsageError: A part is empty: the path would be that of another operation, or of none.
    """
    if not all(map(str, parts)):
        raise click.UsageError("an argument is empty: expected a name, a mark or a number")
    return "/" + "/".join(quote(str(part), safe="") for part in parts)


def ask(context: Context, method: str, path: str, body: Record | None = None, **parameters: str | Sequence[str]) -> Any:
    """Return what an operation answers; None: nothing (204).

    Raises:
        NotFound: There is nothing at the path.
        PressmarkError: It is refused; the message says why.
    """
    from flask import g

    with _client(context) as client, _answer(client, method, path, body, parameters, _base_url(context)) as reply:
        if method != "GET":
            context.change = g.get("change")
        return reply.json if reply.status_code != 204 else None


def file_of(context: Context, path: str, **parameters: str | Sequence[str]) -> Iterator[bytes]:
    """Give the pieces of the file that an operation writes, after printing the notes of its header.

    Raises:
        NotFound, PressmarkError: as `ask` does.
    """
    from web.layout.notes import NOTES, sentences

    with _answer(_client(context), "GET", path, None, parameters, _base_url(context)) as reply:
        for each in sentences(reply.headers.get(NOTES, "")):
            context.say(f"note: {clean(each)}")
        yield from reply.iter_encoded()


def note(context: Context, words: str, undo: dict[str, Any] | None = None) -> int:
    """Note a change that a verb made by itself, for the list of changes that admins read; return its number."""
    from datetime import UTC, datetime

    from web.layout.who import HERE

    return context.store.audit.add(datetime.now(UTC), HERE, words, undo)


def say_undo(context: Context, page: str) -> None:
    """Say where the change just made is undone: the page of the archive that offers it; nothing when none was made."""
    from web.layout.changes import DONE
    from web.notify.saved_searches import root_of

    made = None if context.change is None else context.store.audit.get(context.change)
    if made is not None and made.undo:
        context.say(f"for 30 days {root_of(context.config)}{page}?{DONE}={made.id} offers to undo it")


def show(record: Record, *, as_json: bool, columns: tuple[str, ...]) -> None:
    """Print one record."""
    if as_json:
        print_json(record)
    else:
        print_records([record], columns=columns, as_json=False)


def _client(context: Context) -> Any:
    from web.app import create_app

    return create_app(context.config, lambda: context.store, lambda: context.engine).test_client()


def _base_url(context: Context) -> str:
    """Return where the pages are served: what links of an answer begin with if [web] has no `url`."""
    from web.layout.hosts import is_address

    web = context.config.web
    host = web.host if is_address(web.host) else "127.0.0.1"  # other names are answered to if configured
    return f"http://{f'[{host}]' if ':' in host else host}{f':{web.port}' if web.port else ''}"


def _answer(
    client: Any, method: str, path: str, body: Record | None, parameters: Mapping[str, object], base_url: str
) -> Any:
    from web.layout.problems import SAID
    from web.layout.who import TERMINAL

    reply = client.open(
        f"/api/v1{path}",
        method=method,
        json=body,
        query_string=parameters,
        base_url=base_url,
        environ_overrides={TERMINAL: "1"},
    )
    if reply.status_code < 400:
        return reply
    detail = clean(str((reply.get_json(silent=True) or {}).get("detail") or reply.text))
    if reply.status_code == 404 and detail == str(SAID[404][1]):
        detail = f"{_typed(path)}: not found"
    detail = _PART_OF_A_REQUEST.sub("", detail)
    words = detail[:1].lower() + detail[1:].rstrip(".")
    words += _marks_of_name(client, path) if reply.status_code == 404 else ""
    raise (NotFound if reply.status_code in (404, 410) else PressmarkError)(words)


def _typed(path: str) -> str:
    """Return the verb that was typed, and the name, mark or number that it was given."""
    parts = [clean(unquote(part)) for part in path.split("/")[2:3]]
    return " ".join([click.get_current_context().command_path.partition(" ")[2], *parts])


def _marks_of_name(client: Any, path: str) -> str:
    """Say which dossiers are called what was typed in place of a mark, by their marks."""
    first, *typed = map(unquote, path.split("/")[1:3])
    if first != "dossiers" or not typed:
        return ""
    with _answer(client, "GET", "/dossiers", None, {}, "http://127.0.0.1") as reply:
        marks = [each["mark"] for each in reply.json["items"] if each["name"].casefold() == typed[0].casefold()]
    return f"; a dossier of this name has the mark {' or '.join(marks)}" if marks else ""

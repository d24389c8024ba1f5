"""A script's text -> the values of data that it assigns, or hands to what fills the page; nothing is run.

Each is read as JSON, else as a literal (`crawler.markup.data.literals`): `window.state={title:"..."}`, JSON.parse of a
string, a function that returns a state, `kit.start(app, element, {data:[...]})`, `controller.enqueue("[...]")`.
"""

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from crawler.markup.data.literals import Bounds, read_call, read_literal
from crawler.markup.data.serialised import read_json, revived

_VALUE = r"(?=JSON\.parse\(|[{\[]|\(?function\s?\(|\(\()"
_ASSIGNED = re.compile(r"=\s?" + _VALUE)
_CALLED = re.compile(r"\.(start|hydrate|push|enqueue)\((?:[\w$.]+,\s?){0,4}(?=[{\[\"'])")
_NAME = re.compile(r"(?<![\w$])(\w[\w$]{2,40})\s?\Z")
_OF_PAGE = re.compile(r"(?:window|self|globalThis)\.\w[\w$]{2,40}\s?\Z")
_BEFORE = 60  # characters before a sign of equality in which the name must begin
# An object without objects, escapes or braces in its strings: where JSON reads one, it ends at the first brace.
_INNER = r'[^"{}]*+(?:"[^"\\{}]*+"[^"{}]*+)*\}'
_SIMPLE = re.compile(r"\{" + _INNER)
_SHORT = 100  # characters; simple objects with less are passed over by the search itself: some pages have hundreds
_LONG_ASSIGNED = re.compile(rf"=\s?(?!\{{(?=[^{{}}]{{0,{_SHORT - 3}}}\}}){_INNER})" + _VALUE)
_PARSED = "JSON.parse("
_ENCODED = re.compile(r"(?:decodeURIComponent|decodeURI|unescape)\(\s?(?=[\"'])")  # what is parsed is a string with %22


def assigned(text: str, least: int, bounds: Bounds) -> Iterator[tuple[str, Any, str, bool]]:
    """Give the values of data that a script holds in `least` characters or more.

    Name, value, as it is written, and whether it is JSON that is assigned to a plain name.
    """
    end = 0
    for match in (_ASSIGNED if least < _SHORT else _LONG_ASSIGNED).finditer(text):
        at = match.end()
        if at < end or _SIMPLE.match(text, at, at + max(0, least - 1)):
            continue  # within a value, or too short, if it is data at all
        before = text[max(0, match.start() - _BEFORE) : match.start()]
        name = _NAME.search(before)
        if name is None or (text[at] in "(f" and not _OF_PAGE.search(before)):
            continue  # a function that a script keeps for itself
        found = _value(text, at, bounds)
        if found and found[1] - at >= least:
            end = found[1]
            if isinstance(found[0], dict | list):
                is_plain = text[at] not in "(f" and _is_json(text, at)
                yield name[1], found[0], text[at:end], is_plain
    end = 0
    for call in _CALLED.finditer(text):
        if call.end() < end:
            continue
        found = _value(text, call.end(), bounds)
        if found and found[1] - call.end() >= least:
            end = found[1]
            value = _streamed(found[0]) if isinstance(found[0], str) else found[0]
            if isinstance(value, dict | list):
                yield call[1], value, text[call.end() : end], False


def first_argument(text: str) -> Any:
    """Return the value that stands after the first bracket of a call; None when it is no JSON."""
    try:
        return json.JSONDecoder(strict=False).raw_decode(text, text.index("(") + 1)[0]
    except (ValueError, RecursionError):
        return None


def _value(text: str, at: int, bounds: Bounds) -> tuple[Any, int] | None:
    """Return the value that begins at a place and where it ends; None when it is no data."""
    is_parsed = text.startswith(_PARSED, at)
    if is_parsed:
        encoded = _ENCODED.match(text, at + len(_PARSED))
        found = _literal(text, encoded.end() if encoded else at + len(_PARSED), bounds)
        if found is None or not isinstance(found[0], str):
            return None
        return read_json(unquote(found[0]) if encoded else found[0]), found[1]
    if text[at] in "(f":
        try:
            return read_call(text, at, bounds)
        except (ValueError, RecursionError):
            return None
    return _literal(text, at, bounds)


def _is_json(text: str, at: int) -> bool:
    """Whether a value that was read is JSON, or JSON.parse of a JSON string."""
    if text.startswith(_PARSED, at):
        return text[at + len(_PARSED)] != "'"
    try:
        json.JSONDecoder(strict=False).raw_decode(text, at)
    except (ValueError, RecursionError):
        return False
    return True


def _literal(text: str, at: int, bounds: Bounds) -> tuple[Any, int] | None:
    if bounds.left < 0:
        return None
    try:
        return json.JSONDecoder(strict=False).raw_decode(text, at)
    except (ValueError, RecursionError):
        pass
    try:
        return read_literal(text, at, bounds)
    except (ValueError, RecursionError):
        return None


def _streamed(text: str) -> Any:
    """Return the value of the first line of a stream of flat arrays; None when it is none."""
    value = read_json(text.split("\n", 1)[0])
    return revived(value) if isinstance(value, list) else value

"""A page's scripts of data -> their values: Next, Nuxt, Apollo, and any state that is assigned as JSON.

For pages whose text is put in place by a script. Count, size and depth are bounded; what is no JSON is left alone.
"""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import unquote

from lxml import etree

MAX_SCRIPTS = 400
MAX_CHARS = 4_000_000  # of all scripts together
MAX_DEPTH = 60
MAX_VALUES = 60_000  # of one flat array

_ASSIGNED = re.compile(r"=\s?(?=JSON\.parse\(|[{\[])")
_NAME = re.compile(r"(?<![\w$])(\w[\w$]{2,40})\s?\Z")
_BEFORE = 45  # characters before a sign of equality in which the name must begin
# An object without objects, escapes or braces in its strings: where JSON reads one, it ends at the first brace.
_SIMPLE = re.compile(r'\{[^"{}]*+(?:"[^"\\{}]*+"[^"{}]*+)*+\}')
_PUSHED = re.compile(r"self\.__next_f\.push\(")
_ROW = re.compile(r"([0-9a-f]{1,6}):(?:T([0-9a-f]{1,6}),)?")
_PARSED = "JSON.parse("
_ENCODED = re.compile(r"(?:decodeURIComponent|decodeURI|unescape)\(\s?(?=\")")  # what is parsed is a string with %22
_REFERENCE = "__ref"  # an object of a store that another object of it stands for by its key
_MAX_REFERENCES = 4  # steps from object to object
_REPEATING = "__NUXT_DATA__"  # its parts may stand in it several times


def read_page_data(tree: etree._Element, *, least: int = 0) -> Iterator[tuple[str, Any]]:
    """Give each value of data a page's scripts hold, with the name it goes by.

    A value that a script assigns in fewer than `least` characters is left out: some pages have hundreds.
    """
    stream: list[str] = []
    for script, of_type, text in _scripts(tree):
        if "json" in of_type:
            value = _json(text)
            if value is not None:
                name = script.get("id") or "data"
                yield name, _revived(value) if name == _REPEATING else _linked(_opened(value), text)
        elif _PUSHED.match(text.lstrip()):
            stream.append(_pushed(text))
        else:
            yield from _assigned(text, least)
    if stream:
        yield "__next_f", _rows("".join(stream))


def may_hold(tree: etree._Element, *, least: int) -> bool:
    """Return whether `read_page_data` may give strings of `least` characters or more, as far as shows at a glance."""
    for script, of_type, text in _scripts(tree):
        if "json" in of_type:
            if len(text) >= least or script.get("id") == _REPEATING:
                return True
        elif _PUSHED.match(text.lstrip()) or any(True for _ in _assigned(text, least)):
            return True
    return False


def _scripts(tree: etree._Element) -> Iterator[tuple[etree._Element, str, str]]:
    """Give a page's scripts, their types and texts, but JSON-LD; up to the limits."""
    chars = 0
    for count, script in enumerate(tree.iter("script")):
        text = script.text or ""
        chars += len(text)
        if count >= MAX_SCRIPTS or chars > MAX_CHARS:
            break
        of_type = (script.get("type") or "").lower()
        if "ld+json" not in of_type:
            yield script, of_type, text


def _json(text: str) -> Any:
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _assigned(text: str, least: int) -> Iterator[tuple[str, Any]]:
    """Give the values that a script assigns as JSON, or as JSON.parse of a string."""
    decoder = json.JSONDecoder(strict=False)
    for match in _ASSIGNED.finditer(text):
        at = match.end()
        if _SIMPLE.match(text, at, at + max(0, least - 1)):
            continue  # too short, if it is JSON at all
        name = _NAME.search(text[max(0, match.start() - _BEFORE) : match.start()])
        if name is None:
            continue
        is_parsed, encoded = text.startswith(_PARSED, at), None
        if is_parsed:
            at += len(_PARSED)
            encoded = _ENCODED.match(text, at)
            at = encoded.end() if encoded else at
        if text[at : at + 1] not in {"{", "[", '"'}:
            continue
        try:
            value, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            continue
        if end - at < least:
            continue
        if is_parsed and isinstance(value, str):
            value = _json(unquote(value) if encoded else value)
        if isinstance(value, dict | list):
            yield name[1], _linked(value, text[at:end])


def _opened(value: Any) -> Any:
    """Return an object with the answers of its site that it holds as strings of JSON, such as a `body`, read."""
    if not isinstance(value, dict):
        return value
    return {
        key: read
        if isinstance(part, str) and part[:1] in {"{", "["} and isinstance(read := _json(part), dict | list)
        else part
        for key, part in value.items()
    }


def _linked(store: Any, text: str) -> Any:
    """Return a store of objects, of which `text` is the JSON, with each reference replaced by the object that it names.

    Objects that name many others are followed by fewer steps, or by none: the store itself is never cut.
    """
    if not isinstance(store, dict) or f'"{_REFERENCE}"' not in text.replace("\\", ""):
        return store
    for steps in range(_MAX_REFERENCES, 0, -1):
        with suppress(OverflowError):
            return _followed(store, steps)
    return store


def _followed(store: dict[str, Any], most: int) -> Any:
    """Return a store of objects with references replaced, `most` of them behind each other.

    Raises:
        OverflowError: It would have over MAX_VALUES values.
    """
    left = [MAX_VALUES]

    def resolved(value: Any, depth: int, steps: int) -> Any:
        left[0] -= 1
        if left[0] < 0:
            raise OverflowError
        if depth > MAX_DEPTH:
            return value
        if isinstance(value, list):
            return [resolved(part, depth + 1, steps) for part in value]
        if not isinstance(value, dict):
            return value
        named = value.get(_REFERENCE)
        if isinstance(named, str) and len(value) == 1:
            return resolved(store.get(named), depth + 1, steps + 1) if steps < most else None
        return {key: resolved(part, depth + 1, steps) for key, part in value.items()}

    return resolved(store, 0, 0)


def _pushed(text: str) -> str:
    """Return the piece of Next's stream that one script holds."""
    try:
        value, _ = json.JSONDecoder(strict=False).raw_decode(text, text.index("(") + 1)
    except (ValueError, RecursionError):
        return ""
    return value[1] if isinstance(value, list) and len(value) > 1 and isinstance(value[1], str) else ""


def _rows(stream: str) -> list[Any]:
    """Return the rows of Next's stream, references to rows of text resolved."""
    texts: dict[str, str] = {}
    values: list[Any] = []
    data, at = stream.encode("utf-8", "replace"), 0
    while at < len(data):
        match = _ROW.match(data[at : at + 20].decode("latin-1"))
        if match is None:
            end = data.find(b"\n", at)
            at = len(data) if end < 0 else end + 1
            continue
        start = at + match.end()
        if match[2]:  # a text, its length in bytes
            at = start + int(match[2], 16)
            texts[match[1]] = data[start:at].decode("utf-8", "replace")
            continue
        end = data.find(b"\n", start)
        at = len(data) if end < 0 else end + 1
        row = data[start : at if end < 0 else end]
        if row[:1] in {b"[", b"{", b'"'} and (value := _json(row.decode("utf-8", "replace"))) is not None:
            values.append(value)
    return [_resolved(value, texts, 0) for value in values] + list(texts.values())


def _resolved(value: Any, texts: dict[str, str], depth: int) -> Any:
    if depth > MAX_DEPTH:
        return None
    if isinstance(value, str):
        return texts.get(value[1:], value) if value[:1] == "$" else value
    if isinstance(value, list):
        return [_resolved(part, texts, depth + 1) for part in value]
    if isinstance(value, dict):
        return {key: _resolved(part, texts, depth + 1) for key, part in value.items()}
    return value


def _revived(value: Any) -> Any:
    """Undo Nuxt's flat array, in which objects and lists name the places of their parts."""
    if not isinstance(value, list) or not value:
        return value
    left = [MAX_VALUES]

    def at(place: Any, depth: int) -> Any:
        left[0] -= 1
        if isinstance(place, bool) or not isinstance(place, int) or not 0 <= place < len(value):
            return None
        part = value[place]
        if depth > MAX_DEPTH or left[0] < 0:
            return None
        if isinstance(part, dict):
            return {key: at(inner, depth + 1) for key, inner in part.items()}
        if isinstance(part, list):
            places = part[1:] if part and isinstance(part[0], str) else part
            return [at(inner, depth + 1) for inner in places]
        return part

    return at(0, 0)

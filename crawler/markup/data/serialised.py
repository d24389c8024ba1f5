"""A value packed by a site's framework -> the value: flat arrays, streams of rows, properties with their types.

Nuxt and SvelteKit write a flat array whose objects name the places of their parts, React Router the same with the keys
by place, React a stream of rows, Astro each value after its type. Depth and count are bounded.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

MAX_DEPTH = 60
MAX_VALUES = 60_000  # of one flat array

_ROW = re.compile(r"([0-9a-f]{1,6}):(?:T([0-9a-f]{1,6}),)?")
_DATE = "Date"
_NESTED, _LISTED = 0, 1  # the types of Astro's values whose parts have types themselves
_PLACE = re.compile(r"_(\d{1,6})")
_ENTITIES: Mapping[str, str] = {"&q;": '"', "&s;": "'", "&l;": "<", "&g;": ">", "&a;": "&"}
_ENTITY = re.compile("&[qslga];")


def is_within(value: Any, most: int, chars: int | None = None) -> bool:
    """Whether a value has at most so many parts, and characters; what stands in it in several places counts in each."""
    waiting = [value]
    while waiting:
        part = waiting.pop()
        inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
        most -= len(inner)
        if chars is not None and isinstance(part, str):
            chars -= len(part)
        if most < 0 or (chars is not None and chars < 0):
            return False
        waiting.extend(inner)
    return True


def read_json(text: str) -> Any:
    """Return the value of a text of JSON; None when it is none."""
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def escaped_json(text: str) -> Any:
    """Return the value of JSON as Angular wrote it, each mark escaped (`&q;`); None when it is none."""
    return read_json(_ENTITY.sub(lambda found: _ENTITIES[found[0]], text)) if "&q;" in text else None


def rows(stream: str) -> list[Any]:
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
        if row[:1] in {b"[", b"{", b'"'} and (value := read_json(row.decode("utf-8", "replace"))) is not None:
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


def revived(value: Any) -> Any:
    """Undo a flat array, in which objects and lists name the places of their parts."""
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
            return {_key(key, value): at(inner, depth + 1) for key, inner in part.items()}
        if isinstance(part, list):
            if part[:1] == [_DATE] and isinstance(part[1:2][0] if part[1:] else None, str):
                return part[1]
            places = part[1:] if part and isinstance(part[0], str) else part
            return [at(inner, depth + 1) for inner in places]
        return part

    return at(0, 0)


def _key(key: str, values: list[Any]) -> str:
    """Return the key of a part; "_7" is the string at the seventh place, where that is one."""
    place = _PLACE.fullmatch(key)
    named = values[int(place[1])] if place and int(place[1]) < len(values) else None
    return named if isinstance(named, str) else key


def typed(value: Any, depth: int = 0) -> Any:
    """Undo Astro's properties, of which each value stands after the number of its type."""
    if depth > MAX_DEPTH:
        return None
    if isinstance(value, dict):
        return {key: typed(part, depth + 1) for key, part in value.items()}
    if not isinstance(value, list) or len(value) != 2 or isinstance(value[0], bool) or not isinstance(value[0], int):
        return value
    kind, part = value
    if kind == _LISTED and isinstance(part, list):
        return [typed(each, depth + 1) for each in part]
    return typed(part, depth + 1) if kind == _NESTED and isinstance(part, dict) else part

"""A page's scripts and attributes of data -> their values, whichever framework wrote them; nothing is run.

For pages whose text is put in place by a script. Count, size and depth are bounded; what is no data is left alone.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, cast

from lxml import etree

from crawler.markup.data.assigned import assigned, first_argument
from crawler.markup.data.literals import Bounds
from crawler.markup.data.serialised import escaped_json, is_within, read_json, revived, rows, typed

MAX_SCRIPTS = 400  # and as many attributes
MAX_CHARS = 4_000_000  # of all scripts together; of all attributes as well
MAX_NAMED = 4 * MAX_CHARS  # characters, and parts, of a value in which a text may be named in many places
MAX_DEPTH = 60
MAX_VALUES = 60_000  # of one store with its references followed

_PUSHED = re.compile(r"self\.__next_f\.push\(")
_REFERENCE = "__ref"  # an object of a store that another object of it stands for by its key
_MAX_REFERENCES = 4  # steps from object to object
_REPEATING = "__NUXT_DATA__"  # its parts may stand in it several times
# By attributes, not by elements that have one: half the time. Never their parents: libxml2 takes its time squared.
_LONG = etree.XPath("//@*[string-length() >= $least]")


def read_page_data(tree: etree._Element, *, least: int = 0) -> Iterator[tuple[str, Any, bool]]:
    """Give each value of data a page's scripts hold, the name it goes by, and whether it stands there as JSON.

    A value that a script assigns in fewer than `least` characters is left out: some pages have hundreds. So is one that
    names its texts so often that it is many times as large as all scripts together.
    """
    for found in _read_scripts(tree, least):
        if is_within(found[1], MAX_NAMED, MAX_NAMED):
            yield found


def _read_scripts(tree: etree._Element, least: int) -> Iterator[tuple[str, Any, bool]]:
    stream: list[str] = []
    bounds = Bounds()
    for script, of_type, text in _scripts(tree):
        if "json" in of_type:
            value = read_json(text) or escaped_json(text)
            if value is not None:
                name = script.get("id") or "data"
                yield name, revived(value) if _repeats(script) else _linked(_opened(value), text), True
        elif _PUSHED.match(text.lstrip()):
            stream.append(_pushed(text))
        else:
            for name, value, written, is_plain in assigned(text, least, bounds):
                yield name, _linked(value, written), is_plain
    if stream:
        yield "__next_f", rows("".join(stream)), True


def read_attributes(tree: etree._Element, *, least: int) -> Iterator[tuple[str, Any]]:
    """Give each value of data that an attribute of the page holds in `least` characters or more."""
    for element, name, text in _attributes(tree, least):
        value = read_json(text)
        if isinstance(value, dict | list):
            yield name, typed(value) if element.tag == "astro-island" else _opened(value)


def may_hold(tree: etree._Element, *, least: int) -> bool:
    """Return whether scripts or attributes may hold `least` characters of data or more, as far as shows at a glance."""
    bounds = Bounds()
    for script, of_type, text in _scripts(tree):
        if "json" in of_type:
            if len(text) >= least or _repeats(script):
                return True
        elif _PUSHED.match(text.lstrip()) or any(True for _ in assigned(text, least, bounds)):
            return True
    return any(True for _ in _attributes(tree, least))


def _repeats(script: etree._Element) -> bool:
    return script.get("id") == _REPEATING or script.get("data-nuxt-data") is not None


def _pushed(text: str) -> str:
    """Return the piece of Next's stream that one script holds."""
    value = first_argument(text)
    return value[1] if isinstance(value, list) and len(value) > 1 and isinstance(value[1], str) else ""


def _attributes(tree: etree._Element, least: int) -> Iterator[tuple[etree._Element, str, str]]:
    """Give the attributes that are written as JSON is, with their elements and names; up to the limits."""
    chars = 0
    found = dict.fromkeys(value.getparent() for value in cast("list[Any]", _LONG(tree, least=least)))
    for count, element in enumerate(found):
        for name, value in element.items():
            chars += len(value)
            if count >= MAX_SCRIPTS or chars > MAX_CHARS:
                return
            if len(value) >= least and value.lstrip()[:1] in {"{", "["}:
                yield element, name, value


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


def _opened(value: Any) -> Any:
    """Return an object with the answers of its site that it holds as strings of JSON, such as a `body`, read."""
    if not isinstance(value, dict):
        return value
    return {
        key: read
        if isinstance(part, str) and part[:1] in {"{", "["} and isinstance(read := read_json(part), dict | list)
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
    """Return a store of objects with references replaced, `most` of them after each other.

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

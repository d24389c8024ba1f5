"""A page's JSON-LD scripts -> their objects, mended and in order.

Scripts are written by hand and by plug-ins, and often wrong: comments and CDATA around them, commas too many,
line breaks inside strings. What cannot be mended is searched for its plain fields. Characters, scripts and
objects are bounded.
"""

import json
import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any

from crawler.markup.tree import Gathered

MAX_SCRIPTS = 40
MAX_CHARS = 2_000_000  # of all scripts together
MAX_NODES = 3_000  # objects; a page has some dozens

Node = dict[str, Any]
PlacedNode = tuple[Node, int, bool]  # an object, its depth, whether it stands aside (in lists, parts, comments)

_ASIDE = frozenset("itemlistelement haspart mentions relatedlink citation ispartof comment review about video".split())
_WRAPPING = re.compile(
    r"^\s*(?:<!--|//<!\[CDATA\[|/\*<!\[CDATA\[\*/|<!\[CDATA\[)|(?:-->|//\]\]>|/\*\]\]>\*/|\]\]>)?\s*;?\s*$"
)
_COMMA = re.compile(r",(\s*[}\]])")
_PLAIN = re.compile(
    r'"(headline|datePublished|dateModified|dateCreated|articleSection|inLanguage|description)"\s*:\s*"((?:[^"\\]|\\.){1,400})"'
)
# A long text is read up to its closing quote, or to where the script was cut off.
_PLAIN_BODY = re.compile(r'"articleBody"\s*:\s*"((?=[^"\\]|\\.)[^"\\]*+(?:\\.[^"\\]*+)*)')
_PLAIN_AUTHOR = re.compile(
    r'"author"\s*:\s*(?:\[\s*)?(?:"((?:[^"\\]|\\.){2,100})"|\{[^{}]{0,400}?"name"\s*:\s*"((?:[^"\\]|\\.){2,100})")'
)


def scripts_read(parts: Gathered) -> tuple[int, int]:
    """Return how many scripts of JSON-LD are read, and how many there are."""
    return sum(1 for _ in _read(parts)), sum(1 for _ in _scripts(parts))


def _scripts(parts: Gathered) -> Iterator[str]:
    return (each.text or "" for each in parts.of("script") if "ld+json" in (each.get("type") or "").lower())


def _read(parts: Gathered) -> Iterator[str]:
    chars = 0
    for text in islice(_scripts(parts), MAX_SCRIPTS):
        chars += len(text)
        if chars > MAX_CHARS:
            return
        yield text


def _values(parts: Gathered) -> Iterator[Any]:
    for text in _read(parts):
        yield from _parsed(text)


def _parsed(text: str) -> Iterable[Any]:
    """Read a script's JSON, mending what is often wrong with it; nothing when there is nothing to read."""
    try:
        return [json.loads(text, strict=False)]
    except (ValueError, RecursionError):
        mended = _COMMA.sub(r"\1", _WRAPPING.sub("", text))
    try:
        return [json.loads(mended, strict=False)]
    except (ValueError, RecursionError):
        pass
    several = _several(text.strip())
    first = next(several, None)
    return _salvaged(text) if first is None else chain([first], several)


def _several(text: str) -> Iterator[Any]:
    """Read objects written one after the other."""
    decoder, at = json.JSONDecoder(strict=False), 0
    while at < len(text):
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            return
        yield value
        while at < len(text) and text[at] in " \t\r\n,;":
            at += 1


def _salvaged(text: str) -> list[Any]:
    """Return one node with the plain fields that can be seen in broken JSON."""
    node: Node = {}
    for match in _PLAIN.finditer(text):
        node.setdefault(match[1], match[2].replace('\\"', '"'))
    body = _PLAIN_BODY.search(text)
    if body:
        node["articleBody"] = _unescaped(body[1])
    author = _PLAIN_AUTHOR.search(text)
    if author:
        node["author"] = (author[1] or author[2]).replace('\\"', '"')
    return [{"@type": "Article", **node}] if node.keys() & {"headline", "datePublished", "articleBody"} else []


def _unescaped(text: str) -> str:
    """Undo the escapes of a JSON string; the text as written when they are broken."""
    try:
        return str(json.loads(f'"{text}"', strict=False))
    except ValueError:
        return text.replace('\\"', '"').replace("\\n", "\n")


# ---------------------------------------------------------------- values -> nodes


def read_nodes(parts: Gathered) -> tuple[PlacedNode, ...]:
    """Return the objects of a page's JSON-LD in order, at most MAX_NODES."""
    return tuple(islice(_nodes(parts), MAX_NODES))


def count_nodes(parts: Gathered) -> int:
    """Return how many objects the scripts have that are read, also those beyond MAX_NODES."""
    return sum(1 for _ in _nodes(parts))


def _nodes(parts: Gathered) -> Iterator[PlacedNode]:
    for value in _values(parts):
        stack: list[tuple[Any, int, bool]] = [(value, 0, False)]
        while stack:
            item, depth, aside = stack.pop()
            if isinstance(item, list):
                stack.extend((part, depth, aside) for part in reversed(item) if isinstance(part, dict | list))
            elif isinstance(item, dict):
                yield item, depth, aside
                for key, part in reversed(item.items()):
                    if isinstance(part, dict | list):
                        deeper = depth if key == "@graph" else depth + 1
                        stack.append((part, deeper, aside or str(key).lower() in _ASIDE))


def by_id(found: list[Node]) -> dict[str, Node]:
    known: dict[str, Node] = {}
    for node in found:
        name = node.get("@id")
        if isinstance(name, str) and len(node) > len(known.get(name, ())):
            known[name] = node
    return known

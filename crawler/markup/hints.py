"""What a page says of itself that helps to find its story: titles, description, JSON-LD articleBody."""

import html
import json
import re
from dataclasses import dataclass
from typing import Any

from lxml import etree

MAX_JSON = 2_000_000  # characters of one script
_TITLES = frozenset({"og:title", "twitter:title", "headline"})
_DESCRIPTIONS = frozenset({"og:description", "description", "twitter:description"})
_MARKUP = re.compile(r"<[^>]{1,500}>")
_ENOUGH = 200  # nodes of one JSON-LD script that are looked at


@dataclass(frozen=True, slots=True)
class PageHints:
    """What the page says of itself that helps to find its story: titles, description, JSON-LD articleBody."""

    titles: tuple[str, ...] = ()
    description: str = ""
    article_body: str = ""


def read_page_hints(tree: etree._Element) -> PageHints:
    """Read it from the head and the scripts of a parsed page."""
    titles: dict[str, None] = {}
    description = ""
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        content = meta.get("content")
        if not content:
            continue
        if name in _TITLES:
            titles[content[:500]] = None
        elif name in _DESCRIPTIONS and len(content) > len(description):
            description = content[:1_000]
    title = tree.find(".//title")
    if title is not None and title.text:
        titles[title.text.strip()[:500]] = None
    return PageHints(tuple(titles), description, article_body(tree))


def article_body(tree: etree._Element) -> str:
    """Return the longest JSON-LD articleBody as text without markup; empty when there is none."""
    best = ""
    for script in tree.iter("script"):
        text = script.text
        if (
            not text
            or "articleBody" not in text
            or len(text) > MAX_JSON
            or "json" not in script.get("type", "").lower()
        ):
            continue
        try:
            found = _longest(json.loads(text, strict=False))
        except (ValueError, RecursionError):
            continue
        if len(found) > len(best):
            best = found
    return html.unescape(_MARKUP.sub(" ", html.unescape(best))) if best else ""


def _longest(node: Any) -> str:
    """The longest articleBody within a JSON-LD value, breadth first."""
    best, waiting = "", [node]
    for _ in range(_ENOUGH):
        if not waiting:
            break
        node = waiting.pop(0)
        if isinstance(node, list):
            waiting += node[:_ENOUGH]
        elif isinstance(node, dict):
            body = node.get("articleBody")
            if isinstance(body, str) and len(body) > len(best):
                best = body
            waiting += [value for value in node.values() if isinstance(value, dict | list)]
    return best

"""What of a page leads to other pages of it: links, options of a select, the parts its data names, a `Link` header.

All are elements that are read alike; what the data and the header name becomes a `link`, which stands nowhere.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # a crawl's main process asks about addresses alone
    from lxml import etree

    from crawler.markup.jsonld_values import PlacedNode
    from crawler.markup.tree import Gathered

MAX_PARTS = 100  # that a page's data names
MAX_OPTIONS = 400  # of a page; a select of countries has 250

_PARTS = ("haspart", "ispartof")
_ADDRESS = re.compile(r"(?:https?:)?/|\.{0,2}/|\?", re.IGNORECASE)  # how an option's value begins that is one
_NAMED = ("url", "@id")


def pointers(parts: "Gathered", nodes: "Sequence[PlacedNode]", following: str | None) -> "list[etree._Element]":
    """Return the elements of a page that may lead to other pages of it.

    Args:
        nodes: Of its JSON-LD.
        following: The page that the answer's `Link` header names next.
    """
    found = [
        *parts.of("link"),
        *parts.of("a"),
        *(each for each in islice(parts.of("option"), MAX_OPTIONS) if href_of(each)),
    ]
    named = [{"rel": "next", "href": following}] if following else []
    named += ({"itemprop": "hasPart", "href": href} for href in islice(_named(nodes), MAX_PARTS))
    named = [each for each in named if each["href"].isprintable()]  # else no address, and no attribute of an element
    return [*found, *_links(named)] if named else found


def href_of(node: "etree._Element") -> str:
    """Return the address that an element leads to, as written; empty where it leads nowhere."""
    if (href := node.get("href")) or node.tag != "option":
        return href or ""
    value = (node.get("value") or "").strip()
    return value if _ADDRESS.match(value) else ""


def label_of(node: "etree._Element") -> str:
    """Return what a link or option says, in its words or beside them; empty for a `link`."""
    if node.tag == "link":
        return ""
    shown = " ".join("".join(map(str, node.itertext())).split())
    return shown or node.get("aria-label") or node.get("title") or node.get("label") or ""


def is_part(node: "etree._Element") -> bool:
    """Return whether a page's data or microdata says of an element that it leads to a part of the page."""
    return "haspart" in (node.get("itemprop") or "").lower().split()


def _links(named: Sequence[dict[str, str]]) -> "Iterator[etree._Element]":
    from lxml import etree  # few pages name any

    return (etree.Element("link", attributes) for attributes in named)


def _named(nodes: "Sequence[PlacedNode]") -> Iterator[str]:
    """Give the addresses of the parts that the page's data names, and of what it is a part of."""
    for node, _, is_aside in nodes:
        if is_aside:
            continue
        for key, value in node.items():
            if isinstance(key, str) and key.lower() in _PARTS:
                yield from _addresses(value)


def _addresses(value: Any) -> Iterator[str]:
    for each in value if isinstance(value, list) else [value]:
        named = [each.get(key) for key in _NAMED] if isinstance(each, dict) else [each]
        yield from islice((name.strip() for name in named if isinstance(name, str) and name.strip()), 1)

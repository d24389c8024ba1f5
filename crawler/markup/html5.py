"""A page that libxml2 reads otherwise than browsers do -> its markup as a browser's tree would be written.

libxml2 builds trees by HTML 4: it knows no <main>, leaves what stands before a missing <body> in the head, and drops
a second <body>. Lexbor builds them by the HTML standard, at some three times the cost; it is asked only about the
pages whose tree shows that the two differ, and its tree is written out to be read as any other page.
"""

import re
from collections.abc import Iterable

from lxml import etree

MAX_CHARS = 3_000_000
MAX_OPEN = 1_000  # tags open at once; Lexbor takes half a second for 20,000 nested ones, and the square of it beyond

_OF_HEAD = frozenset(
    "title meta link style script noscript base template basefont bgsound noframes object isindex".split()
)
_SILENT = frozenset("script style link meta noscript template".split())  # wherever they stand, they hold no text
_BREAKING_OUT = ("p", "div", "h1", "h2", "ul", "table")  # of a drawing
_HOLDING_HTML = ("foreignobject", "desc", "annotation-xml")
_FLOW = re.compile(r"<(?:p|div|main|article|section|h1|h2|body)[\s>]", re.I)
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,40})")
_NEVER_OPEN = frozenset(
    "area base br col embed hr img input link meta param source track wbr p li dt dd tr td th option optgroup thead "
    "tbody tfoot colgroup rp rt html head body".split()
)


def is_misread(tree: etree._Element, behind: str, closed_late: Iterable[etree._Element]) -> bool:
    """Whether libxml2's tree of a page shows that a browser's would be another.

    Args:
        behind: The markup from the page's end tag on, of which libxml2 reads nothing; empty where it has none.
        closed_late: Its drawings, formulas and titles.
    """
    tags = [child.tag for child in tree if child.tag not in _SILENT]
    if "frameset" in tags:
        return False
    if tags.count("body") != 1 or not {"head", "body"}.issuperset(tags) or any(_tail(child) for child in tree):
        return True
    head = tree.find("head")
    if head is not None and any(child.tag not in _OF_HEAD or _tail(child) for child in head):
        return True
    if _FLOW.search(behind):
        return True
    return any(map(_swallows, closed_late))


def rewritten(text: str) -> str | None:
    """Return a page's markup, written from the tree a browser would build; None for a page too large or too deep."""
    if len(text) > MAX_CHARS or _is_deep(text):
        return None
    # Loaded by the few pages that need it.
    from selectolax.lexbor import LexborHTMLParser

    return LexborHTMLParser(text).html


def _swallows(element: etree._Element) -> bool:
    """Whether a drawing or title that is never closed has taken in what follows it."""
    if element.tag == "title":
        return "</" in (element.text or "")
    return _holds(element, _BREAKING_OUT) and not _holds(element, _HOLDING_HTML)


def _holds(element: etree._Element, tags: tuple[str, ...]) -> bool:
    return len(element) > 0 and next(element.iter(*tags), None) is not None


def _tail(element: etree._Element) -> bool:
    return bool(element.tail and not element.tail.isspace())


def _is_deep(text: str) -> bool:
    depth = 0
    for match in _TAG.finditer(text):
        if match[2].lower() not in _NEVER_OPEN:
            depth = max(depth - 1, 0) if match[1] else depth + 1
            if depth > MAX_OPEN:
                return True
    return False

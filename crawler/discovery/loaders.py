"""A listing that loads more of itself by script -> the address it asks, or the address that no crawl can ask.

What loads on scrolling or at a click is asked by GET, at an address that stands in an attribute; or by POST, or by a
script alone: then the list ends for a crawl, and the page says that there is more.
"""

import re
from collections.abc import Iterator, Sequence
from enum import Enum, auto
from functools import lru_cache
from itertools import islice
from typing import NamedTuple
from urllib.parse import urlsplit

from lxml import etree

from corpus import urls
from corpus.patterns import AnyOf
from crawler.discovery.anchors import Anchor, Values, pairs_of
from crawler.discovery.links import is_file
from crawler.discovery.path_words import LOAD_WORDS

MAX_ELEMENTS = 30_000
MAX_LABEL = 40  # characters of a button that says "load more"

# Attributes that name the page after this one, whatever has them: data-next-url, data-load-more.
_NEXT = re.compile(
    r"data-(?:[a-z]{1,20}-){0,2}(?:next|older|load-?more|more|infinite(?:-?scroll)?)"
    r"(?:-(?:page|posts|items|articles))?(?:-(?:url|uri|href|src|path|link|endpoint|ajax))?"
)
# Attributes that hold an address, of an element that says by its name or its words that it loads more.
_HOLDS = re.compile(
    r"(?:data-)?(?:hx-get|formaction|ajax-?url|ajax|url|uri|href|src|path|link|endpoint|action|get|fetch)|data-remote-url"
)
_NAMED = re.compile(
    r"(?:^|[-_\s])(?:load-?more|more-?(?:posts|articles|news|stories|items)|infinite(?:-?scroll)?|show-?more-?(?:posts|articles|news)"
    r"|next-?page|load-?next|pager-?more|btn-?more|ajax-?more)(?:$|[-_\s])",
    re.I,
)
_NAMED_PARTS = AnyOf("more", "infinite", "next")  # one of them is in all that this pattern finds
_REVEALED = re.compile(r"\b(?:revealed|intersect)\b")
_ADDRESS = re.compile(
    r"(?:https?://|/|\?|\./)\S{0,2000}|[\w-]+(?:/[\w.-]+)*\.(?:json|html?|php|aspx?)(?:\?\S{0,1000})?"
)

# Elements whose addresses are of parts of this page: a site names them by what they are for, "load-more-js".
_PARTS = frozenset("script link style meta img picture source video audio track iframe embed object svg use".split())

_PRESSED = frozenset({"button", "a"})
_LABELLED = _PRESSED | {"input", "span", "div"}


class _Role(Enum):
    """What an attribute may hold: the next page's address; one where something else says so; neither."""

    NEXT = auto()
    HELD = auto()  # where the element says that it loads more
    REVEALED = auto()  # where the element is asked for when it is seen
    REVEALED_OR_HELD = auto()
    OTHER = auto()


class Loader(NamedTuple):
    """The page that continues a list; else the address of its button, which cannot be asked for. Both may be None."""

    next: str | None = None
    button: str | None = None


def loader(tree: etree._Element, linking: Sequence[Anchor], values: Values, start: str, address: str) -> Loader:
    """Return how a page loads more of itself.

    Args:
        linking: Its links.
        values: Of its attributes.
        start: What its addresses are relative to.
        address: Its own.
    """
    if not _may_load(tree, linking, values):
        return Loader()
    button: str | None = None
    roles: dict[str, _Role] = {}  # by the names of attributes, of which a page has few
    for element in islice(tree.iter(etree.Element), MAX_ELEMENTS):
        tag = element.tag
        if tag in _PARTS:
            continue
        if tag == "form":
            button = button or _posted(element, start, address)
            continue
        for name, value in pairs_of(element):
            if (role := roles.get(name)) is None:
                role = roles[name] = _role_of(name)
            if role is not _Role.OTHER and _names_more(element, role) and (found := _own(value, start, address)):
                return Loader(found)
        if button is None and tag in _PRESSED and not _leads(element) and _says_more(element):
            button = address
    return Loader(None, button)


def _may_load(tree: etree._Element, linking: Sequence[Anchor], values: Values) -> bool:
    """Whether any element of a page may say that it loads more, or name what it loads: on most pages none does."""
    roles = {name: _role_of(name) for name in values}
    if not {_Role.NEXT, _Role.REVEALED, _Role.REVEALED_OR_HELD}.isdisjoint(roles.values()):
        return True
    named = "\n".join((*values.get("class", ()), *values.get("id", ())))
    if (not named.isascii() or _NAMED_PARTS.stands_in(named)) and _NAMED.search(named):
        return True
    if any(map(_begins_with_more, {anchor.words[:MAX_LABEL] for anchor in linking})):
        return True
    held = {name for name, role in roles.items() if role is _Role.HELD}
    holders = (each for each in tree.iter("span", "div") if not held.isdisjoint(each.keys()))
    return any(_is_said(_label(each)) for each in (*tree.iter("button", "input"), *holders))


@lru_cache(1_024)
def _role_of(name: str) -> _Role:
    """What an attribute of this name may hold."""
    if _NEXT.fullmatch(name):
        return _Role.NEXT
    if name.endswith("hx-get"):
        return _Role.REVEALED_OR_HELD if _HOLDS.fullmatch(name) else _Role.REVEALED
    return _Role.HELD if _HOLDS.fullmatch(name) else _Role.OTHER


def _names_more(element: etree._Element, role: _Role) -> bool:
    """Whether an attribute of an element names the page after this one, as far as its role says."""
    if role is _Role.NEXT:
        return True
    if role is not _Role.HELD and _REVEALED.search(element.get("hx-trigger") or ""):
        return True
    return role is not _Role.REVEALED and _says_more(element)


def _posted(form: etree._Element, start: str, address: str) -> str | None:
    """The address that a form posts to, whose button says "load more"."""
    if (form.get("method") or "").lower() != "post" or not any(map(_says_more, _buttons(form))):
        return None
    return urls.join(start, form.get("action") or address) or address


def _buttons(form: etree._Element) -> Iterator[etree._Element]:
    yield form
    yield from islice(form.iter("button", "input"), 20)


def _says_more(element: etree._Element) -> bool:
    """Whether an element says by its names, or a button by its words, that it loads more of a list."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}"[:300]
    if len(names) > 1 and _is_named(names):
        return True
    return _is_said(_label(element))


def _label(element: etree._Element) -> str:
    """The words of a button, or of what may be one; empty where it has none, or too many."""
    parts = len(element)
    if parts > 3 or element.tag not in _LABELLED:
        return ""
    words = element.get("value") if element.tag == "input" else None
    if words is None:
        words = "".join(map(str, islice(element.itertext(), 8))) if parts else element.text or ""
    return words if len(words) <= 3 * MAX_LABEL else ""


# The menu of a site stands on all of its pages.
@lru_cache(1_024)
def _is_named(names: str) -> bool:
    return _NAMED.search(names) is not None


@lru_cache(1_024)
def _begins_with_more(words: str) -> bool:
    """Whether the words of a link, of which a button may be the first, begin with those of one that loads more."""
    return words.casefold().startswith(LOAD_WORDS)


@lru_cache(1_024)
def _is_said(label: str) -> bool:
    said = " ".join(label.split()).casefold()
    return 0 < len(said) <= MAX_LABEL and said.startswith(LOAD_WORDS)


def _leads(element: etree._Element) -> bool:
    """Whether an element is a link to a page of its own."""
    href = (element.get("href") or "").strip()
    return bool(href) and not href.startswith(("#", "javascript:"))


def _own(value: str, start: str, address: str) -> str | None:
    """An attribute's value as the address of another page of the same site, or of data; None: it is none."""
    if len(value) < 2 or not _ADDRESS.fullmatch(value.strip()):
        return None
    url = urls.join(start, value.strip())
    return url if url and not _is_part(url) and urls.is_other_page(url, address) else None


def _is_part(url: str) -> bool:
    """Whether an address is that of a picture or another file; a list may go on in JSON."""
    return is_file(url) and not urlsplit(url).path.lower().endswith(".json")

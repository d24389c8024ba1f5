"""Which elements are marked as byline or date: by class, id, itemprop, rel, or a link to an author's page.

One look at each element's names, shared by bylines and dates; block elements were named when the page was cut into
blocks, so only the inline ones are visited again.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import compress, islice, pairwise

from lxml import etree

from crawler.markup.blocks import Blocks
from crawler.markup.compiled import installed

MAX_INLINE = 12_000
MAX_CACHED = 300  # characters of an address that is remembered; what strangers send must not fill the memory
MAX_MARKED = 300  # of each kind

_BYLINE = re.compile(
    r"uthor|AUTHOR|y-?line|BYLINE|ontributor|(?<![a-z])[wW]riter|ritten|creator|redact|redakt|journalist"
    r"|signature|firma\b|autor|auteur"
    r"|reporter|posted-?by|credits?-?name|people-?name|persname|field--name-uid|ljuser|(?<![a-z])username(?![a-z])"
)
_DATE = re.compile(
    r"(?<![a-z])(?:[dD]ate|[tT]ime|[pP]ubl|[pP]osted|[uU]pdated)|Date|DATE|Timestamp|timestamp|datetime"
    r"|entry-meta|post-meta|[pP]ubli[sc]|fecha|datum"
)
# One of these, in small letters, is in every name that the two patterns find: a look that costs a tenth of theirs.
_IN_EITHER = tuple(
    "uthor y-line yline ontributor writer ritten creator redac redak journalist signature firma autor autour auter"
    " auteur reporter posted credit people persname name-uid ljuser username"
    " date time publ entry-meta post-meta fecha datum".split()
)
_EITHER = re.compile("|".join(_IN_EITHER))
# A segment of an address, before the one that names somebody.
_AUTHORS = frozenset(
    "author authors autor autore autores autors auteur auteurs contributor contributors profile profiles people staff"
    " by writer writers journalist journalists expert experts reporter reporters redaktion redakteur redakteure"
    " team columnist columnists correspondent correspondents editor editors bio firmas person user users"
    " member members".split()
)
_IN_LINKS = ("author=", "/@", *(f"/{name}" for name in sorted(_AUTHORS)))  # one of these is in the address of an author
_NAMING = frozenset({"class", "id", "itemprop", "rel", "data-testid", "data-component", "data-qa"})
_HANDLE = re.compile(r"/@[a-z]")
_INLINE = (
    "a",
    "span",
    "time",
    "em",
    "strong",
    "b",
    "i",
    "cite",
    "small",
    "abbr",
    "u",
    "font",
    "bdi",
    "label",
    "button",
)


@dataclass(frozen=True, slots=True)
class MarkedElement:
    """An element marked as byline or date; `at` is the block it begins with or stands in."""

    element: etree._Element
    naming: str
    at: int
    owner: int
    link: bool = False


@dataclass(frozen=True, slots=True)
class MarkedElements:
    """What the page marks, block elements first; the outer before the inner."""

    bylines: tuple[MarkedElement, ...] = ()
    dates: tuple[MarkedElement, ...] = ()


def read_marked(tree: etree._Element, blocks: Blocks, index: Mapping[etree._Element, int]) -> MarkedElements:
    """Find the elements that are marked as byline or date; `index` is that of the blocks, as `index_of` gives it."""
    bylines: list[MarkedElement] = []
    dates: list[MarkedElement] = []
    for n in _likely(blocks):
        if blocks.hidden[n]:
            continue
        name = blocks.names[n]
        is_byline, is_date = _marks(name)
        if is_byline or blocks.tags[n] == "address":
            bylines.append(MarkedElement(blocks.nodes[n], name, blocks.first[n], n))
        if is_date:
            dates.append(MarkedElement(blocks.nodes[n], name, blocks.first[n], n))
    for element, name, is_byline, is_date, link in _marked_inline(tree):
        owner = nearest(element, index)
        if owner is None or blocks.hidden[owner]:
            continue
        at = _position(element, owner, index, blocks)
        if is_byline and len(bylines) < MAX_MARKED:
            bylines.append(MarkedElement(element, name, at, owner, link))
        if is_date and len(dates) < MAX_MARKED:
            dates.append(MarkedElement(element, name, at, owner))
    return MarkedElements(tuple(bylines), tuple(dates))


def _likely(blocks: Blocks) -> Iterable[int]:
    """Return the block elements that may be marked, in order."""
    kernel = installed()
    if kernel is None:
        return range(len(blocks.names))
    written = list(dict.fromkeys(blocks.names))  # two thirds of a page's elements are named as others are
    likely = {written[n] for n in kernel.holding(written, _IN_EITHER)}
    named = [*compress(range(len(blocks.names)), map(likely.__contains__, blocks.names))]
    addresses = blocks.elements("address")
    return sorted({*named, *addresses}) if addresses else named


def index_of(blocks: Blocks) -> dict[etree._Element, int]:
    """Return the number of each block element of a page."""
    return dict(zip(blocks.nodes, range(len(blocks.nodes)), strict=True))


def is_author_link(href: str) -> bool:
    """Whether an address leads to somebody's page: /author/ana-perez, ?author=7, /@ana."""
    return _names_author(href) if len(href) <= MAX_CACHED else _names_author.__wrapped__(href)


@lru_cache(maxsize=1_024)  # the pages of a site share the links of its menus
def _names_author(href: str) -> bool:
    low = href.lower()
    if "author=" in low and ("?author=" in low or "&author=" in low):
        return True
    if "/@" in low and _HANDLE.search(low):
        return True
    segments = low.partition("#")[0].partition("?")[0].split("/")
    if _AUTHORS.isdisjoint(segments):
        return False
    return any(segment in _AUTHORS and after for segment, after in pairwise(segments[1:]))


@lru_cache(maxsize=1_024)
def _marks(naming: str) -> tuple[bool, bool]:
    """Whether names mark a byline, and whether they mark a date; a page's elements share few names."""
    is_byline = is_date = False
    for name in naming.split():  # no pattern reaches over a blank
        ours = _marks_one(name) if len(name) <= MAX_CACHED else _marks_one.__wrapped__(name)
        is_byline, is_date = is_byline or ours[0], is_date or ours[1]
    return is_byline, is_date


@lru_cache(maxsize=1_024)  # sites share many names
def _marks_one(name: str) -> tuple[bool, bool]:
    if not _EITHER.search(name.lower()):
        return False, False
    return _BYLINE.search(name) is not None, _DATE.search(name) is not None


def _position(element: etree._Element, owner: int, index: Mapping[etree._Element, int], blocks: Blocks) -> int:
    """Return the block at which an inline element stands: after the last block element before it."""
    for count, before in enumerate(element.itersiblings(preceding=True)):
        if count > 40:
            break
        if before in index:
            return blocks.end[index[before]]
    return blocks.first[owner]


def nearest(element: etree._Element, index: Mapping[etree._Element, int]) -> int | None:
    """Return the number of the block element that an element is or stands in."""
    at: etree._Element | None = element
    while at is not None:
        if at in index:
            return index[at]
        at = at.getparent()
    return None


def _marked_inline(tree: etree._Element) -> Iterator[tuple[etree._Element, str, bool, bool, bool]]:
    """Give the inline elements that are marked: their names, whether as byline, as date, and by a link to an author."""
    kernel = installed()
    parts = (_IN_EITHER, _IN_LINKS)
    found = kernel.marked(tree, _facts(), _marks, is_author_link, parts, MAX_INLINE) if kernel else None
    if found is not None:
        yield from found
        return
    for element in islice(tree.iter(*_INLINE), MAX_INLINE):
        attributes, tag = element.items(), element.tag
        if not attributes and tag != "time":
            continue
        name = _naming(attributes)
        link = tag == "a" and is_author_link(element.get("href") or "")
        is_byline, is_date = _marks(name) if name else (False, False)
        if is_byline or is_date or link or tag == "time":
            yield element, name, is_byline or link, is_date or tag == "time", link


@cache
def _facts() -> dict[str, int]:
    """Return what the kernel gets to know of tags and attributes: one bit a fact."""
    bits = (_INLINE, _NAMING, ("a",), ("time",))
    return {name: sum(1 << n for n, names in enumerate(bits) if name in names) for names in bits for name in names}


def _naming(attributes: Sequence[tuple[str | bytes, str | bytes]]) -> str:
    names = [str(value) for key, value in attributes if key in _NAMING]
    return " ".join(names)[:300] if names else ""

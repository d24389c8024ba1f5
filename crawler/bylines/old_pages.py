"""A page that knows no headings, as of 1998 -> the same with its headline and byline in elements of their own.

There `<font size=5>`, `<b>` or a picture is the headline, and one line break parts it from the byline and that from the
text. Two facts are needed: a short line that is set larger or bold begins a part of a page without an h1, and the line
under it is a byline with a word such as "By" and a name; or the page's title is that line and its site's name; or the
title is its site's name alone, as a link to the front page says, and no other line is set larger.
"""

import re
from collections.abc import Iterator
from copy import deepcopy
from functools import partial
from itertools import islice
from typing import NamedTuple

from lxml import etree

from corpus.people.names import fold
from crawler.bylines.text import read_byline
from crawler.markup.site_names import front_names
from crawler.markup.tree import Gathered, gathered
from crawler.text import clean, text_length

MAX_LOOKED = 10_000  # elements that may set a line larger or bold
MAX_TRIED = 300  # of these, lines that are looked at
MAX_LINE = 100  # characters of a byline
MAX_HEADLINE = 200
MIN_HEADLINE = 10  # letters
MAX_ABOVE = 8  # elements around a line whose next line is looked for
MAX_NODES = 40  # elements between a headline and its byline
MAX_SHOWN = 400  # characters of an element that are read, as no line is so long; and elements in it

_SET = frozenset({"font", "big", "b", "strong", "span", "center", "u", "i", "em", "small", "tt", "nobr"})
_INLINE = _SET | {"a", "sup", "sub", "abbr", "cite", "img"}
_UNREAD = frozenset({"script", "style", "noscript", "select", "textarea", "button"})
_LARGE = re.compile(r"\+?[4-7]|\+[1-3]")
_LARGE_STYLE = re.compile(
    r"font-size\s*:\s*(?:(?:1[89]|[2-6]\d)(?:\.\d+)?p[xt]|(?:1\.[3-9]|[2-5])\d*(?:\.\d+)?r?em|x*-?large)", re.I
)
_ENDED = re.compile(r"[.:;,]\s*$")
_PARTED = re.compile(r"\s+[|–—·•»:-]+\s|\s?[|»]")  # what parts a title from its site's name


class _Line(NamedTuple):
    """A line's text, the element in which or the br after which it begins, and the br that ends it, if one does."""

    text: str
    begin: etree._Element
    end: etree._Element | None = None


def with_headings(tree: etree._Element, parts: Gathered) -> tuple[etree._Element, Gathered]:
    """Return a page's tree; where it marks neither, a copy with its headline in an h1 and its byline in a paragraph.

    A page with several such lines is a list, and stays. With the tree, its parts.
    """
    if any(clean(_shown(each)) or each.find(".//img[@alt]") is not None for each in parts.of("h1")):
        return tree, parts
    signed = len(list(islice(_signed(tree), 2)))
    title = _title(tree) if not signed and not parts.of("h2") else ""
    is_sites = bool(title) and fold(title) in front_names(parts)  # and so tells nothing of the page
    found = _large if is_sites else partial(_titled, title=title)
    if signed != 1 and (not title or len(list(islice(found(tree), 2))) != 1):
        return tree, parts
    tree = deepcopy(tree)
    if signed:
        element, line = next(_signed(tree))
        _mark_byline(line)
    else:
        element = next(found(tree))
    _mark_headline(element)
    return tree, gathered(tree)


def _title(tree: etree._Element) -> str:
    """Return what a page is called: its own name and, mostly, its site's."""
    root = tree.getroottree().getroot()
    title = clean(next((each.text or "" for each in root.iter("title")), ""))
    return title if len(title) <= 2 * MAX_HEADLINE else ""


def _large(tree: etree._Element) -> Iterator[etree._Element]:
    """Give each line that is set larger than the text and may be a headline."""
    for element in _set_apart(tree):
        sized = any(map(_is_large, element.iter("font", "big", "span")))
        if sized and _headline_of(element):
            yield element


def _titled(tree: etree._Element, title: str) -> Iterator[etree._Element]:
    """Give each line that is set apart and begins the title; the rest, its site's name, is shorter."""
    for element in _set_apart(tree):
        text = _headline_of(element)
        if text and title.startswith(text) and len(title) < 2 * len(text) and _PARTED.match(title, len(text)):
            yield element


def _signed(tree: etree._Element) -> Iterator[tuple[etree._Element, _Line]]:
    """Give each line that is set apart with a byline under it, and that line."""
    for element in islice(_set_apart(tree), MAX_TRIED):
        if _headline_of(element) and (line := _line_under(element)) and _is_byline(line.text):
            yield element, line


def _set_apart(tree: etree._Element) -> Iterator[etree._Element]:
    """Give the elements that set a line larger or bold, each with all that stands around it and nothing else."""
    last = None
    for element in islice(tree.iter("font", "big", "b", "strong", "span", "img"), MAX_LOOKED):
        is_large = (
            element.tag in {"b", "strong"}
            or (element.tag == "img" and len((element.get("alt") or "").split()) > 2)
            or _is_large(element)
        )
        whole = _whole(element) if is_large else None
        if whole is not None and whole is not last:
            last = whole
            yield whole


def _is_large(element: etree._Element) -> bool:
    """Whether an element sets its text larger."""
    return (
        element.tag == "big"
        or (element.tag == "font" and _LARGE.fullmatch((element.get("size") or "").strip()) is not None)
        or _LARGE_STYLE.search(element.get("style") or "") is not None
    )


def _whole(element: etree._Element) -> etree._Element | None:
    """Return the outermost element that holds a line alone; None where text stands before the line."""
    while (above := element.getparent()) is not None and above.tag in _SET:
        if (above.text or "").strip() or len(above) != 1 or (element.tail or "").strip():
            break
        element = above
    if (element.tail or "").strip() or any(each.tag == "a" for each in element.iterancestors()):
        return None
    before = element.getprevious()
    if before is None:
        above = element.getparent()
        return None if above is None or (above.text or "").strip() else element
    is_begun = (before.tail or "").strip() or before.tag in _INLINE - {"img"}
    return None if is_begun else element


def _headline_of(element: etree._Element) -> str | None:
    text = clean(element.get("alt") or "") if element.tag == "img" else clean(_shown(element))
    is_sized = text_length(text) >= MIN_HEADLINE and len(text) <= MAX_HEADLINE
    if not is_sized or _ENDED.search(text) or element.find(".//br") is not None:
        return None
    return text if element.find(".//a[@href]") is None else None


def _line_under(element: etree._Element) -> _Line | None:
    """Return the first line after an element, past line breaks and the ends of its blocks."""
    at: etree._Element | None = element
    for _ in range(MAX_ABOVE):
        if at is None or at.tag == "body":
            return None
        if at is not element and (at.tail or "").strip():
            return None
        for n, after in enumerate(at.itersiblings()):
            if n > MAX_NODES:
                return None
            text = clean(_shown(after)) if isinstance(after.tag, str) and after.tag not in _UNREAD else ""
            if after.tag == "br" and (after.tail or "").strip():
                return _until_break(after)
            if text:
                return _first_line(after)
            if (after.tail or "").strip():
                return None if after.tag != "br" else _until_break(after)
        at = at.getparent()
    return None


def _until_break(begin: etree._Element) -> _Line:
    """Return the line that begins after a br: its text, and the next br among its siblings."""
    parts = [begin.tail or ""]
    for after in begin.itersiblings():
        if after.tag == "br":
            return _Line(clean("".join(parts)), begin, after)
        if after.tag not in _INLINE:
            break
        parts += _shown(after), after.tail or ""
        if sum(map(len, parts)) > MAX_LINE:
            break
    return _Line(clean("".join(parts)), begin)


def _first_line(element: etree._Element) -> _Line:
    """Return the first line of an element that has text."""
    while element.tag not in _INLINE or not (element.text or "").strip():
        inner = next((each for each in element if isinstance(each.tag, str) and clean(_shown(each))), None)
        if (element.text or "").strip() or inner is None:
            break
        element = inner
    ends = element.find(".//br")
    return _Line(clean(_shown(element, ends))[: MAX_LINE + 1], element)


def _is_byline(line: str) -> bool:
    if not line or len(line) > MAX_LINE:
        return False
    found = read_byline(line)
    return found.led and bool(found.authors)


def _mark_headline(element: etree._Element) -> None:
    """Put a headline into an h1, where it stands."""
    if element.tag != "img":
        element.tag = "h1"
        return
    heading = etree.Element("h1")
    heading.text = clean(element.get("alt") or "")
    heading.tail, element.tail = element.tail, None
    element.addnext(heading)


def _mark_byline(line: _Line) -> None:
    """Put a byline that a br parts from the text into a paragraph of its own; one in a block of its own has one."""
    begin, end = line.begin, line.end
    if begin.tag != "br" or end is None:
        if begin.tag in _INLINE and begin.tag != "br":
            begin.tag = "p"
            begin.set("class", "byline")
        return
    byline = etree.Element("p", {"class": "byline"})
    byline.text, begin.tail = begin.tail, None
    moved = []
    for after in begin.itersiblings():
        if after is end:
            break
        moved.append(after)
    begin.addnext(byline)
    byline.extend(moved)


def _shown(element: etree._Element, until: etree._Element | None = None) -> str:
    """Return the text of an element, as far as another one in it, or as it matters."""
    parts = [element.text or ""] if element.tag not in _UNREAD else []
    count = len(parts[0].strip()) if parts else 0
    for part in islice(element.iterdescendants(), MAX_SHOWN):
        if part is until or count > MAX_SHOWN:
            break
        if isinstance(part.tag, str) and part.tag not in _UNREAD:
            parts += " " if part.tag == "br" else "", part.text or ""
            count += len((part.text or "").strip())
        parts.append(part.tail or "")
        count += len((part.tail or "").strip())
    return "".join(parts)

"""Response bytes -> one parsed tree, shared by everything that reads the page.

Bytes are decoded once, looked over for markup that would hold the parser up, and parsed once with lxml.
What several readers look for (meta tags, scripts, headings ...) is found in one pass.
libxml2 stops at 256 levels and at 10 MB of one text; what stands before that stays.
"""

import re
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any

import numpy as np
from lxml import etree

from corpus.errors import ExtractError
from corpus.reasons import Reason
from corpus.texts import text as sentence
from crawler.markup.charset import contradicted_header, decode
from crawler.markup.compiled import installed
from crawler.markup.encodings.noted import Decoding, noted
from crawler.markup.encodings.twice import mended
from crawler.markup.html5 import is_misread, rewritten

MAX_BYTES = 8_000_000  # libxml2 gives a text node up at 10 MB; the largest development page has 3 MB
MAX_TAG_WORDS = 10_000  # libxml2 is quadratic in one tag's attributes; the most seen on 1,202 pages is 5,368
MAX_CONTROLS = 0.02  # of a page's bytes; more of them stay, as characters that cannot be read
_OF_TAG, _OF_ATTRIBUTE = 1, 2  # bits
# Several readers look for these.
_LOOKED_FOR = dict.fromkeys(
    ("meta", "link", "script", "title", "base", "h1", "h2", "h3", "a", "option", "img"), _OF_TAG
) | {
    "itemprop": _OF_ATTRIBUTE,
    "itemtype": _OF_ATTRIBUTE,
    "property": _OF_ATTRIBUTE,
}
# Where libxml2's tree may not be a browser's, and what a page shows without being bidden.
_OF_MARKUP = dict.fromkeys(("svg", "math", "title", "template", "dialog"), _OF_TAG)
PARAGRAPHS = 3  # of an open dialog that holds a story; a notice has fewer
_LONG_TAG = 8_000  # bytes; a shorter tag cannot hold so many attributes that it is refused

# Not characters of XML: libxml2 would stop or complain at each.
_CONTROLS = bytes(code for code in range(32) if code not in (9, 10, 12, 13))

# A possessive group (`(...)*+`) that fails midway runs on to the end of the page in Python 3.11.2; a plain one takes
# memory for each value. 4,000 values make a tag long, and the rest of them is looked for by itself.
_VALUES = rb"""(?:"[^"]*+"[^>"']*+|'[^']*+'[^>"']*+)"""
_TAG = re.compile(rb"""<[a-zA-Z][^>"']*+""" + _VALUES + rb"{0,4000}>?")
_MORE = re.compile(_VALUES + rb"{1,4000}>?")
_CLOSED = ord(">")
_END = re.compile(b"</html")  # `re` finds it in half the time of `bytes.find`
_SEEN = bytes(0x7F if code in _CONTROLS else code for code in range(256))  # as DEL, which libxml2 takes for a character
_QUOTED = re.compile(rb"""("[^"]*+"|'[^']*+')""")


def parse(content: bytes, charset: str | None = None) -> etree._Element | None:
    """Parse a page; None when it holds nothing but comments and white space.

    Raises:
        ExtractError: `too-large` or `hostile-markup`, before any parser sees it; `unreadable-markup` after.
    """
    text, decoding = decode_within(content, charset)
    # UTF-8 of which nothing was lost is the same bytes again: they begin with no mark, and have no NUL.
    plain = not decoding.twice and not content.startswith(BOM_UTF8) and b"\0" not in content
    whole = plain and decoding.codec == "utf-8" and "\ufffd" not in text
    return noted(_built(text, content if whole else _encoded(text)), decoding)


def decode_within(content: bytes, charset: str | None = None) -> tuple[str, Decoding]:
    """Return a page's text, unless there is too much of it, and how it was read."""
    if len(content) > MAX_BYTES:
        raise ExtractError(
            Reason.TOO_LARGE,
            sentence("page of {n:.1f} MB is over {most:.0f} MB", n=len(content) / 1e6, most=MAX_BYTES / 1e6),
        )
    text, encoding = decode(content, charset)
    text, twice = mended(text, content) if encoding == "utf-8" else (text, 0)
    return text, Decoding(encoding, twice, contradicted_header(charset, encoding))


def parse_text(text: str) -> etree._Element | None:
    """Parse a page that is text already, as a browser would; the same refusals as `parse`."""
    return _built(text, _encoded(text))


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _built(text: str, data: bytes) -> etree._Element | None:
    """Return the tree of a page, of which `data` is the text in UTF-8."""
    seen = _scan(data)
    tree = _parsed(data, seen)
    if tree is None:
        return None
    found = _elements(tree, _OF_MARKUP)[0]
    drawn = [each for tag in ("svg", "math", "title") for each in found.get(tag, ())]
    if is_misread(tree, seen.behind(data), drawn) and (markup := rewritten(text)) is not None:
        data = _encoded(markup)
        tree = _parsed(data, _scan(data))
        found = _elements(tree, _OF_MARKUP)[0] if tree is not None else {}
    _open_shadows(found.get("template", ()))
    _open_dialogs(tree, found.get("dialog", ()))
    return tree


@dataclass(frozen=True, slots=True)
class Gathered:
    """The elements of a page, in its order, by their tag and by an attribute that they have."""

    by_tag: Mapping[str, Sequence[etree._Element]]
    by_attribute: Mapping[str, Sequence[etree._Element]]

    def of(self, tag: str) -> Sequence[etree._Element]:
        """Return the elements of a tag; the tag must be one of the gathered tags."""
        return self.by_tag.get(tag, ())

    def having(self, attribute: str) -> Sequence[etree._Element]:
        """Return the elements with an attribute, which must be one of the gathered attributes."""
        return self.by_attribute.get(attribute, ())


def gathered(tree: etree._Element) -> Gathered:
    """Return the elements of a tree by the tags and attributes of _LOOKED_FOR, from one walk."""
    return Gathered(*_elements(tree, _LOOKED_FOR))


def _elements(
    tree: etree._Element, names: Mapping[str, int]
) -> tuple[Mapping[str, list[etree._Element]], Mapping[str, list[etree._Element]]]:
    """Return the elements within a tree by their tag, and by an attribute that they have; `names`: which are wanted."""
    kernel = installed()
    found = kernel.gathered(tree, names) if kernel else None
    if found is not None:
        return found
    elements: dict[str, list[etree._Element]] = {}
    for element in tree.iterdescendants(*(name for name, bits in names.items() if bits & _OF_TAG)):
        elements.setdefault(element.tag, []).append(element)
    return elements, {name: having(tree, name) for name, bits in names.items() if bits & _OF_ATTRIBUTE}


def having(tree: etree._Element, attribute: str) -> list[etree._Element]:
    """Return the elements within a tree that have an attribute, in order: found by libxml2, at once."""
    found: list[etree._Element] = _path(attribute)(tree)
    return found


@cache
def _path(attribute: str) -> Callable[[etree._Element], Any]:
    return etree.XPath(f"descendant::*/@{attribute}/..")  # two thirds of the time of a condition on each element


def _open_shadows(templates: Iterable[etree._Element]) -> None:
    """Make declarative shadow roots, which are templates that browsers show, plain elements."""
    for template in templates:
        if template.get("shadowrootmode") or template.get("shadowroot"):
            template.tag = "div"


def _open_dialogs(tree: etree._Element | None, dialogs: Iterable[etree._Element]) -> None:
    """Make an open dialog a plain element where it holds paragraphs, and more of their text than all else of a page."""
    shown = [each for each in dialogs if each.get("open") is not None]
    holding = [each for each in shown if len(list(islice(each.iter("p"), PARAGRAPHS))) == PARAGRAPHS]
    everywhere = _in_paragraphs(tree) if tree is not None and holding else 0
    for dialog in holding:
        if 2 * _in_paragraphs(dialog) > everywhere:
            dialog.tag = "div"


def _in_paragraphs(element: etree._Element) -> int:
    return sum(len(text) for paragraph in element.iter("p") for text in paragraph.itertext())


@dataclass(frozen=True, slots=True)
class _Scan:
    """What is plain of a page.

    Attributes:
        long_tags: Where each tag of more than _LONG_TAG bytes begins and ends.
        has_controls: It has one of _CONTROLS.
        end: Where its end tag begins; -1: it has none.
    """

    long_tags: list[tuple[int, int]]
    has_controls: bool
    end: int

    def behind(self, data: bytes) -> str:
        """Return the page from its end tag on; empty: it has none."""
        return data[self.end :].decode("utf-8", "replace") if self.end >= 0 else ""


def _scan(data: bytes) -> _Scan:
    """Look over a page that is UTF-8."""
    kernel = installed()
    if kernel is not None:
        return _Scan(*kernel.scan(data, _LONG_TAG))
    end = _END.search(data)
    return _Scan(_long_tags(data), _has_controls(data), end.start() if end else -1)


def _has_controls(data: bytes) -> bool:
    """Whether any of _CONTROLS is in a page: three comparisons of the whole take a fifth of a translation's time."""
    codes = np.frombuffer(data, np.uint8)
    return bool((codes < 9).any() or (codes == 11).any() or (codes - np.uint8(14) < 18).any())  # lower ones wrap around


def _long_tags(data: bytes) -> list[tuple[int, int]]:
    """Return where the tags begin and end that are longer than any with few attributes."""
    found: list[tuple[int, int]] = []
    while long := next((m for m in _TAG.finditer(data, found[-1][1] if found else 0) if len(m[0]) > _LONG_TAG), None):
        start, end = long.span()
        while data[end - 1] != _CLOSED and (more := _MORE.match(data, end)):
            end = more.end()
        found.append((start, end))
    return found


def _parsed(data: bytes, seen: _Scan) -> etree._Element | None:
    if seen.has_controls:
        plain = data.translate(None, _CONTROLS)
        # Many controls are no slip of a page's maker but bytes that are no text: they stay to be seen.
        data = plain if len(plain) >= len(data) * (1 - MAX_CONTROLS) else data.translate(_SEEN)
        seen = _scan(data)
    _refuse_hostile(data, seen.long_tags)
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False, huge_tree=False
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if getattr(error, "code", None) == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from error
        raise ExtractError(Reason.UNREADABLE_MARKUP, sentence("the parser gave up: {why}", why=str(error))) from error


def _refuse_hostile(data: bytes, long_tags: Iterable[tuple[int, int]]) -> None:
    if len(data) > MAX_BYTES * 2:
        raise ExtractError(
            Reason.TOO_LARGE,
            sentence("page of {n:.1f} MB of text is over {most:.0f} MB", n=len(data) / 1e6, most=MAX_BYTES / 5e5),
        )
    for start, end in long_tags:
        tag = data[start:end]
        if len(tag.split()) + tag.count(b'"') + tag.count(b"'") + 2 <= MAX_TAG_WORDS:  # it has no more words than these
            continue
        words = len(_QUOTED.sub(b" ", tag).split())
        if words > MAX_TAG_WORDS:
            raise ExtractError(
                Reason.HOSTILE_MARKUP,
                sentence("a tag with {n:,} attributes: expected at most {most:,}", n=words, most=MAX_TAG_WORDS),
            )

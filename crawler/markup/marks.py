"""An inline element -> whether it is a mark to click on, and no word: footnote marks, pilcrows, "[edit]" in headings.

A mark is known by two facts at least: what it looks like (a number, an asterisk, brackets), and where it leads, or what
its class or role says.
"""

import re
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from lxml import etree

from corpus.patterns import deferred

MAX_MARK = 12  # characters of a footnote's mark
MAX_LABEL = 40  # characters of a label beside a heading
MAX_CACHED = 300  # characters of names that are remembered; what strangers send must not fill the memory

_NUMBER = deferred(
    r"[\[(（［]?\s*(?:\d{1,3}|[a-z]|[ivx]{1,5}|[*†‡§¶⁎]{1,4}|(?:注|註|anm|note|fn)\.? ?\d{0,3})\s*[\])）］]?", re.I
)
_RAISED = re.compile(r"(?:\d{1,3}|[*†‡§¶⁎]{1,3})(?:\s?[,;–-]\s?(?:\d{1,3}|[*†‡§¶⁎]{1,3})){0,4}\)?")
_LAST_WORD = re.compile(r"([^\W\d_]{4,})[.,;:!?»”“’\"')]{0,2}$|[。」』”]$")
_UNITS = frozenset(
    """metre metres meter meters metro metros metri mètre mètres feet foot fuß inch inches yard yards mile miles
    kilometre kilometres kilometer kilometers kilómetro kilómetros quilómetro quilómetros chilometri kilomètre
    kilomètres centimetre centimetres centimeter centimeters zoll watt""".split()
)
_BRACKETED = re.compile(r"[\[［【].{1,38}[\]］】]")
_NOTE_NAME = re.compile(
    r"foot-?note|end-?note|note-?ref|(?<![a-z])(?:fn|cite|citation|reference|sidenote|fu(?:ss|ß)note)", re.I
)
_NOTE_LINK = re.compile(r"#.{0,20}?(?:fn|note|cite|ref|foot|anm|_?ft)", re.I)
_ANCHOR_NAME = re.compile(r"edit-?section|anchor|perma-?link|header-?link|hash-?link|heading-?link|section-?link", re.I)
# What such a label says: to edit the chapter, or its source.
_ONE_EDIT = (
    r"(?:edit(?: source| section)?|(?:quelltext )?bearbeiten|modifier(?: le (?:code|wikicode))?"
    r"|editar(?: (?:código[- ]?(?:fonte)?|fonte))?|modifica(?: (?:wikitesto|sorgente))?|(?:brontekst )?bewerken"
    r"|redigera(?: wikitext)?|edytuj(?: kod)?|править(?: (?:код|вики-текст))?|(?:ソースを)?編集"
    r"|编辑(?:源代码)?|編輯(?:原始碼)?|(?:عدّ?ل|تعديل)(?: المصدر)?)"
)
_EDIT = deferred(rf"\W{{0,3}}{_ONE_EDIT}(?:\W{{1,5}}{_ONE_EDIT}){{0,2}}\W{{0,3}}", re.I)


class Mark(NamedTuple):
    """A link or a cell in a block: its element, the first of the block's pieces in it, and the end of them."""

    element: etree._Element
    first: int
    end: int


def is_mark_in(heading: etree._Element | None, element: etree._Element, tag: str) -> bool:
    """Whether an inline element, which stands in a heading or in none, is a mark."""
    if heading is None:
        return is_mark(element, tag, heading=False)
    if tag == "a":  # the links of headings are teasers, mostly, which are too long for a label
        href = element.get("href") or ""
        return _is_note_link(element, href) or (_is_label(element, href) and _says_more(heading, element))
    return is_mark(element, tag, heading=_says_more(heading, element))


def _says_more(heading: etree._Element, element: etree._Element) -> bool:
    left = sum(map(len, element.itertext()))
    sizes = accumulate(map(len, heading.itertext()))  # a heading of many links is not read whole
    return any(size > left for size in sizes)


def is_mark(element: etree._Element, tag: str, *, heading: bool) -> bool:
    """Whether an inline element is a mark; `heading`: it stands in a heading that has more words than it."""
    if tag == "a":
        href = element.get("href") or ""
        return _is_note_link(element, href) or (heading and _is_label(element, href))
    if tag == "sup":
        return _is_note(element) or _is_behind_word(element)
    if tag == "span" and not heading:
        return _is_named_note(element) and bool(_NUMBER.fullmatch(_text(element)))
    return heading and _is_label(element, "")


def _is_note_link(link: etree._Element, href: str) -> bool:
    """Whether a link is a pilcrow or the mark of a footnote: to a place on the page, without a word."""
    if "#" not in href:
        return False
    text = _text(link)
    if not text or len(text) > MAX_MARK or link.find(".//img") is not None:
        return False
    if href.startswith("#") and not any(map(str.isalnum, text)):
        return True
    return bool(_NUMBER.fullmatch(text)) and (bool(_NOTE_LINK.search(href)) or _is_named_note(link))


def _is_note(sup: etree._Element) -> bool:
    text = _text(sup)
    if len(text) > MAX_LABEL:
        return False
    if _BRACKETED.fullmatch(text):
        return True
    if not _NUMBER.fullmatch(text):
        return False
    link = sup.find(".//a[@href]")
    above = sup.getparent()
    if link is None and above is not None and above.tag == "a":
        link = above
    return _is_named_note(sup) or (link is not None and "#" in (link.get("href") or ""))


def _is_behind_word(sup: etree._Element) -> bool:
    """Whether marks stand raised right after a whole word that is no unit: "tables¹", "tables¹,²", "tables*"."""
    text = _text(sup)
    if len(text) > MAX_MARK or not _RAISED.fullmatch(text):
        return False
    before, above = sup.getprevious(), sup.getparent()
    said = (before.tail or "".join(map(str, before.itertext()))) if before is not None else None
    if said is None:
        said = (above.text or "") if above is not None else ""
    word = _LAST_WORD.search(said[-MAX_LABEL:])
    return word is not None and (word[1] or "").lower() not in _UNITS


def _is_named_note(element: etree._Element) -> bool:
    names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('role') or ''}"
    return _names_note(names) if len(names) <= MAX_CACHED else _names_note.__wrapped__(names)


@lru_cache(maxsize=1_024)  # a page's elements share few names
def _names_note(names: str) -> bool:
    return _NOTE_NAME.search(names) is not None


def _is_label(element: etree._Element, href: str) -> bool:
    """Whether an element in a heading is its edit or permalink label."""
    text = _text(element)
    if len(text) > MAX_LABEL:
        return False
    leads = bool(href) or element.find(".//a[@href]") is not None
    return leads and (
        bool(_BRACKETED.fullmatch(text))
        or bool(_ANCHOR_NAME.search(element.get("class") or ""))
        or bool(_EDIT.fullmatch(text))
    )


def _text(element: etree._Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())

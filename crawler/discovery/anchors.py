"""A page's tree -> its links as they are written, each looked at once: its attributes and its words.

What a script makes a link of, a card with an address in `data-href` or `onclick`, is one where it shows words. So is
the choice of a drop-down list whose value is an address, or the period that its form asks an archive for; and a form
that sends nothing and has one button with words.
"""

import re
from collections.abc import Mapping
from itertools import islice
from typing import NamedTuple, TypeAlias, cast

from lxml import etree

_Pairs: TypeAlias = list[tuple[str, str]]


_CARDS = ("div", "article", "li", "section", "tr", "td", "h2", "h3")
_CLICK = re.compile(
    r"(?:location(?:\.href)?\s*=|location\.(?:assign|replace)\(|window\.open\()\s*[\"']([^\"'\s]{1,2000})[\"']"
)
_ADDRESS = re.compile(r"https?://|/(?!$)|\?[\w-]+=")
_PERIOD = re.compile(r"(?:19|20)\d\d[-/.]?(?:0[1-9]|1[0-2])(?:[-/.]?(?:0[1-9]|[12]\d|3[01]))?")
MAX_VALUE = 2_000  # characters of an address
MIN_WORDS = 12  # characters of a card that leads somewhere


class Anchor(NamedTuple):
    """An `a` or `area` element, or a `frame`, one of the pages that a frameset is made of.

    Attributes:
        words: What it shows, white space collapsed.
        has_parts: Other elements stand in it.
    """

    element: etree._Element
    tag: str
    attributes: Mapping[str, str]
    words: str
    has_parts: bool

    def get(self, name: str) -> str:
        """Return an attribute; empty where it has none."""
        return self.attributes.get(name, "")


def anchors(tree: etree._Element) -> list[Anchor]:
    """Return the links of a page in its order."""
    found: list[Anchor] = []
    forms: dict[etree._Element, str | None] = {}
    for element in tree.iter("a", "area", "frame", "option", "form", *_CARDS):
        if element.tag == "form":
            if (button := _button(element)) is not None:
                found.append(button)
            continue
        if element.tag == "option":
            if (choice := _choice(element, forms)) is not None:
                found.append(choice)
            continue
        if element.tag in _CARDS:
            if (card := _card(element)) is not None:
                found.append(card)
            continue
        has_parts = len(element) > 0
        shown = "".join(map(str, element.itertext())) if has_parts else element.text or ""
        found.append(
            Anchor(element, element.tag, dict(cast(_Pairs, element.items())), " ".join(shown.split()), has_parts)
        )
    return found


def _choice(element: etree._Element, forms: dict[etree._Element, str | None]) -> Anchor | None:
    """Return the choice of a drop-down list as a link: its value is an address, or a period that its form sends.

    `forms`: what the form of each list asks for, as far as it was looked at.
    """
    value = (element.get("value") or "").strip()
    if not 2 <= len(value) <= MAX_VALUE:
        return None
    if not _ADDRESS.match(value):
        select = next(element.iterancestors("select"), None) if _PERIOD.fullmatch(value) else None
        if select is None:
            return None
        if select not in forms:
            forms[select] = _sent(select)
        if (start := forms[select]) is None:
            return None
        value = start + value
    return Anchor(element, "a", {"href": value}, " ".join((element.text or "").split()), has_parts=False)


def _sent(select: etree._Element) -> str | None:
    """Return the address that a form with one drop-down list asks for by GET, up to the value that is chosen."""
    form, name = next(select.iterancestors("form"), None), select.get("name")
    if form is None or not name or not name.isalnum() or (form.get("method") or "get").lower() != "get":
        return None
    if sum(1 for _ in islice(form.iter("select"), 2)) > 1:
        return None
    return f"{(form.get('action') or '').partition('?')[0]}?{name}="


def _button(form: etree._Element) -> Anchor | None:
    """Return a form as a link: it asks for an address by GET with nothing that a reader fills in, by one button."""
    fields = [*islice(form.iter("input", "select", "textarea", "button", "a"), 2)]
    sends = len(fields) == 1 and not fields[0].get("name") and (form.get("method") or "get").lower() == "get"
    if not sends or not (fields[0].tag == "button" or (fields[0].get("type") or "").lower() == "submit"):
        return None
    href = (fields[0].get("formaction") or form.get("action") or "").partition("?")[0]
    words = " ".join(("".join(map(str, fields[0].itertext())) or fields[0].get("value") or "").split())
    if not href or len(words) < MIN_WORDS or (fields[0].get("formmethod") or "get").lower() != "get":
        return None
    return Anchor(form, "a", {"href": href}, words, has_parts=True)


def _card(element: etree._Element) -> Anchor | None:
    """Return an element that a script makes a link of, as one: it has an address and words, and no link of its own."""
    clicked = element.get("data-href") or element.get("onclick")
    if not clicked or element.find(".//a[@href]") is not None:
        return None
    match = _CLICK.search(clicked) if "data-href" not in element.attrib else None
    href = match[1] if match else element.get("data-href")
    words = " ".join("".join(map(str, element.itertext())).split())
    if not href or len(words) < MIN_WORDS:
        return None
    return Anchor(element, "a", {"href": href, "class": element.get("class") or ""}, words, has_parts=True)

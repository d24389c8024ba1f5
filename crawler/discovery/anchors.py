"""A page's tree -> its links as they are written, each looked at once: its attributes and its words.

What a script makes a link of, a card with an address in an attribute or in `onclick`, is one where it shows words. So
is the choice of a drop-down list whose value is an address, or the period that its form asks an archive for; a form
that sends nothing and has one button with words; and what a form offers of the pages of its list, or of an archive.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import chain, islice, product
from math import prod
from operator import methodcaller
from typing import NamedTuple, TypeAlias
from urllib.parse import urlencode

from lxml import etree

from crawler.discovery.path_words import counts_pages, says_next

_Pairs: TypeAlias = list[tuple[str, str]]
Values: TypeAlias = Mapping[str, list[str]]  # of all attributes of a page, by their names, each value once

# The attributes of an element as pairs; lxml leaves their types open, and a `cast` for each element is a call more.
pairs_of: Callable[[etree._Element], _Pairs] = methodcaller("items")

_LINKS = ("a", "area", "frame", "option", "form")
_CARDS = ("div", "article", "li", "section", "tr", "td", "h2", "h3")
_CLICK = re.compile(
    r"(?:location(?:\.href)?\s*=|location\.(?:assign|replace)\(|window\.open\()\s*[\"']([^\"'\s]{1,2000})[\"']"
)
_LEADING = frozenset({"data-href", "onclick", "role"})  # one of these is an attribute of a card that leads somewhere
_HOLDS = re.compile(r"(?:data-)?(?:[a-z]{1,12}-)?(?:href|url|uri|link|permalink|path)")
_ADDRESS = re.compile(r"https?://|/(?!$)|\?[\w-]+=")
_PERIOD = re.compile(r"(?:19|20)\d\d[-/.]?(?:0[1-9]|1[0-2])(?:[-/.]?(?:0[1-9]|[12]\d|3[01]))?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SPAN = re.compile(rf"{_YEAR.pattern}|{_PERIOD.pattern}")
_MONTH = re.compile(r"0?[1-9]|1[0-2]")
MAX_PERIODS = 600  # that one form asks for: fifty years by months
MIN_YEARS, MIN_MONTHS = 2, 6  # choices of a list of them
MAX_FORMS = 100  # of a page that are looked at
MAX_FIELDS = 20  # of a form that only turns pages; one of a search may have a hundred
MAX_CHOICES = 500  # of a drop-down list of pages
MAX_VALUE = 2_000  # characters of an address
MIN_WORDS = 12  # characters of a card that leads somewhere

_CARRIED = frozenset({"hidden"})  # kinds of `input` that a click sends as they are
_SENDING = frozenset({"submit", "image"})
_IS_NO_FIELD = frozenset({"button", "reset"})


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


def values_of(tree: etree._Element) -> Values:
    """Return what the attributes of a page say, in no order: what none of them says need be looked for nowhere."""
    values: dict[str, list[str]] = {}
    for name, value in set(chain.from_iterable(map(pairs_of, tree.iter(etree.Element)))):
        if name in values:
            values[name].append(value)
        else:
            values[name] = [value]
    return values


def anchors(tree: etree._Element, values: Values) -> list[Anchor]:
    """Return the links of a page, whose attributes have these values, in its order."""
    found: list[Anchor] = []
    forms: dict[etree._Element, str | None] = {}
    for element in tree.iter(*_LINKS, *(() if _LEADING.isdisjoint(values) else _CARDS)):
        tag = element.tag
        if tag == "a" or tag == "area" or tag == "frame":
            has_parts = len(element) > 0
            shown = "".join(map(str, element.itertext())) if has_parts else element.text or ""
            found.append(Anchor(element, tag, dict(pairs_of(element)), " ".join(shown.split()), has_parts))
        elif tag == "form":
            if (button := _button(element)) is not None:
                found.append(button)
            fields = _fields(element) if _is_sent_by(element, "get") else []
            found += _turned(element, fields)
            found += _archives(element, fields)
        elif tag == "option":
            if (choice := _choice(element, forms)) is not None:
                found.append(choice)
        elif (card := _card(element)) is not None:
            found.append(card)
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
    if form is None or not name or not name.isalnum() or not _is_sent_by(form, "get"):
        return None
    if sum(1 for _ in islice(form.iter("select"), 2)) > 1:
        return None
    return f"{_start(form)}?{name}="


def _button(form: etree._Element) -> Anchor | None:
    """Return a form as a link: it asks for an address by GET with nothing that a reader fills in, by one button."""
    fields = [*islice(form.iter("input", "select", "textarea", "button", "a"), 2)]
    sends = len(fields) == 1 and not fields[0].get("name") and _is_sent_by(form, "get")
    if not sends or not (fields[0].tag == "button" or (fields[0].get("type") or "").lower() == "submit"):
        return None
    href = (fields[0].get("formaction") or form.get("action") or "").partition("?")[0]
    words = " ".join(("".join(map(str, fields[0].itertext())) or fields[0].get("value") or "").split())
    if not href or len(words) < MIN_WORDS or (fields[0].get("formmethod") or "get").lower() != "get":
        return None
    return Anchor(form, "a", {"href": href}, words, has_parts=True)


def _turned(form: etree._Element, fields: list[etree._Element]) -> Iterator[Anchor]:
    """Give the pages of a list that a form leads to by GET, in its order.

    What it asks for is another page's number, by name; or its button says that it leads to older stories. What a form
    does with any other value, a search, a vote or an order, nobody knows.
    """
    lists = [each for each in fields if each.tag == "select" and each.get("name")]
    start, sent = _start(form), _carried(fields)
    if len(lists) == 1:
        for option in islice(lists[0].iter("option"), MAX_CHOICES):
            pair = (lists[0].get("name") or "", _value(option))
            if counts_pages(*pair):
                yield _of_form(form, option, f"{start}?{urlencode([*sent, pair])}", _shown(option))
    elif not lists:
        for button in filter(_sends, fields):
            pairs = [*sent, (button.get("name") or "", _value(button))] if button.get("name") else sent
            words = _shown(button) or button.get("aria-label") or ""
            numbered = any(counts_pages(*pair) for pair in pairs)
            if pairs and (numbered or says_next(words)) and _is_sent_here(button):
                yield _of_form(form, button, f"{start}?{urlencode(pairs)}", words)


def _archives(form: etree._Element, fields: list[etree._Element]) -> Iterator[Anchor]:
    """Give the years, or their months, that a form asks an archive for by GET."""
    if (lists := _periods(fields)) is None:
        return
    start, sent = _start(form), _carried(fields)
    years, *months = ([(select, option) for option in _options(select)] for select in lists)
    years.sort(key=lambda year: _value(year[1]), reverse=True)  # what is beyond the bound is the oldest
    for chosen in islice(product(years, *months), MAX_PERIODS):
        pairs = [(select.get("name") or "", _value(option)) for select, option in chosen]
        href, words = f"{start}?{urlencode([*sent, *pairs])}", " ".join(_shown(option) for _, option in chosen)
        yield _of_form(form, chosen[0][1], href, words)


def periods_beyond(tree: etree._Element) -> int:
    """Return how many periods the forms of a page ask for by GET beyond those that `anchors` gives."""
    lists = filter(None, (_periods(_fields(form)) for form in tree.iter("form") if _is_sent_by(form, "get")))
    return sum(max(0, prod(map(len, map(_options, each))) - MAX_PERIODS) for each in lists)


def archives_by_post(tree: etree._Element) -> list[str]:
    """Return where the forms of a page go that ask an archive for periods by POST, which a crawl never sends."""
    forms = (form for form in islice(tree.iter("form"), MAX_FORMS) if _is_sent_by(form, "post"))
    return [form.get("action") or "" for form in forms if _periods(_fields(form), _SPAN) is not None]


def _periods(fields: list[etree._Element], years_as: re.Pattern[str] = _YEAR) -> list[etree._Element] | None:
    """The drop-down list of years of a form, and the one of their months; None where it asks for anything else."""
    lists = [each for each in fields if each.tag == "select" and each.get("name")]
    years = [each for each in lists if _counts(each, years_as, MIN_YEARS)]
    months = [each for each in lists if _counts(each, _MONTH, MIN_MONTHS)]
    return [*years, *months] if len(years) == 1 and len(months) < 2 and len(lists) == 1 + len(months) else None


def _fields(form: etree._Element) -> list[etree._Element]:
    """The fields of a form; none where a reader fills something in, or there are too many."""
    fields = [*islice(form.iter("input", "select", "textarea", "button"), MAX_FIELDS + 1)]
    return [] if len(fields) > MAX_FIELDS or any(map(_is_filled_in, fields)) else fields


def _options(select: etree._Element) -> list[etree._Element]:
    return [option for option in islice(select.iter("option"), MAX_CHOICES) if any(map(str.isdigit, _value(option)))]


def _counts(select: etree._Element, form: re.Pattern[str], least: int) -> bool:
    """Whether all choices of a list are years, or months."""
    values = [*map(_value, _options(select))]
    return len(values) >= least and all(form.fullmatch(value) for value in values)


def _start(form: etree._Element) -> str:
    """The address that a form asks for by GET, up to what it sends, which takes the place of a query."""
    return (form.get("action") or "").partition("#")[0].partition("?")[0]


def _carried(fields: list[etree._Element]) -> list[tuple[str, str]]:
    """What a form sends whatever a reader chooses."""
    return [(name, each.get("value") or "") for each in filter(_is_carried, fields) if (name := each.get("name"))]


def _is_sent_by(form: etree._Element, method: str) -> bool:
    return (form.get("method") or "get").strip().lower() == method


def _of_form(form: etree._Element, part: etree._Element, href: str, words: str) -> Anchor:
    return Anchor(part, "a", {"href": href, "class": form.get("class") or ""}, words, has_parts=False)


def _kind(field: etree._Element) -> str:
    return (field.get("type") or ("submit" if field.tag == "button" else "text")).strip().lower()


def _is_carried(field: etree._Element) -> bool:
    return field.tag == "input" and _kind(field) in _CARRIED


def _sends(field: etree._Element) -> bool:
    return field.tag in {"button", "input"} and _kind(field) in _SENDING


def _is_filled_in(field: etree._Element) -> bool:
    """Whether a field waits for a reader's words, or for a choice that is no page's."""
    if field.tag == "select":
        return False
    return field.tag == "textarea" or (
        field.tag == "input" and not _is_carried(field) and _kind(field) not in _SENDING | _IS_NO_FIELD
    )


def _is_sent_here(button: etree._Element) -> bool:
    """Whether a button leaves it to its form where and how it asks."""
    return button.get("formaction") is None and (button.get("formmethod") or "get").strip().lower() == "get"


def _value(part: etree._Element) -> str:
    return (part.get("value") or (_shown(part) if part.tag == "option" else "")).strip()


def _shown(part: etree._Element) -> str:
    shown = part.get("value") or "" if part.tag == "input" else "".join(map(str, part.itertext()))
    return " ".join(shown.split())


def _card(element: etree._Element) -> Anchor | None:
    """Return an element that a script makes a link of, as one: it has an address and words, and no link of its own."""
    href = _led_to(element)
    if not href or element.find(".//a[@href]") is not None:
        return None
    words = " ".join("".join(map(str, element.itertext())).split())
    if len(words) < MIN_WORDS:
        return None
    return Anchor(element, "a", {"href": href, "class": element.get("class") or ""}, words, has_parts=True)


def _led_to(element: etree._Element) -> str | None:
    """Return the address to which a script takes a reader who clicks an element; None: it says of none.

    An address in `data-href` is one. Under other names it may be a picture's or a part's, unless the element says that
    it is a link, or a click on it is handled; of several, the one counts whose name says the least besides.
    """
    if _LEADING.isdisjoint(element.keys()):
        return None
    if (href := element.get("data-href")) is not None:
        return href
    clicked = element.get("onclick")
    if clicked and (match := _CLICK.search(clicked)):
        return match[1]
    if not clicked and (element.get("role") or "").lower() != "link":
        return None
    named = {name: value for name, value in pairs_of(element) if _HOLDS.fullmatch(name) and _ADDRESS.match(value)}
    plainest = min(named, key=lambda name: name.count("-"), default=None)
    return named[plainest] if plainest is not None else None

"""A page, and what a person says of it -> the CSS selectors that find this; what selectors find on another page.

Runs in a worker. The element is looked for by its text: a byline that has all the names and none of the wrong ones, a
headline or section that is the text, a date that reads as the day.
"""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from lxml import etree

from corpus.corrections.rules import agrees
from corpus.corrections.values import Field, date_value, read_value
from crawler.dates.reader import read_date
from crawler.extraction.selected import first_text, text_of
from crawler.markup.tree import parse
from crawler.text import clean

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

MAX_ELEMENTS = 30  # that hold the value; the shortest texts are taken
MAX_TRIED = 150  # selectors of one page: each walks through the page
MAX_SELECTORS = 20  # that are given
MAX_DATES = 300  # texts that are read as dates
MORE_THAN_NAMES = 80  # letters that a byline may have besides its names
LONGEST_DATE = 80  # letters
ANCESTORS = 3

_NAME = re.compile(r"[A-Za-z_][A-Za-z_-]*")  # of a class or id: one with a digit is often of one page alone
_VALUE = re.compile(r"[\w:. -]{1,60}", re.ASCII)
_ATTRIBUTES = ("itemprop", "rel", "data-testid", "data-qa")
_ALONE = frozenset({"h1", "time", "address"})  # elements of which a page has few
_NOT_SHOWN = frozenset({"script", "style", "title", "html", "head", "body", "noscript"})


def selectors_for(
    content: bytes, charset: str | None, field: str, wanted: Any, said: Any, fetched: datetime
) -> tuple[str, ...]:
    """Return the selectors whose first element holds the wanted value, those that promise to hold elsewhere first.

    Args:
        field, wanted, said: As corrections have them: what holds, and what was read.
        fetched: When the page was fetched; aware.

    Raises:
        ExtractError: The page cannot be parsed.
    """
    soup = _soup(content, charset)
    holds = _test(Field(field), wanted, said, fetched)
    if soup is None or holds is None:
        return ()
    found = [(text, tag) for tag in soup.find_all(True) if tag.name not in _NOT_SHOWN and holds(text := text_of(tag))]
    found.sort(key=lambda pair: len(pair[0]))
    accepted: list[str] = []
    tried: set[str] = set()
    for _, tag in found[:MAX_ELEMENTS]:
        for selector in _selectors(tag):
            if selector in tried:
                continue
            if len(tried) >= MAX_TRIED or len(accepted) >= MAX_SELECTORS:
                return tuple(accepted)
            tried.add(selector)
            if holds(first_text(soup, selector) or ""):
                accepted.append(selector)
    return tuple(accepted)


def texts_at(content: bytes, charset: str | None, selectors: tuple[str, ...]) -> tuple[str | None, ...]:
    """Return the text that each selector finds on a page; None where it finds nothing.

    Raises:
        ExtractError: The page cannot be parsed.
    """
    soup = _soup(content, charset)
    return tuple(None if soup is None else first_text(soup, selector) for selector in selectors)


def _soup(content: bytes, charset: str | None) -> "BeautifulSoup | None":
    from bs4 import BeautifulSoup  # loaded for those who want a rule

    tree = parse(content, charset)
    return None if tree is None else BeautifulSoup(etree.tostring(tree, encoding="unicode"), "lxml")


def _test(field: Field, wanted: Any, said: Any, fetched: datetime) -> Callable[[str], bool] | None:
    """Return what says whether a text is the wanted value; None: nothing is wanted that an element could hold."""
    value = read_value(field, wanted)
    if not value:
        return None
    if field is Field.AUTHORS:
        names = [clean(each.name).casefold() for each in value]
        before = [clean(each.name).casefold() for each in (read_value(field, said) if said else ())]
        wrong = [name for name in before if not any(name in right for right in names)]
        longest = sum(map(len, names)) + MORE_THAN_NAMES
        return lambda text: (
            len(text) <= longest
            and all(name in text.casefold() for name in names)
            and not any(name in text.casefold() for name in wrong)
        )
    if field is Field.PUBLISHED:
        return _date_test(wanted, fetched)
    text_wanted = clean(value).casefold()
    return lambda text: text.casefold() == text_wanted


def _date_test(wanted: Any, fetched: datetime) -> Callable[[str], bool]:
    known: dict[str, bool] = {}

    def holds(text: str) -> bool:
        if text not in known:
            may_be = 4 <= len(text) <= LONGEST_DATE and any(map(str.isdigit, text)) and len(known) < MAX_DATES
            found = read_date(text, origin="selector", now=fetched) if may_be else None
            if not may_be:
                return False
            known[text] = found is not None and agrees(Field.PUBLISHED, wanted, date_value(found))
        return known[text]

    return holds


def _selectors(tag: "Tag") -> Iterator[str]:
    """Give the selectors that may find an element, the most telling first."""
    if tag.name == "meta":
        yield from (
            f'meta[{key}="{value}"]' for key in ("property", "name", "itemprop") if (value := _value_of(tag, key))
        )
        return
    own = [f'{tag.name}[{key}="{value}"]' for key in _ATTRIBUTES if (value := _value_of(tag, key))]
    classes = _classes(tag)
    own += [f"{tag.name}.{name}" for name in classes]
    if len(classes) > 1:
        own.append(f"{tag.name}.{'.'.join(classes)}")
    if name := _id_of(tag):
        own.append(f"#{name}")
    if tag.name in _ALONE:
        own.append(tag.name)
    yield from own
    within = own[:1] or [tag.name]
    for above in list(tag.parents)[:ANCESTORS]:
        holders = [f".{name}" for name in _classes(above)] + [f"#{name}" for name in [_id_of(above)] if name]
        if above.name in {"article", "header", "main"}:
            holders.append(above.name)
        yield from (f"{holder} {inner}" for holder in holders for inner in within)


def _classes(tag: "Tag") -> list[str]:
    found = tag.get("class") or []
    names = found.split() if isinstance(found, str) else found
    return [name for name in names if _NAME.fullmatch(name)][:4]


def _id_of(tag: "Tag") -> str | None:
    name = tag.get("id")
    return name if isinstance(name, str) and _NAME.fullmatch(name) else None


def _value_of(tag: "Tag", key: str) -> str | None:
    value = tag.get(key)
    value = " ".join(value) if isinstance(value, list) else value
    return value if value and _VALUE.fullmatch(value) else None

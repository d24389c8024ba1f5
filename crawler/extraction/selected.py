"""A source's own selectors -> the texts they find; they override whatever we would have found.

CSS is read with BeautifulSoup over the whole page: its tree costs more than all other reading together, so it is built
only for the sources that have such selectors.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from crawler.markup.selectors import is_xpath, values_of
from crawler.text import clean
from crawler.values import Selectors

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

MAX_CHARS = 2_000


@dataclass(frozen=True, slots=True)
class Selected:
    """What the selectors of a source found; None where there is none, or it found nothing."""

    headline: str | None = None
    standfirst: str | None = None
    byline: str | None = None
    published: str | None = None
    section: str | None = None


def select(tree: etree._Element, selectors: Selectors) -> Selected:
    """Apply a source's selectors to a page."""
    wanted = {name: selector for name in Selected.__slots__ if (selector := getattr(selectors, name))}
    if not wanted:
        return Selected()
    styles = {name: selector for name, selector in wanted.items() if not is_xpath(selector)}
    found = {name: _by_path(tree, selector) for name, selector in wanted.items() if name not in styles}
    if styles:
        from bs4 import BeautifulSoup  # loaded for the sources that need it

        soup = BeautifulSoup(etree.tostring(tree, encoding="unicode"), "lxml")
        found |= {name: first_text(soup, selector) for name, selector in styles.items()}
    return Selected(**found)


def _by_path(tree: etree._Element, selector: str) -> str | None:
    """Return the first text an XPath selector finds: an attribute's, a function's, or an element's."""
    for value in values_of(tree, selector):
        if isinstance(value, str):
            text = value
        else:
            text = value.get("content") or value.get("datetime") or " ".join(map(str, value.itertext()))
        if text := clean(text)[:MAX_CHARS]:
            return text
    return None


def first_text(soup: "BeautifulSoup", selector: str) -> str | None:
    """Return the text of the first element a selector finds; None: it finds none, or one without text."""
    from bs4 import Tag
    from soupsieve import SelectorSyntaxError

    try:
        found = soup.select_one(selector)
    except SelectorSyntaxError:  # the config reader refuses these; a selector given by hand may still be wrong
        return None
    return text_of(found) or None if isinstance(found, Tag) else None


def text_of(found: "Tag") -> str:
    """Return the text of an element; of a meta tag its content, of a time its datetime."""
    written = found.get("content") or found.get("datetime")
    text = written if isinstance(written, str) else found.get_text(" ")
    return clean(text)[:MAX_CHARS]

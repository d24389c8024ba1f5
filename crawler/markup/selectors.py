"""A source's own selectors -> the part of a page that is its body, and what to leave out.

They override what we would find. A selector is CSS, or XPath after `xpath:`. BeautifulSoup reads CSS, on the pages of
sources that have some: its tree costs more than everything else we do to a page; lxml reads XPath.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from lxml import etree

from corpus.errors import ExtractError
from corpus.outline.selectors import XPATH
from corpus.reasons import Reason
from corpus.texts import text as sentence
from crawler.markup.tree import parse_text
from crawler.values import Selectors

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

MAX_PARTS = 500  # elements one selector may match


def has_parts(selectors: Selectors) -> bool:
    """Whether a source says where its body is, or what to remove."""
    return bool(selectors.body or selectors.remove or selectors.replaced)


def select_parts(markup: str, selectors: Selectors) -> tuple[str, str | None]:
    """Return the page without what is to be removed, and the body's own markup; None when it has no such element.

    Raises:
        ExtractError: `bad-selector`, naming it.
    """
    for old, new in selectors.replaced:
        markup = markup.replace(old, new)
    paths = [selector for selector in selectors.remove if is_xpath(selector)]
    if paths and (tree := parse_text(markup)) is not None:
        for element in [element for path in paths for element in elements(tree, path)]:
            _drop(element)
        markup = written(tree)
    styles = [selector for selector in selectors.remove if not is_xpath(selector)]
    body = selectors.body
    if body and is_xpath(body) and not styles:
        return markup, _joined(map(written, _found(markup, body)))
    if not styles and not body:
        return markup, None
    # Loaded for the sources that need it: it takes as long as all rules of dates.
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(markup, "lxml")
    for selector in styles:
        for part in _select(soup, selector):
            part.extract()
    if body and is_xpath(body):
        markup = str(soup)
        return markup, _joined(map(written, _found(markup, body)))
    return str(soup), _joined(map(str, _select(soup, body))) if body else None


def is_xpath(selector: str) -> bool:
    """Whether a selector is XPath, not CSS."""
    return selector.startswith(XPATH)


def values_of(tree: etree._Element, selector: str) -> list[Any]:
    """Return what the first alternative of an XPath selector that finds something finds: elements, or texts.

    Raises:
        ExtractError: `bad-selector`, naming it.
    """
    for path in selector.split("\n"):
        try:
            found = tree.xpath(path.removeprefix(XPATH).strip(), smart_strings=False)
        except etree.XPathError as error:
            raise ExtractError(Reason.BAD_SELECTOR, _fault(path, error)) from error
        values = list(found)[:MAX_PARTS] if isinstance(found, list) else [found] if isinstance(found, str) else []
        if values:
            return values
    return []


def elements(tree: etree._Element, selector: str) -> list[etree._Element]:
    """Return the elements an XPath selector finds, without those within others: they would be read twice."""
    found = [value for value in values_of(tree, selector) if hasattr(value, "iterancestors")]
    chosen = set(found)
    return [element for element in found if chosen.isdisjoint(element.iterancestors())]


def faults(selector: str) -> Iterator[str]:
    """Give what is wrong with a selector; nothing when it can be read."""
    for path in selector.split("\n") if is_xpath(selector) else ():
        try:
            etree.XPath(path.removeprefix(XPATH).strip())
        except etree.XPathError as error:
            yield f'"{path}" is no XPath: {error}'
    if not is_xpath(selector):
        import soupsieve

        try:
            soupsieve.compile(selector)
        except (soupsieve.SelectorSyntaxError, ValueError, TypeError) as error:
            yield f'"{selector}" is no CSS selector: {error}'.split("\n")[0]


def written(element: etree._Element) -> str:
    """Return an element's markup."""
    return etree.tostring(element, encoding="unicode", method="html", with_tail=False)


def _found(markup: str, selector: str) -> list[etree._Element]:
    tree = parse_text(markup)
    return [] if tree is None else elements(tree, selector)


def _joined(parts: Iterator[str]) -> str | None:
    return "".join(f"<div>{part}</div>" for part in parts) or None


def _drop(element: etree._Element) -> None:
    """Take an element out of its tree; the text after it stays."""
    above, before = element.getparent(), element.getprevious()
    if above is None:
        return
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        above.text = (above.text or "") + element.tail
    above.remove(element)


def _fault(selector: str, error: Exception) -> str:
    first = selector.split("\n")[0]
    return sentence('selector "{selector}": {why}', selector=first, why=str(error).split("\n")[0])


def _select(soup: "BeautifulSoup", selector: str) -> "list[Tag]":
    try:
        found = soup.select(selector, limit=MAX_PARTS)
    except Exception as error:  # soupsieve's own classes, and ValueError, TypeError for what is no CSS at all
        raise ExtractError(Reason.BAD_SELECTOR, _fault(selector, error)) from error
    # A match within a match would say its text twice.
    chosen = set(map(id, found))
    return [element for element in found if not any(id(parent) in chosen for parent in element.parents)]

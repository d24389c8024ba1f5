"""A source's own CSS selectors -> the part of a page that is its body, and what to leave out.

They override what we would find. BeautifulSoup reads them, on the pages of sources that have some: its tree
costs more than everything else we do to a page.
"""

from bs4 import BeautifulSoup, Tag

from corpus.errors import ExtractError
from corpus.reasons import Reason
from crawler.values import Selectors

MAX_PARTS = 500  # elements one selector may match


def has_parts(selectors: Selectors) -> bool:
    """Whether a source says where its body is, or what to remove."""
    return bool(selectors.body or selectors.remove)


def select_parts(markup: str, selectors: Selectors) -> tuple[str, str | None]:
    """Return the page without what is to be removed, and the body's own markup; None when it has no such element.

    Raises:
        ExtractError: `bad-selector`, naming it.
    """
    soup = BeautifulSoup(markup, "lxml")
    for selector in selectors.remove:
        for element in _select(soup, selector):
            element.extract()
    parts = _select(soup, selectors.body) if selectors.body else []
    body = "".join(f"<div>{part}</div>" for part in parts) if parts else None
    return str(soup), body


def _select(soup: BeautifulSoup, selector: str) -> list[Tag]:
    try:
        found = soup.select(selector, limit=MAX_PARTS)
    except Exception as error:  # soupsieve's own classes, and ValueError, TypeError for what is no CSS at all
        raise ExtractError(Reason.BAD_SELECTOR, f'selector "{selector}": {error}'.split("\n")[0]) from error
    # A match within a match would say its text twice.
    chosen = set(map(id, found))
    return [element for element in found if not any(id(parent) in chosen for parent in element.parents)]

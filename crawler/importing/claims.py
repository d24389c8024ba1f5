"""A saved page, read, and the address it claims -> the address it is filed under.

What the program that saved it wrote is believed. What the page itself claims is believed until another page with
another headline claims the same: a template that gives every page one address would make one article of them all.
"""

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlsplit

from corpus.model import Article, StoredArticle
from crawler.importing.items import ImportItem
from crawler.text import clean


class Claims:
    """Settles addresses in the order in which pages come.

    Args:
        stored: Canonical URL -> the article the store has under it.
    """

    def __init__(self, stored: Callable[[str], StoredArticle | None]) -> None:
        self._stored = stored
        self._headlines: dict[str, str] = {}  # of the pages of this run, by the address they claimed

    def settle(self, item: ImportItem, article: Article) -> tuple[Article, str | None]:
        """Return the article under the address it is filed under, and what is to be said of that."""
        address = item.item.url if item.item is not None and hasattr(item.item, "url") else article.url
        if article.url != address and not _is_same_page(article.url, address):
            article = replace(article, url=address)
        if item.claim is None or item.claim.by_saver or item.own_url is None:
            return article, None
        headline = _folded(article.headline)
        known = self._headlines.setdefault(address, headline)
        stored = self._stored(address)
        if known == headline and (stored is None or stored.withdrawn or _folded(stored.article.headline) == headline):
            return article, None
        said = f"{item.place}: its {item.claim.rule} {address} is another page's: it is known by its content"
        return replace(article, url=item.own_url, fetched_url=None), said


def _folded(headline: str | None) -> str:
    return clean(headline or "").casefold()


def _is_same_page(one: str, other: str) -> bool:
    """Do two URLs differ in scheme, `www.` and a last slash only?"""
    return _bare(one) == _bare(other)


def _bare(url: str) -> tuple[str, str, str]:
    parts = urlsplit(url)
    return parts.netloc.removeprefix("www."), parts.path.rstrip("/"), parts.query

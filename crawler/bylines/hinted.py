"""The names a feed gives -> authors, for a page that names nobody."""

from corpus.model import Author
from crawler.bylines.text import read_byline

MAX_AUTHORS = 20


def authors_of_feed(names: tuple[str, ...], outlets: frozenset[str]) -> tuple[Author, ...]:
    """Return the authors a feed names, once each; the paper itself, by its folded names, is none of them."""
    found: dict[str, Author] = {}
    for name in names[:MAX_AUTHORS]:
        for author in read_byline(name, outlets=outlets).authors:
            found.setdefault(author.key, author)
    return tuple(found.values())

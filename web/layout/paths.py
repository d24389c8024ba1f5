"""The address of each thing that has a page of its own."""

from corpus.model import StoredArticle
from web.layout.render import slug
from web.layout.state import address


def article_path(stored: StoredArticle) -> str:
    """Return the one address of an article: its mark, and what it is about."""
    words = slug(stored.article.headline)
    return f"/a/{stored.mark}-{words}" if words else f"/a/{stored.mark}"


def diff_path(mark: str, old: int, new: int) -> str:
    """Return the address of what changed between two revisions."""
    return f"/a/{mark}/diff/{old}..{new}"


def source_path(name: str) -> str:
    """Return the address of a source."""
    return address(
        f"/sources/{name.replace('%', '%25').replace('/', '%2F').replace('?', '%3F').replace('#', '%23')}", []
    )


def author_path(key: str) -> str:
    """Return the address of an author's profile."""
    return f"/authors/{key}"

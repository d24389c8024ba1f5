"""An address -> the row of its article, found by the mark that is made of the address; no index has addresses.

Of two addresses that would share a mark, the later one has a longer mark, which begins with the shorter.
"""

from functools import lru_cache

from corpus.marks import ALPHABET, mark
from corpus.store.file.rows import text

HAS_URL = "a.mark BETWEEN ? AND ? AND a.url = ?"  # with `of_url` as its parameters

_BEHIND = chr(ord(max(ALPHABET)) + 1)


@lru_cache(maxsize=256)  # a write asks for one address several times
def of_url(url: str) -> tuple[str, str, str]:
    """Return the first and the last mark that an address may have, and the address as it is stored."""
    url = text(url)
    shortest = mark(url)
    return shortest, shortest + _BEHIND, url


def has_url_of(column: str) -> str:
    """Return the condition that article `a` has the address in another table's column.

    A query joins that table first (`CROSS JOIN`), as SQLite cannot know how few articles share a mark.
    """
    return f"a.mark BETWEEN mark_of({column}) AND mark_of({column}) || '{_BEHIND}' AND a.url = {column}"


def mark_of(url: object) -> str | None:
    """Return the shortest mark of an address, as queries ask for it; None of what is no text."""
    return mark(url) if isinstance(url, str) else None

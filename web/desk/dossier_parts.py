"""A long dossier -> the part of it that one page shows, and the addresses of the others."""

from collections.abc import Callable

from indexer.query.parameters import whole_number
from web.layout.render import number

ON_A_PAGE = 100  # articles


def first_of(typed: str, count: int) -> int:
    """Return where the page begins, from 0, of a place as typed."""
    at = (whole_number(typed) or 1) - 1
    return at // ON_A_PAGE * ON_A_PAGE if 0 < at < count else 0


def parts(count: int, first: int, address: Callable[[str], str]) -> list[tuple[str, str | None]]:
    """Return the pages of a long dossier: which articles, and the address; None: the page that is shown.

    Args:
        address: The place of a page's first article, from 1 -> the address of the page.
    """
    return [
        (f"{number(at + 1)}–{number(min(at + ON_A_PAGE, count))}", None if at == first else address(str(at + 1)))
        for at in range(0, count, ON_A_PAGE)
    ]

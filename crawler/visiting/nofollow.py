"""A list whose page asks that none of its links is followed -> the list without them.

Feeds and sitemaps that the page's head, robots.txt or a usual address names are no links of it, and stay.
"""

from dataclasses import replace
from datetime import datetime

from corpus.model import Discovered, LeftOut, UrlKind
from corpus.reasons import Reason
from corpus.via import Via
from crawler.dates.unavailable_after import past_at
from crawler.discovery.guesses import WAYS_IN
from crawler.discovery.links import as_left_out
from crawler.fetching import robots
from crawler.values import Listing, Response

_PAGES = frozenset({UrlKind.HOME, UrlKind.SECTION})


def obeying(listing: Listing, kind: UrlKind, response: Response, now: datetime, *, name: str) -> Listing:
    """Return what may be followed of a list; what its page asks not to follow is left out by that reason, its note.

    Args:
        kind: What the list is; only a page can ask so.
        name: The crawler's, by which a directive may name us.
    """
    if kind not in _PAGES or "nofollow" not in robots.page_directives(
        response.headers, response.content, past_at(now), name
    ):
        return listing
    out = tuple(as_left_out(item, Reason.NOFOLLOW) for item in listing.found if not _is_beside(item))
    found = tuple(item for item in listing.found if _is_beside(item))
    if listing.next is not None:
        out += (LeftOut(url=listing.next, reason=Reason.NOFOLLOW, via=Via.NEXT_PAGE, parent=response.address),)
    notes = (Reason.NOFOLLOW, *listing.notes)
    return replace(listing, found=found, next=None, left_out=(*listing.left_out, *out), notes=notes)


def _is_beside(item: Discovered) -> bool:
    return item.kind in WAYS_IN and item.via != Via.LINK

"""A saved search -> the address of its feed, and the address that pauses it: both work without signing in.

An address holds the numbers of searches and a signature that only this archive can make, so nothing of it is stored.
"""

import hmac
import re
from collections.abc import Iterable

from corpus.store import ArticleStore
from corpus.store.desk.saved import SavedSearch
from web.desk.signatures import signature

_SEALED = re.compile(r"(\d{1,18}(?:\.\d{1,18}){0,99})-([0-9a-f]{32})")

FEED = "/saved/feeds/"
PAUSE = "/saved/pause/"


def feed_path(search: SavedSearch, secret: bytes) -> str:
    """Return the address of a search's feed."""
    return f"{FEED}{search.id}-{signature(secret, 'feed', (search.id, search.feed))}.atom"


def pause_path(searches: Iterable[SavedSearch], secret: bytes) -> str:
    """Return the address at which the recipient of a message pauses searches."""
    ids = sorted(each.id for each in searches)
    return f"{PAUSE}{'.'.join(map(str, ids))}-{signature(secret, 'pause', ids)}"


def feed_of(store: ArticleStore, name: str) -> SavedSearch | None:
    """Return the search whose feed's address has a name; None: it is none, or another took its place."""
    found = _SEALED.fullmatch(name)
    search = store.saved.get(int(found[1])) if found and "." not in found[1] else None
    if found is None or search is None:
        return None
    right = signature(store.audit.secret, "feed", (search.id, search.feed))
    return search if hmac.compare_digest(right, found[2]) else None


def paused_by(store: ArticleStore, name: str) -> list[SavedSearch]:
    """Return the searches that an address pauses, deleted ones left out; none: the address is none of ours."""
    found = _SEALED.fullmatch(name)
    if found is None:
        return []
    ids = [int(each) for each in found[1].split(".")]
    if not hmac.compare_digest(signature(store.audit.secret, "pause", ids), found[2]):
        return []
    searches = (store.saved.get(id) for id in ids)
    return [each for each in searches if each is not None and each.deleted is None]

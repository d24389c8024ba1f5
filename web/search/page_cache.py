"""A request, and what pages are made of -> the page made for the same request a moment ago, while nothing has changed.

A page is of use again when who asks and every header that could bear on it are the same, the index answers from the
same position, the store's files are as they were, and it was made less than FRESH seconds before: what a page says of
other files (the configuration, a crawl that runs) is never older. A page of a search that was cut off is made again.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import NamedTuple

from flask import Request, current_app, request
from werkzeug.wrappers import Response

from web.languages.choice import current
from web.layout.services import current_services
from web.layout.who import Right, may, may_watch, who_asks
from web.processes.states import in_state

FRESH = 5.0  # seconds; the totals on every page are as old
PAGES = 64  # of some 30 to 100 kB
LONGEST = 300_000  # characters of a page that is cached
ASIDE = frozenset(  # headers that change with each request, or say how the answer is to be sent, as WSGI names them
    f"HTTP_{name}"
    for name in (
        "IF_NONE_MATCH IF_MODIFIED_SINCE ACCEPT_ENCODING CACHE_CONTROL PRAGMA CONNECTION REFERER USER_AGENT "
        "CONTENT_LENGTH PRIORITY SEC_FETCH_SITE SEC_FETCH_MODE SEC_FETCH_USER SEC_FETCH_DEST"
    ).split()
)
EXTENSION = "pressmark.pages"


class _Made(NamedTuple):
    at: float
    page: str


class Pages:
    """Pages by what they were made of; threads share them."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._pages: OrderedDict[Hashable, _Made] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> str | None:
        """Return the page made of the same less than FRESH seconds ago, or None."""
        with self._lock:
            found = self._pages.get(key)
        return found.page if found and self._clock() - found.at < FRESH else None

    def put(self, key: Hashable, page: str) -> None:
        """Cache a page that is not too long."""
        with self._lock:
            self._pages[key] = _Made(self._clock(), page)
            self._pages.move_to_end(key)
            while len(self._pages) > PAGES:
                self._pages.popitem(last=False)


def cached(make: Callable[[], Response | str]) -> Response | str:
    """Return what a view makes of the request, or the page that it made of the same a moment ago."""
    state = _state()
    if state is None:
        return make()
    key = _request(), state
    made_before = current_app.extensions
    pages: Pages = made_before.get(EXTENSION) or made_before.setdefault(EXTENSION, Pages())
    found = pages.get(key)
    services = current_services()
    if found is not None:
        services.count_search("page")
        return found
    partial = services.searched("partial")  # of all threads: a page too many is made again, and none too few
    with in_state(state.store, state.position):
        made = make()
    is_whole = services.searched("partial") == partial
    if is_whole and isinstance(made, str) and len(made) <= LONGEST:
        pages.put(key, made)  # where something changed meanwhile, nobody asks for it by that state any more
    return made


def _request() -> Hashable:
    """Who asks for which page, and how."""
    sent: Request = request._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - as services.py says
    environ = sent.environ
    headers = tuple(sorted([(name, environ[name]) for name in environ if name[:5] == "HTTP_" and name not in ASIDE]))
    asks = who_asks(), may_watch(), may(Right.KEEP), may(Right.EDIT), may(Right.RULE)  # headers alone do not say who
    return asks, headers, current().code, sent.remote_addr, sent.scheme, sent.root_path, sent.full_path


class _State(NamedTuple):
    position: int
    store: Hashable
    config: int  # which configuration holds
    minute: int  # of the clock


def _state() -> _State | None:
    """What a page is made of; None when that cannot be seen: the store is elsewhere."""
    services = current_services()
    if services.federation is not None or request.method != "GET":
        return None
    minute = int(services.now().timestamp()) // 60
    return _State(services.engine.position, services.store.state, id(services.config), minute)

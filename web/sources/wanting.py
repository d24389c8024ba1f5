"""What somebody wants of the scheduler -> a request in the store; what is said of it, and what undoes it."""

import re
from collections.abc import Sequence
from typing import Any

from werkzeug.exceptions import NotFound

from corpus.errors import StoreLocked
from corpus.runs.absence import is_alive
from corpus.store.crawls.requests import CrawlRequest, RequestKind
from corpus.texts import text, texts
from indexer.results.addressed import address_of
from web.layout.problems import NotAllowed, TooLate
from web.layout.services import current_services
from web.layout.who import who_asks

LONGEST_ADDRESS = 2000  # characters
_FEED = re.compile(r"\s*feed:/*", re.IGNORECASE)  # a scheme of feeds' own; what follows is the address


def not_paused(name: str) -> str:
    """Return the name of a source that may be crawled.

    Raises:
        NotFound: There is none of that name.
        NotAllowed: It is paused.
    """
    services = current_services()
    if services.config.source(name) is None:
        raise NotFound
    if name in services.store.schedule.paused():
        raise NotAllowed(text("{source} is paused: resume it first.", source=name))
    return name


def want_crawl(names: Sequence[str]) -> list[tuple[CrawlRequest, bool]]:
    """Write down that sources are to be crawled now; return each request, and whether it is new.

    Raises:
        NotAllowed: Crawls are off, or there are no sources.
    """
    services = current_services()
    if not services.config.crawler.contact:
        raise NotAllowed(text("Crawls are off until [crawler] contact in config.toml says how sites can reach you."))
    if not names:
        raise NotAllowed(text("All of these sources are paused; nothing is crawled."))
    return [services.store.requests.add(RequestKind.CRAWL, name, who_asks().name, services.now()) for name in names]


def wanted(names: Sequence[str], made: Sequence[tuple[CrawlRequest, bool]]) -> tuple[str, dict[str, Any] | None]:
    """Say that crawls are wanted, and what undoes that; None: all of them were wanted already."""
    new = [each.id for each, is_new in made if is_new]
    what = names[0] if len(names) == 1 else texts("{n:,} source", "{n:,} sources", len(names))
    if not new:
        return text("A crawl of {what} is wanted already.", what=what), None
    if scheduler_is_alive():
        words = text("A crawl of {what} is wanted: the scheduler begins it in a moment.", what=what)
    else:
        words = text("A crawl of {what} is wanted: no scheduler is alive, so it waits for one, for a day.", what=what)
    return words, {"kind": "request made", "ids": new}


def want_look(typed: str) -> CrawlRequest:
    """Write down that a site is to be looked at.

    Raises:
        NotAllowed: Sites are not asked, it is no address, or too many looks wait.
    """
    services = current_services()
    if not services.config.crawler.contact:
        raise NotAllowed(
            text("Sites are not asked until [crawler] contact in config.toml says how they can reach you.")
        )
    if len(typed) > LONGEST_ADDRESS or address_of(_FEED.sub("", typed)) is None:
        raise NotAllowed(
            text("“{typed}” is no address: expected one such as https://gazette.example.", typed=typed[:100])
        )
    try:
        made, _ = services.store.requests.add(RequestKind.LOOK, typed, who_asks().name, services.now())
    except StoreLocked as error:
        raise NotAllowed(f"{error}.") from error
    return made


def cancelled(id: int) -> str:
    """Cancel a request that waits, and say so.

    Raises:
        TooLate: It does not wait any more.
    """
    services = current_services()
    if not services.store.requests.cancel(request_of(id).id, services.now()):
        raise TooLate(text("This request does not wait any more: a scheduler has taken it up, or it has ended."))
    return text("The request is cancelled.")


def request_of(id: int) -> CrawlRequest:
    """Return a request by its number.

    Raises:
        NotFound: There is none.
    """
    found = current_services().store.requests.get(id)
    if found is None:
        raise NotFound
    return found


def scheduler_is_alive() -> bool:
    """Whether a scheduler is at work that takes requests up."""
    services = current_services()
    return is_alive(services.store.schedule.alive(), services.now())

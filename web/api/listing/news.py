"""What is new in one's saved searches, as data: `/saved/new.json` and `/saved/new.csv`."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from flask import Response, after_this_request

from corpus.model import StoredArticle
from web.api.listing.whole import lacking
from web.desk.counted_search import SINCE, CountedSearch, entered_in, moment_of
from web.desk.saved_page import mine
from web.layout.paths import article_path, choice_of
from web.layout.render import iso
from web.layout.services import current_services

COLUMNS = ("id", "headline", "authors", "published", "source", "section", "language", "url", "entered", "searches",
           "path")  # fmt: skip
_PART = 500  # articles read at once


def records(most: int) -> list[dict[str, Any]]:
    """Return the articles that entered since `since=` of the address, the last one first, each with its searches.

    Args:
        most: No more articles are read.
    """
    services = current_services()
    moment = moment_of(choice_of("since", SINCE), services.now().astimezone(services.zone))
    searches = [CountedSearch(each) for each in mine() if each.paused is None]
    if uncounted := [str(each.search.id) for each in searches if each.problem]:
        after_this_request(partial(_lacking, uncounted))
    new = entered_in(searches, moment)
    return [
        {**_record(stored), "searches": [each.name for each in new[stored.id]]}
        for stored in _stored(sorted(new, reverse=True)[:most])
    ]


def _lacking(searches: Sequence[str], reply: Response) -> Response:
    """Say in headers that the list has nothing of some searches, which cannot be counted, and of which."""
    reply.headers["Pressmark-Uncounted"] = ", ".join(searches)
    return lacking(reply)


def _stored(ids: list[int]) -> Iterator[StoredArticle]:
    for first in range(0, len(ids), _PART):
        found: Iterable[StoredArticle] = current_services().store.heads(ids[first : first + _PART]).values()
        yield from (each for each in found if each.withdrawn is None)


def _record(stored: StoredArticle) -> dict[str, Any]:
    each, zone = stored.article, current_services().zone
    return {
        "id": stored.mark,
        "headline": each.headline,
        "authors": [author.name for author in each.authors],
        "published": iso(each.published, zone) if each.published else None,
        "source": each.source,
        "section": each.section,
        "language": each.language,
        "url": each.url,
        "entered": iso(stored.first_seen, zone),
        "path": article_path(stored),
    }

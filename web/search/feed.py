"""A search to follow with a feed reader: `/search.atom`, what entered the corpus last first, in pages (RFC 5005)."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, render_template

from corpus.iso_dates import iso_day, rfc3339
from corpus.model import StoredArticle
from corpus.runs.emptiness import nothing_yet
from corpus.texts import text
from indexer.contract.values import Sort
from indexer.results.present import ShownHit, headline, present
from web.languages.wording import said
from web.layout.hosts import root
from web.layout.paths import article_path
from web.layout.render import number, one_line
from web.layout.services import current_services
from web.layout.state import State
from web.layout.who import is_of_the_archive
from web.search.request import SearchRequest, search_of_address

blueprint = Blueprint("feed", __name__)

ENTRIES = 50  # of one page of a feed
LAST_PAGE = 200  # of one feed: 10,000 articles; who wants all of them takes an export


@blueprint.get("/search.atom")
def atom() -> Response:
    """Give the articles of a search that entered the corpus last; `page=2` and so on give those before them."""
    return feed_of(search_of_address(commands=False))


def feed_of(found: SearchRequest, *, title: str | None = None, path: str | None = None) -> Response:
    """Return a page of the feed of a search.

    Args:
        title: What the feed is called; None: as the search is typed, or read.
        path: The address of a feed of its own, which hides the search; None: that of the search.
    """
    services = current_services()
    state = found.state.but(page=min(found.query.page, LAST_PAGE), sort=None, per_page=None)
    query = found.query._replace(
        page=state.page,
        facets=(),
        interval=None,
        suggests=False,
        folded=False,
        sort=Sort.ADDED,
        per_page=ENTRIES,
    )
    results = services.search(query).results
    shown = present(results, query, services.store)
    entries = [_entry(hit) for hit in shown.hits]
    most = ENTRIES * LAST_PAGE
    cut = [f"The last {number(most)} of {number(results.total)} articles"] if results.total > most else []
    empty = [] if results.total else [*filter(None, [_nothing_yet()])]
    made = render_template(
        "feed.xml",
        id=_tag((path or state.but(page=1).url("/search.atom")).lstrip("/")),
        title=title or state.q or shown.read_as,
        cut="; ".join((*empty, *found.notes, *cut, *shown.cut)),
        page_url=root() + state.but(page=1).url(),
        updated=max((each["updated"] for each in entries), default="1970-01-01T00:00:00+00:00"),
        links=list(_links(state, results.total, path)),
        entries=entries,
    )
    return Response(made, mimetype="application/atom+xml")


def _nothing_yet() -> str | None:
    """Why the feed of an archive without articles is empty, and what to type for those whose archive it is."""
    services = current_services()
    totals = services.store.totals()
    if totals.articles or services.federation is not None:
        return None
    if not is_of_the_archive():
        return said(text("There are no articles in this archive yet."))
    why = nothing_yet(articles=0, sources=len(services.config.sources), crawled=totals.last_run is not None)
    return said(why) if why else None


def updated(stored: StoredArticle) -> datetime:
    """Return when what the archive says of an article last changed: when it came, or when its text was another."""
    return max(stored.first_seen, stored.article.fetched)


def _entry(hit: ShownHit) -> dict[str, Any]:
    article = hit.stored.article
    return {
        "id": _tag(hit.stored.mark),
        "title": one_line(headline(hit.stored)),
        "url": root() + article_path(hit.stored),
        "updated": updated(hit.stored).astimezone(UTC).isoformat(timespec="seconds"),
        "published": None if hit.stored.is_dated_ahead else rfc3339(article.published),  # readers go by it
        "authors": hit.authors,
        "source": article.source,
        "language": article.language,
        "snippet": " … ".join((*_dated_ahead(hit.stored), *(each.text for each in hit.fragments))),
    }


def _dated_ahead(stored: StoredArticle) -> Iterator[str]:
    """Say of an article that is dated later than it came, whose entry has no date of publication, how it is dated."""
    if stored.is_dated_ahead and stored.article.published:
        yield text("Dated {day}, later than it was added", day=iso_day(stored.article.published))


def _tag(name: str) -> str:
    """Return a name that no other archive gives (RFC 4151): the store's token stands where a host would."""
    return f"tag:{current_services().store.history(0) or 'empty'}.pressmark.invalid,2026:{name}"


def _links(state: State, total: int, path: str | None) -> Iterator[tuple[str, str]]:
    """Yield the links to this page of the feed and to its others."""
    last = max(1, min(-(-total // ENTRIES), LAST_PAGE))
    pages = {"self": state.page, "first": 1, "last": last}
    if state.page > 1:
        pages["previous"] = min(state.page - 1, last)
    if state.page < last:
        pages["next"] = state.page + 1
    for name, page in pages.items():
        own = f"{path}?page={page}" if path and page > 1 else path
        yield name, root() + (own or state.but(page=page).url("/search.atom"))

"""Hits and articles -> what a list of them shows: headline, date, mark, byline, snippet."""

from collections.abc import Iterator, Sequence
from datetime import tzinfo
from functools import lru_cache
from typing import Any, NamedTuple

from corpus.model import Precision, StoredArticle
from corpus.texts import text, texts
from indexer.contract.facet_values import site_key
from indexer.contract.facets import FacetName
from indexer.contract.languages import language_name
from indexer.contract.values import Highlighted, Query
from indexer.results.present import ShownHit, headline
from web.languages import formats
from web.languages.choice import current
from web.layout.paths import article_path, diff_path
from web.layout.render import clock, day, iso, one_line, page_day
from web.layout.services import current_services
from web.layout.state import State
from web.search.annotating import added_lines
from web.search.hit_navigation import hit_urls

SNIPPET = 300  # characters shown of a hit's text: two lines or three; beyond it the better fragment stands alone


class Card(NamedTuple):
    """One article in a list."""

    url: str
    mark: str
    iso: str | None
    day: str | None
    headline: Highlighted
    language: str | None
    authors: tuple[tuple[str, str | None], ...]
    facts: tuple[str, ...]
    snippets: tuple[Highlighted, ...]
    copies: str | None = None
    removed: tuple[str, str] | None = None  # where its snippet is from, and the address of what changed
    added: str | None = None  # what readers added: dossiers, tags, notes
    source_url: str | None = None


def shown_hits(hits: Sequence[ShownHit], query: Query, state: State) -> list[Card]:
    """Return the hits of a page of results."""
    aliases, zone = current_services().aliases(), current_services().zone
    first = (query.page - 1) * query.per_page + 1
    chosen = {value for each in query.filters if each.facet is FacetName.AUTHOR for value in each.values}
    url_of = hit_urls(state)
    added = added_lines([hit.stored.id for hit in hits])

    named = len({_language(hit.stored) for hit in hits}) > 1  # one that all share is named beside them, by its filter

    def people(stored: StoredArticle) -> Iterator[tuple[str, str | None]]:
        """The first author leads to all of theirs; more links would be too many to step through."""
        for at, who in enumerate(stored.article.authors):
            key = aliases.get(who.key, who.key)
            yield who.name, _all_of(FacetName.AUTHOR, key) if not at and key not in chosen else None

    return [
        Card(
            url=url_of(hit.stored, rank),
            mark=hit.stored.mark,
            **_when(hit.stored, zone),
            headline=hit.headline,
            language=hit.stored.article.language,
            authors=tuple(people(hit.stored)),
            facts=(*facts(hit.stored, language=named), *_partly_marked(hit)),
            snippets=_snippet(hit),
            copies=_copies(hit),
            removed=_removed(hit),
            added=added.get(hit.stored.id),
        )
        for rank, hit in enumerate(hits, first)
    ]


def card(stored: StoredArticle, *, newest: bool = False) -> Card:
    """Return an article for a list that no search made; `newest`: one of today shows the time."""
    services = current_services()
    article = stored.article
    when = _when(stored, services.zone)
    if newest and article.published and article.published.precision is Precision.MINUTE:
        local = article.published.at.astimezone(services.zone)
        if local.date() == services.now().astimezone(services.zone).date():
            when["day"] = clock(local, services.zone)
    return Card(
        url=article_path(stored),
        mark=stored.mark,
        **when,
        headline=Highlighted(one_line(headline(stored))),
        language=article.language,
        authors=tuple((who.name, None) for who in article.authors),
        facts=facts(stored),
        snippets=(),
        source_url=_all_of(FacetName.SITE, site_key(article.source)),
    )


@lru_cache(maxsize=1024)
def _all_of(facet: FacetName, value: str) -> str:
    """Return the address of all articles with a value of a facet."""
    return State(chosen={facet: (value,)}).url()


def facts(stored: StoredArticle, *, language: bool = True) -> tuple[str, ...]:
    """Return what stands after the byline: site, section, a language that is not the page's, revisions.

    Args:
        language: False: the language is named elsewhere.
    """
    article, code = stored.article, _language(stored)
    said = [article.source, one_line(article.section)]
    if language and code != current().code:
        said.append(language_name(code))
    if stored.revision > 1:
        said.append(texts("{n:,} revision", "{n:,} revisions", stored.revision))
    if stored.copy_of is not None:
        said.append(text("a copy"))
    if stored.is_dated_ahead:
        said.append(text("dated later than it was added"))
    return tuple(filter(None, said))


def _language(stored: StoredArticle) -> str:
    return (stored.article.language or "").partition("-")[0]


def _when(stored: StoredArticle, zone: tzinfo) -> dict[str, Any]:
    published = stored.article.published
    if published is None:
        return {"iso": None, "day": None}
    if published.precision is Precision.MINUTE:
        local = published.at.astimezone(zone).date()
        return {"iso": local.isoformat(), "day": formats.day(local)}
    return {"iso": iso(published, zone)[:10], "day": page_day(published, zone)}


def _copies(hit: ShownHit) -> str | None:
    """Say which other hits tell this text: "and 3 copies in Herald, Post"."""
    if not hit.copies:
        return None
    sources = ", ".join(dict.fromkeys(one_line(each.article.source) for each in hit.copies))
    return texts("and {n:,} copy in {sources}", "and {n:,} copies in {sources}", len(hit.copies), sources=sources)


def _removed(hit: ShownHit) -> tuple[str, str] | None:
    """Say of a text that is gone when it was last seen: "last seen 12 Jan 2026, gone by 14 Jan 2026"."""
    gone = hit.removed
    if gone is None:
        return None
    zone = current_services().zone
    said = text("Last seen {seen}, gone by {gone}", seen=day(gone.seen, zone), gone=day(gone.gone, zone))
    return said, diff_path(hit.stored.mark, gone.revision, gone.replaced_by)


def _partly_marked(hit: ShownHit) -> tuple[str, ...]:
    """Say of a text of which only the beginning is looked through for the words of the query that it shows none."""
    return (text("words are looked for in its first {n:,} characters", n=hit.scanned),) if hit.scanned else ()


def _snippet(hit: ShownHit) -> tuple[Highlighted, ...]:
    """Return the fragments of a hit, which fit its space, or its standfirst where that alone has the query's words."""
    if hit.standfirst and not any(each.spans for each in hit.fragments):
        return (hit.standfirst,) if hit.standfirst.spans or not hit.fragments else hit.fragments
    return hit.fragments

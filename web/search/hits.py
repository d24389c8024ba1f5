"""Hits and articles -> what a list of them shows: headline, date, mark, byline, snippet."""

from collections.abc import Sequence
from datetime import tzinfo
from functools import lru_cache
from typing import NamedTuple

from corpus.model import Author, PageDate, Precision, StoredArticle
from corpus.texts import either, text, texts
from corpus.texts.languages import language_name
from indexer.contract.facet_values import site_key
from indexer.contract.facets import FacetName
from indexer.contract.values import Highlighted, Query
from indexer.results.present import ShownHit, headline
from web.languages import formats
from web.languages.choice import current
from web.layout.paths import article_path, diff_path
from web.layout.render import clock, one_line, page_day
from web.layout.render import day as said_day
from web.layout.render import iso as date_iso
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


Authors = tuple[Author, ...]
Links = tuple[tuple[str, str | None], ...]  # named: Python makes the types of a function within another at each call


class PageLink(NamedTuple):
    """What leads to a page of a list: a number, "Next", or "…", which leads nowhere; `here`: it is shown."""

    text: str
    url: str | None = None
    rel: str | None = None
    here: bool = False


def shown_hits(hits: Sequence[ShownHit], query: Query, state: State) -> list[Card]:
    """Return the hits of a page of results."""
    aliases, zone = current_services().aliases(), current_services().zone
    first = (query.page - 1) * query.per_page + 1
    chosen = {value for each in query.filters if each.facet is FacetName.AUTHOR for value in each.values}
    url_of = hit_urls(state)
    added = added_lines([hit.stored.id for hit in hits])

    languages = [_language(hit.stored) for hit in hits]
    named = len(set(languages)) > 1  # one that all share is named beside them, by its filter

    def people(authors: Authors) -> Links:
        """The first author leads to all of theirs; more links would be too many to step through."""
        if not authors:
            return ()
        first, *others = authors
        key = aliases.get(first.key, first.key)
        url = None if key in chosen else _all_of(FacetName.AUTHOR, key)
        return (first.name, url), *[(who.name, None) for who in others]

    def shown(hit: ShownHit, rank: int) -> Card:
        stored, article = hit.stored, hit.stored.article
        iso, day = _when(article.published, zone)
        said = facts(stored, language=named)
        return Card(
            url_of(stored, rank),
            stored.mark,
            iso,
            day,
            hit.headline,
            article.language,
            people(article.authors),
            (*said, *_lacks(hit), *_partly_marked(hit)) if hit.scanned or hit.lacks else said,
            _snippet(hit),
            _copies(hit) if hit.copies.total else None,
            _removed(hit),
            added.get(stored.id),
        )

    return [shown(hit, rank) for rank, hit in enumerate(hits, first)]


def card(stored: StoredArticle, *, newest: bool = False) -> Card:
    """Return an article for a list that no search made; `newest`: one of today shows the time."""
    services = current_services()
    article = stored.article
    iso, day = _when(article.published, services.zone)
    if newest and article.published and article.published.precision is Precision.MINUTE:
        local = article.published.at.astimezone(services.zone)
        if local.date() == services.now().astimezone(services.zone).date():
            day = clock(local, services.zone)
    return Card(
        url=article_path(stored),
        mark=stored.mark,
        iso=iso,
        day=day,
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
    article = stored.article
    said = [article.source, one_line(article.section)]
    if language and (code := _language(stored)) != current().code:
        said.append(language_name(code))
    if stored.revision > 1:
        said.append(texts("{n:,} revision", "{n:,} revisions", stored.revision))
    if stored.copy_of is not None:
        said.append(text("a copy"))
    if stored.is_dated_ahead:
        said.append(text("dated later than it was added"))
    return tuple([each for each in said if each])


def _language(stored: StoredArticle) -> str:
    return (stored.article.language or "").partition("-")[0]


def _when(published: PageDate | None, zone: tzinfo) -> tuple[str | None, str | None]:
    """The day for programs, and as the page says it."""
    if published is None:
        return None, None
    if published.precision is Precision.MINUTE:
        local = published.at.astimezone(zone).date()
        return local.isoformat(), formats.day(local)
    return date_iso(published, zone)[:10], page_day(published, zone)


def _copies(hit: ShownHit) -> str:
    """Say which other hits tell this text: "and 3 copies in Herald, Post"."""
    sources = ", ".join(map(one_line, hit.copies.sources))
    return texts("and {n:,} copy in {sources}", "and {n:,} copies in {sources}", hit.copies.total, sources=sources)


def _removed(hit: ShownHit) -> tuple[str, str] | None:
    """Say of a text that is gone when it was last seen: "last seen 12 Jan 2026, gone by 14 Jan 2026"."""
    gone = hit.removed
    if gone is None:
        return None
    zone = current_services().zone
    said = text("Last seen {seen}, gone by {gone}", seen=said_day(gone.seen, zone), gone=said_day(gone.gone, zone))
    return said, diff_path(hit.stored.mark, gone.revision, gone.replaced_by)


def _lacks(hit: ShownHit) -> tuple[str, ...]:
    """Say which words of the query an article does not have that has some."""
    return (text("without {words}", words=either(list(hit.lacks))),) if hit.lacks else ()


def _partly_marked(hit: ShownHit) -> tuple[str, ...]:
    """Say of a text of which only the beginning is looked through for the words of the query that it shows none."""
    return (text("words are looked for in its first {n:,} characters", n=hit.scanned),) if hit.scanned else ()


def _snippet(hit: ShownHit) -> tuple[Highlighted, ...]:
    """Return the fragments of a hit, which fit its space, or its standfirst where that alone has the query's words."""
    if hit.standfirst and not any(each.spans for each in hit.fragments):
        return (hit.standfirst,) if hit.standfirst.spans or not hit.fragments else hit.fragments
    return hit.fragments

"""Hits and articles -> what a list of them shows: headline, date, mark, byline, snippet."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from corpus.model import FiledArticle
from indexer.engine import FacetName, Highlighted, Query, Results, TextField
from indexer.languages import language_name
from indexer.snippets import Marker
from web.archive import archive
from web.paths import article_path
from web.render import clock, iso, one_line, page_day, plural
from web.state import State
from web.trail import hit_url

SNIPPET = 300  # signs shown of a hit's text: two lines or three; beyond it the better fragment stands alone
LEAD = 80  # signs of the text that stand in for a headline


@dataclass(frozen=True, slots=True)
class Card:
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


def shown_hits(results: Results, query: Query, state: State) -> list[Card]:
    """Return the page's hits; one withdrawn since the index was written is left out."""
    place = archive()
    marker = Marker(results.readings)
    found = place.store.articles(hit.id for hit in results.hits)
    aliases = place.aliases()
    first = (query.page - 1) * query.per_page + 1
    chosen = {value for each in query.filters if each.facet is FacetName.AUTHOR for value in each.values}
    cards = []
    for rank, hit in enumerate(results.hits, first):
        filed = found.get(hit.id)
        if filed is None or filed.withdrawn is not None:
            continue
        cards.append(_card(filed, marker, hit_url(filed, state, rank), aliases, chosen))
    return cards


def _card(filed: FiledArticle, marker: Marker, url: str, aliases: Any, chosen: set[str]) -> Card:
    article = filed.article
    fragments = marker.fragments(article.body)
    if not any(each.spans for each in fragments) and article.standfirst:
        standfirst = marker.whole(article.standfirst, TextField.STANDFIRST)
        fragments = (standfirst,) if standfirst.spans or not fragments else fragments
    headline_ = marker.whole(article.headline, TextField.HEADLINE) if article.headline else headline(filed)
    people = []
    for at, who in enumerate(article.authors):
        key = aliases.get(who.key, who.key)
        people.append(
            (who.name, State(chosen={FacetName.AUTHOR: (key,)}).url() if not at and key not in chosen else None)
        )
    return Card(
        url=url,
        mark=filed.mark,
        **_when(filed),
        headline=headline_,
        language=article.language,
        authors=tuple(people),
        facts=facts(filed),
        snippets=_short(fragments),
    )


def card(filed: FiledArticle) -> Card:
    """Return an article for a list that no search made."""
    place = archive()
    article = filed.article
    when = _when(filed)
    if (
        article.published
        and article.published.at.astimezone(place.zone).date() == place.now().astimezone(place.zone).date()
    ):
        when["day"] = clock(article.published.at, place.zone)
    return Card(
        url=article_path(filed),
        mark=filed.mark,
        **when,
        headline=headline(filed),
        language=article.language,
        authors=tuple((who.name, None) for who in article.authors),
        facts=facts(filed),
        snippets=(),
    )


def headline(filed: FiledArticle) -> Highlighted:
    """Return the headline; without one, the beginning of the text."""
    article = filed.article
    if article.headline:
        return Highlighted(one_line(article.headline))
    text = one_line(article.body[: LEAD * 4])
    if not text:
        return Highlighted("No headline")
    return Highlighted(text if len(text) <= LEAD else f"{text[:LEAD].rsplit(' ', 1)[0]} …")


def facts(filed: FiledArticle) -> tuple[str, ...]:
    """Return what stands after the byline: site, section, a language that is not the page's, revisions."""
    article = filed.article
    language = language_name((article.language or "").partition("-")[0])
    said = [article.source, one_line(article.section), "" if language == "English" else language]
    if filed.revision > 1:
        said.append(plural(filed.revision, "revision"))
    if filed.copy_of is not None:
        said.append("a copy")
    return tuple(filter(None, said))


def _when(filed: FiledArticle) -> dict[str, str | None]:
    zone = archive().zone
    published = filed.article.published
    if published is None:
        return {"iso": None, "day": None}
    return {"iso": iso(published, zone)[:10], "day": page_day(published, zone)}


def _short(fragments: Sequence[Highlighted]) -> tuple[Highlighted, ...]:
    if sum(len(each.text) for each in fragments) <= SNIPPET:
        return tuple(fragments)
    return (max(fragments, key=lambda each: len(each.spans)),)

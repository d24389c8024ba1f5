"""The start page: the corpus in one line, what came last, searches to try."""

import re
from typing import Any

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response as Reply

from corpus.errors import IndexError_
from corpus.model import StoredArticle
from corpus.store import Totals
from indexer.contract.facets import NONE, FacetName, Filter
from indexer.contract.periods import local_minutes
from indexer.contract.values import Interval, Query, Results, Sort
from web.languages.choice import current
from web.layout.services import current_services
from web.layout.state import State, address
from web.search.first_run import first_run
from web.search.hits import card
from web.search.timeline import months

blueprint = Blueprint("start", __name__)

NEWEST = 5
LETTERS = 5  # of a word that is worth trying
_WORD = re.compile(rf"[^\W\d_]{{{LETTERS},}}")
_PAIR = re.compile(rf"{_WORD.pattern} {_WORD.pattern}")


@blueprint.get("/")
def page() -> Reply | str:
    """Show the corpus in one line, the newest articles and a search box."""
    if request.args.get("q"):
        return redirect(address("/search", request.args.items(multi=True)), 301)
    totals = current_services().totals()
    if not totals.articles:
        return first_run()
    found = _everything()
    newest = _newest(found)
    return render_template(
        "start.html",
        title="",
        here="Search",
        canonical="/",
        desk={"q": "", "articles": totals.articles},
        totals=totals,
        years=_years(totals),
        newest=[card(each, newest=True) for each in newest],
        year=_year(found),
        examples=[(text, State(q=text).url()) for text in _examples(found, _spoken(newest))],
    )


def _years(totals: Totals) -> str | None:
    if totals.first_published is None or totals.last_published is None:
        return None
    first = totals.first_published.astimezone(current_services().zone).year
    last = totals.last_published.astimezone(current_services().zone).year
    last = max(first, min(last, current_services().now().year))  # a wrong date is no news of years to come
    return str(first) if first == last else f"{first}–{last}"


def _everything() -> Results | None:
    """Return all articles by month, with who wrote most and where; None while there is no index."""
    facets = (FacetName.AUTHOR, FacetName.SITE)
    query = Query(sort=Sort.NEWEST, facets=facets, facet_size=2, interval=Interval.MONTH, per_page=NEWEST)
    try:
        return current_services().search(query).results
    except IndexError_:
        return None


def _newest(found: Results | None) -> list[StoredArticle]:
    """Return what was published last; undated articles come after all dated ones."""
    store = current_services().store
    if found is None or not found.hits:
        return store.newest(NEWEST)
    return [
        each
        for each in store.articles((hit.id for hit in found.hits), with_structure=False).values()
        if each.withdrawn is None
    ]


def _spoken(newest: list[StoredArticle]) -> list[StoredArticle]:
    """Return articles in the language of the page to take words from; the newest ones where it has none."""
    own = current().code
    if any(each.article.language == own for each in newest):
        return newest
    query = Query(sort=Sort.NEWEST, filters=(Filter(FacetName.LANGUAGE, (own,)),), per_page=NEWEST)
    try:
        found = current_services().search(query).results
    except IndexError_:
        return newest
    return _newest(found) if found.hits else newest


def _year(found: Results | None) -> dict[str, Any] | None:
    services = current_services()
    if found is None or found.histogram is None:
        return None
    made = months(found.histogram.bars, now=local_minutes(services.now(), services.zone))
    return {"svg": made[0], "caption": made[1]} if made else None


def _examples(found: Results | None, newest: list[StoredArticle]) -> list[str]:
    """Return searches to try, made of this corpus so that each finds something; their words are of one language."""
    top: dict[FacetName, str] = {}
    for facet in found.facets if found else ():
        known = [each.value for each in facet.counts if each.value != NONE]
        top |= {facet.name: known[0]} if known else {}
    spoken = _of_one_language(newest)
    headlines = [each.article.headline or "" for each in spoken]
    words = [word for each in headlines for word in _WORD.findall(each)]
    pairs = [match[0] for each in headlines if (match := _PAIR.search(each))]
    examples = [f'"{pairs[0]}"' if pairs else f'"{words[0]}"'] if words else []
    if others := [word for word in words if word != words[0]]:
        examples.append(f"{others[-1]} OR {words[0]}")
    if FacetName.AUTHOR in top:
        examples.append(f"author:{top[FacetName.AUTHOR]}")
    if FacetName.SITE in top:
        site = top[FacetName.SITE]
        examples.append(
            f"site:{site} -{words[0]}" if words and site in {each.article.source for each in spoken} else f"site:{site}"
        )
    return examples


def _of_one_language(newest: list[StoredArticle]) -> list[StoredArticle]:
    """Return those whose headlines have words to try: in the language of the page, else in that of the newest one."""
    worded = [each for each in newest if _WORD.search(each.article.headline or "")]
    languages = [each.article.language for each in worded]
    wanted = current().code if current().code in languages else next(iter(languages), None)
    return [each for each in worded if each.article.language == wanted]

"""A search -> its box: what was typed, the chips under it, and the corrected search when there is one."""

import re
from typing import Any

from corpus.texts import text, texts
from indexer.contract.periods import period
from indexer.contract.values import And, MultiPhrase, Results, Word
from indexer.query.serialise import side_by_side, written
from indexer.query.suggest import FEW
from web.layout.services import current_services
from web.layout.state import State
from web.search.chips import Chip
from web.search.request import SearchRequest, ask

_DATE = re.compile(r"(?:1[4-9]|20)\d\d(?:s|[-/.]\d{1,2}(?:[-/.]\d{1,2})?)?")  # a word that may be meant as a date


def desk(search_request: SearchRequest, shown: tuple[Chip, ...]) -> dict[str, Any]:
    """Return what the search box and the chips under it need."""
    return {"q": search_request.typed.q, "articles": current_services().totals().articles, "chips": shown}


def suggestion(state: State, results: Results) -> dict[str, str] | None:
    """Return the corrected search, when there is one, little was found, and the hits are not its own."""
    if not results.suggestion or results.substitutes or results.total >= FEW:
        return None
    better = state.but(q=results.suggestion)
    total = current_services().count(ask(better.pairs()).query)
    if total <= results.total:
        return None
    return {"text": results.suggestion, "url": better.url(), "count": texts("{n:,} article", "{n:,} articles", total)}


def as_date(search_request: SearchRequest) -> dict[str, str] | None:
    """Return the search in which a word such as `2019` is the date of the articles, when it finds some."""
    state, services = search_request.state, current_services()
    if state.since or state.until:
        return None
    clauses = side_by_side(search_request.query.clause)
    for each in clauses:
        typed = each.text if isinstance(each, Word | MultiPhrase) and each.field is None else ""
        meant = period(typed, now=services.now(), zone=services.zone) if _DATE.fullmatch(typed) else None
        if meant is None:
            continue
        others = tuple(other for other in clauses if other is not each)
        better = state.but(q=written(And(others)) if others else "", sort=None, since=meant.text, until=meant.text)
        count = services.count(ask(better.pairs()).query)
        if count:
            if better.q:
                said = text("“{words}” published in {date}", words=better.q, date=meant.text)
            else:
                said = text("All published in {date}", date=meant.text)
            return {"text": said, "url": better.url(), "count": texts("{n:,} article", "{n:,} articles", count)}
    return None

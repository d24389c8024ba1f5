"""A search -> its box: what was typed, the chips under it, and the corrected search when there is one."""

from dataclasses import replace
from typing import Any

from indexer.contract.values import Results
from indexer.query.suggest import FEW
from web.layout.render import plural
from web.layout.services import current_services
from web.layout.state import State
from web.search.chips import Chip
from web.search.request import SearchRequest, ask


def desk(search_request: SearchRequest, shown: tuple[Chip, ...]) -> dict[str, Any]:
    """Return what the search box and the chips under it need."""
    return {"q": search_request.typed.q, "articles": current_services().totals().articles, "chips": shown}


def suggestion(state: State, results: Results) -> dict[str, str] | None:
    """Return the corrected search, when there is one and little was found."""
    if not results.suggestion or results.total >= FEW:
        return None
    better = state.but(q=results.suggestion)
    count = ask(better.pairs()).query
    total = current_services().search(replace(count, facets=(), interval=None, per_page=1)).results.total
    if total <= results.total:
        return None
    return {"text": results.suggestion, "url": better.url(), "count": plural(total, "article")}

"""One sample, `/samples/MARK`: how it was drawn, from which strata, its articles and its file; as JSON, too."""

from collections import Counter
from collections.abc import Iterator, Sequence

from flask import Blueprint, jsonify, render_template
from werkzeug.wrappers import Response as Reply

from corpus.model import StoredArticle
from corpus.store.desk.samples import Sample, SampleRow
from corpus.texts import text, texts
from indexer.results.drawing import STRATA
from web.layout.changes import keep_private, may_change
from web.layout.paths import page_of
from web.layout.render import number
from web.layout.services import current_services
from web.layout.state import address
from web.sampling.samples_page import LIST, record_of, row_of, sample_of
from web.search.hits import card

blueprint = Blueprint("sample", __name__)
keep_private(blueprint)

ON_A_PAGE = 100  # articles
_PART = 500  # articles read at once


@blueprint.get(f"{LIST}/<mark>")
def page(mark: str) -> str:
    """Show a sample: its recipe, how many articles of each stratum were drawn, and the articles in their order."""
    found = sample_of(mark)
    rows = [*current_services().store.samples.rows(found.id)]
    pages = max(1, -(-len(rows) // ON_A_PAGE))
    at = page_of(pages)
    path = f"{LIST}/{found.mark}"
    return render_template(
        "sample.html",
        title=text("Sample {mark}", mark=found.mark),
        here="Saved",
        noindex=True,
        sample=found,
        row=row_of(found),
        strata=[(name, number(count)) for name, count in strata_of(found, rows)],
        articles=list(_articles(rows[(at - 1) * ON_A_PAGE : at * ON_A_PAGE])),
        drawn=texts("{n:,} article", "{n:,} articles", len(rows)),
        parts=[
            (str(each), None if each == at else address(path, [("page", str(each))])) for each in range(1, pages + 1)
        ]
        if pages > 1
        else [],
        may_change=may_change(),
    )


@blueprint.get(f"{LIST}/<mark>.json")
def data(mark: str) -> Reply:
    """Give how a sample was drawn, how many articles of each stratum it has, and which articles in their order."""
    found = sample_of(mark)
    rows = [*current_services().store.samples.rows(found.id)]
    strata = [{"stratum": name, "articles": count} for name, count in strata_of(found, rows)]
    return jsonify({**record_of(found), "strata": strata, "ids": [each.mark for each in rows]})


def strata_of(sample: Sample, rows: Sequence[SampleRow]) -> list[tuple[str, int]]:
    """Return how many articles of each stratum stand in a sample, by name; none where it was drawn from all alike.

    A stratum is counted by what its articles say now, and no article whose text was taken away since is counted.
    """
    if not sample.recipe.evenly:
        return []
    stratum, counts = STRATA[sample.recipe.evenly], Counter[str]()
    for first in range(0, len(rows), _PART):
        stored = current_services().store.heads([each.article for each in rows[first : first + _PART]])
        counts.update(stratum(each) for each in stored.values() if each.withdrawn is None)
    return sorted(counts.items())


def _articles(rows: Sequence[SampleRow]) -> Iterator[tuple[str, str, object]]:
    """Yield place, mark and card of each article; None: its text was taken away."""
    stored: dict[int, StoredArticle] = dict(current_services().store.heads([each.article for each in rows]))
    for each in rows:
        one = stored.get(each.article)
        yield number(each.place), each.mark, card(one) if one is not None and one.withdrawn is None else None

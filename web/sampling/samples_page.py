"""The samples for coding: `/samples` lists and draws them; `/samples/MARK.csv` is the file of one."""

from typing import Any
from urllib.parse import parse_qsl

from flask import Blueprint, Response, jsonify, render_template, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as Reply

from corpus.store.desk.dossiers import Dossier
from corpus.store.desk.samples import Sample
from corpus.texts import text, texts
from indexer.contract.values import Interval
from indexer.query.describe import describe
from indexer.query.parameters import whole_number
from indexer.results.drawing import STRATA
from web.desk.dossier_reading import dossier_path, dossier_to_read
from web.desk.saved_page import tabs
from web.layout.changes import change, done, keep_private, may_change
from web.layout.paths import LONGEST_FINDING
from web.layout.problems import Gone, NotAllowed
from web.layout.render import day, iso, number, typographic
from web.layout.services import current_services
from web.layout.state import State, address
from web.layout.who import is_mine, is_shared_with_me
from web.sampling.drawing import HIGHEST_SEED, MOST, columns_of, delete, draw, file_of
from web.search.request import SearchRequest, ask

blueprint = Blueprint("samples", __name__)
keep_private(blueprint)

LIST = "/samples"
OVER = {"": text("nothing"), "month": text("month"), "source": text("site")}


@blueprint.get(LIST)
def page() -> str:
    """List the samples, the last one first, with the form that draws one from a search."""
    search = ask(pair for pair in request.args.items(multi=True) if pair[0] not in ("page", "n", "done"))
    return render_template(
        "samples.html",
        title=text("Samples"),
        here="Saved",
        noindex=True,
        tabs=tabs("Samples"),
        rows=[row_of(each) for each in mine()],
        over=list(OVER.items()),
        typed=search.typed.q,
        search=_carried(search),
        reading=typographic(describe(search.query, current_services().labels(search.query))),
        search_url=search.state.url(),
        notes=search.notes,
        may_change=may_change(),
    )


@blueprint.get(f"{LIST}.json")
def data() -> Reply:
    """Give the samples as data."""
    return jsonify([record_of(each) for each in mine()])


@change(blueprint, LIST, once=True)
def add() -> Reply:
    """Draw a sample from the dossier or the search of the form."""
    mark = request.form.get("dossier", "")
    source: Dossier | SearchRequest = dossier_to_read(mark) if mark else _search()
    evenly = request.form.get("evenly", "")
    if evenly not in STRATA:
        choices = ", ".join(filter(None, STRATA))
        raise NotAllowed(
            text("evenly={evenly}: expected one of {choices}, or nothing", evenly=evenly[:20], choices=choices)
        )
    columns = columns_of(request.form.get("columns", "").split(","))
    seed = _number("seed", HIGHEST_SEED) if request.form.get("seed", "").strip() else None
    made, action = draw(source, _number("n", MOST, least=1), seed, evenly=evenly, columns=columns)
    return done(*action, f"{dossier_path(source)}#sample" if isinstance(source, Dossier) else f"{LIST}/{made.mark}")


@change(blueprint, f"{LIST}/<mark>")
def remove(mark: str) -> Reply:
    """Delete a sample."""
    return done(*delete(sample_of(mark)), LIST)


@blueprint.get(f"{LIST}/<mark>.csv")
def file(mark: str) -> Response:
    """Give the file of a sample: the same bytes each time, but for articles that were withdrawn since."""
    found = sample_of(mark)
    reply = Response(file_of(found), content_type="text/csv; charset=utf-8")
    reply.headers["Content-Disposition"] = f'attachment; filename="{found.mark}-seed-{found.recipe.seed}.csv"'
    reply.headers["Pressmark-Withdrawn"] = str(found.withdrawn)
    return reply


def mine() -> list[Sample]:
    """Return the samples of who asks, the last one first."""
    return [each for each in current_services().store.samples.all() if is_mine(each.who)]


def sample_of(mark: str) -> Sample:
    """Return the sample with a mark.

    Raises:
        NotFound: There is none, or it is another person's.
        Gone: It was deleted.
    """
    found = current_services().store.samples.get(mark.lower())
    if found is None or not is_mine(found.who):
        raise NotFound(text("No sample of yours has the mark {mark}.", mark=mark[:LONGEST_FINDING]))
    if found.deleted is not None:
        raise Gone(text("The sample was deleted on {day}.", day=day(found.deleted, current_services().zone)))
    return found


def record_of(sample: Sample) -> dict[str, Any]:
    """Return a sample with how it was drawn as JSON can hold it."""
    recipe = sample.recipe
    return {
        "mark": sample.mark,
        "made": iso(sample.made, current_services().zone),
        "who": sample.who,
        "dossier": recipe.dossier or None,
        "search": None if recipe.dossier else _address(sample),
        "seed": recipe.seed,
        "evenly": recipe.evenly,
        "wanted": recipe.wanted,
        "columns": list(recipe.columns),
        "position": recipe.position,
        "candidates": recipe.candidates,
        "articles": sample.articles,
        "withdrawn": sample.withdrawn,
        "checksum": sample.checksum,
        "file": f"{LIST}/{sample.mark}.csv",
    }


def row_of(sample: Sample) -> dict[str, Any]:
    """Return what a list shows of a sample."""
    services, recipe = current_services(), sample.recipe
    dossier = services.store.dossiers.get(recipe.dossier) if recipe.dossier else None
    if dossier is not None and (is_mine(dossier.who) or is_shared_with_me(dossier.shared)):
        name, url = dossier.name, None if dossier.deleted else dossier_path(dossier)
    elif recipe.dossier:  # another person's, and not shared any more: what it is called now is private
        name, url = recipe.dossier, None
    else:
        name, url = _reading(recipe.address), _address(sample)
    return {
        "mark": sample.mark,
        "file": f"{LIST}/{sample.mark}.csv",
        "data": f"{LIST}/{sample.mark}.json",
        "from": name,
        "from_url": url,
        "candidates": texts("{n:,} article", "{n:,} articles", recipe.candidates),
        "articles": number(sample.articles),
        "wanted": number(recipe.wanted) if sample.articles < recipe.wanted else None,
        "withdrawn": number(sample.withdrawn) if sample.withdrawn else None,
        "seed": recipe.seed,
        "evenly": OVER[recipe.evenly],
        "position": number(recipe.position),
        "made": day(sample.made, services.zone),
        "path": f"{LIST}/{sample.mark}",
    }


def _carried(search: SearchRequest) -> str | None:
    """Return the parameters that the form takes with it; None: words alone, which it has a field for."""
    pairs = search.state.but(page=1, per_page=None, sort=None, interval=Interval.AUTO, share=False).pairs()
    return None if {name for name, _ in pairs} <= {"q"} else address("", pairs)[1:]


def _search() -> SearchRequest:
    typed = request.form.get("search")
    if typed is None:
        return ask([("q", request.form.get("q", ""))])
    return ask(parse_qsl(typed.removeprefix("?"), keep_blank_values=True))


def _reading(address: str) -> str:
    query = ask(parse_qsl(address, keep_blank_values=True)).query
    return typographic(describe(query)) or text("All articles")


def _address(sample: Sample) -> str:
    return State().url() + (f"?{sample.recipe.address}" if sample.recipe.address else "")


def _number(name: str, most: int, *, least: int = 0) -> int:
    typed = request.form.get(name, "")
    found = whole_number(typed, most)
    if found is None or found < least:
        raise NotAllowed(
            text(
                "{parameter}={value}: expected a whole number from {least} to {most:,}",
                parameter=name,
                value=typed[:20],
                least=least,
                most=most,
            )
        )
    return found

"""A search to take along, `/export`: the formats it comes in, and the fields of CSV and JSON lines."""

from flask import Blueprint, render_template, request

from corpus.records import EXPORTABLE, EXPORTED
from corpus.texts import text, texts
from indexer.results.exporting import OF_MANY
from web.layout.paths import note_parameter
from web.layout.services import current_services
from web.layout.who import reads_in_full
from web.search.chips import chips
from web.search.downloads import FIELDS, MOST, MOST_ARCHIVED, WITH_FIELDS
from web.search.request import search_of_address
from web.search.search_box import desk

blueprint = Blueprint("export", __name__)


@blueprint.get("/export")
def page() -> str:
    """Offer the articles of a search in every format."""
    search, services = search_of_address(), current_services()
    total = services.count(search.query)
    names = services.labels(search.query, services.search(search.query).results)
    chosen = {name.strip() for each in request.args.getlist(FIELDS) for name in each.split(",") if name.strip()}
    if wrong := chosen - {*EXPORTABLE}:
        note_parameter(FIELDS, ", ".join(sorted(wrong)), text("some of {fields}", fields=", ".join(EXPORTABLE)))
    return render_template(
        "export.html",
        title=text("Export"),
        here="Search",
        noindex=True,
        canonical=search.state.url("/export"),
        desk=desk(search, chips(search.state, search.query, names)),
        notes=search.notes,
        said=texts("{n:,} article", "{n:,} articles", total),
        bounded=MOST if total > MOST else None,
        carried=[pair for pair in search.state.but(per_page=None).pairs() if pair[0] != "page"],
        fields=[(name, name in (chosen or EXPORTED)) for name in EXPORTABLE],
        tables=[(name, OF_MANY[name].title) for name in WITH_FIELDS],
        others=[
            (form.title, search.state.url(f"/search.{name}"))
            for name, form in OF_MANY.items()
            if name not in WITH_FIELDS
        ],
        archive=search.state.url("/search.wacz") if services.federation is None and reads_in_full() else None,
        most_archived=MOST_ARCHIVED,
        sample=search.state.but(page=1).url("/samples") + "#draw" if reads_in_full() else None,
        back=search.state.url(),
    )

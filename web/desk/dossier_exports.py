"""A dossier as a file: for spreadsheets, reference managers and editors; and a sample of it for coding."""

from flask import Blueprint, Response, request
from werkzeug.exceptions import NotFound

from corpus.store.desk.dossiers import Dossier
from corpus.texts import text
from indexer.query.parameters import whole_number
from indexer.results.dossiers import STRATA, Collected, csv_lines, sample
from indexer.results.exporting import Options
from web.articles.web_archive import given
from web.desk.dossier_bundle import BUNDLE, bundle
from web.desk.dossier_formats import FORMATS, WITH_TEXTS
from web.desk.dossier_reading import collected_of, dossier_to_read
from web.layout.changes import keep_private
from web.layout.problems import NotAllowed
from web.layout.services import current_services
from web.search.downloads import busy, turn

blueprint = Blueprint("dossier_exports", __name__)
keep_private(blueprint)

MAX_NUMBER = 999_999_999  # of articles in a sample, or of its seed
WACZ = "wacz"  # the pages as they were fetched, for readers of web archives
PACKED = {WACZ: "WACZ", BUNDLE: "ZIP"}
MOST_COLUMNS = 30  # to be filled in
ENDINGS = {
    **{ending: media for ending, (_, media, _) in {**FORMATS, **WITH_TEXTS}.items()},
    WACZ: "application/wacz",
    BUNDLE: "application/zip",
}  # of a file -> its type
NO_TAG = "none"  # in place of a tag: articles without any


@blueprint.get("/d/<mark>/export.<ending>")
def export(mark: str, ending: str) -> Response:
    """Give all articles of a dossier in its order, or those with a tag."""
    if ending not in ENDINGS:
        raise NotFound
    return export_of(dossier_to_read(mark), ending, request.args.get("tag", ""))


def export_of(dossier: Dossier, ending: str, tag: str) -> Response:
    """Return a dossier in a format, all of it or what has a tag; withdrawn articles are left out."""
    collected = [each for each in collected_of(dossier) if each.stored.withdrawn is None and _has(each, tag)]
    if ending in PACKED:
        with turn() as has_turn:
            if not has_turn:
                return busy()
            if ending == BUNDLE:
                return bundle(dossier, collected)
            return given([each.stored for each in collected], f"{dossier.mark}.wacz", title=dossier.name)
    _, media_type, write = {**FORMATS, **WITH_TEXTS}[ending]
    services = current_services()
    options = Options(services.now(), papers=services.config.papers)
    return _file("".join(write(dossier, collected, options)), f"{dossier.mark}.{ending}", media_type)


@blueprint.get("/d/<mark>/sample.csv")
def drawn(mark: str) -> Response:
    """Give a sample for coding: a row an article, with the columns to fill in; the same seed draws the same."""
    dossier = dossier_to_read(mark)
    count, seed = (_number(name) for name in ("n", "seed"))
    evenly = request.args.get("evenly", "")
    typed = request.args.get("columns", "").split(",")[:MOST_COLUMNS]
    columns = [name for each in typed if (name := " ".join(each.split())[:60])]
    if evenly not in STRATA:
        raise NotAllowed(
            text(
                "evenly={evenly}: expected one of {choices}, or nothing",
                evenly=evenly[:20],
                choices=", ".join(filter(None, STRATA)),
            )
        )
    collected = [each for each in collected_of(dossier) if each.stored.withdrawn is None]
    rows = sample(collected, count, seed, evenly)
    return _file("".join(csv_lines(rows, columns)), f"{dossier.mark}-sample-{len(rows)}-seed-{seed}.csv", "text/csv")


def _has(each: Collected, tag: str) -> bool:
    return not tag or tag in each.tags or (tag == NO_TAG and not each.tags)


def _number(name: str) -> int:
    typed = request.args.get(name, "")
    number = whole_number(typed, MAX_NUMBER)
    if number is None:
        raise NotAllowed(text("{parameter}={value}: expected a whole number", parameter=name, value=typed[:20]))
    return number


def _file(text: str, name: str, media_type: str) -> Response:
    response = Response(text.encode("utf-8", "replace"))
    response.headers["Content-Type"] = f"{media_type}; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

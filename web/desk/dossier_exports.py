"""A dossier as a file: for spreadsheets, reference managers and editors."""

from flask import Blueprint, Response, request
from werkzeug.exceptions import NotFound

from corpus.store.desk.dossiers import Dossier
from indexer.results.dossiers import Collected
from indexer.results.exporting import Options
from web.articles.web_archive import given
from web.desk.dossier_bundle import BUNDLE, bundle
from web.desk.dossier_formats import FORMATS, WITH_TEXTS
from web.desk.dossier_reading import collected_of, dossier_to_read
from web.layout.changes import keep_private
from web.layout.services import current_services
from web.search.downloads import busy, turn

blueprint = Blueprint("dossier_exports", __name__)
keep_private(blueprint)

WACZ = "wacz"  # the pages as they were fetched, for readers of web archives
PACKED = {WACZ: "WACZ", BUNDLE: "ZIP"}
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


def _has(each: Collected, tag: str) -> bool:
    return not tag or tag in each.tags or (tag == NO_TAG and not each.tags)


def _file(text: str, name: str, media_type: str) -> Response:
    response = Response(text.encode("utf-8", "replace"))
    response.headers["Content-Type"] = f"{media_type}; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

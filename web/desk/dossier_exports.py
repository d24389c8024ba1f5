"""A dossier as a file: for spreadsheets, reference managers and editors."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing
from dataclasses import asdict

from flask import Blueprint, Response, request
from werkzeug.exceptions import NotFound

from corpus.store.desk.dossiers import Dossier
from indexer.results.dossiers import Collected
from indexer.results.exporting import Options
from web.articles.web_archive import given
from web.desk.dossier_bundle import BUNDLE, LeftOut, Read, bundle
from web.desk.dossier_formats import FORMATS, TAKES_TEXTS, WITH_TEXTS
from web.desk.dossier_reading import NO_TAG, dossier_to_read, each_collected, tag_of
from web.layout.changes import keep_private
from web.layout.services import current_services
from web.layout.spool import SpoolFull
from web.layout.who import reads_in_full
from web.search.downloads import busy, no_room, sent, spool, turn

blueprint = Blueprint("dossier_exports", __name__)
keep_private(blueprint)

WACZ = "wacz"  # the pages as they were fetched, for readers of web archives
PACKED = {WACZ: "WACZ", BUNDLE: "ZIP"}
ENDINGS = {
    **{ending: media for ending, (_, media, _) in {**FORMATS, **WITH_TEXTS}.items()},
    WACZ: "application/wacz",
    BUNDLE: "application/zip",
}  # of a file -> its type


@blueprint.get("/d/<mark>/export.<ending>")
def export(mark: str, ending: str) -> Response:
    """Give all articles of a dossier in its order, or those with a tag."""
    if ending not in ENDINGS:
        raise NotFound
    dossier = dossier_to_read(mark)
    return export_of(dossier, ending, tag_of(dossier), with_text=reads_in_full())


def export_of(dossier: Dossier, ending: str, tag: str, *, with_text: bool = False) -> Response:
    """Return a dossier in a format, all of it or what has a tag; withdrawn articles are left out.

    Args:
        with_text: Whether Markdown has the texts; HTML always has them.

    It is written to a file before the first byte is sent, a part of the articles at a time.
    """
    store = current_services().store
    with turn() as has_turn:
        if not has_turn:
            return busy()
        with store.one_state():
            dossier = store.dossiers.get(dossier.mark) or dossier  # as it is in that state
            read = reader_of(dossier, tag)
            if ending == BUNDLE:
                return bundle(dossier, read, tag, left_out_of(dossier, tag))
            if ending == WACZ:
                stored = (each.stored for each in read(with_text=True))
                left_out = asdict(left_out_of(dossier, tag))
                return given(stored, f"{dossier.mark}.wacz", title=dossier.name, left_out=lambda: left_out)
            return _text_file(dossier, ending, read(with_text=ending in (TAKES_TEXTS if with_text else WITH_TEXTS)))


def reader_of(dossier: Dossier, tag: str) -> Read:
    """Return what reads the articles of a dossier that a file of it has: not withdrawn, and with the tag."""

    def read(*, with_text: bool) -> Iterator[Collected]:
        for each in each_collected(dossier, with_text=with_text):
            if each.stored.withdrawn is None and _has(each, tag):
                yield each

    return read


def _text_file(dossier: Dossier, ending: str, collected: Iterable[Collected]) -> Response:
    _, media_type, write = {**FORMATS, **WITH_TEXTS}[ending]
    services = current_services()
    if request.method == "HEAD":
        response = Response()
    else:
        options = Options(services.now(), papers=services.config.papers)
        with ExitStack() as until_written:
            file = until_written.enter_context(closing(spool.file()))
            try:
                for line in write(dossier, collected, options):
                    file.write(line.encode("utf-8", "replace"))
                file.flush()
            except SpoolFull:
                return no_room()
            until_written.pop_all()
        response = sent(file)
    response.headers["Content-Type"] = f"{media_type}; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="{dossier.mark}.{ending}"'
    return response


def left_out_of(dossier: Dossier, tag: str) -> LeftOut:
    """Count what a bundle leaves out; a text that cannot be read is found by reading it."""
    withdrawn = other_tags = read = 0
    for each in each_collected(dossier, with_text=True, with_passages=False):
        read += 1
        if each.stored.withdrawn is not None:
            withdrawn += 1
        elif not _has(each, tag):
            other_tags += 1
    return LeftOut(withdrawn, other_tags, len(current_services().store.dossiers.entries(dossier.id)) - read)


def _has(each: Collected, tag: str) -> bool:
    return not tag or tag in each.tags or (tag == NO_TAG and not each.tags)

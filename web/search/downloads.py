"""A search to take along in any format of many articles, such as `/search.csv`, and the description of that CSV."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from os import SEEK_END
from shutil import copyfileobj
from typing import BinaryIO

from flask import Blueprint, Response, request
from werkzeug.exceptions import BadRequest

from corpus.records import EXPORTABLE, EXPORTED
from corpus.texts import text
from indexer.contract.values import Query
from indexer.results.exporting import OF_MANY, ExportFormat, Options
from indexer.results.exports import Manifest, csv_metadata, write_export
from web.layout.hosts import root
from web.layout.paths import choice_of
from web.layout.problems import later
from web.layout.replies import say_whole
from web.layout.services import current_services
from web.layout.spool import Spool, SpoolFull
from web.layout.who import reads_in_full
from web.processes.shared import Shared
from web.search.request import SearchRequest, search_of_address

blueprint = Blueprint("downloads", __name__)

WITH_FIELDS = ("csv", "excel", "jsonl")  # the formats that give the fields one asks for
FIELDS = "fields"  # the parameter that names what CSV and JSON lines give of an article
SCHEMA = "/api/v1/export.schema.json"  # what a line of JSONL may be
MOST = 200_000  # articles of one download, some 1 GB; `pressmark export` has no bound
MOST_ARCHIVED = 10_000  # articles of one web archive, some 400 MB of pages; `pressmark export` has no bound
PIECE = 1 << 16  # bytes sent at once
TURNS = 2  # exports written at once by all processes; at least two of the four threads of each answer pages meanwhile

spool = Spool()


def download(form: ExportFormat) -> Response:
    """Give the articles of a search in a format; `bom=1` asks for the CSV that Excel reads.

    The file is written before the first byte is sent: of one state, and without waiting for a slow reader.
    """
    if form.name == "csv":
        form = _table()
    if request.method == "HEAD":
        return _described(Response(), form, current_services().remembered(_state(form), in_all=True))
    written = _written_in_turn(form)
    if isinstance(written, Response):
        return written
    manifest, file = written
    return _described(sent(file), form, manifest)


def sent(file: BinaryIO) -> Response:
    """Give a file that is written whole, and close it when it is read: a slow reader holds no thread."""
    file.seek(0, SEEK_END)
    size = file.tell()
    file.seek(0)
    wrapper = request.environ.get("wsgi.file_wrapper")  # the server's own sends a file without holding a thread
    response = Response(wrapper(file) if wrapper else _pieces(file), direct_passthrough=True)
    response.content_length = size
    return response


def _described(response: Response, form: ExportFormat, manifest: Manifest | None) -> Response:
    """Say in headers what an export is; None: it is not known how much is in it before it is written."""
    response.headers["Content-Type"] = f"{form.media_type}; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="pressmark.{form.ending}"'
    if manifest is not None:
        response.headers["Pressmark-Total"] = str(manifest.total)
        response.headers["Pressmark-Given"] = str(manifest.given)
        say_whole(response, is_whole=manifest.is_whole)
        response.headers["Pressmark-Position"] = str(manifest.position)
    if form.ending == "csv":
        response.headers["Link"] = f'<{_metadata_url()}>; rel="describedby"; type="application/csvm+json"'
    if form.name == "jsonl":
        response.headers["Link"] = f'<{root()}{SCHEMA}>; rel="describedby"; type="application/schema+json"'
    return response


def _state(form: ExportFormat) -> tuple[object, ...]:
    """Return what an export is made of: two of one state have the same articles."""
    services = current_services()
    found = search_of_address()  # relative dates are minutes in its query
    state = services.engine.position, services.store.sequence
    return "export", form.name, _fields(form), reads_in_full(), found.state.url(), found.query, *state


@blueprint.get("/search.csv-metadata.json")
def csv_description() -> Response:
    """Describe the CSV of a search by CSVW: its columns, and its manifest."""
    form = _table()
    manifest: Manifest | None = current_services().remembered(_state(form), in_all=True)
    if manifest is None:
        written = _written_in_turn(form)
        if isinstance(written, Response):
            return written
        manifest, file = written
        file.close()
    described = json.dumps(
        csv_metadata(manifest, root() + manifest.query.replace("/search", "/search.csv", 1), _fields(form)), indent=1
    )
    return Response(described + "\n", mimetype="application/csvm+json")


def _written_in_turn(form: ExportFormat) -> tuple[Manifest, BinaryIO] | Response:
    """Write an export in its turn; else an answer that asks to come again: others are first, or the disk is full."""
    with turn() as has_turn:
        if not has_turn:
            return busy()
        try:
            return _written(form)
        except SpoolFull:
            return no_room()


def _written(form: ExportFormat) -> tuple[Manifest, BinaryIO]:
    """Write an export to a file of the spool, which the caller closes.

    Raises:
        SpoolFull: There is no room for it.
    """
    search_request = search_of_address()
    services = current_services()
    papers = services.config.papers
    options = Options(services.now(), with_text=reads_in_full(), papers=papers, fields=_fields(form))
    with ExitStack() as until_written:
        file = until_written.enter_context(closing(spool.file()))
        manifest = write_export(
            everything(search_request),
            lambda articles: form.write(articles, options),
            file,
            services.engine,
            services.store,
            question=search_request.state.url(),
            now=services.now(),
            most=MOST,
            fields=options.fields if form.name in WITH_FIELDS else None,
            withheld=options.withheld if form.name in WITH_FIELDS else (),
        )
        if form.name != "jsonl":
            file.flush()
            until_written.pop_all()
            services.remember(_state(form), manifest, in_all=True)
            return manifest, file
        whole = until_written.enter_context(closing(spool.file()))
        whole.write((json.dumps({"manifest": manifest.record()}, ensure_ascii=False) + "\n").encode("utf-8", "replace"))
        file.seek(0)
        copyfileobj(file, whole)
        whole.flush()
        until_written.pop_all()
        file.close()
        services.remember(_state(form), manifest, in_all=True)
        return manifest, whole


def _table() -> ExportFormat:
    """Return the format of a table: with `bom=1` that which Excel reads."""
    return OF_MANY["excel" if choice_of("bom", ("1",)) else "csv"]


def _fields(form: ExportFormat) -> tuple[str, ...]:
    """Return the fields that are asked for, in the order of all; when none is, all of them, in a table no structure.

    Raises:
        BadRequest: One of them is no field.
    """
    given = [name.strip() for each in request.args.getlist(FIELDS) for name in each.split(",") if name.strip()]
    wrong = next((name for name in given if name not in EXPORTABLE), None)
    if wrong is not None:
        said = f"{FIELDS}={wrong[:40]}: expected some of {', '.join(EXPORTABLE)}\n"
        raise BadRequest(response=Response(said, 400, mimetype="text/plain"))
    usual = EXPORTABLE if form.name == "jsonl" else EXPORTED
    return tuple(name for name in EXPORTABLE if name in given) or usual


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    """Yield a file's bytes, and close it."""
    with file:
        while piece := file.read(PIECE):
            yield piece


@contextmanager
def turn(shared: Shared | None = None) -> Iterator[bool]:
    """Take one of the turns to write exports, without waiting; False: all are taken.

    Args:
        shared: What the processes of the server have in common; None: of the app that answers this request.
    """
    shared = shared or current_services().shared
    has_turn = shared.exports.take(shared.number, TURNS)
    try:
        yield has_turn
    finally:
        if has_turn:
            shared.exports.add(shared.number, -1)


def busy() -> Response:
    """Say that as many exports are being written as may be at once."""
    return later(text("Other exports are being written: try again in half a minute."), 30)


def no_room() -> Response:
    """Say that files for other readers take all the room there is."""
    return later(
        text("Other exports wait for their readers, and there is no room for more: try again in five minutes."), 300
    )


def _metadata_url() -> str:
    search = request.full_path.partition("?")[2]
    return f"{root()}/search.csv-metadata.json" + (f"?{search}" if search else "")


for _form in OF_MANY.values():
    blueprint.add_url_rule(f"/search.{_form.name}", f"search_{_form.name}", partial(download, _form))


def everything(search_request: SearchRequest) -> Query:
    """Return the query of a search without what its page alone shows."""
    return search_request.query._replace(page=1, facets=(), interval=None, suggests=False, folded=False)

"""A dossier -> one zip file to hand over: lists, texts, raw responses, and a manifest with checksums and searches."""

import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from typing import IO, Any, Protocol, cast
from zipfile import ZIP_STORED, ZipFile

from flask import Response, request

from corpus.captures import Captures
from corpus.preservation.packing import added, copied, streamed
from corpus.preservation.web_archives import WARC_NAME, WebArchive, write_warc
from corpus.store.desk.dossiers import Dossier
from indexer.results.dossiers import Collected
from indexer.results.exporting import OF_ONE, Options
from web.articles.web_archive import SOFTWARE
from web.desk.dossier_formats import FORMATS, TAKES_TEXTS, WITH_TEXTS
from web.layout.render import iso
from web.layout.services import current_services
from web.layout.spool import SpoolFull
from web.search.downloads import no_room, sent, spool

BUNDLE = "zip"


class Read(Protocol):
    """Reads the articles of a dossier, as often as it is called."""

    def __call__(self, *, with_text: bool) -> Iterator[Collected]:
        """Yield them in order."""


def bundle(dossier: Dossier, read: Read) -> Response:
    """Return the file; for HEAD, its headers, and nothing is written. Withdrawn articles are left out by the caller."""
    if request.method == "HEAD":
        return _described(Response(), dossier)
    with ExitStack() as until_written, current_services().store.one_state():
        try:
            out = until_written.enter_context(closing(spool.file()))
            warc = until_written.enter_context(closing(spool.file()))
            _write(dossier, read, cast(IO[bytes], warc), cast(IO[bytes], out))
            warc.close()
            out.flush()
        except SpoolFull:
            return no_room()
        until_written.pop_all()
    return _described(sent(out), dossier)


def _write(dossier: Dossier, read: Read, warc: IO[bytes], out: IO[bytes]) -> None:
    """Write the members, and the manifest as the last one; `warc` is a file to write the raw responses to first."""
    services = current_services()
    now = services.now()
    options = Options(now, papers=services.config.papers)
    with ZipFile(out, "w", ZIP_STORED) as packed:
        files: list[dict[str, Any]] = []
        for ending, (_, _, write) in {**FORMATS, **WITH_TEXTS}.items():
            lines = write(dossier, read(with_text=ending in TAKES_TEXTS), options)
            pieces = (line.encode("utf-8", "replace") for line in lines)
            files.append(streamed(packed, f"dossier.{ending}", pieces, now, deflated=True))
        marks = []
        for each in read(with_text=True):
            marks.append(each.stored.mark)
            text = "".join(OF_ONE["txt"].write([each.stored], options)).encode("utf-8", "replace")
            files.append(added(packed, f"texts/{each.stored.mark}.txt", text, now, deflated=True))
        with Captures(services.config.captures) as captures:
            written = write_warc((each.stored for each in read(with_text=True)), captures, warc, software=SOFTWARE)
        if written.pages:
            warc.seek(0)
            files.append(copied(packed, f"archive/{WARC_NAME}", warc, now))
        manifest = json.dumps(_manifest(dossier, marks, written, files), indent=2, ensure_ascii=False)
        added(packed, "manifest.json", manifest.encode("utf-8", "replace"), now, deflated=True)


def _manifest(
    dossier: Dossier, marks: Sequence[str], written: WebArchive, files: list[dict[str, Any]]
) -> dict[str, Any]:
    archived = {each.mark for each in written.pages}
    services = current_services()
    return {
        "dossier": dossier.mark,
        "name": dossier.name,
        "about": dossier.about,
        "created": iso(services.now(), services.zone),
        "software": SOFTWARE,
        "articles": len(marks),
        "left_out": dossier.articles - len(marks),
        "without_raw_response": [mark for mark in marks if mark not in archived],
        "searches": [
            {"search": f"/search?{each.address}", "at": iso(each.at, services.zone), "articles": each.articles}
            for each in services.store.dossiers.searches(dossier.id)
        ],
        "files": files,
    }


def _described(reply: Response, dossier: Dossier) -> Response:
    reply.mimetype = "application/zip"
    reply.headers["Content-Disposition"] = f'attachment; filename="{dossier.mark}.zip"'
    return reply

"""A dossier -> one zip file to hand over: lists, texts, raw responses, and a manifest with checksums and searches."""

import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import asdict, dataclass
from typing import IO, Any, BinaryIO, Protocol, cast
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


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many articles of a dossier its bundle leaves out, by reason.

    Attributes:
        withdrawn: Their text was taken away.
        other_tags: They have not the tag that was wanted.
        unreadable: Their text is damaged in the store.
    """

    withdrawn: int = 0
    other_tags: int = 0
    unreadable: int = 0


def bundle(dossier: Dossier, read: Read, tag: str, left_out: LeftOut) -> Response:
    """Return the file; for HEAD, its headers, and nothing is written. `read` and the counts are of one state."""
    if request.method == "HEAD":
        return described(Response(), dossier.mark)
    try:
        out, _ = written(dossier, read, tag, left_out)
    except SpoolFull:
        return no_room()
    return described(sent(out), dossier.mark)


def written(dossier: Dossier, read: Read, tag: str, left_out: LeftOut) -> tuple[BinaryIO, list[int]]:
    """Return the file, which the caller closes, and the ids of the articles in it.

    Raises:
        SpoolFull: There is no room for it.
    """
    with ExitStack() as until_written:
        out = until_written.enter_context(closing(spool.file()))
        warc = until_written.enter_context(closing(spool.file()))
        articles = _write(dossier, read, tag, left_out, cast(IO[bytes], warc), cast(IO[bytes], out))
        warc.close()
        out.flush()
        until_written.pop_all()
    return out, articles


def _write(dossier: Dossier, read: Read, tag: str, left_out: LeftOut, warc: IO[bytes], out: IO[bytes]) -> list[int]:
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
        marks, articles = [], []
        for each in read(with_text=True):
            marks.append(each.stored.mark)
            articles.append(each.stored.id)
            text = "".join(OF_ONE["txt"].write([each.stored], options)).encode("utf-8", "replace")
            files.append(added(packed, f"texts/{each.stored.mark}.txt", text, now, deflated=True))
        with Captures(services.config.captures) as captures:
            written = write_warc((each.stored for each in read(with_text=True)), captures, warc, software=SOFTWARE)
        if written.pages:
            warc.seek(0)
            files.append(copied(packed, f"archive/{WARC_NAME}", warc, now))
        manifest = json.dumps(_manifest(dossier, tag, left_out, marks, written, files), indent=2, ensure_ascii=False)
        added(packed, "manifest.json", manifest.encode("utf-8", "replace"), now, deflated=True)
    return articles


def _manifest(
    dossier: Dossier,
    tag: str,
    left_out: LeftOut,
    marks: Sequence[str],
    written: WebArchive,
    files: list[dict[str, Any]],
) -> dict[str, Any]:
    archived = {each.mark for each in written.pages}
    services = current_services()
    reasons = asdict(left_out)
    return {
        "dossier": dossier.mark,
        "name": dossier.name,
        "about": dossier.about,
        "created": iso(services.now(), services.zone),
        "software": SOFTWARE,
        "state": {"store": services.store.sequence, "desk": services.store.dossiers.revision},
        "tag": tag or None,
        "articles": len(marks),
        "left_out": sum(reasons.values()),
        "left_out_by_reason": reasons,
        "without_raw_response": [mark for mark in marks if mark not in archived],
        "searches": [
            {"search": f"/search?{each.address}", "at": iso(each.at, services.zone), "articles": each.articles}
            for each in services.store.dossiers.searches(dossier.id)
        ],
        "files": files,
    }


def described(reply: Response, name: str) -> Response:
    """Say in headers what the file is; `name` is without its ending."""
    reply.mimetype = "application/zip"
    reply.headers["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    return reply

"""Articles -> the responses they were read from, as one WARC or WACZ file for a reader."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack, closing
from importlib.metadata import version
from typing import IO, cast

from flask import Response, request
from werkzeug.exceptions import Gone

from corpus.captures import Captures
from corpus.model import StoredArticle
from corpus.preservation.web_archives import write_manifest, write_wacz, write_warc
from corpus.texts import text
from web.layout.services import current_services
from web.layout.spool import SpoolFull
from web.search.downloads import no_room, sent, spool

SOFTWARE = f"pressmark/{version('pressmark')}"


def given(
    articles: Iterable[StoredArticle],
    name: str,
    *,
    title: str,
    about: str = "",
    left_out: Callable[[], Mapping[str, int]] = dict,
) -> Response:
    """Return the file, a WACZ if its name ends so; the headers `Pressmark-Given` and `-Missing` count articles.

    Args:
        left_out: Called when all articles were read: why others are not among them -> how many.

    Who asks for the headers alone gets them without these two, and nothing is written.

    Raises:
        Gone: No article has a response any more.
    """
    services = current_services()
    packed = name.endswith(".wacz")
    if request.method == "HEAD":
        return _described(Response(), name)
    with ExitStack() as until_written:
        try:
            out = until_written.enter_context(closing(spool.file()))
            warc = until_written.enter_context(closing(spool.file())) if packed else out
            with Captures(services.config.captures) as captures:
                written = write_warc(articles, captures, cast(IO[bytes], warc), software=SOFTWARE)
            if not written.pages:
                raise Gone(text("There is no raw response to give: none was stored, or it was taken away."))
            if packed:
                warc.seek(0)
                file = cast(IO[bytes], out)
                now = services.now()
                write_wacz(
                    written,
                    cast(IO[bytes], warc),
                    file,
                    title=title,
                    about=about,
                    left_out=left_out(),
                    software=SOFTWARE,
                    now=now,
                )
                warc.close()
            else:
                write_manifest(written, cast(IO[bytes], out), left_out(), now=services.now())
            out.flush()
        except SpoolFull:
            return no_room()
        until_written.pop_all()
    reply = _described(sent(out), name)
    reply.headers["Pressmark-Given"] = str(len(written.pages))
    reply.headers["Pressmark-Missing"] = str(written.missing)
    return reply


def _described(reply: Response, name: str) -> Response:
    reply.mimetype = "application/wacz" if name.endswith(".wacz") else "application/warc"
    reply.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return reply

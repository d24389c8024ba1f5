"""Articles -> the responses they were read from, as one WARC or WACZ file for a reader."""

from collections.abc import Iterable
from contextlib import ExitStack, closing
from importlib.metadata import version
from typing import IO, cast

from flask import Response
from werkzeug.exceptions import Gone

from corpus.captures import Captures
from corpus.model import StoredArticle
from corpus.preservation.web_archives import write_wacz, write_warc
from corpus.texts import text
from web.layout.services import current_services
from web.layout.spool import SpoolFull
from web.search.downloads import no_room, pieces, spool

SOFTWARE = f"pressmark/{version('pressmark')}"


def given(articles: Iterable[StoredArticle], name: str, *, title: str, about: str = "") -> Response:
    """Return the file, a WACZ if its name ends so; the headers `Pressmark-Given` and `-Missing` count articles.

    Raises:
        Gone: No article has a response any more.
    """
    services = current_services()
    packed = name.endswith(".wacz")
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
                write_wacz(written, cast(IO[bytes], warc), file, title=title, about=about, software=SOFTWARE, now=now)
                warc.close()
            out.flush()
            out.seek(0)
        except SpoolFull:
            return no_room()
        until_written.pop_all()
    kind = "application/wacz" if packed else "application/warc"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Pressmark-Given": str(len(written.pages)),
        "Pressmark-Missing": str(written.missing),
    }
    return Response(pieces(out), mimetype=kind, headers=headers)

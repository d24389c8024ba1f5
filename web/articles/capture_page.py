"""An article's page as it was fetched: shown in a sandbox without scripts and network, and as a record to download.

What is shown are the bytes of the response, in the encoding it named. Only `<link>` is made harmless in them, since
browsers follow some links of a head whatever a policy says; the record has the bytes as they came.
"""

import re
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, render_template, request
from werkzeug.exceptions import Gone, NotFound

from corpus.captures import Captures
from corpus.errors import ImportFailed
from corpus.errors import NotFound as NotStored
from corpus.model import CaptureRef, StoredArticle
from corpus.store import LoggedVisit
from corpus.texts import Text, text
from corpus.warc.exchange import Exchange
from indexer.query.parameters import whole_number
from indexer.results.present import headline
from web.articles.head import head
from web.articles.named import article, known, why_withdrawn
from web.articles.web_archive import given
from web.languages.speaking import Foreign
from web.layout.paths import note_parameter
from web.layout.problems import NotAllowed
from web.layout.render import minute, one_line, size
from web.layout.replies import POLICY
from web.layout.services import current_services
from web.layout.who import reads_in_full

blueprint = Blueprint("captures", __name__)

# Nothing is fetched and nothing runs: `sandbox` without a word takes scripts, forms, popups and the origin away.
SANDBOX = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; form-action 'none'; "
    "base-uri 'none'; frame-ancestors 'self'"
)
FRAME = f"{POLICY}; frame-src 'self'"
LISTED = 50  # captures of one article, the latest; how many more there are is said
HTML = frozenset({"text/html", "application/xhtml+xml", ""})
_SHIFT = rb"(?:\x1b[(][BIJ])*"  # ISO-2022-JP may say anywhere that ASCII goes on, which leaves no letter
_LINK = re.compile(rb"(<%bl%b)i(%bn%bk%b)(?=[\s/>])" % ((_SHIFT,) * 5), re.IGNORECASE)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
# How a page of two bytes each character begins, where it says so, and what it is called (Encoding Standard, 4.2).
_MARKS = (
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"<\0?\0x\0", "utf-16-le"),
    (b"\0<\0?\0x", "utf-16-be"),
)
_WIDE = dict.fromkeys(
    ("utf-16", "utf-16le", "unicode", "unicodefeff", "csunicode", "ucs-2", "iso-10646-ucs-2"), "utf-16-le"
) | dict.fromkeys(("utf-16be", "unicodefffe"), "utf-16-be")


@blueprint.get("/a/<mark>/capture")
def page(mark: str) -> Response:
    """Show when and from where the page was fetched, which text of the article it has, and the page in a frame."""
    stored = _article(mark)
    visits = _visits(stored)
    chosen, ref = _chosen(stored, visits)
    whole, why_not = _read(ref)
    exchange, number = _part(whole)
    services = current_services()
    at = f"?at={chosen}" if chosen < len(visits) else ""  # the text's own capture, though its fetch is no longer listed
    with_part = f"{at}&part=" if at else "?part="
    made = render_template(
        "capture.html",
        title=text("As it was fetched"),
        noindex=True,
        **head(stored),
        exchange=exchange,
        why_not=why_not or (_not_shown(exchange) if exchange else None),
        at=minute(exchange.at, services.zone) if exchange else None,
        size=size(len(exchange.body)) if exchange else None,
        revision=_revision(stored, whole) if whole else None,
        frame=f"/a/{stored.mark}/capture/page{f'{with_part}{number}' if number > 1 else at}",
        number=number,
        parts=[
            (n, f"/a/{stored.mark}/capture{with_part}{n}") for n in range(1, (len(whole.parts) if whole else 0) + 2)
        ],
        captures=[
            (minute(each.at, services.zone), None if n == chosen else f"/a/{stored.mark}/capture?at={n}")
            for n, each in enumerate(visits)
        ],
        earlier=services.store.journal.count(stored.article.url, captured=True) - len(visits),
        record=f"/a/{stored.mark}/capture.warc.gz{at}",
        archive=f"/a/{stored.mark}/capture.wacz",
    )
    return Response(made, headers={"Content-Security-Policy": FRAME})


@blueprint.get("/a/<mark>/capture/page")
def framed(mark: str) -> Response:
    """Give the bytes of the page, which no browser lets run or fetch anything."""
    stored = _article(mark)
    whole, why_not = _read(_chosen(stored, _visits(stored))[1])
    exchange, _ = _part(whole)
    if exchange is None or why_not or _not_shown(exchange):
        raise NotFound
    body, charset = _harmless(exchange)
    kind = "text/plain" if _kind(exchange) == "text/plain" else "text/html"
    return Foreign(
        body,
        content_type=f"{kind}; charset={charset}" if charset else kind,
        headers={
            "Content-Security-Policy": SANDBOX,
            "X-Frame-Options": "SAMEORIGIN",
            "X-DNS-Prefetch-Control": "off",
            "Cross-Origin-Resource-Policy": "same-origin",
        },
    )


@blueprint.get("/a/<mark>/capture.warc.gz")
def record(mark: str) -> Response:
    """Give one capture as a WARC file, which needs no other."""
    stored = _article(mark)
    return given([_with(stored, _chosen(stored, _visits(stored))[1])], f"{stored.mark}.warc.gz", title="")


@blueprint.get("/a/<mark>/capture.wacz")
def archive(mark: str) -> Response:
    """Give the capture of the text that stands as a WACZ file, for readers of web archives."""
    stored = _article(mark)
    return given([stored], f"{stored.mark}.wacz", title=one_line(headline(stored)))


def _article(mark: str) -> StoredArticle:
    """Return the article of a mark whose captures may be shown.

    Raises:
        NotAllowed: The archive is public: it shows a part of texts, and no page whole.
        Gone: Its text was taken away, and its captures with it.
    """
    if current_services().federation is not None:
        raise NotFound
    if not reads_in_full():
        raise NotAllowed(text("This archive is public: pages as they were fetched are not shown."))
    stored = known(mark)
    if stored.withdrawn is not None:
        raise Gone(
            text(
                "The text of {mark} was taken away ({reason}), and what was fetched is not shown.",
                mark=stored.mark,
                reason=why_withdrawn(stored.withdrawn),
            )
        )
    return article(mark)


def _visits(stored: StoredArticle) -> list[LoggedVisit]:
    """Return the fetches of an article that were captured, the last one first."""
    return current_services().store.journal.visits(stored.article.url, limit=LISTED, captured=True)


def _chosen(stored: StoredArticle, visits: list[LoggedVisit]) -> tuple[int, CaptureRef | None]:
    """Return the place in the list of the capture that the address names, and where it is; else that of the text."""
    typed = request.args.get("at", "").strip()
    wanted = whole_number(typed)
    if typed and wanted is None and visits:
        note_parameter("at", typed, text("a number from 0 to {most:,}", most=len(visits) - 1))
    if wanted is not None:
        if not 0 <= wanted < len(visits):
            raise NotFound
        return wanted, visits[wanted].capture
    ref = stored.article.capture
    return next((n for n, each in enumerate(visits) if each.capture == ref), len(visits)), ref


def _read(ref: CaptureRef | None) -> tuple[Exchange | None, Text | None]:
    """Return what was fetched, or why there is none."""
    if ref is None:
        return None, text("No raw response is stored: the article was imported without one.")
    try:
        with Captures(current_services().config.captures) as captures:
            exchange = captures.read(ref)
    except NotStored:
        return None, text("The raw response was taken away: pruned by its age, or emptied with a withdrawal.")
    except ImportFailed:
        return None, text("The raw response cannot be read: its file is damaged.")
    return exchange, None


def _part(whole: Exchange | None) -> tuple[Exchange | None, int]:
    """Return the page of a story that the address names, and its number; else the first one."""
    pages = (whole, *whole.parts) if whole is not None else ()
    typed = request.args.get("part", "").strip()
    number = whole_number(typed) if typed else 1
    if number is None:
        note_parameter("part", typed, text("a number from 1 to {most:,}", most=max(len(pages), 1)))
        number = 1
    if not pages:
        return None, 1
    if not 1 <= number <= len(pages):
        raise NotFound
    return pages[number - 1], number


def _not_shown(exchange: Exchange) -> Text | None:
    kind = _kind(exchange)
    if kind in HTML or kind == "text/plain":
        return None if exchange.body else text("The response was empty.")
    return text("It is no page but “{kind}”: the record has it.", kind=kind[:60])


def _kind(exchange: Exchange) -> str:
    return (exchange.header("Content-Type") or "").partition(";")[0].strip().lower()


def _harmless(exchange: Exchange) -> tuple[bytes, str | None]:
    """Return the bytes with `<link>` made harmless, and their charset; None: the page itself may name it."""
    named = _CHARSET.search(exchange.header("Content-Type") or "")
    charset = named[1].lower() if named else None
    wide = next((name for mark, name in _MARKS if exchange.body.startswith(mark)), _WIDE.get(charset or ""))
    if wide is None:
        return _LINK.sub(rb"\1-\2", exchange.body), charset
    narrow = exchange.body.decode(wide, "replace").removeprefix("\ufeff").encode("utf-8", "replace")
    return _LINK.sub(rb"\1-\2", narrow), "utf-8"


def _revision(stored: StoredArticle, exchange: Exchange) -> dict[str, Any] | None:
    """Return which text of the article a capture has: the last one seen by then."""
    times = current_services().store.revision_times(stored.id)
    seen = [number for number, when in times.items() if when <= exchange.at]
    if not seen or len(times) < 2:
        return None
    return {"number": seen[-1], "count": len(times), "stands": seen[-1] == max(times)}


def _with(stored: StoredArticle, ref: CaptureRef | None) -> StoredArticle:
    return replace(stored, article=replace(stored.article, capture=ref))

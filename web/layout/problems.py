"""An error -> a page that says what to do next, or its JSON twin (RFC 9457)."""

import json
import logging
import secrets
from typing import Any

from flask import Flask, Response, make_response, render_template, request
from werkzeug.exceptions import HTTPException, NotFound

from corpus.errors import (
    IndexError_,
    IndexRebuilding,
    IndexUnreachable,
    PressmarkError,
    StoreDamaged,
    StoreError,
    StoreUnfit,
    message_of,
)
from corpus.events import event
from corpus.runs.limits import limit_reached
from corpus.texts import text
from web.languages.choice import choose, speak
from web.layout.mounting import LANGUAGE
from web.layout.services import current_services

log = logging.getLogger(__name__)

SAID = {
    400: (text("That request was not understood"), text("Something in the address is not as it should be.")),
    401: (text("Sign in first"), text("This archive is read by people who have an account.")),
    403: (text("That may not be changed from here"), text("Changes are made on the machine that has the archive.")),
    404: (text("No such page"), text("There is no page at this address.")),
    405: (text("Not done here"), text("This page can be read, not written to.")),
    409: (text("Too late"), text("It has changed meanwhile: open its page again.")),
    410: (text("Taken down"), text("This article was in the archive and its text has been taken away.")),
    413: (text("Too much at once"), text("What was sent is larger than what is taken; nothing of it was read.")),
    415: (text("Not in this form"), text("What was sent is in a form that is not read here.")),
    416: (text("No such part"), text("The file does not have the part that was asked for.")),
    429: (text("Too often"), text("There were too many tries. Wait a while, and try again.")),
    503: (
        text("The index is not ready"),
        text("It is being built, or cannot be opened just now. Try again in a minute."),
    ),
    500: (text("Something broke"), text("It was our fault, and it has been written to the log.")),
}
PASSING = frozenset({429, 503})  # what another try may bring; 429 is RFC 6585's
WAIT = 60  # seconds
PASSED_ON = frozenset({"Allow", "Content-Range", "Retry-After"})  # headers that an error brings
NOT_OPEN = text("This page is not open to you")
BUSY = text("Busy for a moment")
FULL = text("This machine can do no more at once just now. Try again in a minute.")
STORE = text("The archive is not ready"), text("It cannot be read or changed just now. Try again in a minute.")
UNFIT = text(
    "It is damaged or of another version, and waiting does not help: its operator sees more with “pressmark doctor”."
)
UNREACHABLE = text("The search cluster does not answer just now. Nothing is lost. Try again in a minute.")
OTHER = (text("That did not work"), text("The request could not be answered."))


class Gone(PressmarkError):
    """The article was withdrawn; the message says why."""


class WrongHost(PressmarkError):
    """The Host header names a site that is not ours."""


class NotAllowed(PressmarkError):
    """Who asks may not change this; the message says why."""


class TooLate(PressmarkError):
    """What was to be changed is not any more as it was; the message says how."""


class TooOften(PressmarkError):
    """The same was tried too often; the message says what, and `wait` in how many seconds it may be tried again."""

    def __init__(self, message: str, *, wait: int) -> None:
        self.wait = wait
        super().__init__(message)


class NotReady(PressmarkError):
    """The request cannot be answered yet; the message says why."""


def announce(app: Flask) -> None:
    """Let the app answer every failure in our words."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Gone, lambda error: page(410, message_of(error)))
    app.register_error_handler(WrongHost, lambda error: page(400, message_of(error), bare=True))
    app.register_error_handler(NotAllowed, lambda error: page(403, message_of(error)))
    app.register_error_handler(TooLate, lambda error: page(409, message_of(error)))
    app.register_error_handler(TooOften, lambda error: page(429, message_of(error), wait=error.wait))
    app.register_error_handler(NotReady, lambda error: page(503, message_of(error)))
    app.register_error_handler(IndexError_, _index)
    app.register_error_handler(StoreError, _store)
    app.register_error_handler(Exception, _unforeseen)


def page(
    status: int,
    detail: str | None = None,
    *,
    heading: str | None = None,
    quote: str | None = None,
    bare: bool = False,
    wait: int | None = WAIT,
) -> Response:
    """Answer with a problem.

    Args:
        bare: Without the links a stranger's page must not learn of.
        wait: Seconds after which to come again, where the status says that this helps; None: it does not help.
    """
    usual, said = SAID.get(status, OTHER)
    if status == 403 and request.method in ("GET", "HEAD"):
        usual = NOT_OPEN
    heading = heading or usual
    if wants_json():
        body: dict[str, Any] = {"type": "about:blank", "title": heading, "status": status, "detail": detail or said}
        if quote:
            body["instance"] = f"urn:pressmark:error:{quote}"
        response = make_response(json.dumps(body, ensure_ascii=False) + "\n", status)
        response.mimetype = "application/problem+json"
    else:
        response = _shown(status, heading, detail or said, quote, bare=bare)
    if status in PASSING and wait is not None:
        response.headers["Retry-After"] = str(wait)
    response.headers["Cache-Control"] = "no-store"
    return response


def later(said: str, seconds: int) -> Response:
    """Ask to come again for a file: a browser is shown a page, whatever the file is; a program a line of text."""
    if request.accept_mimetypes.best_match(["text/plain", "text/html"]) == "text/html":
        setting, accepted = current_services().config.web.language, request.headers.get("Accept-Language", "")
        speak(choose(request.environ.get(LANGUAGE), setting, accepted))  # a file's address speaks English
        response = _shown(503, BUSY, said)
    else:
        response = Response(f"{said}\n", 503, mimetype="text/plain")
    response.headers["Retry-After"] = str(seconds)
    response.headers["Cache-Control"] = "no-store"
    return response


def _shown(status: int, heading: str, said: str, quote: str | None = None, *, bare: bool = False) -> Response:
    """Return a problem as a page; as a line of text where a limit of this machine lets no page be made."""
    try:
        return _page(status, heading, said, quote, bare=bare)
    except (OSError, RuntimeError, MemoryError) as error:
        if limit_reached(error) is None:
            raise
        return Response(f"{said}\n", status, mimetype="text/plain")


def _page(status: int, heading: str, said: str, quote: str | None, *, bare: bool) -> Response:
    return make_response(
        render_template(
            "error.html",
            title=heading,
            heading=heading,
            status=status,
            said=said,
            quote=quote,
            search=not bare and status not in (401, 503),
            lookup="/lookup" if status == 404 else None,
            noindex=True,
            **({"foot_of": None} if bare or status == 401 or status >= 500 else {}),
        ),
        status,
    )


def wants_json() -> bool:
    """Whether the request is for data: by its extension, or by what it accepts."""
    if request.path.startswith("/api/v1/") and request.path != "/api/v1/":
        return True
    if request.path.endswith((".json", ".jsonl", ".csv", ".atom")) or request.path in (
        "/suggest",
        "/healthz",
        "/readyz",
        "/metrics",
    ):
        return True
    best = request.accept_mimetypes.best_match(["text/html", "application/json", "application/problem+json"])
    return best is not None and best != "text/html"


def _http(error: HTTPException) -> Response:
    if error.response is not None or (error.code or 500) < 400:
        return make_response(error.get_response())
    ours = error.description if isinstance(error, NotFound) and error.description != NotFound.description else None
    reply = page(error.code or 500, ours)
    for name, value in error.get_headers():
        if name in PASSED_ON:
            reply.headers[name] = value
    return reply


def _index(error: PressmarkError) -> Response:
    event(log, "page not ready", level=logging.WARNING, path=request.path, error=error)
    said = (
        message_of(error)
        if isinstance(error, IndexRebuilding)
        else UNREACHABLE
        if isinstance(error, IndexUnreachable)
        else None
    )
    return page(503, said)


def _store(error: StoreError) -> Response:
    event(log, "page not ready", level=logging.WARNING, path=request.path, error=error)
    heading, said = STORE
    if isinstance(error, StoreUnfit | StoreDamaged):
        return page(503, UNFIT, heading=heading, wait=None)
    return page(503, said, heading=heading)


def _unforeseen(error: Exception) -> Response:
    if limit := limit_reached(error):
        event(log, "page not ready", level=logging.WARNING, path=request.path, error=limit, trace="debug")
        return page(503, FULL, heading=BUSY)
    quote = secrets.token_hex(4)
    event(log, "page failed", level=logging.ERROR, id=quote, path=request.path, error=error, trace="always")
    return page(500, quote=quote)

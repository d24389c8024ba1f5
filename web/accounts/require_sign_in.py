"""A request without a session -> the page to sign in, where an archive requires accounts."""

from flask import Flask, Response, make_response, redirect, request
from werkzeug.wrappers import Response as Reply

from corpus.texts import text
from web.layout import problems, well_known
from web.layout.services import current_services
from web.layout.state import address
from web.layout.who import CHALLENGE, may_read, who_asks

# Endpoints that answer everybody, or ask themselves who it is.
OPEN = (
    "static",
    "login.page",
    "login.sign_in",
    "login.sign_out",
    "machines.opensearch",  # names the archive and its search, as the page of the sign-in does
    "metrics.page",
    "saved_feed.atom",  # their addresses are secrets
    "saved_feed.page",
    "saved_feed.pause",
    "shared_dossiers.page",
    "shared_dossiers.data",
    "shared_dossiers.export",
)


def watch(app: Flask) -> None:
    """Let nobody in before the request has passed here."""
    app.before_request(_check)


def _check() -> Reply | None:
    if request.endpoint in OPEN or request.path in well_known.PROBES or request.path == "/robots.txt":
        return None
    if may_read():
        return None
    if problems.wants_json() or request.headers.get("Authorization") or request.method != "GET":
        return _refused()
    if current_services().config.web.accounts == "proxy":
        return problems.page(401, text("The proxy that signs people in named nobody."))
    back = request.full_path.rstrip("?")
    return redirect(address("/login", [("back", back)] if back != "/" else []), 303)


def _refused() -> Response:
    is_unknown = bool(request.headers.get("Authorization")) and who_asks().role is None
    detail = text("The token is not known, or was revoked.") if is_unknown else None
    reply = make_response(problems.page(401, detail))
    reply.headers["WWW-Authenticate"] = CHALLENGE
    return reply

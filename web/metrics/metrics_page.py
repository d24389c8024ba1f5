"""`/metrics`: the archive's figures in Prometheus' text format, for this machine and for all who have an account."""

from time import monotonic

from flask import Blueprint, Response, current_app, make_response

from web.layout import problems
from web.layout.exposition import CONTENT_TYPE, exposition
from web.layout.services import current_services
from web.layout.who import CHALLENGE, may_watch
from web.metrics.figures import figures, stored_figures

blueprint = Blueprint("metrics", __name__)

FRESH = 5.0  # seconds for which what stands in the store is not read again: all of it is counted
STRANGERS = (
    "The figures are read on this machine itself, or with the token of an account (Authorization: Bearer TOKEN)."
)


@blueprint.get("/metrics")
def page() -> Response:
    """Give the figures."""
    services = current_services()
    if not may_watch():
        has_accounts = services.config.web.accounts != "none"
        reply = make_response(problems.page(401 if has_accounts else 403, STRANGERS))
        if has_accounts:
            reply.headers["WWW-Authenticate"] = CHALLENGE
        return reply
    made, stored = services.remembered("metrics") or (0.0, {})
    if not stored or monotonic() - made > FRESH:
        stored = stored_figures(services)
        services.remember("metrics", (monotonic(), stored))
    text = exposition(figures(services, stored, str(current_app.jinja_env.globals["version"])))
    return Response(text, content_type=CONTENT_TYPE, headers={"Cache-Control": "no-store"})

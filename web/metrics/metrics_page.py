"""`/metrics`: the figures of the archive in Prometheus' text format, for this machine and for who has an account."""

from time import monotonic

from flask import Blueprint, Response, current_app, make_response

from web.layout import problems
from web.layout.exposition import CONTENT_TYPE, exposition
from web.layout.services import current_services
from web.layout.who import CHALLENGE, may_watch
from web.metrics.figures import figures

blueprint = Blueprint("metrics", __name__)

FRESH = 5.0  # seconds for which the answer is the same: they read the whole store's counts
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
    made, text = services.remembered("metrics") or (0.0, "")
    if not text or monotonic() - made > FRESH:
        text = exposition(figures(services, str(current_app.jinja_env.globals["version"])))
        services.remember("metrics", (monotonic(), text))
    return Response(text, content_type=CONTENT_TYPE, headers={"Cache-Control": "no-store"})

"""A request below `/api/v1` -> its answer: who asks, is it right, has it changed; then what its operation gives."""

import hashlib
import json
import math
import re
from time import monotonic
from typing import Any

from flask import Blueprint, Response, current_app, request
from pydantic import ValidationError
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as Reply

from corpus import VERSION
from web.api import archive, articles, batch, corrections, counting, requesting, searching
from web.api.beside import changes, citing, coverage, similar
from web.api.document import MOST_SHOWN, PARTS, adapter, body_adapter, document
from web.api.export_schema import export_schema
from web.api.keeping import annotations, bundles, desk, dossier_files, history, passages, receipts, samples
from web.api.operations import OPERATIONS, Call, Operation
from web.api.parameters import faults_of
from web.api.problems import Fault, Refused, answer, wrong
from web.api.rates import Rates
from web.layout.changes import refuse, refuse_foreign_senders
from web.layout.services import current_services
from web.layout.who import HERE, is_of_the_archive, may, network_of, reads_in_full, who_asks

__all__ = [
    "annotations",
    "archive",
    "articles",
    "batch",
    "bundles",
    "changes",
    "citing",
    "corrections",
    "counting",
    "coverage",
    "desk",
    "dossier_files",
    "history",
    "passages",
    "receipts",
    "requesting",
    "samples",
    "searching",
    "similar",
]  # each fills the table of operations

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")

LONGEST_BODY = 65_536  # bytes; the longest note has 10,000 characters
JSON = "application/json"
_RATES = "pressmark.api_rates"
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")

blueprint.register_error_handler(Refused, answer)


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """Give the document of this API."""
    made = document(VERSION)
    text = json.dumps({**made, "servers": [{"url": request.script_root or "/"}]}, ensure_ascii=False)
    return Response(text + "\n", mimetype=JSON)


@blueprint.get("/export.schema.json")
def schema_of_exports() -> Response:
    """Give the JSON Schema of the lines of an export."""
    return Response(
        json.dumps(export_schema(), ensure_ascii=False, indent=1) + "\n", mimetype="application/schema+json"
    )


def rates() -> Rates:
    """Return the requests that this server has counted."""
    found: Rates = current_app.extensions.setdefault(_RATES, Rates(monotonic, current_services().shared.rates))
    return found


def _answered(operation: Operation, path: dict[str, str]) -> Reply:
    _count()
    if operation.right is not None:
        if not may(operation.right):
            refuse(operation.right)
        refuse_foreign_senders()
    call = _call(operation, path)
    tag = _tag(call)
    if tag and request.if_none_match.contains_weak(tag):
        unchanged = Response(status=304)
        unchanged.set_etag(tag, weak=True)
        return unchanged
    given = operation.answer(call)
    if operation.gives is None:
        return given if given is not None else Response(status=operation.status)
    reply = Response(adapter(operation.gives).dump_json(given), operation.status, mimetype=JSON)
    if tag:
        reply.set_etag(tag, weak=True)
    return reply


def _count() -> None:
    """Count the request. Requests from this machine are not counted: nobody else waits for them."""
    person = who_asks()
    if person.name == HERE:
        return
    wait = rates().wait(person.name.casefold() or network_of(request.remote_addr or ""))
    if wait:
        seconds = math.ceil(wait)
        raise Refused("too-many", f"too many requests at once: the next one is answered in {seconds} s", wait=seconds)


def _call(operation: Operation, path: dict[str, str]) -> Call:
    """Return the request when it is right.

    Raises:
        Refused: It is not; every fault is named.
        NotFound: A part of its path names nothing that could be.
    """
    services = current_services()
    for name, value in path.items():
        choices = PARTS[name][1].get("enum")
        if (choices is not None and value not in choices) or len(value) > MOST_SHOWN or _CONTROLS.search(value):
            raise NotFound
    pairs = tuple(request.args.items(multi=True))
    if faults := faults_of(pairs, operation.takes, now=services.now(), zone=services.zone):
        raise wrong(faults)
    return Call(operation, path, pairs, _body(operation))


def _body(operation: Operation) -> Any:
    if operation.body is None:
        return None
    if request.mimetype != JSON:
        raise Refused("not-json", f"content-type = {request.mimetype[:40]!r}: expected {JSON}")
    if (request.content_length or 0) > LONGEST_BODY:
        raise Refused("too-large", f"the body has {request.content_length:,} bytes: expected at most {LONGEST_BODY:,}")
    try:
        return body_adapter(operation.body).validate_json(request.get_data())
    except ValidationError as error:
        faults = [
            Fault(
                f"body: {'.'.join(map(str, each['loc']))}".rstrip(": "),
                str(each["input"])[:40],
                each["msg"][:1].lower() + each["msg"][1:],
            )
            for each in error.errors(include_url=False, include_context=False)
        ]
        raise wrong(faults) from None


def _tag(call: Call) -> str | None:
    """Return what an answer is known by before it is made; None: only its bytes tell."""
    if call.operation.state is None:
        return None
    services = current_services()
    made_with = VERSION, str(services.zone), tuple(each.name for each in services.config.sources)
    state = (call.name_without(), reads_in_full(), is_of_the_archive(), made_with, *call.operation.state(call))
    return hashlib.blake2s(repr(state).encode("utf-8", "replace"), digest_size=12).hexdigest()


for _each in OPERATIONS:
    blueprint.add_url_rule(
        re.sub(r"\{name\}", "<path:name>", _each.path).replace("{", "<").replace("}", ">"),
        _each.name,
        lambda _operation=_each, **path: _answered(_operation, path),
        methods=[_each.method],
    )

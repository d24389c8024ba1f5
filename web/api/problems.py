"""A request that is not answered -> its problem as JSON (RFC 9457), with what would be right."""

import json
from dataclasses import dataclass
from typing import Any

from flask import Response, request

from corpus.errors import PressmarkError

TITLES = {
    "request": (400, "The request is not as it should be"),
    "cursor": (400, "The cursor is none of this list"),
    "only-signed-in": (403, "Not for who asks"),
    "conflict": (409, "It is not any more as it was"),
    "state-gone": (410, "The list has changed since the first page"),
    "too-large": (413, "The body is too large"),
    "not-json": (415, "The body is no JSON"),
    "too-many": (429, "Too many requests"),
    "busy": (503, "Too much work just now"),
}  # of each type of problem its status and its title
MOST_FAULTS = 20  # named in an answer: a request of 64 kB can have thousands


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: where (`query: from`, `body: name`), the value as given, and what was expected.

    Attributes:
        is_sentence: `expected` is a sentence of its own ("A tag has no comma."), not the end of "expected ...".
        is_missing: Nothing was given, which is `null` in JSON.
    """

    where: str
    given: str
    expected: str
    is_sentence: bool = False
    is_missing: bool = False

    def __str__(self) -> str:
        said = self.expected[:1].lower() + self.expected[1:].rstrip(".") if self.is_sentence else ""
        given = "is missing" if self.is_missing else f"= {self.given!r}"
        return f"{self.where} {given}: {said or f'expected {self.expected}'}"


class Refused(PressmarkError):
    """A request that the API does not answer; `kind` is a key of TITLES."""

    def __init__(self, kind: str, detail: str, faults: tuple[Fault, ...] = (), *, wait: int | None = None) -> None:
        super().__init__(detail)
        self.kind = kind
        self.faults = faults
        self.wait = wait


def answer(refused: Refused) -> Response:
    """Return the problem of a request that was refused."""
    status, title = TITLES[refused.kind]
    body: dict[str, Any] = {
        "type": f"{request.script_root}/api/v1/#{refused.kind}",
        "title": title,
        "status": status,
        "detail": str(refused),
    }
    if refused.faults:
        body["errors"] = [
            {"where": each.where, "given": each.given, "expected": each.expected} for each in refused.faults
        ]
    reply = Response(
        (json.dumps(body, ensure_ascii=False) + "\n").encode("utf-8", "replace"),
        status,
        mimetype="application/problem+json",
    )
    if refused.wait is not None:
        reply.headers["Retry-After"] = str(refused.wait)
    reply.headers["Cache-Control"] = "no-store"
    return reply


def wrong(faults: list[Fault]) -> Refused:
    """Return the refusal of a request with faults: it counts all of them, and names the first."""
    more = f"; and {len(faults) - 1:,} more" if len(faults) > 1 else ""
    return Refused("request", f"{faults[0]}{more}", tuple(faults[:MOST_FAULTS]))

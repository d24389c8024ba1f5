"""Spans <-> objects of JSON, as exports and answers give them: what a span does not have is left out."""

from collections.abc import Sequence
from typing import Any

from corpus.structure.checking import problem
from corpus.structure.values import Span, SpanKind

_TYPES: dict[str, type] = {
    "start": int, "end": int, "level": int, "number": int, "header": bool, "address": str, "caption": str,
}  # fmt: skip


def spans_data(spans: Sequence[Span] | None) -> list[dict[str, Any]] | None:
    """Return spans as objects; None for a text whose structure was not read."""
    return None if spans is None else [_data(span) for span in spans]


def links(spans: Sequence[Span] | None) -> list[str] | None:
    """Return the addresses that a text links to, in its order, each once; None: its structure was not read."""
    if spans is None:
        return None
    return list(dict.fromkeys(span.address for span in spans if span.kind is SpanKind.LINK and span.address))


def spans_of(value: Any, body: str) -> tuple[Span, ...] | None:
    """Return the spans that `spans_data` wrote.

    Raises:
        ValueError: They are none, or none of this text; the message says what is wrong.
    """
    if value is None:
        return None
    if not isinstance(value, list):
        raise ValueError("expected a list of spans, or null")
    spans = tuple(map(_span, value))
    if wrong := problem(spans, body):
        raise ValueError(wrong)
    return spans


def _data(span: Span) -> dict[str, Any]:
    shown: dict[str, Any] = {"kind": span.kind.value, "start": span.start, "end": span.end}
    if span.level:
        shown["level"] = span.level
    if span.header:
        shown["header"] = True
    optional = {"number": span.number, "address": span.address, "caption": span.caption}
    return shown | {key: value for key, value in optional.items() if value is not None}


def _span(value: Any) -> Span:
    is_span = isinstance(value, dict) and {"kind", "start", "end"} <= value.keys() <= _TYPES.keys() | {"kind"}
    if not is_span or any(type(value[key]) is not kind for key, kind in _TYPES.items() if key in value):
        raise ValueError(f"{str(value)[:80]!r}: expected a span, with kind, start and end")
    try:
        return Span(**{**value, "kind": SpanKind(value["kind"])})
    except ValueError:
        raise ValueError(f"kind {str(value['kind'])[:40]!r}: expected one of {', '.join(SpanKind)}") from None

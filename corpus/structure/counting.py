"""Spans -> how many of each kind there are, in words."""

from collections import Counter
from collections.abc import Iterable

from corpus.structure.values import Span, SpanKind

_PLURALS = {SpanKind.PREFORMATTED: ("preformatted text", "preformatted texts")}


def counted(spans: Iterable[Span] | None) -> str:
    """Return the counts such as "3 headings, 12 links", in the order of the kinds; None: "not read"."""
    if spans is None:
        return "not read"
    counts = Counter(span.kind for span in spans)
    said = [f"{counts[kind]:,} {_named(kind, counts[kind])}" for kind in SpanKind if counts[kind]]
    return ", ".join(said) or "plain text"


def _named(kind: SpanKind, count: int) -> str:
    one, many = _PLURALS.get(kind, (kind.value, f"{kind.value}s"))
    return one if count == 1 else many

"""Two readings of one text -> whether its page sets the text in another way now."""

from collections.abc import Sequence
from dataclasses import replace

from corpus.structure.values import Span, SpanKind


def differ(one: Sequence[Span] | None, other: Sequence[Span] | None) -> bool:
    """Whether two texts are set differently, but for the queries of images' addresses."""
    if one is None or other is None:
        return one is not other
    return len(one) != len(other) or [*map(_plain, one)] != [*map(_plain, other)]


def _plain(span: Span) -> Span:
    if span.kind is not SpanKind.IMAGE or span.address is None or "?" not in span.address:
        return span
    return replace(span, address=span.address.partition("?")[0])

"""Spans -> those that fit the bytes that addresses and captions of one text may take, and how many do not."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from itertools import chain
from operator import attrgetter

from corpus.structure.values import Span, SpanKind

# In UTF-8, of one text: 3,000 links of 80 characters. Pages, Markdown and JSON write each at most twice, so that a text
# of few words stays a page of few megabytes, however many and long its links are.
MAX_BYTES = 250_000

_TEXTS = attrgetter("address", "caption")


def size(spans: Iterable[Span]) -> int:
    """Return how many bytes the addresses and captions of spans take."""
    return _bytes_of("".join(filter(None, chain.from_iterable(map(_TEXTS, spans)))))


def within_budget(spans: Iterable[Span]) -> tuple[tuple[Span, ...], Counter[SpanKind]]:
    """Return the spans that fit, in their order, and of each kind how many did not.

    What is too long for what is left goes, and shorter ones after it may stay. Of a table the caption goes alone.
    """
    spans = tuple(spans)
    if size(spans) <= MAX_BYTES:
        return spans, Counter()
    left, fitting, gone = MAX_BYTES, [], Counter[SpanKind]()
    for span in spans:
        needed = _size(span)
        if needed <= left:
            left -= needed
            fitting.append(span)
            continue
        gone[span.kind] += 1
        if span.kind is SpanKind.TABLE:
            fitting.append(replace(span, caption=None))
    return tuple(fitting), gone


def _size(span: Span) -> int:
    address, caption = span.address, span.caption
    return (_bytes_of(address) if address else 0) + (_bytes_of(caption) if caption else 0)


def _bytes_of(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-8", "replace"))

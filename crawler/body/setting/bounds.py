"""Spans, and what was left out of a page -> a fact that says what limits cut off: "3,000 of 5,000 links"."""

from collections import Counter
from collections.abc import Mapping, Sequence

from corpus.structure.budget import MAX_BYTES
from corpus.structure.checking import MAX_ADDRESS, MAX_SPANS
from corpus.structure.values import Span, SpanKind
from corpus.texts import message, text

MAX_LINKS = 3_000  # of one text
MAX_IMAGES = 300  # of one text
TOO_MANY_LINKS = f"links beyond {MAX_LINKS}"
TOO_MANY_IMAGES = f"images beyond {MAX_IMAGES}"
TOO_MANY_SPANS = f"spans beyond {MAX_SPANS}"
TOO_MANY_BYTES = {
    kind: f"{name} beyond {MAX_BYTES} bytes of addresses and captions"
    for kind, name in ((SpanKind.LINK, "links"), (SpanKind.IMAGE, "images"), (SpanKind.TABLE, "captions of tables"))
}
TOO_LONG = f"addresses of more than {MAX_ADDRESS} characters"
_NAMED = {
    SpanKind.LINK: message("{n:,} of {all:,} links"),
    SpanKind.IMAGE: message("{n:,} of {all:,} images"),
}


def facts_of_limits(spans: Sequence[Span] | None, left_out: Mapping[str, int]) -> dict[str, str]:
    """Return what of a text's structure is not stored for its number or length alone, as the fact `structure`.

    Empty: all of it is stored, or there is none.
    """
    if spans is None or not left_out:
        return {}
    counts, parts = Counter(span.kind for span in spans), []
    for reasons, has, words in (
        ((TOO_MANY_LINKS, TOO_MANY_BYTES[SpanKind.LINK]), counts[SpanKind.LINK], _NAMED[SpanKind.LINK]),
        ((TOO_MANY_IMAGES, TOO_MANY_BYTES[SpanKind.IMAGE]), counts[SpanKind.IMAGE], _NAMED[SpanKind.IMAGE]),
        ((TOO_MANY_SPANS,), len(spans), message("{n:,} of {all:,} parts")),
    ):
        if beyond := sum(left_out.get(reason, 0) for reason in reasons):
            parts.append(text(words, n=has, all=has + beyond))
    if long := left_out.get(TOO_LONG):
        parts.append(text("without {n:,} addresses of more than {most} characters", n=long, most=MAX_ADDRESS))
    if captions := left_out.get(TOO_MANY_BYTES[SpanKind.TABLE]):
        words = message("without {n:,} captions of tables beyond {most} bytes of addresses and captions")
        parts.append(text(words, n=captions, most=MAX_BYTES))
    return {"structure": ", ".join(parts)} if parts else {}


def with_limits(reason: str, cut: Sequence[str], facts: dict[str, str], decoding: Mapping[str, str]) -> str:
    """Add to a page's reason that only its first part was read; note that, and how it was decoded, among the facts.

    Args:
        cut: How far a page was read that was too large, as its blocks say.
    """
    facts.update(decoding)
    if not cut or "body" in facts:
        return reason
    facts["body"] = text("the first part of a page too large to read whole: {what}", what=cut[0])
    return f"{reason}; {facts['body']}"

"""Spans and their text -> what is wrong with them: they leave the text, cross each other, or say what no span says."""

from collections.abc import Iterable, Iterator, Sequence

from corpus.structure.budget import MAX_BYTES, size, within_budget
from corpus.structure.values import Span, SpanKind, ordered

MAX_SPANS = 10_000  # of one text; a page has at most 6,000 blocks
MAX_ADDRESS = 2_000  # characters; browsers and servers take no longer ones for granted
MAX_CAPTION = 1_000  # characters
MAX_LEVEL = 100  # lists and quotes that stand in one another
MAX_NUMBER = 10**9  # of an item; HTML allows what 32 bits hold

_LEVELLED = frozenset({SpanKind.HEADING, SpanKind.ITEM, SpanKind.QUOTE})
_ADDRESSED = frozenset({SpanKind.LINK, SpanKind.IMAGE})
_PLACES = frozenset({SpanKind.IMAGE, SpanKind.CELL})  # may stand between two characters; an image always does
_CAPTIONED = frozenset({SpanKind.IMAGE, SpanKind.TABLE})


def problem(spans: Sequence[Span], body: str) -> str | None:
    """Return what is wrong with the spans of a text, the first of it; None when nothing is. Linear in the spans."""
    if len(spans) > MAX_SPANS:
        return f"{len(spans)} spans: expected at most {MAX_SPANS}"
    if tuple(spans) != ordered(spans):
        return "the spans are not in the order of the text"
    if (taken := size(spans)) > MAX_BYTES:
        return f"{taken} bytes of addresses and captions: expected at most {MAX_BYTES}"
    return next(
        (f"{span.kind} {span.start}..{span.end}: {wrong}" for span, wrong in _judged(spans, body) if wrong), None
    )


def fitting(spans: Sequence[Span], body: str) -> tuple[tuple[Span, ...], int]:
    """Return the spans that nothing is wrong with, in their order, and how many others there are.

    Of two that cross, the first stays. Of a table whose caption is beyond the bytes of a text, the caption goes alone,
    and is counted.
    """
    right = [span for span, wrong in _judged(ordered(spans), body) if not wrong][:MAX_SPANS]
    within, gone = within_budget(right)
    return within, len(spans) - len(right) + gone.total()


def is_web_address(address: str) -> bool:
    """Whether a text is an http or https URL of a length we keep, without blanks or controls."""
    if not address.startswith(("http://", "https://")) or len(address) > MAX_ADDRESS:
        return False
    return address.isprintable() and " " not in address and len(address) > len("https://")


def _judged(spans: Iterable[Span], body: str) -> Iterator[tuple[Span, str | None]]:
    """Give each span of a text and what is wrong with it, as it stands among those before it that are right."""
    around: list[Span] = []
    for span in spans:
        wrong = _alone(span, body)
        while around and around[-1].end <= span.start:
            around.pop()
        if not wrong and around and span.end > around[-1].end:
            wrong = f"crosses the {around[-1].kind} {around[-1].start}..{around[-1].end}"
        if not wrong and around and around[-1].kind is SpanKind.LINK and span.start < span.end:
            wrong = f"stands in the link {around[-1].start}..{around[-1].end}"
        if not wrong:
            around.append(span)
        yield span, wrong


def _alone(span: Span, body: str) -> str | None:
    """Return what is wrong with a span, whatever stands around it."""
    kind = span.kind
    if not 0 <= span.start <= span.end <= len(body):
        return f"expected a part of the {len(body)} characters of the text"
    if kind is SpanKind.IMAGE and span.start < span.end:
        return "expected a place between two characters"
    if kind not in _PLACES and span.start == span.end:
        return "expected a part of the text"
    least, most = (2, 6) if kind is SpanKind.HEADING else (1, MAX_LEVEL) if kind in _LEVELLED else (0, 0)
    if not least <= span.level <= most:
        return f"level {span.level}: expected {least} to {most}"
    if span.number is not None and (kind is not SpanKind.ITEM or abs(span.number) > MAX_NUMBER):
        return f"number {span.number}: expected one of an item, up to {MAX_NUMBER}"
    if span.header and kind is not SpanKind.CELL:
        return "only a cell is a header"
    if (span.address is not None) != (kind in _ADDRESSED):
        return "expected an address of each link and image, and of nothing else"
    if span.address is not None and not is_web_address(span.address):
        return f"address {span.address[:60]!r}: expected an http or https URL of {MAX_ADDRESS} characters at most"
    if span.caption is not None and (kind not in _CAPTIONED or not 0 < len(span.caption) <= MAX_CAPTION):
        return f"expected a caption of an image or a table, 1 to {MAX_CAPTION} characters"
    return None

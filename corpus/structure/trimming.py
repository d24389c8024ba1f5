"""The spans of a text -> those of the text without some of its paragraphs, moved to where their words stand now."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.structure.values import Span, SpanKind, ordered

_GAP = "\n\n"


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """Where a paragraph that stays began and ended, and where it begins now."""

    start: int
    end: int
    now: int


def without_paragraphs(spans: Sequence[Span] | None, before: str, after: str) -> tuple[Span, ...] | None:
    """Return the spans that stay, over `after`; None where there are none to move, or `after` is not what was said.

    Args:
        before: The text of the spans.
        after: The same text without some paragraphs, which blank lines part; their order stays.
    """
    paragraphs = None if spans is None else _staying(before, after)
    if spans is None or paragraphs is None:
        return None
    starts = [each.start for each in paragraphs]
    moved = []
    for span in spans:
        first = max(bisect_right(starts, span.start) - 1, 0)
        if span.kind is SpanKind.IMAGE:
            at = _gap(paragraphs[first], span.start) if paragraphs and starts[first] <= span.start else 0
            moved.append(replace(span, start=at, end=at))
            continue
        if span.start == span.end:  # a cell without text, in its row
            head = paragraphs[first] if paragraphs else None
            if head and head.start <= span.start <= head.end:
                at = head.now + span.start - head.start
                moved.append(replace(span, start=at, end=at))
            continue
        if first < len(paragraphs) and paragraphs[first].end <= span.start:
            first += 1  # it began in a paragraph that went, or after this one
        last = bisect_right(starts, span.end - 1) - 1
        if first > last:
            continue  # all its paragraphs went
        head, tail = paragraphs[first], paragraphs[last]
        start = head.now + max(span.start - head.start, 0)
        moved.append(replace(span, start=start, end=tail.now + min(span.end, tail.end) - tail.start))
    return ordered(replace(each, start=min(each.start, len(after)), end=min(each.end, len(after))) for each in moved)


def _gap(paragraph: _Paragraph, at: int) -> int:
    """Return where a place stands now: in this paragraph, or in the gap after it."""
    return paragraph.now + min(at - paragraph.start, paragraph.end - paragraph.start + 1)


def _staying(before: str, after: str) -> list[_Paragraph] | None:
    left = after.split(_GAP) if after else []
    found: list[_Paragraph] = []
    at = now = 0
    for paragraph in before.split(_GAP):
        if len(found) < len(left) and paragraph == left[len(found)]:
            found.append(_Paragraph(at, at + len(paragraph), now))
            now += len(paragraph) + len(_GAP)
        at += len(paragraph) + len(_GAP)
    return found if len(found) == len(left) else None

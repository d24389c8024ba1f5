"""Spans <-> one compact text, as the store holds them: JSON, a list for each attribute of a span.

Where a span starts is written as its distance from the span before; what a kind does not have is not written.
"""

import json
from collections.abc import Iterator, Sequence
from itertools import accumulate, repeat
from typing import Any

from corpus.structure.values import Span, SpanKind

# A letter for each kind; what is stored, so letters are added and never change.
_LETTERS = {
    SpanKind.HEADING: "h",
    SpanKind.ITEM: "i",
    SpanKind.QUOTE: "q",
    SpanKind.TABLE: "t",
    SpanKind.ROW: "r",
    SpanKind.CELL: "c",
    SpanKind.PREFORMATTED: "p",
    SpanKind.LINK: "l",
    SpanKind.IMAGE: "m",
}
_KINDS = {letter: kind for kind, letter in _LETTERS.items()}
_LEVELLED, _NUMBERED, _HEADED, _ADDRESSED, _CAPTIONED = "hiq", "i", "c", "lm", "mt"


def packed(spans: Sequence[Span]) -> str:
    """Return spans, in their order, as one text; "" for none."""
    if not spans:
        return ""
    letters = "".join(_LETTERS[span.kind] for span in spans)
    starts = [span.start for span in spans]

    def of(kinds: str, name: str) -> list[Any]:
        return [getattr(span, name) for span, letter in zip(spans, letters, strict=True) if letter in kinds]

    columns = [
        letters,
        [start - before for before, start in zip([0, *starts], starts, strict=False)],
        [span.end - span.start for span in spans],
        of(_LEVELLED, "level"),
        of(_NUMBERED, "number"),
        [int(header) for header in of(_HEADED, "header")],
        of(_ADDRESSED, "address"),
        of(_CAPTIONED, "caption"),
    ]
    return json.dumps(columns, ensure_ascii=False, separators=(",", ":"))


def unpacked(text: str) -> tuple[Span, ...]:
    """Return the spans of a text that `packed` wrote.

    Raises:
        ValueError, TypeError, LookupError, RecursionError: It wrote no such text.
    """
    if not text:
        return ()
    letters, distances, lengths, levels, numbers, headers, addresses, captions = json.loads(text)
    if {*map(type, (*distances, *lengths, *levels, *headers))} - {int} or {*map(type, numbers)} - {int, type(None)}:
        raise ValueError("a number is none")
    if {*map(type, addresses)} - {str} or {*map(type, captions)} - {str, type(None)}:
        raise ValueError("a text is none")

    def column(kinds: str, values: list[Any], other: Any) -> Iterator[Any]:
        waiting = iter(values)
        found = [next(waiting) if letter in kinds else other for letter in letters]
        if next(waiting, None) is not None:
            raise ValueError("more values than spans")
        return iter(found)

    try:
        rows = zip(
            letters,
            accumulate(distances),
            lengths,
            column(_LEVELLED, levels, 0),
            column(_NUMBERED, numbers, None) if numbers else repeat(None, len(letters)),
            column(_HEADED, headers, 0) if headers else repeat(0, len(letters)),
            column(_ADDRESSED, addresses, None),
            column(_CAPTIONED, captions, None),
            strict=True,
        )
    except StopIteration:
        raise ValueError("fewer values than spans") from None
    return tuple(
        Span(_KINDS[letter], start, start + length, level, number, bool(header), address, caption)
        for letter, start, length, level, number, header, address, caption in rows
    )

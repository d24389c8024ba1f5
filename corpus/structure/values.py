"""A text and its page -> spans over the text: what is a heading, a list, a quote, a table, a link, an image.

The text itself stays plain, so that search, differences and marked passages know nothing of spans.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class SpanKind(StrEnum):
    """What a span of an article's text is."""

    HEADING = "heading"
    ITEM = "item"
    QUOTE = "quote"
    TABLE = "table"
    CAPTION = "caption"
    ROW = "row"
    CELL = "cell"
    PREFORMATTED = "preformatted"
    LINK = "link"
    IMAGE = "image"


@dataclass(frozen=True, slots=True)
class Span:
    """A part of an article's text, and what it is.

    Attributes:
        start, end: Characters (code points) of the body, `end` excluded. An image stands between two characters, and
            so does a cell without text: their start and end are equal.
        level: Of a heading, 2 to 6; of an item, how deep its list stands, from 1; of a quote, from 1. Otherwise 0.
        number: Of an item in a numbered list, the number as its page shows it; None for a bullet.
        header: The cell names its row or column.
        address: Absolute http or https URL that a link leads to, or that an image is at.
        caption: Of an image or a table, as printed, where it is no part of the text; of an image without one, its
            description. None: there is neither.
    """

    kind: SpanKind
    start: int
    end: int
    level: int = 0
    number: int | None = None
    header: bool = False
    address: str | None = None
    caption: str | None = None


_LAST = {SpanKind.LINK: 1, SpanKind.IMAGE: 2}  # of spans over the same characters


def ordered(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Sort spans in the order of the text; a span stands before those that stand in it.

    Of two over the same characters the one that was given first stands around the other; links and images stand last.
    """
    return tuple(sorted(spans, key=lambda span: (span.start, -span.end, _LAST.get(span.kind, 0))))

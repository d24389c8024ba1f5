"""A text that has all that a page may set: headings, lists in lists, a quote, a table, a picture, links."""

from corpus.structure.values import Span, SpanKind, ordered

_PARTS = (
    "The vote was *easy*, see the minutes.",
    "What is built",
    "flood gates at Wick",
    "small ones",
    "a bank",
    "The sea_would_wait.\n\nIt did not.",
    "Town | Cost\nWick | 18.4\nMoor | \u2212",
    "let x = 1\n``` end",
    "1. is no item\n# is no heading",
)


def _structured() -> tuple[str, tuple[Span, ...]]:
    body = "\n\n".join(_PARTS)

    def span(kind: SpanKind, words: str, **more: object) -> Span:
        start = body.index(words)
        return Span(kind, start, start + len(words), **more)  # type: ignore[arg-type]

    table = span(SpanKind.TABLE, _PARTS[6], caption="Cost by <town>")
    rows = _PARTS[6].split("\n")
    cells = [
        span(SpanKind.CELL, "Town", header=True),
        span(SpanKind.CELL, "Cost", header=True),
        Span(SpanKind.CELL, table.start + 12, table.start + 16, header=True),
        span(SpanKind.CELL, "18.4"),
        span(SpanKind.CELL, "Moor", header=True),
        span(SpanKind.CELL, "\u2212"),
    ]
    return body, ordered(
        (
            span(SpanKind.LINK, "the minutes", address="https://council.example/minutes?a=1&b=<2>"),
            span(SpanKind.HEADING, "What is built", level=3),
            span(SpanKind.ITEM, "flood gates at Wick", level=1),
            span(SpanKind.ITEM, "small ones", level=2, number=3),
            span(SpanKind.ITEM, "a bank", level=1),
            span(SpanKind.QUOTE, _PARTS[5], level=1),
            table,
            *(span(SpanKind.ROW, row) for row in rows),
            *cells,
            span(SpanKind.PREFORMATTED, _PARTS[7]),
            Span(
                SpanKind.IMAGE, len(body), len(body), address="https://gazette.example/a%20b.png", caption="The *wall*"
            ),
        )
    )


BODY, STRUCTURE = _structured()
SCRIPT = Span(SpanKind.LINK, BODY.index("Wick"), BODY.index("Wick") + 4, address="javascript:alert(1)")

from corpus.structure.counting import counted
from corpus.structure.values import Span, SpanKind


def test_spans_are_counted_by_kind_in_words():
    spans = [
        Span(SpanKind.HEADING, 0, 1, level=2),
        *[Span(SpanKind.CELL, 0, 1)] * 1_200,
        Span(SpanKind.PREFORMATTED, 0, 1),
    ]
    assert counted(spans) == "1 heading, 1,200 cells, 1 preformatted text"
    assert counted(()) == "plain text"
    assert counted(None) == "not read"

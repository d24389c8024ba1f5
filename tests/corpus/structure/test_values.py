"""Spans over an article's text."""

from itertools import permutations

from corpus.structure.values import Span, SpanKind, ordered


def test_a_span_stands_before_those_that_stand_in_it() -> None:
    table = Span(SpanKind.TABLE, 4, 20)
    row = Span(SpanKind.ROW, 4, 20)
    cell = Span(SpanKind.CELL, 4, 9)
    link = Span(SpanKind.LINK, 4, 9, address="https://example.org/")
    later = Span(SpanKind.IMAGE, 20, 20, address="https://example.org/i.png")
    for spans in permutations((table, cell, link, later)):
        first = ordered((row, *spans)), ordered((*spans, row))
        assert first == ((row, table, cell, link, later), (table, row, cell, link, later))
    empty = Span(SpanKind.CELL, 4, 4)  # stands in the row, before the cell that begins there
    assert ordered((empty, row, cell)) == (row, cell, empty)


def test_every_kind_of_span_has_a_place_in_the_order() -> None:
    assert len(ordered(Span(kind, 0, 1) for kind in SpanKind)) == len(SpanKind)

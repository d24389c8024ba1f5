"""What the store holds of spans: all that they say, in few characters; what it did not write is no structure."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.structure.checking import problem
from corpus.structure.packing import packed, unpacked
from corpus.structure.values import Span, SpanKind, ordered

BODY = "Chapter one\n\nA harbour opens\nwith a fair\n\nShip | 3\n\nthe end"
GOOD = ordered(
    (
        Span(SpanKind.HEADING, 0, 11, level=3),
        Span(SpanKind.IMAGE, 12, 12, address="https://a.example/p.jpg", caption="A \n port"),
        Span(SpanKind.IMAGE, 40, 40, address="http://a.example/q.jpg"),
        Span(SpanKind.ITEM, 13, 28, level=1, number=4),
        Span(SpanKind.LINK, 15, 22, address="https://http://a.example/harbour"),
        Span(SpanKind.ITEM, 29, 40, level=1, number=5),
        Span(SpanKind.LINK, 29, 40, address="https://https://a.example/harbour"),
        Span(SpanKind.TABLE, 42, 50, caption="Ships"),
        Span(SpanKind.ROW, 42, 50),
        Span(SpanKind.CELL, 42, 46, header=True),
        Span(SpanKind.CELL, 49, 50),
        Span(SpanKind.CELL, 50, 50),
        Span(SpanKind.CELL, 42, 42, header=True),
        Span(SpanKind.QUOTE, 52, 59, level=2),
        Span(SpanKind.PREFORMATTED, 52, 59),
    )
)


def test_spans_come_back_as_they_were_packed():
    assert problem(GOOD, BODY) is None
    assert unpacked(packed(GOOD, BODY), BODY) == GOOD
    assert unpacked(packed((), BODY), BODY) == ()


BODIES = st.text(st.sampled_from("ab \n|港\r\u2028\x85"), max_size=30)


@st.composite
def marked_texts(draw):
    """Return a text, and spans over it of every kind that fit it, in their order."""
    body = draw(BODIES)
    place = st.integers(0, len(body))
    spans: list[Span] = []
    for kind in draw(st.lists(st.sampled_from(SpanKind), max_size=8)):
        start, end = sorted((draw(place), draw(place)))
        end = start if kind is SpanKind.IMAGE else end
        addressed = kind in {SpanKind.LINK, SpanKind.IMAGE}
        one = Span(
            kind,
            start,
            end,
            level=draw(st.integers(2, 6)) if kind in {SpanKind.HEADING, SpanKind.ITEM, SpanKind.QUOTE} else 0,
            number=draw(st.none() | st.integers(-3, 3)) if kind is SpanKind.ITEM else None,
            header=kind is SpanKind.CELL and draw(st.booleans()),
            address=draw(st.sampled_from(["https://a.example/1", "http://b.example/港"])) if addressed else None,
            caption=draw(st.none() | st.just("A\nport")) if kind in {SpanKind.IMAGE, SpanKind.TABLE} else None,
        )
        with_it = ordered([*spans, one])
        spans = spans if problem(with_it, body) else list(with_it)
    return body, tuple(spans)


@given(marked_texts())
def test_whatever_fits_its_text_comes_back(drawn):
    body, spans = drawn
    assert unpacked(packed(spans, body), body) == spans


def test_a_span_of_whole_lines_takes_no_more_where_the_text_before_it_is_long():
    heading = Span(SpanKind.HEADING, 0, 11, level=2)
    moved = replace(heading, start=100_001, end=100_012)
    assert len(packed([moved], "x" * 100_000 + "\nChapter one")) == len(packed([heading], "Chapter one"))


@pytest.mark.parametrize(
    "wrong",
    [
        "[]",
        "{",
        "[" * 100_000,
        '["h",[0],[],"",[]]',
        '["h",[0.5,0],[],"",[]]',
        '["h",[true,0],[],"",[]]',
        '["h",[0,0,0],[],"",[]]',
        '["h",[-1,0],[],"",[]]',
        '["h",[0,99],[],"",[]]',
        '["h",[0,-2],[],"",[]]',
        '["z",[0,0],[],"",[]]',
        '["h9999",[0,0],[],"",[]]',
        '["l",[0,0],[],"",[]]',
        '["l",[0,0],[],"a.example b.example",[]]',
        '["N",[0,0],[],"",[]]',
        '["n",[0,0],[3],"",[]]',
        '["m",[0],[],"a.example",[]]',
        '["m",[0],[],"a.example",[3]]',
        '["m",[0],[],7,[null]]',
    ],
)
def test_text_that_was_not_packed_is_no_structure(wrong):
    with pytest.raises((ValueError, TypeError, LookupError, RecursionError)):
        unpacked(wrong, BODY)

import pytest

from corpus.structure.as_data import spans_data, spans_of
from corpus.structure.checking import MAX_ADDRESS, MAX_SPANS, problem
from corpus.structure.comparing import differ
from corpus.structure.trimming import without_paragraphs
from corpus.structure.values import Span, SpanKind, ordered

BODY = "Chapter one\n\nA harbour opens\nwith a fair\n\nShip | 3\n\nthe end"
GOOD = ordered(
    (
        Span(SpanKind.HEADING, 0, 11, level=2),
        Span(SpanKind.IMAGE, 12, 12, address="https://a.example/p.jpg", caption="A port"),
        Span(SpanKind.ITEM, 13, 28, level=1, number=1),
        Span(SpanKind.LINK, 15, 22, address="https://a.example/harbour"),
        Span(SpanKind.ITEM, 29, 40, level=1, number=-2),
        Span(SpanKind.TABLE, 42, 50, caption="Ships"),
        Span(SpanKind.ROW, 42, 50),
        Span(SpanKind.CELL, 42, 46, header=True),
        Span(SpanKind.CELL, 49, 50),
        Span(SpanKind.CELL, 50, 50),
        Span(SpanKind.QUOTE, 52, 59, level=1),
        Span(SpanKind.PREFORMATTED, 52, 59),
    )
)
LINK = Span(SpanKind.LINK, 0, 4, address="https://a.example/")


def test_spans_come_back_as_they_were_given_as_data():
    assert problem(GOOD, BODY) is None
    assert spans_of(spans_data(GOOD), BODY) == GOOD
    assert spans_of(spans_data(None), BODY) is None


@pytest.mark.parametrize(
    ("spans", "said"),
    [
        ([Span(SpanKind.HEADING, 0, 99, level=2)], "characters of the text"),
        ([Span(SpanKind.HEADING, 3, 3, level=2)], "a part of the text"),
        ([Span(SpanKind.HEADING, 0, 3, level=1)], "level 1"),
        ([Span(SpanKind.QUOTE, 0, 9, level=1), Span(SpanKind.ITEM, 5, 12, level=1)], "crosses"),
        ([LINK, Span(SpanKind.LINK, 1, 3, address="https://b.example/")], "stands in the link"),
        ([Span(SpanKind.LINK, 0, 4, address="javascript:alert(1)")], "http or https"),
        ([Span(SpanKind.LINK, 0, 4, address="https://a.example/\u202e")], "http or https"),
        ([Span(SpanKind.LINK, 0, 4, address="https://a.example/" + "a" * MAX_ADDRESS)], "http or https"),
        ([Span(SpanKind.LINK, 0, 4)], "address"),
        ([Span(SpanKind.CELL, 0, 4, number=3)], "number"),
        ([Span(SpanKind.ROW, 0, 4, header=True)], "header"),
        ([Span(SpanKind.ROW, 0, 4, caption="a")], "caption"),
        ([Span(SpanKind.ROW, 5, 7), Span(SpanKind.ROW, 0, 4)], "order"),
        ([Span(SpanKind.ROW, 0, 4)] * (MAX_SPANS + 1), "at most"),
    ],
)
def test_what_no_text_can_have_is_named(spans, said):
    assert said in (problem(spans, BODY) or "")


@pytest.mark.parametrize(
    "value",
    [
        "text",
        [3],
        [{"kind": "link"}],
        [{"kind": "verse", "start": 0, "end": 1}],
        [{"kind": "row", "start": True, "end": 4}],
    ],
)
def test_data_that_is_no_structure_is_refused_with_a_reason(value):
    with pytest.raises(ValueError, match="expected"):
        spans_of(value, BODY)


def test_only_the_query_of_an_image_may_differ_unnoticed():
    image = Span(SpanKind.IMAGE, 1, 1, address="https://a.example/p.jpg?signed=1")
    assert not differ([image], [Span(SpanKind.IMAGE, 1, 1, address="https://a.example/p.jpg?signed=2")])
    assert differ([LINK], [Span(SpanKind.LINK, 0, 4, address="https://a.example/?page=2")])
    assert differ(None, [])
    assert not differ(None, None)


def test_spans_move_with_the_paragraphs_that_stay():
    after = "Chapter one\n\nShip | 3\n\nthe end"
    moved = without_paragraphs(GOOD, BODY, after)
    assert moved is not None
    assert problem(moved, after) is None
    texts = [(span.kind.value, after[span.start : span.end]) for span in moved]
    assert texts == [
        ("heading", "Chapter one"),
        ("image", ""),
        ("table", "Ship | 3"),
        ("row", "Ship | 3"),
        ("cell", "Ship"),
        ("cell", "3"),
        ("cell", ""),
        ("quote", "the end"),
        ("preformatted", "the end"),
    ]
    assert without_paragraphs(GOOD, BODY, "another text") is None
    assert without_paragraphs(None, BODY, after) is None


def test_every_choice_of_paragraphs_leaves_valid_spans():
    paragraphs = BODY.split("\n\n")
    for choice in range(1 << len(paragraphs)):
        after = "\n\n".join(text for n, text in enumerate(paragraphs) if choice >> n & 1)
        moved = without_paragraphs(GOOD, BODY, after)
        assert moved is not None
        assert problem(moved, after) is None, (choice, moved)

"""The blocks of a text: nothing of it lost or doubled, whatever spans stand over it."""

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.structure.blocks import Block, BlockKind, runs
from corpus.structure.layout import MOST_NESTED, layout
from corpus.structure.values import Span, SpanKind
from tests.counting import calls

SEEN = re.compile(r"[^\s|]")


def shown(body: str, blocks: tuple[Block, ...] | list[Block]) -> str:
    """Return blocks in one line: the kind's first letters, then texts or the blocks in brackets."""
    return " ".join(_one(body, block) for block in blocks)


def _one(body: str, block: Block) -> str:
    texts = [f"[{body[r.start : r.end]}]" if r.address else body[r.start : r.end] for r in block.runs]
    number = "" if block.number is None else str(block.number)
    level = str(block.level) if block.level else ""
    inner = "".join(texts) or shown(body, block.blocks) or block.caption or ""
    return f"{block.kind.value[:2]}{level}{number}{'!' if block.header else ''}({inner})"


def span(body: str, words: str, kind: SpanKind, **more: Any) -> Span:
    start = body.index(words)
    return Span(kind, start, start + len(words), **more)


@st.composite
def bodies_with_spans(draw: st.DrawFn) -> tuple[str, list[Span]]:
    body = draw(st.text("ab |\n", max_size=40))
    place = st.integers(0, len(body))
    spans = []
    for _ in range(draw(st.integers(0, 9))):
        start, end = sorted((draw(place), draw(place)))
        kind = draw(st.sampled_from(SpanKind))
        level = draw(st.integers(0, 7))
        spans.append(Span(kind, start, end, level, draw(st.none() | st.integers(0, 3)), address="https://a.example/"))
    return body, spans


@settings(max_examples=150, deadline=None)
@given(bodies_with_spans())
def test_each_character_that_is_seen_stands_in_one_run_in_order(drawn: tuple[str, list[Span]]) -> None:
    body, spans = drawn
    at, strokes = 0, any(each.kind in (SpanKind.ROW, SpanKind.TABLE) for each in spans)
    for run in runs(layout(body, spans)):
        assert at <= run.start < run.end
        assert not (SEEN.search(body[at : run.start]) if strokes else body[at : run.start].strip())
        at = run.end
    assert not (SEEN.search(body[at:]) if strokes else body[at:].strip())


def test_without_spans_a_text_is_its_paragraphs() -> None:
    body = "One\nline.\n\nTwo.\n\n\n\n Three | four. "
    for structure in (None, ()):
        assert shown(body, layout(body, structure)) == "pa(One\nline.) pa(Two.) pa(Three | four.)"


def test_headings_leave_out_no_level_and_keep_their_links() -> None:
    body = "A\n\nB\n\nC\n\nto D"
    spans = [span(body, word, SpanKind.HEADING, level=level) for word, level in (("A", 4), ("B", 6), ("C", 3))]
    spans += [span(body, "D", SpanKind.LINK, address="https://d.example/")]
    assert shown(body, layout(body, spans)) == "he1(A) he2(B) he1(C) pa(to [D])"


def test_deeper_items_stand_in_the_item_before_them() -> None:
    body = "a\nb\nc\nd"
    items = [
        span(body, word, SpanKind.ITEM, level=level, number=number)
        for word, level, number in (("a", 1, None), ("b", 2, 1), ("c", 2, 2), ("d", 1, None))
    ]
    wanted = "li(it(pa(a) li1(it1(pa(b)) it2(pa(c)))) it(pa(d)))"
    assert shown(body, layout(body, items)) == wanted
    within = [Span(SpanKind.ITEM, 0, 5, 1), *items[1:]]
    assert shown(body, layout(body, within)) == wanted


def test_a_number_that_turns_back_begins_another_list() -> None:
    body = "a\nb\nc\nd\ne"
    for numbers, lists in (
        ((1, 2, 1, 2, 3), 2),
        ((5, 4, 3, 2, 1), 1),
        ((1, 1, 1, 1, 1), 5),
        ((1, 2, None, None, 3), 3),
    ):
        spans = [Span(SpanKind.ITEM, 2 * n, 2 * n + 1, 1, number) for n, number in enumerate(numbers)]
        assert len(layout(body, spans)) == lists


def test_a_table_has_its_rows_its_empty_cells_and_what_stands_outside_of_cells() -> None:
    body = "Town | Cost\nWick | 9\nin crowns"
    spans = [
        Span(SpanKind.TABLE, 0, len(body), caption="Costs"),
        Span(SpanKind.ROW, 0, 11),
        Span(SpanKind.CELL, 0, 0),
        Span(SpanKind.CELL, 0, 4, header=True),
        Span(SpanKind.CELL, 7, 11, header=True),
        Span(SpanKind.ROW, 12, 20),
        Span(SpanKind.CELL, 12, 16),
        Span(SpanKind.CELL, 19, 20),
        Span(SpanKind.CELL, 20, 20),
    ]
    (table,) = layout(body, spans)
    first = "ro(ce() ce!(pa(Town)) ce!(pa(Cost)))"
    assert shown(body, table.blocks) == f"{first} ro(ce(pa(Wick)) ce(pa(9)) ce()) ro(ce(pa(in crowns)))"
    assert table.caption == "Costs"


def test_images_stand_between_blocks_and_an_image_in_a_sentence_behind_it() -> None:
    body = "One two.\n\nThree.\n\nfour"
    spans = [Span(SpanKind.QUOTE, 10, 16)] + [
        Span(SpanKind.IMAGE, at, at, address="https://a.example/i.png", caption=str(at))
        for at in (0, 4, 10, 12, 16, 22)
    ]
    made = shown(body, layout(body, spans))
    assert made == "im(0) pa(One two.) im(4) im(10) qu(pa(Three.) im(12)) im(16) pa(four) im(22)"


def test_blocks_that_cross_or_nest_without_end_keep_their_text() -> None:
    body = "abcdef"
    crossing = [Span(SpanKind.QUOTE, 0, 4), Span(SpanKind.ITEM, 2, 6, 1)]
    assert shown(body, layout(body, crossing)) == "qu(pa(ab) li(it(pa(cd)))) pa(ef)"
    body = "x" * 5_000
    nested = [Span(SpanKind.QUOTE, n, 10_000 - n) for n in range(5_000)]
    assert layout(body, [*nested, Span(SpanKind.QUOTE, -1, 9)])[0].kind is BlockKind.PARAGRAPH  # no place in the text
    deep, depth = layout(body, [Span(SpanKind.QUOTE, n, 5_000 - n) for n in range(2_000)]), 0
    while blocks := [each for each in deep if each.blocks]:
        deep, depth = blocks[0].blocks, depth + 1
    assert depth == MOST_NESTED


@pytest.mark.parametrize("shape", ["links", "items", "images", "cells", "nested"])
def test_work_grows_with_the_spans_however_they_stand(shape: str) -> None:
    def spans(n: int) -> list[Span]:
        made = {
            "links": lambda at: Span(SpanKind.LINK, at, at + 4, address="https://a.example/"),
            "items": lambda at: Span(SpanKind.ITEM, at, at + 4, 1 + at // 5 % 100),
            "images": lambda at: Span(SpanKind.IMAGE, at, at, address="https://a.example/i.png"),
            "cells": lambda at: Span(SpanKind.CELL, at, at + 4),
            "nested": lambda at: Span(SpanKind.QUOTE, at // 5, 5 * n - at // 5, 1),
        }[shape]
        return [made(5 * at) for at in range(n)]

    def work(n: int) -> int:
        return calls(lambda: layout("word " * n, spans(n)))

    assert work(600) < 2.2 * work(300)


def test_a_caption_is_the_tables_only_where_the_table_begins() -> None:
    body = "Costs\n\na | b\n\nlater"
    row, cells = Span(SpanKind.ROW, 7, 12), [Span(SpanKind.CELL, 7, 8), Span(SpanKind.CELL, 11, 12)]
    caption = Span(SpanKind.CAPTION, 0, 5)
    (table, _) = layout(body, [Span(SpanKind.TABLE, 0, 12), caption, row, *cells])
    assert shown(body, [table]) == "ta(Costs)"
    assert shown(body, table.blocks) == "ro(ce(pa(a)) ce(pa(b)))"
    last = Span(SpanKind.CAPTION, 14, 19)
    (_, table) = layout(body, [Span(SpanKind.TABLE, 7, 19), row, *cells, last])
    assert shown(body, table.blocks) == "ro(ce(pa(a)) ce(pa(b))) ro(ce(pa(later)))"
    assert shown(body, layout(body, [caption])) == "pa(Costs) pa(a | b) pa(later)"


def test_a_table_in_a_cell_of_the_same_characters_stands_in_it() -> None:
    body = "a | b"
    inner = [Span(SpanKind.TABLE, 0, 5), Span(SpanKind.ROW, 0, 5), Span(SpanKind.CELL, 0, 1), Span(SpanKind.CELL, 4, 5)]
    outer = [Span(SpanKind.TABLE, 0, 5), Span(SpanKind.ROW, 0, 5), Span(SpanKind.CELL, 0, 5)]
    wanted = "ta(ro(ce(ta(ro(ce(pa(a)) ce(pa(b)))))))"
    assert shown(body, layout(body, [*outer, *inner])) == wanted


def test_preformatted_text_keeps_the_blanks_before_its_first_word() -> None:
    body = "a\n\n  b  c\n d\n\ne"
    assert shown(body, layout(body, [Span(SpanKind.PREFORMATTED, 1, 14)])) == "pa(a) pr(  b  c\n d) pa(e)"

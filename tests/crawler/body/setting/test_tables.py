"""Tables that are data: their captions, rows, and each cell in the column that its page shows it in."""

import pytest

from corpus.structure.blocks import Block, BlockKind, runs
from corpus.structure.checking import MAX_SPANS
from corpus.structure.layout import layout
from corpus.structure.values import SpanKind
from tests.crawler.body.setting.test_spans import read, shown


def tables(markup, chosen=None):
    """Return each table of a page: its caption, and the texts of its cells by row; of a table in a cell its rows."""
    body, spans, _ = read(markup, chosen)
    return [_table(block, body) for block in layout(body, spans) if block.kind is BlockKind.TABLE]


def _table(table: Block, body: str):
    caption = "".join(body[run.start : run.end] for run in table.runs) or table.caption
    return caption, [[_cell(cell, body) for cell in row.blocks] for row in table.blocks]


def _cell(cell: Block, body: str):
    if cell.blocks and cell.blocks[-1].kind is BlockKind.TABLE:
        return _table(cell.blocks[-1], body)[1]
    return "".join(body[run.start : run.end] for run in runs(cell.blocks))


SHIPS = "<tr><th>Year<th>Ships</tr><tr><td>2020<td>300</tr>"
ROWS = [["Year", "Ships"], ["2020", "300"]]


def test_a_data_table_has_rows_and_cells_and_a_layout_table_has_none():
    data = f"<table>{SHIPS}</table>"
    assert shown(data, SpanKind.TABLE) == ["Year | Ships\n2020 | 300"]
    assert shown(data, SpanKind.CELL) == ["Year", "Ships", "2020", "300"]
    assert shown("<table><tr><td><p>A story.</p><p>Its end.</p></td></tr></table>", SpanKind.TABLE) == []


@pytest.mark.parametrize(
    ("markup", "caption"),
    [
        (f"<table><caption>Ships a <a href=/y>year</a></caption>{SHIPS}</table>", "Ships a year"),
        (f"<table><caption><p>Schiffe</p><p>je Jahr</p></caption>{SHIPS}</table>", "Schiffe\n\nje Jahr"),
        (f"<table dir=rtl><caption>السفن كل سنة</caption><thead>{SHIPS}</thead></table>", "السفن كل سنة"),
        (
            f"<table><caption>{'Ships of every flag, '.strip() * 40}</caption>{SHIPS}</table>",
            "Ships of every flag," * 40,
        ),
        (f"<table><caption></caption>{SHIPS}</table>", None),
    ],
)
def test_a_caption_in_the_text_is_the_tables_and_no_paragraph(markup, caption):
    assert tables(f"<p>a</p>{markup}<p>b</p>") == [(caption, ROWS)]


@pytest.mark.parametrize(
    ("markup", "chosen"),
    [
        (f"<table><caption>船の数</caption>{SHIPS}</table>", (1, 2)),
        (f"<figure><figcaption>船の数</figcaption><div><table>{SHIPS}</table></div></figure>", (1, 2)),
        (f"<figure><table>{SHIPS}</table><figcaption>船の数</figcaption></figure>", (0, 1)),
    ],
)
def test_a_caption_that_is_no_part_of_the_text_is_the_tables_too(markup, chosen):
    assert tables(markup, chosen) == [("船の数", ROWS)]


def test_a_caption_behind_its_rows_is_a_paragraph_behind_the_table():
    body, spans, _ = read(f"<table>{SHIPS}<caption>Ships</caption></table>")
    assert [block.kind for block in layout(body, spans)] == [BlockKind.TABLE, BlockKind.PARAGRAPH]


@pytest.mark.parametrize(
    ("rows", "cells"),
    [
        ("<tr><td></td><td>a<td>b<tr><td>c<td>d<td></td>", [["", "a", "b"], ["c", "d", ""]]),
        ("<tr><td><td><td>a<td><td>b<td><tr><td>c<td>d", [["", "", "a", "", "b", ""], ["c", "d"]]),
        (
            "<tr><th rowspan=2>Pegel<th colspan=2>Stand<tr><th>tief<th>hoch<tr><td>Wick<td>1<td>4",
            [["Pegel", "Stand", ""], ["", "tief", "hoch"], ["Wick", "1", "4"]],
        ),
        ("<tr><td>a<td rowspan=3>b<tr><td>c<td>x<tr><td>d<td>y", [["a", "b"], ["c", "", "x"], ["d", "", "y"]]),
        ("<tr><td>甲<td>乙<td rowspan=2>丙<tr><td>丁<td>戊", [["甲", "乙", "丙"], ["丁", "戊", ""]]),
        ("<tr><td colspan=0>a<td rowspan=-1>b<tr><td colspan=x>c<td>d", [["a", "b"], ["c", "d"]]),
        ("<tr><td><a href=/x>a</a><td>b<tr><td></td><td>c<td>d", [["a", "b"], ["", "c", "d"]]),
    ],
)
def test_each_cell_stands_in_its_column(rows, cells):
    assert tables(f"<p>p</p><table>{rows}</table><p>q</p>") == [(None, cells)]


def test_a_table_in_a_cell_stands_in_the_cell():
    inner = "<table><tr><td>low<td>1<tr><td>high<td>4</table>"
    outer = f"<table><tr><th>Gauge<th>Level<tr><td>Wick<td>{inner}<tr><td>Moor<td>3</table>"
    assert tables(outer) == [(None, [["Gauge", "Level"], ["Wick", [["low", "1"], ["high", "4"]]], ["Moor", "3"]])]


def test_a_table_with_headers_whose_cells_hold_blocks_is_data_unless_most_of_the_text_stands_in_it():
    rows = "<tr><th>Ort<th>Was<tr><td>Wick<td><ul><li>ein Tor<li>ein Wall</ul><tr><td><td><p>nichts</p>"
    story = "<p>Der Rat hat am Montag über die Mauer beraten und nichts beschlossen.</p>"
    cells = [["Ort", "Was"], ["Wick", "ein Torein Wall"], ["", "nichts"]]
    assert tables(f"{story}<table>{rows}</table>{story}") == [(None, cells)]
    assert tables(f"<p>a</p><table>{rows}<tr><td>b<td>{story * 3}</table>") == []
    assert tables(f"{story}<table>{rows.replace('th>', 'td>')}</table>{story}") == []


def test_a_table_with_headers_all_of_whose_cells_hold_paragraphs_is_data():
    head = "<thead><tr><th><p>Gauge</p></th><th><p>Level</p></th></tr></thead>"
    body = "<tr><td><p>Wick</p></td><td><p>3 m</p><p>rising</p></td></tr><tr><th><p>Moor</p></th><td><p></p></td></tr>"
    story = "<p>The council spoke about the wall on Monday and decided nothing at all.</p>"
    cells = [["Gauge", "Level"], ["Wick", "3 mrising"], ["Moor", ""]]
    assert tables(f"{story}<table>{head}<tbody>{body}</table>{story}") == [(None, cells)]
    assert tables(f"<p>a</p><table>{head}{body}<tr><td>{story * 3}</table>") == []
    assert tables(f"{story}<table>{(head + body).replace('th>', 'td>')}</table>{story}") == []
    assert tables(f"{story}<table>{head}</table>{story}") == []  # what it heads is no part of the text


def test_cells_that_span_more_than_there_is_make_no_more_than_a_text_may_have():
    wide = "<table>" + "<tr>" + "<td colspan=65535 rowspan=65535>a" * 2 + "<tr><td>b<td>c" * 900 + "</table>"
    _, spans, left_out = read(f"<p>a</p>{wide}")
    assert len(spans) == MAX_SPANS
    assert left_out[f"spans beyond {MAX_SPANS}"] > 40_000

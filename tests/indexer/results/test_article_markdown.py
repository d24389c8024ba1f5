"""An article as Markdown, read back by a library for it: the same structure, and no word of the text changed."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from corpus.characters import safe
from corpus.structure.values import Span, SpanKind, ordered
from indexer.results.article_markdown import article_markdown, inline, markdown
from tests.indexer.results.hostile import ARTICLES, TEXTS
from tests.indexer.results.structured import BODY, SCRIPT, STRUCTURE

READER = MarkdownIt("commonmark").enable("table")


def kinds(text: str) -> list[str]:
    return [token.tag for token in READER.parse(text) if token.nesting >= 0 and token.tag]


def words(text: str) -> str:
    """Return all words that a reader of the Markdown sees, in its order."""
    found = []
    for token in READER.parse(text):
        found.append("".join(each.content or " " * (each.tag == "br") for each in token.children or ()))
        found += [token.content] if token.type == "fence" else []
    return " ".join(" ".join(found).split())


def test_every_block_is_read_as_what_it_is() -> None:
    text = markdown(BODY, [*STRUCTURE, SCRIPT], below=1)
    wanted = ["p", "h2", "ul", "li", "p", "ol", "li", "p", "li", "p", "blockquote", "p", "p", "p", "table"]
    assert [each for each in kinds(text) if each not in ("tr", "th", "td", "thead", "tbody")] == [
        *wanted,
        "code",
        "p",
        "p",
    ]
    assert kinds(text).count("tr") == 3
    assert "3. small ones" in text
    assert "[the minutes](<https://council.example/minutes?a=1&b=%3C2%3E>)" in text
    assert "javascript" not in text
    assert r"*The \*wall\** <https://gazette.example/a%20b.png>" in text


def test_the_words_are_those_of_the_text() -> None:
    shown = words(markdown(BODY, STRUCTURE, below=1))
    for part in BODY.replace("|", "\n").split("\n"):
        assert " ".join(part.split()) in shown


def test_no_article_however_hostile_gets_markup() -> None:
    for stored in ARTICLES:
        text = article_markdown(stored)
        assert set(kinds(text)) <= {"h1", "p", "em", "br"}
        for name in ("script", "evil"):
            assert not any(name in (token.attrGet("href") or "") for token in READER.parse(text))
    plain = replace(ARTICLES[0], article=replace(ARTICLES[0].article, body="One.\n\nTwo."))
    assert "Two." not in article_markdown(plain, most=1)


@settings(max_examples=150, deadline=None)
@given(st.text(r"a1.)(*_`[]<>#|!~&;$\-+=: ", max_size=20))
def test_a_paragraph_of_any_characters_is_one_paragraph_with_these_words(body: str) -> None:
    text = markdown(body, None, below=1)
    assert kinds(text) == (["p"] if body.strip() else [])
    assert words(text).replace(" ", "") == body.replace(" ", "")


def test_a_line_has_its_words() -> None:
    for each in TEXTS.values():
        assert words(inline(each)) == " ".join(safe(each).split())


def test_numbers_that_markdown_has_not_stand_in_the_item() -> None:
    body = "a\nb\nc"
    for numbers, wanted in (
        ((-3, -2, -1), [r"0. \[-3\] a", r"0. \[-2\] b", r"0. \[-1\] c"]),
        ((5, 4, 3), ["5. a", r"4. \[4\] b", r"3. \[3\] c"]),
        ((0, 1, 2), ["0. a", "1. b", "2. c"]),
    ):
        items = [Span(SpanKind.ITEM, 2 * n, 2 * n + 1, 1, number) for n, number in enumerate(numbers)]
        assert markdown(body, items, below=1).split("\n")[:3] == wanted


def test_a_number_does_not_take_the_block_away_that_begins_its_item() -> None:
    for kind, level, tag in ((SpanKind.PREFORMATTED, 0, "code"), (SpanKind.HEADING, 2, "h2")):
        items = [Span(SpanKind.ITEM, 0, 1, 1, 1), Span(SpanKind.ITEM, 2, 6, 1, 7), Span(kind, 2, 6, level)]
        text = markdown("a\nb c.", ordered(items), below=1)
        assert kinds(text)[-1] == tag
        assert words(text) == "a [7] b c."


def test_rows_are_not_filled_up_to_the_longest() -> None:
    body = "\n".join(["x | " * 100 + "x", *["y"] * 100])
    table = Span(SpanKind.TABLE, 0, len(body))
    cells, at = [], 0
    for line in body.split("\n"):
        cells.append(Span(SpanKind.ROW, at, at + len(line)))
        cells += [Span(SpanKind.CELL, at + n, at + n + 1) for n in range(0, len(line), 4)]
        at += len(line) + 1
    text = markdown(body, ordered([table, *cells]), below=1)
    assert len(text) < 6 * len(body)
    assert kinds(text).count("tr") == 102
    assert kinds(text).count("td") == 101 * 101


def test_an_address_is_that_of_the_page_and_ends_where_it_ends() -> None:
    for address, read in (
        ("https://a.example/?a=1&amp;b=2&copy=3", "https://a.example/?a=1&amp;b=2&copy=3"),
        ("https://a.example/`b", "https://a.example/%60b"),
        ("https://a.example/(b)*c*_d_[e]", "https://a.example/(b)*c*_d_%5Be%5D"),
    ):
        for body in ("to it.", "to it and `b` too."):
            text = markdown(body, [Span(SpanKind.LINK, 3, 5, address=address)], below=1)
            links = [each for token in READER.parse(text) for each in token.children or () if each.type == "link_open"]
            assert [each.attrGet("href") for each in links] == [read]
            assert words(text) == body


def test_a_caption_without_characters_is_none() -> None:
    image = Span(SpanKind.IMAGE, 0, 0, address="https://a.example/i.png", caption="\x07")
    assert markdown("a", [image], below=1) == "<https://a.example/i.png>\n\na\n\n"


def test_a_tables_caption_stands_above_it_and_preformatted_text_keeps_its_blanks() -> None:
    body = "Cost by *town*\n\nTown | Cost\nWick | $18\n\n  a  b\n\tc"
    table = Span(SpanKind.TABLE, 0, 38)
    caption = Span(SpanKind.CAPTION, 0, 14)
    link = Span(SpanKind.LINK, 0, 4, address="https://a.example/")
    rows = [Span(SpanKind.ROW, 16, 27), Span(SpanKind.ROW, 28, 38)]
    cells = [Span(SpanKind.CELL, at, at + 4, header=at < 28) for at in (16, 23, 28)]
    cells += [Span(SpanKind.CELL, 35, 38), Span(SpanKind.CELL, 27, 27, header=True)]
    text = markdown(body, ordered((table, caption, link, *rows, *cells, Span(SpanKind.PREFORMATTED, 40, 49))), below=1)
    assert text.startswith("*[Cost](<https://a.example/>) by \\*town\\**\n\n| Town | Cost |  |\n| --- | --- | --- |\n")
    assert "| Wick | \\$18 |\n" in text
    assert text.endswith("```\n  a  b\n\tc\n```\n\n")
    assert kinds(text)[:4] == ["p", "table", "thead", "tr"]
    alone = markdown(body[:14], [Span(SpanKind.TABLE, 0, 14), caption, link], below=1)
    assert alone == "[Cost](<https://a.example/>) by \\*town\\*\n\n"


def test_a_line_of_any_beginning_is_a_line_of_its_paragraph_wherever_it_stands() -> None:
    lines = (
        *(
            "# a",
            "> b",
            "| c | d |",
            "1. e",
            "2) f",
            "- g",
            "+ h",
            "===",
            "---",
            "```",
            "~~~",
            "<b>i</b>",
            "\tj",
            ": k",
        ),
        *(
            "$l$ $m$",
            "[n]: https://a.example/",
            "![o](https://a.example/)",
            "&lt;",
            "<!--",
            "* * *",
            "٣. p",
            "＃ q",
            "\\",
        ),
    )
    body = "\n".join(lines)
    for kind, level in ((SpanKind.QUOTE, 1), (SpanKind.ITEM, 1), (SpanKind.HEADING, 2), (SpanKind.CAPTION, 0)):
        text = markdown(body, [Span(kind, 0, len(body), level)], below=1)
        assert set(kinds(text)) <= {"p", "br", "blockquote", "ul", "li", "h2"}
        assert words(text) == " ".join(body.split())
    rows = [Span(SpanKind.TABLE, 0, len(body)), Span(SpanKind.ROW, 0, len(body)), Span(SpanKind.CELL, 0, len(body))]
    text = markdown(body, rows, below=1)
    assert set(kinds(text)) == {"table", "thead", "tbody", "tr", "th", "td"}
    assert words(text) == " ".join(body.split())


def test_the_items_of_a_list_in_a_cell_stand_in_its_line_each_marked():
    body = "Stage\n\nDig\n\nPour\n\nDrain"
    places = [(0, 5), (7, 10), (12, 16), (18, 23)]
    spans = [
        Span(SpanKind.TABLE, 0, 23), Span(SpanKind.ROW, 0, 23), Span(SpanKind.CELL, *places[0]),
        Span(SpanKind.CELL, 7, 23), Span(SpanKind.ITEM, *places[1], level=1, number=1),
        Span(SpanKind.ITEM, *places[2], level=1, number=2), Span(SpanKind.ITEM, *places[3], level=1),
    ]  # fmt: skip
    assert "| Stage | 1. Dig 2. Pour • Drain |" in markdown(body, ordered(spans), below=1)

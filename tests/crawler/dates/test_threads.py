"""Comments that no name of an element tells are known by the line over them, and by how each of them begins."""

import pytest

from crawler.dates.threads import among_comments
from crawler.markup.blocks import segment
from crawler.markup.comments import heads_comments
from crawler.markup.tree import parse_text
from crawler.text import text_length
from tests.crawler.body.rules import of

HEADINGS = (
    "3 comments", "Comments (3)", "Reader comments", "2 Kommentare", "Hozzászólások (12)", "Коментарі: 4", "24 条评论",
    "댓글 3", "ความคิดเห็น 5", "12 yorum", "تعليقات القراء (7)", "7 تعليقات", "Σχόλια (4)", "3 iruzkin", "टिप्पणियाँ",
)  # fmt: skip
OTHERS = ("3 answers", "Comments are closed for this story, and so is the ferry", "", "Photo: Ana", "No comment" * 5)


def thread(heading: str, *comments: tuple[str, str], by: str = "<li><b>{}</b> <i>{}</i><p>{}</p></li>") -> str:
    said = "".join(by.format(who, when, of(90 + n)) for n, (who, when) in enumerate(comments))
    return f"<div><p>{of(300)}</p><h4>{heading}</h4><ul>{said}</ul></div>"


def dropped(markup: str) -> list[int]:
    tree = parse_text(f"<body>{markup}</body>")
    assert tree is not None
    blocks = segment(tree)
    return [*among_comments(blocks, range(len(blocks)), [*map(text_length, blocks.texts)])]


@pytest.mark.parametrize("line", HEADINGS)
def test_the_heading_over_comments_is_known_in_each_language(line: str) -> None:
    assert heads_comments(line)


@pytest.mark.parametrize("line", OTHERS)
def test_a_line_that_says_something_else_heads_no_comments(line: str) -> None:
    assert not heads_comments(line)


def test_signed_texts_of_one_shape_under_that_heading_are_left_out() -> None:
    two = (("Ana", "3 May 2026"), ("Juan", "2 hours ago"))
    assert dropped(thread("2 comments", *two)) == [1, 2, 3, 4, 5]
    apart = "<div><b>{}</b><p>{}</p><p>{}</p></div>"  # who and when in blocks of their own
    assert dropped(thread("2 comments", *two, by=apart))[-1] == 7
    assert dropped(thread("2 updates", *two)) == []
    assert dropped(thread("2 comments", two[0])) == []
    assert dropped(thread("2 comments", ("Ana", ""), ("Juan", ""))) == []
    assert dropped(thread("2 comments", ("", "10:30"), ("", "11:30"))) == []
    assert dropped(thread("2 comments", ("Ana", "3 May 2026"), ("Ana", "3 May 2026"))) == []
    assert dropped(thread("2 comments", *two).replace(of(300), of(30))) == []

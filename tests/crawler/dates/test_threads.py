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


def test_comments_whose_signature_is_a_line_of_its_own_end_before_the_next_heading() -> None:
    people = (("Bea Lund", "04.05.2026"), ("Rolf Berg", "05.05.2026"))
    texts = [f"<p><b>{who}</b> <small>{when}, 10:40</small></p><p>What {who} says of it.</p>" for who, when in people]

    def left_out(*comments: str) -> list[str]:
        markup = f"<p>{of(300)}</p><h3>Kommentare</h3>{''.join(comments)}<h3>Imprint</h3><p>More.</p>"
        tree = parse_text(f"<div>{markup}</div>")
        assert tree is not None
        blocks = segment(tree)
        found = among_comments(blocks, range(len(blocks)), [*map(text_length, blocks.texts)])
        return [blocks.texts[n] for n in found]

    assert left_out(*texts)[0] == "Kommentare"
    assert left_out(*texts)[-1] == "What Rolf Berg says of it."
    assert left_out(texts[0]) == []  # one may be a note

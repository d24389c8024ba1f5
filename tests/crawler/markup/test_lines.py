# ruff: noqa: E501 - a page stands on one line
"""Verse, addresses and preformatted text keep the page's lines; paragraphs that happen to have a break do not."""

from crawler.body.classify import text_of
from crawler.markup import reading as limits
from crawler.markup.blocks import segment
from crawler.markup.tree import parse_text
from tests.crawler.stories import FERRY, page, paragraphs, read


def text(markup: str) -> str:
    tree = parse_text(f"<body>{markup}</body>")
    assert tree is not None
    blocks = segment(tree)
    return text_of(blocks, tuple(range(len(blocks))))


def test_verse_keeps_its_lines_and_its_stanzas() -> None:
    verse = "<p>The ferry went at dawn,<br>the gulls went after.</p><p>Salt on the rope,<br/>\nsalt on the rafter.</p>"
    wanted = "The ferry went at dawn,\nthe gulls went after.\n\nSalt on the rope,\nsalt on the rafter."
    assert text(verse) == wanted


def test_preformatted_text_keeps_every_line_with_its_blanks_and_a_blank_line_between_stanzas() -> None:
    given = "<pre>\n  One   line  \n\tand another\n\n\n\nand a third\n</pre>"
    assert text(given) == "  One   line\n\tand another\n\nand a third"
    assert text("<pre>a  =  b</pre>") == "a  =  b"
    assert text("<pre>深さ　＝　３\n　水位　４</pre>") == "深さ　＝　３\n　水位　４"
    assert text(f"<pre>a{' ' * 9_000}b</pre>") == f"a{' ' * 200}b"
    assert text("<pre>| a | b |\n| c | d |</pre>") == "| a | b |\n| c | d |"


def test_lines_that_are_elements_of_preformatted_text_are_lines_of_it() -> None:
    lines = "<code><div>def wall(x):</div><div>    return  x</div></code>"
    assert text(f"<p>a</p><pre>{lines}</pre><pre>b</pre>") == "a\n\ndef wall(x):\n    return  x\n\nb"
    assert text(f"<pre>{'long ' * 40}\nshort</pre>") == f"{('long ' * 40).strip()}\nshort"


def test_a_paragraph_of_long_lines_is_one_line() -> None:
    assert text("<p>A paragraph<br>with a break, and after it a sentence that goes on and on, longer than any verse.</p>") \
        == "A paragraph with a break, and after it a sentence that goes on and on, longer than any verse."  # fmt: skip


def test_a_line_of_verse_has_a_length() -> None:
    for length, is_verse in ((limits._MAX_LINE, True), (limits._MAX_LINE + 1, False)):
        assert ("\n" in text(f"<p>{'x' * length}<br>y</p>")) is is_verse


def test_line_ends_of_the_source_are_no_lines() -> None:
    assert text("<p>Written over\ntwo lines</p>") == "Written over two lines"


def test_a_poem_within_a_story_keeps_its_lines_in_the_body() -> None:
    poem = "<p>The ferry went at dawn,<br>the gulls went after it,<br>and nobody came back that day.</p>"
    markup = page(f"<article><h1>Second ferry</h1>{paragraphs(*FERRY[:4])}{poem}{paragraphs(*FERRY[4:])}</article>")
    assert "at dawn,\nthe gulls went after it,\nand nobody" in read(markup).article.body

"""An article as Markdown, read back by a library for it: the same structure, and no word of the text changed."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from corpus.characters import safe
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

"""Containers of readers' comments are known by their names in many languages; a story's own names are none of them."""

import pytest

from crawler.markup.comments import holds_comments, signatures
from crawler.markup.tree import parse_text
from crawler.values import PageKind
from tests.crawler.stories import FERRY, MILL, page, paragraphs, read


@pytest.mark.parametrize(
    "names",
    [
        "comments", "CommentList", "wp-block-comments", "kommentare", "article__komentarze", "comentarios",
        "comentários", "reacties", "disqus_thread", "leserbriefe", "responses", "reader-response", "reactions",
        "réactions", "Reaktionen", "reacciones", "respuestas", "replies", "discussion", "discusión", "svar", "yorumlar",
    ],
)  # fmt: skip
def test_a_container_of_comments_is_known_by_its_name(names: str) -> None:
    assert holds_comments(names)


@pytest.mark.parametrize(
    "names", ["", "story", "responsive", "is-responsive article", "correspondent", "replay", "reactor", "article-body"]
)
def test_other_names_are_no_comments(names: str) -> None:
    assert not holds_comments(names)


@pytest.mark.parametrize("name", ["disqus_thread", "reactions", "responses", "kommentarer", "respuestas", "discussion"])
@pytest.mark.parametrize("attribute", ["id", "class"])
def test_comments_give_neither_author_nor_day_nor_text(name: str, attribute: str) -> None:
    said = "".join(
        f"<li class=entry><span class=author>Olle Berg</span> <time>0{n}.03.2026</time><p>{text}</p></li>"
        for n, text in enumerate(MILL, start=4)
    )
    story = f"<main><article><h1>Second ferry sails from April</h1>{paragraphs(*FERRY)}</article></main>"
    found = read(page(f"{story}<ol {attribute}={name}>{said}</ol>"), url="https://courier.example/second-ferry")
    assert found.kind is PageKind.ARTICLE
    assert found.article.authors == ()
    assert found.article.published is None
    assert not any(text in found.article.body for text in MILL)


def test_a_chapter_named_reactions_is_the_storys() -> None:
    chapter = f"<section id=reactions><h2>Reactions</h2>{paragraphs(*MILL)}</section>"
    found = read(page(f"<main><article><h1>Second ferry</h1>{paragraphs(*FERRY)}{chapter}</article></main>"))
    assert all(text in found.article.body for text in MILL)


@pytest.mark.parametrize(
    ("markup", "count"),
    [
        ("<b class=author>A</b><time>1</time>", 1),
        ("<b class=author>A</b><b class=author>B</b><time>1</time>", 1),
        ("<b class=author>A</b><time>1</time><time>2</time>", 1),
        ("<b class=author><i itemprop=author>A</i></b><time>1</time><time>2</time>", 1),
        ("<b class=author>A</b><i class=date><time>1</time></i><b class=user-name>B</b><i class=date>2</i>", 2),
        ("<b class=author>A</b>", 0),
        ("<time>1</time>", 0),
        ("<b class=authority>A</b><i class=update>1</i>", 0),
    ],
)
def test_signatures_are_writers_with_days(markup: str, count: int) -> None:
    tree = parse_text(f"<body>{markup}</body>")
    assert tree is not None
    assert signatures(tree) == count

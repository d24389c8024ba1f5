"""Containers of readers' comments are known by their names in many languages; a story's own names are none of them."""

import pytest

from crawler.markup.comments import holds_comments, numbered, signatures
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


@pytest.mark.parametrize(
    ("ids", "count"),
    [
        (["comment-1", "comment-2", "comment-2"], 2),
        (["kommentar_17", "kommentar_17_reply", "Kommentar18"], 2),
        (["comment_body_4711", "comment_top_4711"], 1),
        (["comment", "comments", "post-17", "", "comentario17" + "x" * 60], 0),
    ],
)
def test_comments_are_counted_by_the_numbers_of_their_ids(ids: list[str], count: int) -> None:
    tree = parse_text("".join(f"<div id='{name}'>x</div>" for name in ids))
    assert tree is not None and numbered(tree) == count


WRITTEN = {  # how services mark the comments of a page: by number, by writer and moment
    "numbered": "<div id=comment_{n}><b>re: ferry</b> by <a href=/~dahl>dahl</a><div>{text}</div></div>",
    "signed": "<li><cite class=user>Dahl</cite> <span class='datetime secondary'>4 March</span><p>{text}</p></li>",
}
SAID = {
    "en": "I sailed on the old one for years, and what they say of the new timetable is not what we were told then.",
    "de": "Ich bin mit der alten gefahren, und was sie vom neuen Fahrplan sagen, klang damals ganz anders.",
}


@pytest.mark.parametrize("language", SAID)
@pytest.mark.parametrize("way", WRITTEN)
def test_comments_that_are_longer_than_their_story_are_no_body(way: str, language: str) -> None:
    said = "".join(WRITTEN[way].format(n=n, text=f"{SAID[language]} {n} {SAID[language]}") for n in range(40, 60))
    found = read(
        page(f"<main><article><h1>Second ferry</h1>{paragraphs(*FERRY)}</article><div id=comments>{said}</div></main>")
    )
    assert SAID[language] not in found.article.body
    assert all(text in found.article.body for text in FERRY)


def test_a_story_that_stands_among_numbered_comments_stays() -> None:
    said = "".join(f"<div id=comment-{n}><p>{text}</p></div>" for n, text in enumerate(FERRY))
    found = read(page(f"<div id=comments><h1>Second ferry</h1>{said}</div>"))
    assert all(text in found.article.body for text in FERRY)

"""What a page's data says of its story: titles, description, the whole text."""

import pytest

from crawler.markup.hints import MetaTags, article_body, meta_tags, read_page_hints
from crawler.markup.jsonld_values import read_nodes
from crawler.markup.metadata import read_metadata
from crawler.markup.tree import gathered, parse

TEXT = "The ferry sails twice a day from April. Fares stay as they are."


def body(*scripts: str) -> str:
    tree = parse("".join(f'<script type="application/ld+json">{script}</script>' for script in scripts).encode())
    assert tree is not None
    return article_body(read_nodes(gathered(tree)))


@pytest.mark.parametrize(
    "script",
    [
        '{"@type": "NewsArticle", "articleBody": "%s"}',
        '{"@type": "NewsArticle", "articleBody": "%s",}',
        '[{"@graph": [{"@type": "Article", "articleBody": "%s"}],},]',
        '<!-- {"articleBody": "%s"} -->',
        '{"articleBody": "%s"}; {"@type": "WebSite"}',
        '{"headline": "Ferry" "articleBody": "%s", "author": }',
        '{"articleBody": "%s',
    ],
)
def test_the_text_is_read_from_data_that_is_written_wrongly(script: str) -> None:
    assert body(script % TEXT) == TEXT


def test_the_pages_own_text_is_taken_before_a_longer_one_of_a_part_of_it() -> None:
    other = '{"@type": "Article", "articleBody": "%s", "hasPart": {"articleBody": "%s"}}'
    assert body(other % (TEXT, 3 * TEXT)) == TEXT
    part = '{"hasPart": {"articleBody": "%s"}}'
    assert body(part % TEXT) == TEXT


def test_markup_and_entities_within_the_text_are_undone() -> None:
    assert body('{"articleBody": "&lt;p&gt;Fares &amp;amp; tickets&lt;/p&gt;"}').strip() == "Fares & tickets"


def test_a_page_without_data_gives_no_text() -> None:
    assert body("") == body('{"articleBody": 7}') == body("nothing") == ""


def test_titles_are_given_in_the_order_of_the_page_with_the_title_element_last() -> None:
    tree = parse(
        b'<title> Ferry | Courier </title><meta property="og:title" content="Ferry">'
        b'<meta name=description content=Short><meta property="og:description" content="A longer one"><p>x</p>'
    )
    assert tree is not None
    hints = read_page_hints(gathered(tree))
    assert (hints.titles, hints.description) == (("Ferry", "Ferry | Courier"), "A longer one")


def test_meta_tags_that_are_too_many_to_be_held_are_read_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    many = "".join(f"<meta name=n{number} content=c{number}>" for number in range(30))
    tree = parse(f"{many}<meta property=og:title content=Last>".encode())
    assert tree is not None
    parts = gathered(tree)
    held, hints, metadata = meta_tags(parts), read_page_hints(parts), read_metadata(tree, "https://a.example/", parts)
    monkeypatch.setattr("crawler.markup.hints.HELD", 30)
    tags = meta_tags(parts)
    assert (type(held), type(tags)) == (list, MetaTags)
    assert [*tags] == [*tags] == held
    assert read_page_hints(parts, tags=tags) == hints
    assert read_metadata(tree, "https://a.example/", parts, tags=tags) == metadata
    assert hints.titles == ("Last",)

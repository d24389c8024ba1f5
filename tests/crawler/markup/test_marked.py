"""Elements named as byline or date are found, whatever else stands in their names."""

import pytest

from crawler.markup.blocks import segment
from crawler.markup.marked import index_of, read_marked
from crawler.markup.tree import having, parse

BYLINES = (
    "article-author Author AUTHOR byline by-line BYLINE contributor Contributor writer written Written creator"
    " redaktion redaction journalist signature firma autor auteur reporter postedby posted-by credit-name credits-name"
    " people-name"
).split()
DATES = (
    "date Date DATE article-Date time Time timestamp published Published posted updated Updated entry-meta post-meta"
    " publication datetime fecha datum"
).split()


def marked_in(markup: str) -> tuple[int, int]:
    tree = parse(markup.encode())
    assert tree is not None
    found = read_marked(tree, blocks := segment(tree), index_of(blocks))
    return len(found.bylines), len(found.dates)


@pytest.mark.parametrize("tag", ["p", "span"])
def test_every_name_of_a_byline_or_a_date_is_seen(tag: str) -> None:
    for name in BYLINES:
        assert marked_in(f'<div><{tag} class="{name}">Nora Hale</{tag}> says</div>')[0] == 1, name
    for name in DATES:
        assert marked_in(f'<div><{tag} id="{name}">3 May 2024</{tag}> today</div>')[1] == 1, name


def test_other_names_mark_nothing() -> None:
    for name in ("story", "underwriter", "runtime-x", "confirmation", "card", ""):
        assert marked_in(f'<p class="{name}">Nora Hale <a href="/news/7">a story</a></p>') == (0, 0), name


def test_an_element_without_attributes_is_marked_by_its_tag_alone() -> None:
    assert marked_in("<p>Nora Hale <time>3 May</time> <em>tonight</em></p>") == (0, 1)
    assert marked_in('<p>By <a href="/author/nora-hale">Nora Hale</a></p>') == (1, 0)


def test_elements_are_found_by_an_attribute_in_order_and_the_root_is_none() -> None:
    tree = parse(b'<html itemprop="a"><body><p itemprop="b">x<i itemprop="c">y</i></p><p itemscope>z</p></body></html>')
    assert tree is not None
    assert [element.get("itemprop") for element in having(tree, "itemprop")] == ["b", "c"]

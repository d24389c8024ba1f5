"""A page in its own menu that prints nothing but links and cards is a list; whatever speaks for a story is read."""

from dataclasses import replace

import pytest

from corpus.model import Hints, UrlKind
from crawler.discovery.home import read_section
from crawler.markup.blocks import segment
from crawler.markup.tree import parse
from crawler.pool.plain_lists import is_plain_list
from crawler.pool.sections import read_both
from tests.crawler.pool.test_sections import HERE, NOW, page

MENU = '<nav><ul><li><a href="/world">World</a><li><a href="/sport">Sport</a><li><a href="/money">Money</a></ul></nav>'
TEASER = "The harbour wall has stood for a hundred winters, and this was the first in which it gave way."
CARDS = "".join(
    f'<div><a href="/2026/11/2{n}/the-river-rises-again-{n}"><h3>The river rises again</h3></a><p>{TEASER}</p></div>'
    for n in range(4)
)
FOOT = f"<footer><p>{TEASER} {TEASER} {TEASER}</p></footer>"
LIST = f"{MENU}<h1>World</h1><div>{CARDS}</div>{FOOT}"
GERMAN = (
    '<ul><li><a href="https://gazette.example/world">Welt</a><li><a href="/kultur">Kultur</a>'
    '<li><a href="/reise">Reise</a>'
    "</ul><article><p>Die Elbe steigt wieder, und an der Mole wird geräumt.</p>"
    '<a href="/elbe-steigt-1234567">Mehr</a></article>'
)


def is_list(markup: str, hints: Hints | None = None) -> bool:
    read, tree = page(markup), parse(markup.encode())
    assert tree is not None
    listing = read_section(markup.encode(), HERE, charset=None, kind=UrlKind.SECTION, now=NOW)
    return is_plain_list(replace(read, hints=hints or Hints()), tree, listing, lambda: segment(tree))


@pytest.mark.parametrize("markup", [LIST, GERMAN, f"{LIST}<p>{TEASER}</p>"])
def test_a_page_in_its_own_menu_that_prints_links_and_cards_is_a_list(markup: str) -> None:
    assert is_list(markup) and read_both(page(markup), now=NOW)[1] is None


@pytest.mark.parametrize(
    "markup",
    [
        LIST.replace('"/world"', '"/worlds"'),
        LIST.replace("/sport", "/").replace("/money", "/w"),  # a trail of crumbs
        LIST.replace("<li>", f"<li>{TEASER}"),  # addresses named in a text
        MENU + FOOT,
        f"{LIST}<p>{TEASER}</p><p>{TEASER}</p><p>{TEASER}</p>",
        LIST.replace(TEASER, f"{TEASER} {TEASER} {TEASER} {TEASER} {TEASER} {TEASER}"),  # a card as long as a story
        f'<meta property="article:published_time" content="2026-11-25T10:00:00Z">{LIST}',
        f'<meta property="og:type" content="article">{LIST}',
        f'<script type="application/ld+json">{{"@type": "LiveBlogPosting"}}</script>{LIST}',
        LIST.replace("<div>", '<div itemscope itemtype="https://schema.org/NewsArticle">'),
        f"{LIST}<form><input type=password></form>",
        LIST.replace("<h1>World", "<title>Page not found</title><h1>Page not found"),
        LIST.replace("<h1>World", "<title>Seite nicht gefunden</title><h1>Seite nicht gefunden"),
    ],
)
def test_whatever_speaks_for_a_story_or_a_wall_leaves_it_to_the_reading(markup: str) -> None:
    assert not is_list(markup)


def test_what_a_feed_names_is_read_as_the_story_it_may_be() -> None:
    assert is_list(LIST, Hints()) and not is_list(LIST, Hints(headline="World"))

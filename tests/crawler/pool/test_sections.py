"""A page read for its links and as a story at once is what two readings give."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from corpus.model import UrlKind
from crawler.discovery.home import read_section
from crawler.discovery.section_or_story import NO_LISTS, bare_prose, is_story
from crawler.extraction.extract import extract, extract_story
from crawler.markup.tree import parse
from crawler.pool.sections import read_both
from crawler.values import Extraction, Page, PageKind, Selectors
from tests.crawler.pool.test_workers import STORY

HERE = "https://gazette.example/world"
NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
LINKS = "".join(
    f'<li><a href="/2026/11/2{n}/the-river-rises-again-{n}">The river rises again</a></li>' for n in range(6)
)
NEXT = '<a rel="next" href="/world?page=2">Older</a>'


def page(markup: str, selectors: Selectors | None = None) -> Page:
    found = Page(url=HERE, address=HERE, source="gazette", content=markup.encode(), fetched=NOW)
    return found if selectors is None else replace(found, selectors=selectors)


def as_read(markup: str) -> Extraction | None:
    """The article of a page as `read_both` reads it, given or not."""
    listing, tree = read_both(page(markup), now=NOW)[0], parse(markup.encode(), None)
    return None if tree is None else extract_story(page(markup), tree, bare_prose(listing))


PROSE = "The harbour wall has stood for a hundred winters, and this was the first in which it gave way."
SHORT = f"<h1>The wall</h1><p>{PROSE}</p><p>{PROSE[:60]}.</p>"
DATED = f'<meta property="article:published_time" content="2026-11-25T10:00:00Z">{SHORT}'
LONG = f"<h1>The wall</h1>{''.join(f'<p>{PROSE} So said number {n}.</p>' for n in range(6))}"
BODY = " ".join(f"{PROSE} So said number {n}." for n in range(6))
IN_JSON = f'<title>The wall</title><script type="application/json">{{"article": {{"body": "{BODY}"}}}}</script>'
ASSIGNED = f'<title>The wall</title><script>window.state = {{"article": {{"body": "{BODY}"}}}};</script>'
IN_LD = f"""<script type="application/ld+json">{{"@type": "NewsArticle", "articleBody": "{BODY}"}}</script>"""
GONE = "<title>Page not found</title><h1>Page not found</h1><p>The page you asked for does not exist.</p>"
UNSHOWN = f"<title>The wall</title><noscript>{LONG}</noscript>"
PAGES = {
    "story": STORY,
    "links": f"<ul>{LINKS}</ul>",
    "both": STORY + LINKS,
    "nothing": "",
    "comment": "<!-- -->",
    "short": SHORT,
    "dated": DATED,
    "long": LONG,
    "long with links": LONG + LINKS,
    "in JSON": IN_JSON,
    "assigned": ASSIGNED,
    "in JSON-LD": IN_LD,
    "noscript": UNSHOWN,
    "wall": GONE,
    "with a next page": LONG + NEXT,
    "asks for a password": f"<title>The paper</title>{SHORT}<form><input type=password><input></form>",
    "live": f'<script type="application/ld+json">{{"@type": "LiveBlogPosting"}}</script>{SHORT}',
    "signed": f'{SHORT}<p class="byline">By Ada Moor</p>',
    "names a wall in a menu": f"<ul>{LINKS}<li><a href='/no'>Page not found</a></li></ul><p>{PROSE}</p>",
}


@pytest.mark.parametrize("markup", PAGES.values(), ids=PAGES)
@pytest.mark.parametrize("selectors", [None, Selectors(remove=("li",))])
def test_one_look_gives_what_two_give(markup: str, selectors: Selectors | None) -> None:
    read = extract(page(markup, selectors))
    listing = read_section(markup.encode(), HERE, charset=None, kind=UrlKind.SECTION, now=NOW)
    expected = read if is_story(read, listing) or read.kind in NO_LISTS else None
    assert read_both(page(markup, selectors), now=NOW) == (listing, expected)


@pytest.mark.parametrize(
    ("name", "told"),
    [("short", False), ("dated", True), ("long", True), ("long with links", True), ("assigned", True)],
)
def test_a_page_of_few_words_is_a_story_only_where_it_is_dated_or_its_data_tells_more(name: str, told: bool) -> None:
    assert (read_both(page(PAGES[name]), now=NOW)[1] is not None) is told


@pytest.mark.parametrize(("name", "whole"), [("short", False), ("links", False), ("dated", True)])
def test_a_page_that_can_be_no_story_is_read_no_further(name: str, whole: bool) -> None:
    assert (as_read(PAGES[name]) is not None) is whole


def test_a_wall_is_read_whole() -> None:
    assert read_both(page(GONE), now=NOW)[1] == extract(page(GONE))
    assert extract(page(GONE)).kind is PageKind.SOFT_404


def test_a_page_of_few_words_that_a_next_page_continues_is_read_no_further() -> None:
    assert read_both(page(LONG + NEXT), now=NOW)[1] is None
    assert as_read(LONG + NEXT) is None

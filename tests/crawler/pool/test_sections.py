"""A page read for its links and as a story at once is what two readings give."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from corpus.model import UrlKind
from crawler.discovery.home import read_section
from crawler.discovery.section_or_story import is_story
from crawler.extraction.extract import extract
from crawler.pool.sections import read_both
from crawler.values import Page, PageKind, Selectors
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
}


@pytest.mark.parametrize("markup", PAGES.values(), ids=PAGES)
@pytest.mark.parametrize("selectors", [None, Selectors(remove=("li",))])
def test_one_look_gives_what_two_give(markup: str, selectors: Selectors | None) -> None:
    read = extract(page(markup, selectors))
    listing = read_section(markup.encode(), HERE, charset=None, kind=UrlKind.SECTION, now=NOW)
    found, both = read_both(page(markup, selectors), now=NOW)
    assert found == listing
    assert is_story(both, listing) is is_story(read, listing)
    assert both == read or not is_story(read, listing)


@pytest.mark.parametrize(
    ("name", "told"),
    [("short", False), ("dated", True), ("long", True), ("long with links", True), ("assigned", True)],
)
def test_a_page_of_few_words_is_a_story_only_where_it_is_dated_or_its_data_tells_more(name: str, told: bool) -> None:
    listing, read = read_both(page(PAGES[name]), now=NOW)
    assert is_story(read, listing) is told


@pytest.mark.parametrize(("name", "whole"), [("short", False), ("links", False), ("dated", True)])
def test_a_page_that_can_be_no_story_is_read_no_further(name: str, whole: bool) -> None:
    assert bool(read_both(page(PAGES[name]), now=NOW)[1].blocks) is whole


def test_a_wall_is_read_whole() -> None:
    assert read_both(page(GONE), now=NOW)[1] == extract(page(GONE))
    assert extract(page(GONE)).kind is PageKind.SOFT_404


def test_a_page_of_few_words_that_a_next_page_continues_is_read_no_further() -> None:
    listing, read = read_both(page(LONG + NEXT), now=NOW)
    assert not is_story(read, listing)
    assert not read.blocks

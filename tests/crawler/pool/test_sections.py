"""A page read for its links and as an article at once is what two readings give."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from corpus.model import UrlKind
from crawler.discovery.home import read_section
from crawler.extraction.extract import extract
from crawler.pool.sections import read_both
from crawler.values import Page, Selectors
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


@pytest.mark.parametrize("markup", [STORY, f"<ul>{LINKS}</ul>", STORY + LINKS, "", "<!-- -->"])
@pytest.mark.parametrize("selectors", [None, Selectors(remove=("li",))])
def test_one_look_gives_what_two_give(markup: str, selectors: Selectors | None) -> None:
    read = extract(page(markup, selectors))
    listing = read_section(markup.encode(), HERE, charset=None, kind=UrlKind.SECTION, now=NOW)
    assert read_both(page(markup, selectors), now=NOW) == (listing, read)

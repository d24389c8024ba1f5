"""What reading all pages of tests/pages must reach together: kinds, and how much of each story is there and alone."""

import json
from pathlib import Path

from crawler.extraction.extract import extract
from crawler.values import Page, PageKind
from tests.crawler.extraction.test_fixtures import FETCHED, PAGES, WANTED

MIN_PAGES = 48
MIN_BODIES = 30  # pages that say what stands in their story and what does not


def kind_of(name: str) -> PageKind:
    url = WANTED[name]["url"]
    content = Path(PAGES / f"{name}.html").read_bytes()
    return extract(Page(url=url, address=url, source="floors", content=content, fetched=FETCHED)).kind


def test_no_story_is_lost_and_no_other_page_is_taken_for_one() -> None:
    wanted = {name: PageKind(page["kind"]) for name, page in WANTED.items() if "kind" in page}
    found = {name: kind_of(name) for name in wanted}
    assert {name: kind for name, kind in found.items() if kind is not wanted[name]} == {}
    assert {PageKind.ARTICLE, PageKind.LISTING, PageKind.PAYWALL, PageKind.CHALLENGE} <= set(wanted.values())


def test_the_pages_that_hold_these_floors_are_enough() -> None:
    assert len(WANTED) >= MIN_PAGES
    assert sum("body" in page for page in WANTED.values()) >= MIN_BODIES
    assert all(json.loads((PAGES / f"{name}.json").read_text(encoding="utf-8")) for name in WANTED)

"""Every page of tests/pages is read as the file beside it says; each shows one difficulty, named there."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.extraction.extract import extract
from crawler.values import Extraction, Page

PAGES = Path(__file__).parent.parent.parent / "pages"
FETCHED = datetime(2024, 6, 1, 12, 0, tzinfo=UTC)  # three days after the page that says "3 days ago"
WANTED = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(PAGES.glob("*.json"))}


def read(name: str) -> Extraction:
    url = WANTED[name]["url"]
    content = (PAGES / f"{name}.html").read_bytes()
    return extract(Page(url=url, address=url, source="fixtures", content=content, fetched=FETCHED), explain=True)


def told(found: Extraction) -> dict[str, Any]:
    """What a page gave, under the names of the expectations."""
    article = found.article
    published, updated = article.published, article.updated
    return {
        "headline": article.headline,
        "standfirst": article.standfirst,
        "byline": article.byline,
        "authors": [author.name for author in article.authors],
        "kinds": [author.kind.value for author in article.authors],
        "keys": [author.key for author in article.authors],
        "dateline": article.dateline,
        "published": published.day.isoformat() if published else None,
        "precision": published.precision.value if published else None,
        "doubtful": bool(published and published.doubtful),
        "updated": updated.day.isoformat() if updated else None,
        "language": article.language,
        "section": article.section,
        "canonical": found.canonical,
        "kind": found.kind.value,
    }


@pytest.mark.parametrize("name", WANTED)
def test_a_page_gives_the_fields_it_tells(name: str) -> None:
    got, wanted = told(read(name)), WANTED[name]
    assert {key: got[key] for key in wanted if key in got} == {key: wanted[key] for key in wanted if key in got}


@pytest.mark.parametrize("name", [name for name, wanted in WANTED.items() if "body" in wanted])
def test_a_page_gives_its_story_and_nothing_else(name: str) -> None:
    body, wanted = read(name).article.body, WANTED[name]["body"]
    assert body.startswith(wanted.get("start", ""))
    assert body.endswith(wanted.get("end", ""))
    assert [part for part in wanted.get("contains", []) if part not in body] == []
    assert [part for part in wanted.get("excludes", []) if part in body] == []


@pytest.mark.parametrize("name", WANTED)
def test_every_field_of_a_page_says_how_it_was_found(name: str) -> None:
    article = read(name).article
    given = {"headline": article.headline, "authors": article.authors, "published": article.published}
    assert [field for field, value in given.items() if value and field not in article.facts] == []


def test_there_are_forty_pages_in_twelve_languages() -> None:
    assert len(WANTED) >= 40
    assert len({wanted["language"] for wanted in WANTED.values() if "language" in wanted}) >= 12
    assert all(wanted["difficulty"] for wanted in WANTED.values())

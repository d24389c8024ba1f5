"""A page of many short stories says how many it holds, and by whom; one story under headings says nothing."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from crawler.extraction.extract import extract
from crawler.values import Page, PageKind

ADDRESS = "https://gazette.example/2026/11/03/the-week-in-the-county"
NAMES = ("Ana Pérez", "Li Wei", "Mara Lind", "Tom Okafor")
TEXT = (
    "The council met in the old hall on Tuesday and settled the budget of the library after three hours of debate."
    " Nobody spoke against the new roof, said the mayor, though it will cost more than the pier did in the last year."
)


def said(sections: Sequence[str]) -> str | None:
    """Return what an article says of its stories, a section under each headline."""
    parts = "".join(f"<h2 id=s{n}>The {n}th of them</h2>{each.format(n=n)}" for n, each in enumerate(sections))
    html = (
        f"<html lang=en><head><title>The week</title></head><body><main><h1>The week</h1>{parts}</main></body></html>"
    )
    now = datetime(2026, 11, 3, tzinfo=UTC)
    read = extract(Page(url=ADDRESS, address=ADDRESS, source="g", content=html.encode(), fetched=now))
    assert read.kind is PageKind.ARTICLE
    return read.article.facts.get("stories")


def section(name: str, *, behind: bool = False) -> str:
    byline, prose = (
        f"<p class=byline>By {name}</p>",
        f"<p>It was day {{n}}. {TEXT}</p><p>{name} wrote {{n}} pages. {TEXT}</p>",
    )
    return prose + byline if behind else byline + prose


@pytest.mark.parametrize("behind", [False, True])
def test_a_page_of_stories_says_how_many_it_tells_and_by_whom(behind: bool) -> None:
    stories = [section(name, behind=behind) for name in (*NAMES, NAMES[0])]
    names = ", ".join(NAMES)
    assert said(stories) == f"it tells 5 stories, each with a headline and an author: {names}"
    assert str(said([*stories[:3], f"<p>{TEXT}</p>"])).startswith("it tells 3 stories")


@pytest.mark.parametrize(
    "names",
    [
        NAMES[:2],
        (NAMES[0], NAMES[0], NAMES[0]),
        (NAMES[0], "", "", NAMES[1]),
        ("", "", "", ""),
    ],
)
def test_one_story_under_headings_and_by_its_authors_says_nothing(names: Sequence[str]) -> None:
    assert said([section(name) if name else f"<p>{TEXT}</p>" for name in names]) is None

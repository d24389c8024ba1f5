"""What reading all pages of tests/pages must reach together: bodies, authors, dates, titles, kinds of pages.

Every page is right today (`test_fixtures.py` asks each for each field); the floors hold even where somebody takes a
field out of a page's expectations, and the bodies are compared whole, in the runs of four words that the benches use.
"""

from collections import Counter
from functools import cache

import pytest

from bench.extraction.score import summary
from corpus.model import Article
from crawler.extraction.collection import Doubt
from crawler.markup.marked import MarkedElements
from crawler.values import Extraction, PageKind
from tests.crawler.extraction.test_fixtures import WANTED, read

MARGIN = 0.005  # under what is reached, which is 1.0: a page of 52 that loses a fifth of its story is beyond it
FLOORS = dict.fromkeys(("body F1", "precision", "recall", "authors F1", "authors precision", "dates", "titles"), 1.0)
SAID = {"text": 52, "authors": 48, "published": 49, "headline": 52, "kind": 56}  # pages that say so
KINDS = {PageKind.ARTICLE: 52, PageKind.PAYWALL: 2, PageKind.LISTING: 1, PageKind.CHALLENGE: 1}


def figures_of(found: dict[str, Extraction]) -> dict[str, float]:
    return summary([(truth(name), given(extraction.article)) for name, extraction in found.items()])


def truth(name: str) -> dict[str, object]:
    wanted = WANTED[name]
    renamed = {"text": "text", "authors": "authors", "date": "published", "title": "headline"}
    return {key: wanted[field] for key, field in renamed.items() if field in wanted}


def given(article: Article) -> dict[str, object]:
    return {
        "text": article.body,
        "authors": [author.name for author in article.authors],
        "date": article.published.day.isoformat() if article.published else None,
        "title": article.headline,
    }


def below(figures: dict[str, float]) -> set[str]:
    return {name for name, floor in FLOORS.items() if figures[name] < floor - MARGIN}


@cache
def pages() -> dict[str, Extraction]:
    return {name: read(name) for name in WANTED}


def test_bodies_authors_dates_and_titles_reach_their_floors() -> None:
    assert below(figures_of(pages())) == set()


def test_no_story_is_lost_and_no_other_page_is_taken_for_one() -> None:
    found = {name: page.kind.value for name, page in pages().items()}
    assert {name: kind for name, kind in found.items() if kind != WANTED[name]["kind"]} == {}


def test_the_pages_that_hold_these_floors_are_enough() -> None:
    counts = {field: sum(field in wanted for wanted in WANTED.values()) for field in SAID}
    assert {field: count for field, count in counts.items() if count < SAID[field]} == {}
    kinds = Counter(PageKind(wanted["kind"]) for wanted in WANTED.values())
    assert {kind: kinds[kind] for kind in KINDS if kinds[kind] < KINDS[kind]} == {}


@pytest.mark.parametrize(
    ("rule", "without", "floors"),
    [
        ("crawler.body.clean._RULES", (), {"body F1", "precision"}),
        ("crawler.body.clean._RULES", (("a rule that goes too far", lambda story: story.chosen[1:]),), {"recall"}),
        (
            "crawler.extraction.fields.read_marked",
            lambda *read: MarkedElements((), ()),
            {"authors F1", "authors precision"},
        ),
        ("crawler.dates.resolution.parse_date", lambda *read, **known: None, {"dates"}),
        ("crawler.extraction.headline._alike", lambda heading, title: 0.0, {"titles"}),
    ],
)
def test_a_floor_breaks_when_a_rule_is_taken_out_or_goes_too_far(monkeypatch, rule, without, floors) -> None:
    monkeypatch.setattr(rule, without)
    assert floors <= below(figures_of({name: read(name) for name in WANTED}))


@pytest.mark.parametrize("rule", ["locked", "wall", "listing"])
def test_the_floor_of_kinds_breaks_when_a_rule_is_taken_out(monkeypatch, rule) -> None:
    monkeypatch.setattr(f"crawler.extraction.kinds.{rule}", lambda *seen: None)
    monkeypatch.setattr("crawler.extraction.extract.collection", lambda *seen: Doubt())  # the judge stands in for rules
    assert any(read(name).kind.value != wanted["kind"] for name, wanted in WANTED.items())

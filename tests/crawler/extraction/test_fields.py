# ruff: noqa: E501 - a page stands on one line
from datetime import UTC, datetime

import pytest

from crawler.extraction.extract import extract
from crawler.values import Extraction, Page, Selectors
from tests.stalling import no_stall

NO_SELECTORS = Selectors()
TEXT = "<p>" + "The council closed the old bridge on Monday, and nobody in the town was surprised by it. " * 4 + "</p>"


def read(
    html: str, selectors: Selectors = NO_SELECTORS, url: str = "https://gazette.example/news/bridge"
) -> Extraction:
    page = Page(
        url=url,
        address=url,
        source="gazette",
        content=html.encode(),
        fetched=datetime(2024, 6, 1, tzinfo=UTC),
        selectors=selectors,
    )
    return extract(page, explain=True)


def test_a_source_s_selectors_go_before_all_else() -> None:
    html = f'<h1>Logo</h1><b id="t">Bridge closes</b><i id="a">Ana Ruiz</i><u id="d">7 March 2024</u><s id="s">Town</s>{TEXT}'
    article = read(html, Selectors(headline="#t", byline="#a", published="#d", section="#s")).article
    assert (article.headline, [author.name for author in article.authors], article.section) == (
        "Bridge closes",
        ["Ana Ruiz"],
        "Town",
    )
    assert article.published is not None and article.published.origin == "selector"
    assert article.facts["headline"] == article.facts["authors"] == "selector"


def test_candidates_that_lost_say_why() -> None:
    html = f'<meta name="author" content="gazette.example"><h1>Bridge</h1><p class="byline">By Ana Ruiz</p>{TEXT}'
    candidates = [each for each in read(html).candidates if each.field == "authors"]
    assert [(each.value, each.lost) for each in candidates if each.rule == "meta author"] == [
        ("gazette.example", "gazette.example: an address")
    ]
    assert any(each.lost is None and each.value == "Ana Ruiz" for each in candidates)


@pytest.mark.parametrize(
    ("link", "canonical"),
    [
        ("https://gazette.example/bridge", "https://gazette.example/bridge"),
        ("https://www.gazette.example/bridge", "https://www.gazette.example/bridge"),
        ("https://other.example/bridge", None),
        ("https://gazette.example/", None),
        ("javascript:alert(1)", None),
    ],
)
def test_a_canonical_link_is_believed_within_its_site(link: str, canonical: str | None) -> None:
    assert read(f'<link rel="canonical" href="{link}"><h1>Bridge</h1>{TEXT}').canonical == canonical


@pytest.mark.parametrize(
    ("opening", "dateline"),
    [
        ("GENEVA (Reuters) - ", "GENEVA (Reuters)"),
        ("Berlin (dpa) - ", "Berlin (dpa)"),
        ("NEW DELHI — ", "NEW DELHI"),
        ("The Council (of Europe) ", None),
        ("", None),
    ],
)
def test_a_dateline_is_a_place_in_capitals_or_with_an_agency(opening: str, dateline: str | None) -> None:
    assert read(f"<h1>Bridge</h1>{TEXT.replace('<p>', f'<p>{opening}')}").article.dateline == dateline


def test_the_printed_byline_is_kept_as_it_stands() -> None:
    html = f'<meta name="author" content="Ana Ruiz"><h1>Bridge</h1><p class="byline">By Ana Ruiz, Special to The Gazette</p>{TEXT}'
    assert read(html).article.byline == "By Ana Ruiz, Special to The Gazette"


def test_a_page_that_tells_nothing_has_no_fields() -> None:
    article = read(f"<body>{TEXT}").article
    assert (article.headline, article.authors, article.byline, article.published, article.section) == (
        None,
        (),
        None,
        None,
        None,
    )


@pytest.mark.parametrize("killer", ["A" * 200, "AB" * 100, "A-" * 100, "A.B" * 60, "A/" * 100])
def test_capitals_without_end_are_no_dateline_and_take_no_time(killer: str) -> None:
    with no_stall():
        assert read(f"<h1>Bridge</h1>{TEXT.replace('<p>', f'<p>{killer}x ')}").article.dateline is None

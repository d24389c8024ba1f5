"""A page that a story's pager names next, and whether it says itself that it is of the same story."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from corpus.model import Article, Author, PageDate, Precision
from corpus.structure.values import Span, SpanKind
from crawler.identity.parts import no_part
from crawler.values import Extraction, PageKind, StoryPages
from tests.crawler.stories import FERRY, MILL

FIRST = "https://a.example/2026/ferry"
DAY = PageDate(datetime(2026, 3, 4, tzinfo=UTC), Precision.DAY, "meta")
MARA = (Author("Mara Lind", "mara-lind"),)


def read(*paragraphs: str, first: str | None = None, canonical: str | None = None, **fields: object) -> Extraction:
    known = {"url": FIRST, "source": "a", "fetched": DAY.at, "headline": "Second ferry sails from April", **fields}
    article = Article(body="\n\n".join(paragraphs), **known)  # type: ignore[arg-type]
    return Extraction(
        kind=PageKind.ARTICLE, reason="", article=article, canonical=canonical, others=StoryPages(first=first)
    )


def joins(part: Extraction) -> bool:
    one = read(*FERRY, authors=MARA, published=DAY)
    return no_part(FIRST, one, one.article, part) is None


@pytest.mark.parametrize(
    "headline",
    [
        "Second ferry sails from April",
        "Second ferry sails from April - Page 2",
        "Second ferry sails from April (2/3)",
        "Second ferry sails from April | Seite 2 von 3",
        "Page 2: Second ferry sails from April",
        "Second ferry sails from April – strona 2",
        "Second ferry sails from April 第2页",
        "Second ferry sails from April صفحة 2",
    ],
)
def test_a_page_under_the_same_headline_is_of_the_story(headline: str) -> None:
    assert joins(read(*MILL, headline=headline))


def test_a_page_under_another_headline_needs_a_link_to_the_first_page_and_more() -> None:
    other = read(*MILL, headline="The pier")
    assert not joins(other)
    assert joins(replace(other, canonical=FIRST))
    led = replace(other, others=StoryPages(first=FIRST))
    assert not joins(led)
    assert joins(replace(led, article=replace(led.article, authors=MARA, published=DAY)))
    assert joins(replace(led, article=replace(led.article, headline=None)))
    assert not joins(read(*MILL, headline="The pier", first="https://a.example/2026/mayor"))


def test_what_speaks_against_a_page_counts_whatever_its_headline_is() -> None:
    next_week = PageDate(datetime(2026, 3, 11, tzinfo=UTC), Precision.DAY, "meta")
    assert joins(read(*MILL, authors=MARA, published=DAY))
    assert not joins(read(*MILL, authors=(Author("Li Wei", "li-wei"),)))
    assert not joins(read(*MILL, published=next_week))
    first, list_ = read(*FERRY), replace(read(*MILL), kind=PageKind.LISTING)
    said = no_part(FIRST, first, first.article, list_)
    assert said == "it is no article (the page lists stories and is not a story itself)"


def headed(*texts: str, authors: tuple[Author, ...] = (), published: PageDate | None = None) -> Extraction:
    """A page that is made of texts, each under a heading."""
    paragraphs = [each for n, text in enumerate(texts) for each in (f"The {n + len(text)}th", text)]
    found = read(*paragraphs, authors=authors, published=published)
    starts = [found.article.body.index(f"The {n + len(text)}th\n") for n, text in enumerate(texts)]
    spans = tuple(Span(SpanKind.HEADING, start, start + 6, level=2) for start in starts)
    return replace(found, article=replace(found.article, structure=spans))


def test_a_list_s_next_page_is_none_of_a_story() -> None:
    one, two = headed(*FERRY), headed(*MILL)

    def is_list(first: Extraction, part: Extraction, key: str = FIRST) -> bool:
        why = no_part(key, first, first.article, part)
        return why is not None and "nobody signs or dates" in why

    assert is_list(one, two)
    assert not is_list(one, headed(*MILL, authors=MARA))
    assert not is_list(headed(*FERRY, published=DAY), two)
    assert not is_list(read("It begins without a heading, as a story does.", *FERRY), two)
    assert not is_list(one, headed(*MILL[:2]))
    assert is_list(one, headed(*MILL, "an item " * 70))
    assert not is_list(one, headed(*MILL, "an item " * 80))
    assert is_list(read(*FERRY), read(*MILL), key="https://a.example/short-news")
    assert not is_list(read(*FERRY), read(*MILL), key="https://a.example/2026/short-news")
    assert not is_list(read(*FERRY, authors=MARA), read(*MILL, authors=MARA), key="https://a.example/short-news")


def test_a_page_with_the_text_of_an_earlier_one_is_none_of_it() -> None:
    assert not joins(read(*FERRY))
    assert not joins(read(" ".join(FERRY)))  # set as one paragraph
    assert joins(read(*FERRY, *MILL))
    assert not joins(read("Too little."))

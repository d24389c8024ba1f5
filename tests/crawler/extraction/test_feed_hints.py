from datetime import UTC, datetime

from corpus.model import Hints
from crawler.extraction.extract import extract
from crawler.values import Page
from tests.crawler.crawling import TEXT, story

AT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def read(markup: str, hints: Hints):
    return extract(
        Page(
            url="https://g.example/a",
            address="https://g.example/a",
            source="g",
            content=markup.encode(),
            fetched=AT,
            hints=hints,
        )
    ).article


def test_a_page_that_names_nobody_is_by_those_its_feed_names():
    bare = f"<html><body><article><h1>Budget</h1>{f'<p>{TEXT}</p>' * 5}</article></body></html>"
    article = read(bare, Hints(authors=("Li Wei",), section="Town"))
    assert ([author.name for author in article.authors], article.facts["authors"]) == (["Li Wei"], "feed")
    assert (article.section, article.facts["section"]) == ("Town", "feed")


def test_a_page_that_names_somebody_is_believed():
    article = read(story("Budget", byline="Ana Pérez"), Hints(authors=("Li Wei",)))
    assert [author.name for author in article.authors] == ["Ana Pérez"]

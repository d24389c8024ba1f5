"""StoredArticle -> Document."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from corpus.model import Article, Author, AuthorKind, PageDate, Precision, StoredArticle
from indexer.contract.document import document, span
from indexer.contract.facet_values import language_key, site_key
from indexer.contract.facets import FacetName
from indexer.contract.periods import minutes
from tests.indexer.known import known

PARIS = ZoneInfo("Europe/Paris")
SEEN = datetime(2026, 1, 2, 23, 30, tzinfo=UTC)
ANA = Author("Ana Pérez", "ana-perez")
REUTERS = Author("Reuters", "reuters", AuthorKind.AGENCY)


def stored(**fields):
    article = Article(
        **{"url": "https://a.example/1", "source": "a.example", "fetched": SEEN, "structure": (), **fields}
    )
    return StoredArticle(7, "k7f003", 1, SEEN, 1, article)


def test_what_the_page_does_not_say_is_empty_or_none():
    made = document(stored(), zone=UTC)
    assert (made.id, made.headline, made.body, made.facets) == (7, "", "", known(site="a.example"))
    assert (made.published, made.copy_of) == (None, None)


def test_texts_and_keys_are_those_of_the_article():
    texts = {"headline": "H", "standfirst": "S", "body": "B", "byline": "By Ana Pérez"}
    made = document(stored(**texts, authors=(ANA,), language="pt-BR", section="World News"), zone=UTC)
    assert (made.headline, made.standfirst, made.body, made.byline) == ("H", "S", "B", "By Ana Pérez")
    assert made.facets == known(author="ana-perez", site="a.example", lang="pt", section="world-news")


def test_without_a_byline_the_names_are_searched():
    assert document(stored(authors=(ANA, REUTERS)), zone=UTC).byline == "Ana Pérez, Reuters"


def test_an_agency_is_an_author_only_where_nobody_else_signs():
    assert document(stored(authors=(ANA, REUTERS)), zone=UTC).facets[FacetName.AUTHOR] == ("ana-perez",)
    assert document(stored(authors=(REUTERS,)), zone=UTC).facets[FacetName.AUTHOR] == ("reuters",)


def test_an_alias_counts_as_who_it_stands_for_once():
    other = Author("A. Perez", "a-perez")
    assert document(stored(authors=(ANA, other)), zone=UTC, aliases={"a-perez": "ana-perez"}).facets == known(
        author="ana-perez", site="a.example"
    )


def test_a_moment_is_a_civil_minute_of_the_zone():
    moment = PageDate(datetime(2024, 3, 31, 22, 30, tzinfo=UTC), Precision.MINUTE, "meta")
    made = document(stored(published=moment), zone=PARIS)
    assert made.published == minutes(datetime.fromisoformat("2024-04-01 00:30"))
    assert made.added == minutes(datetime.fromisoformat("2026-01-03 00:30"))


@pytest.mark.parametrize("precision", [Precision.DAY, Precision.MONTH, Precision.YEAR])
def test_a_date_without_a_time_is_its_first_minute_in_every_zone(precision):
    day = PageDate(datetime(2024, 1, 1, tzinfo=UTC), precision, "text")
    for zone in (PARIS, ZoneInfo("America/Los_Angeles"), ZoneInfo("Pacific/Auckland")):
        assert document(stored(published=day), zone=zone).published == minutes(datetime.fromisoformat("2024-01-01"))


def test_a_date_at_the_edge_of_time_is_no_date():
    edge = PageDate(datetime(1, 1, 1, tzinfo=UTC), Precision.MINUTE, "meta")
    assert document(stored(published=edge), zone=ZoneInfo("America/Los_Angeles")).published is None


@pytest.mark.parametrize(
    ("source", "key"),
    [
        ("valley-herald.example", "valley-herald.example"),
        ("The Valley Herald", "the-valley-herald"),
        ("St. Paul Post", "st-paul-post"),
        ("None", "none-"),
        ("none.example", "none.example"),
        ("Zürcher.example", "zurcher.example"),
        ("!", ""),
    ],
)
def test_a_site_key_is_the_folded_name_with_its_dots(source, key):
    assert site_key(source) == key


def test_a_language_key_is_the_first_part_of_the_tag():
    assert [language_key(tag) for tag in ("en", "en-GB", "zh_Hant", "", None)] == ["en", "en", "zh", None, None]


@pytest.mark.parametrize(
    ("precision", "first", "days"),
    [
        (Precision.MONTH, datetime(2024, 2, 1, tzinfo=UTC), 29),
        (Precision.MONTH, datetime(2023, 12, 1, tzinfo=UTC), 31),
        (Precision.YEAR, datetime(2024, 1, 1, tzinfo=UTC), 366),
        (Precision.YEAR, datetime(1900, 1, 1, tzinfo=UTC), 365),
    ],
)
def test_a_month_or_year_covers_all_of_its_minutes(precision, first, days):
    assert span(PageDate(first, precision, "text")) == days * 1440 - 1


def test_a_day_a_moment_and_no_date_cover_one_minute():
    at = datetime(2024, 2, 29, tzinfo=UTC)
    assert [span(PageDate(at, each, "text")) for each in (Precision.DAY, Precision.MINUTE)] == [0, 0]
    assert span(None) == 0

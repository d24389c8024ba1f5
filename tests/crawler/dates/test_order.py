"""How a page writes 3/4/2026, by its languages, its host's country and its other dates."""

from datetime import UTC, datetime

import pytest
from babel import Locale
from babel.languages import get_official_languages
from babel.localedata import locale_identifiers

from corpus.model import Hints, PageDate, Precision
from crawler.dates.order import DAY_FIRST, MONTH_FIRST, declared_order
from crawler.dates.resolution import Dates, read_dates
from crawler.markup.blocks import segment
from crawler.markup.marked import index_of, read_marked
from crawler.markup.metadata import read_metadata
from crawler.markup.tree import parse
from crawler.markup.view import PageView
from crawler.values import Page

FETCHED = datetime(2026, 11, 1, 12, tzinfo=UTC)
PROSE = "<p>The council decided on Monday that the old wall along the quay is rebuilt before the winter begins.</p>"


def dates(
    line: str, *, host: str = "gazette.example", language: str = "en", head: str = "", path: str = "a", **page: object
) -> Dates:
    url = f"https://{host}/{path}"
    content = (
        f'<html lang="{language}"><head>{head}</head><body><article><h1>The wall</h1><p>{line}</p>{PROSE * 3}'
        f"</article></body></html>".encode()
    )
    given = Page(url=url, address=url, source="a", content=content, fetched=FETCHED, **page)  # type: ignore[arg-type]
    tree = parse(content)
    assert tree is not None
    blocks = segment(tree)
    view = PageView(
        page=given,
        tree=tree,
        blocks=blocks,
        metadata=read_metadata(tree, url),
        chosen=tuple(n for n, text in enumerate(blocks.texts) if len(text) > 80),
        headline_at=0,
        language=language[:2],
    )
    return read_dates(view, read_marked(tree, blocks, index_of(blocks)).dates)


def shown(line: str, **page: object) -> str:
    """The published day, with a tilde where it is in doubt."""
    date = dates(line, **page).published  # type: ignore[arg-type]
    return "none" if date is None else f"{'~' if date.doubtful else ''}{date.day}"


@pytest.mark.parametrize("host", ["gazette.co.uk", "news.ie", "www.post.com.au", "a.co.nz", "a.in", "a.co.za"])
def test_a_page_in_english_is_read_as_the_country_of_its_host_writes(host: str) -> None:
    assert shown("03/04/2026", host=host) == "2026-04-03"


@pytest.mark.parametrize("host", ["city.ca.us", "news.ph"])
def test_some_countries_write_the_month_first(host: str) -> None:
    assert shown("03/04/2026", host=host) == "2026-03-04"


@pytest.mark.parametrize("host", ["gazette.example", "a.com", "a.ca", "a.co", "a.io", "a.jp"])
def test_a_host_of_no_country_or_of_one_that_writes_both_ways_leaves_the_date_in_doubt(host: str) -> None:
    assert shown("03/04/2026", host=host) == "~2026-03-04"


def test_a_locale_with_a_country_says_how_a_bare_language_is_written() -> None:
    locale = '<meta property="og:locale" content="{}">'
    assert shown("03/04/2026", head=locale.format("en_GB")) == "2026-04-03"
    assert shown("03/04/2026", head=locale.format("en_US")) == "2026-03-04"
    assert shown("03/04/2026", head=locale.format("en_US"), language="de") == "2026-04-03"  # left from a template


@pytest.mark.parametrize(
    ("host", "language", "meant"),
    [("a.co.uk", "en-US", "~2026-04-03"), ("a.us", "es", "~2026-03-04"), ("a.ph", "en-GB", "~2026-03-04")],
)
def test_where_language_and_country_disagree_the_country_is_followed_in_doubt(
    host: str, language: str, meant: str
) -> None:
    assert shown("03/04/2026", host=host, language=language) == meant


@pytest.mark.parametrize(
    "page", [{"path": "2026/04/wall"}, {"path": "2026/04/03/wall"}, {"head": '<meta name="date" content="2026-04-03">'}]
)
def test_another_date_of_the_page_decides_before_its_language(page: dict[str, str]) -> None:
    for language in ("en", "en-US"):
        assert shown("Published 03/04/2026", language=language, **page) == "2026-04-03"


def test_a_hint_of_a_sitemap_decides() -> None:
    hint = PageDate(datetime(2026, 4, 3, 8, tzinfo=UTC), Precision.MINUTE, "sitemap")
    assert shown("03/04/2026", language="en-US", hints=Hints(updated=hint)) == "2026-04-03"


def test_dates_of_the_page_whose_day_is_over_12_decide_before_its_language() -> None:
    of_others = "</p>{}<aside><h2>More</h2><p>25/03/2026</p><p>{}</p></aside><p>".format
    assert shown(f"03/04/2026{of_others(PROSE * 20, '28/03/2026')}", language="en-US") == "2026-04-03"
    assert shown(f"03/04/2026{of_others(PROSE * 20, '03/28/2026')}", language="en-US") == "2026-03-04"
    assert shown(f"03/04/2026{of_others(PROSE * 20, '03/28/2026')}") == "~2026-03-04"


def test_a_page_is_not_published_in_the_future() -> None:
    assert shown("12/10/2026") == "~2026-10-12"


def test_the_source_s_own_setting_goes_before_all() -> None:
    assert shown("03/04/2026", host="a.co.uk", day_first=False) == "2026-03-04"


def test_what_decided_is_shown_with_the_date() -> None:
    values = [candidate.value for candidate in dates("03/04/2026", host="a.co.uk", language="en-US").candidates]
    assert values == ["03/04/2026 = 2026-04-03 (day first: country of the host, disputed)"]


@pytest.mark.parametrize("language", ["fil", "tl", "en-US", "en_PR"])
def test_languages_that_write_the_month_first(language: str) -> None:
    assert declared_order(language, (), "https://a.example/").day_first is False


def _orders(country: str) -> set[str]:
    """In which orders the official languages of a country, and English there, write day and month, by CLDR."""
    languages = {*get_official_languages(country, regional=False, de_facto=True), "en"}
    names = [
        name for name in locale_identifiers() if name.endswith(f"_{country}") and name[3:7] not in {"Dsrt", "Shaw"}
    ]
    of_country = [name for name in names if name.split("_")[0] in languages] or names
    orders = set()
    for name in of_country:
        short, medium = (str(Locale.parse(name).date_formats[width].pattern) for width in ("short", "medium"))
        pattern = medium if short.startswith("y") else short
        orders.add("year" if pattern.startswith("y") else "".join(c for c in pattern if c in "dM")[0])
    return orders


def test_the_countries_are_those_of_cldr() -> None:
    names = {"uk": "GB"}
    for country in sorted(DAY_FIRST - {"eu"}):
        assert "d" in _orders(names.get(country, country.upper())), country
        assert "M" not in _orders(names.get(country, country.upper())), country
    for country in sorted(MONTH_FIRST):
        assert _orders(country.upper()) == {"M"}, country

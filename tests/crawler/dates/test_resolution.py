# ruff: noqa: E501 - a page stands on one line
from datetime import UTC, datetime, timedelta

import pytest

from corpus.model import PageDate, Precision
from crawler.dates.printed import parse_date
from crawler.dates.resolution import Dates, read_dates
from crawler.markup.blocks import segment
from crawler.markup.marked import index_of, read_marked
from crawler.markup.metadata import read_metadata
from crawler.markup.tree import parse
from crawler.markup.view import PageView
from crawler.values import Page

TODAY = datetime(2024, 6, 1, 12, tzinfo=UTC)


def day(text: str, *, day_first: bool | None = None) -> str | None:
    found = parse_date(text, today=TODAY, day_first=day_first)
    return found.at.date().isoformat() if found else None


def dates(html: str, url: str = "https://gazette.example/a") -> Dates:
    content = html.encode()
    page = Page(url=url, address=url, source="gazette", content=content, fetched=TODAY)
    tree = parse(content)
    assert tree is not None
    blocks = segment(tree)
    long = [n for n, text in enumerate(blocks.texts) if len(text) > 80]
    view = PageView(
        page=page,
        tree=tree,
        blocks=blocks,
        metadata=read_metadata(tree, url),
        chosen=tuple(long),
        headline_at=0,
        language="en",
    )
    return read_dates(view, read_marked(tree, blocks, index_of(blocks)).dates)


def published(html: str, url: str = "https://gazette.example/a") -> PageDate:
    found = dates(html, url).published
    assert found is not None
    return found


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-07", "2024-03-07T23:40:00+00:00", "20240307", "7 March 2024", "March 7, 2024", "7. März 2024", "7 mars 2024", "7 de marzo de 2024",
        "7 marzo 2024", "7 de março de 2024", "7 maart 2024", "den 7 mars 2024", "7. marts 2024", "7. maaliskuuta 2024", "7 marca 2024", "7. března 2024",
        "7 Mart 2024", "7 марта 2024", "7 березня 2024", "٧ مارس ٢٠٢٤", "7 آذار 2024", "2024年3月7日", "2024년 3월 7일", "7 Μαρτίου 2024", "7 मार्च 2024",
        "Thu, 07 Mar 2024 10:00:00 GMT", "1709800000", "2024/3/7", "2024.03.07.", "7 Mar 24", "2567-03-07",
    ],
)  # fmt: skip
def test_a_day_is_read_in_many_spellings(text: str) -> None:
    assert day(text) == "2024-03-07"


@pytest.mark.parametrize(
    "text", ["", "Issue 24, page 7", "tel. 030 12 34 56", "99/99/2024", "version 3.4.1", "USA TODAY", "2024"]
)
def test_what_is_no_date_gives_none(text: str) -> None:
    assert day(text) is None


def test_numbers_follow_the_page_s_order_and_are_doubtful_without_it() -> None:
    assert day("03/04/2024", day_first=True) == "2024-04-03"
    assert day("03/04/2024", day_first=False) == "2024-03-04"
    doubted, plain = parse_date("03/04/2024", today=TODAY), parse_date("13/04/2024", today=TODAY)
    assert doubted is not None and doubted.doubtful
    assert plain is not None and not plain.doubtful


@pytest.mark.parametrize(
    ("text", "ago"),
    [
        ("2 hours ago", timedelta(hours=2)),
        ("vor 3 Stunden", timedelta(hours=3)),
        ("il y a 5 minutes", timedelta(minutes=5)),
        ("3小时前", timedelta(hours=3)),
    ],
)
def test_a_span_counts_back_from_the_fetch(text: str, ago: timedelta) -> None:
    found = parse_date(text, today=TODAY)
    assert found is not None and found.at.replace(tzinfo=UTC) == TODAY - ago


def test_a_time_and_a_zone_are_read() -> None:
    found = parse_date("March 7, 2024, 8:50 p.m. PST", today=TODAY)
    assert found is not None
    assert (found.at.hour, found.at.minute, found.offset) == (20, 50, timedelta(hours=-8))


def test_a_month_stays_a_month() -> None:
    found = published("<h1>Story</h1>", "https://gazette.example/2023/12/story")
    assert (found.at, found.precision, found.origin) == (datetime(2023, 12, 1, tzinfo=UTC), Precision.MONTH, "url")


def test_the_page_s_data_is_believed_before_what_it_prints() -> None:
    html = '<meta property="article:published_time" content="2024-03-07T10:00:00Z"><h1>Story</h1><p>8 March 2024</p>'
    assert dates(html).rules == (("published", "meta article:published_time"),)


def test_the_day_is_the_page_s_own() -> None:
    html = '<meta property="article:published_time" content="2024-03-08T04:50:00Z"><h1>Story</h1><p>March 7, 2024</p>'
    found = published(html)
    assert found.at == datetime(2024, 3, 8, 4, 50, tzinfo=UTC)
    assert found.day.isoformat() == "2024-03-07"


def test_a_date_to_come_goes_behind_any_other() -> None:
    assert (
        published('<meta name="date" content="2031-01-01"><h1>Story</h1><p>8 March 2024</p>').day.isoformat()
        == "2024-03-08"
    )


def test_a_date_before_1990_is_doubted() -> None:
    assert published('<meta name="date" content="1970-01-01T00:00:00Z"><h1>Story</h1>').doubtful


def test_published_and_updated_are_told_apart() -> None:
    found = dates("<h1>Story</h1><p>Published: 7 March 2024, updated: 9 March 2024</p>")
    assert found.published is not None and found.updated is not None
    assert (found.published.day.isoformat(), found.updated.day.isoformat()) == ("2024-03-07", "2024-03-09")


def test_a_day_printed_before_the_data_s_own_is_the_first() -> None:
    html = '<meta name="date" content="2024-05-20"><h1>Story</h1><p>7 March 2024</p>'
    assert published(html).day.isoformat() == "2024-03-07"


def test_a_page_without_a_date_has_none() -> None:
    assert dates("<h1>Story</h1><p>Nothing is told here.</p>").published is None

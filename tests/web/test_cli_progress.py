"""How far a crawl is: every source where there is room, else the sum and those with the most due."""

from datetime import UTC, datetime, timedelta

import pytest

from crawler.running.progress import Progress, SourceProgress
from web.cli.progress import AROUND, PLAIN_MOST, line, rows


def under_way(count: int) -> Progress:
    sources = tuple(SourceProgress(source=f"s{n}", due=n % 7, fetched=10, new=n) for n in range(count))
    return Progress(
        sources=sources, started=datetime(2026, 3, 4, tzinfo=UTC), elapsed=timedelta(seconds=10), bytes=0, in_flight=1
    )  # fmt: skip


@pytest.mark.parametrize("count", [1, 2, PLAIN_MOST])
def test_a_line_names_every_source_where_there_are_few(count: int) -> None:
    shown = line(under_way(count))
    assert shown.count(" fetched ") == count
    assert shown.startswith("crawling 10 s: s0 10 fetched 0 new 0 due")


def test_a_line_of_many_sources_has_their_sum_and_those_with_the_most_due() -> None:
    shown = line(under_way(720))
    assert shown.startswith("crawling 10 s: 720 sources 7,200 fetched 258,840 new 2,157 due; s6 10 fetched")
    assert shown.endswith("and 715 more with no more due than these")
    assert shown.count("6 due") == PLAIN_MOST
    assert len(shown) < 400


@pytest.mark.parametrize(("count", "height", "made"), [(1, 24, 1), (3, 24, 4), (72, 24, 24 - AROUND + 2), (72, 3, 3)])
def test_a_table_fits_the_terminal_and_says_how_many_it_does_not_name(count: int, height: int, made: int) -> None:
    shown = rows(under_way(count).sources, height)
    assert len(shown) == made
    assert (shown[0][0] == f"{count} sources") == (count > 1)
    named = sum(row[0].startswith("s") for row in shown)
    assert shown[-1][0] == f"and {count - named} more with no more due" if named < count else named == count

"""What is usual on a day of a source, and which days are gaps, with their causes and their cost."""

from datetime import date, timedelta

import pytest

from corpus.runs.coverage import DayFacts, covered

START, TODAY = date(2026, 1, 1), date(2026, 5, 31)
DAYS = [START + timedelta(days=at) for at in range((TODAY - START).days + 1)]
FULL = DayFacts(read=10, crawls=1)
QUIET = DayFacts(read=0, crawls=1)


def facts(**changed: DayFacts) -> dict[date, DayFacts]:
    """Every day as usual: ten articles on weekdays, none on Sundays; `changed`: m0405 is 5 April."""
    found = {day: QUIET if day.weekday() == 6 else FULL for day in DAYS}
    return found | {date(2026, int(key[1:3]), int(key[3:])): each for key, each in changed.items()}


def spans(known: dict[date, DayFacts], **more: date | None) -> list[tuple[str, str]]:
    _, gaps = covered(known, date(2026, 4, 1), TODAY, today=more.get("today") or TODAY, since=more.get("since", START))
    return [(f"{each.first:%m%d}", f"{each.last:%m%d}") for each in gaps]


def test_days_as_usual_are_no_gap_and_silent_sundays_neither():
    days, gaps = covered(facts(), date(2026, 4, 1), TODAY, today=TODAY, since=START)
    assert gaps == []
    assert {each.usual for each in days if each.day.weekday() == 6} == {0.0}
    assert {each.usual for each in days if each.day.weekday() != 6} == {10.0}
    assert len(days) == 61


@pytest.mark.parametrize(("read", "is_gap"), [(0, True), (2, True), (3, False), (10, False)])
def test_under_a_quarter_of_the_usual_is_a_gap(read: int, is_gap: bool):
    assert spans(facts(m0414=DayFacts(read=read, crawls=1))) == ([("0414", "0414")] if is_gap else [])


def test_days_on_end_are_one_gap_with_its_cost_and_what_was_read_later():
    known = facts(m0414=DayFacts(read=8, later=8), m0415=DayFacts(), m0420=DayFacts())
    _, gaps = covered(known, date(2026, 4, 1), TODAY, today=TODAY, since=START)
    assert [(each.number, each.first.day, each.last.day, each.missed, each.later) for each in gaps] == [
        (1, 14, 15, 20, 8),
        (2, 20, 20, 10, 0),
    ]
    assert gaps[0].name == "No crawl was made"


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (DayFacts(crawls=2, reasons={"http-429: slow down": 9, "dns": 1}), "Fetches failed: http-429"),
        (DayFacts(broken=1), "Crawls broke off"),
        (DayFacts(crawls=2), "Little came"),
        (DayFacts(), "No crawl was made"),
    ],
)
def test_a_gap_is_named_by_its_cause(day: DayFacts, name: str):
    _, gaps = covered(facts(m0414=day), date(2026, 4, 1), TODAY, today=TODAY, since=START)
    assert [each.name for each in gaps] == [name]


def test_what_was_before_the_first_crawl_or_is_not_over_is_no_gap():
    known = {day: each for day, each in facts().items() if day >= date(2026, 4, 10)}
    assert spans(known, since=date(2026, 4, 10)) == []
    assert spans({}, since=None) == []
    assert spans(facts(m0531=DayFacts(), m0530=DayFacts())) == []  # yesterday's were not asked for yet
    assert spans(facts(m0530=DayFacts())) == [("0530", "0530")]  # but a crawl of today would have brought them


def test_a_young_source_has_a_gap_only_after_a_week_without_a_crawl():
    since = date(2026, 5, 1)
    known = {since + timedelta(days=at): DayFacts(crawls=1) for at in (0, 7, 22, 29)}
    assert spans(known, since=since) == [("0509", "0522")]

"""What the archive covers of a source, in the API: twelve months of it, day by day, and the gaps in them."""

from dataclasses import dataclass

from web.api.operations import Call, operation
from web.api.parameters import MONTH
from web.api.problems import Fault, wrong
from web.sources.coverage_page import year_of
from web.sources.coverage_reading import Month, lost_for, month_of


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageMonth:
    """A month of a source.

    Attributes:
        month: Such as `2026-08`.
        read: Articles read, in time or later.
        lost: Stories that crawls did not get.
        lost_for: Why -> how many of them; `""`: crawls that noted no reason.
        usual: Articles that are usual in such days; null: too early to say.
    """

    month: str
    read: int
    lost: int
    lost_for: dict[str, int]
    usual: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageDay:
    """A day of a source.

    Attributes:
        day: Such as `2026-08-14`.
        read: Articles that are dated on the day, or undated and stored on it.
        later: Those of them that were stored a week after it, or still later.
        lost: Stories that the crawls of the day did not get.
        lost_for: Why -> how many of them; `""`: crawls that noted no reason.
        usual: Articles that are usual on such a day; null: too early to say.
        crawls: Crawls of the day that asked the source for something.
        gap: The number of the gap it is part of; null: of none.
    """

    day: str
    read: int
    later: int
    lost: int
    lost_for: dict[str, int]
    usual: float | None
    crawls: int
    gap: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageGap:
    """Days on end of which nothing, or much less than usual, was read in time.

    Attributes:
        number: 1 for the earliest.
        first: Its first day.
        last: Its last day.
        missed: About how many articles were missed; null: not known.
        later: How many of its days' articles were read later.
        name: The cause in a few words.
        what: What happened, in a sentence.
    """

    number: int
    first: str
    last: str
    missed: int | None
    later: int
    name: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What the archive covers of a source, over twelve months.

    Attributes:
        months: The first one first.
        days: The first one first; none after today.
        gaps: The earliest first.
    """

    source: str
    months: list[CoverageMonth]
    days: list[CoverageDay]
    gaps: list[CoverageGap]


@operation(
    "GET", "/sources/{name}/coverage", "Sources and crawls", takes=(MONTH,), gives=Coverage, refuses=(404,)
)  # fmt: skip
def coverage(call: Call) -> Coverage:
    """Say what was read and lost of a source, by month and by day, beside what is usual; and name the gaps."""
    typed = call.one(MONTH)
    last = month_of(typed)
    if typed and Month(last, ()).name != typed:
        raise wrong([Fault(f"query: {MONTH.name}", typed[:40], "a month such as 2024-03")])
    year = year_of(call.path["name"], last)
    return Coverage(
        source=year.source,
        months=[
            CoverageMonth(
                month=each.name, read=each.read, lost=each.lost, lost_for=lost_for(each.days), usual=each.usual
            )
            for each in reversed(year.months)
        ],
        days=[
            CoverageDay(
                day=f"{each.day}",
                read=each.facts.read,
                later=each.facts.later,
                lost=each.facts.lost,
                lost_for=lost_for([each]),
                usual=each.usual,
                crawls=each.facts.crawls,
                gap=each.gap,
            )
            for each in year.days
        ],
        gaps=[
            CoverageGap(
                number=each.number,
                first=f"{each.first}",
                last=f"{each.last}",
                missed=each.missed,
                later=each.later,
                name=str(each.name),
                what=str(each.what),
            )
            for each in year.gaps
        ],
    )

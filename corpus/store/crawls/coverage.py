"""A source and a range of days -> what is known of each day: articles by their day, crawls and their losses."""

from collections import Counter, defaultdict
from datetime import date, datetime, timedelta, tzinfo

from corpus.runs.coverage import LATER, DayFacts
from corpus.store.file.database import Database
from corpus.store.file.rows import moment, stamp, text

_QUARTER = 900_000_000  # microseconds: in no time zone does a day begin within a quarter of an hour
# A date without a time is one of the page's calendar; a month or a year is no day.
_ARTICLES = f"""
    SELECT coalesce(published_precision, 'minute') = 'day' AS is_day,
        coalesce(published, first_seen) / {_QUARTER} AS part,
        first_seen - coalesce(published, first_seen) >= :later AS late, count(*) AS articles
    FROM articles WHERE source = :source AND withdrawn IS NULL
        AND coalesce(published_precision, 'day') IN ('day', 'minute')
        AND coalesce(published, first_seen) BETWEEN :first AND :last
    GROUP BY is_day, part, late
"""
# Both are counted by SQLite: a source that is crawled every hour has 10,000 rows in a year.
_CRAWLS = f"""
    SELECT started / {_QUARTER} AS part, sum(coalesce(json_extract(figures, '$.lost'), 0)) AS lost,
        sum(state IN ('failed', 'died')) AS broken,
        sum(counts != '{{}}' AND state IN ('done', 'stopped', 'running')) AS crawls
    FROM run_sources WHERE source = :source AND started BETWEEN :first AND :last GROUP BY part
"""
_LOST_FOR = f"""
    SELECT started / {_QUARTER} AS part, reason.key AS reason, sum(reason.value) AS stories
    FROM run_sources, json_each(figures, '$.lost_for') AS reason
    WHERE source = :source AND started BETWEEN :first AND :last GROUP BY part, reason.key
"""
_REASONS = f"""
    SELECT started / {_QUARTER} AS part, reason.key AS reason, sum(reason.value) AS visits
    FROM run_sources, json_each(counts) AS outcome, json_each(outcome.value) AS reason
    WHERE source = :source AND started BETWEEN :first AND :last AND outcome.key IN ('failed', 'refused')
    GROUP BY part, reason.key
"""


def day_facts(database: Database, source: str, first: date, last: date, zone: tzinfo) -> dict[date, DayFacts]:
    """Return day -> what is known of it, for the days from `first` to `last` of which anything is."""
    read, later, lost, crawls, broken = (Counter[date]() for _ in range(5))
    reasons: defaultdict[date, Counter[str]] = defaultdict(Counter)
    lost_for: defaultdict[date, Counter[str]] = defaultdict(Counter)
    # A day more on either side: what is of the range is seen in the zone.
    low = stamp(datetime(first.year, first.month, first.day, tzinfo=zone) - timedelta(days=1))
    high = stamp(datetime(last.year, last.month, last.day, tzinfo=zone) + timedelta(days=2))
    values = {"source": text(source), "first": low, "last": high, "later": LATER // timedelta(microseconds=1)}
    with database.reading():
        for row in database.rows(_ARTICLES, values):
            at = moment(row["part"] * _QUARTER)
            day = at.date() if row["is_day"] else at.astimezone(zone).date()
            read[day] += row["articles"]
            later[day] += row["articles"] if row["late"] else 0
        for row in database.rows(_CRAWLS, values):
            day = moment(row["part"] * _QUARTER).astimezone(zone).date()
            lost[day] += row["lost"]
            broken[day] += row["broken"]
            crawls[day] += row["crawls"]
        for row in database.rows(_LOST_FOR, values):
            day = moment(row["part"] * _QUARTER).astimezone(zone).date()
            lost_for[day][row["reason"]] += row["stories"]
        for row in database.rows(_REASONS, values):
            day = moment(row["part"] * _QUARTER).astimezone(zone).date()
            reasons[day][row["reason"]] += row["visits"]
    for day, stories in lost.items():
        if unsaid := stories - lost_for[day].total():
            lost_for[day][""] += unsaid
    known: set[date] = {*read, *lost, *crawls, *broken}
    return {
        day: DayFacts(
            read=read[day],
            later=later[day],
            lost=lost[day],
            lost_for=dict(lost_for[day]),
            crawls=crawls[day],
            broken=broken[day],
            reasons=dict(reasons[day]),
        )
        for day in known
        if first <= day <= last
    }


def first_crawl(database: Database, source: str, zone: tzinfo) -> date | None:
    """Return the day of the first crawl of a source that asked for anything; None: it was never crawled."""
    sql = "SELECT min(started) FROM run_sources WHERE source = ? AND counts != '{}'"
    at = database.value(sql, (text(source),))
    return None if at is None else moment(at).astimezone(zone).date()

"""The figures of the corpus in one line; the figures of every source, its pause and its recurring text blocks."""

import sqlite3
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta, tzinfo

from corpus.runs.coverage import DayFacts
from corpus.store.articles.authors import Authors
from corpus.store.crawls import blocks, coverage, renaming
from corpus.store.crawls.runs import Runs
from corpus.store.file.database import Database
from corpus.store.file.rows import moment_or_none, stamp, text
from corpus.store.values import SourceStats, Totals

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
_BAD = "('refused', 'failed')"
_ARTICLES = (
    "SELECT a.source, count(*) AS articles, count(*) FILTER (WHERE a.first_seen >= ?) AS new,"
    " count(*) FILTER (WHERE a.published IS NULL) AS undated,"
    " count(*) FILTER (WHERE NOT EXISTS (SELECT 1 FROM article_authors s WHERE s.article = a.id)) AS unsigned"
    " FROM articles a WHERE a.withdrawn IS NULL GROUP BY a.source"
)
_LAST_OK = f"SELECT source, max(checked) AS last FROM frontier WHERE outcome NOT IN {_BAD} GROUP BY source"
_RECENT = (
    "SELECT f.source, v.outcome, v.reason, (v.at - ?) / ? AS day, count(*) AS times"
    " FROM visits v JOIN frontier f ON f.id = v.url WHERE v.at >= ? GROUP BY f.source, v.outcome, v.reason, day"
)


def totals(database: Database) -> Totals:
    """Return the corpus in one line."""
    with database.reading():
        row = database.rows(
            "SELECT count(*) FILTER (WHERE withdrawn IS NULL), count(*) FILTER (WHERE withdrawn IS NOT NULL),"
            " count(DISTINCT source) FILTER (WHERE withdrawn IS NULL) FROM articles"
        )[0]
        first, last = database.rows(
            "SELECT (SELECT min(published) FROM articles WHERE withdrawn IS NULL AND published IS NOT NULL),"
            " (SELECT max(published) FROM articles WHERE withdrawn IS NULL)"
        )[0]
        heads = Authors(database).aliases()
        keys = {heads.get(row[0], row[0]) for row in database.rows("SELECT key FROM authors WHERE articles > 0")}
        runs = Runs(database).latest(1)
    return Totals(
        articles=row[0],
        withdrawn=row[1],
        sources=row[2],
        authors=len(keys),
        first_published=moment_or_none(first),
        last_published=moment_or_none(last),
        last_run=runs[0] if runs else None,
    )


class Sources:
    """The sources of one store: their figures, their pauses and the text blocks that recur on their pages."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def names(self) -> set[str]:
        """Return every source ever seen."""
        return {row["name"] for row in self._database.rows("SELECT name FROM sources")}

    def stats(self, now: datetime) -> dict[str, SourceStats]:
        """Return source -> how it does, for every source ever seen, by name."""
        since = stamp(now - WEEK)
        with self._database.reading():
            sources = self._database.rows("SELECT name, paused FROM sources ORDER BY name")
            articles = {row["source"]: row for row in self._database.rows(_ARTICLES, (since,))}
            last_ok = {row["source"]: row["last"] for row in self._database.rows(_LAST_OK)}
            recent = self._database.rows(_RECENT, (since, DAY // timedelta(microseconds=1), since))
        visits, failures, days = _counted(recent)
        found = {}
        for name, paused in sources:
            figures = articles.get(name)
            count = figures["articles"] if figures else 0
            found[name] = SourceStats(
                name=name,
                articles=count,
                new=figures["new"] if figures else 0,
                last_ok=moment_or_none(last_ok.get(name)),
                failures=dict(failures.get(name, ())),
                visits=visits[name],
                failed_days=tuple(days.get(name, ())),
                without_byline=figures["unsigned"] / count if figures else 0.0,
                without_date=figures["undated"] / count if figures else 0.0,
                paused=paused is not None,
            )
        return found

    def day_facts(self, name: str, first: date, last: date, zone: tzinfo) -> dict[date, DayFacts]:
        """Return day -> what came of a source and what its crawls lost, for the days of which anything is known."""
        return coverage.day_facts(self._database, name, first, last, zone)

    def first_crawl(self, name: str, zone: tzinfo) -> date | None:
        """Return the day of a source's first crawl; None: it was never crawled."""
        return coverage.first_crawl(self._database, name, zone)

    def pause(self, name: str, since: datetime | None) -> None:
        """Stop a source's crawls, or let them go on (None); `SourceStats.paused` says which."""
        with self._database.writing() as connection:
            connection.execute(
                "INSERT INTO sources (name, paused) VALUES (?, ?) ON CONFLICT DO UPDATE SET paused = excluded.paused",
                (text(name), None if since is None else stamp(since)),
            )

    def rename(self, before: str, name: str) -> int:
        """Store what there is of a source under another name; return how many articles have it now."""
        return renaming.rename(self._database, before, name)

    def take(self, url: str, name: str) -> None:
        """Make an address that another source found the front page of its own."""
        renaming.take(self._database, url, name)

    def recurring_blocks(self, source: str, *, min_pages: int = 3, share: float = 0.3) -> frozenset[int]:
        """Return the text blocks on at least `min_pages` pages and `share` of the source's pages."""
        return blocks.recurring(self._database, source, min_pages=min_pages, share=share)

    def set_boilerplate(self, source: str, fingerprints: frozenset[int]) -> None:
        """Make these text blocks those that the source's pages are read without, in crawls and re-readings alike."""
        blocks.set_boilerplate(self._database, source, fingerprints)

    def looked_at(self, source: str) -> int | None:
        """Return up to which article the stored texts were looked at since blocks were learned; None: all were."""
        return blocks.looked_at(self._database, source)

    def set_looked_at(self, source: str, upto: int | None) -> None:
        """Store up to which article's id the stored texts were looked at; None: all were."""
        blocks.set_looked_at(self._database, source, upto)

    def guessed_from(self, source: str) -> int | None:
        """Return the sequence after which articles may lack guessed blocks; None: no guess is open."""
        return blocks.guessed_from(self._database, source)

    def set_guessed_from(self, source: str, sequence: int | None) -> None:
        """Store the sequence after which articles may lack guessed blocks; None: no guess is open."""
        blocks.set_guessed_from(self._database, source, sequence)

    def boilerplate(self, source: str) -> frozenset[int]:
        """Return the text blocks that the source's pages are read without; none until some were set."""
        return blocks.boilerplate(self._database, source)


def _counted(recent: Iterable[sqlite3.Row]) -> tuple[Counter[str], dict[str, Counter[str]], dict[str, list[int]]]:
    """Return, by source, the visits of a week, the reasons of those that failed, and how many failed on each day."""
    visits: Counter[str] = Counter()
    failures: dict[str, Counter[str]] = {}
    days: dict[str, list[int]] = {}
    for row in recent:
        source, times = row["source"], row["times"]
        visits[source] += times
        if row["outcome"] in ("refused", "failed"):
            word = (row["reason"] or row["outcome"]).split(":", 1)[0]
            failures.setdefault(source, Counter())[word] += times
            days.setdefault(source, [0] * 7)[min(row["day"], 6)] += times
    return visits, failures, days

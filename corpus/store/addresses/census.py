"""Source -> how many of its addresses are in which state, for which reason; an address is counted once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from corpus.model import UrlState
from corpus.reasons import Reason
from corpus.store.addresses import losses
from corpus.store.file.database import Database
from corpus.store.file.rows import moment, stamp, text

# The order in which states are shown: what the source gave, what it did not give, what was never asked for.
STATES = (
    "article", "copy", "listing", "redirected", "withdrawn", "not-article", "refused", "failed", "left-out", "waiting"
)  # fmt: skip

# An article that stands decides the state of its address; else the last visit does, else the rule that left it out.
_COUNTS = f"""
SELECT state, reason, count(*) AS times FROM (
    SELECT CASE WHEN a.withdrawn IS NOT NULL THEN 'withdrawn' WHEN a.copy_of IS NOT NULL THEN 'copy'
                ELSE 'article' END AS state,
           CASE WHEN a.withdrawn IS NOT NULL THEN a.withdrawn WHEN a.copy_of IS NOT NULL THEN 'same-text'
                WHEN EXISTS (SELECT 1 FROM frontier f WHERE f.url = a.url) THEN 'crawled'
                ELSE 'imported' END AS reason
    FROM articles a WHERE a.source = :source
    UNION ALL
    SELECT CASE WHEN f.reason = '{Reason.NOT_WALKED}' AND f.state = '{UrlState.DROPPED}' THEN 'left-out'
                WHEN f.outcome IS NULL THEN 'waiting'
                WHEN f.outcome = 'read' OR (f.outcome = 'unchanged' AND f.kind != 'article') THEN 'listing'
                ELSE f.outcome END,
           CASE WHEN f.outcome IS NULL THEN coalesce(f.reason, 'not-asked-yet')
                WHEN f.outcome = 'read' OR (f.outcome = 'unchanged' AND f.kind != 'article') THEN f.kind
                ELSE coalesce(f.reason, f.outcome) END
    FROM frontier f WHERE f.source = :source AND NOT EXISTS (SELECT 1 FROM articles a WHERE a.url = f.url)
    UNION ALL
    SELECT 'left-out', l.reason FROM left_out l WHERE l.source = :source
    AND NOT EXISTS (SELECT 1 FROM frontier f WHERE f.url = l.url)
    AND NOT EXISTS (SELECT 1 FROM articles a WHERE a.url = l.url)
) GROUP BY state, reason
"""

Counts = dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Failing:
    """A source whose stories mostly fail, and since which crawl."""

    source: str
    since: datetime


class Census:
    """The counts of one store's addresses, and which sources are failing."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def counts(self, source: str) -> Counts:
        """Return state -> reason -> number of addresses, the states in the order of STATES, the most first.

        A reason is its first word, as in `reasons.word_of`; an article's is `crawled` or `imported`, a copy's
        `same-text`, a listing's its kind. Past the number of left-out addresses that are remembered one by one,
        `left-out` counts how often others were named.
        """
        with self._database.reading():
            rows = self._database.rows(_COUNTS, {"source": text(source)})
            more = self._database.rows("SELECT reason, times FROM left_out_more WHERE source = ?", (text(source),))
        found: Counts = {}
        for state, reason, times in (*rows, *(("left-out", row["reason"], row["times"]) for row in more)):
            word = reason.partition(":")[0].strip() or state
            of_state = found.setdefault(state, {})
            of_state[word] = of_state.get(word, 0) + times
        order = {state: place for place, state in enumerate(STATES)}
        return {
            state: dict(sorted(found[state].items(), key=lambda item: (-item[1], item[0])))
            for state in sorted(found, key=lambda state: order.get(state, len(order)))
        }

    def left_out(self, source: str) -> dict[str, tuple[int, tuple[str, ...]]]:
        """Return reason -> how many addresses of a source were left out for it, and the latest few; the most first."""
        return losses.counts(self._database, source)

    def failing(self) -> list[Failing]:
        """Return the sources that are failing, by name, without those that their user has paused."""
        rows = self._database.rows(
            "SELECT name, failing FROM sources WHERE failing IS NOT NULL AND paused IS NULL ORDER BY name"
        )
        return [Failing(row["name"], moment(row["failing"])) for row in rows]

    def judge(self, failing: Iterable[str], well: Iterable[str], at: datetime) -> None:
        """Store that sources are failing since `at`, unless they were before, and that others are well again."""
        with self._database.writing() as connection:
            for name in failing:
                connection.execute("INSERT OR IGNORE INTO sources (name) VALUES (?)", (text(name),))
                connection.execute(
                    "UPDATE sources SET failing = coalesce(failing, ?) WHERE name = ?", (stamp(at), text(name))
                )
            connection.executemany("UPDATE sources SET failing = NULL WHERE name = ?", [(text(name),) for name in well])

"""Source -> how many of its addresses are in which state, for which reason, an address counted once; which are due."""

import json
from collections.abc import Iterable
from datetime import datetime

from corpus.model import FrontierEntry, UrlState
from corpus.reasons import Reason, most_first, word_of
from corpus.store.addresses import losses
from corpus.store.addresses.frontier import entry_of
from corpus.store.file.database import Database
from corpus.store.file.rows import moment_or_none, stamp, text
from corpus.store.values import Due
from corpus.via import Via

# The order in which states are shown: what the source gave, what it did not give, what was never asked for.
STATES = (
    "article", "copy", "listing", "redirected", "withdrawn", "not-article", "refused", "failed", "left-out", "waiting"
)  # fmt: skip

GUESSED = Via.WELL_KNOWN.value  # the reason of a usual place of feeds and sitemaps that has none, and how it was found
WRONG_GUESS = f"f.via = '{GUESSED}' AND {{outcome}} = 'not-article'"

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
                WHEN {WRONG_GUESS.format(outcome="f.outcome")} THEN '{GUESSED}'
                ELSE coalesce(f.reason, f.outcome) END
    FROM frontier f WHERE f.source = :source AND NOT EXISTS (SELECT 1 FROM articles a WHERE a.url = f.url)
    UNION ALL
    SELECT 'left-out', l.reason FROM left_out l WHERE l.source = :source
    AND NOT EXISTS (SELECT 1 FROM frontier f WHERE f.url = l.url)
    AND NOT EXISTS (SELECT 1 FROM articles a WHERE a.url = l.url)
) GROUP BY state, reason
"""

# What was left out and is not remembered in full.
_MORE = """
SELECT 'left-out' AS state, reason, held AS times FROM left_out_groups WHERE source = :source AND held > 0
UNION ALL SELECT 'left-out', reason, times FROM left_out_more WHERE source = :source
"""

_OF_RUN = f"""
SELECT source, state, reason, count(*) AS times FROM (
    SELECT f.source, CASE WHEN v.outcome IN ('new', 'changed', 'unchanged') AND f.kind = 'article'
                          THEN CASE WHEN a.copy_of IS NULL THEN 'article' ELSE 'copy' END
                          WHEN v.outcome IN ('read', 'unchanged') THEN 'listing' ELSE v.outcome END AS state,
           CASE WHEN v.outcome IN ('new', 'changed', 'unchanged') AND f.kind = 'article' THEN v.outcome
                WHEN v.outcome IN ('read', 'unchanged') THEN f.kind
                WHEN {WRONG_GUESS.format(outcome="v.outcome")} THEN '{GUESSED}'
                ELSE coalesce(v.reason, v.outcome) END AS reason
    FROM visits v JOIN frontier f ON f.id = v.url LEFT JOIN articles a ON a.url = f.url
    WHERE v.id IN (SELECT max(w.id) FROM visits w WHERE w.run = :run GROUP BY w.url)
) GROUP BY source, state, reason
"""
_MENDED = """
SELECT f.source, count(*) AS times FROM visits v JOIN frontier f ON f.id = v.url
WHERE v.outcome != 'failed'
  AND v.id IN (SELECT max(w.id) FROM visits w WHERE w.run = :run GROUP BY w.url HAVING sum(w.outcome = 'failed') > 0)
GROUP BY f.source
"""
_LEFT_OUT_IN = "SELECT source, 'left-out' AS state, reason, times FROM run_left_out WHERE run = :run"

# What a run has visited waits for the next one, whatever run it names; what is of a host that rests, for its rest.
_NEXT = """
SELECT min(due) AS due FROM (
    SELECT (SELECT f.due FROM frontier f JOIN hosts h ON h.host = f.host WHERE f.source = s.value
            AND f.state = 'waiting' AND f.due >= coalesce(h.paused_until, 0) ORDER BY f.due LIMIT 1) AS due
    FROM json_each(:sources) s
    UNION ALL
    SELECT h.paused_until FROM hosts h WHERE EXISTS (
        SELECT 1 FROM json_each(:sources) s JOIN frontier f ON f.source = s.value
        WHERE f.state = 'waiting' AND f.due < h.paused_until AND f.host = h.host)
)
"""

_DUE = """
SELECT f.source, count(*) AS addresses, total(h.paused_until > :now) AS at_rest,
    min(CASE WHEN h.paused_until > :now THEN h.paused_until END) AS rests_until
FROM frontier f LEFT JOIN hosts h ON h.host = f.host
WHERE f.source IN (SELECT value FROM json_each(:sources)) AND f.state != 'dropped' AND f.due <= :now GROUP BY f.source
"""

Counts = dict[str, dict[str, int]]


def _ordered(rows: Iterable[tuple[str, str, int]]) -> Counts:
    """Add up the rows of a state and first word of their reason, in the order in which they are shown."""
    found: Counts = {}
    for state, reason, times in rows:
        word = word_of(reason) or state
        of_state = found.setdefault(state, {})
        of_state[word] = of_state.get(word, 0) + times
    order = {state: place for place, state in enumerate(STATES)}
    return {state: most_first(found[state]) for state in sorted(found, key=lambda state: order.get(state, len(order)))}


class Census:
    """The counts of one store's addresses."""

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
            more = self._database.rows(_MORE, {"source": text(source)})
        return _ordered((row["state"], row["reason"], row["times"]) for row in (*rows, *more))

    def of_run(self, run: int) -> dict[str, Counts]:
        """Return source -> the counts of the addresses that a run visited, or that its listings named and left out.

        An address counts once, by its last visit of the run. The reason of an article is `new`, `changed` or
        `unchanged`.
        """
        with self._database.reading():
            rows = [*self._database.rows(_OF_RUN, {"run": run}), *self._database.rows(_LEFT_OUT_IN, {"run": run})]
        sources = sorted({row["source"] for row in rows})
        return {
            source: _ordered((row["state"], row["reason"], row["times"]) for row in rows if row["source"] == source)
            for source in sources
        }

    def failed_at_first(self, run: int) -> dict[str, int]:
        """Return source -> how many addresses failed in a run, and did not when it tried them last."""
        return {row["source"]: row["times"] for row in self._database.rows(_MENDED, {"run": run})}

    def limits_met(self, run: int) -> int:
        """Return how many visits of a run, as far as its sources are done, met a limit of this machine."""
        sql = "SELECT total(json_extract(counts, '$.failed.limits')) FROM run_sources WHERE run = ?"
        return int(self._database.value(sql, (run,)))

    def left_out_in(self, run: int) -> dict[str, dict[str, tuple[int, tuple[str, ...]]]]:
        """Return source -> reason -> how many addresses a run's listings left out for it, and a few of them."""
        found: dict[str, dict[str, tuple[int, tuple[str, ...]]]] = {}
        for row in self._database.rows("SELECT * FROM run_left_out WHERE run = ? ORDER BY source, times DESC", (run,)):
            found.setdefault(row["source"], {})[row["reason"]] = (row["times"], tuple(json.loads(row["examples"])))
        return found

    def left_out(self, source: str) -> dict[str, tuple[int, tuple[str, ...]]]:
        """Return reason -> how many addresses of a source were left out for it, and the latest few; the most first."""
        return losses.counts(self._database, source)

    def due(self, source: str, now: datetime) -> list[FrontierEntry]:
        """Return the addresses of a source that a crawl which begins now asks for first, in their order."""
        rows = self._database.rows(
            "SELECT * FROM frontier WHERE source = ? AND due <= ? AND state != 'dropped' ORDER BY due, id",
            (text(source), stamp(now)),
        )
        return [entry_of(row) for row in rows]

    def due_now(self, sources: Iterable[str], now: datetime) -> dict[str, Due]:
        """Return source -> how many addresses `due` has, at rest and not, for those of the sources that have any."""
        given = {"sources": json.dumps([text(source) for source in sources]), "now": stamp(now)}
        return {
            row["source"]: Due(row["addresses"], int(row["at_rest"]), moment_or_none(row["rests_until"]))
            for row in self._database.rows(_DUE, given)
        }

    def next_due(self, sources: Iterable[str]) -> datetime | None:
        """Return when a crawl of the sources has something to ask for next; None when no address waits."""
        (row,) = self._database.rows(_NEXT, {"sources": json.dumps([text(source) for source in sources])})
        return moment_or_none(row["due"])

    def without_articles(self, sources: Iterable[str]) -> set[str]:
        """Return the sources that have no article; withdrawn articles do not count."""
        rows = self._database.rows(
            "SELECT value FROM json_each(?) WHERE NOT EXISTS"
            " (SELECT 1 FROM articles a WHERE a.source = value AND a.withdrawn IS NULL)",
            (json.dumps([text(source) for source in sources]),),
        )
        return {row["value"] for row in rows}

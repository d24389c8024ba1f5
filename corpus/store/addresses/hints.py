"""What feeds and sitemaps say of a story <-> the JSON in which its address holds it."""

import json
import sqlite3
from dataclasses import replace

from corpus.errors import StoreDamaged
from corpus.model import Hints, PageDate
from corpus.reasons import Reason
from corpus.store.file.rows import date_map, date_of, json_map

NO_HINTS = Hints()
_PLAIN_HINTS = ("headline", "summary", "language", "section", "text")  # a text or None
_REVIVE_REDATED = """UPDATE frontier SET state = 'waiting', reason = NULL, attempts = 0, run = NULL, due = ?
    WHERE url = ? AND kind = 'article' AND lease IS NULL AND substr(reason, 1, instr(reason || ':', ':') - 1) = ?"""


def dump_hints(hints: Hints) -> str:
    """Return hints as JSON; `{}` when there are none."""
    if hints == NO_HINTS:
        return "{}"
    values = {
        **{name: getattr(hints, name) for name in _PLAIN_HINTS},
        "authors": list(hints.authors),
        "published": date_map(hints.published),
        "updated": date_map(hints.updated),
        "keywords": list(hints.keywords),
        "is_cut": hints.is_cut,
    }
    return json.dumps({name: value for name, value in values.items() if value})


def complete(connection: sqlite3.Connection, url: str, later: Hints, now: int) -> None:
    """Add what a feed says to the hints on a known address, with one result whatever the order of feed and sitemap.

    A story that was left for its old date is asked for again when that was no date of its feed. The text of a feed
    counts only while the page was not asked for.
    """
    row = connection.execute("SELECT hints, checked FROM frontier WHERE url = ?", (url,)).fetchone()
    known = load_hints(row["hints"])
    merged = completed(known, later)
    if later.text and row["checked"] is None:
        merged = replace(merged, text=later.text, is_cut=later.is_cut)
    if merged == known:
        return
    connection.execute("UPDATE frontier SET hints = ? WHERE url = ?", (dump_hints(merged), url))
    if (merged.published, merged.updated) != (known.published, known.updated):
        connection.execute(_REVIVE_REDATED, (now, url, Reason.TOO_OLD.value))


def completed(known: Hints, later: Hints) -> Hints:
    """Return the hints on an address with what is said of it later, whichever was named first: feed or sitemap.

    What is known stays, but a sitemap's date gives way to a feed's: sitemaps date the last change of their page, or
    of their template. Of texts only the known one counts.
    """
    return replace(
        known,
        headline=known.headline or later.headline,
        summary=known.summary or later.summary,
        authors=known.authors or later.authors,
        published=_believed(known.published, later.published),
        updated=_believed(known.updated, later.updated),
        language=known.language or later.language,
        section=known.section or later.section,
        keywords=known.keywords or later.keywords,
    )


def _believed(known: PageDate | None, later: PageDate | None) -> PageDate | None:
    is_better = known and later and (known.origin, later.origin) == ("sitemap", "feed")
    return later if is_better else known or later


def load_hints(stored: str) -> Hints:
    """Return the hints `dump_hints` wrote."""
    if stored == "{}":
        return NO_HINTS
    values = json_map(stored)
    try:
        return Hints(
            **{name: values.get(name) for name in _PLAIN_HINTS},
            authors=tuple(values.get("authors", ())),
            published=date_of(values.get("published")),
            updated=date_of(values.get("updated")),
            keywords=tuple(values.get("keywords", ())),
            is_cut=values.get("is_cut") is True,
        )
    except (TypeError, KeyError, AttributeError) as error:
        raise StoreDamaged(f"the store is damaged: hints that are none of ours: {ascii(stored)[:60]}") from error

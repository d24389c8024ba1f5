"""An article that the operator takes away -> its text gone from the store for good, and where its captures are."""

import json
import re
import sqlite3
from dataclasses import dataclass
from datetime import datetime

from corpus.model import CaptureRef
from corpus.store.articles.filing import BY_HAND, Filing
from corpus.store.desk.bundles import take_away
from corpus.store.file.capture_names import capture_name
from corpus.store.file.database import Database
from corpus.store.file.rows import moment_or_none, stamp, text


@dataclass(frozen=True, slots=True)
class TakenAway:
    """What was taken away, and what else may hold the text.

    Attributes:
        reason: Why, as it is stored: after it what was said before, with its day.
        texts: How many texts the article had.
        captures: Where the raw responses of its addresses are.
        copies: The marks of articles with the same text, which stand.
        bundles: The marks of stored files of dossiers that had the text, and are gone with it.
    """

    reason: str
    texts: int
    captures: tuple[CaptureRef, ...]
    copies: tuple[str, ...]
    bundles: tuple[str, ...]


# The group of the article, and those of all with its very text: an article that is gone is in no group any more.
_COPIES = """
    WITH leaders(id) AS (
        SELECT :leader
        UNION SELECT coalesce(copy_of, id) FROM articles a WHERE fingerprint = :text
            AND EXISTS (SELECT 1 FROM revisions r WHERE r.article = a.id AND r.body != x'') -- not of headlines alone
    )
    SELECT mark FROM articles
    WHERE (id IN (SELECT id FROM leaders) OR copy_of IN (SELECT id FROM leaders)) AND id != :id AND withdrawn IS NULL
    ORDER BY id
"""
_BEFORE = "; before, on {day}: {reason}"
_PARTS = re.compile(r"; before, on (\d{4}-\d\d-\d\d): ")


def reasons(withdrawn: str) -> list[tuple[str | None, str]]:
    """Return why a text was taken away, the last reason first; the earlier ones each with its day."""
    last, *earlier = _PARTS.split(withdrawn)
    return [(None, last), *zip(earlier[::2], earlier[1::2], strict=True)]


def withdraw_by_hand(database: Database, id: int, reason: str, at: datetime) -> TakenAway:
    """Take an article's text away for good: no crawl and no import brings it back, and its bytes are overwritten.

    An article that its site took away before is one now that the operator took away. What was said before of an article
    that is gone stays behind the new reason; the reason that stands already is not said twice.
    """
    from corpus.store.sketches import packing  # with NumPy, which most commands need not load

    with database.writing() as connection:
        connection.execute("PRAGMA secure_delete = ON")  # what is deleted is zeros in the file
        row = connection.execute(
            "SELECT url, copy_of, fingerprint, withdrawn, withdrawn_at FROM articles WHERE id = ?", (id,)
        ).fetchone()
        texts = connection.execute("SELECT count(*) FROM revisions WHERE article = ? AND body != x''", (id,)).fetchone()
        addresses = _addresses(connection, row["url"])
        captures = connection.execute(
            "SELECT DISTINCT file, at FROM ("
            " SELECT capture_file AS file, capture_offset AS at FROM articles WHERE id = ?"
            " UNION ALL SELECT capture_file, capture_offset FROM visits WHERE url IN (SELECT value FROM json_each(?)))"
            " WHERE file IS NOT NULL ORDER BY file, at",
            (id, json.dumps(addresses)),
        ).fetchall()
        leader = id if row["copy_of"] is None else row["copy_of"]
        copies = connection.execute(_COPIES, {"id": id, "leader": leader, "text": row["fingerprint"]}).fetchall()
        filing = Filing(connection)
        why = _with_former(BY_HAND + reason, row["withdrawn"], moment_or_none(row["withdrawn_at"]))
        if not filing.withdraw(id, why, at) and why != row["withdrawn"]:
            connection.execute(
                "UPDATE articles SET withdrawn = ?, withdrawn_at = ?, sequence = ? WHERE id = ?",
                (text(why), stamp(at), filing.next(), id),
            )
        _forget_corrections(connection, id, row["url"])
        connection.execute("UPDATE passages SET quote = '' WHERE article = ?", (id,))
        connection.execute("UPDATE sample_rows SET line = '' WHERE article = ?", (id,))
        bundles = take_away(connection, id)
        packing.take_away(connection, id)
        connection.execute(
            "UPDATE frontier SET state = 'dropped', lease = NULL, hints = '{}', text = NULL, outcome = 'withdrawn',"
            " reason = ? WHERE id IN (SELECT value FROM json_each(?))",
            (text(why), json.dumps(addresses)),
        )
        filing.finish()
    return TakenAway(
        why,
        texts[0],
        tuple(dict.fromkeys(CaptureRef(capture_name(each["file"]), each["at"]) for each in captures)),
        tuple(each["mark"] for each in copies),
        bundles,
    )


def _with_former(reason: str, former: str | None, since: datetime | None) -> str:
    """Return a reason with what was said before after it."""
    if former is None or since is None:
        return reason
    if reasons(former)[0][1] == reason:
        return former
    return reason + _BEFORE.format(day=f"{since:%Y-%m-%d}", reason=former)


def _forget_corrections(connection: sqlite3.Connection, id: int, url: str) -> None:
    """Delete what people corrected in the words of an article, and the words of these changes."""
    rows = connection.execute(
        "SELECT id FROM corrections WHERE url = ? AND field NOT IN ('kind', 'copies')", (url,)
    ).fetchall()
    numbers = json.dumps([each["id"] for each in rows])
    connection.execute(
        "UPDATE deeds SET words = 'A correction of an article that was taken away since', undo = NULL,"
        " message = NULL"
        " WHERE json_extract(undo, '$.kind') IN ('corrected', 'correction undone')"
        " AND json_extract(undo, '$.id') IN (SELECT value FROM json_each(?))",
        (numbers,),
    )
    connection.execute("DELETE FROM corrections WHERE id IN (SELECT value FROM json_each(?))", (numbers,))
    connection.execute("UPDATE articles SET corrected = NULL WHERE id = ?", (id,))


def _addresses(connection: sqlite3.Connection, url: str) -> list[int]:
    """Return the ids of the addresses that answered with the article: its own, and those that led or claim to it."""
    rows = connection.execute(
        "SELECT id FROM frontier WHERE url = ? OR landed = ? OR claimed = ?", (url, url.partition("?")[0], url)
    )
    return [row["id"] for row in rows]

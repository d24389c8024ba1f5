"""An article of another store, with all its texts and times -> its place in this store.

All that a record says happened is told in the order of time, so that the same record taken in again changes nothing.
"""

import sqlite3
from dataclasses import replace
from datetime import datetime

from corpus.marks import mark
from corpus.model import Article, Outcome, Revision
from corpus.records import ArticleRecord
from corpus.store.articles import structures
from corpus.store.articles.filing import BY_HAND, Filing
from corpus.store.articles.in_time import file_in_time, known_article, last_seen_of
from corpus.store.file.digests import digest_bytes, fingerprint
from corpus.store.file.rows import stamp, stamp_or_none


def restore(connection: sqlite3.Connection, filing: Filing, record: ArticleRecord) -> Outcome:
    """Store an article of another store with all its texts; an article that is here gets the texts it lacks.

    Returns:
        NEW, CHANGED or UNCHANGED; WITHDRAWN when nothing else changed and texts were left out that were withdrawn here
        since. A withdrawal by its site that is older than the last time at which the text was seen here is UNCHANGED;
        what the operator took away is taken away here, too.
    """
    known = known_article(connection, record.article.url)
    if known is None:
        return _restore_new(connection, filing, record)
    if record.withdrawn is not None:
        at = record.withdrawn_at or record.article.fetched
        if stamp(at) < last_seen_of(known) and not record.withdrawn.startswith(BY_HAND):
            return Outcome.UNCHANGED
        return Outcome.CHANGED if filing.withdraw(known["id"], record.withdrawn, at) else Outcome.UNCHANGED
    outcomes = [file_in_time(connection, filing, each) for each in _sightings(record)]
    _seen_first(connection, known["id"], record.first_seen)
    return next((each for each in (Outcome.CHANGED, Outcome.WITHDRAWN) if each in outcomes), Outcome.UNCHANGED)


def _sightings(record: ArticleRecord) -> list[Article]:
    """Return the article as it was each time it was seen, the first time first; not the texts that were taken away."""
    article = record.article
    seen = [_as_it_was(article, each) for each in record.revisions if not _is_emptied(each)]
    seen.append(article)
    if record.confirmed is not None:
        seen.append(replace(article, fetched=record.confirmed))
    return sorted(seen, key=lambda each: each.fetched)


def _restore_new(connection: sqlite3.Connection, filing: Filing, record: ArticleRecord) -> Outcome:
    article = record.article
    texts = [
        (each, digest_bytes(past.fingerprint if _is_emptied(past) else fingerprint(each)))
        for past in record.revisions
        for each in [_as_it_was(article, past)]
    ]
    texts.append((article, digest_bytes((record.withdrawn and record.fingerprint) or fingerprint(article))))
    id = filing.insert(article, mark=_own_mark(record))
    connection.execute("DELETE FROM revisions WHERE article = ?", (id,))
    for number, (each, digest) in enumerate(texts, start=1):
        filing.revisions.add(id, number, structures.fitted(each), digest)
    connection.execute(
        "UPDATE articles SET revision = ?, first_seen = ?, fingerprint = ?, confirmed = ?, withdrawn_at = ?"
        " WHERE id = ?",
        (
            len(texts),
            stamp(record.first_seen),
            texts[-1][1],
            stamp_or_none(record.confirmed),
            stamp_or_none(record.withdrawn_at),
            id,
        ),
    )
    if record.withdrawn is not None:
        filing.withdraw(id, record.withdrawn, record.withdrawn_at or article.fetched)
    return Outcome.NEW


def _is_emptied(revision: Revision) -> bool:
    """Whether a text was taken away: only its fingerprint is left."""
    return bool(revision.fingerprint) and not (revision.headline or revision.standfirst or revision.body)


def _as_it_was(article: Article, revision: Revision) -> Article:
    return replace(
        article,
        headline=revision.headline,
        standfirst=revision.standfirst,
        byline=revision.byline,
        body=revision.body,
        structure=revision.structure,
        fetched=revision.seen,
    )


def _own_mark(record: ArticleRecord) -> str | None:
    """Return the mark that the article had, when it is a mark of its URL."""
    if record.mark is None or not 6 <= len(record.mark) <= 14:
        return None
    return record.mark if mark(record.article.url, length=len(record.mark)) == record.mark else None


def _seen_first(connection: sqlite3.Connection, id: int, when: datetime) -> None:
    connection.execute("UPDATE articles SET first_seen = min(first_seen, ?) WHERE id = ?", (stamp(when), id))

"""The authors of articles, their counts, and which keys belong to one person.

An article keeps the names that its page printed. An alias says that two keys belong to one person; deleting the alias
undoes it. Both give every article of the keys a new sequence, so that indexes follow.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from itertools import groupby

from corpus.model import Author, AuthorKind
from corpus.people.identity import Merge, suggest
from corpus.people.names import has_word_from
from corpus.people.suggesting import known
from corpus.store.articles.filing import Filing
from corpus.store.file.database import Database
from corpus.store.file.rows import further, moment, stamp, text, word
from corpus.store.values import Alias, AuthorCount

_PAGE = 2_000  # articles whose bylines are in memory at once
_BYLINES = """
    SELECT s.article, a.source, n.name, n.key, n.kind FROM article_authors s
    JOIN authors n ON n.id = s.author JOIN articles a ON a.id = s.article
    WHERE s.article > :last AND s.article <= (SELECT max(article) FROM
        (SELECT DISTINCT article FROM article_authors WHERE article > :last ORDER BY article LIMIT :page))
    ORDER BY s.article, s.position
"""


class Authors:
    """The authors of one store's articles, and the aliases among their keys."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def labels(self, keys: Collection[str]) -> dict[str, Author]:
        """Return key -> the name printed most often under it; unknown keys are left out."""
        wanted = {text(key) for key in keys}
        found = _labels(self._database, wanted)
        if missing := wanted - found.keys():
            behind = {key: head for key, head in self.aliases().items() if head in missing}
            for author in _labels(self._database, behind).values():
                found.setdefault(behind[author.key], replace(author, key=behind[author.key]))
        return {key: found[key] for key in keys if key in found}

    def counts(self, *, limit: int = 100, offset: int = 0, prefix: str = "") -> list[AuthorCount]:
        """Return authors whose key has a word that begins with `prefix`, each with the articles that carry their name.

        Those whose key begins with it come first, then by key.
        """
        with self._database.reading():
            heads = self.aliases()
            rows = self._database.rows("SELECT key, name, kind, articles FROM authors WHERE articles > 0")
        totals: dict[str, int] = {}
        best: dict[str, tuple[bool, int, str, str]] = {}
        for row in rows:
            key = heads.get(row["key"], row["key"])
            if has_word_from(key, prefix):
                totals[key] = totals.get(key, 0) + row["articles"]
                candidate = (row["key"] == key, row["articles"], row["name"], row["kind"])
                best[key] = max(best.get(key, candidate), candidate)
        chosen = sorted(totals, key=lambda key: (not key.startswith(prefix), key))[offset : offset + limit]
        return [AuthorCount(Author(best[key][2], key, word(AuthorKind, best[key][3])), totals[key]) for key in chosen]

    def aliases(self) -> dict[str, str]:
        """Return author key -> the key it counts as, chains of aliases followed."""
        return _resolved(
            {row["key"]: row["canonical"] for row in self._database.rows("SELECT key, canonical FROM aliases")}
        )

    def alias_rows(self) -> list[Alias]:
        """Return every alias as it was made, with its evidence."""
        rows = self._database.rows("SELECT * FROM aliases ORDER BY key")
        return [Alias(row["key"], row["canonical"], row["evidence"], moment(row["made"])) for row in rows]

    def bylines(self) -> Iterator[tuple[str, tuple[Author, ...]]]:
        """Give the source and the authors of every signed article; no text is read."""
        last = 0
        while rows := self._database.rows(_BYLINES, {"last": last, "page": _PAGE}):
            for _, signed in groupby(rows, key=lambda row: int(row["article"])):
                names = list(signed)
                found = tuple(Author(row["name"], row["key"], word(AuthorKind, row["kind"])) for row in names)
                yield names[0]["source"], found
            last = further(rows[-1]["article"], last)

    def suggestions(self, *, limit: int = 50) -> tuple[Merge, ...]:
        """Return the likeliest merges of people who are neither merged nor said to be two, the best founded first."""
        aliases, apart = self.aliases(), self.other_people()
        signers = (one for one in known(self.bylines()) if one.key not in aliases)
        # Those said to be two people are left out after the search for pairs, so some more are looked for.
        found = suggest(signers, limit=limit + len(apart))
        return tuple(one for one in found if _pair(one.key, one.into) not in apart)[:limit]

    def other_people(self) -> set[tuple[str, str]]:
        """Return the pairs of keys that were said to belong to two people, each in alphabetical order."""
        return {(row["one"], row["other"]) for row in self._database.rows("SELECT one, other FROM other_people")}

    def set_other_people(self, one: str, other: str, *, who: str, at: datetime, apart: bool = True) -> None:
        """Note that two keys belong to two people, so that a merge is not suggested again; or forget that."""
        pair = _pair(text(one), text(other))
        with self._database.writing() as connection:
            connection.execute("DELETE FROM other_people WHERE one = ? AND other = ?", pair)
            if apart:
                connection.execute("INSERT INTO other_people VALUES (?, ?, ?, ?)", (*pair, text(who), stamp(at)))

    def merge(self, keys: Iterable[str], into: str, evidence: str, *, at: datetime | None = None) -> int:
        """Make author keys count as `into`; return how many articles got a new sequence for it.

        `into` stands for the key it counts as itself, so no circle can be made.
        """
        with self._database.writing() as connection:
            known = _resolved(dict(connection.execute("SELECT key, canonical FROM aliases").fetchall()))
            target = known.get(text(into), text(into))
            new = [key for key in dict.fromkeys(map(text, keys)) if known.get(key, key) != target]
            rows = [(key, target, text(evidence), stamp(at or datetime.now(UTC))) for key in new]
            connection.executemany(
                "INSERT INTO aliases (key, canonical, evidence, made) VALUES (?, ?, ?, ?)"
                " ON CONFLICT DO UPDATE"
                " SET canonical = excluded.canonical, evidence = excluded.evidence, made = excluded.made",
                rows,
            )
            concerned = {key for key, head in known.items() if head in new} | set(new)
            return _touch(connection, concerned)

    def split(self, key: str) -> int:
        """Undo an alias; return how many articles got a new sequence."""
        with self._database.writing() as connection:
            key = text(key)
            if not connection.execute("DELETE FROM aliases WHERE key = ?", (key,)).rowcount:
                return 0
            known = _resolved(dict(connection.execute("SELECT key, canonical FROM aliases").fetchall()))
            return _touch(connection, {key} | {alias for alias, head in known.items() if head == key})


def _pair(one: str, other: str) -> tuple[str, str]:
    return min(one, other), max(one, other)


def restore(connection: sqlite3.Connection, filing: Filing, alias: Alias) -> bool:
    """Store an alias of another store; False when the key has an alias here, or a circle would arise."""
    known = _resolved(dict(connection.execute("SELECT key, canonical FROM aliases").fetchall()))
    key, target = text(alias.key), text(alias.canonical)
    if not key or not target or key in known or known.get(target, target) == key:
        return False
    connection.execute(
        "INSERT INTO aliases (key, canonical, evidence, made) VALUES (?, ?, ?, ?)",
        (key, target, text(alias.evidence), stamp(alias.made)),
    )
    _renumber(connection, filing, {key} | {alias for alias, head in known.items() if head == key})
    return True


def _labels(database: Database, keys: Iterable[str]) -> dict[str, Author]:
    rows = database.rows(
        "SELECT key, name, kind FROM authors WHERE key IN (SELECT value FROM json_each(?))"
        " ORDER BY articles, name DESC",
        (json.dumps(list(keys)),),
    )
    return {row["key"]: Author(row["name"], row["key"], word(AuthorKind, row["kind"])) for row in rows}


def _resolved(direct: Mapping[str, str]) -> dict[str, str]:
    resolved: dict[str, str] = {}
    for key in direct:
        head, seen = direct[key], {key}
        while head in direct and head not in seen:
            seen.add(head)
            head = direct[head]
        resolved[key] = head
    return resolved


def _touch(connection: sqlite3.Connection, keys: Collection[str]) -> int:
    """Give every article signed with one of the keys a new sequence."""
    filing = Filing(connection)
    count = _renumber(connection, filing, keys)
    filing.finish()
    return count


def _renumber(connection: sqlite3.Connection, filing: Filing, keys: Collection[str]) -> int:
    ids: set[int] = set()
    for key in keys:
        ids.update(
            row[0]
            for row in connection.execute(
                "SELECT s.article FROM authors n JOIN article_authors s ON s.author = n.id WHERE n.key = ?", (key,)
            )
        )
    for id in sorted(ids):
        connection.execute("UPDATE articles SET sequence = ? WHERE id = ?", (filing.next(), id))
    return len(ids)

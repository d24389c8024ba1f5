"""SQLite FTS5 in the comparison, set up as its users set it up for English text."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.search.asking import Ask

MEMORY = 256_000_000  # bytes, the same budget as ours


def day(published: str | None) -> int:
    """Return a date as a number that sorts, 0 for none."""
    return int((published or "0000-00-00")[:10].replace("-", ""))


class Fts5:
    """SQLite FTS5: a contentless index beside tables of dates and authors. It has no fuzzy words."""

    def __init__(self, path: Path) -> None:
        path.mkdir(parents=True, exist_ok=True)
        self.base = sqlite3.connect(path / "fts.db")
        self.base.executescript(
            """
            PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -256000;
            CREATE VIRTUAL TABLE IF NOT EXISTS fts
                USING fts5(title, text, content='', tokenize='porter unicode61 remove_diacritics 2');
            CREATE TABLE IF NOT EXISTS doc (id INTEGER PRIMARY KEY, day INTEGER, month INTEGER);
            CREATE TABLE IF NOT EXISTS signed (author TEXT, doc INTEGER, PRIMARY KEY (author, doc)) WITHOUT ROWID;
            CREATE INDEX IF NOT EXISTS signed_doc ON signed (doc);
            CREATE INDEX IF NOT EXISTS doc_day ON doc (day);
            """
        )

    def build(self, batches: Iterator[list[dict[str, Any]]]) -> None:
        """Index all articles."""
        for batch in batches:
            with self.base:
                texts = [(one["id"], one["title"], one["text"]) for one in batch]
                self.base.executemany("INSERT INTO fts (rowid, title, text) VALUES (?, ?, ?)", texts)
                days = [(one["id"], day(one["published"]), day(one["published"]) // 100) for one in batch]
                self.base.executemany("INSERT INTO doc VALUES (?, ?, ?)", days)
                signed = [(author, one["id"]) for one in batch for author in one["authors"]]
                self.base.executemany("INSERT INTO signed VALUES (?, ?)", signed)

    def ask(self, ask: Ask) -> int | None:
        """Answer a query; the total is only counted for a results page."""
        quoted = [f'"{word}"' for word in ask.words]
        match ask.kind:
            case "fuzzy":
                return None
            case "or" | "natural":
                match = " OR ".join(quoted)
            case "phrase":
                match = f'"{" ".join(ask.words)}"'
            case "prefix":
                match = f"{quoted[0]}*"
            case _:
                match = " AND ".join(quoted)
        table, given = "fts", [match]  # CROSS JOIN: SQLite else starts from the other table, fifty times slower
        if ask.author:
            table, given = "fts CROSS JOIN signed ON signed.doc = fts.rowid AND signed.author = ?", [ask.author, match]
        elif ask.since:
            days = f"doc.day BETWEEN {day(ask.since)} AND {day(ask.until)}"
            table = f"fts CROSS JOIN doc ON doc.id = fts.rowid AND {days}"
        elif ask.kind == "sort":
            table = "fts CROSS JOIN doc ON doc.id = fts.rowid"
        order = "doc.day DESC" if ask.kind == "sort" else "fts.rank"
        sql = f"SELECT fts.rowid FROM {table} WHERE fts MATCH ? ORDER BY {order} LIMIT 10"
        found = self.base.execute(sql, given).fetchall()
        return self._page(match) if ask.kind == "page" else len(found)

    def _page(self, match: str) -> int:
        signed = "SELECT author, count(*) FROM fts JOIN signed ON doc = fts.rowid WHERE fts MATCH ?"
        self.base.execute(f"{signed} GROUP BY 1 ORDER BY 2 DESC LIMIT 10", [match]).fetchall()
        months = "SELECT month, count(*) FROM fts JOIN doc ON id = fts.rowid WHERE fts MATCH ? GROUP BY 1"
        self.base.execute(months, [match]).fetchall()
        return int(self.base.execute("SELECT count(*) FROM fts WHERE fts MATCH ?", [match]).fetchone()[0])

    def close(self) -> None:
        """Close the files."""
        self.base.close()

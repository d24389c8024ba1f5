"""What people added to an article that moved -> moved too, to the article that has its text now.

Tags, places in dossiers with their notes, and marked passages go over, deleted ones too. Else they would stand with a
text that is gone: no search, no export and no page of an article shows them there.
"""

import sqlite3

_ENTRIES = "SELECT dossier, note FROM dossier_articles WHERE article = ?"
_TABLES = ("tags", "dossier_articles", "passages")
_HAS = " UNION ALL ".join(f"SELECT 1 FROM {table} WHERE article = :old" for table in _TABLES)


def carry(connection: sqlite3.Connection, old: int, new: int) -> None:
    """Move what people added to an article to another article.

    In a dossier that holds both, the other one keeps its place, and has both notes.
    """
    ids = {"old": old, "new": new}
    if old == new or connection.execute(f"{_HAS} LIMIT 1", ids).fetchone() is None:
        return
    notes = dict(connection.execute(_ENTRIES, (new,)).fetchall())
    for dossier, note in connection.execute(_ENTRIES, (old,)).fetchall():
        both = "\n".join(dict.fromkeys(filter(None, (notes.get(dossier, ""), note))))
        row = {"dossier": dossier, "note": both, **ids}
        article = "new" if dossier in notes else "old"
        connection.execute(
            f"UPDATE dossier_articles SET note = :note WHERE dossier = :dossier AND article = :{article}", row
        )
    for table in ("tags", "dossier_articles"):
        connection.execute(f"UPDATE OR IGNORE {table} SET article = :new WHERE article = :old", ids)
        connection.execute(f"DELETE FROM {table} WHERE article = :old", ids)
    connection.execute("UPDATE passages SET article = :new WHERE article = :old", ids)
    connection.execute("UPDATE desk_revision SET number = number + 1")

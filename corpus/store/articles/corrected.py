"""The corrections of an article that stand <-> its column `corrected`, which is laid over what was read.

The columns of an article hold what its page says, whatever a person corrects, so that crawls, re-readings and imports
compare pages with pages. Its authors alone are stored as corrected, for they are counted by name: those that were
read stand in `corrected` under `said`.
"""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from corpus.corrections.values import Field, Kind, authors_value, read_value, with_values
from corpus.model import Author, AuthorKind, StoredArticle
from corpus.store.file.rows import json_map

SAID = "said"
NO_ARTICLE = "by hand: not an article"  # why an article that can come back with its text is withdrawn


def standing(connection: sqlite3.Connection, url: str) -> dict[str, Any]:
    """Return field -> value of the corrections that stand for a URL, copies left out."""
    rows = connection.execute(
        "SELECT field, value FROM corrections WHERE url = ? AND undone IS NULL AND field != 'copies' ORDER BY id",
        (url,),
    )
    return {row["field"]: json.loads(row["value"]) for row in rows}


def packed(values: dict[str, Any], authors: Sequence[Author]) -> str | None:
    """Return the column `corrected`, given the authors that were read."""
    if not values:
        return None
    said = {SAID: authors_value(authors)} if {Field.AUTHORS, Field.KIND} & values.keys() else {}
    return json.dumps({**values, **said}, ensure_ascii=False)


def signed_by(column: str | None, authors: tuple[Author, ...]) -> tuple[tuple[Author, ...], str | None]:
    """Return who is stored as the authors of an article that reads as signed by `authors`, and its new column."""
    values = unpacked(column)
    if SAID not in values:
        return authors, column
    del values[SAID]
    signed = read_value(Field.AUTHORS, values[Field.AUTHORS]) if Field.AUTHORS in values else authors
    return signed, packed(values, authors)


def unpacked(column: str | None) -> dict[str, Any]:
    """Return what the column `corrected` holds; empty when nothing is corrected."""
    return json_map(column) if column else {}


def corrected(stored: StoredArticle, column: str | None) -> StoredArticle:
    """Return a stored article as it reads with its corrections; `page_says` keeps what was read."""
    values = unpacked(column)
    if not values:
        return stored
    article = stored.article
    if SAID in values:
        article = replace(article, authors=read_value(Field.AUTHORS, values[SAID]))
    fields = tuple(field.value for field in Field if field in values and field is not Field.KIND)
    return replace(stored, article=with_values(article, values), as_read=article, corrected=fields)


def read_authors(connection: sqlite3.Connection, id: int, column: str | None) -> tuple[Author, ...]:
    """Return the authors that were read on an article's page, whatever a person corrected."""
    values = unpacked(column)
    if SAID in values:
        found: tuple[Author, ...] = read_value(Field.AUTHORS, values[SAID])
        return found
    rows = connection.execute(
        "SELECT n.name, n.key, n.kind FROM article_authors s JOIN authors n ON n.id = s.author"
        " WHERE s.article = ? ORDER BY s.position",
        (id,),
    )
    return tuple(Author(row["name"], row["key"], AuthorKind(row["kind"])) for row in rows)


def is_put_away(column: str | None) -> bool:
    """Whether a person said that the URL of an article holds none."""
    return unpacked(column).get(Field.KIND) == Kind.NOT_ARTICLE

"""The texts of a revision <-> its row: all packed in its column `body`, or a column each in older stores.

Packed together, a headline, a standfirst and the addresses of links cost little: what they repeat stands in the body.
A revision without a body has a column each, too, so that whether there is one is seen without unpacking.
"""

import json
import sqlite3
from collections.abc import Callable, Mapping
from typing import Any

from corpus.model import Article
from corpus.store.file import bodies
from corpus.store.file.rows import NO_FACTS, Texts, text, text_or_none
from corpus.structure.packing import packed

COLUMNS = ("headline", "standfirst", "byline", "body", "structure")  # of a revision that hold its texts
ASSIGNED = ", ".join(f"{name} = :{name}" for name in COLUMNS)
Unpack = Callable[[bytes | None], list[str]]


def texts_of(article: Article) -> Texts:
    """Return what is stored of the texts of an article whose spans fit."""
    return Texts(
        headline=text_or_none(article.headline),
        standfirst=text_or_none(article.standfirst),
        byline=text_or_none(article.byline),
        body=text(article.body),
        facts=json.dumps(article.facts),
        structure=None if article.structure is None else packed(article.structure, article.body),
    )


def columns_of(texts: Texts, dictionary: bytes, *, level: int = bodies.LEVEL) -> dict[str, Any]:
    """Return `COLUMNS` of a revision; facts are in them only where there is a body."""
    own = (texts.headline, texts.standfirst, texts.byline)
    if not texts.body:
        structure = None if texts.structure is None else bodies.pack(texts.structure, dictionary=dictionary)
        return dict(zip(COLUMNS, (*own, b"", structure), strict=True))
    parts = [texts.body, *(each or "" for each in own), texts.facts or NO_FACTS]
    parts += [] if texts.structure is None else [texts.structure]
    packed_together = bodies.pack(*parts, dictionary=dictionary, level=level)
    return dict(zip(COLUMNS, (None, None, None, packed_together, None), strict=True))


def read(unpack: Unpack, row: sqlite3.Row | Mapping[str, Any], *, with_structure: bool = True) -> Texts:
    """Return the texts of a row of `revisions`, or of an article joined with the body and structure of its revision.

    Args:
        unpack: `Database.texts`, or what does the same within a transaction.
        with_structure: False: no facts and no structure.

    Raises:
        zlib.error, ValueError: They are not as they were stored.
    """
    body, *parts = unpack(row["body"])
    if parts:
        headline, standfirst, byline, facts, *rest = parts
        if len(rest) > 1:
            raise ValueError("more texts than a revision has")
        own = headline or None, standfirst or None, byline or None, body
        return Texts(*own, facts, *rest) if with_structure else Texts(*own, NO_FACTS)
    own = row["headline"], row["standfirst"], row["byline"], body
    return Texts(*own, None, _structure(unpack, row["structure"])) if with_structure else Texts(*own, NO_FACTS)


def read_text(unpack: Unpack, row: sqlite3.Row | Mapping[str, Any]) -> Texts:
    """Return the texts of a row as `read` does, without a structure that has a column of its own."""
    return read(unpack, {**dict(row), "structure": None})


def _structure(unpack: Unpack, column: bytes | None) -> str | None:
    if column is None:
        return None
    (structure,) = unpack(column)
    return structure

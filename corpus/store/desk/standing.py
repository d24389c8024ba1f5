"""What undoes a change -> what stands in the store now where the change was made, so that nothing newer is overwritten.

A change notes what it left (`left` of its undo). When something else stands there, somebody changed it since.
"""

import json
from collections.abc import Mapping
from typing import Any

from corpus.store.file.database import Database

LEFT = "left"  # the key of an undo with what its change left
Standing = dict[str, list[list[Any]]]  # what is changed -> its rows in the store

_TAGS = "SELECT tag FROM tags WHERE article = :article ORDER BY tag"
_DELETED_SEARCH = {"deleted": "SELECT deleted FROM saved WHERE id = :id"}
_PAUSED_SEARCH = {"paused": "SELECT paused FROM saved WHERE id = :id"}
_DELIVERY = "SELECT ways, often FROM saved WHERE id = :id"
_WITHDRAWN = {"withdrawn": "SELECT withdrawn FROM receipts WHERE mark = :mark"}
_SAMPLE = {"deleted": "SELECT deleted FROM samples WHERE id = :id"}
_BUNDLE = {"deleted": "SELECT deleted FROM bundles WHERE id = :bundle"}
_PASSAGE = {"note": "SELECT note, deleted FROM passages WHERE id = :id"}
_NAMED = {
    "name": "SELECT name FROM dossiers WHERE id = :id",
    "about": "SELECT about FROM dossiers WHERE id = :id",
}
_SHARED = {"shared": "SELECT shared, address FROM dossiers WHERE id = :id"}
_PAUSED_SOURCE = {"paused": "SELECT paused FROM sources WHERE name = :name"}
_PAUSED_SOURCES = {"paused": "SELECT name, paused FROM sources WHERE name IN (SELECT value FROM json_each(:names))"}
_OF = "IN (SELECT json_extract(value, '$[0]') FROM json_each(:{}))"

# Kind of change -> what it changed -> how the store is asked for that. Other kinds see for themselves what stands.
ASKS: dict[str, dict[str, str]] = {
    "note written": {
        "note": "SELECT note FROM dossier_articles WHERE dossier = :id AND article = :article",
        "tags": _TAGS,
    },
    "tagged": {"tags": _TAGS},
    "dossier begun": _NAMED | _SHARED,
    "dossier described": _NAMED,
    "dossier shared": _SHARED,
    "dossier deleted": {"deleted": "SELECT deleted FROM dossiers WHERE id = :id"},
    "dossier ordered": {
        "places": "SELECT article, place FROM dossier_articles WHERE dossier = :id"
        f" AND article {_OF.format('places')} ORDER BY article"
    },
    "taken out": {
        "entries": f"SELECT article FROM dossier_articles WHERE dossier = :id AND article {_OF.format('entries')}"
    },
    "passage marked": _PASSAGE,
    "passage noted": _PASSAGE,
    "passage deleted": _PASSAGE,
    "purpose": {"purpose": "SELECT purpose FROM receipts WHERE mark = :mark"},
    "receipt made": _WITHDRAWN,
    "receipt withdrawn": _WITHDRAWN,
    "search saved": {"name": "SELECT name FROM saved WHERE id = :id", "delivery": _DELIVERY, **_DELETED_SEARCH},
    "search deleted": _DELETED_SEARCH,
    "search renamed": {"name": "SELECT name FROM saved WHERE id = :id"},
    "search paused": _PAUSED_SEARCH,
    "search resumed": _PAUSED_SEARCH,
    "search told": {"delivery": _DELIVERY},
    "looked": {"searches": f"SELECT id, looked, looked_at FROM saved WHERE id {_OF.format('searches')} ORDER BY id"},
    "sample drawn": _SAMPLE,
    "sample deleted": _SAMPLE,
    "bundle made": _BUNDLE,
    "bundle deleted": _BUNDLE,
    "source paused": _PAUSED_SOURCE,
    "source resumed": _PAUSED_SOURCE,
    "schedule paused": _PAUSED_SOURCES,
    "schedule resumed": _PAUSED_SOURCES,
}
# Of these a row that is gone was not changed: an article taken out since stands in no other place.
_MAY_BE_FEWER = frozenset({"places"})
# A change of these is of the parts alone that its undo names.
_IN_PARTS = frozenset({"note written", "dossier described"})


def standing(database: Database, undo: Mapping[str, Any]) -> Standing:
    """Return what stands now where a change was made; empty for a kind that sees for itself."""
    kind = undo.get("kind", "")
    if kind == "dossier shared" and not undo.get("shared"):
        return {}  # that nobody else reads it again is never in the way of anything
    values = {key: json.dumps(each) if isinstance(each, list) else each for key, each in undo.items()}
    return {
        part: [list(row) for row in database.rows(sql, values)]
        for part, sql in ASKS.get(kind, {}).items()
        if kind not in _IN_PARTS or part in undo
    }


def changed_since(left: Standing, now: Standing) -> list[str]:
    """Return what stands otherwise now than a change left it, in the order the change names it."""
    return [part for part, rows in left.items() if not _stands(part, rows, now.get(part, []))]


def _stands(part: str, left: list[list[Any]], now: list[list[Any]]) -> bool:
    return all(row in left for row in now) if part in _MAY_BE_FEWER else left == now

"""What feeds and sitemaps say of a story <-> the JSON in which its address holds it."""

import json

from corpus.errors import StoreDamaged
from corpus.model import Hints
from corpus.store.file.rows import date_map, date_of, json_map

_PLAIN_HINTS = ("headline", "summary", "language", "section", "text")  # a text or None


def dump_hints(hints: Hints) -> str:
    """Return hints as JSON; `{}` when there are none."""
    values = {
        **{name: getattr(hints, name) for name in _PLAIN_HINTS},
        "authors": list(hints.authors),
        "published": date_map(hints.published),
        "updated": date_map(hints.updated),
        "keywords": list(hints.keywords),
        "is_cut": hints.is_cut,
    }
    return json.dumps({name: value for name, value in values.items() if value})


def load_hints(stored: str) -> Hints:
    """Return the hints `dump_hints` wrote."""
    if stored == "{}":
        return Hints()
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

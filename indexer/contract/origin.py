"""What an index is made of, so that an index of another store or with other settings is noticed."""

from dataclasses import dataclass
from datetime import tzinfo
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpus.store import ArticleStore


@dataclass(frozen=True, slots=True)
class Origin:
    """The source of the documents up to a position; an index of another origin is rebuilt.

    Attributes:
        history: The token of the store's history up to the position; empty when not known.
        settings: What the documents were made with, besides their articles, as a line for people.
    """

    history: str = ""
    settings: str = ""


def settings(zone: tzinfo) -> str:
    """Return what documents are made with, besides their articles: an index stores it, and notices another."""
    return f"timezone = {zone}"


def origin(store: "ArticleStore", position: int, zone: tzinfo) -> Origin | None:
    """Return what an index of the store is made from up to a position; None when the store is not so far."""
    history = store.history(position)
    return None if history is None else Origin(history, settings(zone))

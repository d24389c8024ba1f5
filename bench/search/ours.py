"""Pressmark's engine in the comparison: typed text in, whole Results out, the parsing of the query included."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.search.asking import Ask
from corpus.people.names import fold
from indexer.contract.facets import FacetName
from indexer.contract.periods import minutes
from indexer.contract.protocol import Batch, Document
from indexer.contract.values import Interval, Query
from indexer.open import open_engine
from indexer.query.query import parse

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def document(one: dict[str, Any]) -> Document:
    """Return the document of a generated article."""
    published = one["published"] and minutes(datetime.fromisoformat(one["published"]))
    return Document(
        id=one["id"],
        headline=one["title"],
        body=one["text"],
        byline=", ".join(one["authors"]),
        facets={
            FacetName.AUTHOR: tuple(map(fold, one["authors"])),
            FacetName.SITE: (one["site"],),
            FacetName.LANGUAGE: ("en",),
            FacetName.SECTION: (one["section"],),
        },
        published=published,
        added=published or 0,
    )


def typed(ask: Ask) -> str:
    """Return a query as a person would type it."""
    match ask.kind:
        case "or" | "natural":
            return " OR ".join(ask.words)
        case "phrase":
            return f'"{" ".join(ask.words)}"'
        case "prefix":
            return f"{ask.words[0]}*"
        case "fuzzy":
            return f"{ask.words[0]}~"
    filters = (ask.author and f'author:"{ask.author}"', ask.since and f"{ask.since}..{ask.until}")
    return " ".join((*ask.words, *filter(None, filters)))


class Ours:
    """The engine called `kind` by `open_engine`."""

    def __init__(self, path: Path, kind: str) -> None:
        self.engine = open_engine(path, kind)

    def build(self, batches: Iterator[list[dict[str, Any]]]) -> None:
        """Index all articles."""
        position = self.engine.position
        self.engine.apply(
            Batch([document(one) for one in batch], (), position + number) for number, batch in enumerate(batches, 1)
        )

    def query(self, ask: Ask) -> Query:
        """Parse a query; only the results page asks for facets and bars, as with the peers."""
        parameters = {"n": ["10"], "sort": ["new"]} if ask.kind == "sort" else {"n": ["10"]}
        query = parse(typed(ask), parameters, now=NOW, zone=UTC)
        page = ask.kind == "page"
        return replace(query, facets=(FacetName.AUTHOR,) if page else (), interval=Interval.MONTH if page else None)

    def ask(self, ask: Ask) -> int:
        """Answer a query and return how many were found."""
        return self.engine.search(self.query(ask)).total

    def close(self) -> None:
        """Release the files."""
        self.engine.close()

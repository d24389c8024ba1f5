"""Pressmark's engine in the comparison: typed text in, whole Results out, the parsing of the query included."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.search.asking import Ask
from corpus.model import Article, Author, PageDate, Precision
from corpus.people.names import fold
from corpus.store import ArticleStore
from indexer.contract.facets import FacetName
from indexer.contract.values import Interval, Query
from indexer.open import MEMORY, open_engine
from indexer.query.query import parse
from indexer.rebuild import rebuild
from indexer.sync import update

NOW = datetime(2026, 11, 23, tzinfo=UTC)
COUNTED = Query._fields.index("facets")  # what is counted beside the hits, and what follows it in a query
PAGE = Query(facets=(FacetName.AUTHOR,), interval=Interval.MONTH, folded=True)[COUNTED:]
HITS = Query(facets=(), interval=None, folded=True, suggests=False)[COUNTED:]


def article(one: dict[str, Any]) -> Article:
    """Return a generated article as the store has it."""
    published = one["published"] and datetime.fromisoformat(one["published"]).replace(tzinfo=UTC)
    return Article(
        url=f"https://{one['site']}/{one['id']}",
        source=one["site"],
        headline=one["title"],
        body=one["text"],
        byline=", ".join(one["authors"]),
        authors=tuple(Author(name, fold(name)) for name in one["authors"]),
        language="en",
        section=one["section"],
        published=published and PageDate(published, Precision.MINUTE, "generated"),
        fetched=NOW,
    )


def typed(ask: Ask) -> str:
    """Return a query as a person would type it."""
    match ask.kind:
        case "or":
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
        self.apart = 0.0, 0.0
        self._path = path
        self._kind = kind

    def build(self, batches: Iterator[list[dict[str, Any]]]) -> None:
        """Store all articles, which is not counted, and index them as `pressmark index` does."""
        began = time.process_time(), time.perf_counter()
        with ArticleStore.open(self._path.with_suffix(".sqlite")) as store:
            for batch in batches:
                store.write_many(map(article, batch))
            self.apart = time.process_time() - began[0], time.perf_counter() - began[1]
            if self._kind == "columnar":
                rebuild(store, self._path, zone=UTC, memory=MEMORY)
            else:
                update(store, self.engine, zone=UTC)

    def query(self, ask: Ask) -> Query:
        """Parse a query; only the results page asks for facets, bars and another spelling, as with the peers."""
        parameters = {"n": ["10"], "sort": ["new"]} if ask.kind == "sort" else {"n": ["10"]}
        query = parse(typed(ask), parameters, now=NOW, zone=UTC)
        # The bench's own change, not a step of a search: `_replace` takes a fifth of what a rare word takes.
        return tuple.__new__(Query, query[:COUNTED] + (PAGE if ask.kind == "page" else HITS))

    def ask(self, ask: Ask) -> int:
        """Answer a query and return how many were found."""
        return self.engine.search(self.query(ask)).total

    def close(self) -> None:
        """Close the files."""
        self.engine.close()

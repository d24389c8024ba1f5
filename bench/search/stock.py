"""Whoosh as its documentation sets it up: stemming, its own codec, its own collectors and facets."""

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.search.asking import Ask
from bench.search.fts5 import day
from bench.search.ours import typed

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from whoosh import analysis, fields, index, qparser, query, sorting


class Stock:
    """Stock Whoosh."""

    def __init__(self, path: Path) -> None:
        path.mkdir(parents=True, exist_ok=True)
        self.path = path
        english = analysis.StemmingAnalyzer()
        schema = fields.Schema(
            id=fields.NUMERIC(stored=True, unique=True),
            title=fields.TEXT(analyzer=english),
            text=fields.TEXT(analyzer=english),
            author=fields.KEYWORD(commas=True, sortable=True),
            day=fields.NUMERIC(sortable=True),
            month=fields.NUMERIC(sortable=True),
        )
        self.index = index.open_dir(path) if index.exists_in(path) else index.create_in(path, schema)
        self.searcher = self.index.searcher()
        self.parser = qparser.MultifieldParser(["title", "text"], self.index.schema)
        self.parser.add_plugin(qparser.FuzzyTermPlugin())

    def build(self, batches: Iterator[list[dict[str, Any]]]) -> None:
        """Index all articles."""
        writer = self.index.writer(limitmb=256)
        for batch in batches:
            for one in batch:
                at = day(one["published"])
                given = {
                    "id": one["id"],
                    "title": one["title"],
                    "text": one["text"],
                    "author": ",".join(one["authors"]),
                }
                writer.add_document(**given, day=at, month=at // 100)
        writer.commit()
        self.searcher = self.index.searcher()

    def ask(self, ask: Ask) -> int:
        """Answer a query and return how many were found."""
        parsed = self.parser.parse(typed(Ask(ask.kind, ask.words)))
        narrow = None
        if ask.author:
            narrow = query.Term("author", ask.author)
        if ask.since:
            narrow = query.NumericRange("day", day(ask.since), day(ask.until))
        if ask.kind == "page":
            grouped = {"author": sorting.FieldFacet("author", allow_overlap=True), "month": sorting.FieldFacet("month")}
            found = self.searcher.search(parsed, limit=10, groupedby=grouped, maptype=sorting.Count)
            found.groups("author"), found.groups("month")
        elif ask.kind == "sort":
            found = self.searcher.search(parsed, limit=10, sortedby="day", reverse=True)
        else:
            found = self.searcher.search(parsed, limit=10, filter=narrow)
        return len(found)

    def close(self) -> None:
        """Close the files."""
        self.searcher.close()

"""tantivy in the comparison, set up as its users set it up for English text."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import tantivy

from bench.search.asking import Ask
from bench.search.fts5 import MEMORY, day


class Tantivy:
    """tantivy through its Python binding, one indexing thread; totals are always counted."""

    def __init__(self, path: Path) -> None:
        path.mkdir(parents=True, exist_ok=True)
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("title", tokenizer_name="en_stem")
        builder.add_text_field("text", tokenizer_name="en_stem")
        builder.add_text_field("author", tokenizer_name="raw", fast=True)
        builder.add_integer_field("id", stored=True, indexed=True, fast=True)
        builder.add_integer_field("day", indexed=True, fast=True)
        builder.add_integer_field("month", indexed=False, fast=True)
        self.index = tantivy.Index(builder.build(), path=str(path))
        self.searcher = self.index.searcher()

    def build(self, batches: Iterator[list[dict[str, Any]]]) -> None:
        """Index all articles."""
        writer = self.index.writer(heap_size=MEMORY, num_threads=1)
        for batch in batches:
            for one in batch:
                at = day(one["published"])
                writer.add_document(
                    tantivy.Document(
                        id=one["id"],
                        title=one["title"],
                        text=one["text"],
                        author=one["authors"],
                        day=at,
                        month=at // 100,
                    )
                )
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()
        self.searcher = self.index.searcher()

    def ask(self, ask: Ask) -> int:
        """Answer a query and return how many were found."""
        query = self._query(ask)
        if ask.kind == "sort":
            return int(self.searcher.search(query, 10, order_by_field="day").count or 0)
        found = self.searcher.search(query, 10)
        if ask.kind == "page":
            self.searcher.aggregate(
                query,
                {
                    "authors": {"terms": {"field": "author", "size": 10}},
                    "months": {"histogram": {"field": "month", "interval": 1, "min_doc_count": 1}},
                },
            )
        return int(found.count or 0)

    def _query(self, ask: Ask) -> tantivy.Query:
        schema = self.index.schema
        match ask.kind:
            case "fuzzy":
                query = tantivy.Query.fuzzy_term_query(schema, "text", ask.words[0], 1)
            case "prefix":
                query = tantivy.Query.regex_query(schema, "text", f"{ask.words[0]}.*")
            case "phrase":
                query = self.index.parse_query(f'"{" ".join(ask.words)}"', ["title", "text"])
            case "or" | "natural":
                query = self.index.parse_query(" ".join(ask.words), ["title", "text"])
            case _:
                query = self.index.parse_query(" ".join(f"+{word}" for word in ask.words), ["title", "text"])
        wanted = [(tantivy.Occur.Must, query)]
        if ask.author:
            wanted.append((tantivy.Occur.Must, tantivy.Query.term_query(schema, "author", ask.author)))
        if ask.since:
            kind = tantivy.FieldType.Integer
            days = tantivy.Query.range_query(schema, "day", kind, day(ask.since), day(ask.until))
            wanted.append((tantivy.Occur.Must, days))
        return tantivy.Query.boolean_query(wanted) if len(wanted) > 1 else query

    def close(self) -> None:
        """Nothing is held open."""

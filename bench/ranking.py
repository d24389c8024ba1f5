"""Judged collections -> mean nDCG@10: how well the engine ranks, beside what Lucene's BM25 reaches on them.

`python -m bench.ranking FOLDER`: each folder in it is a collection of docs.jsonl.gz (id, title, text),
queries.jsonl.gz (id, text) and qrels.tsv (query, document, grade).
"""

import argparse
import gzip
import json
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from math import log2
from pathlib import Path
from typing import Any

from indexer.contract.facets import FacetName
from indexer.contract.protocol import Batch, Document, SearchEngine
from indexer.contract.values import Match, Query
from indexer.open import open_engine
from indexer.query.query import parse

LUCENE = {"cranfield": 0.356, "med": 0.690, "cacm": 0.487, "nfcorpus": 0.332}
CUT = 10


def main(arguments: Sequence[str] | None = None) -> None:
    """Print a line for each collection, and the mean."""
    parser = argparse.ArgumentParser(prog="python -m bench.ranking", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--engine", default="columnar")
    given = parser.parse_args(arguments)
    collections = sorted(path.parent for path in given.folder.glob("*/qrels.tsv"))
    means = {}
    print(f"{'nDCG@10':12}{'ours':>8}{'Lucene':>8}{'':>8}  seconds of CPU to index and ask")
    for collection in collections:
        began = time.process_time()
        with tempfile.TemporaryDirectory() as scratch:
            engine = filled(collection, Path(scratch) / "index", given.engine)
            means[collection.name], empty = ndcg(collection, engine)
            engine.close()
        if empty:
            print(f"{collection.name}: {empty} judged questions found nothing")
        line(collection.name, means[collection.name], LUCENE.get(collection.name), time.process_time() - began)
    known = [name for name in means if name in LUCENE]
    if known:
        line("mean", sum(means[name] for name in known) / len(known), sum(LUCENE[name] for name in known) / len(known))


def line(name: str, ours: float, lucene: float | None, seconds: float | None = None) -> None:
    """Print one line of the table."""
    compared = f"{lucene:8.3f}{ours - lucene:+8.3f}" if lucene else ""
    print(f"{name:12}{ours:8.4f}{compared}" + (f"  {seconds:.1f}" if seconds else ""), flush=True)


def filled(collection: Path, folder: Path, kind: str) -> SearchEngine:
    """Index a collection, numbered backwards: equal scores then come in its order, as they do from Lucene."""
    engine = open_engine(folder, kind)
    every = list(lines(collection / "docs.jsonl.gz"))
    documents = [
        Document(
            id=len(every) - at, headline=one["title"] or "", body=one["text"], facets={FacetName.LANGUAGE: ("en",)}
        )
        for at, one in enumerate(every)
    ]
    engine.apply([Batch(documents, (), 1)])
    return engine


def ndcg(collection: Path, engine: SearchEngine) -> tuple[float, int]:
    """Return the mean over the judged queries, gains as graded, and how many of them found nothing."""
    names = [one["id"] for one in lines(collection / "docs.jsonl.gz")]
    grades: dict[str, dict[str, float]] = {}
    for row in (collection / "qrels.tsv").read_text().splitlines():
        query, document, grade = row.split("\t")
        grades.setdefault(query, {})[document] = max(0.0, float(grade))
    scores = []
    empty = 0
    for query in lines(collection / "queries.jsonl.gz"):
        judged = grades.get(str(query["id"]), {})
        best = gain(sorted(judged.values(), reverse=True))
        if best:
            hits = engine.search(asked(query["text"])).hits
            empty += not hits
            scores.append(gain([judged.get(str(names[-hit.id]), 0.0) for hit in hits]) / best)
    return sum(scores) / len(scores), empty


def asked(text: str) -> Query:
    """Return the query of a question, read as the search box reads it."""
    query = parse(text, now=datetime.now(UTC), zone=UTC, match=Match.BEST)
    return query._replace(facets=(), interval=None, per_page=CUT)


def gain(grades: Sequence[float]) -> float:
    """Return the discounted cumulative gain of the first hits."""
    return sum(grade / log2(rank + 2) for rank, grade in enumerate(grades[:CUT]))


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the JSON lines of a compressed file."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


if __name__ == "__main__":
    main()

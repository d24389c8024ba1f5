"""A cluster beside the embedded engine, on one machine: writing, pages, ranking. `python -m bench.cluster HOST ...`."""

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC
from pathlib import Path

from bench.ranking import CUT, asked, filled, line, lines, ndcg
from bench.search.asking import questions
from bench.search.corpus import read, write
from bench.search.ours import NOW, article, typed
from corpus.model import StoredArticle
from indexer.contract.document import document
from indexer.contract.facets import INDEXED, FacetName
from indexer.contract.protocol import Batch, SearchEngine
from indexer.contract.values import Interval
from indexer.open import open_engine
from indexer.opensearch_engine.cluster import Cluster, ClusterSettings
from indexer.query.query import parse

EACH = 20  # queries of each kind
REPORTED = 60.0  # seconds between two lines of how fast an engine is filled


def main(arguments: Sequence[str] | None = None) -> None:
    """Fill both engines, and print what each takes."""
    parser = argparse.ArgumentParser(prog="python -m bench.cluster", description=__doc__)
    parser.add_argument("hosts", nargs="+")
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--minutes", type=float, help="fill the cluster for so long; the other engine gets as many")
    parser.add_argument("--corpus", type=Path, help="the file of the articles; it is made when it is not there")
    parser.add_argument("--replicas", type=int, default=0)
    parser.add_argument("--shards", type=int, default=1)
    parser.add_argument("--judged", type=Path, help="a folder of judged collections, as bench.ranking takes it")
    given = parser.parse_args(arguments)
    prefix = f"bench{int(time.time())}"
    settings = ClusterSettings(
        hosts=tuple(given.hosts), replicas=given.replicas, shards=given.shards, prefix=prefix, timeout=60.0
    )
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        if given.judged:
            for collection in sorted(path.parent for path in given.judged.glob("*/qrels.tsv")):
                compare_ranking(collection, folder / collection.name, settings)
        if given.articles:
            corpus = given.corpus or folder / "corpus.jsonl"
            write(corpus, given.articles)
            count = given.articles
            for kind in ("opensearch", "columnar"):
                with closing(open_engine(folder / kind, kind, cluster=settings)) as engine:
                    count = fill(kind, corpus, count, engine, settings, given.minutes if kind == "opensearch" else None)
                    measure(kind, corpus, engine, settings)


def compare_ranking(collection: Path, folder: Path, settings: ClusterSettings) -> None:
    """Print nDCG@10 of both engines, and how many of their first ten are the same."""
    own = filled(collection, folder, "columnar")
    other = open_engine(folder / collection.name, "opensearch", cluster=settings)
    other.apply([Batch(list(_documents(collection)), (), 1)])
    shared = []
    for query in lines(collection / "queries.jsonl.gz"):
        first, second = ({hit.id for hit in each.search(asked(query["text"])).hits[:CUT]} for each in (own, other))
        if first:
            shared.append(len(first & second) / len(first))
    line(f"{collection.name} embedded", ndcg(collection, own)[0], None)
    line(f"{collection.name} cluster", ndcg(collection, other)[0], None)
    print(f"first ten shared: {statistics.mean(shared):.3f}", flush=True)
    own.close()
    other.close()


def _documents(collection: Path) -> Iterator[object]:
    from indexer.contract.protocol import Document

    every = list(lines(collection / "docs.jsonl.gz"))
    for at, one in enumerate(every):
        yield Document(
            id=len(every) - at, headline=one["title"] or "", body=one["text"], facets={FacetName.LANGUAGE: ("en",)}
        )


def _batches(corpus: Path) -> Iterator[Batch]:
    position = 0
    for batch in read(corpus):
        made = []
        for one in batch:
            position += 1
            stored = StoredArticle(
                id=position, mark="", sequence=position, first_seen=NOW, revision=1, article=article(one)
            )
            made.append(document(stored, zone=UTC))
        yield Batch(made, (), position)


def _nodes(settings: ClusterSettings) -> list[int]:
    """The milliseconds of CPU that each node has used."""
    with closing(Cluster(settings)) as cluster:
        found = cluster.read("GET", "/_nodes/stats/process")["nodes"]
    return [found[name]["process"]["cpu"]["total_in_millis"] for name in sorted(found)]


def _sizes(settings: ClusterSettings) -> Iterator[tuple[str, int, int]]:
    """Each index, its size in bytes with its copies, and its documents."""
    with closing(Cluster(settings)) as cluster:
        cluster.write("POST", f"/{settings.prefix}-*/_refresh")
        rows = cluster.read("GET", f"/_cat/indices/{settings.prefix}-*", format="json", bytes="b")
    for row in rows:
        yield row["index"], int(row["store.size"]), int(row["docs.count"])


def fill(
    kind: str, corpus: Path, articles: int, engine: SearchEngine, settings: ClusterSettings, minutes: float | None
) -> int:
    """Fill an engine, and print how fast it went; return how many articles it has.

    Args:
        minutes: After so many no more is read, if there were fewer than `articles` by then.
    """
    began, own, nodes = time.perf_counter(), time.process_time(), _nodes(settings)
    done = reported = 0
    last = began

    def counted() -> Iterator[Batch]:
        nonlocal done, reported, last
        for batch in _batches(corpus):
            yield batch
            done += len(batch.documents)
            now = time.perf_counter()
            if now - last >= REPORTED:
                print(
                    f"{kind}: {(now - began) / 60:.1f} min: {done:,} articles,"
                    f" {(done - reported) / (now - last):,.0f} a second, load average {os.getloadavg()[0]:.1f}",
                    flush=True,
                )
                last, reported = now, done
            if done >= articles or (minutes is not None and now - began > minutes * 60):
                return

    engine.rebuild(counted()) if kind == "opensearch" else engine.apply(counted())
    took, own = time.perf_counter() - began, time.process_time() - own
    print(f"{kind}: {done:,} articles, {done / took:,.0f} a second ({took:.0f} s)", flush=True)
    print(f"{kind}: CPU for an article: {own / done * 1e3:.2f} ms of ours", flush=True)
    if kind == "opensearch":
        used = [after - before for before, after in zip(nodes, _nodes(settings), strict=True)]
        print(f"{kind}: CPU for an article: {sum(used) / done:.2f} ms of {len(used)} nodes together", flush=True)
        for name, size, count in _sizes(settings):
            print(f"{kind}: {name}: {size / 1e6:,.0f} MB with its copies, {count:,} documents", flush=True)
    return done


def measure(kind: str, corpus: Path, engine: SearchEngine, settings: ClusterSettings) -> None:
    """Print how long a results page takes: ten hits, total, facets, bars; then asked again, and without the counts."""
    every = questions(corpus, EACH)
    parts = (("page, cold", INDEXED, Interval.AUTO), ("page, warm", INDEXED, Interval.AUTO), ("hits", (), None))
    for name, facets, interval in parts:
        times = []
        own, nodes = time.process_time(), _nodes(settings)
        for ask in every:
            query = parse(typed(ask), {"n": ["10"]}, now=NOW, zone=UTC)._replace(facets=facets, interval=interval)
            start = time.perf_counter()
            engine.search(query)
            times.append((time.perf_counter() - start) * 1000)
        own = time.process_time() - own
        used = sum(_nodes(settings)) - sum(nodes) if kind == "opensearch" else 0
        times.sort()
        p50, p95, p99 = (times[int(len(times) * share)] for share in (0.5, 0.95, 0.99))
        print(
            f"{kind}: {name} p50 {p50:.1f} ms, p95 {p95:.1f} ms, p99 {p99:.1f} ms, longest {times[-1]:.0f} ms;"
            f" CPU of ours {own / len(every) * 1e3:.1f} ms, of the nodes {used / len(every):.1f} ms;"
            f" load average {os.getloadavg()[0]:.1f}",
            flush=True,
        )


if __name__ == "__main__":
    main()

"""An export is one answer: of one state, complete, in order, with a manifest that says what is in it."""

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus.model import Article, StoredArticle
from corpus.records import EXPORTED
from corpus.store import ArticleStore
from indexer import sync
from indexer.analysis.forms import MAX_FORMS
from indexer.columnar.engine import ColumnarEngine
from indexer.contract.values import Sort
from indexer.query.query import parse
from indexer.results.exporting import OF_MANY, Options
from indexer.results.exports import BATCH, csv_metadata, write_export
from tests.stores import new_store

NOW = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)
COUNT = 2 * BATCH + 7


def article(number: int) -> Article:
    return Article(
        url=f"https://gazette.example/{number}",
        source="gazette.example",
        fetched=NOW,
        headline=f"Flood {number}",
        body=f"The water rose, number {number}.",
    )


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ArticleStore]:
    with new_store(tmp_path / "store") as store:
        store.write_many(article(number) for number in range(COUNT))
        yield store


@pytest.fixture
def engine(tmp_path: Path, store: ArticleStore) -> Iterator[ColumnarEngine]:
    engine = ColumnarEngine(tmp_path / "index")
    sync.update(store, engine, zone=UTC)
    yield engine
    engine.close()


def urls(articles: Iterable[StoredArticle]) -> Iterator[str]:
    return (f"{stored.article.url}\n" for stored in articles)


def export(store, engine, text="water", *, write=urls, sort=None, most=None):
    query = parse(text, now=NOW, zone=UTC)
    out = io.BytesIO()
    query = query if sort is None else query._replace(sort=sort)
    return write_export(query, write, out, engine, store, question=text, now=NOW, most=most), out.getvalue()


def test_every_match_is_written_once_and_the_manifest_says_so(store, engine):
    manifest, written = export(store, engine)
    lines = written.decode().split()
    assert sorted(lines) == sorted(article(number).url for number in range(COUNT))
    assert (manifest.total, manifest.given, manifest.is_whole) == (COUNT, COUNT, True)
    assert manifest.position == store.sequence
    assert manifest.sha256 == hashlib.sha256(written).hexdigest()


def test_a_mark_or_an_address_is_its_article_as_in_a_search(store, engine):
    stored = store.by_url(article(3).url)
    for typed in (stored.mark, stored.article.url):
        manifest, written = export(store, engine, typed)
        assert (manifest.total, manifest.given, written.decode().split()) == (1, 1, [stored.article.url])
    store.withdraw(stored.id, "by hand")
    manifest, written = export(store, engine, stored.mark)
    assert (manifest.given, written, manifest.left_out["withdrawn"]) == (0, b"", 1)


@pytest.mark.parametrize("sort", [Sort.ADDED, Sort.NEWEST])
def test_articles_come_in_the_order_of_the_search(store, engine, sort):
    _, written = export(store, engine, sort=sort)
    query = parse("water", now=NOW, zone=UTC)._replace(sort=sort, per_page=1000)
    hits = [store.article(hit.id).article.url for hit in engine.search(query).hits]
    assert written.decode().split() == hits


def test_what_is_crawled_indexed_and_withdrawn_while_an_export_is_written_changes_nothing_of_it(
    store, engine, tmp_path
):
    before = [store.by_url(article(number).url).id for number in range(COUNT)]

    def disturbed(articles: Iterable[StoredArticle]) -> Iterator[str]:
        for count, line in enumerate(urls(articles)):
            if count == 3:
                with new_store(tmp_path / "store") as other:  # as a crawl of another process does
                    other.write_many(article(number) for number in range(COUNT, 2 * COUNT))
                    other.withdraw(before[-1], "gone")
                    other.withdraw(before[0], "gone")
                    sync.update(other, engine, zone=UTC)
            yield line

    manifest, written = export(store, engine, write=disturbed)
    assert sorted(written.decode().split()) == sorted(article(number).url for number in range(COUNT))
    assert (manifest.total, manifest.given) == (COUNT, COUNT)
    manifest, _ = export(store, engine)
    assert manifest.total == 2 * COUNT - 2


def test_an_article_that_was_withdrawn_since_it_was_indexed_is_not_written_and_the_manifest_says_so(store, engine):
    store.withdraw(store.by_url(article(1).url).id, "gone")
    manifest, written = export(store, engine)
    assert article(1).url not in written.decode().split()
    assert (manifest.total, manifest.given, manifest.is_whole) == (COUNT, COUNT - 1, True)


@pytest.mark.parametrize(("most", "given", "whole"), [(5, 5, False), (COUNT, COUNT, True), (COUNT + 1, COUNT, True)])
def test_a_bound_is_said(store, engine, most, given, whole):
    manifest, _ = export(store, engine, most=most)
    assert (manifest.total, manifest.given, manifest.is_whole) == (COUNT, given, whole)


def test_an_export_of_nothing_is_whole(store, engine):
    manifest, written = export(store, engine, "nowhere")
    assert written == b""
    assert (manifest.total, manifest.given, manifest.is_whole) == (0, 0, True)


def test_the_metadata_of_a_csv_file_names_its_columns_and_has_the_manifest(store, engine):
    manifest, written = export(store, engine, write=lambda articles: OF_MANY["csv"].write(articles, Options(NOW)))
    heading = next(csv.reader(io.StringIO(written.decode())))
    described = json.loads(json.dumps(csv_metadata(manifest, "water.csv")))
    assert [column["titles"] for column in described["tableSchema"]["columns"]] == heading == list(EXPORTED)
    assert described["url"] == "water.csv"
    assert described["notes"] == [{"manifest": manifest.record()}]


def jsonl(articles: Iterable[StoredArticle]) -> Iterator[str]:
    return OF_MANY["jsonl"].write(articles, Options(NOW))


def test_the_manifest_names_a_pattern_that_was_cut(tmp_path: Path) -> None:
    words = " ".join(f"quay{number:04}" for number in range(MAX_FORMS + 9))
    with new_store(tmp_path / "many") as store:
        store.write(replace(article(1), body=words))
        engine = ColumnarEngine(tmp_path / "of many")
        sync.update(store, engine, zone=UTC)
        for text, bounded in (("quay*", ("quay*",)), ("quay01*", ())):
            query = parse(text, now=NOW, zone=UTC)
            manifest = write_export(query, jsonl, io.BytesIO(), engine, store, question=text, now=NOW)
            assert manifest.bounded == bounded
            assert manifest.record()["bounded"] == list(bounded)
            assert manifest.is_whole is not bool(bounded)
        engine.close()

"""A download of nearly two hundred thousand articles is one state, complete and in order, while the index grows."""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from urllib.request import urlopen

import pytest

from corpus.model import Article, PageDate, Precision
from corpus.store import ArticleStore
from indexer.open import open_engine
from indexer.sync import update
from tests.web.conftest import app_over, served
from web.layout.services import EXTENSION

COUNT = 195_000  # what is added meanwhile stays below the bound of a download
ADDED, BATCHES = 500, 10  # articles written and indexed at once, and how often
START = datetime(2024, 1, 1, tzinfo=UTC)


def articles(first: int, last: int) -> Iterator[Article]:
    """Yield articles whose numbers are the minutes of their dates."""
    for number in range(first, last):
        at = START + timedelta(minutes=number)
        yield Article(
            url=f"https://gazette.example/{number}",
            source="gazette.example",
            headline=f"Report {number}",
            published=PageDate(at, Precision.MINUTE, "json-ld"),
            body=f'The water rose, "{number}";\n=1.',
            fetched=START,
        )


@pytest.mark.soak
def test_a_large_table_is_whole_and_in_order_while_the_index_grows(tmp_path: Path):
    with ArticleStore.open(tmp_path / "pressmark.sqlite") as store:
        store.write_many(articles(0, COUNT))
        engine = open_engine(tmp_path / "index")
        update(store, engine, zone=UTC)
        engine.close()
    stop = Event()

    def grow() -> None:
        with ArticleStore.open(tmp_path / "pressmark.sqlite") as store:
            engine = open_engine(tmp_path / "index")
            for batch in range(BATCHES):
                if stop.is_set():
                    break
                store.write_many(articles(COUNT + batch * ADDED, COUNT + (batch + 1) * ADDED))
                update(store, engine, zone=UTC)
            engine.close()

    app = app_over(tmp_path)
    grower = Thread(target=grow)
    with served(app) as server:
        grower.start()
        with urlopen(f"{server.url}search.csv?q=water&sort=old") as reply:
            table, headers = reply.read().decode(), reply.headers
        stop.set()
        grower.join()
    grown = app.extensions[EXTENSION].store.totals().articles
    app.extensions[EXTENSION].close()
    urls = [row["url"] for row in csv.DictReader(io.StringIO(table, newline=""))]
    assert urls == [f"https://gazette.example/{number}" for number in range(len(urls))]
    assert COUNT <= len(urls) <= grown
    assert (headers["Pressmark-Given"], headers["Pressmark-Complete"]) == (str(len(urls)), "yes")
    assert grown > COUNT

"""Imported articles -> the store: a batch a transaction, each article placed by the time at which it was fetched."""

from collections.abc import Iterable, Iterator

from corpus.model import Article, Outcome
from corpus.records import ArticleRecord
from corpus.store.articles import authors, correcting
from corpus.store.articles.filing import Filing
from corpus.store.articles.in_time import file_in_time
from corpus.store.articles.restoring import restore
from corpus.store.file.database import Database
from corpus.store.values import Alias

BATCH = 500  # articles per transaction: few enough that a crawl waits well under a second for an import
BATCH_CHARACTERS = 20_000_000  # of bodies, held in memory at once

Taken = Article | ArticleRecord | Alias


def write_many(database: Database, items: Iterable[Taken]) -> dict[Outcome, int]:
    """Store articles, articles of another store and merges of authors, `BATCH` to a transaction.

    Returns:
        How many articles were NEW, CHANGED and UNCHANGED, and WITHDRAWN: withdrawn here since they were fetched, and
        left so. Merges are not counted.
    """
    counts = dict.fromkeys((Outcome.NEW, Outcome.CHANGED, Outcome.UNCHANGED), 0)
    for batch in _batches(items):
        with database.writing() as connection:
            filing = Filing(connection)
            for item in batch:
                if isinstance(item, Alias):
                    authors.restore(connection, filing, item)
                    continue
                if isinstance(item, ArticleRecord):
                    outcome = restore(connection, filing, item)
                    if correcting.restore(connection, filing, item.corrections) and outcome is Outcome.UNCHANGED:
                        outcome = Outcome.CHANGED
                else:
                    outcome = file_in_time(connection, filing, item)
                counts[outcome] = counts.get(outcome, 0) + 1
            filing.finish()
    return counts


def _batches(items: Iterable[Taken]) -> Iterator[list[Taken]]:
    batch: list[Taken] = []
    characters = 0
    for item in items:
        batch.append(item)
        characters += _characters(item)
        if len(batch) == BATCH or characters > BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def _characters(item: Taken) -> int:
    if isinstance(item, Article):
        return len(item.body)
    return len(item.article.body) + sum(len(each.body) for each in item.revisions) if not isinstance(item, Alias) else 0

"""A store with articles, and what is asked of an index of them."""

import functools
from datetime import UTC, datetime, timedelta
from pathlib import Path

from corpus.model import Article, Author, PageDate, Precision
from corpus.store import ArticleStore
from indexer.contract.protocol import SearchEngine
from indexer.contract.values import Query, Results
from indexer.query.query import parse
from indexer.storage.check_index import verify
from tests.stores import copied, made

NOW = datetime(2026, 11, 23, tzinfo=UTC)
AUTHORS = (Author("Ana Pérez", "ana-perez"), Author("Li Wei", "li-wei"))


def article(number: int, *, edition: int = 1) -> Article:
    """An article with words of its own number and edition."""
    return Article(
        url=f"https://news.example/{number}",
        source="news.example",
        headline=f"Flood walls, part {number}",
        body=f"edition{edition} article{number} " + f"the walls of quay{number % 7} held. " * (1 + number % 5),
        authors=(AUTHORS[number % 2],),
        language="en",
        published=PageDate(NOW - timedelta(days=number), Precision.DAY, "json-ld"),
        fetched=NOW,
    )


def filled(path: Path, articles: int) -> ArticleStore:
    """A new store with so many articles."""
    return copied(_filled(articles), path)


@functools.cache
def _filled(articles: int) -> Path:
    return made(lambda store: store.write_many(article(number) for number in range(1, articles + 1)))


def query(text: str = "", size: int = 100) -> Query:
    """A typed query."""
    return parse(text, {"n": [str(size)]}, now=NOW, zone=UTC)


def answers(engine: SearchEngine) -> list[Results]:
    """What an index says to some questions; two indexes of the same articles say the same."""
    return [engine.search(query(text)) for text in ("", "flood", "quay3 edition1", '"walls of" -quay2', "artic*")]


def is_whole(directory: Path) -> bool:
    """Is every file of the index as it should be, and nothing left over?"""
    assert verify(directory) == []
    names = {path.suffix for path in directory.iterdir() if path.is_file()}
    return names <= {".columns", ".json", ".toc", ""} and len(tables(directory)) == 1


def tables(directory: Path) -> list[Path]:
    """The tables of contents that we read."""
    return list(directory.glob("commit-*.json"))


def segments(directory: Path) -> list[Path]:
    """The segments' files, the largest first."""
    return sorted(directory.glob("*.columns"), key=lambda path: -path.stat().st_size)

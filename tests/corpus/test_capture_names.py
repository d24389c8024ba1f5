"""A capture is stored by what differs in its file's name; whole names are read, and made short by compacting."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.model import CaptureRef
from corpus.store import ArticleStore
from corpus.store.file.capture_names import capture_column, capture_name
from tests.corpus.samples import NOW, article, visit

OWN = "pressmark-20261127221500-00017.warc.gz"


@pytest.mark.parametrize(
    ("name", "column"),
    [
        (OWN, "20261127221500-00017"),
        ("pressmark-20261127221500-100017.warc.gz", "pressmark-20261127221500-100017.warc.gz"),
        ("other.warc.gz", "other.warc.gz"),
        ("pressmark-20261127221500-00017.warc.gz ", "pressmark-20261127221500-00017.warc.gz "),
        ("", ""),
    ],
)
def test_a_name_is_what_its_column_stands_for(name: str, column: str) -> None:
    assert capture_column(name) == column
    assert capture_name(column) == name


def columns(path: Path) -> set[str | None]:
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT capture_file FROM articles UNION SELECT capture_file FROM visits")
        return {row[0] for row in rows}


def test_captures_are_read_forgotten_and_compacted_whatever_their_names_look_like(tmp_path: Path) -> None:
    path = tmp_path / "pressmark.sqlite"
    here, there = CaptureRef(OWN, 12), CaptureRef("other.warc.gz", 3)
    with ArticleStore.open(path) as store:
        store.record(visit(replace(article(1), capture=here), capture=here))
        store.record(visit(replace(article(2), capture=there), capture=there))
    assert columns(path) == {"20261127221500-00017", "other.warc.gz"}
    with closing(sqlite3.connect(path)) as connection, connection:
        for table in ("articles", "visits"):  # as an older version wrote it
            connection.execute(f"UPDATE {table} SET capture_file = ? WHERE capture_file LIKE '2026%'", (OWN,))
    with ArticleStore.open(path) as store:
        assert [one.article.capture for one in store.every()] == [here, there]
        store.compact()
        assert [one.article.capture for one in store.every()] == [here, there]
    assert columns(path) == {"20261127221500-00017", "other.warc.gz"}
    with ArticleStore.open(path) as store:
        taken = store.withdraw_by_hand(1, "a reader wants it", at=NOW)
        assert taken.captures == (here,)
        store.journal.forget_captures(OWN, [12])
        store.journal.forget_captures("other.warc.gz", None)
    assert columns(path) == {None}

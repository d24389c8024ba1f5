"""kill -9 at any moment: what was committed stays, and nothing is there by half."""

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.captures import Captures
from corpus.store import ArticleStore

WRITER = """
import sys
from dataclasses import replace
from pathlib import Path
from corpus.captures import Captures
from corpus.model import *
from corpus.captures import Captures
from corpus.store import ArticleStore
from corpus.warc.exchange import Exchange
from tests.corpus.samples import ANA, LI, NOW, article, visit

folder = Path(sys.argv[1])
with ArticleStore.open(folder / "pressmark.sqlite") as store, Captures(folder / "captures") as captures:
    for number in range(10_000):
        found = Discovered(url=f"https://news.example/{number + 1}", kind=UrlKind.ARTICLE, via=Via.SECTION)
        ref = captures.append(Exchange(url=found.url, at=NOW, status=200, body=b"%d" % number))
        read = article(number, authors=(ANA, LI), body=f"Story {number}. " * 40, capture=ref)
        store.record(visit(read, found=(found,), blocks=(1, number), capture=ref))
        if number % 3 == 0:
            store.record(visit(replace(read, body="Revised."), capture=ref))
        if number % 7 == 0:
            store.withdraw(store.by_url(read.url).id, "gone", at=NOW)
        print(number, flush=True)
"""


def run_and_kill(folder: Path, lines: int) -> int:
    """Let the writer say that many articles are stored, kill it, and return the last one it named."""
    process = subprocess.Popen([sys.executable, "-c", WRITER, str(folder)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    for _ in range(lines):
        process.stdout.readline()
    os.kill(process.pid, signal.SIGKILL)
    rest = process.stdout.read().split("\n")
    process.wait()
    process.stdout.close()
    return max([lines - 1, *(int(line) for line in rest[:-1])])


@pytest.mark.parametrize("lines", [1, 8, 29, 64])
def test_what_was_committed_stays_and_nothing_is_there_by_half(tmp_path: Path, lines: int):
    last = run_and_kill(tmp_path, lines)
    with ArticleStore.open(tmp_path / "pressmark.sqlite") as store:
        captures = Captures(tmp_path / "captures")
        for number in range(last + 1):
            found = store.by_url(f"https://news.example/{number}")
            assert found is not None
            assert (found.withdrawn is not None) == (number % 7 == 0)
            assert found.revision == (2 if number % 3 == 0 else 1)
            assert store.frontier.entry(f"https://news.example/{number + 1}") is not None
        for stored in store.every():
            assert stored.article.body
            assert len(stored.article.authors) == 2
            assert stored.article.capture is not None
            assert captures.read(stored.article.capture).body.decode() == stored.article.url.rpartition("/")[2]
        changes = store.changes(0, 10_000)
        assert len(changes) == store.totals().articles + store.totals().withdrawn
        assert changes[-1].sequence == store.sequence
        assert {each.articles for each in store.authors.counts()} <= {store.totals().articles}
    connection = sqlite3.connect(tmp_path / "pressmark.sqlite")
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()

"""A path -> a new article store there: the file that the code makes, made once for a test run and copied."""

import atexit
import functools
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from corpus.store import ArticleStore

# What a store draws when it is made; no two have the same.
DRAWN = (
    "UPDATE history SET token = lower(hex(randomblob(8)))",
    "UPDATE desk SET value = randomblob(32) WHERE key = 'secret'",
)


@functools.cache
def empty() -> Path:
    """Return a store with nothing in it: all migrations, which change tables some fifty times, are run for it alone."""
    folder = Path(tempfile.mkdtemp(prefix="pressmark-store-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    ArticleStore.open(folder / "empty.sqlite").close()
    return folder / "empty.sqlite"


def new_store(path: Path) -> ArticleStore:
    """Open the store at a path; one that is not there yet is a copy of the empty one with what is drawn drawn anew."""
    if not path.exists() and path.parent.is_dir():
        shutil.copy(empty(), path)
        with closing(sqlite3.connect(path)) as connection, connection:
            for statement in DRAWN:
                connection.execute(statement)
    return ArticleStore.open(path)

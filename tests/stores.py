"""A path -> a new article store there: the file that the code makes, made once for a test run and copied."""

import atexit
import functools
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from corpus.store import ArticleStore

# What a store draws by chance: no two stores have the same.
DRAWN = (
    "UPDATE history SET token = lower(hex(randomblob(8)))",
    "UPDATE desk SET value = randomblob(32) WHERE key = 'secret'",
)


def made(fill: Callable[[ArticleStore], object] = lambda store: None) -> Path:
    """Make a store to be copied, with what `fill` writes; it is deleted at the end of the process."""
    folder = Path(tempfile.mkdtemp(prefix="pressmark-store-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with ArticleStore.open(folder / "made.sqlite") as store:
        fill(store)
    return folder / "made.sqlite"


def copied(original: Path, path: Path) -> ArticleStore:
    """Open a copy of a closed store at a path; what is drawn by chance is drawn again."""
    shutil.copy(original, path)
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in DRAWN:
            connection.execute(statement)
    return ArticleStore.open(path)


@functools.cache
def empty() -> Path:
    """Return a store with nothing in it: for it alone all migrations are run, which change tables some fifty times."""
    return made()


def new_store(path: Path) -> ArticleStore:
    """Open the store at a path; one that is not there yet is a copy of the empty store."""
    if path.exists() or not path.parent.is_dir():
        return ArticleStore.open(path)
    return copied(empty(), path)

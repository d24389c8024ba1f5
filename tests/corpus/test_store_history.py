"""Two stores, or two courses of one store, never have the same history at a sequence that both reached."""

import shutil
from pathlib import Path

from corpus.store import ArticleStore
from tests.corpus.samples import article


def write(path: Path, *numbers: int) -> None:
    """Write articles in an opening of the store of its own."""
    with ArticleStore.open(path) as store:
        store.write_many(article(url=f"https://a.example/{number}") for number in numbers)


def token(path: Path, sequence: int) -> str | None:
    with ArticleStore.open(path) as store:
        return store.history(sequence)


def test_no_two_stores_have_one_history(tmp_path: Path) -> None:
    tokens = [token(tmp_path / str(number), 0) for number in range(3)]
    assert len(set(tokens)) == 3
    assert None not in tokens


def test_a_history_is_the_same_whenever_it_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "store"
    write(path, 1, 2)
    before = [token(path, sequence) for sequence in range(3)]
    write(path, 3)
    write(path, 4)
    assert [token(path, sequence) for sequence in range(3)] == before
    assert None not in before
    assert len({token(path, sequence) for sequence in (2, 3, 4)}) == 3


def test_beyond_the_last_sequence_there_is_no_history(tmp_path: Path) -> None:
    path = tmp_path / "store"
    write(path, 1)
    assert token(path, 1) is not None
    assert token(path, 2) is None


def test_an_opening_that_reads_or_changes_nothing_leaves_the_history_alone(tmp_path: Path) -> None:
    path = tmp_path / "store"
    write(path, 1)
    with ArticleStore.open(path) as store:
        first = store.article(1)
        assert first
        store.write(first.article)
        assert store.sequence == 1
    write(path, 2)
    assert token(path, 1) != token(path, 2)


def test_a_copy_that_went_on_differently_has_another_history(tmp_path: Path) -> None:
    path, copy = tmp_path / "store", tmp_path / "copy"
    with ArticleStore.open(path) as store:
        store.write(article(url="https://a.example/1"))
        store.write(article(url="https://a.example/2"))
        with ArticleStore.open(tmp_path / "store", read_only=True):
            pass
    shutil.copy(path, copy)  # it was closed: all of it is in the file
    write(path, 3, 4)
    write(copy, 5, 6)
    assert token(path, 2) == token(copy, 2)
    assert token(path, 3) != token(copy, 3)
    assert token(path, 4) != token(copy, 4)

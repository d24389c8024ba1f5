"""Bundles in the store: given again as they were, gone with a text that is taken away, and bounded."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from corpus.store import ArticleStore
from corpus.store.desk.bundles import Bundle
from tests.corpus.samples import article

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)
FILE = [b"PK" * 700_000, b"end"]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ArticleStore]:
    with ArticleStore.open(tmp_path / "pressmark.sqlite") as opened:
        yield opened


@pytest.fixture
def dossier(store: ArticleStore) -> int:
    store.write_many([article(1), article(2)])
    return store.dossiers.add("Walls", "", NOW).id


def stored(store: ArticleStore, dossier: int, *, articles: tuple[int, ...] = (1,), at: datetime = NOW) -> Bundle:
    checksum = hashlib.sha256(b"".join(FILE)).hexdigest()
    return store.bundles.add(dossier, "Ana", at, tag="", articles=articles, left_out=1, checksum=checksum, pieces=FILE)


def test_a_file_is_given_again_as_it_was_stored(store: ArticleStore, dossier: int):
    made = stored(store, dossier, articles=(1, 2))
    assert list(store.bundles.pieces(made.id)) == FILE
    assert (made.size, made.articles, made.left_out, made.withdrawn, made.is_stored) == (1_400_003, 2, 1, 0, True)
    assert store.bundles.of(dossier) == [made]
    assert list(store.damage.check(full=True)) == []


def test_a_file_whose_bytes_are_others_is_named_by_the_full_check(store: ArticleStore, dossier: int):
    made = stored(store, dossier)
    with store._database.writing() as connection:
        connection.execute("UPDATE bundle_pieces SET bytes = x'00' WHERE number = 1")
    assert list(store.damage.check(full=True)) == [f"bundle {made.mark}: its file is not as it was stored"]


def test_a_text_that_is_taken_away_by_hand_takes_the_files_that_have_it(store: ArticleStore, dossier: int):
    one, other = stored(store, dossier, articles=(1, 2)), stored(store, dossier, articles=(2,))
    taken = store.withdraw_by_hand(1, "court order", at=NOW)
    assert taken.bundles == (one.mark,)
    assert [(each.mark, each.is_stored, each.withdrawn) for each in store.bundles.of(dossier)] == [
        (other.mark, True, 0),
        (one.mark, False, 1),
    ]
    assert list(store.bundles.pieces(one.id)) == []


def test_deleted_files_give_their_room_the_first_one_deleted_first(store: ArticleStore, dossier: int):
    first, second, third = (stored(store, dossier) for _ in range(3))
    store.bundles.delete(second.id, NOW)
    store.bundles.delete(first.id, NOW + timedelta(minutes=1))
    assert store.bundles.stored_bytes() == third.size
    assert store.bundles.make_room(first.size, 4 * first.size) == 0
    assert store.bundles.make_room(first.size, 3 * first.size) == 1
    assert [any(store.bundles.pieces(each.id)) for each in (first, second, third)] == [True, False, True]


def test_files_of_a_deleted_dossier_are_forgotten_when_no_undo_brings_it_back(store: ArticleStore, dossier: int):
    made = stored(store, dossier)
    store.dossiers.delete(dossier, NOW)
    assert store.bundles.stored_bytes() == 0
    assert store.bundles.forget(NOW) == (0, 0)
    assert store.bundles.forget(NOW + timedelta(days=1), dry_run=True) == (1, made.size)
    assert any(store.bundles.pieces(made.id))
    assert store.bundles.forget(NOW + timedelta(days=1)) == (1, made.size)
    assert not any(store.bundles.pieces(made.id))

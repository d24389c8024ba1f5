"""People, sessions and tokens of a store."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from corpus.store import ArticleStore
from corpus.store.accounts.sessions import Scope
from corpus.store.accounts.users import Role
from tests.stores import new_store

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ArticleStore]:
    with new_store(tmp_path / "pressmark.sqlite") as store:
        store.users.add("Ana Pérez", Role.EDITOR, "hash", NOW)
        yield store


def test_a_name_is_one_persons_whatever_its_case(store: ArticleStore):
    assert not store.users.add("ANA PÉREZ", Role.ADMIN, None, NOW)
    found = store.users.get("ana pérez")
    assert found is not None
    assert (found.name, found.role, found.password) == ("Ana Pérez", Role.EDITOR, "hash")
    assert [each.name for each in store.users.all()] == ["Ana Pérez"]


def test_what_is_done_to_nobody_is_said(store: ArticleStore):
    for done in (
        store.users.set_role("Bo", Role.ADMIN),
        store.users.set_password("Bo", "x"),
        store.users.disable("Bo", NOW),
        store.users.remove("Bo"),
    ):
        assert done is False


def test_a_session_is_its_persons_until_it_ends(store: ArticleStore):
    secret = store.sessions.begin("Ana Pérez", NOW)
    other = store.sessions.begin("ana pérez", NOW)
    assert store.sessions.user(secret, NOW).name == "Ana Pérez"
    store.sessions.end(secret)
    assert store.sessions.user(secret, NOW) is None
    assert store.sessions.user(other, NOW) is not None
    assert store.sessions.end_all("ANA PÉREZ") == 1
    assert store.sessions.user(other, NOW) is None


def test_a_session_is_over_after_two_idle_weeks_and_after_ninety_days(store: ArticleStore):
    idle = store.sessions.begin("Ana Pérez", NOW)
    assert store.sessions.user(idle, NOW + 13 * DAY) is not None
    assert store.sessions.user(idle, NOW + 28 * DAY) is None
    busy = store.sessions.begin("Ana Pérez", NOW)
    for day in range(90):
        assert store.sessions.user(busy, NOW + day * DAY) is not None
    assert store.sessions.user(busy, NOW + 91 * DAY) is None


@pytest.mark.parametrize("secret", ["", "x", "\0", "\ud800", "a" * 10_000])
def test_a_secret_that_was_never_given_out_is_nobodys(store: ArticleStore, secret: str):
    assert store.sessions.user(secret, NOW) is None
    assert store.tokens.user(secret, NOW) is None


def test_a_new_password_and_a_locked_door_end_the_sessions(store: ArticleStore):
    for close in (
        lambda: store.users.set_password("Ana Pérez", "new"),
        lambda: store.users.disable("Ana Pérez", NOW),
    ):
        secret = store.sessions.begin("Ana Pérez", NOW)
        close()
        assert store.sessions.user(secret, NOW) is None


def test_a_token_is_its_persons_until_it_is_revoked(store: ArticleStore):
    number, secret = store.tokens.add("Ana Pérez", "feed", Scope.READ, NOW)
    found = store.tokens.user(secret, NOW + DAY)
    assert found is not None
    assert (found[0].name, found[1]) == ("Ana Pérez", Scope.READ)
    assert store.tokens.all()[0].used == NOW + DAY
    assert not store.tokens.revoke(number, NOW, name="Bo")
    assert store.tokens.revoke(number, NOW, name="ana pérez")
    assert not store.tokens.revoke(number, NOW)
    assert store.tokens.user(secret, NOW) is None
    assert store.tokens.all("Ana Pérez")[0].revoked == NOW


def test_the_tokens_of_a_locked_out_person_rest(store: ArticleStore):
    _, secret = store.tokens.add("Ana Pérez", "feed", Scope.WRITE, NOW)
    store.users.disable("Ana Pérez", NOW)
    assert store.tokens.user(secret, NOW) is None
    store.users.disable("Ana Pérez", None)
    assert store.tokens.user(secret, NOW) is not None


def test_who_is_forgotten_leaves_neither_session_nor_token(store: ArticleStore):
    session = store.sessions.begin("Ana Pérez", NOW)
    _, token = store.tokens.add("Ana Pérez", "feed", Scope.READ, NOW)
    assert store.users.remove("ana pérez")
    assert store.sessions.user(session, NOW) is None
    assert store.tokens.user(token, NOW) is None


def test_no_secret_stands_in_the_file(store: ArticleStore, tmp_path: Path):
    secrets = store.sessions.begin("Ana Pérez", NOW), store.tokens.add("Ana Pérez", "feed", Scope.READ, NOW)[1]
    written = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    for secret in secrets:
        assert secret.encode() not in written

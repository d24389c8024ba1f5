"""Browsers that are signed in, and programs that ask in a person's name: a secret -> the person.

A secret is given out once, the store has its SHA-256: who reads the store's file can sign in by none of them.
"""

import hashlib
import secrets
import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from corpus.store.accounts.users import User, user_of
from corpus.store.file.database import Database
from corpus.store.file.rows import moment, moment_or_none, stamp, text, word

IDLE = timedelta(days=14)  # a session that was not used for so long is over
LONGEST = timedelta(days=90)  # and so is one that began so long ago
NOTED = timedelta(minutes=10)  # the time of use is written so often at most
PREFIX = "pressmark_"  # of tokens, so that a token that is lost is recognised


class Scope(StrEnum):
    """What a token may do."""

    READ = "read"
    WRITE = "write"


@dataclass(frozen=True, slots=True)
class Token:
    """A token, without its secret."""

    id: int
    user: str
    purpose: str
    scope: Scope
    made: datetime
    used: datetime | None
    revoked: datetime | None


class Sessions:
    """The browsers that are signed in."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, name: str, at: datetime) -> str:
        """Begin a session of a person, and return its secret; sessions that are over are forgotten."""
        secret = secrets.token_urlsafe(32)
        with self._database.writing() as connection:
            connection.execute(
                "DELETE FROM sessions WHERE used < ? OR made < ?", (stamp(at - IDLE), stamp(at - LONGEST))
            )
            row = (digest(secret), name.casefold(), stamp(at), stamp(at))
            connection.execute("INSERT INTO sessions (digest, user, made, used) VALUES (?, ?, ?, ?)", row)
        return secret

    def user(self, secret: str, at: datetime) -> User | None:
        """Return the person whose session this is, and note its use; None when it is over or the person disabled."""
        sql = """SELECT users.*, used FROM sessions JOIN users ON users.key = user
                 WHERE digest = ? AND used >= ? AND sessions.made >= ? AND disabled IS NULL"""
        key = digest(secret)
        row = self._database.one(sql, (key, stamp(at - IDLE), stamp(at - LONGEST)))
        if row is None:
            return None
        if stamp(at - NOTED) > row["used"]:
            with self._database.writing() as connection:
                connection.execute("UPDATE sessions SET used = ? WHERE digest = ?", (stamp(at), key))
        return user_of(row)

    def end(self, secret: str) -> None:
        """End a session."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM sessions WHERE digest = ?", (digest(secret),))

    def end_all(self, name: str) -> int:
        """End every session of a person; return how many there were."""
        with self._database.writing() as connection:
            return connection.execute("DELETE FROM sessions WHERE user = ?", (name.casefold(),)).rowcount


class Tokens:
    """What programs and feed readers ask with."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, name: str, purpose: str, scope: Scope, at: datetime) -> tuple[int, str]:
        """Make a token of a person; return its number, and its secret, which cannot be read again."""
        secret = PREFIX + secrets.token_urlsafe(32)
        with self._database.writing() as connection:
            row = (digest(secret), name.casefold(), text(purpose), scope, stamp(at))
            sql = "INSERT INTO tokens (digest, user, purpose, scope, made) VALUES (?, ?, ?, ?, ?)"
            cursor = connection.execute(sql, row)
        assert cursor.lastrowid is not None
        return cursor.lastrowid, secret

    def renew(self, id: int) -> str:
        """Replace the secret of a token, and return it; the former secret is no longer accepted."""
        secret = PREFIX + secrets.token_urlsafe(32)
        with self._database.writing() as connection:
            connection.execute("UPDATE tokens SET digest = ? WHERE id = ?", (digest(secret), id))
        return secret

    def user(self, secret: str, at: datetime) -> tuple[User, Scope] | None:
        """Return the person of a token and what it may do, and note its use; None for an unknown or revoked token."""
        sql = """SELECT users.*, tokens.id, scope, used FROM tokens JOIN users ON users.key = user
                 WHERE digest = ? AND revoked IS NULL AND disabled IS NULL"""
        row = self._database.one(sql, (digest(secret),))
        if row is None:
            return None
        if row["used"] is None or stamp(at - NOTED) > row["used"]:
            with self._database.writing() as connection:
                connection.execute("UPDATE tokens SET used = ? WHERE id = ?", (stamp(at), row["id"]))
        return user_of(row), word(Scope, row["scope"])

    def all(self, name: str | None = None) -> list[Token]:
        """Return the tokens of a person, or of everybody, revoked ones too, in the order they were made."""
        sql = "SELECT tokens.*, users.name FROM tokens JOIN users ON users.key = user"
        where = "" if name is None else " WHERE user = ?"
        rows = self._database.rows(f"{sql}{where} ORDER BY id", () if name is None else (name.casefold(),))
        return [_token(row) for row in rows]

    def revoke(self, id: int, at: datetime, *, name: str | None = None) -> bool:
        """Revoke a token, of a person if one is named; False when there is no such token, or it is revoked."""
        sql = "UPDATE tokens SET revoked = ? WHERE id = ? AND revoked IS NULL AND (? IS NULL OR user = ?)"
        key = None if name is None else name.casefold()
        with self._database.writing() as connection:
            return 0 < id < 1 << 63 and connection.execute(sql, (stamp(at), id, key, key)).rowcount == 1


def digest(secret: str) -> bytes:
    """Return the digest that the store has of a secret. Secrets are random, so one round of hashing is enough."""
    return hashlib.sha256(secret.encode(errors="surrogatepass")).digest()


def _token(row: sqlite3.Row) -> Token:
    used, revoked = moment_or_none(row["used"]), moment_or_none(row["revoked"])
    return Token(row["id"], row["name"], row["purpose"], word(Scope, row["scope"]), moment(row["made"]), used, revoked)

"""The people who may sign in: name, role, password."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from corpus.store.file.database import Database
from corpus.store.file.rows import moment, moment_or_none, stamp, stamp_or_none, text, word


class Role(StrEnum):
    """What a person is: each role may do what the one before it may, and more."""

    READER = "reader"
    EDITOR = "editor"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class User:
    """A person. `password` is the hash; None: the person comes through a proxy that signs people in."""

    name: str
    role: Role
    password: str | None
    made: datetime
    disabled: datetime | None = None


class Users:
    """The people of one store. Names are told apart without regard to case."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, name: str, role: Role, password: str | None, at: datetime) -> bool:
        """Add a person; False when the name is taken."""
        with self._database.writing() as connection:
            row = (_key(name), text(name), role, password, stamp(at))
            sql = "INSERT INTO users (key, name, role, password, made) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
            return connection.execute(sql, row).rowcount == 1

    def get(self, name: str) -> User | None:
        """Return the person of a name, a disabled one too; None when there is none."""
        row = self._database.one("SELECT * FROM users WHERE key = ?", (_key(name),))
        return None if row is None else user_of(row)

    def all(self) -> list[User]:
        """Return the people by name, disabled ones too."""
        return [user_of(row) for row in self._database.rows("SELECT * FROM users ORDER BY key")]

    def count(self) -> int:
        """Return how many people there are."""
        return int(self._database.value("SELECT count(*) FROM users"))

    def set_role(self, name: str, role: Role) -> bool:
        """Give a person another role; False when there is no such person."""
        return self._set(name, "role", role)

    def set_password(self, name: str, password: str) -> bool:
        """Set a password's hash, and end the person's sessions; False when there is no such person."""
        return self._set(name, "password", password, leave=True)

    def disable(self, name: str, at: datetime | None) -> bool:
        """Forbid a person to sign in, and end the sessions; None allows it again."""
        return self._set(name, "disabled", stamp_or_none(at), leave=at is not None)

    def remove(self, name: str) -> bool:
        """Forget a person, with sessions and tokens; what the person wrote stays. False when there is none."""
        with self._database.writing() as connection:
            return connection.execute("DELETE FROM users WHERE key = ?", (_key(name),)).rowcount == 1

    def _set(self, name: str, column: str, value: object, *, leave: bool = False) -> bool:
        with self._database.writing() as connection:
            if leave:
                connection.execute("DELETE FROM sessions WHERE user = ?", (_key(name),))
            sql = f"UPDATE users SET {column} = ? WHERE key = ?"
            return connection.execute(sql, (value, _key(name))).rowcount == 1


def user_of(row: sqlite3.Row) -> User:
    """Return the person of a row."""
    disabled = moment_or_none(row["disabled"])
    return User(row["name"], word(Role, row["role"]), row["password"], moment(row["made"]), disabled)


def _key(name: str) -> str:
    return text(name).casefold()

"""What the command line changed of people, tokens and texts, in words that a page says in the reader's language."""

from corpus.store.accounts.users import Role
from corpus.texts import Text, text

ROLES = {Role.READER: text("reader"), Role.EDITOR: text("editor"), Role.ADMIN: text("admin")}


def added(name: str, role: Role) -> Text:
    """Say that a person was added."""
    return text("{name} is added as {role}.", name=name, role=ROLES[role])


def has_role(name: str, role: Role) -> Text:
    """Say that a person has another role."""
    return text("{name} is {role} now.", name=name, role=ROLES[role])


def has_password(name: str) -> Text:
    """Say that a person's password was set by another."""
    return text("The password of {name} is set.", name=name)


def locked_out(name: str) -> Text:
    """Say that a person cannot sign in."""
    return text("{name} is signed out and cannot sign in.", name=name)


def let_in(name: str) -> Text:
    """Say that a person can sign in again."""
    return text("{name} can sign in again.", name=name)


def forgotten(name: str) -> Text:
    """Say that a person was removed."""
    return text("{name} is forgotten, with tokens and sessions.", name=name)


def token_made(number: int, name: str) -> Text:
    """Say that a token was made for a person."""
    return text("Token {number} of {name} is made.", number=number, name=name)


def token_revoked(number: int) -> Text:
    """Say that a token was revoked."""
    return text("Token {number} is revoked.", number=number)


def withdrawn(mark: str, reason: str) -> Text:
    """Say that the text of an article was taken away."""
    return text("{mark} is withdrawn: {reason}", mark=mark, reason=reason)

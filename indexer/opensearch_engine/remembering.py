"""What a commit's answers are remembered in: a dict of so many entries, the oldest of which goes first."""

from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


def remember(known: dict[K, V], key: K, value: V, most: int) -> V:
    """Remember a value, and return it; beyond `most` entries the one that was remembered first is forgotten."""
    known[key] = value
    while len(known) > most:
        known.pop(next(iter(known)), None)
    return value

"""A value made of the store alone -> the cached value, while a page knows that the store has not changed.

To ask the store whether it was written to takes as long as a small question. So a page asks once, at its beginning,
and what it shows is of that state or a later one.
"""

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from corpus.model import Author

NAMED = 20_000  # authors whose names are cached, some 400 bytes each

T = TypeVar("T")

_seen: ContextVar[Hashable] = ContextVar("state of the store", default=None)
_position: ContextVar[int | None] = ContextVar("position of the index", default=None)
seen_position = _position.get
"""Return the position of the index that the page under way saw at its beginning; None: it is not known."""


@contextmanager
def in_state(state: Hashable, position: int | None = None) -> Iterator[None]:
    """Say which state of the store and the index was seen, while a page is made that writes nothing.

    Args:
        state: As `ArticleStore.state` gives it; None: not known.
        position: Of the index; None: not known.
    """
    before, placed = _seen.set(state), _position.set(position)
    try:
        yield
    finally:
        _seen.reset(before)
        _position.reset(placed)


class OfState:
    """Values by name, each of one state of the store; threads share them."""

    def __init__(self) -> None:
        self._values: dict[str, tuple[Hashable, Any]] = {}

    def get(self, name: str, make: Callable[[], T]) -> T:
        """Return what `make` returns; made once a state where the state is known (`in_state`)."""
        state = _seen.get()
        found = self._values.get(name)
        if found is None or state is None or found[0] != state:
            found = state, make()
            if state is not None:
                self._values[name] = found
        made: T = found[1]
        return made

    def authors(
        self, keys: Collection[str], ask: Callable[[Collection[str]], Mapping[str, Author]]
    ) -> dict[str, Author]:
        """Return key -> author as `ask` does, which is asked once a state for each key; unknown keys are left out."""
        known: dict[str, Author | None] = self.get("authors", dict)
        found = {key: known[key] for key in keys if key in known}  # another thread may empty it meanwhile
        if missing := [key for key in keys if key not in found]:
            answered = ask(missing)
            found.update((key, answered.get(key)) for key in missing)
            if len(known) > NAMED:
                known.clear()
            known.update(found)
        return {key: author for key in keys if (author := found[key]) is not None}

"""A long list, and a cursor -> the next part of the same list: of one committed state, whatever is indexed meanwhile.

The first request makes the whole list and gives its first part. The list is held in memory for those who follow; where
it is gone, it is made again if the index is still in that state, and else the request is refused: begin again.
"""

import hashlib
import re
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from threading import BoundedSemaphore, Lock
from typing import Any

from flask import current_app

from web.api.problems import Fault, Refused
from web.layout.services import current_services
from web.processes.file_cache import FileCache

TURNS = 2  # lists made at once: two of the server's four threads answer others meanwhile
TURN_WAIT = 1.0  # seconds that a request waits for its turn
HELD = 4_000_000  # items of all lists together: 32 MB of ids
LISTS = 200  # held at most

_STATE = "pressmark.pinned"
_turns = BoundedSemaphore(TURNS)
_CURSOR = re.compile(r"([0-9a-f]{1,15})\.([0-9a-f]{1,15})\.([0-9a-f]{1,8})\.([0-9a-f]{1,15})\.([0-9a-f]{12})")


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole list.

    Attributes:
        total: How many items there are; more than `items` where the engine could not list all of them.
        position: The store's sequence that the list reflects.
        notes: What was cut or could not be done, in sentences.
    """

    items: Sequence[Any]
    total: int
    position: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a whole list; `next` is the cursor of the part after it, None at the end."""

    items: Sequence[Any]
    whole: Whole
    next: str | None


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in a list: the state it is of, when it was begun (minutes since 1970), where the part begins."""

    position: int
    total: int
    begun: int
    first: int

    def written(self, what: str) -> str:
        """Return the cursor as a text; `what` names the list."""
        return f"{self._numbers()}.{_digest(what, self._numbers())}"

    def _numbers(self) -> str:
        return f"{self.position:x}.{self.total:x}.{self.begun:x}.{self.first:x}"


class PinnedLists:
    """The lists that somebody reads on, the last used of them; safe for threads.

    Args:
        held: Items of all lists together.
        file_cache: Where the other processes of the server find them; None: there is no other.
    """

    def __init__(self, held: int = HELD, file_cache: FileCache | None = None) -> None:
        self._held, self._file_cache = held, file_cache
        self._lock = Lock()
        self._lists: OrderedDict[tuple[str, int, int], Whole] = OrderedDict()

    def get(self, key: tuple[str, int, int]) -> Whole | None:
        """Return a list; None when it is not held."""
        with self._lock:
            if key in self._lists:
                self._lists.move_to_end(key)
                return self._lists[key]
        whole: Whole | None = self._file_cache.get(key) if self._file_cache else None
        if whole is not None:
            self._hold(key, whole)
        return whole

    def put(self, key: tuple[str, int, int], whole: Whole) -> None:
        """Hold a list, and let go of those used longest ago where there is no room."""
        if self._file_cache and key not in self._lists:
            self._file_cache.put(key, whole)
        self._hold(key, whole)

    def _hold(self, key: tuple[str, int, int], whole: Whole) -> None:
        with self._lock:
            self._lists[key] = whole
            self._lists.move_to_end(key)
            size = sum(len(each.items) for each in self._lists.values())
            while len(self._lists) > 1 and (size > self._held or len(self._lists) > LISTS):
                size -= len(self._lists.popitem(last=False)[1].items)


def part_of(what: str, cursor: str, limit: int, make: Callable[[datetime], Whole]) -> Part:
    """Return a part of a list.

    Args:
        what: The name of the list: the address without limit and cursor.
        cursor: As given; empty for the first part.
        make: Makes the list as it is now; relative dates count from the moment given.

    Raises:
        Refused: The cursor is none of this list, the state it is of is gone, or too many lists are made just now.
    """
    what = f"{what} {current_services().store.history(0)}"
    if cursor:
        at = _read(cursor, what)
        whole = _held().get((what, at.position, at.begun)) or _made_again(at, make)
    else:
        begun = int(current_services().now().timestamp() // 60)
        whole = _made(begun, make)
        at = Cursor(whole.position, whole.total, begun, 0)
    items = whole.items[at.first : at.first + limit]
    following = replace(at, first=at.first + len(items))
    has_more = len(items) > 0 and following.first < len(whole.items)
    if has_more:
        _held().put((what, at.position, at.begun), whole)
    return Part(items, whole, following.written(what) if has_more else None)


def _made(begun: int, make: Callable[[datetime], Whole]) -> Whole:
    """Make a list when it is its turn: who asks for many long ones keeps no page from its readers."""
    if not _turns.acquire(timeout=TURN_WAIT):
        raise Refused("busy", "other long lists are made just now: try again in some seconds", wait=5)
    try:
        return make(datetime.fromtimestamp(begun * 60, UTC))
    finally:
        _turns.release()


def _made_again(at: Cursor, make: Callable[[datetime], Whole]) -> Whole:
    if current_services().engine.position == at.position:
        whole = _made(at.begun, make)
        if (whole.position, whole.total) == (at.position, at.total):
            return whole
    raise Refused(
        "state-gone",
        "The index has changed since the first page, and the list of then is not held any more: ask without cursor."
        " /api/v1/exports gives any number of articles of one state in one answer.",
    )


def _read(text: str, what: str) -> Cursor:
    found = _CURSOR.fullmatch(text)
    if found is not None:
        cursor = Cursor(*(int(each, 16) for each in found.groups()[:4]))
        if cursor.written(what) == text:
            return cursor
    fault = Fault(
        "query: cursor", text[:40], "the `next` of an answer to the same request, its other parameters unchanged"
    )
    raise Refused("cursor", f"query: cursor = {text[:40]!r}: expected {fault.expected}", (fault,))


def _digest(what: str, numbers: str) -> str:
    return hashlib.blake2s(f"{numbers} {what}".encode("utf-8", "replace"), digest_size=6).hexdigest()


def _held() -> PinnedLists:
    found: PinnedLists = current_app.extensions.setdefault(
        _STATE, PinnedLists(file_cache=current_services().shared.file_cache)
    )
    return found

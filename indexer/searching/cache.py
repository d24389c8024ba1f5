"""A key -> what was made for it, while there is room: what is costly to find is found once; threads share it."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from contextlib import suppress
from typing import TypeVar

T = TypeVar("T")


class Cache:
    """Values by key, those used last; `room` is in bytes, and one value takes at most a quarter of it."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._bytes = 0
        self._values: OrderedDict[Hashable, tuple[int, object]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], T], size: Callable[[T], int]) -> T:
        """Return what `make` returns, made once while there is room for it."""
        known = self._values.get(key)  # the hash of a clause is made anew each time
        if known is not None:
            with self._lock, suppress(KeyError):  # another thread may have dropped it
                self._values.move_to_end(key)
            return known[1]  # type: ignore[return-value]  # a key always holds one type
        made = make()
        self.put(key, made, size(made))
        return made

    def put(self, key: Hashable, made: object, size: int) -> None:
        """Hold what was made, unless another thread made it first."""
        own = size, made
        with self._lock:
            if size <= self._room // 4 and self._values.setdefault(key, own) is own:
                self._bytes += size
            while self._bytes > self._room:
                self._bytes -= self._values.popitem(last=False)[1][0]

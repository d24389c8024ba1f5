"""A key -> what was made for it, while there is room: what is costly to find is found once; threads share it."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
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
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key][1]  # type: ignore[return-value]  # a key always holds one type
        made = make()
        with self._lock:
            if key not in self._values and (bytes_ := size(made)) <= self._room // 4:
                self._values[key] = bytes_, made
                self._bytes += bytes_
            while self._bytes > self._room:
                self._bytes -= self._values.popitem(last=False)[1][0]
        return made

"""A name -> two numbers that all processes of one server remember of it, in memory of a fixed size."""

import mmap
import secrets
import struct
from hashlib import blake2s

from web.processes.memory import Turn, turn_of_threads

PLACES = 8  # of a bucket: of those names that would stand in it, the ones used last
BUCKETS = 2_048  # 16,384 names in half a megabyte
_PLACE = struct.Struct("<16sdd")  # the name's hash, a number, and when it was written
_BUCKET = PLACES * _PLACE.size
_FREE = bytes(16)


class Table:
    """Names with a number and the moment when it was written; who reads and then writes does so within `turn`.

    A name is stored as a hash with a secret, so that nobody can choose names that push one another out. Where a bucket
    is full, the name that was written longest ago goes.
    """

    def __init__(self, turn: Turn | None = None, *, buckets: int = BUCKETS) -> None:
        self.turn = turn or turn_of_threads()
        self._buckets = buckets
        self._secret = secrets.token_bytes(16)
        self._memory = mmap.mmap(-1, buckets * _BUCKET)

    def get(self, name: str) -> tuple[float, float] | None:
        """Return the number of a name and when it was written; None when it is not known."""
        digest = self._digest(name)
        start = self._start(digest)
        for known, number, at in _PLACE.iter_unpack(self._memory[start : start + _BUCKET]):
            if known == digest:
                return number, at
        return None

    def put(self, name: str, number: float, at: float) -> None:
        """Write the number of a name; `at` is in seconds of a clock that never goes back."""
        digest = self._digest(name)
        start = self._start(digest)
        places = list(_PLACE.iter_unpack(self._memory[start : start + _BUCKET]))
        order = [(known != digest, known != _FREE, then) for known, _, then in places]
        _PLACE.pack_into(self._memory, start + order.index(min(order)) * _PLACE.size, digest, number, at)

    def drop(self, name: str) -> None:
        """Forget a name."""
        digest = self._digest(name)
        start = self._start(digest)
        for place, (known, _, _) in enumerate(_PLACE.iter_unpack(self._memory[start : start + _BUCKET])):
            if known == digest:
                _PLACE.pack_into(self._memory, start + place * _PLACE.size, _FREE, 0, 0)

    def _digest(self, name: str) -> bytes:
        return blake2s(name.encode("utf-8", "replace"), key=self._secret, digest_size=16).digest()

    def _start(self, digest: bytes) -> int:
        return int.from_bytes(digest[:8], "little") % self._buckets * _BUCKET

"""Packed hashes -> which hashes surely stand in no page: most of a new text's, which then are not looked for.

A bit stands for a few hashes. At a million texts one hash in eight is looked for in vain.
"""

import numpy as np
from numpy.typing import NDArray

from corpus.store.file.database import Database
from corpus.store.sketches.packing import unpacked
from corpus.store.sketches.waiting import Numbers

_BITS = range(20, 29)  # of a hash that say which bit stands for it: 128 kB to 32 MB
_ROOM = 8  # bits for each hash
_PAGES = 500  # that are read at once


class Presence:
    """What may stand in the pages of a store; only to be used while no other process packs."""

    def __init__(self, expected: int) -> None:
        self._shift = np.uint64(32 - min(max((expected * _ROOM).bit_length(), _BITS[0]), _BITS[-1]))
        self._bits = np.zeros((1 << (32 - int(self._shift))) >> 3, np.uint8)

    def add(self, hashes: Numbers) -> None:
        """Say that these hashes stand in pages."""
        places, bits = self._places(hashes)
        np.bitwise_or.at(self._bits, places, bits)

    def among(self, hashes: Numbers) -> Numbers:
        """Return those of the hashes that may stand in a page."""
        places, bits = self._places(hashes)
        found: Numbers = hashes[(self._bits[places] & bits) != 0]
        return found

    def _places(self, hashes: Numbers) -> tuple[Numbers, NDArray[np.uint8]]:
        at = hashes >> self._shift
        return at >> np.uint64(3), (np.uint64(1) << (at & np.uint64(7))).astype(np.uint8)


def of_pages(database: Database, expected: int) -> Presence:
    """Return what stands in the pages of a store now, with room for so many hashes."""
    found = Presence(expected)
    with database.reading() as connection:
        pages = connection.execute("SELECT first, entries FROM copy_pages")
        while some := pages.fetchmany(_PAGES):
            found.add(np.concatenate([unpacked(first, entries).hashes for first, entries in some]))
    return found

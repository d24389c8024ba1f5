"""Some texts and a term -> the addresses where it stands in them, a run of the texts at a time.

The texts are laid out in a row by the caller, who says where each begins.
"""

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np

from indexer.storage.arrays import Array, Ints, Mask
from indexer.storage.inversion import TEXT_BITS
from indexer.storage.segment_file import OpenSegment

MOSTLY = 8  # times as many positions are wanted as not: then those that are not are put aside, not taken out
FAR = 1 << 29  # after every address
SPAN = 3  # times as many positions as are wanted are read in one go, rather than one by one


class Occurrences(Protocol):
    """Where something stands in some texts."""

    def addresses(self, first: int, last: int, starts: Ints, nowhere: int | None = None) -> Ints:
        """Return the addresses in the texts from one up to another, given where each of these begins.

        Args:
            nowhere: An address that no text has; where it is given, it may come among the others.
        """

    def counts(self, first: int, last: int) -> Ints:
        """Return how often it stands in each of the texts from one up to another."""


class TermOccurrences:
    """Where one term stands; its addresses are sorted."""

    def __init__(self, segment: OpenSegment, term: int, at: Ints, there: Mask | None) -> None:
        """Look at some texts, given where each is among those of the term, and whether it is; all are when None."""
        self._lists = segment.lists
        self._first = segment.lists.position_at[term]
        self._frequencies = segment.lists.frequencies(term)
        self._ends = np.cumsum(self._frequencies, dtype=np.int64)
        self._at = at
        self._there = there

    def addresses(self, first: int, last: int, starts: Ints, nowhere: int | None = None) -> Ints:
        """Return where the term stands."""
        own = self._at[first:last]
        if self._there is not None:
            there = self._there[first:last]
            own, starts = own[there], starts[there]
        if not len(own):
            return np.empty(0, starts.dtype)
        counts = self._frequencies[own]
        wanted = int(counts.sum(dtype=np.int64))
        low, high = int(own[0]), int(own[-1]) + 1
        begin = int(self._ends[low - 1]) if low else 0
        end = int(self._ends[high - 1])
        if end - begin <= SPAN * wanted:
            are_aside = nowhere is not None and (end - begin - wanted) * MOSTLY < wanted
            where = starts
            if len(own) < high - low:
                where = np.full(high - low, FAR if are_aside else -1, starts.dtype)
                where[own - low] = starts
            found = np.zeros(end - begin, starts.dtype)  # to add up steps takes a half of what repeating numbers takes
            found[0] = where[0]
            found[self._ends[low : high - 1] - begin] = where[1:] - where[:-1]
            np.cumsum(found, out=found, dtype=found.dtype)
            positions = self._lists.positions(self._first + begin, self._first + end)
            if are_aside or end - begin == wanted:
                found += positions
                return np.minimum(found, nowhere, out=found) if nowhere is not None else found
            is_wanted = found >= 0
            found = found[is_wanted]
            found += positions[is_wanted]
            return found
        counts = counts.astype(np.int64)
        places = np.repeat(self._ends[own] - counts - (np.cumsum(counts) - counts), counts)
        places += np.arange(self._first, self._first + len(places))
        found = np.repeat(starts, counts)
        found += self._lists.positions_at(places)
        return found

    def counts(self, first: int, last: int) -> Ints:
        """Return how often the term stands in each text."""
        own: Ints = self._frequencies.take(self._at[first:last], mode="clip").astype(np.int64)
        return own if self._there is None else np.where(self._there[first:last], own, 0)


class MultiOccurrences:
    """Where any of many terms stands, put in the order of the texts once; an address may come twice."""

    def __init__(
        self,
        texts: Array,
        segment: OpenSegment,
        terms: Sequence[int],
        checkpoint: Callable[[], object],
    ) -> None:
        place = np.full(segment.count << TEXT_BITS, -1, np.int32)
        place[texts] = np.arange(len(texts), dtype=np.int32)
        owners, places = [np.empty(0, np.int64)], [np.empty(0, np.int32)]
        for term in terms:
            checkpoint()
            own, frequencies = segment.lists.postings(term)
            at = place[own]
            there = at >= 0
            first = segment.lists.position_at[term]
            is_in = np.repeat(there, frequencies)
            positions = segment.lists.positions(first, segment.lists.position_at[term + 1])
            owners.append(np.repeat(at[there], frequencies[there]))
            places.append(positions[is_in].astype(np.int32))
        owner = np.concatenate(owners)
        order = np.argsort(owner, kind="stable")
        self._owners, self._positions = owner[order], np.concatenate(places)[order]

    def addresses(self, first: int, last: int, starts: Ints, nowhere: int | None = None) -> Ints:  # noqa: ARG002
        """Return where any of the terms stands, text by text."""
        low, high = np.searchsorted(self._owners, (first, last))
        found: Ints = starts[self._owners[low:high] - first] + self._positions[low:high]
        return found

    def counts(self, first: int, last: int) -> Ints:
        """Return how often any of the terms stands in each text."""
        low, high = np.searchsorted(self._owners, (first, last))
        return np.bincount(self._owners[low:high] - first, minlength=last - first)

"""One term's postings in one segment as Whoosh goes through them."""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate
from typing import Any, Self

from indexer.columnar.whoosh.upstream import LeafMatcher, ReadTooFar
from indexer.storage.arrays import Array


class ArrayMatcher(LeafMatcher):  # type: ignore[misc]  # whoosh has no types
    """Documents, how often the term stands in each, and at which positions."""

    def __init__(
        self,
        term: tuple[str, bytes],
        documents: Sequence[int],
        frequencies: Sequence[int],
        places: Array,
        format_: Any,
        scorer: Any,
        at: int = 0,
    ) -> None:
        self._term = term
        self._documents = documents
        self._frequencies = frequencies
        self._places = places
        self._starts = [0, *accumulate(map(int, frequencies))]
        self.format = format_
        self.scorer = scorer
        self._at = at

    def is_active(self) -> bool:
        """Is there a posting here?"""
        return self._at < len(self._documents)

    def reset(self) -> None:
        """Go back to the first posting."""
        self._at = 0

    def copy(self) -> Self:
        """Return a second matcher that stands at the same posting."""
        return type(self)(
            self._term, self._documents, self._frequencies, self._places, self.format, self.scorer, self._at
        )

    def id(self) -> int:
        """Return the document."""
        return self._documents[self._at]

    def all_ids(self) -> Sequence[int]:
        """Return all documents."""
        return self._documents

    def next(self) -> None:
        """Go to the next posting."""
        if not self.is_active():
            raise ReadTooFar
        self._at += 1

    def skip_to(self, id: int) -> None:
        """Go to the first posting of this document or a later one."""
        if not self.is_active():
            raise ReadTooFar
        self._at = bisect_left(self._documents, id, self._at)

    def weight(self) -> float:
        """Return how often the term stands here."""
        return float(self._frequencies[self._at])

    def value(self) -> bytes:
        """Return the posting as the stock codec would have written it."""
        places = self.value_as("positions") if self.supports("positions") else []
        encoded: bytes = self.format.encode(places) if hasattr(self.format, "encode") else b""
        return encoded

    def value_as(self, astype: str) -> Any:
        """Return the posting as `positions`, or as a number (`frequency`, `weight`)."""
        if astype == "positions":
            return self._places[self._starts[self._at] : self._starts[self._at + 1]].tolist()
        return self._frequencies[self._at] if astype == "frequency" else self.weight()

    def supports_block_quality(self) -> bool:
        """It knows no blocks, so Whoosh looks at every posting."""
        return False

    def score(self) -> float:
        """Return the score of the document by Whoosh's own scorer."""
        return float(self.scorer.score(self)) if self.scorer else self.weight()

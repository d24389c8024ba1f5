"""A segment's most frequent terms, held in memory: which of them are near to a word, and which words are among them.

A correction must be far more frequent than what was typed, so most of them are sought among few forms.
"""

import numpy as np

from indexer.storage.arrays import ArrayFile, Ints
from indexer.storage.postings.reader import PostingLists
from indexer.storage.terms.edit_signatures import LENGTHS, SIGNATURES, may_be_near, signature_of
from indexer.storage.terms.term_dictionary import Words

FREQUENT = 1 << 14  # terms of a segment


class FrequentTerms:
    """The terms of a segment with more than `least` postings; at most FREQUENT of them.

    Attributes:
        least: Terms with so many postings or fewer may be missing; 0 where none is.
        most: How many postings the most frequent term has.
        numbers: Form -> the number of its term.
    """

    def __init__(self, forms: Words, file: ArrayFile, lists: PostingLists) -> None:
        counts = lists.every_count()
        size = len(counts)
        self.least = int(np.partition(counts, size - FREQUENT)[size - FREQUENT]) if size > FREQUENT else 0
        self._terms: Ints = np.flatnonzero(counts > self.least)
        self._counts = counts[self._terms]
        self.most = int(self._counts.max(initial=0))
        self._forms = forms
        self._signatures = file[SIGNATURES][self._terms]
        self._lengths = file[LENGTHS][self._terms].astype(np.int16)
        terms = self._terms.tolist()
        self.numbers: dict[str, int] = dict(zip(forms.words(terms), terms, strict=True))

    def near(self, form: str, distance: int, least: int) -> list[int]:
        """Return the terms with more than `least` postings that begin as a form does and may be so near; few are not.

        Args:
            least: At least this object's own.
        """
        if least >= self.most:
            return []
        places = self._forms.starting(form[:1])
        first, last = np.searchsorted(self._terms, (places.start, places.stop))
        signature, length = signature_of(form)
        longer = self._lengths[first:last] - np.int16(length)
        likely = may_be_near(self._signatures[first:last], longer, signature, distance)
        likely &= self._counts[first:last] > least
        found: list[int] = self._terms[first:last][likely].tolist()
        return found

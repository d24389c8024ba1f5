"""The forms of a word that each segment has -> those of the index, counted together."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from indexer.analysis.forms import in_order
from indexer.storage.arrays import Ints

Kin = tuple[list[str], list[int], list[int]]  # forms in order, their numbers, and how many postings each has
Terms = Sequence[Ints | list[int]]  # of each segment, the numbers of some of its terms, sorted


class FoundForms(NamedTuple):
    """The forms of a bare or fuzzy word.

    Attributes:
        counts: In how many live articles' fields each stands.
        terms: Of each segment, their numbers, sorted.
        forms: Those that stand anywhere, the most frequent first.
    """

    counts: dict[str, int]
    terms: Terms
    forms: tuple[str, ...]


def together(segments: Iterable[Kin]) -> FoundForms:
    """Return the forms of all segments; each segment names all of its own, so that their counts are whole."""
    counts: dict[str, int] = {}
    found = []
    for forms, terms, own in segments:
        if counts:
            own = [counts.get(form, 0) + count for form, count in zip(forms, own, strict=True)]
        counts.update(zip(forms, own, strict=True))
        found.append(terms)
    return FoundForms(counts, found, in_order(counts))

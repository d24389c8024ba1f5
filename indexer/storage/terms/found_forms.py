"""The forms of a word that each segment has -> those of the index, counted together."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from indexer.analysis.forms import in_order
from indexer.storage.arrays import Ints
from indexer.storage.kernel import Kin

Terms = Sequence[Ints | list[int]]  # of each segment, the numbers of some of its terms, sorted


class Searched(NamedTuple):
    """What a term clause is searched by.

    Attributes:
        forms: The most frequent first.
        terms: Of each segment, their numbers, sorted.
        counts: Of a bare or fuzzy word, all its forms, and in how many live articles' fields each stands.
    """

    forms: tuple[str, ...]
    terms: Terms
    counts: Mapping[str, int] = MappingProxyType({})


def together(segments: Sequence[Kin]) -> Searched:
    """Return the forms of all segments; each segment names all of its own, so that their counts are whole."""
    counts: dict[str, int] = {}
    found: list[list[int]] = []
    if len(segments) == 1:
        ((forms, terms, own),) = segments
        counts = dict(zip(forms, own, strict=True))
        ordered = (*forms,) if len(forms) < 2 and all(own) else in_order(counts)
        return Searched(ordered, segments[0][1:2], counts)
    for forms, terms, own in segments:
        if counts:
            own = [counts.get(form, 0) + count for form, count in zip(forms, own, strict=True)]
        counts.update(zip(forms, own, strict=True))
        found.append(terms)
    return Searched(in_order(counts), found, counts)

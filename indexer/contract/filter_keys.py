"""A filter's value -> the facet keys it chooses."""

from collections.abc import Collection, Sequence
from itertools import accumulate

from corpus.people.names import has_word_from
from indexer.contract.facets import FACETS, NONE, FacetName

_JOINED = 4  # letters; fewer are the initials of many


def chosen_keys(facet: FacetName, value: str, keys: Collection[str]) -> frozenset[str]:
    """Return the keys of a corpus that a filter value stands for; `none` stands for itself.

    Args:
        keys: All keys of the facet in the corpus.
    """
    if value.endswith("*"):
        return frozenset(key for key in keys if has_word_from(key.replace(".", "-"), value[:-1].replace(".", "-")))
    if FACETS[facet].by_host and "." in value:  # a name without a dot is no host
        return frozenset(key for key in keys if key == value or key.endswith(f".{value.removeprefix('.')}"))
    if value == NONE or value in keys:
        return frozenset({value})
    if not FACETS[facet].by_parts:
        return frozenset()
    return frozenset(key for key in keys if _holds(key.split("-"), value.split("-")))


def _holds(parts: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether the parts of a name include all wanted parts, in order, or as letters some of them in one.

    O'Brien is `obrien`, and Ó Briain `o-briain`.
    """
    left = iter(parts)
    return all(one in left for one in wanted) or _are_joined(parts, "".join(wanted))


def _are_joined(parts: Sequence[str], wanted: str) -> bool:
    if len(wanted) < _JOINED or wanted not in "".join(parts):
        return False
    ends = [0, *accumulate(map(len, parts))]
    at = "".join(parts).find(wanted)
    while at >= 0:
        if at in ends and at + len(wanted) in ends:
            return True
        at = "".join(parts).find(wanted, at + 1)
    return False

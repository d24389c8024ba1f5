"""A filter's value -> the facet keys it chooses."""

from collections.abc import Collection, Iterable

from indexer.contract.facets import FACETS, NONE, FacetName


def chosen_keys(facet: FacetName, value: str, keys: Collection[str]) -> frozenset[str]:
    """Return the keys of a corpus that a filter value stands for; `none` stands for itself.

    Args:
        keys: All keys of the facet in the corpus.
    """
    if FACETS[facet].by_host and "." in value:  # a name without a dot is no host
        return frozenset(key for key in keys if key == value or key.endswith(f".{value}"))
    if value == NONE or value in keys:
        return frozenset({value})
    if not FACETS[facet].by_parts:
        return frozenset()
    return frozenset(key for key in keys if _holds(key.split("-"), value.split("-")))


def _holds(parts: Iterable[str], wanted: Iterable[str]) -> bool:
    """Whether the parts of a name include all wanted parts, in order."""
    left = iter(parts)
    return all(one in left for one in wanted)

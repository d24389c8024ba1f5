"""Facet values, written briefly."""

from indexer.contract.facets import FacetName


def known(**values: str | tuple[str, ...] | None) -> dict[FacetName, tuple[str, ...]]:
    """The facets of a document: `known(author=("ana", "li"), site="a.example", section=None)`."""
    given = {FacetName(name): (one,) if isinstance(one, str) else one or () for name, one in values.items()}
    return {name: keys for name, keys in given.items() if keys}

"""What readers add to articles -> facets that no index holds: the articles of each tag, and of each dossier."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from indexer.contract.facets import ANNOTATED, FacetName

Values = Mapping[str, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Annotations:
    """The tags and dossiers that one person may see, in one state.

    Attributes:
        state: Names the state and whose it is: two with one state hold the same. Empty: nothing may be seen.
        articles: Facet -> value -> the ids of the articles that have it.
        keys: Facet -> a value as it may be typed -> the value: a dossier is known by its mark and by its name.
        labels: (facet, value) -> the name to show.
    """

    state: str = ""
    articles: Mapping[FacetName, Values] = field(default_factory=dict, compare=False, repr=False)
    keys: Mapping[FacetName, Mapping[str, str]] = field(default_factory=dict, compare=False, repr=False)
    labels: Mapping[tuple[FacetName, str], str] = field(default_factory=dict, compare=False, repr=False)

    def values(self, facet: FacetName) -> Values:
        """Return the values of a facet, each with the ids of its articles."""
        return self.articles.get(facet, {})

    @property
    def facets(self) -> tuple[FacetName, ...]:
        """The facets that have a value."""
        return tuple([facet for facet in ANNOTATED if self.values(facet)]) if self.articles else ()


NO_ANNOTATIONS = Annotations()

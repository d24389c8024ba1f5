"""The copies of a hit -> those that are named with it, and how many more there are."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from corpus.model import StoredArticle

MOST_NAMED = 20  # of one hit: a wire story may have hundreds


class HitCopies(NamedTuple):
    """The other articles found that tell a hit's text; `further` are those that are counted and not named."""

    named: tuple[StoredArticle, ...] = ()
    further: int = 0

    @property
    def total(self) -> int:
        """How many there are."""
        return len(self.named) + self.further

    @property
    def sources(self) -> list[str]:
        """The sources of those that are named, each once, and an ellipsis where there are more."""
        return [*dict.fromkeys(each.article.source for each in self.named), *["…"] * bool(self.further)]


def hit_copies(ids: Sequence[int], articles: Mapping[int, StoredArticle]) -> HitCopies:
    """Return the copies of a hit; withdrawn ones are left out of those that were read."""
    found = (articles.get(id) for id in ids[:MOST_NAMED])
    named = tuple(one for one in found if one is not None and one.withdrawn is None)
    return HitCopies(named, len(ids[MOST_NAMED:]))

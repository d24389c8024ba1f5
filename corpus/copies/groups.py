"""Articles found to be copies -> the groups they are in and which article leads each; written once, at the end.

A group whose earliest article comes last would otherwise be stored anew with each of its articles.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.store import ArticleStore

_Place = tuple[int, int, int]
"""When an article was published, the rank of its source, its id: the least one of a group leads."""


@dataclass(slots=True, eq=False)
class _Group:
    """The articles of a group, by id, and which of them leads."""

    places: dict[int, _Place]
    leader: int


class Groups:
    """The groups of a store while changes are looked at, within one transaction; `store` writes what became of them."""

    def __init__(self, store: ArticleStore, ranks: Mapping[str, int]) -> None:
        self._store = store
        self._ranks = ranks
        self._of: dict[int, _Group] = {}
        self._changed = set[int]()  # an article of each group that changed

    def leader(self, id: int) -> int:
        """Return who leads the group of an article: itself where it has no copies."""
        return self._group(id).leader

    def members(self, id: int) -> Sequence[int]:
        """Return the articles of a group, of which `id` is one."""
        return [*self._group(id).places]

    def leave(self, id: int) -> None:
        """Take an article out of its group; the rest get a leader of their own."""
        group = self._group(id)
        if len(group.places) < 2:
            return
        self._of[id] = _Group({id: group.places.pop(id)}, id)
        if group.leader == id:
            group.leader = _earliest(group.places)
        self._changed |= {id, group.leader}

    def join(self, id: int, others: Sequence[int]) -> None:
        """Merge the groups of some articles into one."""
        for other in others:
            one, two = self._group(id), self._group(other)
            if one is two:
                continue
            larger, smaller = (one, two) if len(one.places) >= len(two.places) else (two, one)
            larger.places |= smaller.places
            self._of |= dict.fromkeys(smaller.places, larger)
            larger.leader = min(one.leader, two.leader, key=larger.places.__getitem__)
            self._changed.add(id)

    def store(self) -> set[int]:
        """Write the groups that changed, and forget all; return the articles that have another place than before."""
        moved = set[int]()
        for leader, group in {self._of[id].leader: self._of[id] for id in self._changed}.items():
            moved |= self._store.copies.lead(leader, group.places)
        self._of, self._changed = {}, set()
        return moved

    def _group(self, id: int) -> _Group:
        found = self._of.get(id)
        if found is None:
            listed = self._store.copies.listed(id)
            places = {one: (at, self._ranks.get(source, len(self._ranks)), one) for one, at, source in listed}
            found = _Group(places, _earliest(places))
            self._of |= dict.fromkeys(places, found)
        return found


def _earliest(places: Mapping[int, _Place]) -> int:
    return min(places, key=places.__getitem__)

"""Articles found to be copies -> the groups they are in and which article leads each; written once, at the end.

A group whose earliest article comes last would otherwise be stored again with each of its articles.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from corpus.store import ArticleStore
from corpus.store.articles.copies import Listed


class Place(NamedTuple):
    """Where an article stands in the order of publication, in which groups are made."""

    at: int
    rank: int  # of its source in the configuration
    url: str  # no order of arrival decides between two articles of one moment
    id: int


class Groups:
    """The groups of a store while changes are looked at, within one transaction; `store` writes what became of them."""

    def __init__(self, store: ArticleStore, ranks: Mapping[str, int]) -> None:
        self._store = store
        self._ranks = ranks
        self._places: dict[int, Place] = {}
        self._leader: dict[int, int] = {}
        self._followers: dict[int, set[int]] = {}
        self._changed = set[int]()

    def place(self, id: int) -> Place:
        """Return where an article stands in the order of publication."""
        self._read(id)
        return self._places[id]

    def leader(self, id: int) -> int:
        """Return who leads the group of an article: itself where it has no copies."""
        self._read(id)
        return self._leader[id]

    def members(self, id: int) -> set[int]:
        """Return the articles of a group, of which `id` is one."""
        leader = self.leader(id)
        return {leader, *self._followers.get(leader, ())}

    def is_in_order(self, id: int) -> bool:
        """Whether no article of its group stands before its leader."""
        leader = self.leader(id)
        return all(self._places[leader] <= self._places[member] for member in self.members(id))

    def leave(self, id: int) -> set[int]:
        """Take an article out of its group; return those that it led, each of which then is alone."""
        leader = self.leader(id)
        followers = self._followers.pop(id, set())
        if leader != id:
            self._followers.get(leader, set()).discard(id)
        for one in followers | {id}:
            self._leader[one] = one
        self._changed |= followers | {id}
        return followers

    def follow(self, id: int, leader: int) -> None:
        """Make an article that is alone, or leads others, follow a leader; those that it led come along."""
        moved = self._followers.pop(id, set()) | {id}
        self._followers.setdefault(leader, set()).update(moved)
        self._leader |= dict.fromkeys(moved, leader)
        self._changed |= moved

    def store(self) -> set[int]:
        """Write the groups that changed, and forget all; return the articles that have another place than before."""
        moved = self._store.copies.lead({id: self._leader[id] for id in sorted(self._changed)})
        self._places, self._leader, self._followers, self._changed = {}, {}, {}, set()
        return moved

    def read(self, ids: Iterable[int]) -> None:
        """Read the groups of many articles at once, most of which have no copies."""
        for one in self._store.copies.alone([id for id in ids if id not in self._places]):
            self._put(one, one.id)

    def _read(self, id: int) -> None:
        if id in self._places:
            return
        leader, listed = self._store.copies.listed(id)
        for one in listed:
            self._put(one, leader)
        if len(listed) > 1:
            self._followers[leader] = {one.id for one in listed} - {leader}

    def _put(self, one: Listed, leader: int) -> None:
        self._places[one.id] = Place(one.at, self._ranks.get(one.source, len(self._ranks)), one.url, one.id)
        self._leader[one.id] = leader

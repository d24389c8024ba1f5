"""Articles whose texts are new or changed -> the groups of copies they belong to, whatever the order of arrival.

In the order of publication an article is a copy of the likest earlier article that is no copy itself; where none is
like it, it may lead. An article that begins or ceases to lead has those after it looked at again, each once.
"""

import heapq
from collections.abc import Iterator, Mapping, Sequence

from corpus.copies.groups import Groups, Place
from corpus.copies.likeness import FEWEST, MOST_COMPARED, SIZES, Likeness
from corpus.copies.shingles import density, sketch
from corpus.store import ArticleStore
from corpus.store.articles.copies import Candidate

LIKELY = 0.25  # of the hashes that the shorter text would share if all of it stood in the longer one
MOST_HINTS = 20  # articles that may have copies of one text that lost its leader


class Placing:
    """The articles that are to be placed, the earliest first."""

    def __init__(
        self, store: ArticleStore, groups: Groups, likeness: Likeness, said: Mapping[str, Mapping[str, bool]]
    ) -> None:
        self._store = store
        self._groups = groups
        self._likeness = likeness
        self._said = said  # of the copies of an address, by a person
        self._queue: list[Place] = []
        self._hints: dict[int, list[list[int]]] = {}  # by article that is in the queue: who may lead it
        self._new: dict[int, str | None] = {}  # and the fingerprint of a text that has no sketch yet
        self._sketches: dict[
            int, tuple[list[int], int]
        ] = {}  # of texts that were taken in, with their shingles' number
        self._by_hand: set[int] | None = None  # see `_joined`; None: not read so far

    def take_in(self, id: int, fingerprint: str | None) -> None:
        """Place an article whose text is new or changed; None: its sketch is stored."""
        self._new[id] = fingerprint
        self._sketch(id)
        family = [id]
        self._add(id, [])
        for one in self._groups.leave(id):
            self._add(one, family)
        for other, _ in self._others(id):
            if self._groups.place(other) > self._groups.place(id):
                self._add(other, family)

    def take_out(self, id: int) -> None:
        """Place those that an article led, which has no text any more."""
        family: list[int] = []
        for one in self._groups.leave(id):
            self._add(one, family)

    def settle(self) -> None:
        """Decide for each article in the queue, and for those after it whose place depends on it."""
        self._store.copies.sketches.look_for([hashes for hashes, _ in self._sketches.values()])
        while self._queue:
            id = heapq.heappop(self._queue).id
            self._decide(id)
            self._hints.pop(id, None)
            self._new.pop(id, None)

    def _add(self, id: int, family: list[int]) -> None:
        if id not in self._hints:
            self._hints[id] = []
            heapq.heappush(self._queue, self._groups.place(id))
        self._hints[id].append(family)

    def _decide(self, id: int) -> None:
        groups, before = self._groups, self._groups.leader(id)
        likely = self._likely(id)
        head = self._head(id, likely)
        if head is None:
            if before != id:
                groups.leave(id)
            for family in self._hints[id]:
                if id not in family and len(family) < MOST_HINTS:
                    family.append(id)
            if before != id or id in self._new:
                self._look_at_later(id, likely)
        elif (leader := groups.leader(head)) != before:
            followers = groups.members(id) - {id} if before == id else set()
            if followers and self._likeness.are_identical(id, head):
                groups.follow(id, leader)  # those that it led are as like the one as the other
                return
            family = [leader, id] if id in self._joined() else [leader]
            groups.leave(id)
            groups.follow(id, leader)
            for one in followers:
                self._add(one, family)

    def _likely(self, id: int) -> list[int]:
        """Return the articles whose sketches share enough with a text's, the likest first; the text gets a sketch."""
        found, shingles = self._sketches.get(id) or self._sketch(id)
        if shingles < FEWEST:
            if id in self._new:
                self._store.copies.forget(id)
            return []
        fingerprint = self._new.get(id)
        candidates = self._store.copies.candidates(found, id)
        if fingerprint is not None:
            self._store.copies.remember(id, fingerprint, found, shingles, at=self._groups.place(id).at)
        return [each.article for each in candidates if _is_likely(each, shingles)]

    def _sketch(self, id: int) -> tuple[list[int], int]:
        """Return the sketch of a text, and how many shingles it has; none of an article that is damaged."""
        hashes = self._likeness.texts.hashes([id]).get(id)
        self._sketches[id] = found = ([], 0) if hashes is None else (sketch(hashes), len(hashes))
        return found

    def _head(self, id: int, likely: Sequence[int]) -> int | None:
        """Return the earlier article of which a text is a copy. What a person said stands above what texts say."""
        groups, place = self._groups, self._groups.place(id)
        said = [(other, same) for other, same in self._others(id) if groups.place(other) < place]
        joined = [other for other, same in said if same and groups.place(groups.leader(other)) < place]
        if joined:
            return min(joined, key=lambda other: groups.place(groups.leader(other)))
        apart = {other for other, same in said if not same}
        hints = (one for family in self._hints[id] for one in family)
        heads = dict.fromkeys(head for one in [*likely, *hints] for head in self._heads(one) if head != id)
        earlier = [
            head
            for head in heads
            if groups.place(head) < place
            and groups.place(groups.leader(head)) < place
            and not (apart and apart & groups.members(head))
        ]
        shares = self._likeness.shares(id, earlier)
        for tried, other in enumerate(sorted(shares, key=lambda other: (-shares[other], groups.place(other)))):
            if tried == MOST_COMPARED:
                self._likeness.bounded.add(id)
                break
            if shares[other] == 1 or self._likeness.tell_the_same(other, id):
                return other
        return None

    def _heads(self, id: int) -> Iterator[int]:
        """Yield the articles of which a text may be a copy if it is like another one: who leads that, or soon may."""
        leader = self._groups.leader(id)
        yield leader
        if id in self._joined():
            yield id
        for family in self._hints.get(leader, ()):
            yield from family

    def _look_at_later(self, id: int, likely: Sequence[int]) -> None:
        """Have those articles decided anew that may be copies of one that begins to lead."""
        groups, place = self._groups, self._groups.place(id)
        leaders = dict.fromkeys(groups.leader(one) for one in likely)
        later = [one for one in dict.fromkeys([*leaders, *likely]) if groups.place(one) > place]
        shares = self._likeness.shares(id, later)
        tried, near = 0, set[int]()
        order = sorted(shares, key=lambda one: (groups.leader(one) != one, -shares[one], groups.place(one)))
        for one in order:
            if groups.leader(one) in near:
                continue  # it is decided anew when its leader follows
            if shares[one] < 1:
                if tried == MOST_COMPARED:
                    self._likeness.bounded.add(id)
                    break
                tried += 1
                if not self._likeness.tell_the_same(id, one):
                    continue
            near.add(one)
            self._add(one, [id])

    def _others(self, id: int) -> Iterator[tuple[int, bool]]:
        """Yield the articles of which a person said that they are copies of an article, or are none."""
        for url, same in self._said.get(self._groups.place(id).url, {}).items():
            other = self._store.by_url(url)
            if other is not None and other.withdrawn is None and other.id != id:
                yield other.id, same

    def _joined(self) -> set[int]:
        """Return the articles that a person said are copies of others: their texts may be unlike their leader's."""
        if self._by_hand is None:
            urls = [url for url, others in self._said.items() if any(others.values())]
            found = (self._store.by_url(url) for url in urls)
            self._by_hand = {one.id for one in found if one is not None and one.withdrawn is None}
        return self._by_hand


def _is_likely(other: Candidate, shingles: int) -> bool:
    """Whether the share of hashes that two sketches have in common is worth a comparison of the texts."""
    fewer, more = sorted((shingles, other.shingles))
    return fewer >= SIZES * more and other.shared >= LIKELY * fewer * density(more)

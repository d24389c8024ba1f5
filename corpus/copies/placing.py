"""Articles whose texts are new or changed -> the groups of copies they belong to, whatever came before.

In the order of publication an article is a copy of the likest earlier article that is no copy itself; where none is
like it, it may lead. So its place depends on the articles before it, and of these on those alone that lead and on those
that a person put into a group: who begins or ceases to be one of them has the articles after it decided again, once.
"""

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence

from corpus.copies.groups import Groups, Place
from corpus.copies.similarity import FEWEST, MOST_COMPARED, Similarity, is_likely
from corpus.copies.sketching import ENOUGH, deeper, room, sketch_of
from corpus.store import ArticleStore
from corpus.store.sketches.form import Sketch

MOST_LIKELY = 200  # texts that lead to those that may be copies
MOST_LEADING = 50  # articles whose texts are compared with a text, those first that share the rarest hashes


class Placing:
    """The articles that are to be placed, the earliest first."""

    def __init__(
        self, store: ArticleStore, groups: Groups, similarity: Similarity, said: Mapping[str, Mapping[str, bool]]
    ) -> None:
        self._store = store
        self._groups = groups
        self._similarity = similarity
        self._said = said  # of the copies of an address, by a person
        self._queue: list[Place] = []
        self._queued = set[int]()
        self._new: dict[int, str | None] = {}  # and the fingerprint of a text that has no sketch yet
        self._freed = set[int]()  # those in the queue that lost their leader, and did not lead before
        self._passed: dict[int, set[int]] = {}  # an article -> those that may lead it, and left its copies to it
        self._sketches: dict[int, Sketch] = {}  # of texts that were taken in
        self._hidden = set[int]()  # those that no later copy finds, or that are like more texts than are looked at
        self._by_hand: set[int] | None = None  # see `_joined`; None: not read so far

    def take_in(self, id: int, fingerprint: str | None) -> None:
        """Place an article whose text is new or changed; None: its sketch is stored."""
        self._new[id] = fingerprint
        self._sketch(id)
        self._add(id)
        self.take_out(id)

    def take_out(self, id: int) -> None:
        """Place those whose place depends on an article that has no text any more, or another one."""
        members = self._groups.members(id) if self._is_said_of(id) else set[int]()
        self._free(self._groups.leave(id))
        self.look_again(members - {id})
        self.look_again(other for other, _ in self._others(id))  # the article may have stood before each

    def look_again(self, ids: Iterable[int]) -> None:
        """Decide again for articles whose texts are as they were."""
        for id in ids:
            self._add(id)

    def settle(self) -> None:
        """Decide for each article in the queue, and for those after it whose place depends on it."""
        self._store.copies.sketches.look_for([each.hashes for each in self._sketches.values()])
        while self._queue:
            id = heapq.heappop(self._queue).id
            self._queued.discard(id)
            self._decide(id)
            self._new.pop(id, None)
            self._freed.discard(id)

    def _add(self, id: int) -> None:
        if id not in self._queued:
            self._queued.add(id)
            heapq.heappush(self._queue, self._groups.place(id))

    def _free(self, ids: Iterable[int]) -> None:
        for id in ids:
            self._freed.add(id)
            self._add(id)

    def _decide(self, id: int) -> None:
        groups, before = self._groups, self._groups.leader(id)
        likely = self._likely(id)
        passed = sorted(self._passed.get(id, ()), key=groups.place)  # it may not find them: too many have their hashes
        head = self._head(id, [*passed, *likely])
        leader = id if head is None else groups.leader(head)
        if leader == id and id in self._hidden:
            self._similarity.bounded.add(id)
        self._passed.pop(id, None)
        if leader == id and passed:  # as a person parted it from them
            self.look_again(groups.members(id) - {id})
        if leader == before and id not in self._new and id not in self._freed:
            return
        if leader == id:
            if before != id:
                groups.leave(id)
        elif leader != before:
            followers = groups.members(id) - {id} if before == id else set()
            is_alone = {leader}.issuperset(passed)
            if followers and head == leader and is_alone and self._similarity.are_identical(id, leader):
                groups.follow(id, leader)  # those that it led are as like the one as the other
            else:
                groups.leave(id)
                groups.follow(id, leader)
                self._free(followers)
        if leader == id or id in self._joined():
            self._look_at_later(id, likely)
        self.look_again(other for other, _ in self._others(id) if groups.place(other) > groups.place(id))

    def _likely(self, id: int) -> list[int]:
        """Return the articles whose sketches share enough with a text's, the likest first; the text gets a sketch."""
        sketch, copies = self._sketches.get(id) or self._sketch(id), self._store.copies
        shingles, fingerprint = sketch.shingles, self._new.get(id)
        if shingles < FEWEST:
            if id in self._new:
                copies.forget(id)
            return []
        found = room(sketch, copies.crowded(sketch.hashes))
        if found < ENOUGH and (hashes := self._similarity.texts.hashes([id]).get(id)) is not None:
            sketch, found = deeper(sketch, hashes, copies.crowded), max(found, ENOUGH / 2)
        candidates = copies.candidates(sketch, id)
        if fingerprint is not None:
            copies.remember(id, fingerprint, sketch, at=self._groups.place(id).at)
        listed = len(sketch.hashes) + len(sketch.further) - candidates.hidden
        if candidates.hidden and not is_likely(listed, shingles, shingles):
            self._hidden.add(id)
        likely = [each.article for each in candidates.found if is_likely(each.shared, shingles, each.shingles, found)]
        if len(likely) > MOST_LIKELY:
            self._hidden.add(id)
        self._groups.read(likely[:MOST_LIKELY])
        return likely[:MOST_LIKELY]

    def _sketch(self, id: int) -> Sketch:
        """Return the sketch of a text; an empty one of an article that is damaged."""
        hashes = self._similarity.texts.hashes([id]).get(id)
        self._sketches[id] = found = Sketch() if hashes is None else sketch_of(hashes)
        return found

    def _head(self, id: int, likely: Sequence[int]) -> int | None:
        """Return the earlier article of which a text is a copy. What a person said stands above what texts say."""
        groups, place = self._groups, self._groups.place(id)
        said = [(other, same) for other, same in self._others(id) if groups.place(other) < place]
        joined = [other for other, same in said if same]
        if joined:
            return min(joined, key=lambda other: groups.place(groups.leader(other)))
        apart = {other for other, same in said if not same}
        heads = dict.fromkeys(head for one in likely for head in self._heads(one))
        earlier = [
            head for head in heads if groups.place(head) < place and not (apart and apart & groups.members(head))
        ]
        shares = self._similarity.shares(id, self._most(id, earlier))
        for tried, other in enumerate(sorted(shares, key=lambda other: (-shares[other], groups.place(other)))):
            if tried == MOST_COMPARED:
                self._similarity.bounded.add(id)
                break
            if shares[other] == 1 or self._similarity.tell_the_same(other, id):
                return other
        return None

    def _heads(self, id: int) -> Iterator[int]:
        """Yield the articles of which a text may be a copy if it shares hashes with one: found by any of a group."""
        yield self._groups.leader(id)
        if id in self._joined():
            yield id

    def _most(self, id: int, others: list[int]) -> list[int]:
        if len(others) > MOST_LEADING:
            self._similarity.bounded.add(id)
        return others[:MOST_LEADING]

    def _look_at_later(self, id: int, likely: Sequence[int]) -> None:
        """Have those articles decided again that may be copies of one that begins to lead."""
        groups, place = self._groups, self._groups.place(id)
        leaders = dict.fromkeys(groups.leader(one) for one in likely)
        near = set(self._like(id, [one for one in leaders if groups.place(one) > place]))
        others = [one for one in likely if one not in leaders and groups.place(one) > place]
        near.update(self._like(id, [one for one in others if groups.leader(one) not in near | {id}]))
        for one in near:
            self._passed.setdefault(one, set()).add(id)  # its copies are decided again when it follows
        self.look_again(near)

    def _like(self, id: int, others: list[int]) -> Iterator[int]:
        """Yield those later articles that may be copies of one, if they are of none that is likelier."""
        shares = self._similarity.shares(id, self._most(id, others))
        tried = 0
        for one in sorted(shares, key=lambda one: (-shares[one], self._groups.place(one))):
            if shares[one] < 1:
                if tried == MOST_COMPARED:
                    self._similarity.bounded.add(id)
                    break
                tried += 1
                if not self._similarity.tell_the_same(id, one):
                    continue
            yield one

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

    def _is_said_of(self, id: int) -> bool:
        """Whether a person said of an article, which may be gone, that it is a copy of another one."""
        return bool(self._said) and any(self._said.get(self._groups.place(id).url, {}).values())

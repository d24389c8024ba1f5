"""A text and others -> which of them it is a copy of: those that share most of it, and tell of the same facts."""

from collections.abc import Sequence

from corpus.copies.facts import tells_otherwise
from corpus.copies.shingles import Hashes, containment, density, sketch
from corpus.copies.texts import Texts

SAME = 0.6  # of the shorter text's shingles; a rewritten wire story shares more, two reports of a match less than 0.4
FEWEST = 30  # shingles: a notice of three lines is like many others by chance
LIKELY = 0.25  # of the hashes of a sketch that the shorter text would share if all of it stood in the longer one
SIZES = 0.2  # a text five times as long that quotes a brief is no copy of it
MOST_COMPARED = 8  # texts whose facts are compared with those of a text, 2 ms each: a form has thousands like it
REMEMBERED = 100_000  # pairs whose facts were compared


class Similarity:
    """What was found out of pairs of texts; `bounded` are those that are like more texts than were looked at."""

    def __init__(self, texts: Texts) -> None:
        self.texts = texts
        self.bounded = set[int]()
        self._facts: dict[tuple[int, int], bool] = {}
        self._compared = set[int]()  # the articles of these pairs

    def forget(self, ids: Sequence[int]) -> None:
        """Read and compare the texts of articles again: they changed."""
        for id in ids:
            self.texts.forget(id)
        if gone := self._compared.intersection(ids):  # few are: nearly all that changes is new
            self._facts = {pair: same for pair, same in self._facts.items() if gone.isdisjoint(pair)}
            self._compared -= gone

    def shares(self, id: int, others: Sequence[int]) -> dict[int, float]:
        """Return those texts that have enough of a text's shingles for a copy, with the share.

        Their sketches alone must lead from one to the other: what was found by a third text would depend on that one.
        """
        if not others:
            return {}
        found = self.texts.hashes([id, *others])
        own = found.pop(id, None)
        shares = {} if own is None else {other: _share(own, hashes) for other, hashes in found.items()}
        return {
            other: share
            for other, share in shares.items()
            if share >= SAME and own is not None and _have_likely_sketches(own, found[other])
        }

    def are_identical(self, one: int, other: int) -> bool:
        """Whether two texts have the same shingles."""
        found = [hashes.tobytes() for hashes in self.texts.hashes([one, other]).values()]
        return len(found) == 2 and found[0] == found[1]

    def tell_the_same(self, earlier: int, later: int) -> bool:
        """Whether two texts that share most of their sentences tell of the same facts in them."""
        pair = (earlier, later)
        found = self._facts.get(pair)
        if found is None:
            one, other = self.texts.words(earlier), self.texts.words(later)
            found = one is not None and other is not None and not tells_otherwise(one, other)
            if len(self._facts) >= REMEMBERED:
                self._facts.clear()
                self._compared.clear()
            self._facts[pair] = found
            self._compared.update(pair)
        return found


def _share(one: Hashes, other: Hashes) -> float:
    fewer, more = sorted((len(one), len(other)))
    return containment(one, other) if fewer >= FEWEST and fewer >= SIZES * more else 0.0


def is_likely(shared: int, shingles: int, others: int, found: float = 1.0) -> bool:
    """Whether two texts, of so many shingles each, share enough hashes of their sketches to be worth a comparison.

    `found`: the share of hashes by which every text is found that has them.
    """
    fewer, more = sorted((shingles, others))
    return fewer >= SIZES * more and shared >= LIKELY * fewer * density(more) * found


def _have_likely_sketches(one: Hashes, other: Hashes) -> bool:
    return is_likely(len({*sketch(one)}.intersection(sketch(other))), len(one), len(other))

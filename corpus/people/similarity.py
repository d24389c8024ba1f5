"""Two folded names -> the evidence that one person has both, in a sentence; None when there is no evidence.

"mayank-chhaya" and "mayank-chayya" sound alike, "m-okafor" is an initial, "muller" and "mueller" are one letter
written two ways, "li-wei" and "wei-li" one name in two orders.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.texts import text

SHORTEST = 8  # letters of a key; shorter names differ by a letter and are two people

# One sound written in several ways, the longer spelling first: German, Scandinavian, Slavic, Arabic, Indian names.
_SPELLINGS = tuple(
    (long, short)
    for long, short in (
        pair.split(">")
        for pair in (
            "ae>a oe>o ue>u aa>a ss>s tsch>ch sch>sh tch>ch dj>j ou>u oo>u ee>i iy>i yi>i ii>i ij>i y>i ks>x kh>h"
            " ph>f w>v ck>k q>k dh>d th>t bh>b gh>g"
        ).split()
    )
)
_DOUBLED = re.compile(r"(.)\1+")


@dataclass(frozen=True, slots=True)
class Similarity:
    """Why one person may have both names: a sentence, and the weight of the evidence, 0 to 1."""

    why: str
    weight: float


def similarity(one: str, other: str) -> Similarity | None:
    """Return the similarity of two folded names; None when they are not alike."""
    a, b = one.split("-"), other.split("-")
    if sorted(a) == sorted(b):
        return Similarity(text("the same names in another order"), 0.9)
    if _umlauts(one) == _umlauts(other):
        return Similarity(text("the same letters written out: ae, oe, ue"), 0.95)
    if a[-1] == b[-1] and _initials(a[:-1], b[:-1]):
        return Similarity(text("one has initials where the other has names"), 0.7)
    if a[0] == b[0] and a[-1] == b[-1] and len(a[0]) > 1 and _within(a, b):
        return Similarity(text("one leaves out a middle name"), 0.8)
    if sound(one) == sound(other):
        return Similarity(text("the same sounds in another spelling"), 0.85)
    return _slip(a, b) if min(len(one), len(other)) >= SHORTEST else None


@lru_cache(1024)  # a name is compared with up to MOST_ALIKE others in a row
def sound(key: str) -> str:
    """Return a key with every sound in one spelling: "chhaya" and "chayya" are one, "mueller" is "muller"."""
    for long, short in _SPELLINGS:
        if long in key:
            key = key.replace(long, short)
    return _DOUBLED.sub(r"\1", key)


def _umlauts(key: str) -> str:
    return key.replace("ae", "a").replace("oe", "o").replace("ue", "u").replace("ss", "s")


def _slip(a: Sequence[str], b: Sequence[str]) -> Similarity | None:
    """Two names alike but for one or two letters of one of their parts."""
    if len(a) != len(b):
        return None
    unlike = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
    if len(unlike) != 1 or min(len(part) for part in unlike[0]) < 4:
        return None
    one, other = unlike[0]
    edits = distance(one, other)
    if edits == 1:
        return Similarity(text('spelled alike but for one letter: "{one}", "{other}"', one=one, other=other), 0.7)
    if edits == 2 and (min(map(len, unlike[0])) >= 7 or set(unlike[0][0]) == set(unlike[0][1])):
        return Similarity(text('spelled alike but for two letters: "{one}", "{other}"', one=one, other=other), 0.6)
    return None


def _initials(one: Sequence[str], other: Sequence[str]) -> bool:
    if not one or len(one) != len(other):
        return False
    pairs = list(zip(one, other, strict=True))
    return one != other and all(a == b or (1 in (len(a), len(b)) and a[0] == b[0]) for a, b in pairs)


def _within(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether the parts of the shorter name stand in the longer one, in order."""
    short, long = sorted((one, other), key=len)
    rest = iter(long)
    return len(short) < len(long) and all(part in rest for part in short)


def distance(one: str, other: str) -> int:
    """Return how many letters are added, left out, changed or swapped with a neighbour; more than 2 is 3."""
    if abs(len(one) - len(other)) > 2:
        return 3
    if sum(abs(one.count(letter) - other.count(letter)) for letter in {*one, *other}) > 4:
        return 3
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, start=1):
        current = [at]
        for there, character in enumerate(other, start=1):
            best = min(row[there] + 1, current[-1] + 1, row[there - 1] + (letter != character))
            if at > 1 and there > 1 and letter == other[there - 2] and one[at - 2] == character:
                best = min(best, before[there - 2] + 1)
            current.append(best)
        before, row = row, current
    return min(row[-1], 3)

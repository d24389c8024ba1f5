"""Where words stand as a phrase, or near each other, given the positions of each."""

from collections import Counter
from collections.abc import Mapping, Sequence


def stands(words: Sequence[str], places: Mapping[str, Sequence[int]], slop: int = 0) -> list[tuple[int, int]]:
    """Return the spans of positions [first, last + 1) where the words stand, in order of their beginning.

    Without slop, one after the other. With it, all of them in any order within len(words) + slop positions;
    a word asked for twice must stand there twice. Of overlapping spans the shortest are given.

    Args:
        words: At least one.
        places: Word -> its positions in one field of one article, ascending.
        slop: As in Phrase (indexer/contract/values.py).
    """
    if any(word not in places for word in words):
        return []
    return _near(words, places, len(words) + slop) if slop else _in_order(words, places)


def _in_order(words: Sequence[str], places: Mapping[str, Sequence[int]]) -> list[tuple[int, int]]:
    starts = set(places[words[0]])
    for offset, word in enumerate(words[1:], 1):
        starts &= {place - offset for place in places[word]}
    return [(start, start + len(words)) for start in sorted(starts)]


def _near(words: Sequence[str], places: Mapping[str, Sequence[int]], size: int) -> list[tuple[int, int]]:
    standing = sorted((place, word) for word in set(words) for place in places[word])
    lacking = Counter(words)
    missing = len(words)
    found: list[tuple[int, int]] = []
    left = 0
    for place, word in standing:
        missing -= lacking[word] > 0
        lacking[word] -= 1
        while not missing:  # the shortest window that ends here
            first, leaving = standing[left]
            lacking[leaving] += 1
            missing += lacking[leaving] > 0
            left += 1
            if missing and place - first < size:
                found.append((first, place + 1))
    return found

"""A form of Chinese characters -> the forms it is in the writings of the mainland, Taiwan, Hong Kong and Japan.

Two characters are one in two writings when both stand for the same traditional character. A simplified one may stand
for several, so 发 is 發 and 髮, and each of these is 发, but 發 is not 髮.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from itertools import product

from corpus.copies.chinese import pairs

_FIRST = "\u3400"  # of the characters in the tables
_MOST_CHARACTERS = 4  # of a form with other writings; the index holds them in pairs


def is_chinese(form: str) -> bool:
    """Whether a form may have other writings; false of most, at no price."""
    return form[:1] >= _FIRST


def any_chinese(words: Sequence[str]) -> bool:
    """Whether any of some forms may have other writings."""
    return is_chinese(max(words, default=""))


@lru_cache(maxsize=4096)
def in_all_writings(form: str) -> tuple[str, ...]:
    """Return a form in all writings, first as typed; a form of other characters alone."""
    if not is_chinese(form) or len(form) > _MOST_CHARACTERS:
        return (form,)
    table = _table()
    ways = [(one, *table.get(one, ())) for one in form]
    return tuple(map("".join, product(*ways)))


@cache
def _table() -> Mapping[str, tuple[str, ...]]:
    """Character -> its other writings, in the order of the characters; 4,000 pairs, made in 15 ms when first asked."""
    traditional: dict[str, set[str]] = defaultdict(set)
    for one, other in pairs():
        traditional[other].add(one)
        traditional[one].add(one)
    written: dict[str, set[str]] = defaultdict(set)
    for character, meant in traditional.items():
        for one in meant:
            written[one].add(character)
    every = {one: set().union(*(written[each] for each in meant)) - {one} for one, meant in traditional.items()}
    return {one: tuple(sorted(others)) for one, others in every.items() if others}

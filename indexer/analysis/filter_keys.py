"""A filter's value -> the facet keys it chooses, in whatever writing of Chinese or alphabet of Serbian they stand.

A value that is a key is that key alone: counts and filters beside hits mean one key.
"""

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, islice, product

from corpus.people.names import has_word_from
from indexer.analysis.chinese import any_chinese, in_all_writings
from indexer.contract.facets import FACETS, NONE, FacetName

_JOINED = 4  # letters; fewer are the initials of many
_MOST_WRITINGS = 64  # of a name of which each character has several
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
    wanted = [_latin(way).split("-") for way in ways]
    return frozenset(key for key in keys if any(_holds(_latin(key).split("-"), each) for each in wanted))


def _writings(value: str) -> Iterator[str]:
    """Give a name as it stands, then in the other writings of Chinese."""
    words = value.split("-")
    if not any_chinese(words):
        return iter((value,))
    return map("-".join, islice(product(*map(in_all_writings, words)), _MOST_WRITINGS))


def _latin(key: str) -> str:
    """Return a name in letters of Serbian in its Latin alphabet; any other as it is."""
    return key if key.isascii() else _cached_latin(key)


@lru_cache(maxsize=4096)
def _cached_latin(key: str) -> str:
    plain = key.translate(_LATIN)
    return plain if plain.isascii() else key


def _holds(parts: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether the parts of a name include all wanted parts, in order, or as letters some of them in one.

    O'Brien is `obrien`, and Ó Briain `o-briain`.
    """
    left = iter(parts)
    return all(one in left for one in wanted) or _are_joined(parts, "".join(wanted))


def _are_joined(parts: Sequence[str], wanted: str) -> bool:
    if len(wanted) < _JOINED or wanted not in "".join(parts):
        return False
    ends = [0, *accumulate(map(len, parts))]
    at = "".join(parts).find(wanted)
    while at >= 0:
        if at in ends and at + len(wanted) in ends:
            return True
        at = "".join(parts).find(wanted, at + 1)
    return False

"""A filter's value -> the facet keys it chooses, in whatever writing of Chinese or alphabet of Serbian they stand.

Strokes of Latin letters may be left out. A value that is a key is that key alone: counts and filters beside hits mean
one key.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, product
from math import prod

from corpus.people.names import has_word_from
from indexer.analysis.chinese import any_chinese, in_all_writings
from indexer.analysis.folding import folded
from indexer.contract.facets import FACETS, NONE, FacetName

_JOINED = 4  # letters; fewer are the initials of many
_MOST_WRITINGS = 64  # of a whole name that are looked up one by one; of more, all at once in one pass over the keys
_BEYOND_LATIN = "\u0370"  # letters from here on are none of the Latin alphabet
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
        return frozenset(_begun(value[:-1], keys))
    if FACETS[facet].by_host and "." in value:  # a name without a dot is no host
        return frozenset(key for key in keys if key == value or key.endswith(f".{value.removeprefix('.')}"))
    if value == NONE or value in keys:
        return frozenset({value})
    if written := frozenset(_written(value, keys)):
        return written
    if not FACETS[facet].by_parts:
        return frozenset()
    return frozenset(_including(value, keys))


def _begun(start: str, keys: Iterable[str]) -> Iterator[str]:
    """Give the keys with a word that begins so; the last word of several goes on into the next."""
    plain = _latin(start).replace(".", "-")
    if not any_chinese(plain):
        yield from (key for key in keys if has_word_from(_latin(key).replace(".", "-"), plain))
        return
    # A key of another alphabet has no Chinese character, so none is spelled in Latin.
    lines = "\n".join(["", *keys, ""])
    at = 0
    for found in re.compile(f"[-.\n]{_in_all_writings(plain)}").finditer(lines):
        if found.start() >= at:
            at = lines.index("\n", found.end())
            yield lines[lines.rindex("\n", 0, found.start() + 1) + 1 : at]


def _written(value: str, keys: Collection[str]) -> Iterator[str]:
    """Give the keys that are a name in any writing of Chinese."""
    words = [in_all_writings(word) for word in value.split("-")]
    if prod(map(len, words)) <= _MOST_WRITINGS:
        yield from (way for way in map("-".join, product(*words)) if way in keys)
    else:
        is_written = re.compile(_in_all_writings(value)).fullmatch
        yield from (key for key in keys if is_written(key))


def _in_all_writings(text: str) -> str:
    """Return the expression of a text of which each character stands in any of its writings."""
    return "".join(f"[{''.join(map(re.escape, in_all_writings(one)))}]" for one in text).replace("[\\-]", "[-.]")


def _including(value: str, keys: Collection[str]) -> Iterator[str]:
    """Give the keys that include all words of a name in order, or as letters some words in one.

    All writings are looked for at once: a name may have thousands, and a corpus a hundred thousand keys.
    """
    plain = _latin(value)
    words = [frozenset(in_all_writings(word)) for word in plain.split("-")]
    letters = plain.replace("-", "")
    joined = re.compile(_in_all_writings(letters)) if len(letters) >= _JOINED else None
    for key in keys:
        parts = _latin(key).split("-")
        if _stand_in_order(parts, words) or (
            joined and joined.search("".join(parts)) and any(map(joined.fullmatch, _runs(parts)))
        ):
            yield key


def _latin(key: str) -> str:
    """Return a name of Latin letters without strokes, of Serbian in its Latin alphabet; any other as it is."""
    return key if key.isascii() else _cached_latin(key)


@lru_cache(maxsize=4096)
def _cached_latin(key: str) -> str:
    plain = key.translate(_LATIN)
    if plain.isascii():
        return plain
    return folded(key) if max(key) < _BEYOND_LATIN else key


def _stand_in_order(parts: Sequence[str], words: Sequence[Collection[str]]) -> bool:
    """Whether the parts of a name include all words, each in one of its writings, in order."""
    left = iter(parts)
    return all(any(part in writings for part in left) for writings in words)


def _runs(parts: Sequence[str]) -> Iterator[str]:
    """Give the parts of a name that stand side by side, as one: O'Brien is `obrien`, and Ó Briain `o-briain`."""
    for at in range(len(parts)):
        yield from accumulate(parts[at:])

"""Text blocks that recur on a source's pages -> boilerplate of that source, known by fingerprint.

The store counts the fingerprints of pages (`Extraction.blocks`) per source; fingerprints of many pages come back as
`Page.boilerplate`. No block is dropped as boilerplate when too little of the article would be left.
"""

import re
from collections.abc import Sequence
from hashlib import blake2b

MAX_PRINTS = 1_000  # blocks of one page that are remembered; the rest of such a page repeats itself
MIN_CHARACTERS = 16  # letters, digits and spaces; shorter texts recur in stories too
MAX_SHARE = 0.4  # of the article's text: when more of it recurs, the blocks are copies of the article

_NUMBER = re.compile(r"\d+")
_BREAK = re.compile(r"[^\w\n]+")


def fingerprint(text: str) -> int | None:
    """Return 64 bits (signed, as SQLite keeps them) of a text's words, whatever its numbers; None: too short."""
    return _print(_plain(text).strip())


def fingerprints(texts: Sequence[str]) -> tuple[int, ...]:
    """Return the fingerprints of a page's blocks, in their order, without repeats."""
    found: dict[int, None] = {}
    for words in _plain("\n".join(text.replace("\n", " ") for text in texts)).split("\n"):
        mark = _print(words.strip())
        if mark is not None:
            found[mark] = None
            if len(found) >= MAX_PRINTS:
                break
    return tuple(found)


def recurring(texts: Sequence[str], chosen: Sequence[int], boilerplate: frozenset[int]) -> frozenset[int]:
    """Return the chosen blocks that are the source's boilerplate; none when they are most of the article."""
    if not boilerplate:
        return frozenset()
    found = frozenset(n for n in chosen if fingerprint(texts[n]) in boilerplate)
    whole = sum(len(texts[n]) for n in chosen)
    return found if sum(len(texts[n]) for n in found) <= MAX_SHARE * whole else frozenset()


def _plain(text: str) -> str:
    return _BREAK.sub(" ", _NUMBER.sub("0", text.casefold()))


def _print(words: str) -> int | None:
    if len(words) < MIN_CHARACTERS:
        return None
    return int.from_bytes(blake2b(words.encode("utf-8", "replace"), digest_size=8).digest(), "big", signed=True)

"""Text blocks that recur on a source's pages -> boilerplate of that source, known by fingerprint.

The store counts the fingerprints of pages (`Extraction.blocks`) per source; fingerprints of many pages come back as
`Page.boilerplate`. No block is dropped as boilerplate when too little of the article would be left.
"""

from collections.abc import Sequence
from hashlib import blake2b
from itertools import compress, repeat
from operator import eq

import numpy as np
from numpy.typing import NDArray

from crawler.body.plane import answers
from crawler.markup.compiled import installed
from crawler.text import text_length
from crawler.values import Trimmable

MAX_PRINTS = 1_000  # blocks of one page that are remembered; the rest of such a page repeats itself
MIN_CHARACTERS = 16  # letters, digits and spaces; shorter texts recur in stories too
MAX_SHARE = 0.4  # of the article's text: when more of it recurs, the blocks are copies of the article
MAX_REMEMBERED = 4_096  # texts whose fingerprints are remembered: the pages of a site share menus, teasers and foot
REMEMBERED_SIZE = 300  # characters of such a text; a longer one is a story's, rarely seen again

_UNKNOWN = 0  # a text whose fingerprint is 0, one of 2**64, is looked at each time
_remembered: dict[str, int | None] = {}
_BREAK, _WORD, _DIGIT = range(3)  # what a character is; a line break stands as part of a word


def _kind(character: str) -> int:
    if character.isdecimal():
        return _DIGIT
    return _WORD if character.isalnum() or character in "_\n" else _BREAK


def _kinds() -> NDArray[np.uint8]:
    """What each character of the basic plane is, as `_kind` says of one."""
    table = answers(str.isalnum) * np.uint8(_WORD)
    table[answers(str.isdecimal)] = _DIGIT
    table[[ord("_"), ord("\n")]] = _WORD
    return table


_KINDS = _kinds()
_KINDS_AS_BYTES = _KINDS.tobytes()


def fingerprint(text: str) -> int | None:
    """Return 64 bits (signed, as SQLite keeps them) of a text's words, whatever its numbers; None: too short."""
    return _print(_plain(text).strip())


def fingerprints(texts: Sequence[str]) -> tuple[int, ...]:
    """Return the fingerprints of a page's blocks, in their order, without repeats."""
    return tuple([mark for mark in dict.fromkeys(_prints(texts)) if mark is not None][:MAX_PRINTS])


def recurring(texts: Sequence[str], chosen: Sequence[int], boilerplate: frozenset[int]) -> frozenset[int]:
    """Return the chosen blocks that are the source's boilerplate; none when they are most of the article."""
    if not boilerplate:
        return frozenset()
    marks = zip(chosen, _prints([texts[n] for n in chosen]), strict=True)
    found = frozenset(n for n, mark in marks if mark in boilerplate)
    whole = sum(len(texts[n]) for n in chosen)
    return found if sum(len(texts[n]) for n in found) <= MAX_SHARE * whole else frozenset()


def without_recurring(
    texts: Sequence[tuple[str, Trimmable | None]], boilerplate: frozenset[int]
) -> list[tuple[bool, str | None]]:
    """Return of each stored text whether it holds blocks of its source's boilerplate, and as `trimmed` gives it."""
    found = list[tuple[bool, str | None]]()
    for body, allowed in texts:
        holds = not boilerplate.isdisjoint(fingerprints(body.split("\n\n")))
        found.append((holds, trimmed(body, allowed, boilerplate) if holds and allowed else None))
    return found


def trimmed(body: str, allowed: Trimmable, boilerplate: frozenset[int]) -> str | None:
    """Return a text as a reading without its source's boilerplate would give it; None: only a reading can say.

    Args:
        body: As it was read; what was left out of it then is part of `boilerplate`.
    """
    paragraphs = body.split("\n\n")
    stay = [text for text, mark in zip(paragraphs, _prints(paragraphs), strict=True) if mark not in boilerplate]
    whole = sum(map(len, paragraphs)) + allowed.left_out
    if whole - sum(map(len, stay)) > MAX_SHARE * whole or sum(map(text_length, stay)) < allowed.letters:
        return None
    return "\n\n".join(stay)


def _prints(texts: Sequence[str]) -> list[int | None]:
    """Return the fingerprint of each text; those not remembered are looked at together, a text as one line."""
    marks = [*map(_remembered.get, texts, repeat(_UNKNOWN))]
    if _UNKNOWN not in marks:
        return marks
    new = [*dict.fromkeys(compress(texts, map(eq, marks, repeat(_UNKNOWN))))]
    has_lines = "\n" in "".join(new)
    lines = [text.replace("\n", " ") for text in new] if has_lines else new
    found = dict(zip(new, _prints_of(lines), strict=True))
    if len(_remembered) > MAX_REMEMBERED:
        _remembered.clear()
    _remembered.update(compress(found.items(), map(REMEMBERED_SIZE.__ge__, map(len, found))))
    return [*map(found.get, texts, marks)]


def _prints_of(lines: list[str]) -> list[int | None]:
    """Return the fingerprint of each of some lines, all looked at together."""
    kernel = installed()
    if kernel is None:
        return [_print(words.strip()) for words in _plain("\n".join(lines)).split("\n")]
    made = kernel.prints([*map(str.casefold, lines)], _KINDS_AS_BYTES, MIN_CHARACTERS)
    digests = b"".join([_hashed(words) for words in made if isinstance(words, bytes)])
    marks = iter(np.frombuffer(digests, ">i8").tolist())
    return [
        next(marks) if words else None if words is None else fingerprint(line)
        for line, words in zip(lines, made, strict=True)
    ]


def _plain(text: str) -> str:
    """Return a text in small letters, each number as 0, whatever stands between words as one blank; lines stay."""
    codes = np.frombuffer(text.casefold().encode("utf-32-le", "surrogatepass"), np.uint32)
    kinds: NDArray[np.uint8] = _KINDS[np.minimum(codes, 0xFFFF)]
    for code in set(codes[codes > 0xFFFF].tolist()):  # `np.unique` imports numpy.ma, which is as dear as two pages
        kinds[codes == code] = _kind(chr(code))
    written = np.where(kinds == _WORD, codes, np.where(kinds == _DIGIT, ord("0"), ord(" "))).astype(np.uint32)
    goes_on = (kinds[1:] == kinds[:-1]) & (kinds[1:] != _WORD)
    chosen = written[np.append(True, ~goes_on)[: len(codes)]]
    return bytes(chosen.data).decode("utf-32-le", "surrogatepass")


def _print(words: str) -> int | None:
    if len(words) < MIN_CHARACTERS:
        return None
    return int.from_bytes(_hashed(words.encode("utf-8", "replace")), "big", signed=True)


def _hashed(words: bytes) -> bytes:
    return blake2b(words, digest_size=8).digest()

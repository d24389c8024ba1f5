"""Canonical URL -> pressmark: the short shelf mark of an article, such as `k7f003`.

A mark is derived from the canonical URL alone, so it survives a re-index, a restore and a crawl into an
empty store. It is a letter, a digit and four of Crockford's base-32 characters: 230 million marks. When two
articles of one store would share a mark, the later one's is one character longer; the store sees to that.
"""

import hashlib
import re
import secrets
from collections.abc import Callable

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's: no i, l, o, u, which are misread
LETTERS = ALPHABET[10:]
LENGTH = 6
RANDOM_LENGTH = 5  # characters after the prefix
MAX_LENGTH = 14  # about 67 bits: two URLs of one store never share all of it

_MARK = re.compile(rf"[a-z][0-9][{ALPHABET}]{{4,12}}")
_MISREAD = str.maketrans("ilo", "110")


def mark(url: str, *, length: int = LENGTH) -> str:
    """Return the mark of a canonical URL with `length` characters (6 to 14); a longer mark begins with a shorter."""
    number = int.from_bytes(hashlib.sha256(url.encode()).digest()[:16], "big")
    number, letter = divmod(number, len(LETTERS))
    number, digit = divmod(number, 10)
    characters = [LETTERS[letter], str(digit)]
    for _ in range(length - 2):
        number, character = divmod(number, len(ALPHABET))
        characters.append(ALPHABET[character])
    return "".join(characters)


def new_mark(prefix: str, is_taken: Callable[[str], bool]) -> str:
    """Return a random mark of what a reader keeps, such as `q-7f3k2`, that nothing has yet: 33 million of a prefix."""
    while is_taken(mark := f"{prefix}-{''.join(secrets.choice(ALPHABET) for _ in range(RANDOM_LENGTH))}"):
        pass
    return mark


def read_mark(text: str) -> str | None:
    """Read a mark as a person types it (capitals, o for 0, i or l for 1, spaces, hyphens); None when it is no mark."""
    typed = "".join(text.replace("-", " ").split()).lower()
    fixed = typed[:1] + typed[1:].translate(_MISREAD)
    return fixed if _MARK.fullmatch(fixed) else None

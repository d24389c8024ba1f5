"""What a page of sketches holds: bytes -> the articles of a hash; and what says whose text a sketch is of.

A page has the entries of a range of hashes, sorted: its first two bytes say how many bytes a hash has, counted from the
page's first, and how many an article; then come all hashes, then all articles. An entry whose article has no sketch any
more is dropped when it is packed next. None of this is a claim: what shares hashes is compared as texts.
"""

from collections.abc import Sequence
from dataclasses import dataclass

MOST_TEXTS = 64  # texts that are stored for a hash: a line that a thousand texts share finds no copies
HASHES = 1 << 32


@dataclass(frozen=True, slots=True)
class Sketch:
    """The hashes by which the copies of a text are found, each of 32 bits, and how many shingles the text has.

    `further` are more of its hashes and the checksum of all of them, where other texts have those of `hashes`.
    """

    hashes: Sequence[int] = ()
    shingles: int = 0
    further: Sequence[int] = ()
    checksum: int | None = None

    @property
    def all(self) -> list[int]:
        """Return the hashes and the checksum, each of which finds the text."""
        return [*self.hashes, *self.further, *(() if self.checksum is None else (self.checksum,))]


def digest(fingerprint: str) -> int:
    """Return the first 64 bits of a fingerprint as a signed number; 0 of one that is damaged."""
    try:
        return int.from_bytes(bytes.fromhex(fingerprint[:16]), signed=True)
    except ValueError:
        return 0


def articles_of(page: bytes, offset: int) -> list[int]:
    """Return the articles of one hash of a page, which is so far from its first; none of a page that is damaged."""
    of_hash, of_article, count = shape(page)
    end = 2 + count * of_hash
    if not count or offset >> 8 * of_hash:
        return []
    wanted, found, at = offset.to_bytes(of_hash), [], 1
    while (at := page.find(wanted, at + 1, end)) >= 0:
        place, within = divmod(at - 2, of_hash)
        if not within:
            start = end + place * of_article
            found.append(int.from_bytes(page[start : start + of_article]))
    return found


def shape(page: bytes) -> tuple[int, int, int]:
    """Return how many bytes a hash and an article of a page have, and how many entries it has; 0: it is damaged."""
    of_hash, of_article = page[:2] if isinstance(page, bytes) and len(page) > 2 else (0, 0)
    if 0 < of_hash <= 4 and 0 < of_article <= 8 and not (len(page) - 2) % (of_hash + of_article):
        return of_hash, of_article, (len(page) - 2) // (of_hash + of_article)
    return 1, 1, 0

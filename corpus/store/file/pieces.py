"""Bytes <-> pieces of them and parities, of which a few may be lost.

The pieces stand in a square, row by row, and each row and each column has a parity: all its pieces added bit by bit.
A piece that is lost alone in its row or its column is what the others lack. So any two may be lost, three where they
are not a piece and both its parities, and as many that follow each other as a row has.
"""

from collections.abc import Iterator, Mapping
from functools import reduce
from math import isqrt

PIECE = 960  # bytes: with the rest of its row one fills a page of the file, and damage of a page is that of one piece


def pieces(content: bytes) -> list[bytes]:
    """Return the pieces of some bytes, one at least, then the parities of the rows, then those of the columns."""
    padded = content.ljust(_count(len(content)) * PIECE, b"\0")
    found = {at // PIECE: padded[at : at + PIECE] for at in range(0, len(padded), PIECE)}
    for *line, parity in _lines(len(found)):
        found[parity] = _sum(found[place] for place in line)
    return [found[place] for place in sorted(found)]


def total(size: int) -> int:
    """Return how many pieces so many bytes have, with the parities."""
    return max(line[-1] for line in _lines(_count(size))) + 1


def joined(found: Mapping[int, bytes], size: int) -> bytes | None:
    """Return the bytes that had these pieces; None when too many are lost.

    Args:
        found: Place -> piece, of those that are whole.
        size: How many bytes they were.
    """
    count, held = _count(size), dict(found)
    lines = [*_lines(count)]
    while missing := [place for place in range(count) if place not in held]:
        for line in lines:
            lost = [place for place in line if place not in held]
            if len(lost) == 1:
                held[lost[0]] = _sum(held[place] for place in line if place != lost[0])
        if all(place not in held for place in missing):
            return None
    return b"".join(held[place] for place in range(count))[:size]


def _count(size: int) -> int:
    return max(1, -(-size // PIECE))


def _lines(count: int) -> Iterator[list[int]]:
    """Yield the places of the pieces of each row, then of each column, the parity last."""
    side = isqrt(count - 1) + 1
    rows = -(-count // side)
    for row in range(rows):
        yield [*range(row * side, min((row + 1) * side, count)), count + row]
    for column in range(min(side, count)):
        yield [*range(column, count, side), count + rows + column]


def _sum(parts: Iterator[bytes]) -> bytes:
    return reduce(int.__xor__, map(int.from_bytes, parts), 0).to_bytes(PIECE)

"""Documents -> postings in the order of their terms, by one sort of packed numbers.

While documents come in, each form becomes a number (a new form is given the next), and nothing else is done. At
the end each occurrence is packed into 64 bits as term, text and position; sorted, they *are* the postings. A text
is one field of one document: `document * 4 + field`.
"""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from indexer.analysis.joined import MAX_POSITIONS, placed_forms
from indexer.contract.protocol import Document
from indexer.contract.values import TextField
from indexer.storage.arrays import Array

FIELDS = tuple(TextField)
TEXTS = len(FIELDS)  # texts of a document; a power of two
TEXT_BITS = 2
PART = 1 << 16  # occurrences that are packed or unpacked at once
MAX_DOCUMENTS = 1 << 17  # in one inversion, so that term, text and position fit into 64 bits


@dataclass(frozen=True, slots=True)
class Postings:
    """Postings of some documents, term by term.

    Attributes:
        forms: The terms, sorted.
        posting_at: Where each term's postings begin, and where the last one's end.
        position_at: The same for positions.
        texts: Of each posting; sorted within a term.
        frequencies: Of each posting.
        positions: Of each occurrence; sorted within a posting.
    """

    forms: list[str]
    posting_at: Array
    position_at: Array
    texts: Array
    frequencies: Array
    positions: Array


class Numbering(dict[str, int]):
    """Form -> its number; a form not seen before gets the next."""

    def __missing__(self, form: str) -> int:
        number = self[form] = len(self)
        return number


class Inversion:
    """Documents being inverted."""

    def __init__(self) -> None:
        self._clear()

    def _clear(self) -> None:
        self._numbers = Numbering()
        self._occurrences = array("I")
        self._lengths = array("I")  # text by text
        self._joined_at = array("I")  # the occurrences of joined forms, which stand after a text's others
        self._joined_back = array("I")  # by how many positions each stands before its place in that order

    def __len__(self) -> int:
        """The number of occurrences so far, which is what memory goes by."""
        return len(self._occurrences)

    def add(self, document: Document) -> None:
        """Take in a document's texts."""
        for text in (document.headline, document.standfirst, document.body, document.byline):
            before = len(self._occurrences)
            if text:
                self._add(*placed_forms(text))
            self._lengths.append(len(self._occurrences) - before)

    def _add(self, found: list[str], joined: list[tuple[int, str]]) -> None:
        """Take in the forms of a text, and its joined forms with their positions."""
        if len(found) + len(joined) > MAX_POSITIONS:
            del found[MAX_POSITIONS:]
            joined = [one for one in joined if one[0] < len(found)][: MAX_POSITIONS - len(found)]
        self._occurrences.extend(map(self._numbers.__getitem__, found))
        for place, (position, form) in enumerate(joined, len(found)):
            self._joined_at.append(len(self._occurrences))
            self._joined_back.append(place - position)
            self._occurrences.append(self._numbers[form])

    def lengths(self) -> Array:
        """Return the number of forms of each text."""
        return np.array(self._lengths, np.uint32)

    def postings(self) -> Postings:
        """Sort what came in; the inversion is empty afterwards."""
        sorted_forms = sorted(self._numbers)
        ranks = np.empty(len(sorted_forms), np.uint64)
        ranks[np.fromiter(map(self._numbers.__getitem__, sorted_forms), np.int64, len(sorted_forms))] = np.arange(
            len(sorted_forms), dtype=np.uint64
        )
        lengths = self.lengths().astype(np.int64)
        moved = np.frombuffer(self._joined_at, np.uint32), np.frombuffer(self._joined_back, np.uint32)
        packed, position_bits, text_bits = _packed(np.frombuffer(self._occurrences, np.uint32), lengths, ranks, moved)
        self._clear()
        packed.sort()
        return _unpacked(packed, sorted_forms, position_bits, text_bits)


def _packed(occurrences: Array, lengths: Array, ranks: Array, moved: tuple[Array, Array]) -> tuple[Array, int, int]:
    """Each occurrence as term, text and position in one number, in the order they came.

    Args:
        moved: The occurrences whose position is not their place in the order, and by how much it is less.
    """
    position_bits = int(lengths.max(initial=0)).bit_length()
    text_bits = len(lengths).bit_length()
    starts = np.cumsum(lengths) - lengths
    text_and_start = (np.arange(len(lengths), dtype=np.int64) << position_bits) - starts
    packed = np.repeat(text_and_start, lengths)
    for part in _parts(len(packed)):
        packed[part] += np.arange(part.start, part.stop)
    packed[moved[0]] -= moved[1]
    whole: Array = packed.view(np.uint64)
    for part in _parts(len(packed)):
        whole[part] |= ranks[occurrences[part]] << np.uint64(position_bits + text_bits)
    return whole, position_bits, text_bits


def _parts(count: int) -> Iterator[slice]:
    """The parts in which arrays of so many are worked on, so that what is made on the way is small."""
    return (slice(at, min(at + PART, count)) for at in range(0, count, PART))


def _unpacked(packed: Array, sorted_forms: list[str], position_bits: int, text_bits: int) -> Postings:
    positions = np.empty(len(packed), positions_type(1 << position_bits))
    for part in _parts(len(packed)):
        positions[part] = packed[part] & np.uint64((1 << position_bits) - 1)
    packed >>= np.uint64(position_bits)
    is_first = np.empty(len(packed), np.bool_)
    is_first[:1] = True
    np.not_equal(packed[1:], packed[:-1], out=is_first[1:])
    starts = np.flatnonzero(is_first)
    del is_first
    firsts = packed[starts]
    posting_at = np.searchsorted(firsts >> np.uint64(text_bits), np.arange(len(sorted_forms) + 1, dtype=np.uint64))
    ends = np.append(starts, len(packed))
    return Postings(
        forms=sorted_forms,
        posting_at=posting_at,
        position_at=ends[posting_at],
        texts=(firsts & np.uint64((1 << text_bits) - 1)).astype(np.uint32),
        frequencies=np.diff(ends).astype(np.uint32),
        positions=positions,
    )


def positions_type(past: int) -> np.dtype[np.unsignedinteger]:
    """Return the smallest type of positions below `past`."""
    return np.dtype(np.uint16) if past <= 1 << 16 else np.dtype(np.uint32)

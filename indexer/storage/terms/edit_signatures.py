"""The forms a few edits away from a word, found without looking at most of the vocabulary.

A segment stores every form's number of characters and its signature: 32 bits; a character sets one of them. An
edit changes the number of characters by one at most, so comparing signatures leaves a few forms to be compared.
"""

from collections.abc import Sequence

import numpy as np

from indexer.storage.arrays import Array, ArrayFile, ArrayWriter, Ints, Mask
from indexer.storage.terms.term_dictionary import Words

SIGNATURES, LENGTHS = "signatures", "signs"  # arrays of a segment's file
MOST = 255  # characters that are counted
_LINE_FEED = 10


def write_signatures(file: ArrayWriter, forms: Sequence[str]) -> None:
    """Write the signatures and numbers of characters of a segment's sorted forms."""
    signatures, counts = signatures_of(forms)
    file.add(SIGNATURES, signatures)
    file.add(LENGTHS, counts)


def signatures_of(forms: Sequence[str]) -> tuple[Array, Array]:
    """Return the signature and the number of characters of each form."""
    if not forms:
        return np.empty(0, np.uint32), np.empty(0, np.uint8)
    characters = np.frombuffer(("\n".join(forms) + "\n").encode("utf-32-le"), np.uint32)
    ends = np.flatnonzero(characters == _LINE_FEED)
    starts = np.concatenate(([0], ends[:-1] + 1))
    bits = np.left_shift(np.uint32(1), characters % np.uint32(32), dtype=np.uint32)
    bits[ends] = 0
    return np.bitwise_or.reduceat(bits, starts), np.minimum(ends - starts, MOST).astype(np.uint8)


def signature_of(form: str) -> tuple[np.uint32, int]:
    """Return the signature and the number of characters of one form."""
    bits = 0
    for character in form:
        bits |= 1 << (ord(character) % 32)
    return np.uint32(bits), min(len(form), MOST)


def likely_near(form: str, distance: int, forms: Words, file: ArrayFile, among: Ints | None = None) -> list[int]:
    """Return the numbers of a segment's forms that begin as a word does and may be so near; few are not.

    Args:
        among: Only these; all that begin so when None.
    """
    signature, length = signature_of(form)
    places = forms.starting(form[:1])
    others = file[SIGNATURES][places.start : places.stop] if among is None else file[SIGNATURES][among]
    # An edit adds a character, takes one, or both. Most forms differ by more, and their lengths are not read.
    near = np.flatnonzero(np.bitwise_count(others ^ signature) <= 2 * distance)
    terms = near + places.start if among is None else among[near]
    longer = file[LENGTHS][terms].astype(np.int16) - np.int16(length)
    found: list[int] = terms[may_be_near(others[near], longer, signature, distance)].tolist()
    return found


def may_be_near(others: Array, longer: Array, signature: np.uint32, distance: int) -> Mask:
    """Return which forms may be within some edits of the form that has a signature.

    Args:
        others: Signatures of the forms.
        longer: By how many characters each of the forms is longer.
    """
    # Letters added make a form longer and give it characters, letters left out take some: one edit does one of the two.
    likely: Mask = np.bitwise_count(others & ~signature) <= distance + np.minimum(longer, 0)
    likely &= np.bitwise_count(~others & signature) <= distance - np.maximum(longer, 0)
    return likely

"""Frequencies and positions <-> fewer bits, without loss: two bits a frequency, twelve a position.

Of the postings of news four in five have the frequency 1, and hardly a position is 4,096 or more. What does not fit
stands apart, in order, so that the packed numbers say where it belongs.
"""

import numpy as np

from indexer.storage.arrays import Array, Ints

FIT = 4  # codes of two bits: 1, 2, 3, and one for a frequency that stands apart
CODES_A_BYTE = 4
CODES_A_WORD = 32  # of eight bytes
POSITION_BITS = 12
RANKED = 512  # postings between two counts of those that stand apart; a multiple of the codes in eight bytes

_DECODED = (
    np.array([[1 + (byte >> shift & 3) for shift in (0, 2, 4, 6)] for byte in range(256)], np.uint8)
    .view(np.uint32)
    .ravel()
)
_APART = np.uint64(0x5555555555555555)


def packed_codes(codes: Array) -> Array:
    """Return four codes a byte, the first in the lowest bits; the last byte is filled up with zeros."""
    padded = np.zeros(-(-len(codes) // CODES_A_BYTE) * CODES_A_BYTE, np.uint8)
    padded[: len(codes)] = codes
    four = padded.reshape(-1, CODES_A_BYTE)
    packed: Array = four[:, 0] | four[:, 1] << 2 | four[:, 2] << 4 | four[:, 3] << 6
    return packed


def unpacked_codes(packed: Array, first: int, count: int) -> Array:
    """Return `count` frequencies from the code with the number `first` on; FIT for those that stand apart."""
    found: Array = _DECODED.take(packed).view(np.uint8)[first : first + count]
    return found


def apart_before(packed: bytes, count: int) -> int:
    """Return how many of the first `count` codes say that a frequency stands apart."""
    codes = int.from_bytes(packed, "little") & ((1 << 2 * count) - 1)
    return (codes & codes >> 1 & int.from_bytes(b"\x55" * len(packed), "little")).bit_count()


def apart_in_words(words: Array, codes: Ints) -> Ints:
    """Return how many of the first codes of each word (64 bits, 32 codes) say that a frequency stands apart."""
    some = (np.uint64(1) << (2 * np.minimum(codes, CODES_A_WORD - 1)).astype(np.uint64)) - np.uint64(1)
    own = words & np.where(codes >= CODES_A_WORD, ~np.uint64(0), some)
    found: Ints = np.bitwise_count(own & own >> np.uint64(1) & _APART).astype(np.int64)
    return found


def packed_nibbles(values: Array) -> Array:
    """Return two numbers below 16 a byte, the first in the lower half; the last byte is filled up with zeros."""
    padded = np.zeros(-(-len(values) // 2) * 2, np.uint8)
    padded[: len(values)] = values
    packed: Array = padded[0::2] | padded[1::2] << 4
    return packed


def unpacked_nibbles(packed: Array, first: int, count: int) -> Array:
    """Return `count` numbers, from the one with the number `first` on, each times 256."""
    found = packed.astype(np.uint32)  # two numbers of 16 bits, the first one low
    found |= found << np.uint32(12)
    found &= np.uint32(0x000F000F)
    found <<= np.uint32(8)
    return found.view("<u2")[first : first + count]

"""The addresses of terms -> where a phrase begins, or a window of words near each other; phrases.py lays them out."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from indexer.storage.arrays import Ints, Mask

FAR = 1 << 30  # after every address of a piece

Forms = tuple[str, ...]


def in_order(forms: Sequence[Forms], addresses: dict[Forms, Ints], room: int) -> Ints:
    """Return where the phrase begins: at its rarest place, if the others are marked where they follow it; sorted."""
    order = sorted(enumerate(forms), key=lambda pair: len(addresses[pair[1]]))
    at, rarest = order[0]
    begin: Ints = addresses[rarest] - at
    marks: dict[Forms, Mask] = {}
    for at, own in order[1:]:
        if not len(begin):
            break
        if own not in marks:
            marks[own] = np.zeros(room, np.bool_)
            marks[own][addresses[own]] = True
            marks[own][-1] = False  # nowhere
        begin = begin[marks[own].take(begin + at, mode="clip")]
    return np.unique(begin) if len(rarest) > 1 else begin


def near(forms: Sequence[Forms], width: int, addresses: dict[Forms, Ints], nowhere: int) -> tuple[Ints, Mask]:
    """Return the addresses before `nowhere`, in order, and at which a window begins that holds each term often enough.

    An address of several terms comes as often; one that a term has twice comes once for it.
    """
    wanted = Counter(forms)
    bits = len(wanted).bit_length()
    is_pair = list(wanted.values()) == [1, 1]
    each = [addresses[own] if is_pair else np.sort(addresses[own]) for own in wanted]
    keys = np.concatenate([own << bits | number for number, own in enumerate(each)])
    keys.sort()
    keys = keys[: keys.searchsorted(nowhere << bits)]
    is_first = np.ones(len(keys), np.bool_)
    np.not_equal(keys[1:], keys[:-1], out=is_first[1:])
    if not is_first.all():  # a term stands twice at one address
        keys = keys[is_first]
        each = each if is_pair else [np.unique(own) for own in each]
    begins, owner = keys >> bits, keys & ((1 << bits) - 1)
    if is_pair:
        return begins, _is_followed(begins, owner, width)
    holds = np.ones(len(keys), np.bool_)
    np.not_equal(begins[1:], begins[:-1], out=holds[1:])
    for number, (own, times) in enumerate(zip(each, wanted.values(), strict=True)):
        is_own = owner == number
        before = np.cumsum(is_own, dtype=np.int32)
        before -= is_own
        before += times - 1
        last = np.append(own, np.full(times, FAR, own.dtype)).take(before)
        last -= begins
        holds &= last < width
    return begins, holds


def _is_followed(begins: Ints, owner: Ints, width: int) -> Mask:
    """Which of two terms' addresses, in order, have one of the other term after them within a window, or at them.

    Of two at one address the first has the other; the second counts as none.
    """
    size = len(begins)
    found = np.zeros(size, np.bool_)
    steps = begins[1:] - begins[:-1]
    is_near, is_other = steps < width, owner[1:] != owner[:-1]
    np.logical_and(is_near, is_other, out=found[:-1])
    np.greater(is_near, is_other, out=is_near)
    left: Ints = np.flatnonzero(is_near)  # one of the same term is next: the other's next one is looked up
    if len(left):
        run = np.zeros(size, np.int32)
        np.cumsum(is_other, out=run[1:], dtype=np.int32)
        following = np.append(begins.take(np.flatnonzero(is_other) + 1), begins.dtype.type(FAR))
        found[left] = following.take(run.take(left)) - begins.take(left) < width
    found[1:] &= steps > 0
    return found

"""Positions of words -> the places where the words stand as a phrase, or near each other."""

from collections import Counter
from collections.abc import Mapping, Sequence

from indexer.contract.values import MultiPhrase, Phrase, Reading

Places = Mapping[str, Sequence[int]]  # form -> its positions in one field of one article, ascending
Parts = Sequence[Sequence[str]]  # the forms that may stand at each place of a phrase


def standing(reading: Reading, places: Places) -> list[tuple[int, int]]:
    """Return the spans of positions [first, last + 1) to mark for a reading, in order.

    Of words near each other these are the words, not all that is between them. Joined forms are not among them.
    """
    clause = reading.clause
    if not isinstance(clause, Phrase | MultiPhrase):
        return sorted((at, at + 1) for form in reading.forms for at in places.get(form, ()))
    parts = reading.places
    found = stands(parts, places, clause.slop)
    if not clause.slop:
        return found
    words = sorted({at for part in parts for form in part for at in places.get(form, ())})
    return [(at, at + 1) for at in words if any(start <= at < end for start, end in found)]


def forms_alone(reading: Reading) -> tuple[str, ...]:
    """Return the forms of a reading that match wherever they stand, joined forms among them."""
    match reading.clause:
        case MultiPhrase():
            return reading.joined
        case Phrase(words) if len(words) > 1:
            return ()
    return reading.forms


def stands(parts: Parts, places: Places, slop: int = 0) -> list[tuple[int, int]]:
    """Return the spans of positions [first, last + 1) where the parts stand, in order of their beginning.

    Without slop, one after the other. With it, all of them in any order within len(parts) + slop positions;
    a part asked for twice must stand there twice. Of overlapping spans the shortest are given.

    Args:
        parts: None stands anywhere when one of them has no forms.
        slop: As in Phrase (indexer/contract/values.py).
    """
    at = [sorted({place for form in part for place in places.get(form, ())}) for part in parts]
    if not at or not all(at):
        return []
    return _near(parts, at, len(parts) + slop) if slop else _in_order(at)


def _in_order(at: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    starts = set(at[0])
    for offset, own in enumerate(at[1:], 1):
        starts &= {place - offset for place in own}
    return [(start, start + len(at)) for start in sorted(starts)]


def _near(parts: Parts, at: Sequence[Sequence[int]], size: int) -> list[tuple[int, int]]:
    keys = [frozenset(part) for part in parts]
    places = sorted((place, number) for number in _distinct(keys) for place in at[number])
    lacking = Counter(keys)
    missing = len(parts)
    found: list[tuple[int, int]] = []
    left = 0
    for place, number in places:
        missing -= lacking[keys[number]] > 0
        lacking[keys[number]] -= 1
        while not missing:  # the shortest window that ends here
            first, leaving = places[left]
            lacking[keys[leaving]] += 1
            missing += lacking[keys[leaving]] > 0
            left += 1
            if missing and place - first < size:
                found.append((first, place + 1))
    return found


def _distinct(keys: Sequence[frozenset[str]]) -> list[int]:
    """Return the numbers of the parts; equal parts have the number of the first."""
    return [number for number, key in enumerate(keys) if keys.index(key) == number]

"""Matches with the same text -> the first match, with the others as its copies.

Only rows in a copy group are looked at; a corpus without copies costs nothing.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from indexer.searching.matches import Matches
from indexer.searching.ordering import Key, among, best
from indexer.searching.snapshot import Snapshot
from indexer.storage.arrays import Array, Ints, Mask


class Folded(NamedTuple):
    """The matches left over, and leader -> the ids of the matches that were folded, in the order of the hits."""

    matches: Matches
    copies: dict[int, tuple[int, ...]]


class CopyGroups(NamedTuple):
    """Which rows are in a copy group of two or more, and the leader of each row."""

    grouped: Mask
    leaders: Ints


def copy_groups(snapshot: Snapshot) -> CopyGroups:
    """Return the copy groups of a snapshot."""
    return snapshot.cached(("copy groups",), lambda: _groups(snapshot), lambda _: 9 * snapshot.rows)


def folded(found: Matches, order: Callable[[], tuple[Array, Sequence[Key]]], snapshot: Snapshot) -> Folded:
    """Return the first match of each copy group in the order of the hits, and every match that is in none.

    Args:
        order: Gives what the order of the hits goes by; asked only when there is something to fold.
    """
    if not snapshot.has_copies:
        return Folded(found, {})
    groups = copy_groups(snapshot)
    places = np.flatnonzero(groups.grouped[found.rows])
    if len(places) < 2:
        return Folded(found, {})
    first, others = order()
    places = places[best(first[places], [among(places, key) for key in others], len(places))]
    leaders = groups.leaders[found.rows[places]]
    _, firsts = np.unique(leaders, return_index=True)
    if len(firsts) == len(places):
        return Folded(found, {})
    later = np.ones(len(places), np.bool_)
    later[firsts] = False
    copies: dict[int, tuple[int, ...]] = {}
    ids = snapshot.columns.ids[found.rows[places[later]]].tolist()
    for leader, id in zip(leaders[later].tolist(), ids, strict=True):
        copies[leader] = (*copies.get(leader, ()), id)
    left = np.ones(len(found.rows), np.bool_)
    left[places[later]] = False
    return Folded(Matches(found.rows[left], found.scores[left]), copies)


def leader_of(row: int, snapshot: Snapshot) -> int:
    """Return the id of the article that leads a row's copy group; its own when it is in none."""
    columns = snapshot.columns
    return int(columns.copy_of[row] or columns.ids[row])


def _groups(snapshot: Snapshot) -> CopyGroups:
    columns = snapshot.columns
    leaders = np.where(columns.copy_of > 0, columns.copy_of, columns.ids)
    return CopyGroups(np.isin(leaders, columns.copy_of[columns.copy_of > 0]), leaders)

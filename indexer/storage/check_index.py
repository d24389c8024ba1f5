"""An index -> what is wrong with it: checksums first, then whether its arrays agree with one another."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path

import numpy as np

from corpus.errors import IndexDamaged
from indexer.storage import commits
from indexer.storage.arrays import Array, Ints
from indexer.storage.doc_values import Ordinals
from indexer.storage.inversion import MAX_FREQUENCY, TEXTS
from indexer.storage.segment import Segment
from indexer.storage.segment_file import OpenSegment, checked


def verify(directory: Path) -> list[str]:
    """Return every problem of the index in a directory, a sentence each; none when it is as it was written."""
    number = commits.generation(directory)
    if number < 0:
        lost = commits.has_segments(directory)
        return [f"{directory}: its table of contents is missing"] if lost else []
    try:
        contents = commits.read(directory, number)
    except (IndexDamaged, OSError) as error:
        return [str(error)]
    problems = [problem for segment in contents.segments for problem in _problems(directory, segment)]
    live = sum(segment.live_count() for segment in contents.segments)
    if not problems and live != len(_ids(directory, contents)):
        problems.append(f"{directory}: an article stands in it twice")
    return problems


def _problems(directory: Path, segment: Segment) -> list[str]:
    path = directory / segment.filename()
    try:
        opened = checked(directory, segment, wholly=True)
        return [f"{path}: {said}" for said, holds in _rules(opened) if not _holds(holds)]
    except (IndexDamaged, OSError) as error:
        return [str(error)]


def _holds(rule: Callable[[], bool]) -> bool:
    try:
        return rule()
    except (ValueError, IndexError):  # arrays of lengths that do not go together
        return False


def _ids(directory: Path, contents: commits.Contents) -> set[int]:
    ids: set[int] = set()
    for segment in contents.segments:
        opened = OpenSegment(directory / segment.filename())
        ids.update(opened.columns.ids[segment.live()].tolist())
    return ids


def _rules(opened: OpenSegment) -> Iterator[tuple[str, Callable[[], bool]]]:
    """What must hold of a segment, and how to see it."""
    ends, places = np.asarray(opened.posting_at, np.int64), np.asarray(opened.position_at, np.int64)
    columns = opened.columns
    yield "its forms are out of order", lambda: _ascending(opened.forms.all())
    yield "its terms and their postings do not agree", lambda: _offsets(ends, len(opened.forms), len(opened.texts))
    yield (
        "its terms and their positions do not agree",
        lambda: _offsets(places, len(opened.forms), len(opened.positions)),
    )
    yield "a posting is out of range", lambda: int(opened.texts.max(initial=0)) < max(1, opened.count * TEXTS)
    yield "postings of a term are out of order", lambda: _rising(opened.texts, ends)
    yield "frequencies and lengths do not agree", lambda: np.array_equal(_lengths(opened), columns.lengths)
    yield (
        "its columns differ in length",
        lambda: {len(columns.ids), len(columns.published), len(columns.added)} == {opened.count},
    )
    for name, facet in columns.facets.items():
        yield f"its {name} column is out of range", partial(_in_range, facet, opened.count)


def _ascending(forms: list[str]) -> bool:
    return all(one < other for one, other in pairwise(forms))


def _offsets(ends: Ints, count: int, last: int) -> bool:
    return len(ends) == count + 1 and int(ends[-1]) == last and bool((ends[1:] > ends[:-1]).all())


def _rising(texts: Array, ends: Ints) -> bool:
    """Is each posting's text greater than the one's before, but for where a term begins?"""
    falls = np.flatnonzero(texts[1:] <= texts[:-1]) + 1
    return bool(np.isin(falls, ends).all())


def _lengths(opened: OpenSegment) -> Array:
    frequencies = opened.frequencies.astype(np.int64)
    frequencies[opened.over_at] += opened.over_by
    if (opened.frequencies[opened.over_at] != MAX_FREQUENCY).any():
        return np.empty(0, np.int64)
    return np.bincount(opened.texts, frequencies, opened.count * TEXTS).astype(np.int64)


def _in_range(facet: Ordinals, documents: int) -> bool:
    ends, numbers = np.asarray(facet.ends, np.int64), facet.numbers
    whole = len(ends) == documents + 1 and not ends[0] and int(ends[-1]) == len(numbers)
    if not whole or (ends[1:] < ends[:-1]).any():
        return False
    return bool(((numbers >= 0) & (numbers < len(facet.values))).all())

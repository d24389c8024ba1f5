"""A segment of a commit -> its open file, after the check that it is as a writer makes it.

Checksums say that a file is as it was written; they do not say by whom. A file that came from elsewhere is read by
these rules before its numbers are used as places in other arrays.
"""

import operator
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np

from corpus.errors import IndexDamaged
from indexer.storage.arrays import Array, ArrayFile, Ints
from indexer.storage.doc_values import UNDATED, Ordinals
from indexer.storage.postings import checks
from indexer.storage.postings.checks import PIECE
from indexer.storage.postings.offsets import read_numbers, read_offsets
from indexer.storage.segment import Segment
from indexer.storage.segment_file import OpenSegment
from indexer.storage.terms.term_dictionary import STEP
from indexer.storage.verified import is_verified, note_verified

Rule = tuple[str, Callable[[], bool]]

_LINE_FEED = 10
FAILURES = (ArithmeticError, LookupError, MemoryError, TypeError, ValueError)  # of arrays that do not go together
_MINUTES = 10_000 * 366 * 24 * 60  # no date that Python knows is further from 1970
_TYPES = {  # what stands first of each array's name -> the types a writer gives it
    "signatures": "uint32",
    "signs": "uint8",
}


def checked(directory: Path, segment: Segment, *, wholly: bool = False) -> OpenSegment:
    """Open a segment, and check every byte of its file unless nobody has written to the file since its commit.

    The table of contents keeps the stamp of the file, so that a large index need not be read to be opened. A file that
    was copied here has another one: it may be anyone's, and its arrays must go together, too; that is noted beside it.

    Args:
        wholly: Read all of it in any case; a disk may forget without being written to.

    Raises:
        IndexDamaged: it is not as it was written.
    """
    path = directory / segment.filename()
    opened = OpenSegment(path)
    stamp = opened.file.stamp()
    foreign = stamp != segment.written and not is_verified(path, stamp)
    problems = opened.file.problems() if wholly or foreign else []
    if opened.count != segment.count:
        problems.append(f"{path}: {opened.count} documents: the table of contents says {segment.count}")
    if foreign and not problems:
        problems += [f"{path}: {said}" for said in broken_rules(opened)]
    if problems:
        raise IndexDamaged("; ".join(problems))
    if foreign:
        note_verified(path, stamp)
    return opened


def broken_rules(opened: OpenSegment) -> list[str]:
    """Return a sentence for each rule that does not hold."""
    file = opened.file
    forms, lists, lengths = len(opened.forms), opened.lists, opened.columns.lengths
    # Where words or offsets are broken, what is read through them would only say so again, or take for ever.
    for rules in (
        lambda: _shapes(file),
        lambda: checks.shapes(file, lists, forms),
        lambda: _contents(opened),
        lambda: checks.contents(lists, opened.count, lengths),
    ):
        broken = _broken(rules)
        if broken:
            return broken
    return []


def _broken(rules: Callable[[], Iterator[Rule]]) -> list[str]:
    try:
        return [said for said, holds in rules() if not _holds(holds)]
    except FAILURES:  # they cannot even be read
        return ["its arrays do not go together"]


def _holds(rule: Callable[[], bool]) -> bool:
    try:
        return rule()
    except FAILURES:
        return False


def _shapes(file: ArrayFile) -> Iterator[Rule]:
    """The rules of single arrays, and of those that are read as words."""
    yield "a type is not that of its array", lambda: all(_typed(file, name) for name in file.names())
    for name in file.names():
        if name.endswith(".at"):
            yield f"the words of {name[:-3]} are not words", partial(_are_words, file, name[:-3])
    yield "its number of documents is none", lambda: type(file.facts["documents"]) is int
    yield "its languages are none", lambda: all(isinstance(one, str) for one in file.facts["languages"])


def _typed(file: ArrayFile, name: str) -> bool:
    array = file[name]
    types = _TYPES.get(name)
    return array.dtype.kind in "iu" if types is None else array.dtype.name in types.split()


def _are_words(file: ArrayFile, name: str) -> bool:
    text, at = file[f"{name}.text"], file[f"{name}.at"]
    if text.dtype != np.uint8 or (len(text) and text[-1] != _LINE_FEED):
        return False
    begin, count, before = 0, 0, ""
    while begin < len(text):
        ends = _line_feeds(text, begin)
        steps = np.append(begin, ends[:-1] + 1)[-count % STEP :: STEP]
        if not np.array_equal(at[-(-count // STEP) :][: len(steps)], steps):
            return False
        stop = int(ends[-1]) + 1
        words = text[begin:stop].tobytes().decode("utf-8").split("\n")[:-1]
        if (count and words[0] <= before) or not all(map(operator.lt, words, words[1:])):
            return False
        begin, count, before = stop, count + len(words), words[-1]
    return len(at) == -(-count // STEP) + 2 and (int(at[-2]), int(at[-1])) == (len(text), count)


def _line_feeds(text: Array, begin: int) -> Ints:
    """Where line feeds stand in a piece that begins at a place; the piece is as long as it must be to hold one."""
    size = PIECE
    while not len(ends := np.flatnonzero(text[begin : begin + size] == _LINE_FEED)):
        size *= 2
    return ends + begin


def _contents(opened: OpenSegment) -> Iterator[Rule]:
    """The rules of arrays that point into one another."""
    file, columns, count = opened.file, opened.columns, opened.count
    forms = len(opened.forms)
    yield (
        "its columns differ in length",
        lambda: {len(getattr(columns, name)) for name in ("ids", "published", "span", "added", "copy_of")} == {count},
    )
    yield "an id is out of range", lambda: _within(columns.ids, 1, 1 << 62) and _within(columns.copy_of, 0, 1 << 62)
    yield "a date is out of range", lambda: _dates(columns.published) and _within(columns.added, -_MINUTES, _MINUTES)
    for named, facet in columns.facets.items():
        yield f"its {named} column is out of range", partial(_in_range, facet, count)
    yield "its signatures differ in number", lambda: len(file["signatures"]) == len(file["signs"]) == forms
    for name in file.names():
        known = name.removesuffix(".counts")
        if name.startswith("variants.") and known != name:
            yield f"its {known} are out of range", partial(_groups, file, known, forms)


def _within(numbers: Array, least: int, beyond: int) -> bool:
    return not len(numbers) or (int(numbers.min()) >= least and int(numbers.max()) < beyond)


def _dates(minutes: Array) -> bool:
    return _within(minutes[minutes != UNDATED], -_MINUTES, _MINUTES)


def _offsets(ends: Ints, count: int, last: int) -> bool:
    return len(ends) == count + 1 and not ends[0] and int(ends[-1]) == last and bool((ends[1:] > ends[:-1]).all())


def _in_range(facet: Ordinals, documents: int) -> bool:
    ends, numbers = np.asarray(facet.ends, np.int64), facet.numbers
    whole = len(ends) == documents + 1 and not ends[0] and int(ends[-1]) == len(numbers)
    if not whole or (ends[1:] < ends[:-1]).any():
        return False
    return _within(numbers, 0, len(facet.values))


def _groups(file: ArrayFile, name: str, forms: int) -> bool:
    ends, members = read_offsets(file, name).astype(np.int64), read_numbers(file, f"{name}.forms")
    keys = int(file[f"{name}.at"][-1])
    return _offsets(ends, keys, len(members)) and _within(members, 0, max(forms, 1))

"""The steps of a search that the compiled kernel does: rows of terms, rows in any or in both of two sets, phrases.

Each has its counterpart in NumPy, which is used where `snapshot.kernel` is None, and gives the same.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain

import numpy as np

from indexer.analysis.forms import MAX_FORMS
from indexer.analysis.stems import numbered
from indexer.contract.ranking import K1
from indexer.contract.values import Word
from indexer.searching.snapshot import Snapshot
from indexer.storage.arrays import Array, Floats, Ints
from indexer.storage.inversion import FIELDS, TEXT_BITS
from indexer.storage.kernel import (
    EVERY_FIELD,
    MAX_PLACES,
    MAX_TERMS,
    SWEPT_TERMS,
    SWEPT_TIMES,
    SWEPT_WIDTH,
    Kernel,
    floats_of,
    rows_of,
)
from indexer.storage.segment_file import OpenSegment
from indexer.storage.terms.found_forms import Terms

TERMS = 16  # that are added up before the time is looked at, or more with few postings
TOGETHER = 1 << 23  # postings of many terms, the same; each time the weights of all texts come from memory
POSTINGS = 1 << 17  # of a phrase's rarest word, the same
MANY = 100  # texts a posting of its rarest word, up to which it pays to go through ranges of texts
SWEPT = 1 << 22  # postings of all its words, before the time is looked at

Checkpoint = Callable[[], object]  # called every few milliseconds of work; what it raises ends the work
TermPart = tuple[OpenSegment, "array[int] | Array", int]  # a segment, numbers of its terms, and its first row


def word_scores(kernel: Kernel, word: Word, snapshot: Snapshot, checkpoint: Checkpoint) -> tuple[Ints, Floats] | None:
    """Return the live rows that have a bare word, and their scores, where that takes one step of the kernel.

    Its forms are remembered. None where they are known already, or are to be found otherwise, or have many postings.
    """
    text, vocabulary, whole = word.text, snapshot.vocabulary, snapshot.word_parts
    if whole is None or len(text) < 2 or vocabulary.known(text):
        return None
    checkpoint()
    number, parts = whole
    keys = numbered(text, snapshot.languages, number)
    field = EVERY_FIELD if word.field is None else FIELDS.index(word.field)
    found = kernel.word(parts, text, keys, snapshot.field_weights, field, snapshot.live, K1, snapshot.articles)
    if found is None:
        return None
    segments, rows, scores = found
    forms = vocabulary.took(text, segments).forms
    return None if rows is None or scores is None or len(forms) > MAX_FORMS else (rows_of(rows), floats_of(scores))


def term_parts(terms: Terms, snapshot: Snapshot, checkpoint: Checkpoint) -> Iterator[TermPart]:
    """Yield the terms of each segment, as many at a time as are added up before the time is looked at.

    Args:
        checkpoint: Called every few milliseconds of work; what it raises ends the work.
    """
    for segment, own, first in zip(snapshot.segments, terms, snapshot.firsts, strict=False):
        numbers = array("q", own) if isinstance(own, list) else np.asarray(own, np.int64)
        step = TERMS
        if len(numbers) > TERMS:
            step = max(TERMS, len(numbers) * TOGETHER // max(1, segment.lists.count_of(own)))
        for at in range(0, len(numbers), step):
            checkpoint()
            yield segment, numbers if len(numbers) <= step else numbers[at : at + step], first


def few_sums(kernel: Kernel, terms: Terms, field: int, snapshot: Snapshot) -> tuple[Ints, Floats] | None:
    """Return the same as `term_sums` where there are few postings; else None."""
    parts = [
        (segment.lists.compiled(kernel), array("q", own) if isinstance(own, list) else np.asarray(own, np.int64), first)
        for segment, own, first in zip(snapshot.segments, terms, snapshot.firsts, strict=False)
    ]
    found = kernel.few(tuple(parts), snapshot.field_weights, field, snapshot.live)
    return None if found is None else (rows_of(found[0]), floats_of(found[1]))


def term_sums(kernel: Kernel, parts: Iterable[TermPart], field: int, snapshot: Snapshot) -> tuple[Ints, Floats]:
    """Return the live rows that have any of some terms, and the weight of each row.

    Args:
        field: The number of the only field that counts; -1 for all.
    """
    with snapshot.room() as (sums, seen):
        for segment, numbers, first in parts:
            kernel.add(segment.lists.compiled(kernel), numbers, first, snapshot.field_weights, field, sums, seen)
        rows, weights = kernel.take(sums, seen, snapshot.live)
    return rows_of(rows), floats_of(weights)


def united(kernel: Kernel, parts: Iterable[tuple[Ints, Floats]], snapshot: Snapshot) -> tuple[Ints, Floats]:
    """Return the rows that are in any part, and the sum of each row's numbers."""
    with snapshot.room() as (sums, seen):
        for rows, numbers in parts:
            kernel.pour(rows, numbers, sums, seen)
        found, total = kernel.take(sums, seen, None)
    return rows_of(found), floats_of(total)


def in_both(kernel: Kernel, few: tuple[Ints, Floats], many: tuple[Ints, Floats]) -> tuple[Ints, Floats]:
    """Return the rows of `few` that are in `many`, and the sum of both numbers."""
    rows, numbers = kernel.meet(*few, *many)
    return rows_of(rows), floats_of(numbers)


def phrase_postings(
    kernel: Kernel,
    words: Sequence[tuple[int, ...]],
    field: int,
    width: int,
    segment: OpenSegment,
    checkpoint: Checkpoint,
) -> Iterator[tuple[Array, Ints]] | None:
    """Return the texts of a segment in which some words stand one after the other, and how often, in order.

    None where the kernel does not look for so many words, or terms.

    Args:
        words: The terms of each; it stands where any of them does.
        width: Of the window that all words are to stand in, in positions; 0 where they follow one another.
    """
    if not 1 < len(words) <= MAX_PLACES:
        return None
    number = {one: at for at, one in enumerate(dict.fromkeys(words))}
    terms, sizes = (array("q", own) for own in (chain.from_iterable(number), map(len, number)))
    places = array("q", map(number.__getitem__, words))
    texts, lists = segment.count << TEXT_BITS, segment.lists.compiled(kernel)
    counts = [segment.lists.count_of(own) for own in number]
    times = max(map(words.count, number)) if width else 1
    is_swept = len(terms) <= SWEPT_TERMS and width <= SWEPT_WIDTH and times <= SWEPT_TIMES
    if is_swept and (min(counts) * MANY >= texts or len(terms) > MAX_TERMS):
        step = max(1, texts * SWEPT // max(1, sum(counts)))
        sweep = kernel.sweep(lists, terms, sizes, places, segment.columns.lengths, texts, field, width)
        return _in_steps(lambda _, last: kernel.swept(sweep, last), texts, step, checkpoint)
    if len(terms) > MAX_TERMS:
        return None
    step = max(1, texts * POSTINGS // max(1, min(counts)))
    look = partial(kernel.phrase, lists, terms, sizes, places, texts, field, width)
    return _in_steps(look, texts, step, checkpoint)


def _in_steps(
    look: Callable[[int, int], tuple[bytes, bytes]], texts: int, step: int, checkpoint: Checkpoint
) -> Iterator[tuple[Array, Ints]]:
    """Look at so many texts at a time, and at the clock before each step."""
    for first in range(0, texts, step):
        checkpoint()
        found = look(first, min(texts, first + step))
        yield np.frombuffer(found[0], np.uint32), rows_of(found[1])

"""Several segments -> one, by moving runs of their arrays; no text is analysed again.

It goes through the terms a run at a time, so merging large segments takes no more memory than small ones. A part's
documents follow the earlier parts' ones, so each term's postings come out sorted.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import numpy as np

from indexer.analysis import version
from indexer.storage.arrays import Array, ArrayWriter, Ints, Mask
from indexer.storage.doc_values import joined, write_columns
from indexer.storage.inversion import TEXT_BITS
from indexer.storage.postings.layout import portions
from indexer.storage.postings.reader import PostingLists
from indexer.storage.postings.writer import PostingWriter
from indexer.storage.segment import FORMAT
from indexer.storage.segment_file import OpenSegment
from indexer.storage.terms.edit_signatures import write_signatures
from indexer.storage.terms.stem_groups import write_variants
from indexer.storage.terms.term_dictionary import write_words

RUN = 1 << 16  # postings moved at a time, each some 50 bytes meanwhile; four times as many miss the caches


@dataclass(frozen=True, slots=True)
class Part:
    """One segment being merged.

    Attributes:
        live: Which of its documents are live.
        numbers: Old document number -> new one.
        terms: Its terms' numbers in the merged list.
        postings, positions: How many of each term are of live documents.
        lists: The postings, read in pieces.
    """

    segment: OpenSegment
    live: Mask
    numbers: Ints
    terms: Ints
    postings: Ints
    positions: Ints
    lists: PostingLists

    @property
    def whole(self) -> bool:
        """Are all documents live?"""
        return bool(self.live.all())


def merge(path: Path, segments: Sequence[tuple[OpenSegment, Mask]], languages: tuple[str, ...]) -> int:
    """Write the live documents of some segments as one segment, and return how many they are."""
    forms = sorted(set(chain.from_iterable(segment.forms.all() for segment, _ in segments)))
    parts = list(_parts(segments, forms))
    forms, parts = _without_unused(forms, parts)
    columns = joined([(segment.columns, live) for segment, live in segments])
    file = ArrayWriter(path)
    try:
        write_words(file, "forms", forms)
        write_variants(file, forms, languages)
        write_signatures(file, forms)
        write_columns(file, columns)
        _write_postings(file, parts, len(forms))
        file.close(format=FORMAT, analysis=version.VERSION, documents=len(columns), languages=languages)
    except BaseException:
        file.discard()
        raise
    return len(columns)


def _parts(segments: Sequence[tuple[OpenSegment, Mask]], forms: list[str]) -> Iterator[Part]:
    place = {form: number for number, form in enumerate(forms)}
    before = 0
    for segment, live in segments:
        own = segment.forms.all()
        terms = np.fromiter(map(place.__getitem__, own), np.int64, len(own))
        lists = PostingLists(segment.file, segment.count, in_pieces=True)
        postings, positions = _remaining(lists, live)
        yield Part(segment, live, before + np.cumsum(live) - 1, terms, postings, positions, lists)
        before += int(live.sum())


def _remaining(lists: PostingLists, live: Mask) -> tuple[Ints, Ints]:
    """How many postings and positions of each term belong to live documents."""
    posting_at = np.asarray(lists.posting_at, np.int64)
    position_at = np.asarray(lists.position_at, np.int64)
    if live.all():
        return np.diff(posting_at), np.diff(position_at)
    postings, positions = np.zeros((2, len(posting_at) - 1), np.int64)
    for first, last in portions(np.diff(posting_at), RUN):
        texts, frequencies = lists.postings(first, last)
        stands = live[texts >> TEXT_BITS]
        starts = posting_at[first:last] - posting_at[first]
        postings[first:last] = np.add.reduceat(stands, starts, dtype=np.int64)
        positions[first:last] = np.add.reduceat(frequencies * stands, starts, dtype=np.int64)
    return postings, positions


def _without_unused(forms: list[str], parts: list[Part]) -> tuple[list[str], list[Part]]:
    """Drop the forms that only deleted documents had."""
    used = np.zeros(len(forms), np.bool_)
    for part in parts:
        used[part.terms[part.postings > 0]] = True
    if used.all():
        return forms, parts
    numbers = np.cumsum(used) - 1
    left = [form for form, is_used in zip(forms, used, strict=True) if is_used]
    return left, [replace(part, terms=numbers[part.terms]) for part in parts]  # in order, the unused ones' too


def _write_postings(file: ArrayWriter, parts: Sequence[Part], count: int) -> None:
    postings, positions = np.zeros((2, count), np.int64)
    for part in parts:
        used = part.postings > 0
        postings[part.terms[used]] += part.postings[used]
        positions[part.terms[used]] += part.positions[used]
    wide = [part.segment.lists.wide for part in parts if part.segment.lists.wide is not None]
    widest = max(wide, key=lambda dtype: dtype.itemsize) if wide else None
    if wide and any(part.segment.lists.wide is None for part in parts):
        widest = np.dtype(np.uint32)  # the far ones of packed positions may be as large
    writer = PostingWriter(file, postings, positions, sum(int(part.live.sum()) for part in parts), wide=widest)
    for first, last in portions(postings, RUN):
        writer.write(*_run(parts, first, last))
    writer.close()


def _run(parts: Sequence[Part], first: int, last: int) -> tuple[Array, Ints, Array]:
    """The merged texts, frequencies and positions of the terms from `first` up to `last`."""
    pieces = [_piece(part, first, last) for part in parts]
    texts_to = _targets([(terms, postings) for terms, postings, *_ in pieces], last - first)
    positions_to = _targets([(terms, positions) for terms, _, positions, *_ in pieces], last - first)
    texts = np.empty(sum(map(len, texts_to)), np.uint32)
    frequencies = np.empty(len(texts), np.int64)
    places = np.empty(sum(map(len, positions_to)), np.uint32)
    for (_, _, _, own_texts, own_frequencies, own_places), to, places_to in zip(
        pieces, texts_to, positions_to, strict=True
    ):
        texts[to] = own_texts
        frequencies[to] = own_frequencies
        places[places_to] = own_places
    return texts, frequencies, places


def _piece(part: Part, first: int, last: int) -> tuple[Ints, Ints, Ints, Array, Ints, Array]:
    """One part's share of a run: its terms (from 0), counts of each, and what is left of its arrays."""
    low, high = np.searchsorted(part.terms, (first, last))
    numbers = low + np.flatnonzero(part.postings[low:high])
    if not len(numbers):
        none = np.empty(0, np.int64)
        return none, none, none, none, none, none
    own_first, own_last = int(numbers[0]), int(numbers[-1]) + 1  # before and after them nothing is left of any term
    texts, frequencies = part.lists.postings(own_first, own_last)
    places = part.lists.positions(part.lists.position_at[own_first], part.lists.position_at[own_last])
    if not part.whole:
        stands = part.live[texts >> TEXT_BITS]
        places = places[np.repeat(stands, frequencies)]
        texts, frequencies = texts[stands], frequencies[stands]
    renumbered = (part.numbers[texts >> TEXT_BITS] << TEXT_BITS) | (texts & ((1 << TEXT_BITS) - 1))
    return part.terms[numbers] - first, part.postings[numbers], part.positions[numbers], renumbered, frequencies, places


def _targets(shares: Sequence[tuple[Ints, Ints]], count: int) -> list[Ints]:
    """Where each part's items go: by term, within a term by part. Each share is terms and how many items of each."""
    totals = np.zeros(count, np.int64)
    for terms, counts in shares:
        totals[terms] += counts
    free = np.cumsum(totals) - totals
    found: list[Ints] = []
    for terms, counts in shares:
        found.append(np.repeat(free[terms] - (np.cumsum(counts) - counts), counts) + np.arange(counts.sum()))
        free[terms] += counts
    return found

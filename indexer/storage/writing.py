"""Batches of changes -> segments and commits; the only part that writes, and one process at a time.

Documents are inverted in memory up to the budget, then written as a segment. A batch is committed with its
position, never in part. Who writes merges nothing: indexer/storage/background.py does.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

import numpy as np

from indexer.analysis.stems import languages
from indexer.contract.facets import FacetName
from indexer.contract.origin import Origin
from indexer.contract.protocol import Batch, Document
from indexer.storage import commits
from indexer.storage.commits import Contents, Publish
from indexer.storage.doc_values import columns
from indexer.storage.inversion import MAX_DOCUMENTS, Inversion
from indexer.storage.merging import merge
from indexer.storage.policy import to_merge
from indexer.storage.segment import Segment
from indexer.storage.segment_checks import checked
from indexer.storage.segment_file import OpenSegment, write_segment

BYTES_AN_OCCURRENCE = 40  # at the peak, while a segment is sorted
SMALLEST = 1 << 16  # occurrences; below that a budget would make a segment of every other article


@dataclass(slots=True)
class Buffer:
    """Documents taken in and not yet written."""

    inversion: Inversion = field(default_factory=Inversion)
    documents: list[Document] = field(default_factory=list)  # without their texts
    place: dict[int, int] = field(default_factory=dict)  # id -> its latest document here
    replaced: list[int] = field(default_factory=list)
    gone: set[int] = field(default_factory=set)  # ids that earlier segments no longer have

    def add(self, document: Document) -> None:
        """Take in a document; it replaces an earlier one with its id."""
        self.delete(document.id)
        self.place[document.id] = len(self.documents)
        self.inversion.add(document)
        self.documents.append(bare(document))

    def delete(self, id: int) -> None:
        """Take a document out."""
        self.gone.add(id)
        if id in self.place:
            self.replaced.append(self.place.pop(id))


class Writer:
    """One run of writing, on top of a commit. The caller holds the lock.

    Args:
        publish: Writes each commit for readers of another kind, too.
        opened: Segments of that commit that are open, by the names of their files.
    """

    def __init__(
        self,
        directory: Path,
        contents: Contents,
        number: int,
        *,
        memory: int,
        publish: Publish | None = None,
        opened: Mapping[str, OpenSegment] = MappingProxyType({}),
    ) -> None:
        self.contents = contents
        self.number = number
        self._directory = directory
        self._also = publish
        self._limit = max(SMALLEST, memory // BYTES_AN_OCCURRENCE)
        self._open: dict[str, OpenSegment] = dict(opened)
        self._segments: list[Segment] = list(contents.segments)
        self._buffer = Buffer()

    def add(self, batch: Batch) -> None:
        """Take in a batch; what fills the memory is written, and committed where a batch ends."""
        for id in batch.deletions:
            self._buffer.delete(id)
        deleted = frozenset(batch.deletions)
        for document in batch.documents:
            if document.id not in deleted:
                self._buffer.add(document)
            if self._holds(self._limit, MAX_DOCUMENTS):
                self._spill()

    @property
    def full(self) -> bool:
        """Is it time to commit, with enough memory left for the next batch?"""
        return self._spilled or self._holds(self._limit * 3 // 4, MAX_DOCUMENTS * 3 // 4)

    def _holds(self, occurrences: int, documents: int) -> bool:
        return len(self._buffer.inversion) >= occurrences or len(self._buffer.documents) >= documents

    @property
    def _spilled(self) -> bool:
        return tuple(self._segments) != self.contents.segments

    def commit(self, position: int, origin: Origin) -> None:
        """Commit all documents taken in so far, with the position they reach and the origin of the index."""
        self._spill()
        self._publish(Contents(tuple(self._segments), position, origin=origin))

    def unite(self) -> None:
        """Make one segment of all, in a commit of its own that changes no answer: each segment costs each search."""
        if len(self._segments) > 1:
            self._merge(range(len(self._segments)))
            self._publish(replace(self.contents, segments=tuple(self._segments)))

    def finished(self, most: int) -> list[Segment]:
        """Write all that was taken in, as `most` segments or fewer that no commit has; for a commit of another's."""
        self._spill()
        while chosen := to_merge([segment.live_count() for segment in self._segments], most):
            parts = [self._segments[at].filename() for at in chosen]
            self._merge(chosen)
            for name in parts:
                self._open.pop(name, None)
                (self._directory / name).unlink()
        return self._segments

    def _merge(self, chosen: Sequence[int]) -> None:
        """Put one segment in the place of some."""
        parts = [self._segments[at] for at in chosen]
        pairs = [(checked(self._directory, part, wholly=True), part.live()) for part in parts]  # or it would be lost
        merged = Segment(0)
        count = merge(self._directory / merged.filename(), pairs, self._languages())
        whole = self._stamped(replace(merged, count=count))
        self._segments = [*(one for at, one in enumerate(self._segments) if at not in chosen), whole]

    def _publish(self, contents: Contents) -> None:
        commits.write(self._directory, self.number + 1, contents)
        self.number += 1
        self.contents = contents
        if self._also:
            self._also(self._directory, self.number, contents)
        commits.tidy(self._directory, self.number, contents)
        listed = {segment.filename() for segment in contents.segments}
        self._open = {name: segment for name, segment in self._open.items() if name in listed}

    def _spill(self) -> None:
        """Write the documents in memory as a segment, and delete from the others what they replace."""
        buffer, self._buffer = self._buffer, Buffer()
        if buffer.gone:
            ids = np.fromiter(buffer.gone, np.int64, len(buffer.gone))
            self._segments = [rest for one in self._segments if (rest := self._without(one, ids)).live_count()]
        if buffer.place:
            self._segments.append(self._written(buffer))

    def _without(self, segment: Segment, ids: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Segment:
        found = self._opened(segment).documents(ids)
        return segment.without(found) if segment.live()[found].any() else segment

    def _written(self, buffer: Buffer) -> Segment:
        segment = Segment(len(buffer.documents)).without(np.array(buffer.replaced, np.int64))
        found = columns(buffer.documents, buffer.inversion.lengths())
        path = self._directory / segment.filename()
        write_segment(path, buffer.inversion.postings(), found, self._languages(buffer.documents))
        return self._stamped(segment)

    def _stamped(self, segment: Segment) -> Segment:
        opened = self._opened(segment)
        return replace(segment, written=opened.file.stamp(), cut=opened.cut())

    def _opened(self, segment: Segment) -> OpenSegment:
        name = segment.filename()
        if name not in self._open:
            self._open[name] = OpenSegment(self._directory / name)
        return self._open[name]

    def _languages(self, documents: Sequence[Document] = ()) -> tuple[str, ...]:
        """The languages whose variants a new segment should know: those of the index with these documents."""
        return languages(spoken([self._opened(one) for one in self._segments], documents))


def spoken(segments: Iterable[OpenSegment], documents: Sequence[Document] = ()) -> dict[str | None, int]:
    """Return how many documents are in each language; deleted ones count until they are merged away."""
    counts: dict[str | None, int] = {}
    for segment in segments:
        for language, count in segment.languages().items():
            counts[language] = counts.get(language, 0) + count
    for document in documents:
        for language in document.facets.get(FacetName.LANGUAGE) or (None,):
            counts[language] = counts.get(language, 0) + 1
    return counts


def bare(document: Document) -> Document:
    """Return a document without its texts, so that the texts need not stay in memory."""
    return Document(
        id=document.id,
        facets=document.facets,
        published=document.published,
        span=document.span,
        added=document.added,
        copy_of=document.copy_of,
    )

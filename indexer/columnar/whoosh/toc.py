"""Our table of contents -> Whoosh's, so that `whoosh.index.open_dir` opens the index.

Whoosh's is a pickle, and reading a pickle may run code in it. So we only write it: we never read it.
"""

import os
from pathlib import Path
from typing import Any, Self

from indexer.columnar.whoosh.codec import ColumnarCodec
from indexer.columnar.whoosh.schema import schema
from indexer.columnar.whoosh.upstream import TOC, RamStorage
from indexer.columnar.whoosh.upstream import Segment as WhooshSegment
from indexer.storage.commits import Contents
from indexer.storage.segment import NAME, Segment


class ListedSegment(WhooshSegment):  # type: ignore[misc]  # whoosh has no types
    """A segment as Whoosh's table of contents lists it."""

    def __init__(self, segment: Segment) -> None:
        super().__init__(NAME)
        self.segid = segment.id
        self.count = segment.count
        self.deleted = segment.deleted

    @classmethod
    def of(cls, segment: Segment) -> Self:
        """Return a segment of ours as Whoosh lists it."""
        return cls(segment)

    def ours(self) -> Segment:
        """Return the segment as we list it."""
        return Segment(self.count, self.deleted, None, self.segid)

    def codec(self) -> Any:
        """Return what Whoosh reads this segment with."""
        return ColumnarCodec()

    def doc_count_all(self) -> int:
        """The number of documents, deleted documents among them."""
        return self.count

    def doc_count(self) -> int:
        """The number of live documents."""
        return self.ours().live_count()

    def deleted_count(self) -> int:
        """The number of deleted documents."""
        return self.count - self.doc_count()

    def has_deletions(self) -> bool:
        """Is any document deleted?"""
        return bool(self.deleted)

    def is_deleted(self, docnum: int) -> bool:
        """Is this document deleted?"""
        return not self.ours().live()[docnum]


def publish(directory: Path, number: int, contents: Contents) -> None:
    """Write Whoosh's table of contents of a commit, and remove those of other commits."""
    storage, name = RamStorage(), str(TOC._filename(NAME, number))
    TOC(schema(), [ListedSegment(segment) for segment in contents.segments], number).write(storage, NAME)
    beside = directory / f"{name}.new"
    try:
        beside.unlink(missing_ok=True)
        with beside.open("xb") as file:  # never through a link that stands in its place
            file.write(storage.files[name])
            file.flush()
            os.fsync(file.fileno())
        beside.rename(directory / name)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    for path in directory.glob(f"_{NAME}_*.toc*"):
        if path.name != name and not path.is_dir():
            path.unlink(missing_ok=True)

"""The search engine on a Whoosh index with the columnar codec.

indexer/contract/protocol.py says what its members promise.
"""

import errno
import logging
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from time import monotonic

from corpus import events
from corpus.errors import IndexDamaged, IndexError_
from indexer.columnar.snapshots import Reading
from indexer.contract.facets import FacetName
from indexer.contract.listing import Listing
from indexer.contract.protocol import Batch
from indexer.contract.values import Completion, Explanation, Hit, Query, Results
from indexer.query.completion import completions
from indexer.searching.explaining import explanation
from indexer.searching.facet_columns import live_counts
from indexer.searching.more_like_this import similar_known
from indexer.searching.search import answer, listing
from indexer.searching.snapshot import Snapshot
from indexer.storage.background import Merges
from indexer.storage.building import writing
from indexer.storage.commits import Contents
from indexer.storage.origins import Expected
from indexer.storage.writing import Writer

MEMORY = 256 << 20  # bytes for building, when the configuration says nothing
UNWRITABLE = (errno.EACCES, errno.EPERM, errno.EROFS)  # an archive of another user, or on a disk that is read only

log = logging.getLogger(__name__)


class ColumnarEngine:
    """A SearchEngine in one folder."""

    def __init__(
        self, path: Path, *, memory: int = MEMORY, languages: tuple[str, ...] = (), expected: Expected | None = None
    ) -> None:
        """Open the index in a folder, made as needed.

        Args:
            path: The folder.
            memory: Bytes that writing may take.
            languages: Whose word forms are known; those of the articles when it names none.
            expected: What the index must be made of; an index of another store does not answer. Anything when None.
        """
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            if error.errno not in UNWRITABLE:  # the code that makes the index there will say so
                raise IndexError_(f"{path}: cannot be made: {error.strerror}: expected a folder") from error
        self._path = path
        self._memory = memory
        self._reading = Reading(path, languages, expected)
        self._reported = 0
        self._merges: Merges | None = None

    @property
    def position(self) -> int:
        """The last sequence committed; 0 when the index is damaged, so that an update makes it again."""
        try:
            position = self._reading.snapshot().position
        except IndexDamaged:
            position = 0
        self._reported = 0 if self._reading.damage else position
        return self._reported

    @property
    def damage(self) -> IndexDamaged | None:
        """What is wrong with the newest commit, as far as was noticed; an older one may answer all the same."""
        return self._reading.damage

    @property
    def outdated(self) -> str | None:
        """Why the serving index, though whole, is to be rebuilt, in words; None when it is up to date."""
        return self._reading.outdated

    @property
    def serving(self) -> int:
        """The position of what answered last, which may be older than the newest commit."""
        return self._reading.position

    def examine(self) -> None:
        """Read every byte of what answers now, and notice its damage."""
        self._reading.examine()

    def apply(self, batches: Iterable[Batch]) -> int:
        """Apply the batches in order, each committed with its position, several together where memory allows."""
        from indexer.columnar.whoosh.toc import publish  # Whoosh is a third of the start, and readers need none of it

        if self._merges is None:
            self._merges = Merges(self._path, publish=publish, damaged=self._notice)
        with writing(self._path, "an index update") as number:
            base = self._base()
            contents, opened = (base.contents, base.opened) if base else (Contents(), {})
            writer = Writer(self._path, contents, number, memory=self._memory, publish=publish, opened=opened)
            _write(batches, writer, at_once=base is None)
        self._merges.start()
        return self.position

    def search(self, query: Query) -> Results:
        """Answer the query; the log has the queries that take over a second."""
        began = monotonic()
        results = self._reading.answered(partial(answer, query))
        if (seconds := monotonic() - began) > events.SLOW:
            facts = {"seconds": seconds, "q": query.text, "total": results.total, "partial": results.partial}
            events.event(log, "slow search", facts)
        return results

    def listing(self, query: Query) -> Listing:
        """Return all matches in the order of the query, of one committed state."""
        return listing(query, self._reading.snapshot())

    def complete(self, prefix: str, *, limit: int = 8) -> tuple[Completion, ...]:
        """Complete the last word typed."""
        with events.SlowEvent(log, "slow completion", q=prefix):
            return self._reading.answered(
                lambda here: completions(prefix, here.vocabulary, live_counts(FacetName.AUTHOR, here), limit)
            )

    def similar(self, id: int, texts: Sequence[str], *, limit: int = 5) -> tuple[Hit, ...]:
        """Return the articles most like this one."""
        with events.SlowEvent(log, "slow search for similar articles", article=id):
            return self._reading.answered(lambda snapshot: similar_known(id, texts, limit, snapshot))

    def explain(self, query: Query, id: int) -> Explanation:
        """Say why the article has the score it has for this query."""
        with events.SlowEvent(log, "slow explanation", q=query.text, article=id):
            return self._reading.answered(lambda snapshot: explanation(query, id, snapshot))

    def __len__(self) -> int:
        return self._reading.snapshot().articles

    def settle(self) -> None:
        """Wait until nothing is left to merge."""
        if self._merges is not None:
            self._merges.wait()

    def close(self) -> None:
        """Release the files; searches under way end first, and a merge that was begun, unless another writes long."""
        if self._merges is not None:
            self._merges.end()
        self._reading.close()

    def _notice(self, damage: IndexDamaged) -> None:
        """Look whether what answers has the damage that a merge met, and keep what the merge says of it."""
        try:
            self.examine()
        except IndexDamaged:
            self._reading.damage = damage

    def _base(self) -> Snapshot | None:
        """Return the snapshot of the commit to add to; None when the index is to be made again.

        A new index is committed only when it is whole: the old index, where it can be read, serves until then.

        Raises:
            IndexDamaged: the index broke after its position was read; the batches hold only what follows that position.
        """
        with suppress(IndexDamaged):
            snapshot = self._reading.snapshot()
            if not snapshot.outdated and not self.damage:
                return snapshot
        if self._reported:
            raise IndexDamaged(str(self.damage))
        return None


def _write(batches: Iterable[Batch], writer: Writer, *, at_once: bool) -> None:
    last = None
    for batch in batches:
        writer.add(batch)
        last = batch
        if writer.full and not at_once:
            writer.commit(last.position, last.origin)
            last = None
    if last is not None:
        writer.commit(last.position, last.origin)

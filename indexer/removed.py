"""The texts that are gone from articles -> an index of their own, which answers `in:removed`.

The index follows the store as the index of the articles does, by sequences: an article that has had more than one text
is a document of the sentences that no longer stand; an article that was withdrawn is none. The searches of the articles
know nothing of it. It is made when a text is gone for the first time, and made again by itself where it is missing,
damaged, or of another version.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import tzinfo
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Protocol, TypeVar

from corpus.errors import IndexDamaged, IndexError_, IndexLocked, IndexRebuilding
from corpus.events import event
from corpus.model import StoredArticle
from corpus.store import ArticleStore
from indexer.contract.document import document
from indexer.contract.listing import Listing
from indexer.contract.origin import Origin, origin
from indexer.contract.protocol import Batch, Document, SearchEngine
from indexer.contract.rebuilding import BEING_BUILT, NOT_BUILT
from indexer.contract.removed import without_removed
from indexer.contract.values import Explanation, Query, Results, TextField
from indexer.results.removed import removed_passages
from indexer.storage.building import build

BATCH = 200  # articles whose texts are in memory together
log = logging.getLogger(__name__)

T = TypeVar("T")


class Engine(SearchEngine, Protocol):
    """An engine that notices damage, and an index of another version."""

    @property
    def damage(self) -> IndexDamaged | None:
        """What is wrong with the newest commit, as far as was noticed."""

    @property
    def outdated(self) -> str | None:
        """Why what answers is to be rebuilt although it is whole, in words."""


class RemovedTexts:
    """The index of the texts that are gone. It is brought up to the store before it answers."""

    def __init__(
        self,
        folder: Path,
        open_engine: Callable[[Path], Engine],
        store: Callable[[], ArticleStore],
        zone: tzinfo,
        memory: int,
    ) -> None:
        """Open nothing yet: most archives are never asked.

        Args:
            folder: Of the index; made with the first text that is gone.
            open_engine: Opens the engine of a folder.
            memory: Bytes that building the index may take.
        """
        self._folder = folder
        self._open = open_engine
        self._store = store
        self._zone = zone
        self._memory = memory
        self._lock = Lock()  # of who updates
        self._opening = Lock()
        self._opened: Engine | None = None
        self._looked = 0  # the sequence up to which nothing is to be indexed

    def update(self) -> None:
        """Index what the store has written since the last time.

        Raises:
            IndexLocked: another process is writing the index.
            IndexError_: the index cannot be written.
        """
        with self._lock:
            self._update()

    def _update(self) -> None:
        store = self._store()
        upto = store.sequence
        position = self._position()
        after = 0 if position is None else max(position, self._looked)
        if position is None or next(_pages(store, after, upto), None):
            self._engine().apply(_batches(store, after, upto, self._zone))
        self._looked = upto

    def rebuild(self) -> None:
        """Rebuild the index, beside the one that answers; raises what `update` raises."""
        with self._lock:
            store = self._store()
            upto = store.sequence
            if self._folder.exists() or next(_pages(store, 0, upto), None):
                from indexer.columnar.whoosh.toc import publish  # Whoosh is a third of the start

                read = partial(_batches, store, 0, upto, self._zone)
                build(self._folder, lambda _: (), 0, read, memory=self._memory, publish=publish)
            self.close()
            self._looked = upto

    def search(self, query: Query) -> Results:
        """Answer a query that asks for these texts; its hits are the articles that had them.

        `partial` also says that the index could not be brought up to the store: another updates it, or it is on a disk
        that is read only.
        """
        results, whole = self._answered(lambda engine: engine.search(without_removed(query)))
        position = max(results.position, self._looked)
        return results._replace(removed=True, position=position, partial=results.partial or not whole)

    def listing(self, query: Query) -> Listing:
        """Return all articles that had such a text, in the order of the query; `partial` as in `search`."""
        found, whole = self._answered(lambda engine: engine.listing(without_removed(query)))
        return replace(found, position=max(found.position, self._looked), partial=found.partial or not whole)

    def explain(self, query: Query, id: int) -> Explanation:
        """Say why an article has the score it has for this query."""
        return self._answered(lambda engine: engine.explain(without_removed(query), id))[0]

    def close(self) -> None:
        """Close the files."""
        with self._opening:
            if self._opened is not None:
                self._opened.close()
            self._opened = None

    def follow(self) -> bool:
        """Index what is new, and return whether that was done; nobody waits for a thread that is doing it.

        Why it could not be done is in the log; the next search tries again.
        """
        if not self._lock.acquire(blocking=False):
            return False
        try:
            self._update()
        except (IndexLocked, IndexError_) as error:
            event(log, "index of removed texts not updated", error=error)
            return False
        finally:
            self._lock.release()
        return True

    def _answered(self, ask: Callable[[Engine], T]) -> tuple[T, bool]:
        """Return the answer, and whether the index is as new as the store."""
        whole = self.follow()
        try:
            return ask(self._engine()), whole
        except IndexDamaged as damage:
            self._repair(damage)
            return ask(self._engine()), True

    def _repair(self, damage: IndexDamaged) -> None:
        """Rebuild the index.

        Raises:
            IndexRebuilding: another process is writing the index, or it cannot be written; the next search tries again.
        """
        event(log, "index of removed texts damaged", error=damage)
        try:
            self.rebuild()
        except IndexLocked as error:
            raise IndexRebuilding(BEING_BUILT) from error
        except IndexError_ as error:
            event(log, "index of removed texts not built", level=logging.WARNING, error=error)
            raise IndexRebuilding(NOT_BUILT) from error

    def _engine(self) -> Engine:
        with self._opening:
            if self._opened is None:
                self._opened = self._open(self._folder)
            return self._opened

    def _position(self) -> int | None:
        """Return the sequence that the index is at; None when there is an index that is to be rebuilt."""
        if self._opened is None and not self._folder.exists():
            return 0
        engine = self._engine()
        position = engine.position
        return None if engine.damage or engine.outdated else position


def _pages(store: ArticleStore, after: int, upto: int) -> Iterator[tuple[int, list[tuple[int, StoredArticle | None]]]]:
    """Yield (sequence, articles) for the articles with several texts, or withdrawn, page by page."""
    while changes := store.changes(after, BATCH, upto, revised=True):
        after = changes[-1].sequence
        yield after, [(each.id, each.stored) for each in changes]


def _batches(store: ArticleStore, after: int, upto: int, zone: tzinfo) -> Iterator[Batch]:
    aliases = store.authors.aliases()
    for position, articles in _pages(store, after, upto):
        made = {id: removed_document(stored, store, zone, aliases) if stored else None for id, stored in articles}
        yield Batch(
            tuple(each for each in made.values() if each),
            tuple(id for id, each in made.items() if each is None),
            position,
            origin(store, position, zone) or Origin(),
        )
    yield Batch(position=upto, origin=origin(store, upto, zone) or Origin())


def removed_document(
    stored: StoredArticle, store: ArticleStore, zone: tzinfo, aliases: Mapping[str, str]
) -> Document | None:
    """Return what is indexed of the texts that are gone from an article; None when nothing is gone."""
    passages = removed_passages(store.revisions(stored.id))
    if not passages:
        return None
    texts = {field: "\n\n".join(each.text for each in passages if each.field is field) for field in TextField}
    return replace(
        document(stored, zone=zone, aliases=aliases),
        headline=texts[TextField.HEADLINE],
        standfirst=texts[TextField.STANDFIRST],
        body=texts[TextField.BODY],
        byline="",
        stored=None,
    )

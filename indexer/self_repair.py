"""A damaged, missing or outdated index -> a new index from the store; the old index answers until then if it can.

No repair command is needed: the command line waits for the new index and then answers; the pages start its building,
and say so until it serves. Of several processes that notice the damage, one builds and the others wait.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Protocol, TypeVar

from corpus.errors import IndexDamaged, IndexError_, IndexLocked, IndexRebuilding, PressmarkError
from corpus.events import event
from corpus.texts import Text, joined, text
from indexer.contract.listing import Listing
from indexer.contract.protocol import Batch, SearchEngine
from indexer.contract.rebuilding import BEING_BUILT, NOT_BUILT
from indexer.contract.removed import searches_removed
from indexer.contract.values import Completion, Explanation, Hit, Query, Results

if TYPE_CHECKING:
    from indexer.removed import RemovedTexts

RETRY = 10.0  # seconds until a rebuild that failed, or found another at work, is tried again
NO_INDEX = "no article is in the index yet"  # there was none before, or its folder was removed
EXAMINE = 24 * 3600.0  # seconds between two looks at every byte of an index that serves

log = logging.getLogger(__name__)

T = TypeVar("T")
Progress = Callable[[float], object]  # the share that is done


class Damageable(SearchEngine, Protocol):
    """An engine that notices damage."""

    @property
    def damage(self) -> IndexDamaged | None:
        """What is wrong with the newest commit, as far as was noticed."""

    @property
    def outdated(self) -> str | None:
        """Why what answers is to be rebuilt although it is whole, in words."""

    @property
    def serving(self) -> int:
        """The position of what answered last."""

    def examine(self) -> None:
        """Read every byte of what answers now, and notice its damage."""


class SelfRepairingEngine:
    """A SearchEngine that rebuilds itself; its members keep the promises of SearchEngine.

    Args:
        rebuild: Builds the index, saying how far it is.
        holds: Whether the store has anything to index.
        missing: Which of some articles the store does not have, withdrawn or not.
        wait: Let the caller wait while the index is built; otherwise build in a thread and raise IndexRebuilding.
        say: Tells a person what happens, a sentence at a time; when None, the log has it as warnings.
        examines: Whether every byte is read once a day while the index serves.
        removed: Answers what is asked of texts that are gone; None: nothing is found there.
    """

    def __init__(
        self,
        engine: Damageable,
        rebuild: Callable[[Progress], object],
        holds: Callable[[], bool],
        *,
        missing: Callable[[Sequence[int]], Sequence[int]] = lambda ids: (),
        wait: bool,
        say: Callable[[str], object] | None = None,
        examines: Callable[[], bool] = lambda: True,
        removed: "RemovedTexts | None" = None,
    ) -> None:
        self._engine = engine
        self._rebuild = rebuild
        self._holds = holds
        self._missing = missing
        self._wait = wait
        self._say = say
        self._examines = examines
        self._removed = removed
        self._work = _Work()
        self._examined = time.monotonic() - EXAMINE

    @property
    def position(self) -> int:
        """The last sequence committed, 0 when that is damaged; where nobody waits, that of what answers."""
        if self._wait:
            return self._engine.position
        len(self)
        return self._engine.serving

    @property
    def damage(self) -> IndexDamaged | None:
        """What is wrong with the newest commit, as far as was noticed."""
        return self._engine.damage

    @property
    def outdated(self) -> str | None:
        """Why what answers is to be rebuilt although it is whole, in words."""
        return self._engine.outdated

    def apply(self, batches: Iterable[Batch]) -> int:
        """Apply the batches; on an index that turns out to be damaged, rebuild it."""
        try:
            if damage := self._engine.damage:  # noticed since the last update, by a search or a merge
                raise damage
            position = self._engine.apply(batches)
        except IndexDamaged as error:
            self._build(f"the index is damaged: {error}")
            position = self._engine.position
        if self._removed is not None:
            self._removed.follow()
        return position

    def search(self, query: Query) -> Results:
        """Answer the query. A hit that is no article of the store is damage: the index is rebuilt."""
        if self._removed is not None and searches_removed(query):
            return self._removed.search(query)
        results = self._answered(lambda: self._engine.search(query))
        lost = self._missing([hit.id for hit in results.hits])
        if not lost:
            return results
        self._repair(f"the index is damaged: it finds {len(lost)} articles that the store does not have")
        return self._engine.search(query)

    def listing(self, query: Query) -> Listing:
        """Return all matches in the order of the query, of one committed state."""
        if self._removed is not None and searches_removed(query):
            return self._removed.listing(query)
        return self._answered(lambda: self._engine.listing(query))

    def complete(self, prefix: str, *, limit: int = 8) -> tuple[Completion, ...]:
        """Complete the last word typed."""
        return self._answered(lambda: self._engine.complete(prefix, limit=limit))

    def similar(self, id: int, texts: Sequence[str], *, limit: int = 5) -> tuple[Hit, ...]:
        """Return the articles most like this one."""
        return self._answered(lambda: self._engine.similar(id, texts, limit=limit))

    def explain(self, query: Query, id: int) -> Explanation:
        """Say why the article has the score it has for this query."""
        if self._removed is not None and searches_removed(query):
            return self._removed.explain(query, id)
        return self._answered(lambda: self._engine.explain(query, id))

    def __len__(self) -> int:
        return self._answered(lambda: len(self._engine))

    def close(self) -> None:
        """Give up what is being built, and release the files."""
        self._work.stop()
        self._engine.close()
        if self._removed is not None:
            self._removed.close()

    def _answered(self, question: Callable[[], T]) -> T:
        try:
            answer = question()
        except IndexDamaged as error:
            self._repair(f"the index is damaged: {error}")
            return question()
        if damage := self._engine.damage:
            return self._newest_damaged(f"the index is damaged: {damage}", question, answer)
        if not self._engine.serving and self._holds():
            return self._outdated(question, answer)
        if not self._wait and time.monotonic() - self._examined >= EXAMINE and self._examines():
            self._examined = time.monotonic()
            self._work.start(self._examine)
        return answer

    def _newest_damaged(self, why: str, question: Callable[[], T], answer: T) -> T:
        """Answer from an older state, or wait for the new index."""
        if self._wait:
            self._build(why)
            return question()
        self._work.start(lambda: self._build(why))
        return answer

    def _outdated(self, question: Callable[[], T], answer: T) -> T:
        """Answer from an index of another version, or wait for the first index."""
        held = len(self._engine)
        if self._engine.serving:  # it has come while we were asking
            return question()
        if held and not self._wait:
            why = self._engine.outdated or "the index was made by another version"
            self._work.start(lambda: self._build(why))
            return answer
        self._repair(self._engine.outdated or NO_INDEX)
        return question()

    def _repair(self, why: str) -> None:
        """Build the index, or raise IndexRebuilding and let it be built."""
        if self._wait:
            self._build(why)
            return
        self._work.start(lambda: self._build(why))
        raise IndexRebuilding(self._work.message())

    def _examine(self) -> None:
        try:
            self._engine.examine()
        except IndexDamaged as error:
            self._build(f"the index is damaged: {error}")

    def _build(self, why: str) -> None:
        level = logging.WARNING if self._say is None else logging.INFO
        event(log, "index repair begun", level=level, reason=why)
        if self._say is not None:
            made = "built" if why == NO_INDEX else "rebuilt"
            self._say(f"{why}; it is {made} from the articles, nothing is lost")
        began = time.monotonic()
        self._rebuild(self._work.progress)
        took = time.monotonic() - began
        event(log, "index repaired", level=level, seconds=took)
        if self._say is not None:
            self._say(f"the index was {made} in {took:.1f} s")


class _Stopped(PressmarkError):
    """The engine was closed while it was being built."""


class _Work:
    """Work in the background: one task at a time, and none right after a failure."""

    def __init__(self) -> None:
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self._next = 0.0
        self._share = 0.0
        self._failed = False
        self._stopped = False

    def start(self, work: Callable[[], None]) -> None:
        """Rebuild or update in a thread, unless that is under way or has just failed."""
        with self._lock:
            busy = self._thread is not None and self._thread.is_alive()
            if busy or self._stopped or time.monotonic() < self._next:
                return
            self._share = 0.0
            self._thread = threading.Thread(target=self._run, args=(work,), name="index repair", daemon=True)
            self._thread.start()

    def progress(self, share: float) -> None:
        """Note how far a rebuild is; end it when the engine was closed."""
        self._share = share
        if self._stopped:
            raise _Stopped("closed while the index was being built")

    def message(self) -> Text:
        """Return what to tell a reader."""
        if self._failed:
            return NOT_BUILT
        done = text("{share:.0%} is done.", share=self._share)
        return joined(" ", (BEING_BUILT, done)) if self._share else BEING_BUILT

    def stop(self) -> None:
        """Ask the thread to end soon, and wait for it."""
        self._stopped = True
        if self._thread and self._thread is not threading.current_thread():
            self._thread.join()

    def _run(self, work: Callable[[], None]) -> None:
        try:
            work()
            self._failed = False
        except _Stopped:
            return
        except IndexLocked as error:
            self._next = time.monotonic() + RETRY
            event(log, "index repair waits", error=error)
        except IndexError_ as error:
            self._later()
            event(log, "index repair failed", level=logging.WARNING, error=error)
        except Exception as error:  # noqa: BLE001 - nobody waits for this thread; the log has the cause
            self._later()
            event(log, "index repair failed", level=logging.ERROR, error=error, trace="always")

    def _later(self) -> None:
        self._failed, self._next = True, time.monotonic() + RETRY

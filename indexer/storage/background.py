"""Too many segments -> fewer, merged while others write: only the commit needs the lock of the index.

Segments never change, so their documents can be copied while others commit. What was deleted meanwhile is deleted from
the new segment when it takes the place of the old ones. One process merges at a time.
"""

import logging
import math
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np

from corpus.errors import IndexDamaged, IndexLocked, PressmarkError
from corpus.events import event
from corpus.locks import hold
from indexer.analysis.stems import languages
from indexer.storage import commits
from indexer.storage.building import MERGE, writing
from indexer.storage.commits import Contents, Publish
from indexer.storage.merging import merge
from indexer.storage.policy import to_merge
from indexer.storage.segment import NAME, Segment, stamp
from indexer.storage.segment_checks import checked
from indexer.storage.segment_file import OpenSegment
from indexer.storage.writing import spoken

LOCK = f"{NAME}_MERGELOCK"
UNFINISHED = ".merging"  # ends the name of a segment that no commit may know yet, so that no writer removes it
WRITER_TIMEOUT = 600.0  # seconds that a merged segment waits for who writes; then the next merge does the work again
ENDING = 5.0  # seconds that it waits so once its process is to end
PAUSE = 0.05  # seconds between two looks at the lock

log = logging.getLogger(__name__)


class Merges:
    """The merges of one index, done in a thread.

    Args:
        publish: Writes each commit for readers of another kind, too.
        damaged: Called when a segment is not as it was written, with what is wrong.
    """

    def __init__(self, directory: Path, *, publish: Publish, damaged: Callable[[IndexDamaged], object]) -> None:
        self._directory = directory
        self._also = publish
        self._damaged = damaged
        self._turn = threading.Lock()
        self._thread: threading.Thread | None = None
        self._is_wanted = False
        self._until = math.inf  # seconds of the clock that never goes back, until which a merge waits for who writes

    def start(self) -> None:
        """Merge what there is too much of, now or after the merge that goes on."""
        with self._turn:
            self._is_wanted = True
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="index merges")
                self._thread.start()

    def wait(self) -> None:
        """Wait until nothing is left to merge."""
        while (thread := self._thread) is not None:
            thread.join()

    def end(self) -> None:
        """Wait for the merge that is under way, but for no other process that writes long: the next merge does it."""
        self._until = time.monotonic() + ENDING
        self.wait()

    def _work(self) -> None:
        while self._is_to_go_on():
            try:
                self._merge()
            except Exception:  # a thread that waits for this one must see it end
                with self._turn:
                    self._thread = None
                raise

    def _is_to_go_on(self) -> bool:
        with self._turn:
            is_wanted, self._is_wanted = self._is_wanted, False
            if not is_wanted:
                self._thread = None
            return is_wanted

    def _merge(self) -> None:
        try:
            while merge_once(self._directory, publish=self._also, until=lambda: self._until):
                pass
        except IndexLocked:
            pass  # another process merges, or writes for very long
        except IndexDamaged as error:
            self._damaged(error)
        except (PressmarkError, OSError) as error:
            event(log, "segments not merged", error=error)


def merge_once(directory: Path, *, publish: Publish, until: Callable[[], float] = lambda: math.inf) -> bool:
    """Put one segment in the place of some, where there are too many; return whether to look again.

    Args:
        directory: Of the index.
        publish: Writes the commit for readers of another kind, too.
        until: Says how long to wait for another who writes, at most, by `time.monotonic`.

    Raises:
        IndexLocked: another process merges, or writes for longer than a merge waits.
        IndexDamaged: a segment is not as it was written.
        IndexError_: the new segment cannot be written; the index is as it was.
    """
    if not _chosen(_newest(directory)):
        return False
    with hold(directory / LOCK, what=MERGE, error=IndexLocked):
        for leftover in directory.glob(f"*{UNFINISHED}"):  # of a process that was killed
            leftover.unlink(missing_ok=True)
        contents = _newest(directory)
        parts = _chosen(contents)
        if not parts:
            return False
        made = Segment(0)
        path = directory / f"{made.filename()}{UNFINISHED}"
        try:
            try:
                pairs = [(checked(directory, part, wholly=True), part.live()) for part in parts]
                others = [OpenSegment(directory / one.filename()) for one in contents.segments if one not in parts]
            except FileNotFoundError:  # a writer has removed it, as all of its documents are deleted
                return True
            spoken_in = languages(spoken([*(opened for opened, _ in pairs), *others]))
            made = replace(made, count=merge(path, pairs, spoken_in), cut=OpenSegment(path).cut())
            with _patiently(directory, until) as number:
                return _put_in_place(directory, number, path, made, parts, publish)
        finally:
            path.unlink(missing_ok=True)


def _newest(directory: Path) -> Contents:
    """The newest commit; an empty one where there is none or it is being replaced."""
    try:
        return commits.read(directory, commits.generation(directory))
    except FileNotFoundError:
        return Contents()


def _chosen(contents: Contents) -> list[Segment]:
    places = to_merge([segment.live_count() for segment in contents.segments])
    return [contents.segments[at] for at in places]


@contextmanager
def _patiently(directory: Path, until: Callable[[], float]) -> Iterator[int]:
    """Hold the lock of the index as soon as nobody writes."""
    longest = time.monotonic() + WRITER_TIMEOUT
    with ExitStack() as stack:
        while True:
            try:
                number = stack.enter_context(writing(directory, MERGE))
                break
            except IndexLocked:
                if time.monotonic() > min(longest, until()):
                    raise
                time.sleep(PAUSE)
        yield number


def _put_in_place(
    directory: Path, number: int, path: Path, made: Segment, parts: Sequence[Segment], publish: Publish
) -> bool:
    """Commit a merged segment in the place of its parts; return whether there may be more to do.

    Where a part is gone, or the index was rebuilt, the work is dropped.
    """
    contents = commits.read(directory, number)
    now = {segment.id: segment for segment in contents.segments}
    if not all(part.id in now for part in parts):
        return True
    gone = []
    before = 0
    for part in parts:
        live = part.live()
        places = before + np.cumsum(live) - 1
        gone.append(places[live & ~now[part.id].live()])
        before += int(live.sum())
    path.rename(directory / made.filename())
    whole = replace(made, written=stamp((directory / made.filename()).stat()))
    merged = {part.id for part in parts}
    left = [one for one in contents.segments if one.id not in merged]
    deleted = np.concatenate(gone)
    whole = whole.without(deleted) if len(deleted) else whole
    segments = (*left, whole) if whole.live_count() else tuple(left)
    new = replace(contents, segments=segments)
    commits.write(directory, number + 1, new)
    publish(directory, number + 1, new)
    commits.tidy(directory, number + 1, new)
    return True

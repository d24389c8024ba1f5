"""Changes of documents -> the cluster, many in one request; what a busy node refuses is sent again."""

import json
import logging
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, NoReturn

from corpus.errors import IndexError_, IndexUnreachable
from corpus.events import event
from indexer.opensearch_engine.cluster import Cluster
from indexer.opensearch_engine.mapping import writing
from indexer.opensearch_engine.refusals import Refused, in_words, missing, passes

log = logging.getLogger(__name__)

MAX_BYTES = 8 << 20  # of one request
LATE = 409  # a newer write of the document is there already
IN_FLIGHT = 3  # requests of one writer: nodes work while the next is made, and their queues stay short
ANSWERED = "errors,items.*.status,items.*.error"  # of an answer; the rest says again what was sent


@dataclass(frozen=True, slots=True)
class Change:
    """One document to write, or to delete when `fields` is None.

    Attributes:
        version: The store's sequence it is of: an older one never undoes a newer. None: what is written last stands.
    """

    id: str
    fields: dict[str, Any] | None
    version: int | None = None

    def lines(self) -> str:
        """Return its lines of a request."""
        action: dict[str, Any] = {"_id": self.id}
        if self.version is not None:
            action |= {"version": self.version, "version_type": "external_gte"}
        if self.fields is None:
            return json.dumps({"delete": action}) + "\n"
        return f"{json.dumps({'index': action})}\n{json.dumps(self.fields, ensure_ascii=False)}\n"


def write(cluster: Cluster, index: str, changes: Iterable[Change]) -> None:
    """Write changes in order; searches see them after the next refresh.

    They go by an alias that goes with the index: a cluster makes an index that somebody deleted meanwhile again by
    itself, and never an alias.

    Args:
        index: As it was made, with its alias (indexer/opensearch_engine/mapping.py).

    Raises:
        Refused: the index is not there any more.
        IndexError_: the cluster took some of them, or none, for as long as we waited; to send all again is safe.
    """
    for part in _parts(changes):
        _write(cluster, index, part)


class InFlight:
    """Changes on their way to the cluster: the caller goes on while they are sent.

    Requests may overtake one another, so only changes that have a version are sent like this.
    """

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._senders = ThreadPoolExecutor(IN_FLIGHT, thread_name_prefix="bulk")
        self._sent: deque[Future[None]] = deque()

    def write(self, index: str, changes: Iterable[Change]) -> None:
        """Send changes; wait only while as many requests are on their way as may be.

        Raises:
            IndexError_, Refused: what an earlier request has met with, as `write` raises it.
        """
        for part in _parts(changes):
            while len(self._sent) >= IN_FLIGHT:
                self._sent.popleft().result()
            self._sent.append(self._senders.submit(_write, self._cluster, index, part))

    def wait(self) -> None:
        """Wait until the cluster has all that was handed in; raise as `write` does."""
        while self._sent:
            self._sent.popleft().result()

    def close(self) -> None:
        """Send nothing more; a request on its way ends by itself, and to write it again is safe."""
        self._senders.shutdown(wait=False, cancel_futures=True)


def _parts(changes: Iterable[Change]) -> Iterator[list[tuple[Change, str]]]:
    part: list[tuple[Change, str]] = []
    size = 0
    for change in changes:
        lines = change.lines()
        if part and size + len(lines) > MAX_BYTES:
            yield part
            part, size = [], 0
        part.append((change, lines))
        size += len(lines)
    if part:
        yield part


def _write(cluster: Cluster, index: str, part: list[tuple[Change, str]]) -> None:
    until = time.monotonic() + cluster.settings.retry_for[1]
    tries = 0
    while part:
        body = "".join(lines for _, lines in part)
        answer = cluster.write("POST", f"/{writing(index)}/_bulk", body, require_alias=True, filter_path=ANSWERED)
        if not answer["errors"]:
            return
        refused: list[tuple[Change, str]] = []
        why = ""
        for one, result in zip(part, answer["items"], strict=True):
            (done,) = result.values()
            error = _error(done)
            if passes(error) or (missing(error) and "error" in done and cluster.may_know_more(tries)):
                refused.append(one)
                why = _reason(index, one[0], done)
            elif done["status"] >= 400 and done["status"] != LATE and "error" in done:
                _give_up(cluster, index, one[0], done)
        if refused and (time.monotonic() > until or cluster.is_closed):
            raise IndexUnreachable(f"{why}: tried {tries + 1} times")
        if refused:
            event(log, "bulk partly refused", index=index, refused=len(refused), of=len(part), error=why)
            cluster.rest(tries)
        part = refused
        tries += 1


def _give_up(cluster: Cluster, index: str, change: Change, done: dict[str, Any]) -> NoReturn:
    error = _error(done)
    if missing(error):
        raise error
    raised = in_words(error, cluster.where, "who we are")
    raise IndexError_(_reason(index, change, done)) if raised is error else raised


def _error(done: dict[str, Any]) -> Refused:
    error = done.get("error") or {}
    return Refused(done["status"], str(error.get("type")), str(error.get("reason")))


def _reason(index: str, change: Change, done: dict[str, Any]) -> str:
    return f"{index}: document {change.id[:80]} is refused: {str(_error(done))[:300]}"

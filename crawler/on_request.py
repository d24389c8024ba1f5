"""What people want of the scheduler -> taken up beside the schedule: looks, crawls, and rules of sources."""

import logging
import threading
from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import Any

from corpus.config import Config
from corpus.errors import PressmarkError, StoreLocked, message_of
from corpus.events import event
from corpus.model import Run
from corpus.store import ArticleStore
from corpus.store.crawls.requests import CrawlRequest, RequestKind
from corpus.texts import text
from crawler.crawl import Clock
from crawler.looking import LookStopped, look_at, record
from crawler.pool.workers import Workers
from crawler.ruling import rules_of
from crawler.visiting.faults import FAULT

log = logging.getLogger(__name__)

TRIGGER = "request"  # what the receipt of a crawl says of who started it
MAX_LOOKS = 2  # at once in one daemon: each has a worker process of its own
MAX_SOURCES = 1000  # of one run; more wait for the next one

Start = Callable[[str, Collection[str], Callable[[], None]], None]
Crawl = Callable[[Sequence[str], str], Run]


class OnRequest:
    """The requests that one daemon works on."""

    def __init__(
        self,
        store: ArticleStore,
        stop: threading.Event,
        crawl: Crawl,
        start: Start,
        now: Clock,
        workers: Workers | None,
    ) -> None:
        """Start without a request; the daemon passes in what makes crawls.

        Args:
            crawl: Makes a run over sources, of a trigger, and what follows it.
            start: Begins work in a thread of its own: its name, the sources it holds, the work.
            workers: They read the pages of looks and rules; None: each starts its own.
        """
        self._store, self._stop, self._crawl, self._start, self._now = store, stop, crawl, start, now
        self._workers = workers
        self._held: dict[int, CrawlRequest] = {}

    def renew(self) -> None:
        """Renew the leases of the requests that are being worked on; more often than a lease lasts."""
        self._store.requests.renew(list(self._held.values()), self._now())

    def take_up(self, config: Config, begun: Collection[str], *, may_crawl: bool) -> None:
        """Begin what is wanted and can begin now.

        Args:
            begun: Sources of which a run is about to begin; they wait, as those that a run holds.
            may_crawl: Whether there is room for another run.
        """
        requests = self._store.requests
        if not requests.open():
            return
        for kind, answer in ((RequestKind.LOOK, self._looked), (RequestKind.RULE, self._ruled)):
            room = MAX_LOOKS - sum(each.kind is kind for each in self._held.values())
            for one in requests.claim(kind, self._now(), limit=room) if room else ():
                self._hold([one])
                work = partial(self._answer, one, partial(answer, one, config))
                self._start(f"{kind.value} {one.id}", (), work)
        busy = {*begun, *self._store.runs.held()}
        crawls = requests.claim(RequestKind.CRAWL, self._now(), limit=MAX_SOURCES, busy=busy) if may_crawl else []
        crawls = self._refuse(crawls, config)
        if crawls:
            self._hold(crawls)
            self._start(f"request {crawls[0].id}", [each.about for each in crawls], lambda: self._crawl_all(crawls))

    def _hold(self, requests: Sequence[CrawlRequest]) -> None:
        self._held |= {each.id: each for each in requests}

    def _refuse(self, crawls: Sequence[CrawlRequest], config: Config) -> list[CrawlRequest]:
        """Say of sources that are gone or paused why they are not crawled; return the others."""
        paused = self._store.schedule.paused() if crawls else set()
        taken = []
        for each in crawls:
            if config.source(each.about) is None:
                self._end(each, failure=text("{source} is not in config.toml", source=each.about))
            elif each.about in paused:
                self._end(each, failure=text("{source} is paused", source=each.about))
            else:
                taken.append(each)
        return taken

    def _looked(self, look: CrawlRequest, config: Config) -> dict[str, Any]:
        return record(look_at(look.about, config, self._stop, workers=self._workers))

    def _ruled(self, rule: CrawlRequest, config: Config) -> dict[str, Any]:
        return rules_of(rule.about, config, self._store, self._stop, self._workers)

    def _answer(self, wanted: CrawlRequest, find: Callable[[], dict[str, Any]]) -> None:
        try:
            answer = find()
        except LookStopped:
            self._release([wanted])
        except PressmarkError as error:
            self._end(wanted, failure=message_of(error))
        except Exception:  # noqa: BLE001 - a fault of ours costs one request
            event(
                log, f"{wanted.kind.value} failed", level=logging.ERROR, request=wanted.id, error=FAULT, trace="debug"
            )
            self._end(wanted, failure=FAULT)
        else:
            self._end(wanted, answer=answer)

    def _crawl_all(self, crawls: Sequence[CrawlRequest]) -> None:
        try:
            self._store.requests.make_due([each.about for each in crawls], self._now())
            run = self._crawl([each.about for each in crawls], TRIGGER)
        except StoreLocked:  # another run was first; its sources wait
            self._release(crawls)
            return
        except PressmarkError as error:
            for each in crawls:
                self._end(each, failure=message_of(error))
            return
        except Exception:  # noqa: BLE001 - a fault of ours costs one run
            event(log, "run failed", level=logging.ERROR, error=FAULT, trace="debug")
            for each in crawls:
                self._end(each, failure=FAULT)
            return
        held = {each.source for each in self._store.runs.receipts(run.id)}
        self._release([each for each in crawls if each.about not in held or run.status == "stopped"])
        for each in crawls:
            if each.about in held and run.status != "stopped":
                self._end(each, run=run.id, failure=run.note if run.status == "failed" else None)

    def _end(self, request: CrawlRequest, **how: object) -> None:
        self._held.pop(request.id, None)
        self._tried(lambda: self._store.requests.finish(request, self._now(), **how))  # type: ignore[arg-type]

    def _release(self, requests: Sequence[CrawlRequest]) -> None:
        for each in requests:
            self._held.pop(each.id, None)
            self._tried(lambda each=each: self._store.requests.release(each))  # type: ignore[misc]

    def _tried(self, write: Callable[[], object]) -> None:
        """Write to the store; where that fails the lease ends, and the request is taken up again."""
        try:
            write()
        except PressmarkError as error:
            event(log, "request not noted", level=logging.ERROR, error=error)

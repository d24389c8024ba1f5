"""An unforeseen error of a visit -> a failure on record: one page is lost, never the crawl."""

import asyncio
import logging
import sys
from collections.abc import Iterable

from corpus.errors import StoreError
from corpus.events import event
from corpus.model import FrontierEntry, Outcome
from corpus.reasons import Reason
from corpus.runs.limits import limit_reached
from corpus.texts import text
from crawler.visiting import visit
from crawler.visiting.context import CrawlContext

log = logging.getLogger(__name__)

FAULT = text("a fault of ours; run with -vv to see where")


async def record_fault(crawl: CrawlContext, entry: FrontierEntry) -> None:
    """Store that a visit failed by a fault of ours; called where its exception is handled.

    The run asks for the URL no longer, even when this fails, too: the store has barred it with its lease.

    Raises:
        StoreError: The store cannot be written.
    """
    limit = limit_reached(sys.exception())
    fault = limit or FAULT
    event(log, "visit failed", level=logging.ERROR, url=entry.url, error=fault, trace="debug")
    context = crawl.visit_of(entry)
    failed = visit.failed(context, f"{Reason.LIMITS if limit else Reason.ERROR}: {fault}")
    try:
        await crawl.record(context, failed)
    except StoreError:
        raise
    except Exception:  # noqa: BLE001 - a fault of ours costs one page
        event(log, "visit not recorded", level=logging.ERROR, url=entry.url, error=FAULT, trace="debug")
        crawl.count(context, failed, Outcome.FAILED)


def failure_of(tasks: Iterable[asyncio.Task[None]]) -> BaseException | None:
    """Return what the first of some visits failed of; asyncio prints a trace of each failure that nobody looked at."""
    failures = [asyncio.CancelledError() if task.cancelled() else task.exception() for task in tasks if task.done()]
    return next(filter(None, failures), None)

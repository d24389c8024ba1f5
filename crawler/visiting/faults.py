"""An unforeseen error of a visit -> a failure on record: one page is lost, never the crawl."""

import logging
from datetime import datetime

from corpus.errors import StoreError
from corpus.events import event
from corpus.model import FrontierEntry, Outcome, UrlKind, Visit
from corpus.reasons import Reason
from corpus.texts import text
from crawler.visiting import frontier
from crawler.visiting.context import CrawlContext

log = logging.getLogger(__name__)

FAULT = text("a fault of ours; run with -vv to see where")


async def record_fault(crawl: CrawlContext, entry: FrontierEntry) -> None:
    """Store that a visit failed by a fault of ours; called where its exception is handled.

    The run asks no more for the URL, even when this fails, too: the store has barred it with its lease.

    Raises:
        StoreError: The store cannot be written.
    """
    event(log, "visit failed", level=logging.ERROR, url=entry.url, error=FAULT, trace="debug")
    try:
        await crawl.async_store.record(_failure(entry, crawl.now(), crawl))
    except StoreError:
        raise
    except Exception:  # noqa: BLE001 - a fault of ours costs one page
        event(log, "visit not recorded", level=logging.ERROR, url=entry.url, error=FAULT, trace="debug")
    crawl.tally.count(entry.source, Outcome.FAILED, 0, reason=Reason.ERROR)
    if entry.kind is UrlKind.ARTICLE:
        crawl.tally.count_story(entry, Outcome.FAILED, Reason.ERROR)
    else:
        crawl.tally.count_list(entry.source, Outcome.FAILED)


def _failure(entry: FrontierEntry, at: datetime, crawl: CrawlContext) -> Visit:
    next = frontier.after_failure(entry, Reason.ERROR, at, rules=crawl.rules)
    return Visit(
        url=entry.url,
        at=at,
        outcome=next.outcome,
        reason=f"{Reason.ERROR}: {FAULT}",
        state=next.state,
        due=next.due,
        attempts=next.attempts,
        run=crawl.run,
        etag=entry.etag,
        last_modified=entry.last_modified,
    )

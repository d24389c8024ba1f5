"""A look at an address -> what it found, as data: for a program, and for the page that shows it."""

import asyncio
import threading
from collections import Counter
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any

from corpus.config import Config
from corpus.errors import FetchError
from corpus.iso_dates import iso_date
from corpus.reasons import Reason
from corpus.texts import about, text
from crawler.pool.workers import Workers
from crawler.preview import SourceReport, discover_site
from crawler.values import Extraction

WITHIN = timedelta(minutes=5)  # a dozen requests, of which a slow site may make each wait 20 s
POLL = 0.5  # seconds between two looks at whether to stop


class LookStopped(Exception):
    """The process ends before the look did."""


def look_at(
    address: str,
    config: Config,
    stop: threading.Event,
    *,
    within: timedelta = WITHIN,
    workers: Workers | None = None,
) -> SourceReport:
    """Look at a site as `discover_source` does, for a bounded time.

    Raises:
        FetchError: The address is none we may ask, or it took too long.
        LookStopped: `stop` was set.
    """
    return asyncio.run(_bounded(discover_site(address, config, workers), address, stop, within))


async def _bounded(
    look: Coroutine[Any, Any, SourceReport], address: str, stop: threading.Event, within: timedelta
) -> SourceReport:
    task = asyncio.create_task(look)
    try:
        async with asyncio.timeout(within.total_seconds()):
            while not task.done():
                await asyncio.wait({task}, timeout=POLL)
                if stop.is_set() and not task.done():
                    raise LookStopped
    except TimeoutError:
        minutes = within.total_seconds() / 60
        late = about(address[:200], text("looking took longer than {n:.0f} minutes", n=minutes))
        raise FetchError(Reason.TIMEOUT, late) from None
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    return task.result()


def record(report: SourceReport) -> dict[str, Any]:
    """Return what was found at the address; the keys are those of `pressmark add --json`."""
    ways = {
        kind: [{"url": way.url, "via": way.via, "articles": way.articles, "problem": way.problem} for way in found]
        for kind, found in (("feeds", report.feeds), ("sitemaps", report.sitemaps))
    }
    unread = [{"url": way.url, "via": way.via, "problem": way.problem} for way in report.unread]
    lead = {"address": report.address, "given": report.given.value, "robots": report.robots}
    counts = {
        "crawl_delay": report.crawl_delay,
        "sections": len(report.sections),
        "links": report.links,
        "from_feeds": report.from_feeds,
        "from_sitemaps": report.from_sitemaps,
        "older": report.older,
        "empty": report.is_empty,
        "problem": report.problem,
        "reason": report.reason,
        "left_out": _left_out(report),
    }
    return {**lead, **counts, **ways, "samples": [_sample(sample) for sample in report.samples], "unread": unread}


def _sample(sample: Extraction) -> dict[str, Any]:
    return {
        "kind": sample.kind.value,
        "reason": sample.reason,
        "url": sample.article.url,
        "published": iso_date(sample.article.published),
        "authors": [author.name for author in sample.article.authors],
        "headline": sample.article.headline,
        "words": len(sample.article.body.split()),
    }


def _left_out(report: SourceReport) -> list[dict[str, Any]]:
    counts = Counter(item.reason for item in report.left_out)
    examples = {item.reason: item.url for item in reversed(report.left_out)}
    return [{"reason": reason, "count": count, "example": examples[reason]} for reason, count in counts.most_common()]

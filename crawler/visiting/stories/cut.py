"""A page with only the beginning of the story stored -> whether that is believed, or its site locks its stories now.

A stored story that is as short when its response is read as the page is now was never longer: it is not cut.
"""

from corpus.errors import ExtractError, NotFound
from corpus.model import Article
from corpus.reasons import Reason
from crawler.identity.sameness import is_beginning
from crawler.pool.captured import captured_page
from crawler.visiting.context import CrawlContext
from crawler.visiting.visit import VisitContext

PATIENT = 2  # looks at another text under an address, all alike, before it is believed without support
SEVERAL = 3  # addresses of a source that are alike in something, from which that is its habit


async def is_cut(crawl: CrawlContext, context: VisitContext, before: Article, now: Article) -> bool:
    """Return whether a page shows only the beginning of the story that stands, and is not believed.

    One that its site says it has updated since is believed, and one that stays so; not where other stories of its
    source are cut as well.
    """
    if not is_beginning(now.body, before.body):
        return False
    alike = await read_again(crawl, context, before)
    if alike is not None and not is_beginning(now.body, alike.body):
        return False
    entry, store = context.entry, crawl.async_store
    if await store.do(store.store.evidence.lost_for, entry.source, Reason.PAYWALL, entry.url) >= SEVERAL - 1:
        return True
    is_updated = now.updated is not None and now.updated.at > before.fetched
    return not is_updated and not (entry.text == context.digest and entry.attempts >= PATIENT)


async def read_again(crawl: CrawlContext, context: VisitContext, before: Article) -> Article | None:
    """Return a stored story as its response is read now; None: that is gone or cannot be read."""
    if before.capture is None:
        return None
    boilerplate = await crawl.read_without(context.source.name)
    try:
        exchange = await crawl.async_store.do(crawl.captures.read, before.capture)
        page = captured_page(before, exchange, context.source, hints=context.entry.hints, boilerplate=boilerplate)
        return (await crawl.workers.extract(page)).article
    except (NotFound, ExtractError):
        return None

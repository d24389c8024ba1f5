"""A text that differs from the stored one -> whether the page has a new text: it may be our reading, or an old copy."""

from dataclasses import replace
from datetime import timedelta

from corpus.errors import ExtractError
from corpus.model import Article, Visit
from corpus.reasons import Reason
from corpus.texts import Text, text
from crawler.fetching.http_date import http_date
from crawler.pool.captured import same_text
from crawler.pool.dispatch import page_of
from crawler.values import Response
from crawler.visiting.context import CrawlContext
from crawler.visiting.stories.cut import PATIENT, read_again
from crawler.visiting.stories.parts import says_otherwise
from crawler.visiting.visit import VisitContext, not_article

TO_AND_FRO = 2  # times that a text was the article's: a paper may take a change back once
_DIGITS = 9  # of an Age; more seconds than that are no answer's


async def is_other_reading(
    crawl: CrawlContext, context: VisitContext, before: Article, now: Article, *, same: bool
) -> bool:
    """Whether the text differs from the stored one only because we read otherwise than when that was stored.

    Or it is the same, and what is said of the story's further pages differs.
    The stored response is read again as this one was: two responses that tell the same when read alike are one
    text. Without a stored response, this one is read as a crawl did before any boilerplate was known.
    """
    if same or same_text(before, now):
        return same and says_otherwise(before, now)  # only fields beside the text differ, which makes no revision
    if before.capture is not None:
        again = await read_again(crawl, context, before)
        return again is not None and same_text(again, now)
    if not await crawl.read_without(context.source.name) or context.response is None:
        return False
    plain = page_of(context.entry, context.source, context.response, context.at, frozenset())
    try:
        return same_text((await crawl.workers.extract(plain)).article, before)
    except ExtractError:
        return False


async def behind(crawl: CrawlContext, context: VisitContext, before: Article, now: Article) -> Visit | None:
    """Return the visit to a page that came as an old copy, such as a cache sends that is behind; None: it did not.

    Its text is one that the article had before, and page or answer say that they are older than the text that stands;
    or it was that of the article again and again, and the page says no later update. It is believed when it stays.
    """
    if context.response is None or (context.entry.text == context.digest and context.entry.attempts >= PATIENT):
        return None
    times = await crawl.async_store.do(crawl.async_store.store.evidence.times_text, context.entry.url, now)
    why = _older(context, context.response, before, now) if times else None
    if why is None and times >= TO_AND_FRO and not _is_updated(before, now):
        why = text("its site goes to and fro between texts")
    if why is None:
        return None
    visit = not_article(context, f"{Reason.EARLIER_TEXT}: {why}")
    return replace(visit, due=context.at + context.rules.revisit_after)


def _is_updated(before: Article, now: Article) -> bool:
    """Whether a page says a later update than the stored one."""
    return before.updated is not None and now.updated is not None and before.updated.at < now.updated.at


def _older(context: VisitContext, response: Response, before: Article, now: Article) -> Text | None:
    """Return by what an answer is older than the text that stands; of several that may say it, the first one does."""
    if before.updated is not None and now.updated is not None and before.updated.at != now.updated.at:
        return text("the page says an earlier update") if now.updated.at < before.updated.at else None
    stood, stands = http_date(context.entry.last_modified), http_date(response.header("last-modified"))
    if stood is not None and stands is not None and stood != stands:
        return text("its Last-Modified is earlier") if stands < stood else None
    age = (response.header("age") or "").strip()
    if not (age.isascii() and age.isdigit() and len(age) <= _DIGITS):
        return None
    left = context.at - timedelta(seconds=int(age))  # the site, for a cache on the way
    return text("its Age is that of a time before the stored text") if left < before.fetched else None

"""The address of another page of a story -> its answer, or why there is none; what in an answer forbids to read it.

The page is fetched within the visit of the story: scope, robots.txt, the host's pace and directives hold for it.
"""

from collections.abc import Awaitable, Callable

from corpus.errors import ExtractError, FetchError
from corpus.model import UrlKind
from corpus.reasons import consequence
from corpus.texts import about
from crawler.dates.unavailable_after import past_at
from crawler.fetching import robots
from crawler.values import Response
from crawler.visiting.context import CrawlContext
from crawler.visiting.visit import GONE, VisitContext

View = Callable[[str], Awaitable[Response]]
"""Fetch another address within the visit; raises FetchError."""

_GONE = frozenset(f"http-{status}" for status in GONE)
_FORBIDDING = frozenset({"noindex", "noarchive"})


async def fetched(crawl: CrawlContext, context: VisitContext, address: str, view: View) -> Response:
    """Fetch another page of a story.

    Raises:
        FetchError: It may not be asked for, or does not answer with a page.
    """
    refusal = crawl.scopes[context.entry.source].refusal(address, UrlKind.ARTICLE)
    if refusal:
        raise FetchError(refusal, about(address, consequence(refusal).says))
    response = await view(address)
    if not response.is_whole:
        status = f"http-{response.status}"
        raise FetchError(status, about(address, status))
    return response


def is_gone(error: FetchError | ExtractError) -> bool:
    """Return whether a page failed as its server answered that it is gone."""
    return error.reason in _GONE


def forbidden_by(crawl: CrawlContext, context: VisitContext, response: Response) -> str | None:
    """Return the directive of an answer that forbids to read it as a part of a story; None: none does."""
    directives = robots.page_directives(response.headers, response.content, past_at(context.at), crawl.rules.name)
    return min(directives & _FORBIDDING, default=None)

"""The first page of a story on several pages -> the story of all of them, read within one visit, under one address.

Each page names the next. A page is joined when it says itself that it is of the story (`crawler.identity.parts`). What
was joined before is not cut back because a page fails: the visit fails then.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from corpus import urls
from corpus.captures import Captures
from corpus.errors import ExtractError, FetchError
from corpus.model import Article, CaptureRef, StoredArticle
from corpus.reasons import Reason, consequence
from corpus.store.articles.corrected import NO_ARTICLE
from corpus.store.articles.filing import BY_HAND
from corpus.store.values import LEASE
from corpus.texts import about, text
from crawler.discovery.further_pages import GOES_ON, is_further, without_further
from crawler.identity.claims import same_page
from crawler.identity.parts import no_part
from crawler.identity.sameness import share_in
from crawler.pool.captured import exchange_of, part_page
from crawler.pool.dispatch import page_of
from crawler.pool.joining import PARTS, joined, own_text, parts_of
from crawler.values import Extraction, Page, Response
from crawler.visiting.context import CrawlContext
from crawler.visiting.stories.asking import View, fetched, forbidden_by, is_gone
from crawler.visiting.visit import VisitContext, digest_of

MAX_PAGES = 20  # of one story, the first one counted
MAX_BYTES = 20_000_000  # of their responses together
MAX_TIME = LEASE / 3  # until the last page is asked for; its answer, and what else a visit asks for, take time, too
STILL_HAS = 0.9  # share of a stored text, and of its end, that stands in another one: a page is missing at the end
END = 200  # characters


@dataclass(slots=True)
class _Story:
    """The pages of a story as far as they were read.

    Attributes:
        known: The addresses of the further pages that the stored text was read from.
        why: Why the page at `at` is not joined; None: all are.
        lost: Raised unless the text that was read tells all that is stored.
    """

    first: Extraction
    known: Sequence[str]
    read: list[Extraction] = field(default_factory=list)
    responses: list[Response] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    at: str | None = None
    why: str | None = None
    lost: FetchError | ExtractError | None = None
    more_bytes: int = 0
    so_far: Article = field(init=False)

    def __post_init__(self) -> None:
        self.so_far = self.first.article

    def add(self, read: Extraction, response: Response) -> None:
        """Join a page."""
        own, _ = own_text(read.article, [self.so_far])
        self.so_far = replace(self.so_far, body=f"{self.so_far.body}\n\n{own}")
        self.read.append(read)
        self.responses.append(response)
        self.keys.append(urls.key_of(response.address))

    def following(self) -> tuple[str | None, bool]:
        """Return the next page, and whether the last page names it; else an earlier visit knew it."""
        named = (self.read[-1] if self.read else self.first).pages.next
        if named is not None:
            return named, True
        behind = self.known
        if self.keys:
            last = self.keys[-1]
            behind = behind[behind.index(last) + 1 :] if last in behind else ()
        return next(iter(behind), None), False


async def with_parts(
    crawl: CrawlContext, context: VisitContext, read: Extraction, *, view: View, before: Article | None
) -> tuple[VisitContext, Extraction]:
    """Return the visit and the reading of a story with its further pages.

    Args:
        before: The story as it is stored.

    Raises:
        FetchError: A page of the stored text cannot be read now, or the crawl ends.
        ExtractError: A page of the stored text is beyond our limits now.
    """
    if context.response is None:
        return context, read
    story = _Story(read, parts_of(before) if before else ())
    begins = not is_further(context.response.address, read.pages.first)
    if not begins:  # else the pages after it stood in two stories
        story.at, story.why = read.pages.next, text("this page is a further one itself")
    else:
        await _follow(crawl, context, story, view)
    if not story.read and (story.why is None or story.at is None):
        return context, read
    whole = joined(read, story.read, story.keys) if story.read else read
    if story.lost is not None and before is not None and not _still_has(whole.article.body, before.body):
        raise story.lost
    facts = without_further(whole.article.facts)
    if story.why is not None:
        facts[GOES_ON] = text(
            "it goes on on a further page, which is not joined, as {why}: {url}", why=story.why, url=story.at
        )
    response = replace(context.response, wire_bytes=context.response.wire_bytes + story.more_bytes)
    context = replace(context, response=response, parts=tuple(story.responses), is_elsewhere=begins)
    return context, replace(whole, article=replace(whole.article, facts=facts), trimmable=None)


def says_otherwise(before: Article, now: Article) -> bool:
    """Return whether two readings of one text differ in the pages that were joined, or in why the joining ended."""
    return any(before.facts.get(name) != now.facts.get(name) for name in (PARTS, GOES_ON))


def _still_has(now: str, before: str) -> bool:
    """Whether a text has all of the stored one, though a page of that is missing: it may stand on another page."""
    return share_in(now, before) >= STILL_HAS <= share_in(now, before[-END:])


async def _follow(crawl: CrawlContext, context: VisitContext, story: _Story, view: View) -> None:
    """Read page after page, until no further one is named or one is not joined."""
    first = context.response
    assert first is not None
    boilerplate = await crawl.read_without(context.source.name)
    page = page_of(context.entry, context.source, first, context.at, boilerplate)
    size, seen = len(first.content), {context.entry.url, urls.key_of(first.address)}
    while True:
        address, is_named = story.following()
        key = urls.key_of(address) if address else None
        if address is None or key is None or key in seen:
            return
        seen.add(key)
        story.at = address
        is_known = any(same_page(key, each) for each in story.known)
        story.why = _at_bound(len(story.read) + 1, size)
        if story.why is not None:
            return
        if crawl.now() - context.at > MAX_TIME:
            story.why = text("the pages before it took too long to come")
            story.lost = FetchError(Reason.TIMEOUT, about(address, story.why)) if is_known else None
            return
        try:
            response = await fetched(crawl, context, address, view)
            size += len(response.content)
            found = await _read(crawl, context, page, address, response)
            read = None if isinstance(found, str) else found
            why = no_part(context.entry.url, story.first, story.so_far, read) if read else str(found)
        except (FetchError, ExtractError) as error:
            if error.reason == Reason.STOPPED:
                raise
            counts = is_named or not is_gone(error)  # else the story ends before a page that it had once
            story.lost = error if counts and is_known else None
            story.why = consequence(error.reason).says if counts else None
            return
        if read is None or why is not None:
            story.more_bytes += response.wire_bytes
            if is_known and is_named and read is not None:
                story.lost = FetchError(Reason.OTHER_STORY, about(address, why or ""))
            story.why = why if is_named else None
            return
        story.add(read, response)
        seen.add(story.keys[-1])


def _at_bound(count: int, size: int) -> str | None:
    """Return why no page is read after so many pages of so many bytes; None: one may be."""
    if count >= MAX_PAGES:
        return text("{n:,} pages were read", n=count)
    return text("the pages before it have {n:.1f} MB", n=size / 1e6) if size > MAX_BYTES else None


async def _read(
    crawl: CrawlContext, context: VisitContext, first: Page, address: str, response: Response
) -> Extraction | str:
    """Return the reading of a further page, or what of its answer forbids to read it.

    Raises:
        ExtractError: It is beyond our limits.
    """
    if response.hops and not same_page(address, response.address):
        return text("it redirects to {address}", address=response.address)
    forbidding = forbidden_by(crawl, context, response)
    if forbidding:
        return text("it asks for {directive}", directive=forbidding)
    key = urls.key_of(response.address)
    if is_taken_away(await crawl.async_store.article(key)):
        return text("its text was taken away by hand")
    if await crawl.async_store.is_said_article(key):
        return text("a person said that it is an article of its own")
    read = await crawl.workers.extract(part_page(first, exchange_of(response, context.at), context.source))
    return text("it asks for {directive}", directive="noindex") if read.noindex else read


def captured(
    captures: Captures, context: VisitContext, previous: CaptureRef | None, places: list[CaptureRef]
) -> CaptureRef:
    """Store the responses of a visit, and return where the first page's is.

    Args:
        previous: The latest capture of the first page.
        places: Where those of its further pages are, as they are stored.
    """
    assert context.response is not None
    earlier = captures.parts_of(previous) if previous and context.parts else ()
    for number, part in enumerate(context.parts):
        last = earlier[number] if number < len(earlier) else None
        places.append(captures.append(exchange_of(part, context.at), previous=last))
    return captures.append(exchange_of(context.response, context.at), previous=previous, parts=places)


async def with_known_parts(
    crawl: CrawlContext, context: VisitContext, read: Extraction, *, view: View | None, before: Article | None
) -> tuple[VisitContext, Extraction]:
    """Return a reading with the further pages that the stored text has, where the first page no longer names them."""
    if view is None or before is None or PARTS not in before.facts or PARTS in read.article.facts:
        return context, read
    context, read = await with_parts(crawl, context, read, view=view, before=before)
    return replace(context, digest=digest_of(read.article.body)), read


def is_taken_away(stored: StoredArticle | None) -> bool:
    """Return whether the archive's operator took an article's text away, which nothing brings back."""
    why = stored.withdrawn if stored else None
    return why is not None and why.startswith(BY_HAND) and why != NO_ARTICLE

"""The result of a fetch -> the Visit that is stored: outcome, reason, next state. Pure decisions."""

from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import blake2b

from corpus import urls
from corpus.config import CrawlerSettings, Source
from corpus.errors import ExtractError, FetchError
from corpus.model import (
    Article,
    Discovered,
    FrontierEntry,
    LeftOut,
    Outcome,
    UrlKind,
    UrlState,
    Visit,
    value,
)
from corpus.reasons import Reason
from corpus.texts import text
from crawler.fetching.http_date import past
from crawler.identity.claims import place
from crawler.text import text_length
from crawler.values import Extraction, Listing, PageKind, Response
from crawler.visiting import frontier
from crawler.visiting.frontier import Next

MIN_LEFT = 0.25  # of an article's text; a page with less of it is a stump, unless its headline still stands
SHORT_BODY = 1000  # letters (`text_length`); a longer text under several addresses is a story, no "not found" page
MAX_TWINS = 2  # other addresses of a source that may have the same short text, or lead to its front page
MAX_REASON = 300
MAX_WAITS = 2  # of a further page for its first one, in a run

GONE = frozenset({404, 410})
# Reasons that a validator we sent may be behind.
UNREADABLE = frozenset({Reason.PROTOCOL, Reason.TRUNCATED, Reason.ENCODING, Reason.LENGTH_MISMATCH})
SHORT_REST = timedelta(seconds=30)  # which a crawl waits for


@value()
class VisitContext:
    """One visit being decided: the entry, its source, the moment, and the response once there is one.

    Attributes:
        is_elsewhere: The text is not of the first page alone, or not yet whole: its validators say nothing of the text.
        parts: The responses of the further pages of the story.
    """

    entry: FrontierEntry
    source: Source
    rules: CrawlerSettings
    at: datetime
    run: int
    response: Response | None = None
    digest: int | None = None  # of the text of the page, once it is read
    is_elsewhere: bool = False
    parts: tuple[Response, ...] = ()

    def visit(
        self,
        next: Next,
        reason: str | None = None,
        *,
        article: Article | None = None,
        found: tuple[Discovered, ...] = (),
        left_out: tuple[LeftOut, ...] = (),
        blocks: tuple[int, ...] = (),
        validators: bool = False,
        amends: bool = False,
    ) -> Visit:
        """Return the visit; `validators` True when the answer was taken in whole, so that the next may be a 304."""
        response, entry = self.response, self.entry
        answered_by = response if validators and response is not None else entry
        return Visit(
            url=entry.url,
            at=self.at,
            outcome=next.outcome,
            reason=reason[:MAX_REASON] if reason else None,
            status=response.status if response else None,
            bytes=response.wire_bytes if response else 0,
            took=response.took if response else timedelta(),
            final_url=response.address if response and response.hops else None,
            etag=None if self.is_elsewhere else answered_by.etag,
            last_modified=None if self.is_elsewhere else past(answered_by.last_modified, self.at),
            state=next.state,
            due=next.due,
            attempts=next.attempts,
            again=next.again,
            run=self.run,
            article=article,
            amends=amends,
            kind=entry.kind,
            found=found,
            left_out=left_out,
            text=self.digest,
            landed=self._landed(),
            blocks=blocks,
        )

    def _landed(self) -> str | None:
        """Where the redirects of this visit ended, without the query; None when there were none to another page."""
        key = moved_key(self.entry, self.response) if self.response else None
        return None if key is None else place(key)


def failed(context: VisitContext, reason: str) -> Visit:
    """The visit when the fetch or the reading failed; `reason` begins with its stable word."""
    return context.visit(frontier.after_failure(context.entry, reason, context.at, rules=context.rules), reason)


def failed_by(context: VisitContext, error: FetchError | ExtractError) -> Visit:
    """The visit when the fetch or the reading failed by this error; its message without the address it begins with."""
    said = str(error).removeprefix(f"{context.entry.address}: ").removeprefix(f"{context.entry.url}: ")
    visit = failed(context, f"{error.reason}: {said}")
    if error.reason in UNREADABLE:  # perhaps for the validators that were sent: the next visit sends none
        return replace(visit, etag=None, last_modified=None)
    return visit


def not_ok(context: VisitContext, rest: timedelta | None) -> Visit | None:
    """The visit when the answer's status alone decides; None when there is a page to read.

    `rest` is how long the host asked us to wait: the URL is due then, in the same run if that lasts so long; when it
    failed before, not earlier than its Retry says. After a short rest of its own host it is the first one there: were
    others asked before, a few pages that fail once each would pass for a host that fails.
    """
    assert context.response is not None
    status, entry = context.response.status, context.entry
    if context.response.is_whole:
        return None
    gave = entry.etag or entry.last_modified or entry.changed or entry.was_read  # a page once
    if status == 304 and entry.checked is not None and gave:
        return _not_modified(context)
    if status in GONE:  # an address that leads to another that is gone may lead elsewhere tomorrow
        return gone(context, 404 if moved_key(entry, context.response) else status, f"http-{status}")
    visit = failed(context, f"http-{status}")
    if rest is None:
        return visit
    due = max(visit.due, context.at + rest) if entry.attempts else context.at + rest
    is_own = urls.host(context.response.address) == entry.host  # else nothing keeps it from being asked at once
    if is_own and not entry.attempts and rest <= SHORT_REST:
        due = min(entry.due, context.at)  # before what was found later; until then its host rests
    return replace(visit, due=due, again=visit.state is UrlState.WAITING)


def gone(context: VisitContext, status: int, reason: str | None = None) -> Visit:
    """The visit when the page is not there: withdrawn at a 410, or when it has been missing again and again."""
    return context.visit(
        frontier.after_gone(context.entry, status, context.at, rules=context.rules), reason or f"http-{status}"
    )


def _not_modified(context: VisitContext) -> Visit:
    entry = context.entry
    if entry.kind in frontier.LISTINGS:
        return context.visit(
            frontier.after_listing(entry, context.at, rules=context.rules, changed=False), Reason.NOT_MODIFIED
        )
    next = frontier.after_article(entry, context.at, rules=context.rules, born=_born(entry), changed=False)
    return context.visit(replace(next, outcome=Outcome.UNCHANGED), Reason.NOT_MODIFIED)


def read(context: VisitContext, listing: Listing, *, changed: bool, left_out: tuple[LeftOut, ...]) -> Visit:
    """The visit to a feed, sitemap, home or section page that was read; `left_out` are links that are not crawled."""
    next = frontier.after_listing(context.entry, context.at, rules=context.rules, changed=changed)
    return context.visit(next, ", ".join(listing.notes) or None, left_out=left_out, validators=True)


def redirected(context: VisitContext, target: Discovered, why: str) -> Visit:
    """The visit to a page that is stored under another URL of the site, which joins the frontier.

    An article we had of it is withdrawn. An address given up for the text alone, or for where it leads, is looked at
    again after a while, as long as articles are: it may tell a story of its own then. A feed or sitemap that moved is
    asked at its new address alone.
    """
    entry, at = context.entry, context.at
    key = target.key or urls.key_of(target.url)
    next = Next(Outcome.REDIRECTED, UrlState.DROPPED, at)
    is_young = entry.kind is UrlKind.ARTICLE and at - entry.first_seen < context.rules.revisit_until
    if why == Reason.SAME_PAGE or (why == Reason.REDIRECT and is_young):
        next = Next(Outcome.REDIRECTED, UrlState.WAITING, at + context.rules.revisit_at_most)
    visit = context.visit(next, f"{why}: {key}", found=(target,))
    visit = replace(visit, claimed=key)
    return replace(visit, moved=key) if entry.changed is not None else visit


def waits_for(context: VisitContext, target: Discovered) -> Visit:
    """The visit to a further page of a story, whose first page `target` is asked for before it, in the same run.

    Of two that are due, the first page is due earlier; it may still be read when the other one is asked for again.
    """
    key = target.key or urls.key_of(target.url)
    reason = f"{Reason.FIRST_PAGE}: {key}"
    next = frontier.after_not_article(context.entry, reason, context.at)
    if context.entry.turns <= MAX_WAITS:
        due = context.at + max(context.rules.delay * frontier.SECOND_TRY, timedelta(milliseconds=1))
        next = replace(next, state=UrlState.WAITING, due=due, attempts=context.entry.attempts, again=True)
    return context.visit(next, reason, found=(target,))


def article(
    context: VisitContext,
    read: Extraction,
    *,
    stored: Article | None,
    unchanged: bool,
    amends: bool = False,
) -> Visit:
    """The visit to a page that was read; `stored` is the article as the store has it; `amends` as in `Visit`.

    A stump of a stored article, such as a "not found" page sent as 200, never takes its place.
    """
    if read.kind is not PageKind.ARTICLE:
        return _not_article(context, read)
    extracted = read.article
    published = extracted.published or context.entry.hints.published
    if context.source.max_age and published and context.at - published.at > context.source.max_age:
        return failed(context, f"{Reason.TOO_OLD}: {text('published {day}', day=published.day)}")
    if stored is not None and (soft := soft_404(extracted, stored)):
        return not_article(context, f"{Reason.SOFT_404}: {soft}")
    next = frontier.after_article(
        context.entry, context.at, rules=context.rules, born=published.at if published else None, changed=not unchanged
    )
    answered = context.response.address if context.response else None
    elsewhere = answered if answered and urls.canonical(answered) != context.entry.url else None
    answered_by = replace(extracted, url=context.entry.url, fetched_url=elsewhere)
    return context.visit(next, None, article=answered_by, blocks=read.blocks, validators=True, amends=amends)


def _not_article(context: VisitContext, read: Extraction) -> Visit:
    reason = f"{read.kind.value}: {read.reason}"
    if read.kind is PageKind.CHALLENGE:
        return failed(context, reason)
    return not_article(context, reason, blocks=read.blocks)


def not_article(context: VisitContext, reason: str, *, blocks: tuple[int, ...] = ()) -> Visit:
    """The visit to a page that is no article; an article stored under the address stays as it is."""
    return context.visit(frontier.after_not_article(context.entry, reason, context.at), reason, blocks=blocks)


def unindexed(context: VisitContext) -> Visit:
    """The visit to a page that asks not to be indexed; an article we had of it is withdrawn."""
    if context.entry.changed is not None:
        return context.visit(Next(Outcome.WITHDRAWN, UrlState.DROPPED, context.at), Reason.NOINDEX)
    return failed(context, Reason.NOINDEX)


def soft_404(extracted: Article, stored: Article) -> str | None:
    """Why a page that answered 200 is a stump of the article stored under its address, or None."""
    if text_length(extracted.body) < text_length(stored.body) * MIN_LEFT and extracted.headline != stored.headline:
        return text("most of the text is gone")
    return None


def is_shared_stub(body: str, others: int) -> bool:
    """Whether a text is a "not found" page: it is short, and this many other addresses of its source tell the same."""
    return others > MAX_TWINS and text_length(body) < SHORT_BODY


def sent_to_front(context: VisitContext, landed: str, shared: int) -> Visit:
    """The visit to an address that leads to the front page `landed`, to which this many others are sent as well.

    A deleted story is sent there; where several stories are, it is a wall.
    """
    if shared > MAX_TWINS:
        said = text("sent to the front page {address}, as {n:,} others are", address=landed, n=shared)
        return not_article(context, f"{Reason.WALL}: {said}")
    return gone(context, 404, f"http-404: {text('sent to the front page {address}', address=landed)}")


def moved_key(entry: FrontierEntry, response: Response) -> str | None:
    """The canonical URL that a response came from; None when it is the entry's own."""
    key = urls.canonical(response.address)
    return key if response.hops and key != entry.url else None


def last_segment(url: str) -> str:
    """Return the last part of an address's path, which differs between the stories of a site."""
    return url.partition("?")[0].rstrip("/").rpartition("/")[2]


def digest_of(body: str) -> int | None:
    """Return 64 bits that stand for a text, signed as the store holds them; None for no text."""
    words = " ".join(body.split())
    return (
        int.from_bytes(blake2b(words.encode(errors="replace"), digest_size=8).digest(), signed=True) if words else None
    )


def is_front(url: str, source: Source) -> bool:
    """Whether a URL is a front page or section of the source: what a deleted story's address is often sent to."""
    fronts = {urls.canonical(each) for each in (source.url, urls.origin(url) + "/", *source.sections)}
    return url in fronts


def _born(entry: FrontierEntry) -> datetime | None:
    return entry.hints.published.at if entry.hints.published else None

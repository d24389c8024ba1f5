"""A page that was fetched -> its article, capture and visit, stored; or why it is no article."""

from dataclasses import replace
from datetime import datetime

from corpus.errors import ExtractError, NotFound
from corpus.model import Article, CaptureRef, FrontierEntry, Outcome, UrlKind
from corpus.warc import Exchange
from crawler.discovery import home
from crawler.discovery.feeds import Listing
from crawler.discovery.scope import wanted
from crawler.exchange import Response
from crawler.fetching import robots
from crawler.page import Extraction, PageKind
from crawler.pool.dispatch import page_of
from crawler.rereading import captured_page, same_text
from crawler.visiting import visit
from crawler.visiting.context import Crew
from crawler.visiting.visit import Case

_PERMANENT = frozenset({301, 308})


async def visit_page(crew: Crew, case: Case, response: Response) -> None:
    """Read a page and store its article, or why it is none."""
    moved = visit.moved_key(case.entry, response)
    if moved is not None:
        if visit.is_front(moved, case.source):
            await crew.record(case, visit.gone(case, 404, f"http-404: sent to the front page {moved}"))
            return
        refusal = crew.scopes[case.entry.source].refusal(moved, UrlKind.ARTICLE)
        if refusal:
            await crew.record(case, visit.failed(case, f"{refusal}: redirects to {moved}"))
            return
        if any(status in _PERMANENT for status, _ in response.hops):
            next_case = await _move(crew, case, moved, response.address, "redirect")
            if next_case is None:
                return
            case = next_case
    await _read(crew, case, response)


async def _read(crew: Crew, case: Case, response: Response) -> None:
    asked = robots.page_directives(response.headers, response.content, crew.rules.name)
    boilerplate = await crew.boilerplate_of(case.source.name)
    try:
        page = page_of(case.entry, case.source, response, case.at, boilerplate)
        read = await crew.workers.extract(page)
    except ExtractError as error:
        await crew.record(case, visit.failed_by(case, error))
        return
    canonical = read.canonical
    if canonical and await _is_moved(crew, case, canonical):
        next_case = await _move(crew, case, canonical, canonical, "canonical")
        if next_case is None:
            return
        case = next_case
    if read.noindex or "noindex" in asked:
        await crew.record(case, visit.unindexed(case))
        return
    if read.kind is PageKind.LISTING and case.entry.via == "home":
        await _section(crew, case, read)
        return
    if "tdm-reservation" in asked:
        read.article.facts["tdm-reservation"] = "1"
    await _article(crew, case, read, keep="noarchive" not in asked)


async def _article(crew: Crew, case: Case, read: Extraction, *, keep: bool) -> None:
    stored = await crew.ledger.article(case.entry.url) if case.entry.changed else None
    before = stored.article if stored and not stored.withdrawn else None
    if keep and case.response is not None:
        previous = stored.article.capture if stored else None
        case = replace(case, capture=await _capture(crew, case.response, case.at, previous))
    same = before is not None and await crew.ledger.do(
        crew.ledger.store.unchanged, replace(read.article, url=case.entry.url)
    )
    amends = before is not None and not same and await _only_read_better(crew, case, before, read.article)
    twins = _twins(crew, case.entry, read)
    decided = visit.article(case, read, stored=before, unchanged=same or amends, twins=twins, amends=amends)
    await crew.record(case, decided)


async def _only_read_better(crew: Crew, case: Case, before: Article, told: Article) -> bool:
    """Whether the text differs from the stored one only because we read otherwise than when that was stored.

    The stored response is read again as this one was: two responses that tell the same when read alike are one
    text. Without a stored response, this one is read as a crawl did before any boilerplate was known.
    """
    if same_text(before, told):
        return False  # what differs is told of the story, and makes no revision
    boilerplate = await crew.boilerplate_of(case.source.name)
    try:
        if before.capture is not None:
            exchange = await crew.ledger.do(crew.captures.read, before.capture)
            page = captured_page(before, exchange, case.source, case.entry.hints, boilerplate)
            return same_text((await crew.workers.extract(page)).article, told)
        if not boilerplate or case.response is None:
            return False
        plain = page_of(case.entry, case.source, case.response, case.at, frozenset())
        return same_text((await crew.workers.extract(plain)).article, before)
    except (NotFound, ExtractError):
        return False


def _twins(crew: Crew, entry: FrontierEntry, read: Extraction) -> int:
    """How many other addresses of the source told this text in this run."""
    told = crew.texts.setdefault(f"{entry.source} {hash(read.article.body)}", set())
    told.add(entry.url)
    return len(told) - 1


async def _capture(crew: Crew, response: Response, at: datetime, previous: CaptureRef | None) -> CaptureRef:
    kept = Exchange(
        url=response.address,
        at=at,
        status=response.status,
        headers=response.headers,
        body=response.content,
        request_headers=response.sent,
        address=response.server,
    )
    return await crew.ledger.do(crew.captures.append, kept, previous=previous)


async def _section(crew: Crew, case: Case, read: Extraction) -> None:
    """A link of the front page led to a listing: its links are followed one level."""
    links = home.from_links(read.links, case.entry.address, home=False)
    found = wanted(links, crew.scopes[case.entry.source], crew.series)
    added = await crew.ledger.add(found, case.entry.source, case.at)
    decided = visit.read(case, Listing(notes=("listing",)), changed=added > 0, found=())
    await crew.record(case, decided)


async def _is_moved(crew: Crew, case: Case, canonical: str) -> bool:
    """Whether to follow a page's canonical link: to another page of the source that does not point back here."""
    entry = case.entry
    if canonical == entry.url or visit.is_front(canonical, case.source):
        return False
    if crew.scopes[entry.source].refusal(canonical, UrlKind.ARTICLE):
        return False
    other = await crew.ledger.entry(canonical)
    return other is None or not (other.outcome == Outcome.REDIRECTED and entry.url in (other.reason or ""))


async def _move(crew: Crew, case: Case, target: str, address: str, why: str) -> Case | None:
    """Record that a page lives under another URL; return the case of that one while it was never visited."""
    await crew.record(case, visit.redirected(case, target, address, why))
    there = await crew.ledger.entry(target)
    return replace(case, entry=there) if there is not None and there.outcome is None else None

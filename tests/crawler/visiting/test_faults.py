"""A fault of ours costs one page: its visit is stored, and whoever waited for it goes on."""

import asyncio

from corpus.captures import Captures
from corpus.config import Source
from corpus.model import Discovered, Outcome, UrlKind
from corpus.via import Via
from crawler.discovery.scope import Series, scope_of
from crawler.fetching.fetch import Fetcher
from crawler.fetching.politeness import Gate
from crawler.visiting.async_store import AsyncStore
from crawler.visiting.context import CrawlContext
from crawler.visiting.faults import record_fault
from crawler.visiting.quota import Quota
from crawler.visiting.tally import Tally
from tests.crawler.crawling import Desk, workers_of

HOME = "https://gazette.example/"
CLAIMING, CLAIMED = HOME + "news/flood", HOME + "news/flood-on-the-river-road"


def test_a_page_that_waits_for_an_address_whose_visit_breaks_is_asked_for_again(tmp_path):
    own = Source(url=HOME, name="gazette")
    desk = Desk(tmp_path, own)
    found = (
        Discovered(url=url, kind=UrlKind.ARTICLE, via=via)
        for url, via in ((CLAIMING, Via.HOME), (CLAIMED, Via.CANONICAL))
    )
    desk.store.frontier.add(found, "gazette", desk.now())

    async def broken(run: int) -> CrawlContext:
        store, rules = AsyncStore(desk.store), desk.config.crawler
        async with Fetcher(rules.user_agent) as fetcher:
            crawl = CrawlContext(
                fetcher=fetcher,
                gate=Gate(fetcher, store, token=rules.name, now=desk.now),
                workers=workers_of(1),
                async_store=store,
                captures=Captures(tmp_path / "captures"),
                rules=rules,
                scopes={"gazette": scope_of(own)},
                series=Series(),
                tally=Tally(),
                quota=Quota(),
                run=run,
                now=desk.now,
            )
            crawl.open_claims[CLAIMED].add(CLAIMING)
            entry = await store.entry(CLAIMED)
            assert entry is not None
            await record_fault(crawl, entry)
            store.close()
        return crawl

    with desk.store.runs.begin(["gazette"], started=desk.now()) as claim:
        crawl = asyncio.run(broken(claim.run.id))
    entry = desk.store.frontier.entry(CLAIMED)
    assert entry is not None and entry.outcome == Outcome.FAILED and (entry.reason or "").startswith("error: ")
    assert (crawl.reopened, dict(crawl.open_claims)) == ({CLAIMING}, {})
    assert crawl.tally.receipt() == {"gazette": {"failed": 1}}
    receipt = crawl.tally.receipt_of("gazette", "done", started=desk.now(), ended=desk.now(), left=0)
    assert not receipt.lost  # nobody but a page that claims it names the address as a story's

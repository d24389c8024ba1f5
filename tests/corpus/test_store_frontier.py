from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from corpus.model import (
    CaptureRef,
    Discovered,
    Hints,
    Outcome,
    PageDate,
    Precision,
    UrlKind,
    UrlState,
)
from corpus.store import ArticleStore, Robots
from corpus.store.values import LEASE
from corpus.via import Via
from tests.corpus.samples import LATER, NOW, article, visit
from tests.stores import new_store

SECOND = timedelta(seconds=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ArticleStore]:
    with new_store(tmp_path / "pressmark.sqlite") as opened:
        yield opened


def found(url: str, **fields: Any) -> Discovered:
    return Discovered(**({"url": url, "kind": UrlKind.ARTICLE, "via": "feed"} | fields))


def leased(store: ArticleStore, now=NOW, **asked: Any) -> list[str]:
    return [entry.url for entry in store.frontier.lease(now, **({"limit": 9} | asked))]


def add(store: ArticleStore, *urls: str, source: str = "news.example", now=NOW) -> int:
    return store.frontier.add([found(url) for url in urls], source, now)


def test_a_url_is_added_once_whatever_its_spelling(store: ArticleStore):
    assert add(store, "https://News.example/a?utm_source=x#y", "https://news.example/a", "mailto:x") == 1
    entry = store.frontier.entry("https://news.example/a")
    assert entry is not None
    assert (entry.address, entry.host, entry.state) == (
        "https://News.example/a?utm_source=x#y",
        "news.example",
        UrlState.WAITING,
    )
    assert (entry.due, entry.first_seen, entry.outcome) == (NOW, NOW, None)


def test_an_address_that_becomes_a_front_page_is_due_at_once_whenever_it_was_due_before(store: ArticleStore):
    add(store, "https://news.example/sport/")
    store.frontier.reschedule("https://news.example/sport/", NOW + timedelta(days=30))
    store.sources.take("https://news.example/sport/", "sport")
    assert leased(store, sources=["sport"]) == ["https://news.example/sport/"]


def test_what_discovery_said_is_kept_with_the_url(store: ArticleStore):
    hints = Hints(
        headline="Flood",
        authors=("Ana Pérez", "Li Wei"),
        published=PageDate(NOW, Precision.MINUTE, "feed", timedelta(hours=1)),
        language="en",
        section="Climate",
    )
    store.frontier.add([found("https://news.example/a", hints=hints, parent="https://news.example/rss")], "n", NOW)
    entry = store.frontier.entry("https://news.example/a")
    assert entry is not None
    assert (entry.hints, entry.via, entry.parent, entry.source) == (hints, "feed", "https://news.example/rss", "n")


def test_a_known_url_keeps_its_state_but_learns_hints_it_lacks(store: ArticleStore):
    add(store, "https://news.example/a")
    store.record(visit(url="https://news.example/a", outcome=Outcome.REFUSED, state=UrlState.DROPPED))
    assert store.frontier.add([found("https://news.example/a", hints=Hints(headline="H"))], "other", LATER) == 0
    assert store.frontier.add([found("https://news.example/a", hints=Hints(headline="I"))], "other", LATER) == 0
    entry = store.frontier.entry("https://news.example/a")
    assert entry is not None
    assert (entry.state, entry.source, entry.hints.headline) == (UrlState.DROPPED, "news.example", "H")


def test_a_feed_corrects_what_a_short_address_on_the_front_page_was_taken_for(store: ArticleStore):
    guessed = [found(f"https://news.example/{name}", kind=UrlKind.SECTION, via=Via.HOME) for name in ("a-b", "sport")]
    store.frontier.add(guessed, "n", NOW)
    store.frontier.add(
        [found("https://news.example/a-b"), found("https://news.example/sport", via=Via.SITEMAP)], "n", LATER
    )
    story, section = (
        store.frontier.entry("https://news.example/a-b"),
        store.frontier.entry("https://news.example/sport"),
    )
    assert story is not None and section is not None
    assert (story.kind, story.via, story.due) == (UrlKind.ARTICLE, "feed", LATER)
    assert (section.kind, section.due) == (UrlKind.SECTION, NOW)


def test_the_oldest_due_comes_first_and_one_per_host(store: ArticleStore):
    add(store, "https://b.example/2", now=NOW - SECOND)
    add(store, "https://a.example/1", "https://a.example/2", "https://c.example/later")
    store.frontier.reschedule("https://c.example/later", LATER)
    assert leased(store) == ["https://b.example/2", "https://a.example/1"]
    assert leased(store) == ["https://a.example/2"]
    assert leased(store) == []


def test_busy_and_paused_hosts_and_other_sources_are_left_alone(store: ArticleStore):
    add(store, "https://a.example/1", source="a")
    add(store, "https://b.example/1", source="b")
    assert leased(store, busy_hosts={"a.example"}, sources=["a"]) == []
    store.journal.pause_host("a.example", LATER)
    assert leased(store, sources=["a"]) == []
    assert leased(store, LATER, sources=["a"]) == ["https://a.example/1"]
    assert leased(store, limit=0) == []
    assert leased(store, sources=["b"]) == ["https://b.example/1"]


def test_a_lease_that_expires_is_taken_again(store: ArticleStore):
    add(store, "https://a.example/1")
    assert leased(store) == ["https://a.example/1"]
    assert store.frontier.entry("https://a.example/1").state is UrlState.LEASED
    assert leased(store, NOW + LEASE - SECOND) == []
    assert store.frontier.due_count(NOW + LEASE, ["news.example", "other"]) == {"news.example": 1}
    assert leased(store, NOW + LEASE) == ["https://a.example/1"]


def test_a_lease_is_given_back_once_and_alone(store: ArticleStore):
    add(store, "https://a.example/1", "https://b.example/1")
    assert len(leased(store)) == 2
    assert store.frontier.release("https://a.example/1") is True
    assert store.frontier.release("https://a.example/1") is False
    assert leased(store) == ["https://a.example/1"]


def test_a_visit_ends_the_lease_and_sets_what_comes_next(store: ArticleStore):
    add(store, "https://news.example/1")
    store.frontier.lease(NOW, limit=1)
    outcome = store.record(
        visit(
            article(),
            etag='W/"1"',
            last_modified="Sun, 01 Mar 2026 00:00:00 GMT",
            found=(found("https://news.example/2"),),
        )
    )
    assert outcome is Outcome.NEW
    entry = store.frontier.entry("https://news.example/1")
    assert entry is not None
    assert (entry.state, entry.due, entry.checked, entry.changed) == (UrlState.WAITING, LATER, NOW, NOW)
    assert (entry.etag, entry.outcome) == ('W/"1"', "new")
    assert store.frontier.entry("https://news.example/2").due == NOW
    assert store.journal.host("news.example").last_request == NOW


def test_the_store_decides_whether_it_is_new_changed_or_unchanged(store: ArticleStore):
    assert store.record(visit(article())) is Outcome.NEW
    assert store.record(visit(article(), at=LATER)) is Outcome.UNCHANGED
    assert store.frontier.entry(article().url).changed == NOW
    assert store.record(visit(article(body="They broke."), at=LATER)) is Outcome.CHANGED
    assert store.frontier.entry(article().url).changed == LATER


def test_a_304_touches_only_when_it_was_checked(store: ArticleStore):
    store.record(visit(article()))
    before = store.sequence
    assert store.record(visit(outcome=Outcome.UNCHANGED, at=LATER, status=304)) is Outcome.UNCHANGED
    entry = store.frontier.entry(article().url)
    assert (entry.checked, entry.changed, store.sequence) == (LATER, NOW, before)


def test_an_article_known_by_another_url_is_stored_under_it(store: ArticleStore):
    add(store, "https://m.news.example/1")
    store.record(visit(article(), url="https://m.news.example/1"))
    assert store.by_url(article().url) is not None
    assert store.by_url("https://m.news.example/1") is None
    assert store.frontier.entry("https://m.news.example/1").outcome == "new"


def test_what_is_no_article_is_not_stored_but_its_reason_is(store: ArticleStore):
    store.record(visit(article(), outcome=Outcome.NOT_ARTICLE, reason="listing: 40 links", state=UrlState.DROPPED))
    assert store.totals().articles == 0
    assert store.frontier.entry(article().url).reason == "listing: 40 links"


def test_gone_pages_withdraw_their_article(store: ArticleStore):
    store.record(visit(article()))
    gone = visit(url=article().url, outcome=Outcome.WITHDRAWN, reason="gone: 410", status=410, state=UrlState.DROPPED)
    assert store.record(gone) is Outcome.WITHDRAWN
    assert store.by_url(article().url).withdrawn == "gone: 410"


def test_every_visit_is_logged(store: ArticleStore):
    with store.runs.begin([], started=NOW) as claim:
        run = claim.run.id
    ref = CaptureRef("pressmark-1.warc.gz", 7)
    store.record(
        visit(article(), status=200, bytes=9, took=SECOND, run=run, capture=ref, final_url="https://x.example/")
    )
    store.record(visit(outcome=Outcome.FAILED, at=LATER, reason="timeout", attempts=1))
    last, first = store.journal.visits(article().url)
    assert (last.outcome, last.reason, last.at) == (Outcome.FAILED, "timeout", LATER)
    assert (first.status, first.bytes, first.took, first.run, first.capture) == (200, 9, SECOND, run, ref)
    assert (store.frontier.entry(article().url).attempts, len(store.journal.visits(limit=1))) == (1, 1)


def test_when_the_next_url_is_due_counts_the_rest_of_its_host_and_what_a_run_has_visited(store: ArticleStore):
    assert store.census.next_due(["s"]) is None
    add(store, "https://a.example/1", source="s")
    assert store.census.next_due(["s"]) == NOW
    store.journal.pause_host("a.example", LATER)
    assert store.census.next_due(["s"]) == LATER
    assert store.census.next_due(["other"]) is None
    store.journal.pause_host("a.example", None)
    with store.runs.begin([], started=NOW) as claim:
        (entry,) = store.frontier.lease(NOW, limit=1, run=claim.run.id)
        store.record(visit(url=entry.url, outcome=Outcome.FAILED, run=claim.run.id))
    assert store.census.next_due(["s", "other"]) == LATER


def test_the_frontier_is_counted_by_source_and_state(store: ArticleStore):
    add(store, "https://a.example/1", "https://b.example/1", "https://c.example/1", source="s")
    store.frontier.lease(NOW, limit=1)
    store.record(visit(url="https://b.example/1", outcome=Outcome.REFUSED, state=UrlState.DROPPED))
    add(store, "https://d.example/1", source="other")
    assert store.frontier.counts("s") == {UrlState.WAITING: 1, UrlState.LEASED: 1, UrlState.DROPPED: 1}
    assert store.frontier.counts("nobody") == dict.fromkeys(UrlState, 0)
    assert store.frontier.due_count(NOW, ["s"]) == {"s": 1}


def test_robots_are_remembered_for_a_host(store: ArticleStore):
    assert store.journal.host("a.example").robots is None
    robots = Robots("User-agent: *\nDisallow: /", 200, NOW)
    store.journal.keep_robots("a.example", robots)
    store.journal.keep_robots("b.example", Robots("", None, NOW))
    store.journal.pause_host("a.example", LATER)
    assert (store.journal.host("a.example").robots, store.journal.host("a.example").paused_until) == (robots, LATER)
    assert store.journal.host("b.example").robots == Robots("", None, NOW)


def test_a_source_is_told_by_how_it_does(store: ArticleStore):
    store.record(visit(article(1, source="a")))
    store.record(visit(article(2, source="a", authors=(), published=None)))
    store.record(visit(url="https://news.example/2", outcome=Outcome.FAILED, reason="timeout: 20 s", at=LATER))
    store.record(visit(url="https://news.example/9", outcome=Outcome.REFUSED, reason="robots", at=LATER))
    store.write(article(3, source="old", fetched=NOW - timedelta(days=30)))
    store.sources.pause("old", NOW)
    stats = store.sources.stats(LATER)
    told = stats["a"]
    assert (told.articles, told.new, told.visits, told.last_ok) == (2, 2, 3, NOW)
    assert (told.failures, told.without_byline, told.without_date) == ({"timeout": 1}, 0.5, 0.5)
    assert (stats["old"].articles, stats["old"].new, stats["old"].paused, told.paused) == (1, 0, True, False)
    assert stats["news.example"].failures == {"robots": 1}


def test_blocks_on_many_pages_of_a_source_are_boilerplate(store: ArticleStore):
    menu, ad, story = -1, -(2**63), 5
    for number in range(10):
        blocks = (menu, menu, story + number, *([ad] if number < 3 else []))
        store.record(visit(article(number, source="a"), blocks=blocks))
        store.record(visit(article(number, source="a"), blocks=blocks, at=LATER))
    assert store.sources.recurring_blocks("a") == {menu, ad}
    assert store.sources.recurring_blocks("a", share=0.5) == {menu}
    assert store.sources.recurring_blocks("a", min_pages=11) == frozenset()
    assert store.sources.recurring_blocks("b") == frozenset()


def test_counts_of_blocks_are_aged_and_bounded(store: ArticleStore, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("corpus.store.crawls.blocks.MAX_PAGES", 8)
    monkeypatch.setattr("corpus.store.crawls.blocks.MAX_BLOCKS_PER_PAGE", 50)
    for number in range(40):
        menu = 1 if number < 20 else 2
        blocks = (menu, *range(1000 * number + 10, 1000 * number + 500))
        store.record(visit(article(number, source="a"), blocks=blocks))
    assert store.sources.recurring_blocks("a", min_pages=3, share=0.5) == {2}
    assert len(store.sources.recurring_blocks("a", min_pages=1, share=0)) <= 8 * 50


def test_many_addresses_are_looked_up_at_once_and_unknown_ones_are_left_out(store):
    add(store, "https://news.example/a", "https://news.example/b")
    known = store.frontier.entries({"https://news.example/a", "https://news.example/x"})
    assert {url: entry.url for url, entry in known.items()} == {"https://news.example/a": "https://news.example/a"}
    assert store.frontier.entries(()) == {}


def test_the_way_to_an_address_is_given_from_it_to_where_it_began(store):
    pages = ["https://news.example/a", "https://news.example/a/2", "https://news.example/a/3"]
    for page, parent in zip(pages, [None, *pages], strict=False):
        store.frontier.add([found(page, parent=parent)], "news.example", NOW)
    last = store.frontier.entry(pages[-1])
    assert [entry.url for entry in store.frontier.above(last)] == pages[::-1]


@pytest.mark.parametrize("parents", [(0, 0), (1, 0)], ids=["itself", "each-other"])
def test_the_way_to_an_address_ends_where_it_leads_in_a_ring(store: ArticleStore, parents: tuple[int, int]) -> None:
    pages = ["https://news.example/a", "https://news.example/b"]
    for page, parent in zip(pages, parents, strict=True):
        store.frontier.add([found(page, parent=pages[parent])], "news.example", NOW)
    last = store.frontier.entry(pages[1])
    assert last is not None
    assert [entry.url for entry in islice(store.frontier.above(last), 9)] == pages[::-1]


def day_of(origin: str, day: int) -> PageDate:
    return PageDate(at=NOW.replace(day=day), precision=Precision.DAY, origin=origin)


@pytest.mark.parametrize("field", ["published", "updated"])
def test_the_hints_of_feed_and_sitemap_come_together_in_either_order_and_the_feeds_dates_stand(
    store: ArticleStore, field: str
):
    day = day_of("feed", 2)
    feed = Hints(headline="H", text="T", is_cut=True, published=day if field == "published" else None, updated=day)
    sitemap = Hints(updated=day_of("sitemap", 1))
    for url, order in (("https://news.example/a", (feed, sitemap)), ("https://news.example/b", (sitemap, feed))):
        for hints in order:
            store.frontier.add([found(url, hints=hints, via=Via.FEED if hints is feed else "sitemap")], "n", NOW)
        entry = store.frontier.entry(url)
        assert entry is not None
        assert (entry.hints.headline, entry.hints.text, entry.hints.is_cut) == ("H", "T", True)
        assert getattr(entry.hints, field) == day_of("feed", 2)


@pytest.mark.parametrize(("reason", "is_due"), [("http-410", False), ("too-old: published 2014-11-03", True)])
def test_a_story_left_for_its_age_is_due_again_once_when_a_feed_dates_it_otherwise(
    store: ArticleStore, reason: str, is_due: bool
):
    url = "https://news.example/a"
    store.frontier.add([found(url, hints=Hints(updated=day_of("sitemap", 1)), via=Via.SITEMAP)], "n", NOW)
    refused = visit(url=url, outcome=Outcome.REFUSED, state=UrlState.DROPPED, reason=reason)
    store.record(refused)
    store.frontier.add([found(url, hints=Hints(published=day_of("feed", 2)))], "n", LATER)
    assert leased(store, LATER) == ([url] if is_due else [])
    store.record(refused)
    store.frontier.add([found(url, hints=Hints(published=day_of("feed", 3)))], "n", LATER)
    assert leased(store, LATER) == [], "the date is known by now"

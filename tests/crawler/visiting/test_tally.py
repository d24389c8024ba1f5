from dataclasses import replace
from datetime import UTC, datetime

import pytest

from corpus.health import shortfalls
from corpus.health.values import HealthState
from corpus.model import FrontierEntry, Outcome, PageDate, Precision, UrlKind, UrlState
from corpus.runs.receipts import SourceReceipt
from corpus.via import Via
from crawler.visiting.tally import Tally
from tests.corpus.samples import article
from tests.crawler.crawling import TEXT, Desk, front, rss, source, story
from tests.crawler.faultweb import Reply, serving

LINKS = [f"/news/a-story-of-day-{n:05}" for n in range(6)]


def entry(of: str, n: int = 0, *, attempts: int = 0) -> FrontierEntry:
    url, now = f"https://{of}.example/{n}", datetime(2026, 3, 1, tzinfo=UTC)
    return FrontierEntry(
        url=url,
        address=url,
        source=of,
        host=f"{of}.example",
        kind=UrlKind.ARTICLE,
        state=UrlState.LEASED,
        due=now,
        first_seen=now,
        attempts=attempts,
    )


def receipt_of(tally: Tally, source: str = "a") -> SourceReceipt:
    now = datetime(2026, 3, 1, tzinfo=UTC)
    return tally.receipt_of(source, "done", started=now, ended=now, left=0)


def said(tally: Tally, *sources: str, without: str = "") -> str:
    return shortfalls.said([receipt_of(tally, source) for source in sources or "a"], without)


def test_a_source_whose_stories_are_all_lost_has_none_to_show():
    tally = Tally()
    for n in range(3):
        tally.count_story(entry("a", n), Outcome.NOT_ARTICLE, "wall: x")
    tally.count_story(entry("b"), Outcome.FAILED, "timeout")
    tally.count_story(entry("c"), Outcome.REFUSED, "robots: x")
    none = "no story of {} could be read ({})"
    assert said(tally, *"abc", without="c") == f"{none.format('a', 'wall ×3')}; {none.format('c', 'robots ×1')}"


@pytest.mark.parametrize(("via", "lost"), [("home", 0), ("section", 0), ("archive", 0), ("feed", 4), ("sitemap", 4)])
def test_what_only_a_link_names_and_robots_refuse_is_no_lost_story_beside_stories(via, lost):
    tally = Tally()
    tally.count_story(entry("a", 9), Outcome.NEW, None)
    for n in range(4):
        tally.count_story(replace(entry("a", n), via=via), Outcome.REFUSED, "robots: x")
    assert said(tally) == ("most stories of a could not be read (4 of 5: robots ×4)" if lost else "")
    assert receipt_of(tally).lost == lost


def test_the_stories_that_no_run_had_visited_before_are_counted_apart_by_their_last_visit():
    tally = Tally()
    before = replace(entry("a", 1), outcome=Outcome.NEW)
    for n, outcome, reason in [
        (2, Outcome.NEW, None),
        (3, Outcome.FAILED, "timeout"),
        (4, Outcome.FAILED, "http-503: x"),
    ]:
        tally.count_story(entry("a", n), outcome, reason)
    tally.count_story(replace(entry("a", 3), outcome=Outcome.FAILED, attempts=1), Outcome.NEW, None)  # the second try
    tally.count_story(replace(before, url="https://a.example/8"), Outcome.FAILED, "timeout")
    tally.count_story(before, Outcome.UNCHANGED, None)
    tally.count_story(entry("a", 5), Outcome.NOT_ARTICLE, "listing")
    found = receipt_of(tally)
    assert (found.first_had, found.first_lost_for, found.first_lost) == (2, {"http-503": 1}, 1)
    assert (found.had, found.lost) == (3, 2)


def test_dates_without_a_day_and_the_reasons_of_lost_lists_are_counted():
    tally = Tally()
    at = datetime(2026, 3, 1, tzinfo=UTC)
    for date in (None, *[PageDate(at=at, precision=each, origin="meta") for each in Precision]):
        tally.count_read("a", article(published=date, headline="x" if date else None))
    for outcome, reason in [(Outcome.FAILED, "http-403: x"), (Outcome.REFUSED, "robots"), (Outcome.READ, None)]:
        tally.count_list("a", outcome, reason)
    found = receipt_of(tally)
    assert (found.stories, found.no_date, found.no_day, found.no_headline) == (1 + len(Precision), 1, 3, 1)
    assert (found.lists, found.lists_lost, found.lists_lost_for) == (3, 2, {"http-403": 1, "robots": 1})


def test_a_story_had_before_that_robots_refuse_now_is_lost_however_it_was_found():
    tally = Tally()
    tally.count_story(entry("a", 9), Outcome.NEW, None)
    for n in range(4):
        known = replace(entry("a", n), via=Via.HOME, changed=datetime(2026, 2, 1, tzinfo=UTC))
        tally.count_story(known, Outcome.REFUSED, "robots: x")
    assert said(tally) == "most stories of a could not be read (4 of 5: robots ×4)"


def test_a_source_all_of_whose_links_robots_refuse_has_no_story_to_show():
    tally = Tally()
    for n in range(4):
        tally.count_story(replace(entry("a", n), via=Via.HOME), Outcome.REFUSED, "robots: x")
    assert said(tally) == "no story of a could be read (robots ×4)"
    assert receipt_of(tally).lost == 4


def test_the_menu_of_a_site_that_robots_refuse_makes_no_crawl_partial(tmp_path):
    menu = [f"/account/pages-for-reader-{n:05}" for n in range(5)]
    robots = "User-agent: *\nDisallow: /account/\n"
    pages = {"/robots.txt": Reply(robots, type="text/plain"), "/": front(*menu), "/feed.xml": rss(LINKS[0])}
    with serving(pages | {LINKS[0]: story(LINKS[0])}) as site:
        desk = Desk(tmp_path, source(site))
        run = desk.crawl()
        assert not set(menu) & set(site.paths)
    assert (run.status, run.note) == ("ok", None)
    assert run.counts["gazette"]["refused"] == 5
    assert desk.store.health.all()["gazette"].state is HealthState.OK


def test_lists_that_were_read_are_no_loss():
    tally = Tally()
    for n in range(9):
        tally.count_story(entry("b", n), Outcome.NOT_ARTICLE, "listing: x")
    assert said(tally, "b", without="b") == ""


@pytest.mark.parametrize(
    ("had", "lost", "why"),
    [(1, 4, "4 of 5: http-403 ×4"), (2, 3, "3 of 5: http-403 ×3"), (3, 3, None), (4, 1, None), (1, 2, None)],
)
def test_most_stories_are_lost_when_more_than_half_are_and_they_are_three_at_least(had, lost, why):
    tally = Tally()
    for n in range(had):
        tally.count_story(entry("a", n), Outcome.NEW, None)
    for n in range(had, had + lost):
        tally.count_story(entry("a", n), Outcome.FAILED, "http-403")
    assert said(tally, without="a") == (f"most stories of a could not be read ({why})" if why else "")


def test_what_was_lost_before_and_is_lost_again_says_nothing_of_a_source_that_gives_stories():
    tally = Tally()
    tally.count_story(entry("a", 0), Outcome.NEW, None)
    for n in range(1, 9):
        tally.count_story(entry("a", n, attempts=2), Outcome.FAILED, "http-404")
    assert said(tally) == ""


def test_a_story_that_the_second_try_of_a_run_brings_is_not_lost():
    tally = Tally()
    for n in range(5):
        tally.count_story(entry("a", n), Outcome.FAILED, "http-503")
        tally.count_story(entry("a", n, attempts=1), Outcome.NEW, None)
    assert said(tally) == ""


def test_a_crawl_whose_feed_reads_well_and_whose_stories_fail_is_partial(tmp_path):
    links = LINKS[:4]
    with serving({"/": front(), "/feed.xml": rss(*links)} | dict.fromkeys(links, Reply("no", 403))) as site:
        desk = Desk(tmp_path, source(site))
        run = desk.crawl()
        health = desk.store.health.of("gazette")
        site.routes |= {link: story(link) for link in links}
        desk.wait(days=2)
        again = desk.crawl()
    assert run.status == "partial"
    assert "no story of gazette could be read (http-403 ×4)" in run.note
    assert health is not None
    assert (health.state, health.cause) == (HealthState.BLOCKED, "http-403")
    assert again.status == "ok"
    assert desk.store.health.all()["gazette"].state is HealthState.OK


@pytest.mark.parametrize(("lost", "status"), [(4, "partial"), (2, "ok")])
def test_a_crawl_all_of_whose_new_stories_fail_is_partial_though_older_ones_read(tmp_path, lost, status):
    new = [f"/news/behind-a-gate-{n:05}" for n in range(lost)]
    with serving({"/": front(), "/feed.xml": rss(*LINKS)} | {link: story(link) for link in LINKS}) as site:
        desk = Desk(tmp_path, source(site))
        assert desk.crawl().status == "ok"
        site.routes |= {"/feed.xml": rss(*LINKS, *new)} | dict.fromkeys(new, Reply("no", 403))
        desk.wait(days=2)
        run = desk.crawl()
        (receipt,) = desk.store.runs.receipts(run.id)
    assert (receipt.had, receipt.first_lost) == (6, lost)
    note = "no new story of gazette could be read (http-403 ×4)" if status == "partial" else None
    assert (run.status, run.note) == (status, note)


@pytest.mark.parametrize(("refused", "status"), [(4, "partial"), (2, "ok")])
def test_a_crawl_in_which_most_stories_are_refused_is_partial(tmp_path, refused, status):
    links = LINKS[:5]
    robots = "User-agent: *\n" + "".join(f"Disallow: {link}\n" for link in links[:refused])
    pages = {"/robots.txt": Reply(robots, type="text/plain"), "/": front(), "/feed.xml": rss(*links)}
    with serving(pages | {link: story(link) for link in links}) as site:
        desk = Desk(tmp_path, source(site))
        run = desk.crawl()
    assert run.status == status
    assert ("most stories of gazette could not be read (4 of 5: robots ×4)" in (run.note or "")) == (refused == 4)
    state = desk.store.health.all()["gazette"].state
    assert state is (HealthState.BLOCKED if refused == 4 else HealthState.OK)


def test_a_failing_source_stays_so_through_a_night_without_a_story(tmp_path):
    links = LINKS[:4]
    with serving({"/": front(), "/feed.xml": rss(*links)} | dict.fromkeys(links, Reply("no", 403))) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        since = desk.store.health.of("gazette")
        desk.wait(seconds=30)
        assert desk.crawl().status == "ok"
    assert since is not None
    assert desk.store.health.of("gazette") == since


def test_a_run_whose_only_due_pages_failed_before_is_well(tmp_path):
    links = LINKS[:5]
    with serving({"/": front(), "/feed.xml": rss(*links)} | dict.fromkeys(links, Reply("no", 403))) as site:
        desk = Desk(tmp_path, source(site), listings_every="30 d")
        assert desk.crawl().status == "partial"
        desk.wait(days=2)
        again = desk.crawl()
    assert again.counts == {"gazette": {"failed": 5}}
    assert (again.status, again.note) == ("ok", None)


def test_a_source_whose_lists_fail_night_after_night_is_partial_each_night(tmp_path):
    with serving({"/": Reply("no", 500), "/robots.txt": Reply("", 404)}) as site:
        desk = Desk(tmp_path, source(site))
        nights = []
        for _ in range(3):
            nights.append(desk.crawl())
            desk.wait(days=3)
    assert [(run.status, run.note) for run in nights] == [("partial", "nothing of gazette could be read")] * 3
    health = desk.store.health.of("gazette")
    assert health is not None
    assert (health.state, health.since) == (HealthState.FAILING, nights[0].started)


def test_what_articles_lack_is_counted_once_for_an_article_however_often_it_changes(tmp_path):
    live, found = "/live-from-the-harbour-10001", []
    with serving(
        {"/": front(live, "/nothing-here-10002", feed=None), "/nothing-here-10002": "<p>Nothing is here.</p>"}
    ) as site:
        desk = Desk(tmp_path, source(site))
        for hour in range(4):
            site.routes[live] = story("Live from the harbour", text=f"{TEXT} Hour {hour}.", byline="")
            run = desk.crawl()
            found += [(each.stories, each.no_author, each.empty) for each in desk.store.runs.receipts(run.id)]
            desk.wait(days=2)
        assert site.paths.count(live) > 1
    assert found == [(1, 1, 1), (0, 0, 0), (0, 0, 0), (0, 0, 0)]

import gc
import gzip
import threading
import time
from itertools import pairwise

import pytest

from corpus import locks
from corpus.captures import Captures
from corpus.errors import ConfigError, NotFound, StoreError, StoreLocked
from corpus.model import Outcome, UrlState
from tests.crawler.crawling import Desk, front, rss, source, story
from tests.crawler.faultweb import Reply, serving

ROBOTS = Reply("User-agent: *\nAllow: /\n", type="text/plain")


def test_a_source_is_crawled_from_its_address_alone(tmp_path):
    routes = {"/": front(), "/feed.xml": rss("/news/council-settles-budget"), "/robots.txt": ROBOTS}
    routes["/news/council-settles-budget"] = story()
    with serving(routes) as site:
        desk = Desk(tmp_path, source(site))
        run = desk.crawl()
    stored = desk.store.by_url(site.url + "/news/council-settles-budget")
    assert stored.article.headline == "Council settles budget"
    assert run.status == "ok"
    assert run.counts["gazette"]["new"] == 1


def test_what_a_feed_says_travels_to_the_article_that_does_not_say_it(tmp_path):
    dated = "<pubDate>Mon, 02 Nov 2026 10:00:00 +0100</pubDate><category>Town</category>"
    routes = {"/": front(), "/feed.xml": rss("/news/a-b-c-d", extra=dated), "/news/a-b-c-d": story()}
    with serving(routes) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
    entry = desk.store.frontier.entry(site.url + "/news/a-b-c-d")
    assert entry.hints.published.at.isoformat() == "2026-11-02T09:00:00+00:00"
    assert (entry.hints.section, entry.via) == ("Town", "feed")


def test_the_raw_response_is_kept_with_the_article(tmp_path):
    with serving({"/": front("/news/a-b-c-d", feed=None), "/news/a-b-c-d": story()}) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
    capture = desk.store.by_url(site.url + "/news/a-b-c-d").article.capture
    assert capture is not None
    with Captures(desk.config.captures) as captures:
        assert captures.read(capture).body == story().encode()


def test_a_sitemap_index_leads_through_gzip_to_articles(tmp_path):
    def sitemap(host: str) -> dict:
        child = f"<urlset><url><loc>{host}/news/one-two-three-four</loc></url></urlset>"
        index = f"<sitemapindex><sitemap><loc>{host}/s/1.xml.gz</loc></sitemap></sitemapindex>"
        return {"/map.xml": index, "/s/1.xml.gz": Reply(gzip.compress(child.encode()), type="application/gzip")}

    with serving({"/": front(feed=None), "/news/one-two-three-four": story()}) as site:
        site.routes |= sitemap(site.url) | {"/robots.txt": Reply(f"Sitemap: {site.url}/map.xml", type="text/plain")}
        desk = Desk(tmp_path, source(site))
        desk.crawl()
    assert list(desk.bodies) == ["/news/one-two-three-four"]


def test_sitemaps_are_followed_six_deep(tmp_path):
    with serving({"/": front(feed=None)}) as site:
        for depth in range(9):
            index = f"<sitemapindex><sitemap><loc>{site.url}/{depth + 1}.xml</loc></sitemap></sitemapindex>"
            site.routes[f"/{depth}.xml"] = index
        desk = Desk(tmp_path, source(site, sitemaps=[site.url + "/0.xml"]))
        desk.crawl()
    assert [path for path in site.paths if path.endswith(".xml") and path[1:2].isdigit()] == [
        f"/{depth}.xml" for depth in range(6)
    ]


def test_section_pages_are_followed_three_steps_from_the_front_page(tmp_path):
    routes = {
        "/": front("/world", feed=None),
        "/world": front("/world/asia", "/world/storm-hits-the-coast-again", feed=None),
        "/world/asia": front("/world/asia/japan", feed=None),
        "/world/asia/japan": front("/world/asia/japan/kyoto", "/world/asia/japan/old-gardens-open-again", feed=None),
        "/world/storm-hits-the-coast-again": story("Storm hits the coast again"),
        "/world/asia/japan/old-gardens-open-again": story("Old gardens open again"),
    }
    with serving(routes) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
    assert set(desk.bodies) == {"/world/storm-hits-the-coast-again", "/world/asia/japan/old-gardens-open-again"}
    assert "/world/asia/japan/kyoto" not in site.paths


def test_archive_pages_are_walked_back_no_further_than_backfill(tmp_path):
    routes = {
        f"/news/page/{n}": f'<a href="/news/wall-raised-to-{n}">x</a><a rel="next" href="/news/page/{n + 1}">older</a>'
        for n in range(2, 9)
    }
    with serving(
        routes | {"/": front("/news", feed=None), "/news": '<a rel="next" href="/news/page/2">older</a>'}
    ) as site:
        Desk(tmp_path, source(site, backfill=3)).crawl()
    assert [path for path in site.paths if "/page/" in path] == ["/news/page/2", "/news/page/3", "/news/page/4"]


@pytest.mark.parametrize(
    ("archives", "taken"),
    [([f"/2026/10/{day:02}/" for day in range(1, 15)], 10), ([f"/2025/{month:02}/" for month in range(1, 13)], 3)],
    ids=["by day", "by month"],
)
def test_archives_of_single_days_are_walked_further_back_than_those_of_months(tmp_path, archives, taken):
    routes = {each: f'<a href="{each}wall-raised-once-more">Wall raised</a>' for each in archives}
    listed = "".join(f'<a href="{each}">{each}</a>' for each in archives)
    with serving(routes | {"/": front("/news", feed=None), "/news": listed}) as site:
        Desk(tmp_path, source(site, backfill=1)).crawl()
    assert sorted(path for path in site.paths if path in archives) == archives[-taken:]


def test_links_to_other_sites_are_not_followed(tmp_path):
    with serving({"/": "ok"}, "127.88.0.2") as other, serving({}) as site:
        site.routes["/news/moved-over-to-there"] = Reply("", 301, headers={"Location": other.url + "/news/x-y-z-w"})
        site.routes["/"] = front(other.url + "/news/a-b-c-d", "/news/moved-over-to-there", feed=None)
        desk = Desk(tmp_path, source(site))
        desk.crawl()
    assert other.log == []
    assert desk.outcome(site, "/news/moved-over-to-there")[0] == "refused"


def test_a_front_page_that_moved_takes_its_site_along(tmp_path):
    with serving({}, "127.88.0.2") as new, serving({"/robots.txt": ROBOTS}) as old:
        old.routes["/"] = Reply("", 301, headers={"Location": new.url + "/"})
        new.routes |= {"/": front("/news/a-b-c-d"), "/news/a-b-c-d": story(), "/feed.xml": rss()}
        desk = Desk(tmp_path, source(old, feeds=[new.url + "/feed.xml"]))
        desk.crawl()
        assert list(desk.bodies) == ["/news/a-b-c-d"]
        new.routes |= {"/feed.xml": rss("/news/e-f-g-h"), "/news/e-f-g-h": story("Another")}
        desk.wait(hours=2)
        desk.crawl()
    assert set(desk.bodies) == {"/news/a-b-c-d", "/news/e-f-g-h"}


def test_exclude_and_include_of_the_source_hold(tmp_path):
    pages = {f"/news/{name}-story-of-the-day": story(f"{name} story") for name in ("good", "sport", "other")}
    with serving({"/": front(*pages, feed=None), **pages}) as site:
        desk = Desk(tmp_path, source(site, exclude=["*sport*"], include=["/news/*-story-of-*"]))
        desk.crawl()
    assert set(desk.bodies) == {"/news/good-story-of-the-day", "/news/other-story-of-the-day"}


def test_one_bad_page_never_stops_a_crawl(tmp_path):
    bad = {
        "/news/a-pdf-as-html": b"%PDF-1.7 rest",
        "/news/a-gzip-bomb-too": Reply(gzip.compress(b"0" * 20_000_000), headers={"Content-Encoding": "gzip"}),
        "/news/a-truncated-body-here": Reply("<p>cut", headers={"Content-Length": "900", "Connection": "close"}),
        "/news/a-server-error-here": Reply("oops", 500),
        "/news/a-wrong-length-here": Reply(story(), headers={"Content-Length": "300"}),
        "/news/a-hostile-tag-here": "<p " + " ".join(f"a{n}" for n in range(60_000)) + ">",
        "/news/an-empty-page-here": "",
    }
    with serving({"/": front(*bad, "/news/a-good-page-here", feed=None), **bad}) as site:
        site.routes["/news/a-good-page-here"] = story()
        desk = Desk(tmp_path, source(site))
        assert desk.crawl().status == "partial"  # most stories were lost
    assert list(desk.bodies) == ["/news/a-good-page-here"]
    assert desk.outcome(site, "/news/a-pdf-as-html") == ("not-article", "pdf")
    assert desk.outcome(site, "/news/a-gzip-bomb-too") == ("failed", "too-large")
    assert desk.outcome(site, "/news/a-truncated-body-here") == ("failed", "truncated")
    assert desk.outcome(site, "/news/a-wrong-length-here") == ("failed", "length-mismatch")
    assert desk.outcome(site, "/news/a-hostile-tag-here") == ("failed", "hostile-markup")


def test_bad_feeds_and_sitemaps_are_named_and_cost_only_themselves(tmp_path):
    bomb = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    feeds = {
        "/dtd.xml": rss("/news/from-the-feed-with-dtd", doctype=bomb),
        "/html.xml": "<html><p>no feed here</html>",
        "/empty.xml": "",
    }
    with serving({"/": front(feed=None), "/news/from-the-feed-with-dtd": story(), **feeds}) as site:
        named = [site.url + path for path in (*feeds, "/missing.xml")]
        desk = Desk(tmp_path, source(site, feeds=named, sitemaps=[site.url + "/empty-map.xml"]))
        site.routes["/empty-map.xml"] = ""
        desk.crawl()
    assert list(desk.bodies) == ["/news/from-the-feed-with-dtd"]
    assert desk.outcome(site, "/dtd.xml") == ("read", "dtd-ignored")
    assert desk.outcome(site, "/html.xml") == ("failed", "not-a-feed")
    assert desk.outcome(site, "/empty-map.xml") == ("failed", "empty")
    assert desk.outcome(site, "/missing.xml") == ("failed", "http-404")


def test_a_calendar_without_end_is_left(tmp_path):
    def month(asked):
        number = int(asked.path.split("=")[-1]) if "=" in asked.path else 0
        return f'<a href="/diary?month={number + 1}">next</a><a href="/diary/{2026 + number}/12/">year</a>'

    with serving({"/": front("/diary", feed=None), "/diary": month}) as site:
        site.routes |= {f"/diary?month={n}": month for n in range(300)}
        Desk(tmp_path, source(site)).crawl()
    assert len(site.log) < 20


def test_ctrl_c_finishes_the_pages_in_flight(tmp_path):
    pages = {f"/news/story-of-day-{n:05}": story(f"Story {n}") for n in range(60)}
    with serving({"/": front(*pages, feed=None), **pages}) as site:
        desk = Desk(tmp_path, source(site), delay=0.01)
        stop = threading.Event()
        run = desk.crawl(stop=stop, on_progress=lambda so_far: stop.set() if so_far.fetched > 20 else None)
        asked = sum(path.startswith("/news/") for path in site.paths)
    assert run.status == "stopped"
    assert 0 < len(desk.bodies) == asked < 60
    assert desk.store.frontier.counts("gazette")[UrlState.LEASED] == 0


def test_a_stop_does_not_wait_for_a_long_delay(tmp_path):
    with serving({"/": front("/news/a-b-c-d", feed=None), "/news/a-b-c-d": story()}) as site:
        desk = Desk(tmp_path, source(site), delay=300)
        stop = threading.Event()
        began = time.monotonic()
        desk.crawl(stop=stop, on_progress=lambda told: stop.set())
    assert time.monotonic() - began < 200


def test_a_limit_ends_the_crawl(tmp_path):
    pages = {f"/news/story-of-day-{n:05}": story(f"Story {n}") for n in range(20)}
    with serving({"/": front(*pages, feed=None), **pages}) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl(limit=5)
    assert len(desk.store.journal.visits(limit=100)) == 5


def test_a_source_that_cannot_be_had_is_told_in_the_receipt(tmp_path):
    routes = {"/": front("/news/a-b-c-d", feed=None), "/news/a-b-c-d": story()}
    with serving(routes) as site, serving({"/robots.txt": Reply("", 500)}, "127.88.0.2") as gone:
        desk = Desk(tmp_path, source(site), source(gone, "tribune"))
        run = desk.crawl()
    assert (run.status, run.note) == ("partial", "nothing of tribune could be read")


def test_progress_ends_with_what_was_done(tmp_path):
    told = []
    with serving({"/": front("/news/a-b-c-d", feed=None), "/news/a-b-c-d": story()}) as site:
        Desk(tmp_path, source(site)).crawl(on_progress=told.append)
    last = told[-1].sources[0]
    assert (last.source, last.new, last.due, told[-1].in_flight) == ("gazette", 1, 0, 0)


def test_nothing_is_asked_without_a_contact(tmp_path):
    with serving({"/": front()}) as site:
        desk = Desk(tmp_path, source(site), contact=None)
        with pytest.raises(ConfigError, match=r"crawler\.contact"):
            desk.crawl()
    assert site.log == []


def test_an_unknown_source_is_named(tmp_path):
    with pytest.raises(NotFound, match="tribune"):
        Desk(tmp_path).crawl(sources=["tribune"])


def test_nothing_is_crawled_while_someone_works_on_the_whole_store(tmp_path):
    desk = Desk(tmp_path)
    with locks.hold(desk.config.crawl_lock, what="a re-reading"), pytest.raises(StoreLocked, match="a re-reading"):
        desk.crawl()
    assert desk.store.runs.latest() == []


def test_two_crawls_never_take_one_source_at_once(tmp_path):
    with serving({"/": front(feed=None)}) as site:
        desk = Desk(tmp_path, source(site), source(site, "herald"))
        with desk.store.runs.begin(["gazette"], started=desk.now()) as other:
            with pytest.raises(StoreLocked, match="gazette: crawled in run 1 by a crawl"):
                desk.crawl(sources=["gazette"])
            assert site.log == []
            assert desk.crawl().note == f"in another run: gazette (run {other.run.id})"


def test_crawls_side_by_side_are_polite_to_a_host_together(tmp_path):
    """Two runs of two sources on one host: never two requests at once, and the rest between them is kept."""
    routes = {f"/{part}/story-number-{n}-of-ten": story(f"{part} {n}") for part in ("one", "two") for n in range(5)}
    for part in ("one", "two"):
        routes[f"/{part}/"] = front(*(path for path in routes if path.startswith(f"/{part}/story")), feed=None)
    with serving(routes) as site:
        parts = [source(site, part, url=f"{site.url}/{part}/") for part in ("one", "two")]
        desk = Desk(tmp_path, *parts, delay="100 ms")
        threads = [threading.Thread(target=desk.crawl, kwargs={"sources": [part]}) for part in ("one", "two")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        log = sorted(site.log, key=lambda asked: asked.began)
    assert {run.status for run in desk.store.runs.latest()} == {"ok"}
    assert len([path for path in desk.bodies if "/story-" in path]) == 10
    gaps = [after.began - before.ended for before, after in pairwise(log)]
    assert min(gaps) >= 0.1 * 0.9  # the log is written before an answer leaves and after a request arrives


def test_a_source_is_done_when_its_own_work_is(tmp_path):
    """A site that hangs holds up itself alone: the other source can be crawled again meanwhile."""
    release = threading.Event()

    def hang(_):
        release.wait(120)
        return "late"

    with serving({"/": hang}, "127.88.0.2") as slow, serving({"/": front(feed=None)}) as quick:
        desk = Desk(tmp_path, source(slow, "slow"), source(quick, "quick"))
        both = threading.Thread(target=desk.crawl)
        both.start()
        try:
            deadline = time.monotonic() + 60
            while desk.store.runs.held() != {"slow"} and time.monotonic() < deadline:
                time.sleep(0.01)
            assert desk.store.runs.held() == {"slow"}
            assert desk.crawl(sources=["quick"]).status == "ok"
        finally:
            release.set()
            both.join(30)
    assert [each.state for each in desk.store.runs.receipts(1)] == ["done", "done"]


def test_the_receipt_of_each_source_says_what_came_and_what_was_lost_and_why(tmp_path):
    paths = [f"/news/story-number-{n}-of-five" for n in range(5)]
    routes = {"/": front(*paths[:3], feed=None), paths[0]: story("One"), paths[1]: story("Two")} | {
        paths[2]: Reply("", 403)
    }
    with serving(routes) as site:
        desk = Desk(tmp_path, source(site), delay="10 ms")
        run = desk.crawl()
        (receipt,) = desk.store.runs.receipts(run.id)
        assert (receipt.state, receipt.left) == ("done", 0)
        assert sum(receipt.counts["new"].values()) == receipt.stories == 2
        assert receipt.counts["failed"] == {"http-403": 1}
        assert receipt.requests == receipt.visits
        assert receipt.bytes > 2 * len(story("One"))
        assert receipt.waiting.total_seconds() > 0.01
        assert run.counts == {"gazette": {outcome: sum(of.values()) for outcome, of in receipt.counts.items()}}
        site.routes["/"] = front(*paths, feed=None)
        desk.wait(hours=2)
        second = desk.crawl(limit=1)
    (receipt,) = desk.store.runs.receipts(second.id)
    assert receipt.left == desk.store.frontier.due_count(desk.now(), ["gazette"])["gazette"] > 0


def test_a_disk_that_cannot_be_written_stops_the_crawl_and_loses_nothing(tmp_path):
    with serving({"/": front("/news/a-b-c-d", feed=None), "/news/a-b-c-d": story()}) as site:
        desk = Desk(tmp_path, source(site))
        desk.config.captures.write_text("a file where the folder of captures should be")
        with pytest.raises(StoreError):
            desk.crawl()
        assert desk.store.runs.latest(1)[0].status == "failed"
        desk.config.captures.unlink()
        desk.crawl()
    assert list(desk.bodies) == ["/news/a-b-c-d"]


def test_visits_that_fail_with_the_disk_leave_no_traces_of_their_own(tmp_path, caplog):
    both = threading.Barrier(2)  # so that two visits are under way when the first of them ends the crawl

    def page(_):
        both.wait(10)
        return story()

    routes = {"/": front("/news/a-b-c-d", feed=None), "/news/a-b-c-d": page}
    with serving(routes) as one, serving(routes, "127.88.0.2") as two:
        desk = Desk(tmp_path, source(one, "one"), source(two, "two"))
        desk.config.captures.write_text("a file where the folder of captures should be")
        with pytest.raises(StoreError):
            desk.crawl()
    gc.collect()
    assert "never retrieved" not in caplog.text


def test_a_failed_page_waits_longer_each_time_and_is_dropped_at_last(tmp_path):
    with serving({"/": front("/news/a-b-c-d", feed=None), "/news/a-b-c-d": Reply("", 500)}) as site:
        desk = Desk(tmp_path, source(site), attempts=3)
        waits = []
        for _ in range(3):
            desk.crawl()
            entry = desk.store.frontier.entry(site.url + "/news/a-b-c-d")
            waits.append(entry.due - entry.checked)
            desk.wait(days=2)
    assert waits[0] < waits[1]
    assert (entry.state, entry.outcome) == (UrlState.DROPPED, Outcome.FAILED)

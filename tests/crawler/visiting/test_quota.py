import contextlib
import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from crawler.visiting import quota, walking
from tests.crawler.crawling import Desk, front, rss, source, story
from tests.crawler.faultweb import Reply, serving
from tests.crawler.linkedweb import STYLES, site_of

PAGES = {f"/news/story-of-day-{n:05}": story(f"Story {n}") for n in range(6)}
MORE = {f"/news/story-of-eve-{n:05}": story(f"Evening {n}") for n in range(4)}


def test_a_source_that_names_addresses_without_end_adds_a_bounded_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quota, "MAX_ADDED", 4)
    with serving({"/": front(*PAGES), **PAGES, **MORE}) as site:
        site.routes["/feed.xml"] = rss(*(site.url + path for path in MORE))
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        assert set(desk.bodies) == {*PAGES}  # the feed was found with them, and is read after them
        with contextlib.closing(sqlite3.connect(desk.config.store)) as connection:
            found = connection.execute("SELECT count(*) FROM left_out WHERE reason = 'quota'").fetchone()
        assert found == (len(MORE),)
        desk.wait(hours=13)
        desk.crawl()
        assert set(desk.bodies) == {*PAGES, *MORE}


def test_responses_past_the_quota_are_not_stored_and_the_receipt_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quota, "MAX_CAPTURED", 1)
    with serving({"/": front(*PAGES, feed=None), **PAGES}) as site:
        desk = Desk(tmp_path, source(site, "gazette"))
        run = desk.crawl()
    assert len(desk.bodies) == 6
    assert sum(stored.article.capture is not None for stored in desk.store.every()) == 1
    assert run.note == "responses over the 1 bytes a source may store in a run were not stored: 5 of gazette"


def test_each_source_has_a_quota_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quota, "MAX_ADDED", 2)
    counts = quota.Quota()
    counts.add_addresses("evil", 2)
    assert (counts.has_room_for_addresses("evil"), counts.has_room_for_addresses("gazette")) == (False, True)
    assert counts.note() is None


def test_older_pages_that_wait_for_a_backfill_count_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quota, "MAX_ADDED", 20)
    routes, _ = site_of(STYLES["month-name"], 90, index="days")
    with serving(routes) as site:
        desk = Desk(tmp_path, source(site))
        since, until = datetime(2024, 1, 1, tzinfo=UTC), date(2024, 1, 10)
        walking.resume(desk.store, "gazette", since, desk.now(), until=until)
        desk.crawl()
    with contextlib.closing(sqlite3.connect(desk.config.store)) as connection:
        (held,) = connection.execute("SELECT count(*) FROM frontier").fetchone()
        (left,) = connection.execute("SELECT count(*) FROM left_out WHERE reason = 'quota'").fetchone()
    assert held < 30  # a listing that begins within the quota is taken whole
    assert held + left > 30


def _map_of(site, *paths: str) -> Reply:
    locs = "".join(f"<url><loc>{site.url}{path}</loc></url>" for path in paths)
    return Reply(f"<urlset>{locs}</urlset>", type="application/xml")


@pytest.mark.parametrize("junk", ["a list", "gone"])
def test_addresses_of_a_sitemap_that_give_nothing_wait_and_the_stories_behind_them_have_their_turn(tmp_path, junk):
    storyless = [f"/tag/word-{n}" for n in range(400)]
    tag = front(*PAGES, feed=None).replace(">x<", ">A story of which all tell<")
    pages = dict.fromkeys(storyless, tag) if junk == "a list" else {}
    with serving({"/": front(feed=None), **PAGES, **pages}) as site:
        site.routes["/sitemap.xml"] = _map_of(site, *storyless, *PAGES)
        desk = Desk(tmp_path, source(site), max_pages=300)
        run = desk.crawl()
        asked = sum(path.startswith("/tag/") for path in site.paths)
        assert set(desk.bodies) == {*PAGES}
        assert 100 <= asked < 140  # those under way are read
        assert f"are no stories: {400 - asked} of gazette" in (run.note or "")
        entry = desk.store.frontier.entry(site.url + storyless[-1])
        assert (entry.reason, entry.outcome) == ("series", None)
        desk.wait(days=1)
        desk.crawl()
        later = sum(path.startswith("/tag/") for path in site.paths)
    assert asked + 100 <= later


def test_stories_behind_many_that_are_gone_do_not_wait_where_nothing_else_is_there_to_ask_for(tmp_path):
    gone = [f"/news/{1000 + n}-council-speaks-of-bridge-{n}" for n in range(230)]
    stories = {f"/news/{5000 + n}-council-speaks-of-bridge-{n}": story(f"Bridge {n}") for n in range(5)}
    with serving({"/": front(feed=None), **stories}) as site:
        site.routes["/sitemap.xml"] = _map_of(site, *gone, *stories)
        desk = Desk(tmp_path, source(site))
        run = desk.crawl()
    assert set(desk.bodies) == set(stories)
    assert "wait for later nights" not in (run.note or "")


def test_addresses_of_a_pattern_of_which_one_was_a_story_do_not_wait(tmp_path):
    storyless = [f"/tag/word-{n}" for n in range(150)]
    with serving({"/": front(feed=None), "/tag/word-200": story("Of a tag")}) as site:
        site.routes["/sitemap.xml"] = _map_of(site, "/tag/word-200")
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        site.routes["/sitemap.xml"] = _map_of(site, "/tag/word-200", *storyless)
        desk.wait(days=1)
        assert "wait for later nights" not in (desk.crawl().note or "")
    assert set(site.paths) >= set(storyless)

"""What a crawl would do with an address that nothing named; no host is asked."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from corpus.config import Config
from corpus.store import ArticleStore, Robots
from crawler.fetching.robots_text import reduced
from crawler.visiting.outlook import Outlook, outlooks
from tests.corpus.samples import NOW, visit

SITE = "https://gazette.example"
STORY = f"{SITE}/2024/03/01/harbour-walls-are-raised-again"
ROBOTS = "User-agent: *\nDisallow: /private/\n"


@pytest.fixture
def store(tmp_path: Path):
    with ArticleStore.open(tmp_path / "s.sqlite") as store:
        yield store


def config(*sources: dict[str, Any], **crawler: Any) -> Config:
    return Config.model_validate({"source": sources or ({"url": f"{SITE}/", "name": "gazette"},), "crawler": crawler})


def one(store: ArticleStore, url: str, *sources: dict[str, Any]) -> Outlook:
    (found,) = outlooks(url, config(*sources), store, NOW)
    return found


def with_robots(store: ArticleStore, text: str = ROBOTS, *, status: int | None = 200, age: timedelta = timedelta()):
    store.journal.keep_robots("gazette.example", Robots(reduced(text, "pressmark"), status, NOW - age))


def test_an_address_of_no_source_has_no_outlook(store: ArticleStore):
    assert outlooks("https://other.example/a", config(), store, NOW) == []


def test_a_story_would_be_asked_for_and_nothing_is_known_of_robots(store: ArticleStore):
    found = one(store, STORY)
    assert (found.linked, found.listed, found.kind) == (None, None, "article")
    assert (found.robots, found.robots_at, found.robots_reachable) == (None, None, True)


def test_a_link_that_is_left_out_may_be_asked_for_when_a_feed_names_it(store: ArticleStore):
    found = one(store, f"{SITE}/login")
    assert (found.linked, found.listed, found.kind) == ("service-page", None, None)


@pytest.mark.parametrize(
    ("url", "reason"), [(f"{SITE}/paper.pdf", "file-type"), (f"{SITE}/sport/story-of-the-long-match", "excluded")]
)
def test_what_neither_a_link_nor_a_feed_leads_to_says_why(store: ArticleStore, url: str, reason: str):
    found = one(store, url, {"url": f"{SITE}/", "name": "gazette", "exclude": ("*/sport/*", "/sport/")})
    assert (found.linked, found.listed) == (reason, reason)


def test_the_stored_robots_txt_is_asked(store: ArticleStore):
    with_robots(store)
    assert one(store, STORY).robots is True
    kept_out = one(store, f"{SITE}/private/2024/03/01/harbour-walls-are-raised")
    assert (kept_out.robots, kept_out.robots_at) == (False, NOW)


def test_a_host_without_a_robots_txt_allows_all(store: ArticleStore):
    with_robots(store, "", status=404)
    assert one(store, f"{SITE}/private/2024/03/01/harbour-walls-are-raised").robots is True


def test_a_robots_txt_that_failed_keeps_a_crawl_away_for_a_while_only(store: ArticleStore):
    with_robots(store, "", status=503)
    fresh = one(store, STORY)
    assert (fresh.robots, fresh.robots_reachable) == (False, False)
    with_robots(store, "", status=503, age=timedelta(days=2))
    assert (one(store, STORY).robots, one(store, STORY).robots_reachable) == (None, True)


def test_a_robots_txt_that_was_read_for_another_name_of_ours_says_nothing(store: ArticleStore):
    store.journal.keep_robots("gazette.example", Robots(reduced(ROBOTS, "otherbot"), 200, NOW))
    assert one(store, STORY).robots is None


def test_the_port_of_a_source_is_its_own_and_another_port_is_another_site(store: ArticleStore):
    sources = ({"url": f"{SITE}:8080/", "name": "gazette"},)
    assert one(store, f"{SITE}:8080/2024/03/01/harbour-walls-are-raised-again", *sources).linked is None
    assert outlooks(f"{SITE}:8081/a", config(*sources), store, NOW) == []


def test_an_address_where_the_front_page_moved_is_the_sources(store: ArticleStore):
    moved = "https://new-gazette.example/2024/03/01/harbour-walls-are-raised-again"
    assert outlooks(moved, config(), store, NOW) == []
    store.record(visit(url=f"{SITE}/", status=200, final_url="https://new-gazette.example/"))
    assert one(store, moved).linked is None


def test_each_source_of_a_site_has_its_own_outlook(store: ArticleStore):
    sources = (
        {"url": f"{SITE}/", "name": "all"},
        {"url": f"{SITE}/sport/", "name": "sport", "include": ("/sport/*",)},
    )
    found = outlooks(STORY, config(*sources), store, NOW)
    assert [(each.source, each.linked) for each in found] == [("all", None), ("sport", "excluded")]


def test_a_host_that_rests_says_until_when(store: ArticleStore):
    store.journal.pause_host("gazette.example", NOW + timedelta(hours=1))
    assert one(store, STORY).rests_until == NOW + timedelta(hours=1)
    store.journal.pause_host("gazette.example", NOW - timedelta(hours=1))
    assert one(store, STORY).rests_until is None

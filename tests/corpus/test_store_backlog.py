"""A source of which more is due than a run asks for: its lists and its news come first."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from corpus.model import Discovered, Hints, Outcome, PageDate, Precision, UrlKind
from corpus.store import ArticleStore
from corpus.via import Via
from tests.corpus.samples import NOW, visit
from tests.stores import new_store

SITE = "https://news.example"
NIGHT = timedelta(days=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ArticleStore]:
    with new_store(tmp_path / "pressmark.sqlite") as opened:
        yield opened


def named(path: str, via: Via, kind: UrlKind = UrlKind.ARTICLE, hints: Hints | None = None) -> Discovered:
    return Discovered(url=f"{SITE}/{path}", kind=kind, via=via, hints=hints or Hints())


def first_asked(store: ArticleStore, waiting: int) -> list[str]:
    """What is asked for first on the second night, of a source of which so many old pages and two lists wait."""
    store.frontier.add([named(f"old/{number}", Via.SITEMAP) for number in range(waiting)], "news.example", NOW)
    later = [named("", Via.CONFIG, UrlKind.HOME), named("feed", Via.ALTERNATE, UrlKind.FEED)]
    store.frontier.add(later, "news.example", NOW + timedelta(hours=1))
    with store.runs.begin(["news.example"], started=NOW + NIGHT) as claim:
        dated = Hints(published=PageDate(NOW, Precision.MINUTE, "sitemap"))
        news = [named("a", Via.HOME), named("b", Via.SITEMAP), named("c", Via.SITEMAP, hints=dated)]
        store.frontier.add(news, "news.example", NOW + NIGHT)
        found = []
        for _ in range(5):
            at = NOW + 2 * NIGHT
            (entry,) = store.frontier.lease(at, limit=1, sources=["news.example"], run=claim.run.id)
            found.append(entry.url.removeprefix(f"{SITE}/"))
    return found


def test_lists_and_news_are_asked_for_before_a_backlog(store: ArticleStore):
    assert first_asked(store, 498) == ["", "feed", "a", "c", "old/0"]


def test_what_the_last_list_names_goes_before_a_backlog_in_its_order(store: ArticleStore):
    store.frontier.add([named(f"old/{number}", Via.SITEMAP) for number in range(509)], "news.example", NOW)
    store.frontier.add([named("", Via.CONFIG, UrlKind.HOME)], "news.example", NOW)
    found = []
    with store.runs.begin(["news.example"], started=NOW + NIGHT) as claim:
        for news in ("a", "old/7", "c", "d"):
            (entry,) = store.frontier.lease(NOW + NIGHT, limit=1, sources=["news.example"], run=claim.run.id)
            found.append(entry.url.removeprefix(f"{SITE}/"))
            if news != "d":
                store.frontier.add([named(news, Via.HOME)], "news.example", NOW + NIGHT)
    assert found == ["", "a", "old/7", "c"]


def test_lists_that_a_clock_ahead_had_put_off_go_before_a_backlog_too(store: ArticleStore):
    ahead = NOW + 365 * NIGHT
    store.frontier.add([named("", Via.CONFIG, UrlKind.HOME)], "news.example", NOW)
    with store.runs.begin(["news.example"], started=ahead) as claim:
        store.record(visit(url=f"{SITE}/", at=ahead, outcome=Outcome.READ, due=ahead + NIGHT, run=claim.run.id))
    store.frontier.add([named(f"old/{number}", Via.SITEMAP) for number in range(500)], "news.example", NOW)
    with store.runs.begin(["news.example"], started=NOW + NIGHT):
        (entry,) = store.frontier.lease(NOW + NIGHT, limit=1, sources=["news.example"])
    assert entry.url == f"{SITE}/"


def test_what_a_run_asks_for_anyway_keeps_its_order(store: ArticleStore):
    assert first_asked(store, 497) == [f"old/{number}" for number in range(5)]


def test_what_failed_is_asked_for_before_the_backlog_it_stood_in(store: ArticleStore):
    store.frontier.add([named(f"old/{number}", Via.SITEMAP) for number in range(520)], "news.example", NOW)
    with store.runs.begin(["news.example"], started=NOW) as claim:
        for _ in range(3):
            (entry,) = store.frontier.lease(NOW, limit=1, sources=["news.example"], run=claim.run.id)
        again = NOW + timedelta(seconds=2)
        store.record(visit(url=entry.url, outcome=Outcome.FAILED, reason="http-429", due=again, attempts=1, at=NOW))
        store.runs.finish(claim.run)
    with store.runs.begin(["news.example"], started=NOW + NIGHT) as claim:
        (first,) = store.frontier.lease(NOW + NIGHT, limit=1, sources=["news.example"], run=claim.run.id)
    assert first.url == entry.url

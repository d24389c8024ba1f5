"""Each address of a source is counted in one state, with one reason."""

import contextlib
import sqlite3
from dataclasses import replace

from corpus.model import Discovered, LeftOut, Outcome, UrlKind, UrlState
from corpus.store import ArticleStore
from corpus.store.addresses import losses
from corpus.store.addresses.census import GUESSED
from corpus.via import Via
from tests.corpus.samples import NOW, article, begun, visit
from tests.stores import new_store

SOURCE = "news.example"


def left(path: str, reason: str = "shape") -> LeftOut:
    return LeftOut(url=f"https://{SOURCE}/{path}", reason=reason, via=Via.HOME, parent=f"https://{SOURCE}/")


def lost(store: ArticleStore, path: str, outcome: Outcome, reason: str) -> None:
    url = f"https://{SOURCE}/{path}"
    store.frontier.add([Discovered(url=url, kind=UrlKind.ARTICLE, via=Via.FEED)], SOURCE, NOW)
    store.record(replace(visit(url=url), article=None, outcome=outcome, reason=reason, state=UrlState.DROPPED))


def test_each_address_has_one_state_and_one_reason(tmp_path):
    with new_store(tmp_path / "s.sqlite") as store:
        told = (left("shop"), left("shop/2"), left("film.mp4", "file-type"))
        store.record(replace(visit(article(url=f"https://{SOURCE}/story")), left_out=told))
        source = next(iter(store.sources.stats(NOW)))
        for n in range(2):
            lost(store, f"f{n}", Outcome.FAILED, "http-403: once more")
        lost(store, "f2", Outcome.FAILED, "timeout")
        lost(store, "r", Outcome.REFUSED, "robots: /r")
        lost(store, "p", Outcome.NOT_ARTICLE, "paywall")
        lost(store, "c", Outcome.REDIRECTED, "canonical: x")
        store.frontier.add([Discovered(url=f"https://{SOURCE}/next", kind=UrlKind.ARTICLE, via=Via.FEED)], SOURCE, NOW)
        store.walks.postpone(
            [Discovered(url=f"https://{SOURCE}/old", kind=UrlKind.SECTION, via=Via.SECTION)], SOURCE, NOW
        )
        counts = store.census.counts(source)
    assert source == SOURCE
    assert counts == {
        "article": {"crawled": 1},
        "redirected": {"canonical": 1},
        "not-article": {"paywall": 1},
        "refused": {"robots": 1},
        "failed": {"http-403": 2, "timeout": 1},
        "left-out": {"shape": 2, "file-type": 1, "not-walked": 1},
        "waiting": {"not-asked-yet": 1},
    }
    assert next(iter(counts)) == "article"


def test_an_article_that_stands_is_one_whatever_its_last_visit_brought(tmp_path):
    with new_store(tmp_path / "s.sqlite") as store:
        store.record(visit(article(url=f"https://{SOURCE}/story")))
        lost(store, "story", Outcome.FAILED, "timeout")
        assert store.census.counts(SOURCE) == {"article": {"crawled": 1}}


def test_what_an_import_brought_what_was_withdrawn_and_a_copy_are_states(tmp_path):
    with new_store(tmp_path / "s.sqlite") as store:
        for path in ("a", "b", "c"):
            store.write(article(url=f"https://{SOURCE}/{path}"))
        first, second, third = (store.by_url(f"https://{SOURCE}/{path}") for path in ("a", "b", "c"))
        store.set_copy(second.id, first.id)
        store.withdraw(third.id, "gone: 410", at=NOW)
        counts = store.census.counts(first.article.source)
    assert counts == {"article": {"imported": 1}, "copy": {"same-text": 1}, "withdrawn": {"gone": 1}}


def test_a_usual_address_without_a_feed_is_no_story_that_is_missing(tmp_path):
    with new_store(tmp_path / "s.sqlite") as store:
        run = begun(store).id
        for path, via, outcome in (
            ("feed", Via.WELL_KNOWN, Outcome.NOT_ARTICLE),
            ("rss", Via.WELL_KNOWN, Outcome.FAILED),
            ("news", Via.HOME, Outcome.NOT_ARTICLE),
        ):
            url = f"https://{SOURCE}/{path}"
            store.frontier.add([Discovered(url=url, kind=UrlKind.FEED, via=via)], SOURCE, NOW)
            store.record(replace(visit(url=url), article=None, outcome=outcome, reason="http-404", run=run))
        expected = {"not-article": {GUESSED: 1, "http-404": 1}, "failed": {"http-404": 1}}
        assert store.census.counts(SOURCE) == store.census.of_run(run)[SOURCE] == expected


def test_past_the_bound_what_was_left_out_is_still_counted(tmp_path, monkeypatch):
    monkeypatch.setattr(losses, "MAX_REMEMBERED", 3)
    many = tuple(left(f"shop/{n}") for n in range(5))
    with new_store(tmp_path / "s.sqlite") as store:
        store.record(replace(visit(url=f"https://{SOURCE}/story"), left_out=many))
        assert store.census.counts(SOURCE)["left-out"] == {"shape": 5}


def test_a_source_nobody_knows_has_no_addresses(tmp_path):
    with new_store(tmp_path / "s.sqlite") as store:
        assert store.census.counts("none") == {}


def test_a_run_counts_each_address_it_visited_by_its_last_visit(tmp_path):
    with new_store(tmp_path / "s.sqlite") as store:
        run = begun(store).id
        for path in ("a", "b"):
            store.record(replace(visit(article(url=f"https://{SOURCE}/{path}", body=f"It is {path}.")), run=run))
        lost(store, "f", Outcome.FAILED, "timeout")
        for reason in ("timeout", "http-403: once more"):
            gone = visit(url=f"https://{SOURCE}/f")
            store.record(replace(gone, article=None, outcome=Outcome.FAILED, reason=reason, run=run))
        first, second = (store.by_url(f"https://{SOURCE}/{path}") for path in ("a", "b"))
        assert first is not None
        assert second is not None
        store.set_copy(second.id, first.id)
        assert store.census.of_run(run) == {
            SOURCE: {"article": {"new": 1}, "copy": {"new": 1}, "failed": {"http-403": 1}}
        }
        assert store.census.of_run(run + 1) == {}


def test_counting_what_a_run_visited_grows_with_its_visits_alone(tmp_path):
    with new_store(tmp_path / "s.sqlite") as store:
        lost(store, "first", Outcome.FAILED, "timeout")
        run = begun(store).id
        with contextlib.closing(sqlite3.connect(tmp_path / "s.sqlite")) as connection, connection:
            visited = [(n, "timeout" if n < 20_000 else "http-404", run) for n in range(20_001)]
            insert = "INSERT INTO visits (url, at, outcome, reason, bytes, took, run)"
            connection.executemany(f"{insert} SELECT id, ?, 'failed', ?, 0, 0, ? FROM frontier", visited)
        connection, steps = store._database.connection, 0

        def count() -> bool:
            nonlocal steps
            steps += 1
            return steps == 2_000  # ends the query

        connection.set_progress_handler(count, 1_000)
        assert store.census.of_run(run) == {SOURCE: {"failed": {"http-404": 1}}}
        connection.set_progress_handler(None, 0)
        assert 0 < steps < 2_000  # a quarter of it, of a thousand each; not each visit beside every other

"""No URL is asked twice in one run unless its host asked for it, whatever fails."""

import itertools
import logging
import threading
from collections import Counter

import pytest

from corpus.errors import ExtractError, FetchError, StoreError, StoreLocked
from corpus.model import UrlState
from corpus.store.addresses.census import Census
from corpus.store.addresses.frontier import Frontier
from crawler.fetching.fetch import Fetcher
from crawler.fetching.politeness import Gate
from crawler.pool.workers import Workers
from crawler.visiting.async_store import AsyncStore
from tests.crawler.crawling import Desk, front, source, story
from tests.crawler.faultweb import Asked, Reply, serving

PAGE = "/news/a-story-of-the-day"
STEPS = [
    (Gate, "admit"),
    (Fetcher, "fetch"),
    (Fetcher, "exchange"),
    (Gate, "apply_rest"),
    (Gate, "note"),
    (Workers, "extract"),
    (AsyncStore, "article"),
    (AsyncStore, "record"),
]
ERRORS = [ValueError("x"), KeyError("y"), RecursionError(), UnicodeError("z"), AssertionError(), OSError(28, "full")]


def routes(answer: object) -> dict:
    return {
        "/": front(PAGE, "/news/a-good-story-here", feed=None),
        "/news/a-good-story-here": story("Good"),
        PAGE: answer,
    }


def break_on_page(monkeypatch: pytest.MonkeyPatch, owner: type, step: str, error: Exception) -> Counter[str]:
    """Make a step of the visit to PAGE raise; count how often it was reached. The rest of the crawl is real."""
    real, reached = getattr(owner, step), Counter()

    def concerns(args: tuple, kwargs: dict) -> bool:
        return any(PAGE in str(getattr(each, "address", getattr(each, "url", each))) for each in args)

    def broken(self: object, *args: object, **kwargs: object) -> object:
        if concerns(args, kwargs):
            reached[step] += 1
            raise error
        return real(self, *args, **kwargs)

    monkeypatch.setattr(owner, step, broken)
    return reached


@pytest.mark.parametrize(
    ("owner", "step", "error"),
    [(*step, error) for step, error in zip(STEPS, itertools.cycle(ERRORS))],
    ids=[step for _, step in STEPS],
)
def test_an_unexpected_error_at_any_step_costs_one_page_once(tmp_path, monkeypatch, capsys, owner, step, error):
    reached = break_on_page(monkeypatch, owner, step, error)
    with serving(routes(story())) as site:
        desk = Desk(tmp_path, source(site), attempts=2)
        for _ in range(4):  # past the last attempt: what the policy drops stays dropped
            desk.crawl()
            assert site.paths.count(PAGE) <= 4
            desk.wait(days=8)
    assert reached
    assert "/news/a-good-story-here" in desk.bodies
    said = capsys.readouterr().err + " ".join(each.reason or "" for each in desk.store.journal.visits(limit=100))
    assert "Traceback" not in said
    assert type(error).__name__ not in said


def test_what_the_policy_drops_after_a_fault_of_ours_is_dropped(tmp_path, monkeypatch):
    break_on_page(monkeypatch, Workers, "extract", ValueError("x"))
    with serving(routes(story())) as site:
        desk = Desk(tmp_path, source(site), attempts=2)
        for _ in range(3):
            desk.crawl()
            desk.wait(days=8)
        entry = desk.store.frontier.entry(site.url + PAGE)
    assert (entry.state, site.paths.count(PAGE)) == (UrlState.DROPPED, 2)


def test_where_a_fault_of_ours_is_stands_in_the_log_of_who_asks_for_all(tmp_path, monkeypatch, caplog):
    break_on_page(monkeypatch, Workers, "extract", ValueError("x"))
    with serving(routes(story())) as site, caplog.at_level(logging.DEBUG, logger="crawler.visiting.faults"):
        Desk(tmp_path, source(site)).crawl()
    assert "ValueError" in caplog.text


@pytest.mark.parametrize(
    "target",
    ["javascript:void(0)", "data:text/html,x", "http://xn--ls8h--/", "http://[::1", "//", "http://a b/", "\x7f"],
)
def test_a_redirect_to_no_address_is_one_failure(tmp_path, capsys, target):
    with serving(routes(Reply("", 302, headers={"Location": target}))) as site:
        desk = Desk(tmp_path, source(site))
        for _ in range(7):
            run = desk.crawl()
            desk.wait(days=8)
        entry = desk.store.frontier.entry(site.url + PAGE)
    assert site.paths.count(PAGE) <= 5
    assert run.ended is not None
    assert "Error" not in (entry.reason or "") + capsys.readouterr().err


@pytest.mark.parametrize("error", [FetchError("lightning", "it struck"), ExtractError("lightning", "it struck")])
def test_a_reason_nobody_knows_ends_too(tmp_path, monkeypatch, error):
    break_on_page(monkeypatch, Workers, "extract", error)
    with serving(routes(story())) as site:
        desk = Desk(tmp_path, source(site), attempts=3)
        desk.crawl()
    assert site.paths.count(PAGE) == 1


def test_a_store_that_cannot_be_written_still_ends_the_crawl(tmp_path, monkeypatch):
    break_on_page(monkeypatch, AsyncStore, "record", StoreError("the disk is full"))
    with serving(routes(story())) as site, pytest.raises(StoreError):
        Desk(tmp_path, source(site)).crawl()


def test_a_store_that_is_locked_while_a_run_is_under_way_fails_the_run_and_is_no_run_that_waits(tmp_path, monkeypatch):
    break_on_page(monkeypatch, AsyncStore, "record", StoreLocked("another process has been writing for over 30 s"))
    with serving(routes(story())) as site, pytest.raises(StoreError, match="another process") as caught:
        Desk(tmp_path, source(site)).crawl()
    assert not isinstance(caught.value, StoreLocked)


def test_no_step_of_a_run_asks_the_store_in_the_thread_that_asks_the_hosts(tmp_path, monkeypatch):
    threads = set()
    steps = [(Frontier, "due_count"), (Frontier, "heads"), (Frontier, "lease"), (Census, "without_articles")]
    for owner, step in steps:
        call = getattr(owner, step)

        def noted(self, *args, call=call, step=step, **options):
            threads.add((step, threading.current_thread().name.partition("_")[0]))
            return call(self, *args, **options)

        monkeypatch.setattr(owner, step, noted)
    with serving(routes(Reply("", 500))) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl(on_progress=lambda _: None)
    ours = threading.current_thread().name
    # When the run is over, its receipt is written by whoever asked for it.
    assert {step for step, thread in threads if thread == ours} <= {"without_articles"}
    assert {step for step, thread in threads if thread == "store"} == {step for _, step in steps}


def test_a_503_is_tried_once_more_in_the_same_run(tmp_path):
    answers = iter([Reply("busy", 503), story()])
    with serving(routes(lambda asked: next(answers))) as site:
        desk = Desk(tmp_path, source(site))
        run = desk.crawl()
    assert PAGE in desk.bodies
    assert (run.counts["gazette"]["failed"], run.counts["gazette"]["new"]) == (1, 2)


def test_a_503_that_stays_is_asked_twice_and_counts_as_one_night(tmp_path):
    with serving(routes(Reply("busy", 503))) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
    assert site.paths.count(PAGE) == 2
    assert desk.store.frontier.entry(site.url + PAGE).attempts == 1


def test_a_connection_that_breaks_is_tried_once_more_in_the_same_run(tmp_path):
    def cut(asked: Asked) -> None:
        asked.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n\r\n<p>cut")

    answers = iter([cut, lambda asked: story()])
    with serving(routes(lambda asked: next(answers)(asked))) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
    assert PAGE in desk.bodies


def test_a_retry_after_is_obeyed_in_the_same_run_and_no_more_than_three_times(tmp_path):
    with serving(routes(Reply("wait", 503, headers={"Retry-After": "0"}))) as site:
        Desk(tmp_path, source(site)).crawl()
    assert 2 <= site.paths.count(PAGE) <= 3


@pytest.mark.parametrize(
    "answer",
    [
        Reply("", 204),
        Reply("", 302),
        Reply(story(), headers={"Content-Length": "300"}),
        Reply("<p " + " ".join(f"a{n}" for n in range(60_000)) + ">"),
        Reply(story(), headers={"Content-Encoding": "br"}),
        Reply("", 302, headers={"Location": PAGE}),
    ],
    ids=["204", "302 without target", "wrong length", "hostile markup", "encoding", "loop"],
)
def test_what_cannot_heal_is_looked_at_on_two_nights_at_most(tmp_path, answer):
    with serving(routes(answer)) as site:
        desk = Desk(tmp_path, source(site))
        for _ in range(5):
            desk.crawl()
            desk.wait(days=30)
        entry = desk.store.frontier.entry(site.url + PAGE)
    assert site.paths.count(PAGE) == 2
    assert entry.state is UrlState.DROPPED


def test_a_link_of_the_front_page_that_lists_nothing_is_no_section(tmp_path):
    empty = "<body>" + "".join(
        f'<p><a href="https://other.example/{n}">A headline elsewhere {n}</a></p>' for n in range(40)
    )
    with serving(routes(empty)) as site:
        desk = Desk(tmp_path, source(site))
        for _ in range(4):
            desk.crawl()
            desk.wait(days=2)
    assert site.paths.count(PAGE) == 1

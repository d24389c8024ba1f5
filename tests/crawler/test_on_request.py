"""What people want of the scheduler, taken up by the daemon beside the schedule."""

import threading
import time
from datetime import UTC, datetime

from corpus.config import Config, load
from corpus.corrections.values import Correction, Field
from corpus.store.crawls.requests import CrawlRequest, RequestKind, RequestState
from crawler.schedule import run
from tests.crawler.crawling import Desk, front, source, story, workers_of
from tests.crawler.faultweb import Reply, serving

PAGES = {"/": front("/one", "/two", feed=None), "/one": story("One"), "/two": story("Two")}


def ended(desk: Desk, *requests: CrawlRequest, config: Config | None = None, **more: object) -> list[CrawlRequest]:
    """Let the daemon live until the requests ended, and return them."""
    stop, deadline = threading.Event(), time.monotonic() + 120  # only a test that fails waits so long

    def sleep(_: float) -> None:
        if all((found := desk.store.requests.get(each.id)) and found.finished for each in requests):
            stop.set()
        assert time.monotonic() < deadline
        time.sleep(0.01)

    run(config or never(desk), stop, now=desk.now, sleep=sleep, workers=workers_of(), **more)  # type: ignore[arg-type]
    return [found for each in requests if (found := desk.store.requests.get(each.id))]


def never(desk: Desk) -> Config:
    sources = tuple(each.model_copy(update={"schedule": NEVER}) for each in desk.config.sources)
    return desk.config.model_copy(update={"sources": sources})


NEVER = source(type("Site", (), {"url": "http://x.example"})(), schedule="never").schedule


def test_a_source_is_crawled_when_somebody_wants_it_and_the_request_names_the_run(tmp_path):
    with serving(PAGES) as site:
        desk, after = Desk(tmp_path, source(site)), []
        made = desk.store.requests.add(RequestKind.CRAWL, "gazette", "ana", desk.now())[0]
        (found,) = ended(desk, made, after=after.append)
    assert (found.state, found.outcome) == (RequestState.DONE, None)
    crawled = desk.store.runs.run(found.run or 0)
    assert crawled
    assert (crawled.trigger, crawled.status) == ("request", "ok")
    assert sorted(desk.bodies) == ["/one", "/two"]
    assert [each.id for each in after] == [crawled.id]


def test_what_is_new_on_the_front_page_is_found_though_it_was_just_read(tmp_path):
    with serving(PAGES) as site:
        desk = Desk(tmp_path, source(site))
        first = desk.store.requests.add(RequestKind.CRAWL, "gazette", "ana", desk.now())[0]
        ended(desk, first)
        site.routes.update({"/": front("/one", "/two", "/three", feed=None), "/three": story("Three")})
        before = len(site.paths)
        second = desk.store.requests.add(RequestKind.CRAWL, "gazette", "ana", desk.now())[0]
        ended(desk, second)
        asked = site.paths[before:]
    assert sorted(desk.bodies) == ["/one", "/three", "/two"]
    assert "/one" not in asked


def test_sources_wanted_together_are_one_run(tmp_path):
    with serving(PAGES) as site, serving(PAGES) as other:
        desk = Desk(tmp_path, source(site), source(other, "post"))
        wanted = [
            desk.store.requests.add(RequestKind.CRAWL, name, "ana", desk.now())[0] for name in ("gazette", "post")
        ]
        found = ended(desk, *wanted)
    assert len({each.run for each in found}) == 1
    assert len(desk.store.runs.latest()) == 1


def test_a_source_that_is_gone_or_paused_is_not_crawled_and_the_request_says_why(tmp_path):
    with serving(PAGES) as site:
        desk = Desk(tmp_path, source(site))
        desk.store.sources.pause("gazette", desk.now())
        wanted = [
            desk.store.requests.add(RequestKind.CRAWL, name, "ana", desk.now())[0] for name in ("gazette", "gone")
        ]
        found = ended(desk, *wanted)
        assert site.paths == []
    assert [each.outcome for each in found] == ["gazette is paused", "gone is not in config.toml"]
    assert {each.state for each in found} == {RequestState.FAILED}


def test_a_look_finds_what_a_crawl_would_and_stores_no_article(tmp_path):
    with serving(PAGES) as site:
        desk = Desk(tmp_path)
        made = desk.store.requests.add(RequestKind.LOOK, site.url, "ana", desk.now())[0]
        (found,) = ended(desk, made)
    assert found.state is RequestState.DONE
    assert (found.answer["robots"], found.answer["empty"]) == ("allowed", False)
    assert {each["headline"] for each in found.answer["samples"]} == {"One", "Two"}
    assert desk.bodies == {}
    assert desk.store.runs.latest() == []


def test_a_rule_is_looked_for_in_what_was_captured_and_no_site_is_asked(tmp_path):
    with serving(PAGES) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        before = len(site.paths)
        made = desk.store.requests.add(RequestKind.RULE, "headline gazette", "ana", desk.now())[0]
        none = desk.store.requests.add(RequestKind.RULE, "headline gone", "ana", desk.now())[0]
        for path in PAGES:
            value, url = f"Said of {path}", site.url + path
            wrong = Correction(url=url, field=Field.HEADLINE, value=value, said="One", who="ana", at=desk.now())
            desk.store.corrections.add(wrong)
        found, gone = ended(desk, made, none)
        assert len(site.paths) == before
    # The front page is no article: two of the three corrections are of articles of the source.
    assert found.outcome == "gazette: 2 corrections of the headline stand: expected 3 or more"
    assert gone.outcome == "headline gone: no source of config.toml that a rule could be for"
    assert {found.state, gone.state} == {RequestState.FAILED}


def test_a_private_address_is_not_looked_at(tmp_path):
    with serving(PAGES) as site:
        desk = Desk(tmp_path, allow_addresses=())
        made = desk.store.requests.add(RequestKind.LOOK, site.url, "ana", desk.now())[0]
        (found,) = ended(desk, made)
        assert site.paths == []
    assert (found.state, found.answer) == (RequestState.FAILED, {})


def test_a_daemon_that_is_stopped_gives_back_what_it_has_in_hand(tmp_path):
    asked, stop, over = threading.Event(), threading.Event(), threading.Event()

    def slow(_):
        asked.set()
        over.wait(120)
        return Reply(PAGES["/"])

    with serving({**PAGES, "/": slow}) as site:
        desk = Desk(tmp_path)
        made = desk.store.requests.add(RequestKind.LOOK, site.url, "ana", desk.now())[0]

        def sleep(_: float) -> None:
            assert asked.wait(120)
            stop.set()

        run(desk.config, stop, now=desk.now, sleep=sleep, workers=workers_of())
        over.set()
    found = desk.store.requests.get(made.id)
    assert found
    assert (found.state, found.tries) == (RequestState.WAITING, 0)


def test_a_source_added_to_the_file_is_crawled_by_the_daemon_that_runs(tmp_path):
    file = tmp_path / "config.toml"
    with serving(PAGES) as site:
        head = (
            '[crawler]\ncontact = "desk@gazette.example"\ndelay = 0\nworkers = 1\nallow_addresses = ["127.0.0.0/8"]\n'
        )
        file.write_text(head + '[schedule]\ncrawl = "never"\n')
        desk = Desk(tmp_path)
        config = load(file).model_copy(update={"data": desk.config.data})
        first = desk.store.requests.add(RequestKind.CRAWL, "gazette", "ana", desk.now())[0]
        file_written = threading.Event()
        stop, deadline = threading.Event(), time.monotonic() + 120  # only a test that fails waits so long
        second: list[CrawlRequest] = []

        def sleep(_: float) -> None:
            assert time.monotonic() < deadline
            refused = desk.store.requests.get(first.id)
            if refused and refused.finished and not file_written.is_set():
                file.write_text(file.read_text() + f'[[source]]\nname = "gazette"\nurl = "{site.url}/"\n')
                file_written.set()
                second.append(desk.store.requests.add(RequestKind.CRAWL, "gazette", "ana", desk.now())[0])
            elif second and (found := desk.store.requests.get(second[0].id)) and found.finished:
                stop.set()
            time.sleep(0.01)

        run(config, stop, now=lambda: datetime.now(UTC), sleep=sleep)
    found = desk.store.requests.get(second[0].id)
    assert found
    assert found.state is RequestState.DONE
    assert len(desk.bodies) == 2

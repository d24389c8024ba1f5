import asyncio
import threading
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from corpus.store import Host, Robots
from crawler.fetching.fetch import Fetcher
from crawler.fetching.politeness import Gate
from crawler.values import Response
from tests.crawler.crawling import Desk, front, source, story
from tests.crawler.faultweb import ALLOWED, Reply, serving

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
PAGES = {f"/news/story-of-day-{n:05}": story(f"Story {n}") for n in range(8)}


def robots(text: str, status: int = 200) -> Reply:
    return Reply(text, status, type="text/plain")


def test_robots_is_asked_first_and_disallowed_pages_never(tmp_path):
    routes = {"/": front(*PAGES, feed=None), **PAGES, "/robots.txt": robots("User-agent: *\nDisallow: /news/*0$\n")}
    with serving(routes) as site:
        site.routes["/robots.txt"] = robots("User-agent: *\nDisallow: /news/*-00003\n")
        desk = Desk(tmp_path, source(site))
        desk.crawl()
    assert site.paths[0] == "/robots.txt"
    assert "/news/story-of-day-00003" not in site.paths
    assert desk.outcome(site, "/news/story-of-day-00003") == ("refused", "robots")
    assert len(desk.bodies) == 7


def test_robots_is_asked_once_a_day(tmp_path):
    with serving({"/": front(feed=None), "/robots.txt": robots("")}) as site:
        desk = Desk(tmp_path, source(site))
        for hours in (0, 12, 13):
            desk.wait(hours=hours)
            desk.crawl()
    assert site.paths.count("/robots.txt") == 2


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_robots_file_that_cannot_be_had_allows_nothing_for_now(tmp_path, status):
    with serving({"/": front(*PAGES, feed=None), "/robots.txt": robots("", status)}) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        assert set(site.paths) == {"/robots.txt"}
        site.routes["/robots.txt"] = robots("")
        desk.wait(hours=1)
        desk.crawl()
    assert "/" in site.paths


@pytest.mark.parametrize(
    ("failure", "times"), [(Reply("", 500), 2), (Reply("", 503, headers={"Retry-After": "60"}), 1)]
)
def test_a_robots_file_that_fails_is_asked_once_more_unless_a_rest_is_asked_for(tmp_path, failure, times):
    answers = [failure, robots("")]
    with serving({"/": front(feed=None), "/robots.txt": lambda _: answers.pop(0)}) as site:
        Desk(tmp_path, source(site)).crawl()
    assert (site.paths.count("/robots.txt"), "/" in site.paths) == (times, times == 2)


def test_a_proxy_that_is_down_is_held_against_no_host(tmp_path):
    with serving({}) as down:
        pass
    with serving({"/": front(feed=None)}) as site:
        Desk(tmp_path, source(site), proxy=down.url).crawl()
        desk = Desk(tmp_path, source(site))
        assert desk.outcome(site, "/") == ("failed", "proxy")
        desk.wait(minutes=11)
        desk.crawl()
    assert "/" in site.paths


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_robots_file_that_is_not_there_allows_everything(tmp_path, status):
    damaged = Reply("Disallow: /", status, headers={"Content-Encoding": "br"})
    with serving(
        {"/": front(feed=None), "/robots.txt": damaged if status == 404 else robots("Disallow: /", status)}
    ) as site:
        Desk(tmp_path, source(site)).crawl()
    assert "/" in site.paths


def test_robots_is_asked_again_for_where_a_redirect_leads(tmp_path):
    routes = {
        "/": front("/news/leads-to-private-page", feed=None),
        "/news/leads-to-private-page": Reply("", 302, headers={"Location": "/private/page"}),
        "/private/page": story(),
        "/robots.txt": robots("User-agent: *\nDisallow: /private/"),
    }
    with serving(routes) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
    assert "/private/page" not in site.paths
    assert desk.outcome(site, "/news/leads-to-private-page") == ("refused", "robots")


def test_one_request_at_a_time_and_no_delay_cut_short(tmp_path):
    with serving({"/": front(*PAGES, feed=None), **PAGES}) as site:
        Desk(tmp_path, source(site), delay=0.05).crawl()
    asked = sorted(site.log, key=lambda each: each.began)
    gaps = [after.began - before.ended for before, after in pairwise(asked)]
    assert len(asked) > 10
    assert min(gaps) >= 0.049


def test_two_sources_on_one_host_take_turns(tmp_path):
    more = {path.replace("day", "eve"): page for path, page in PAGES.items()}
    with (
        serving({"/": front(*PAGES, feed=None), **PAGES}) as one,
        serving({"/": front(*more, feed=None), **more}) as two,
    ):
        Desk(tmp_path, source(one, "one"), source(two, "two"), delay=0.02).crawl()
    asked = sorted(one.log + two.log, key=lambda each: each.began)
    gaps = [after.began - before.ended for before, after in pairwise(asked)]
    assert min(gaps) >= 0.019


def test_a_second_crawl_does_not_cut_the_delay_of_the_first_short(tmp_path):
    with serving({"/": front(feed=None)}) as site:
        Desk(tmp_path, source(site), delay=0.5).crawl(limit=1)
        Desk(tmp_path, source(site), delay=0.5).crawl(limit=1)
    asked = sorted(site.log, key=lambda each: each.began)
    assert all(after.began - before.ended >= 0.45 for before, after in pairwise(asked))


def test_crawl_delay_of_robots_counts_when_it_is_longer(tmp_path):
    with serving({"/": front(feed=None), "/robots.txt": robots("User-agent: pressmark\nCrawl-delay: 0.1\n")}) as site:
        Desk(tmp_path, source(site)).crawl(limit=4)
    asked = sorted(site.log, key=lambda each: each.began)
    assert all(after.began - before.ended >= 0.099 for before, after in pairwise(asked))


def test_crawl_delay_of_robots_does_not_count_when_it_is_shorter(tmp_path):
    with serving({"/": front(feed=None), "/robots.txt": robots("User-agent: pressmark\nCrawl-delay: 0.01\n")}) as site:
        Desk(tmp_path, source(site), delay=0.1).crawl(limit=4)
    asked = sorted(site.log, key=lambda each: each.began)
    assert all(after.began - before.ended >= 0.099 for before, after in pairwise(asked))


def test_a_robots_file_that_was_read_for_another_name_is_asked_again(tmp_path):
    with serving({"/": front(feed=None), "/robots.txt": robots("User-agent: pressmark\nDisallow: /x")}) as site:
        desk = Desk(tmp_path, source(site))
        stored = Robots("# what this robots.txt says to tribune\nUser-agent: *\nDisallow: /\n", 200, desk.now())
        desk.store.journal.keep_robots(f"{site.host}:{site.port}", stored)
        desk.crawl()
        host = desk.store.journal.host(f"{site.host}:{site.port}")
    assert site.paths[:2] == ["/robots.txt", "/"]
    assert host.robots is not None
    assert "Disallow: /x" in host.robots.text


def test_retry_after_rests_the_whole_host_and_survives_a_restart(tmp_path):
    paused = Reply("", 429, headers={"Retry-After": "3600"})
    with serving({"/": front(*PAGES, feed=None), **PAGES, "/news/story-of-day-00000": paused}) as site:
        desk = Desk(tmp_path, source(site))
        (receipt,) = desk.store.runs.receipts(desk.crawl().id)
        assert receipt.left > 0
        assert receipt.rests_until == desk.store.journal.rests(desk.now())[site.host]
        assert receipt.left_at_rest == receipt.left
        assert receipt.waiting < timedelta(minutes=1)  # the crawl did not wait for that
        asked = len(site.log)
        again = Desk(tmp_path, source(site))
        again.wait(minutes=50)
        again.crawl()
        assert len(site.log) == asked
        site.routes |= PAGES
        again.wait(minutes=20)
        again.crawl()
    assert len(again.bodies) == len(PAGES)


def test_a_short_rest_is_waited_for_within_the_crawl(tmp_path):
    answers = [Reply("", 503, headers={"Retry-After": "1"}), front("/news/a-b-c-d", feed=None)]
    with serving({"/": lambda _: answers.pop(0), "/news/a-b-c-d": story()}) as site:
        desk = Desk(tmp_path, source(site))
        run = desk.crawl()
    asked = [each for each in site.log if each.path == "/"]
    assert asked[1].began - asked[0].ended >= 0.95
    (receipt,) = desk.store.runs.receipts(run.id)
    assert receipt.waiting >= timedelta(seconds=1)  # no other rest is kept here


def test_a_page_that_leads_to_a_host_at_rest_is_not_asked_again_and_again(tmp_path):
    with serving({}) as site, serving({}, "127.88.0.2") as other:
        site.routes["/"] = front("/news/leads-to-the-other-host", feed=None)
        site.routes["/news/leads-to-the-other-host"] = Reply("", 302, headers={"Location": other.url + "/news/a-b-c-d"})
        desk = Desk(tmp_path, source(site, sections=[other.url + "/"]))
        desk.store.journal.pause_host(other.host, desk.now() + timedelta(hours=1))
        desk.crawl()
    assert site.paths.count("/news/leads-to-the-other-host") == 1
    assert other.log == []


def test_a_crawl_stopped_before_robots_was_had_may_go_on_at_once(tmp_path):
    with serving({"/": front("/news/a-b-c-d", feed=None), "/news/a-b-c-d": story()}) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl(limit=1)
        desk.store.journal.keep_robots(f"{site.host}:{site.port}", Robots("", 200, desk.now() - timedelta(days=2)))
        slow, stop = Desk(tmp_path, source(site), delay=20), threading.Event()
        slow.crawl(stop=stop, on_progress=lambda told: stop.set())
        again = Desk(tmp_path, source(site))
        again.crawl()
    assert list(again.bodies) == ["/news/a-b-c-d"]


def test_a_server_that_fails_again_and_again_is_left_alone(tmp_path):
    broken = dict.fromkeys(PAGES, Reply("", 500))
    with serving({"/": front(*PAGES, feed=None), **broken}) as site:
        Desk(tmp_path, source(site)).crawl()
    assert sum(path in PAGES for path in site.paths) == 4


def test_a_slow_site_does_not_hold_up_the_others(tmp_path):
    routes = {"/": front(*PAGES, feed=None), **PAGES}
    with serving(routes) as one, serving(routes, "127.88.0.2") as two:
        Desk(tmp_path, source(one, "slow", delay=0.25), source(two, "quick")).crawl()
    assert two.log[-1].ended < one.log[-1].began


class Notes:
    """What a gate remembers between runs, here in memory."""

    def __init__(self, host: Host | None = None) -> None:
        self.known = host
        self.paused: list[tuple[str, datetime]] = []

    async def host(self, host: str) -> Host:
        return self.known or Host(host=host)

    async def keep_robots(self, host: str, robots: Robots) -> None: ...

    async def pause_host(self, host: str, until: datetime) -> None:
        self.paused.append((host, until))


HOST = "https://gazette.example/"


def answer(status: int, **headers: str) -> Response:
    return Response(address=HOST, status=status, headers=tuple(headers.items()))


def rest_after(status: int, header: str | None) -> timedelta | None:
    headers = {} if header is None else {"retry-after": header}

    async def apply_rest() -> timedelta | None:
        async with Fetcher("pressmark") as fetcher:
            return await Gate(fetcher, Notes(), token="pressmark", now=lambda: NOW).apply_rest(
                answer(status, **headers)
            )

    return asyncio.run(apply_rest())


@pytest.mark.parametrize(
    ("status", "header", "seconds"),
    [
        (429, None, 300),
        (429, "7", 7),
        (503, None, None),
        (503, "7", 7),
        (429, "0", None),
        (500, "7", None),
        (200, "7", None),
        (429, "soon", 300),
    ],
)
def test_a_host_rests_as_long_as_its_answer_says(status, header, seconds):
    assert rest_after(status, header) == (None if seconds is None else timedelta(seconds=seconds))


def rests_after(*reached: bool, broken: int = 0) -> bool:
    """Whether a host rests after its answers; the first so many are of addresses that failed before."""

    async def note() -> bool:
        async with Fetcher("pressmark") as fetcher:
            gate = Gate(fetcher, Notes(), token="pressmark", now=lambda: NOW)
            for number, each in enumerate(reached):
                await gate.note(HOST, reached=each, broken=number < broken)
            return await gate.rests("gazette.example")

    return asyncio.run(note())


def test_the_first_answer_for_a_robots_file_stands_where_the_second_request_may_not_be_made():
    paused = Reply("", 503, headers={"Retry-After": "60"})
    with serving({}) as site, serving({"/robots.txt": paused}, "127.88.0.2") as other:
        site.routes["/robots.txt"] = Reply("", 302, headers={"Location": other.url + "/robots.txt"})

        async def ask() -> list[bool]:
            async with Fetcher("pressmark", allow_addresses=ALLOWED) as fetcher:
                gate = Gate(fetcher, Notes(), token="pressmark", now=lambda: NOW)
                ports = frozenset({site.port, other.port})
                rules = [await gate.rules(site.url + path, delay=timedelta(), ports=ports) for path in ("/", "/news")]
                return [each.reachable for each in rules]

        assert asyncio.run(ask()) == [False, False]
    assert (site.paths, other.paths) == (["/robots.txt"] * 2, ["/robots.txt"])


def test_four_failures_in_a_row_rest_a_host_and_three_do_not():
    assert rests_after(False, False, False, False)
    assert not rests_after(False, False, False)
    assert not rests_after(False, False, False, True, False, False, False)
    assert rests_after(True, False, False, False, False)


def last_rest(*statuses: int, header: str) -> timedelta | None:
    """How long a host rests after the last of its answers; those that ask us to slow down say for how long."""

    async def apply_rest() -> timedelta | None:
        async with Fetcher("pressmark") as fetcher:
            gate = Gate(fetcher, Notes(), token="pressmark", now=lambda: NOW)
            return [await gate.apply_rest(answer(status, **{"retry-after": header})) for status in statuses][-1]

    return asyncio.run(apply_rest())


def test_a_host_that_asks_to_slow_down_after_each_rest_is_left_alone_for_half_an_hour():
    assert last_rest(429, 429, 503, 429, header="20") == timedelta(minutes=30)
    assert last_rest(429, 429, 429, 429, header="0") == timedelta(minutes=30)
    assert last_rest(429, 429, 429, 429, header="3600") == timedelta(hours=1)
    assert last_rest(429, 429, 429, header="20") == timedelta(seconds=20)
    assert last_rest(429, 429, 429, 200, 429, header="20") == timedelta(seconds=20)
    assert last_rest(429, 429, 429, 429, 429, header="20") == timedelta(seconds=20)  # after the half hour


def test_pages_that_failed_before_rest_no_host_unless_another_fails_with_them():
    assert not rests_after(*[False] * 9, broken=9)
    assert rests_after(*[False] * 9, broken=8)
    assert rests_after(*[False] * 4, broken=3)
    assert not rests_after(*[False] * 4, True, *[False] * 3, broken=4)


def test_a_longer_rest_is_never_cut_short_by_a_shorter_one():
    notes = Notes()

    async def two_rests() -> None:
        async with Fetcher("pressmark") as fetcher:
            gate = Gate(fetcher, notes, token="pressmark", now=lambda: NOW)
            await gate.apply_rest(answer(429, **{"retry-after": "3600"}))
            await gate.apply_rest(answer(429, **{"retry-after": "5"}))

    asyncio.run(two_rests())
    assert [until - NOW for _, until in notes.paused] == [timedelta(hours=1)] * 2


def test_a_rest_is_over_at_its_end():
    moments = [NOW, NOW + timedelta(seconds=6), NOW + timedelta(seconds=7)]

    async def asked() -> list[bool]:
        async with Fetcher("pressmark") as fetcher:
            gate = Gate(fetcher, Notes(), token="pressmark", now=lambda: moments[0])
            await gate.apply_rest(answer(429, **{"retry-after": "7"}))
            said = []
            while moments:
                said.append(await gate.rests("gazette.example"))
                moments[:1] = []
                if not moments:
                    break
            return said

    assert asyncio.run(asked()) == [True, True, False]


def holds(age: timedelta, status: int | None) -> bool:
    gate = Gate(Fetcher("pressmark"), Notes(), token="pressmark", now=lambda: NOW)
    return gate._still_valid(Robots("", status, NOW - age)) is not None


def test_a_robots_file_holds_a_day_and_a_failure_half_an_hour():
    second = timedelta(seconds=1)
    assert [holds(timedelta(hours=24), 200), holds(timedelta(hours=24) + second, 200)] == [True, False]
    assert [holds(timedelta(hours=24), 404), holds(timedelta(hours=24) + second, 404)] == [True, False]
    for status in (None, 500, 503, 429):
        assert [holds(timedelta(minutes=30), status), holds(timedelta(minutes=30) + second, status)] == [True, False]


@pytest.mark.parametrize(("status", "longest"), [(200, timedelta(hours=24)), (500, timedelta(minutes=30))])
def test_a_crawl_that_lasts_longer_than_a_robots_file_holds_asks_again(status, longest):
    moments = [NOW, NOW + longest, NOW + longest + timedelta(seconds=1)]
    asked = []

    async def look(url, port):
        async with Fetcher("pressmark", allow_addresses=ALLOWED, allow_ports=(port,)) as fetcher:
            gate = Gate(fetcher, Notes(), token="pressmark", now=lambda: moments[0])
            while moments:
                await gate.rules(url, delay=timedelta())
                asked.append(len(site.log))
                del moments[0]

    with serving({"/robots.txt": robots("", status)}) as site:
        asyncio.run(look(site.url + "/", site.port))
    first, held, later = asked
    assert first == held < later

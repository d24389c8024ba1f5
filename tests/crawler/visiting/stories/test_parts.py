"""A story on several pages is read whole under its first page's address; what is no part of it is not joined."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from corpus.captures import Captures
from corpus.corrections.values import Correction, Field, Kind
from corpus.model import Outcome, Visit
from corpus.preservation.web_archives import write_warc
from crawler.discovery.further_pages import facts_of_further
from crawler.extraction.extract import extract
from crawler.importing.items import Options, Origin
from crawler.importing.webarchives import read_web_archive
from crawler.pool.joining import read_all
from crawler.rereading import reread
from crawler.values import Page
from crawler.visiting.stories import parts
from indexer.results.addressed import known_at, stored_at
from tests.crawler.crawling import Desk, front, rss, source, workers_of
from tests.crawler.faultweb import Asked, Reply, Site, serving
from tests.crawler.stories import FERRY, MILL

STORY = "/town/council-settles"
LAST = (
    "On the third day the members went home, and the clerk carried the minutes down to the archive under the hall.",
    "What it says of the bridge will be printed in June, when the engineers have measured its second pier again.",
)
TEXTS = (FERRY, MILL, LAST)
STANDFIRST = "What the town will spend, and on what, was settled after three days of debate."
BOX = "Write to the desk of the town, which reads all letters it gets: its address stands at the foot of each page."


def address(number: int) -> str:
    return STORY if number == 1 else f"{STORY}?page={number}"


def page(
    number: int,
    texts: Sequence[str],
    *,
    last: int = 3,
    title: str = "Council settles budget",
    byline: str = "Ana Pérez",
    head: str = "",
) -> str:
    """A page of the story: what all of them have, its own text, and a pager."""
    pager = "".join(
        f" <b>{each}</b>" if each == number else f' <a href="{address(each)}">{each}</a>' for each in range(1, last + 1)
    )
    text = "".join(f"<p>{each}</p>" for each in (*texts, BOX))
    return (
        f'<html lang="en"><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1>'
        f'<p class="standfirst">{STANDFIRST}</p><p class="byline">By {byline}</p>{text}</article>'
        f'<div class="pager">{pager}</div></body></html>'
    )


def routes(count: int = 3) -> dict[str, object]:
    pages = {address(n): page(n, TEXTS[n - 1], last=count) for n in range(1, count + 1)}
    return {"/": front(STORY, feed=None), **pages}


def named(*numbers: int) -> dict[str, object]:
    """What the site names: these pages, in its feed."""
    return {"/": front(), "/feed.xml": rss(*map(address, numbers))}


@contextmanager
def crawled(
    tmp_path: Path, changes: Mapping[str, object] | None = None, exclude: Sequence[str] = ()
) -> Iterator[tuple[Site, Desk]]:
    with serving(routes() | dict(changes or {})) as site:
        desk = Desk(tmp_path, source(site, exclude=list(exclude)))
        desk.crawl()
        yield site, desk


def shown(desk: Desk) -> tuple[int, str | None]:
    """How many of the pages are in the one article, each paragraph once and in order; what it says of a further one."""
    (stored,) = desk.store.every()
    assert stored.article.url.endswith(STORY)
    body = stored.article.body
    wanted = [each for texts in TEXTS for each in texts if each in body]
    assert [each for each in body.split("\n\n") if each != BOX and each != STANDFIRST] == wanted
    assert body.count(BOX) <= 1
    has = [all(each in body for each in texts) for texts in TEXTS]
    assert has == sorted(has, reverse=True)
    return sum(has), stored.article.facts.get("goes_on")


def test_the_pages_of_a_story_are_one_article_that_each_address_leads_to(tmp_path: Path) -> None:
    with crawled(tmp_path) as (site, desk):
        assert shown(desk) == (3, None)
        (stored,) = desk.store.every()
        assert stored.article.facts["parts"].endswith(f"{site.url}{address(2)} {site.url}{address(3)}")
        assert [site.paths.count(address(n)) for n in (1, 2, 3)] == [1, 1, 1]
        assert desk.outcome(site, address(3)) == ("redirected", "part")
        assert stored_at(site.url + address(2), desk.store) == stored
        known = known_at(site.url + address(2), desk.store)
        assert known is not None
        assert (known.url, known.stored) == (site.url + address(2), stored)
        reread(desk.config, desk.store, workers=workers_of(desk.config.crawler.processes))
        assert list(desk.store.every()) == [stored]
        assert stored.article.capture is not None
        with Captures(desk.config.captures) as captures:
            exchange = captures.read(stored.article.capture)
            assert [each.url for each in exchange.parts] == [site.url + address(n) for n in (2, 3)]
            file = BytesIO()
            archive = write_warc([stored], captures, file, software="pressmark/0")
            assert (len(archive.pages), len(archive.parts)) == (1, 2)
        file.seek(0)
        origin, options = Origin("x.warc.gz", "x.warc.gz", desk.now()), Options(source=None, now=desk.now())
        (item,) = read_web_archive(file, origin, options)
        assert isinstance(item.item, Page)
        assert read_all(item.item, extract).article.body == stored.article.body
        desk.wait(days=3)
        site.routes[address(3)] = page(3, (*LAST, "A correction stands at the end of the third page of this story."))
        desk.crawl()
        assert desk.outcome(site, STORY)[0] == "changed"
        taken = desk.store.withdraw_by_hand(stored.id, "court order", at=desk.now())
        with Captures(desk.config.captures) as captures:
            emptied = sum(captures.empty(each) for each in taken.captures)
        assert emptied == 4  # the two other pages did not change


@pytest.mark.parametrize(
    ("number", "reply", "count", "why"),
    [
        (2, Reply("gone", 404), 1, "the server answered 404"),
        (3, Reply("busy", 503), 2, "the server answered 503, which may pass"),
        (2, Reply("", 302, headers={"Location": STORY}), 1, "it redirects to"),
        (2, page(2, FERRY), 1, "it shows the text of an earlier page again"),
        (2, page(2, MILL, byline="Li Wei"), 1, "it has other authors"),
        (2, Reply(page(2, MILL), headers={"X-Robots-Tag": "noarchive"}), 1, "it asks for noarchive"),
        (2, page(2, MILL, head="<meta name=robots content=noindex>"), 1, "it asks for noindex"),
        (
            2,
            page(2, MILL, title="A mill becomes a museum").replace("pager", "nav").replace(f'href="{STORY}"', ""),
            1,
            "neither its headline nor its own links",
        ),
    ],
)
def test_a_page_that_fails_or_does_not_say_that_it_is_of_the_story_is_not_joined_and_it_is_said_why(
    tmp_path: Path, number: int, reply: str | Reply, count: int, why: str
) -> None:
    with crawled(tmp_path, {address(number): reply}) as (site, desk):
        has, said = shown(desk)
        assert has == count
        assert said is not None
        assert said.startswith(f"it goes on on a further page, which is not joined, as {why}")
        assert said.endswith(site.url + address(number))


def test_pages_that_link_headers_name_alone_are_joined_and_read_alike_from_their_captures(tmp_path: Path) -> None:
    def alone(number: int) -> Reply:
        following = {"Link": f'<{address(number + 1)}>; rel="next"'} if number < len(TEXTS) else {}
        return Reply(page(number, TEXTS[number - 1], last=0), headers=following)

    with crawled(tmp_path, {address(n): alone(n) for n in (1, 2, 3)}) as (_, desk):
        assert shown(desk) == (3, None)
        (stored,) = desk.store.every()
        reread(desk.config, desk.store, workers=workers_of(desk.config.crawler.processes))
        assert list(desk.store.every()) == [stored]


def test_robots_txt_and_the_rules_of_the_source_hold_for_further_pages(tmp_path: Path) -> None:
    robots = Reply("User-agent: *\nDisallow: /*page=2", type="text/plain")
    with crawled(tmp_path / "robots", {"/robots.txt": robots}) as (site, desk):
        assert "robots.txt disallows" in str(shown(desk)[1])
        assert address(2) not in site.paths
    with crawled(tmp_path / "rules", exclude=["*page=3"]) as (site, desk):
        assert shown(desk)[0] == 2
        assert address(3) not in site.paths


def test_a_further_page_that_is_found_first_is_no_article_of_its_own(tmp_path: Path) -> None:
    with crawled(tmp_path, named(3)) as (site, desk):
        assert shown(desk) == (3, None)
        assert desk.outcome(site, address(3)) == ("redirected", "part")
        assert site.paths.count(STORY) == 1
        desk.store.frontier.reschedule(site.url + address(2), desk.now())  # as where a crawl ends before this is stored
        desk.wait(minutes=1)
        desk.crawl()
        assert desk.outcome(site, address(2)) == ("redirected", "part")
        assert shown(desk) == (3, None)


def test_a_further_page_whose_first_page_cannot_be_had_stands_alone(tmp_path: Path) -> None:
    with crawled(tmp_path, named(2, 3) | {STORY: Reply("gone", 410)}) as (site, desk):
        assert set(desk.bodies) == {address(2), address(3)}
        assert LAST[0] not in desk.bodies[address(2)]  # it stands once
        second = desk.store.by_url(site.url + address(2))
        assert second is not None
        assert "as this page is a further one itself" in second.article.facts["goes_on"]


@pytest.mark.parametrize(("status", "under"), [(302, "/go/7"), (301, STORY)])
def test_a_story_that_a_redirect_leads_to_is_read_whole_and_its_addresses_lead_to_where_it_stands(
    tmp_path: Path, status: int, under: str
) -> None:
    moved = {"/": front("/go/7", feed=None), "/go/7": Reply("", status, headers={"Location": STORY})}
    with crawled(tmp_path, moved) as (site, desk):
        (stored,) = desk.store.every()
        assert stored.article.url == site.url + under
        assert all(each in stored.article.body for texts in TEXTS for each in texts)
        assert stored_at(site.url + address(3), desk.store) == stored


def test_a_page_that_a_person_says_to_be_an_article_is_no_part_of_another(tmp_path: Path) -> None:
    lone = {STORY: page(1, FERRY, last=1), address(2): page(2, MILL, last=0)}
    with crawled(tmp_path, named(1, 2) | lone) as (site, desk):
        said = Correction(url=site.url + address(2), field=Field.KIND, value=Kind.ARTICLE, who="ada", at=desk.now())
        desk.store.corrections.add(said)
        desk.wait(days=3)
        site.routes.update(routes())
        desk.crawl()
        assert set(desk.bodies) == {STORY, address(2)}
        first = desk.store.by_url(site.url + STORY)
        assert first is not None
        assert "as a person said that it is an article of its own" in first.article.facts["goes_on"]


def test_a_further_page_that_was_an_article_is_merged_into_the_story(tmp_path: Path) -> None:
    lone = {STORY: page(1, FERRY, last=1), address(2): page(2, MILL, last=0)}
    with crawled(tmp_path, named(1, 2) | lone) as (site, desk):
        assert set(desk.bodies) == {STORY, address(2)}
        desk.wait(days=3)
        site.routes.update(routes())
        desk.crawl()
        assert shown(desk) == (3, None)
        other = desk.store.by_url(site.url + address(2))
        assert other is not None
        assert other.withdrawn == f"moved: {site.url}{STORY}"


@pytest.mark.parametrize("reply", [Reply("busy", 503), Reply("gone", 404), page(3, FERRY)])
def test_a_story_is_not_cut_back_while_a_page_of_it_is_missing(tmp_path: Path, reply: str | Reply) -> None:
    with crawled(tmp_path) as (site, desk):
        site.routes[address(3)] = reply
        desk.wait(days=3)
        desk.crawl()
        assert shown(desk) == (3, None)
        assert desk.outcome(site, STORY)[0] in {"failed", "not-article"}
        site.routes.update({STORY: page(1, FERRY, last=1), address(3): page(3, LAST)})  # it names no further page
        desk.wait(days=9)
        desk.crawl()
        assert shown(desk) == (3, None)
        site.routes.update({address(2): Reply("gone", 404), address(3): Reply("gone", 404)})
        desk.wait(days=30)
        desk.crawl()
        assert shown(desk) == (1, None)


@pytest.mark.parametrize(
    ("bound", "most", "why"),
    [("MAX_PAGES", 2, "2 pages were read"), ("MAX_BYTES", 2_000, "the pages before it have 0.0 MB")],
)
def test_a_story_has_no_more_pages_than_its_bounds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bound: str, most: int, why: str
) -> None:
    assert len(page(1, FERRY)) < 2_000 < len(page(1, FERRY)) + len(page(2, MILL))
    monkeypatch.setattr(parts, bound, most)
    with crawled(tmp_path) as (site, desk):
        has, said = shown(desk)
        assert has == 2
        assert said == f"it goes on on a further page, which is not joined, as {why}: {site.url}{address(3)}"


def test_a_page_beyond_the_bound_of_its_story_stands_alone_and_is_merged_once_the_story_has_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "MAX_PAGES", 2)
    with crawled(tmp_path, named(1, 3)) as (_, desk):
        assert {STORY, address(3)} == set(desk.bodies)
        assert LAST[0] in desk.bodies[address(3)]
        desk.wait(days=3)
        desk.crawl()
        assert {STORY, address(3)} == set(desk.bodies)
        monkeypatch.setattr(parts, "MAX_PAGES", 20)
        desk.wait(days=9)
        desk.crawl()
        assert shown(desk) == (3, None)


def test_a_story_is_read_within_the_time_for_which_it_is_leased(tmp_path: Path) -> None:
    with serving(routes()) as site:
        desk = Desk(tmp_path, source(site))

        def second_in(minutes: int) -> Callable[[object], str]:
            def answer(_: object) -> str:
                desk.wait(minutes=minutes)
                return page(2, MILL)

            return answer

        site.routes[address(2)] = second_in(4)
        desk.crawl()
        has, said = shown(desk)
        assert has == 2
        assert "the pages before it took too long to come" in (said or "")
        site.routes[address(2)] = second_in(3)
        desk.wait(days=3)
        desk.crawl()
        assert shown(desk) == (3, None)
        site.routes[address(2)] = second_in(4)
        desk.wait(days=9)
        desk.crawl()
        assert shown(desk) == (3, None)
        assert desk.outcome(site, STORY) == ("failed", "timeout")


@pytest.mark.parametrize("names", [{"goes_on", "unread"}, {"goes_on"}], ids=["as now", "of an older store"])
def test_a_story_that_was_stored_by_its_first_page_alone_is_had_whole_once_it_was_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, names: set[str]
) -> None:
    def first(asked: Asked) -> Reply:
        return Reply("", 304) if "if-none-match" in asked.headers else Reply(page(1, FERRY))

    monkeypatch.setattr(parts, "MAX_PAGES", 1)
    with crawled(tmp_path, {STORY: first}) as (site, desk):
        monkeypatch.undo()
        (stored,) = desk.store.every()
        facts = {name: fact for name, fact in facts_of_further(site.url + address(2)).items() if name in names}
        unread = replace(stored.article, facts=facts)
        desk.store.amend_many([(stored.sequence, unread)])
        entry = desk.store.frontier.entry(stored.article.url)
        assert entry is not None
        due = desk.now()
        kept = Visit(url=entry.url, at=due, outcome=Outcome.UNCHANGED, state=entry.state, due=due, etag='"1"')
        desk.store.record(kept)
        desk.crawl()
        assert desk.outcome(site, STORY) == ("unchanged", "not-modified")
        reread(desk.config, desk.store, workers=workers_of(desk.config.crawler.processes))
        desk.wait(days=3)
        desk.crawl()
        assert shown(desk) == (3, None)

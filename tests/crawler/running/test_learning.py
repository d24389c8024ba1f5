"""What a crawl learns of a source is taken out of what is stored, from the captures, within bounds."""

import subprocess
import sys
from pathlib import Path

import pytest

from corpus.errors import ExtractError
from corpus.reasons import Reason
from corpus.runs.receipts import SourceReceipt
from crawler.pool.workers import Workers
from crawler.running import learning
from crawler.running.learner import Learner
from crawler.visiting import context
from tests.crawler.crawling import TEXT, Desk, front, source, story
from tests.crawler.faultweb import Reply, Site, serving

LINE = "Readers who value independent reporting can support the gazette with a few crowns a month, whenever they like."
NEWER = "Our newsroom of nine has moved to the old mill by the harbour, where visitors are welcome on weekday mornings."
PATHS = tuple(f"/news/story-of-day-{number}" for number in range(6))


def page(number: int, *lines: str) -> str:
    """A story with these lines in the middle of its text."""
    first, _, rest = story(f"Council settles matter {'abcdefghij'[number]}").partition("</p><p>The council")
    return f"{first}</p>{''.join(f'<p>{line}</p>' for line in lines)}<p>The council{rest}"


def many_with(line_on: int, count: int) -> dict[str, object]:
    """So many stories, the first ones of them with the line; one host's pages are asked for in this order."""
    names = [f"{a}{b}" for a in "abcdef" for b in "klmnop"][:count]
    paths = [f"/news/story-on-{name}-street" for name in names]
    pages = {
        path: page(number % 10, f"It was a matter of {path}.", *[LINE][: number < line_on])
        for number, path in enumerate(paths)
    }
    return {"/": front(*paths, feed=None), **pages}


def site_with(line_on: int) -> dict[str, object]:
    """Six stories, the first so many of them with the line."""
    pages = {path: page(number, *[LINE][: number < line_on]) for number, path in enumerate(PATHS)}
    return {"/": front(*PATHS, feed=None), **pages}


def receipt(desk: Desk) -> SourceReceipt:
    return desk.store.runs.receipts(desk.store.runs.latest(1)[0].id)[0]


def again(desk: Desk, site: Site, **pages: str) -> SourceReceipt:
    """Crawl the day after, the site with more pages."""
    site.routes.update({f"/news/{name}-of-this-day": markup for name, markup in pages.items()})
    site.routes["/"] = front(*(path for path in site.routes if path.startswith("/news/")), feed=None)
    desk.wait(hours=30)
    desk.crawl()
    return receipt(desk)


def holding(desk: Desk, line: str) -> int:
    return sum(line in body for body in desk.bodies.values())


@pytest.fixture
def desk_of(tmp_path):
    return lambda site: Desk(tmp_path, source(site))


def test_a_block_on_all_pages_leaves_the_stored_texts_in_the_same_crawl(desk_of):
    with serving(site_with(6)) as site:
        desk = desk_of(site)
        desk.crawl()
        counts = receipt(desk)
        assert (holding(desk, LINE), len(desk.bodies)) == (0, 6)
        assert (counts.read_again, counts.cleaned, counts.unread) == (6, 6, 0)
        assert {stored.revision for stored in desk.store.every()} == {1}
        assert all(site.paths.count(path) == 1 for path in PATHS)
        counts = again(desk, site)
        assert (counts.read_again, counts.of("changed"), counts.of("unchanged")) == (0, 0, 6)


def test_long_texts_of_the_same_crawl_are_trimmed_to_what_another_reading_gives(tmp_path, monkeypatch):
    bodies = []
    pages = {path: str(markup).replace("part ", f"{TEXT} part ") for path, markup in site_with(6).items()}
    for most in (context.MAX_TRIMMABLES, 0):
        monkeypatch.setattr(context, "MAX_TRIMMABLES", most)
        with serving(pages) as site:
            desk = Desk(tmp_path / str(most), source(site))
            desk.crawl()
        assert (receipt(desk).read_again, receipt(desk).cleaned) == (6, 6)
        assert holding(desk, LINE) == 0
        bodies.append([(each.article.body, each.article.facts) for each in desk.store.every()])
    assert bodies[0] == bodies[1]


def test_a_crawl_that_cleans_its_texts_loads_nothing_that_reads_pages(tmp_path):
    code = """
import sys
from tests.crawler.killed_crawl import main
main(*sys.argv[1:])
print(*{name.partition(".")[0] for name in sys.modules}, "crawler.body" in sys.modules)
"""
    with serving(site_with(6)) as site:
        command = [sys.executable, "-c", code, str(tmp_path), site.url]
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[3])
    desk = Desk(tmp_path)
    assert (holding(desk, LINE), receipt(desk).cleaned) == (0, 6)
    *loaded, reads_bodies = done.stdout.split()
    assert reads_bodies == "False"
    assert not set(loaded) & {"numpy", "lxml"}


def test_texts_that_no_worker_can_look_through_are_read_again(desk_of, monkeypatch):
    def fail(*_):
        raise ExtractError(Reason.TOO_SLOW, "not read within 10 s")

    with serving(site_with(6)) as site:
        desk = desk_of(site)
        monkeypatch.setattr(Workers, "call", fail)
        desk.crawl()
    assert (holding(desk, LINE), receipt(desk).read_again, receipt(desk).cleaned) == (0, 6, 6)


@pytest.mark.parametrize("said", [[], [(True, "What no page said.")], [(True, None)] * 500])
def test_texts_of_which_a_worker_says_what_cannot_be_are_read_again(desk_of, monkeypatch, said):
    with serving(site_with(6)) as site:
        desk = desk_of(site)
        monkeypatch.setattr(Workers, "call", lambda *_: said * (6 if len(said) == 1 else 1))
        desk.crawl()
    assert (holding(desk, LINE), receipt(desk).read_again, receipt(desk).cleaned) == (0, 6, 6)
    assert all("What no page said." not in each.article.body for each in desk.store.every())


def test_pages_after_the_first_eight_are_read_without_what_all_had_and_are_not_read_again(desk_of):
    with serving(many_with(12, 12)) as site:
        desk = desk_of(site)
        desk.crawl()
    assert (holding(desk, LINE), len(desk.bodies)) == (0, 12)
    assert receipt(desk).read_again < 12


def test_a_guess_that_does_not_hold_at_the_end_costs_no_text_its_block(desk_of):
    with serving(many_with(10, 24)) as site:
        desk = desk_of(site)
        desk.crawl()
    assert (holding(desk, LINE), len(desk.bodies)) == (10, 24)
    assert {stored.revision for stored in desk.store.every()} == {1}


def test_a_guess_of_a_crawl_that_ended_before_it_was_compared_costs_no_text_its_block(desk_of, monkeypatch):
    with serving(many_with(10, 24)) as site:
        desk = desk_of(site)
        with monkeypatch.context() as stopped:
            stopped.setattr(Learner, "learn", no_learning)
            desk.crawl()
        assert holding(desk, LINE) < 10
        counts = again(desk, site)
        assert (holding(desk, LINE), counts.unread) == (10, 0)
        assert desk.store.sources.guessed_from("gazette") is None
        assert again(desk, site).read_again == 0


def test_nothing_is_guessed_while_stored_texts_wait_to_be_looked_at(desk_of):
    with serving(many_with(9, 9)) as site:
        desk = desk_of(site)
        desk.crawl()
    assert learning.early(desk.store, "gazette")
    desk.store.sources.set_looked_at("gazette", 1)
    assert not learning.early(desk.store, "gazette")


async def no_learning(*_: object) -> None:
    """What a kill or Ctrl-C before the end of a run leaves of the work after it."""


@pytest.mark.parametrize("pages", [2, 4])
def test_a_block_on_few_pages_stays(desk_of, pages):
    with serving(site_with(pages)) as site:
        desk = desk_of(site)
        desk.crawl()
    assert (holding(desk, LINE), receipt(desk).read_again) == (pages, 0)


def test_a_paragraph_that_a_third_of_the_stories_share_stays(desk_of):
    routes = site_with(6)
    others = {f"/news/another-story-{number}": page(number) for number in range(9)}
    with serving(routes | others | {"/": front(*PATHS, *others, feed=None)}) as site:
        desk = desk_of(site)
        desk.crawl()
    assert holding(desk, LINE) == 6


def test_what_the_bounds_leave_is_done_by_the_next_crawl(desk_of, monkeypatch):
    monkeypatch.setattr(learning, "PART", 2)
    monkeypatch.setattr(learning, "MAX_READ", 4)
    with serving(site_with(6)) as site:
        desk = desk_of(site)
        desk.crawl()
        counts = receipt(desk)
        assert (counts.read_again, counts.unread, holding(desk, LINE)) == (4, 2, 2)
        site.routes.update(dict.fromkeys(PATHS, Reply("", 500)))  # the site is not needed for it
        counts = again(desk, site)
        assert (counts.read_again, counts.unread, holding(desk, LINE)) == (2, 0, 0)


def test_a_crawl_finishes_what_was_learned_before_a_kill(desk_of):
    with serving(site_with(4)) as site:
        desk = desk_of(site)
        desk.crawl()
        desk.store.sources.set_boilerplate("gazette", desk.store.sources.recurring_blocks("gazette", share=0.1))
        assert holding(desk, LINE) == 4  # and then the kill
        counts = again(desk, site)
        assert (holding(desk, LINE), counts.unread) == (0, 0)
        assert {stored.revision for stored in desk.store.every()} == {1}


def test_a_block_that_no_longer_recurs_is_not_put_back(desk_of):
    with serving(site_with(6)) as site:
        desk = desk_of(site)
        desk.crawl()
        more = {name: page(number, NEWER) for number, name in enumerate("abcdefgh")}
        counts = again(desk, site, **more)
        assert counts.read_again == 8
        assert (holding(desk, LINE), holding(desk, NEWER), len(desk.bodies)) == (0, 0, 14)
        assert len(desk.store.sources.boilerplate("gazette")) >= 2


def test_blocks_that_are_most_of_the_texts_stay(desk_of):
    """A site that repeats its stories, as a wire does, keeps their texts."""
    pages = {path: story("Council settles budget", byline=f"Ana {number}") for number, path in enumerate(PATHS)}
    with serving({"/": front(*PATHS, feed=None), **pages}) as site:
        desk = desk_of(site)
        desk.crawl()
        before = desk.bodies
        again(desk, site)
    assert desk.bodies == before
    assert all(len(body) > 1000 for body in before.values())


def test_a_guess_takes_no_article_away(desk_of):
    line = "Support the gazette when you can."
    pages = many_with(9, 9)
    pages = {path: text.replace(LINE, line) for path, text in pages.items() if isinstance(text, str)}
    pages["/news/zz-a-short-one"] = (
        "<!doctype html><html lang='en'><title>Bridge</title><body><article><h1>Bridge closed</h1>"
        f"<p>The old bridge was closed on Monday, and it will be open.</p><p>{line}</p></article></body></html>"
    )
    pages["/"] = front(*(path for path in pages if path != "/"), feed=None)
    with serving(pages) as site:
        desk = desk_of(site)
        desk.crawl()
    assert len(desk.bodies) == 10

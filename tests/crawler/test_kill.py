"""kill -9 of a crawl, at random moments: nothing is lost, at most the pages in flight are asked for twice."""

import contextlib
import os
import random
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from corpus.captures import Captures
from corpus.model import UrlState
from corpus.store import ArticleStore
from tests.crawler.crawling import Desk, front, rss, source, story
from tests.crawler.faultweb import Reply, Site, serving

PAGES = 40
ROOT = Path(__file__).parents[2]


def routes(name: str) -> dict:
    paths = [f"/news/{name}-story-of-day-{n:05}" for n in range(PAGES)]
    pages = {path: story(f"{name} story {n}") for n, path in enumerate(paths)}
    return {"/": front(*paths[:5]), "/feed.xml": rss(*paths), "/robots.txt": Reply("", 404), **pages}


def articles(store: ArticleStore) -> dict[str, tuple]:
    """What a corpus holds, the times and places of its making left out."""
    return {
        each.article.url: (each.mark, each.revision, each.article.headline, each.article.byline, each.article.body)
        for each in store.every()
    }


def kill_after(folder: Path, sites: list[Site], requests: int) -> None:
    """Crawl in a process, and kill -9 it when the sites have been asked that often."""
    command = [sys.executable, "-m", "tests.crawler.killed_crawl", str(folder), *(site.url + "/" for site in sites)]
    before = sum(len(site.log) for site in sites)
    process = subprocess.Popen(command, cwd=ROOT, start_new_session=True)
    with contextlib.suppress(subprocess.TimeoutExpired):
        while process.poll() is None and sum(len(site.log) for site in sites) - before < requests:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(0.002)
    with contextlib.suppress(ProcessLookupError):
        os.kill(process.pid, signal.SIGKILL)
    process.wait()


def check_kills(tmp_path: Path, moments: list[int]) -> None:
    with serving(routes("one")) as one, serving(routes("two"), "127.88.0.2") as two:
        calm = Desk(tmp_path / "calm", source(one, "site0"), source(two, "site1"))
        calm.crawl()
        one.log.clear()
        two.log.clear()
        for moment in moments:
            kill_after(tmp_path / "killed", [one, two], moment)
        desk = Desk(tmp_path / "killed", source(one, "site0"), source(two, "site1"))
        run = desk.crawl()
        asked = Counter(path for site in (one, two) for path in site.paths if path.startswith("/news"))
    assert run.status == "ok"
    assert articles(desk.store) == articles(calm.store)
    assert sum(count - 1 for count in asked.values()) <= len(moments) * 8  # what was in flight at each kill
    assert all(desk.store.frontier.counts(each.name)[UrlState.LEASED] == 0 for each in desk.config.sources)
    with Captures(desk.config.captures) as captures:
        for stored in desk.store.every():
            assert stored.article.capture is not None
            assert captures.read(stored.article.capture).body
    assert {told.status for told in desk.store.runs.latest(50)} <= {"ok", "died"}


def test_a_crawl_killed_at_random_moments_ends_as_one_left_alone(tmp_path):
    chance = random.Random(7)
    check_kills(tmp_path, [chance.randrange(1, 60) for _ in range(2)])


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(25))
def test_a_crawl_killed_at_many_random_moments_ends_as_one_left_alone(tmp_path, seed):
    chance = random.Random(seed)
    check_kills(tmp_path, [chance.randrange(0, 70) for _ in range(4)])

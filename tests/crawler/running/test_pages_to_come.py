"""A crawl says how many pages are due where that decides whether a further process reads them."""

from pathlib import Path

import pytest

from crawler.pool.idle import IdleWorkers
from crawler.running import one_pass
from tests.crawler.crawling import Desk, front, rss, source, story
from tests.crawler.faultweb import serving

PATHS = [f"/news/council-settles-budget-{number}" for number in range(6)]


@pytest.mark.parametrize("pressed", [True, False])
def test_a_crawl_counts_what_is_due_only_while_pages_wait_for_a_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pressed: bool
) -> None:
    expected: list[int | None] = []
    monkeypatch.setattr(IdleWorkers, "expect", lambda idle, pages: expected.append(pages))
    monkeypatch.setattr(IdleWorkers, "is_pressed", lambda idle: pressed)
    monkeypatch.setattr(one_pass, "COUNT_EVERY", 0)
    routes = {path: story(f"Council settles budget {place}") for place, path in enumerate(PATHS)}
    with serving(routes | {"/": front(), "/feed.xml": rss(*PATHS)}) as site:
        Desk(tmp_path, source(site)).crawl()
    assert expected[0] == 0  # nothing is counted yet
    assert expected[-1] is None  # who uses the pool next does not count
    counted = [pages for pages in expected if pages is not None]
    assert (max(counted) >= len(PATHS) - 2) is pressed

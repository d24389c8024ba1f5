"""Sources on one host wait for each other; what ends the work on one of them does not hold up the others."""

import threading
from itertools import count
from pathlib import Path

import pytest

from corpus.model import Run
from tests.crawler.crawling import Desk, front, source, story
from tests.crawler.faultweb import Reply, serving

NAMES = ("a", "b", "c")
LAST_LOOK = 40  # calls about progress, four a second: a crawl that ends makes fewer


def crawled(folder: Path, page: Reply | str, **rules: object) -> tuple[Run, Desk]:
    """Crawl three sources with two stories each on one host; a run that would not end is stopped."""
    routes: dict[str, object] = {}
    for name in NAMES:
        stories = [f"/{name}/council-settles-budget-{number}" for number in range(2)]
        routes |= {f"/{name}/": front(*stories, feed=None), **dict.fromkeys(stories, page)}
    stop, looks = threading.Event(), count()
    with serving(routes) as site:
        sources = [source(site, name, url=f"{site.url}/{name}/") for name in NAMES]
        desk = Desk(folder, *sources, **rules)
        run = desk.crawl(stop=stop, on_progress=lambda _: stop.set() if next(looks) > LAST_LOOK else None)
    return run, desk


def test_sources_whose_host_asks_for_a_rest_are_let_go(tmp_path: Path) -> None:
    run, desk = crawled(tmp_path, Reply("", 429, headers={"Retry-After": "3600"}))
    assert run.status == "partial"
    assert [receipt.state for receipt in desk.store.runs.receipts(run.id)] == ["done"] * 3


@pytest.mark.parametrize("most", [1, 3])
def test_a_source_that_may_take_no_more_leaves_the_host_to_the_others(tmp_path: Path, most: int) -> None:
    run, _ = crawled(tmp_path, story(), max_pages=most)
    assert {name: sum(run.counts[name].values()) for name in NAMES} == dict.fromkeys(NAMES, most)

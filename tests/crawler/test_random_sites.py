"""On any site of redirects, claims and walls, a readable story is stored with its own text or has a reason."""

import re
from pathlib import Path
from random import Random

import pytest

from corpus.store.addresses.census import STATES
from tests.corpus.samples import article
from tests.crawler.crawling import Desk, source
from tests.crawler.faultweb import serving
from tests.crawler.random_site import RandomSite

SAMPLE = range(6)
MANY = range(100, 160)


def crawled(folder: Path, seed: int) -> None:
    """Crawl the site of a seed one to three times, and look at the store after each crawl."""
    random = Random(seed)
    with serving({}) as server:
        site = RandomSite(random, server.url)
        desk = Desk(folder, source(server))
        for _ in range(random.randint(1, 3)):
            server.routes = site.routes(len(site.paths) + random.randint(2, 6))
            desk.crawl()
            check(desk, site)
            desk.wait(days=random.choice((1, 3, 9)))
        desk.store.close()


def check(desk: Desk, site: RandomSite) -> None:
    """Assert the guarantee for all stories that were readable so far."""
    texts = {path: set(re.findall(r"quill[a-j]{3}", body)) for path, body in desk.bodies.items()}
    for path, words in texts.items():
        assert len(words) == 1, f"{path}: the text of {words}"
        assert words.pop() in path, f"{path}: the text of another story"
    for path, word in site.readable.items():
        entry = desk.store.frontier.entry(site.url + path)
        assert entry is not None, f"{path}: never seen"
        if any(word in stored for stored in texts):
            continue
        assert entry.outcome is not None, f"{path}: no outcome"
        assert entry.outcome not in ("new", "changed", "unchanged"), f"{path}: {entry.outcome} without a text"
        assert entry.reason, f"{path}: {entry.outcome} without a reason"
        assert entry.outcome != "redirected", f"{path}: {entry.reason}, and its text stands nowhere"
    counts = desk.store.census.counts("gazette")
    assert set(counts) <= set(STATES)


def test_the_check_sees_a_text_that_stands_at_the_address_of_another_story(tmp_path: Path) -> None:
    with serving({}) as server:
        site = RandomSite(Random(1), server.url)
        site.routes(2)
        desk = Desk(tmp_path, source(server))
        desk.store.write(article(url=server.url + site.paths[0], body=f"It was {site.word(1)} again."))
        with pytest.raises(AssertionError, match="the text of another story"):
            check(desk, site)


@pytest.mark.parametrize("seed", SAMPLE)
def test_a_readable_story_is_stored_with_its_own_text_or_has_a_reason(tmp_path: Path, seed: int) -> None:
    crawled(tmp_path, seed)


@pytest.mark.soak
@pytest.mark.parametrize("seed", MANY)
def test_so_it_is_on_many_more_sites(tmp_path: Path, seed: int) -> None:
    crawled(tmp_path, seed)

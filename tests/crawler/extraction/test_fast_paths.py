"""What saves time changes nothing: pages read alike whether explained or not, and whatever was read before them."""

import gc
from dataclasses import replace
from functools import _lru_cache_wrapper
from typing import Any

from crawler.extraction.extract import extract
from crawler.values import Extraction, Page
from tests.crawler.extraction.test_fixtures import FETCHED, PAGES, WANTED


def read(name: str, *, explain: bool = False) -> Extraction:
    url = WANTED[name]["url"]
    content = (PAGES / f"{name}.html").read_bytes()
    return extract(Page(url=url, address=url, source="fixtures", content=content, fetched=FETCHED), explain=explain)


def caches() -> list[Any]:
    """What the modules that read pages remember of earlier texts; what has no bound are models and patterns."""
    gc.unfreeze()  # what was made while the tests were collected
    found = [each for each in gc.get_objects() if isinstance(each, _lru_cache_wrapper)]
    ours = [each for each in found if each.__module__.startswith(("crawler.", "corpus."))]
    return [each for each in ours if each.cache_info().maxsize is not None]


def test_every_page_reads_alike_cold_and_warm_explained_and_not() -> None:
    warm = {name: read(name, explain=True) for name in WANTED}
    again = {name: read(name) for name in reversed(WANTED)}
    remembering = caches()
    assert sum(each.cache_info().currsize > 0 for each in remembering) > 10
    for name, explained in warm.items():
        for each in remembering:
            each.cache_clear()
        short = replace(explained, candidates=(), dropped=())
        assert again[name] == short, name
        assert read(name) == short, name

"""kill -9 while pages are joined to a story: the next crawl has each of them once."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.captures import Captures
from tests.crawler.crawling import Desk, source
from tests.crawler.faultweb import serving
from tests.crawler.stories import FERRY, MILL
from tests.crawler.visiting.stories.test_parts import STORY, address, named, page, routes, shown

CRAWL = """
import os, signal, sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from corpus.config import Config, CrawlerSettings, Source
from corpus.store import ArticleStore
from crawler.crawl import crawl
from tests.crawler.faultweb import ALLOWED

folder, url, moment = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
rules = {"contact": "desk@gazette.example", "delay": 0, "workers": 1, "allow_addresses": ALLOWED}
sites = (Source.model_validate({"url": url, "name": "gazette"}),)
config = Config(data=folder, source=sites, crawler=CrawlerSettings.model_validate(rules))

class Killed(ArticleStore):
    def record_many(self, visits):
        done = super().record_many(visits)
        global moment
        moment -= 1
        if moment == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return done

with Killed.open(config.store) as store:
    crawl(config, store, now=lambda: datetime.now(UTC) + timedelta(days=3))
"""


@pytest.mark.parametrize("moment", [5, *(pytest.param(n, marks=pytest.mark.soak) for n in (1, 2, 3, 4, 6))])
def test_a_crawl_that_is_killed_while_it_joins_pages_loses_none_and_has_none_twice(tmp_path: Path, moment: int) -> None:
    lone = {STORY: page(1, FERRY, last=1), address(2): page(2, MILL, last=0)}
    with serving(routes() | named(1, 2) | lone) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        part = desk.store.by_url(site.url + address(2))
        assert part is not None
        site.routes.update(routes() | named(1, 2))
        command = [sys.executable, "-c", CRAWL, str(tmp_path), site.url + "/", str(moment)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == -signal.SIGKILL
        desk.wait(days=6)
        desk.crawl()
        assert shown(desk) == (3, None)
        merged = desk.store.by_url(site.url + address(2))
        assert merged is not None
        assert (merged.mark, merged.withdrawn) == (part.mark, f"moved: {site.url}{STORY}")
        assert desk.outcome(site, address(3)) == ("redirected", "part")
        (stored,) = desk.store.every()
        assert stored.article.capture is not None
        with Captures(desk.config.captures) as captures:
            assert len(captures.read(stored.article.capture).parts) == 2

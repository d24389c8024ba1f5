"""A reading is named to a worker; nobody else imports what it needs."""

import pickle
import subprocess
import sys
from typing import Any

from crawler.pool import answers, dispatch, workers
from crawler.pool.reading import Reading
from crawler.values import Extraction, Listing

EXTRACT: Any = vars(workers)["extract"]
READ_FEED: Any = vars(dispatch)["read_feed"]


def test_what_is_pickled_is_a_name_and_what_is_unpickled_the_function() -> None:
    from crawler.extraction import extract as module

    assert isinstance(EXTRACT, Reading)
    assert pickle.loads(pickle.dumps(EXTRACT)) is module.extract


def test_a_reading_says_what_its_function_answers() -> None:
    for reading, kind in ((EXTRACT, Extraction), (READ_FEED, Listing)):
        assert answers.declared(reading) is kind
        assert answers.declared(pickle.loads(pickle.dumps(reading))) is kind


def test_a_reading_can_be_called_here() -> None:
    count = Reading("crawler.text", "text_length", int)
    assert count("word") == 4


def test_a_crawl_imports_nothing_that_reads_pages() -> None:
    code = "import sys, crawler.crawl; print(*(name for name in sys.modules if name in sys.argv[1:]))"
    unwanted = (
        "crawler.extraction.extract",
        "crawler.bylines.names",
        "crawler.discovery.feeds",
        "crawler.discovery.home",
        "lxml",
        "bs4",
        "feedparser",
        "rich",
    )
    done = subprocess.run([sys.executable, "-c", code, *unwanted], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_neither_a_crawl_s_start_nor_a_worker_s_loads_what_only_the_other_needs() -> None:
    code = "import {}, sys; print(*{{name.partition('.')[0] for name in sys.modules}}, *sys.modules)"
    crawl, worker = (
        set(
            subprocess.run(
                [sys.executable, "-c", code.format(names)], capture_output=True, check=True, text=True
            ).stdout.split()
        )
        for names in ("crawler.crawl", "crawler.pool.worker, crawler.extraction.extract, crawler.pool.sections")
    )
    assert not crawl & {"numpy", "feedparser", "crawler.body", "crawler.extraction.extract"}
    assert not worker & {"httpx", "asyncio", "sqlite3", "pydantic", "http.client", "email"}

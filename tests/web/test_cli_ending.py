"""A crawl whose terminal is closed: the pages in flight are finished, and the receipt says that it was stopped."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.store import ArticleStore
from tests.crawler.crawling import front, story
from tests.crawler.faultweb import ALLOWED, serving
from tests.web.processes.test_supervising import wait_for

CONFIG = """
[crawler]
contact = "desk@gazette.example"
delay = 0.2
allow_addresses = ["{allowed}"]
[[source]]
url = "{url}/"
name = "gazette"
"""


@pytest.mark.parametrize(("ignored", "ended"), [(False, 130), (True, 0)])
def test_a_closed_terminal_stops_a_crawl_in_order_and_one_under_nohup_goes_on(
    tmp_path: Path, ignored: bool, ended: int
) -> None:
    pages = {f"/news/story-of-day-{n:05}": story(f"Story {n}") for n in range(12)}
    handler = signal.SIG_IGN if ignored else signal.SIG_DFL
    with serving({"/": front(*pages, feed=None), **pages}) as site:
        (tmp_path / "config.toml").write_text(CONFIG.format(allowed=ALLOWED[0], url=site.url))
        command = [sys.executable, "-m", "web.cli", "-q", "-C", str(tmp_path), "crawl"]
        with subprocess.Popen(command, preexec_fn=lambda: signal.signal(signal.SIGHUP, handler)) as crawl:
            assert wait_for(lambda: any(path in pages for path in site.paths))
            for _ in range(2):  # by the shell, and by the terminal itself
                crawl.send_signal(signal.SIGHUP)
            assert crawl.wait(120) == ended
    with ArticleStore.open(tmp_path / "data" / "pressmark.sqlite") as store:
        (run,) = store.runs.latest()
        stored = store.sources.stats(run.started)["gazette"].articles
    assert run.status == ("ok" if ignored else "stopped")
    assert (stored == len(pages)) is ignored

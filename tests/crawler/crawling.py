"""What the crawl tests share: a config for sites of the fault web, pages with a story in them, a clock to set."""

import atexit
import functools
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from corpus.config import Config, CrawlerSettings, Source
from corpus.kernel import SWITCH
from corpus.model import Run
from crawler.crawl import crawl
from crawler.pool.workers import Workers
from tests.crawler.faultweb import ALLOWED, Reply, Site
from tests.stores import new_store

TEXT = (
    "The council met on Monday evening to settle the budget for the coming year, and members spoke at length about "
    "roads, schools and the old bridge across the river, which engineers say will not last another winter."
)


def story(
    headline: str = "Council settles budget", *, text: str = TEXT, head: str = "", byline: str = "Ana Pérez"
) -> str:
    """An article's page; its paragraphs differ, so that no two stories are copies of each other."""
    paragraphs = "".join(f"<p>{text} {headline}, part {part}.</p>" for part in range(5))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{headline}</title>{head}</head><body>'
        f'<nav><a href="/">Home</a></nav><article><h1>{headline}</h1><p class="byline">By {byline}</p>'
        f"{paragraphs}</article></body></html>"
    )


def rss(*links: str, extra: str = "", doctype: str = "") -> Reply:
    """A feed that names these links."""
    items = "".join(f"<item><title>Item {link}</title><link>{link}</link>{extra}</item>" for link in links)
    return Reply(f'{doctype}<rss version="2.0"><channel>{items}</channel></rss>', type="application/rss+xml")


def front(*links: str, feed: str | None = "/feed.xml") -> str:
    """A front page with links and, unless None, a feed."""
    named = f'<link rel="alternate" type="application/rss+xml" href="{feed}">' if feed else ""
    return f"<!doctype html><head>{named}</head><body>{''.join(f'<a href={link}>x</a>' for link in links)}</body>"


def source(site: Site, name: str = "gazette", **settings: object) -> Source:
    """The site as a source of config."""
    told = {key: tuple(value) if isinstance(value, list) else value for key, value in settings.items()}
    return Source.model_validate({"url": site.url + "/", "name": name, **told})


def workers_of(count: int | None = None) -> Workers:
    """Worker processes that desks and commands of a test run share: a crawl's own would be started for each pass.

    A worker has the switch of the kernel from the test that started it: tests with another one have others.
    """
    return _shared(count, os.environ.get(SWITCH))


@functools.cache
def _shared(count: int | None, _switch: str | None) -> Workers:
    workers = Workers(count)
    atexit.register(workers.close)
    return workers


class Desk:
    """A corpus in a folder, a config of some sources, and a clock; `crawl` makes a pass."""

    def __init__(self, folder: Path, *sources: Source, **rules: object) -> None:
        told = {"contact": "desk@gazette.example", "delay": 0, "workers": 1, "allow_addresses": ALLOWED, **rules}
        self.config = Config(data=folder, source=sources, crawler=CrawlerSettings.model_validate(told))
        self.store = new_store(self.config.store)
        self.later = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.later

    def crawl(self, **options: object) -> Run:
        options.setdefault("workers", workers_of(self.config.crawler.processes))
        return crawl(self.config, self.store, now=self.now, **options)  # type: ignore[arg-type]

    def wait(self, **length: float) -> None:
        """Let time pass on the desk's clock."""
        self.later += timedelta(**length)

    @property
    def bodies(self) -> dict[str, str]:
        """Path -> text of each article that stands."""
        return {"/" + stored.article.url.split("/", 3)[3]: stored.article.body for stored in self.store.every()}

    def outcome(self, site: Site, path: str) -> tuple[str | None, str | None]:
        """Outcome and first word of the reason of a URL's last visit."""
        entry = self.store.frontier.entry(site.url + path)
        assert entry is not None
        return entry.outcome, entry.reason.partition(":")[0] if entry.reason else None

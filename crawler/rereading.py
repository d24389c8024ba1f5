"""Captures -> their articles as today's extractor reads them, without the network.

The text blocks that recur on a source's pages are taken from the crawl's counts and stored before its first
page is read; crawls read with the same ones from then on, so the order of pages, a kill half way and a crawl
afterwards change no text. What a crawl learns by itself is crawler/running/learning.py's. See docs/design.md.
"""

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict

from corpus import locks
from corpus.captures import Captures
from corpus.config import Config
from corpus.errors import ExtractError, NotFound
from corpus.events import event
from corpus.model import Article
from corpus.store import ArticleStore
from crawler.pool.captured import captured_page
from crawler.pool.workers import Workers, shared_or_own
from crawler.running.amending import Changed, Left, Reread, Rereading, as_stored
from crawler.values import PageKind

log = logging.getLogger(__name__)


def reread(
    config: Config,
    store: ArticleStore,
    *,
    source: str | None = None,
    dry_run: bool = False,
    left: Left = lambda url, reason: None,
    changed: Changed = lambda before, after: None,
    progress: Callable[[Reread], None] = lambda _: None,
    workers: Workers | None = None,
) -> Reread:
    """Read every stored article again from its latest capture, and amend what reads differently now.

    Args:
        config: Selectors and languages of its sources, where its captures are, how many processes to use.
        store: What is stored.
        source: Only this source's articles.
        dry_run: Count, and write nothing.
        left: Called with the URL of each article that was left as it is, and why.
        changed: Called with each article that reads differently, as it was and as it reads now.
        progress: Called with how far it is, after each page.
        workers: Read pages in these, which stay open; as many as the config says are started by default.

    Raises:
        StoreLocked: A crawl or another re-reading is under way.
        StoreError: The store cannot be written; what was amended before stays, and doing it again goes on.
    """
    began = time.monotonic()
    with locks.hold(config.crawl_lock, what="a re-reading"), Captures(config.captures) as captures:
        learning = _Learning(store, dry_run=dry_run)
        again = Rereading(config, store, captures, learning.of, dry_run=dry_run, left=left, changed=changed)
        articles = (each for each in store.every() if source in {None, each.article.source})
        with shared_or_own(workers, config.crawler.processes) as reading:
            for answer in reading.map(again.pages(articles)):
                again.take(answer)
                progress(again.counts)
        again.write()
        learning.end()
    counts, took = again.counts, time.monotonic() - began
    event(log, "articles read again", asdict(counts), source=source, dry_run=dry_run, seconds=took)
    return counts


class _Learning:
    """Takes the blocks that recur, source by source, from the counts of the crawls."""

    def __init__(self, store: ArticleStore, *, dry_run: bool) -> None:
        self._store, self._dry_run = store, dry_run
        self._known: dict[str, frozenset[int]] = {}

    def of(self, source: str) -> frozenset[int]:
        """Return the blocks of a source, stored before its first page is read."""
        if source not in self._known:
            found = self._store.sources.recurring_blocks(source)
            if not self._dry_run:
                self._store.sources.set_boilerplate(source, found)
            self._known[source] = found
        return self._known[source]

    def end(self) -> None:
        """Store that all texts of these sources were looked at."""
        if not self._dry_run:
            for source in self._known:
                self._store.sources.set_looked_at(source, None)


def read_again(
    config: Config, store: ArticleStore, ids: Iterable[int], workers: Workers | None = None
) -> Iterator[tuple[int, tuple[int, Article] | str]]:
    """Read the stored responses of damaged articles again, one after another.

    Yields:
        The id, and what `amend_many` takes: the sequence of the article as it stands, and the article. Or why its
        response gives no article.
    """
    lock = locks.hold(config.crawl_lock, what="a mending")
    with lock, Captures(config.captures) as captures, shared_or_own(workers, 1) as reading:
        for id in ids:
            yield id, _read_again(config, store, captures, reading, id)


def _read_again(
    config: Config, store: ArticleStore, captures: Captures, workers: Workers, id: int
) -> tuple[int, Article] | str:
    bare = store.damage.without_text(id)
    if bare is None:
        return "nothing of its row can be read"
    article = bare.article
    if article.capture is None:
        return "it has none"
    try:
        exchange = captures.read(article.capture)
    except NotFound as error:
        return str(error)
    source, hints = config.source(article.source), store.frontier.hints(article.url)
    page = captured_page(article, exchange, source, hints=hints, boilerplate=store.sources.boilerplate(article.source))
    (answer,) = workers.map([page])
    if isinstance(answer, ExtractError):
        return f"{answer.reason}: {answer}"
    if answer.kind is not PageKind.ARTICLE or not answer.article.body.strip():
        return f"{answer.kind.value}: {answer.reason}"
    return bare.sequence, as_stored(article, answer.article)

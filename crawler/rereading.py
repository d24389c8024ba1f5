"""Captures -> their articles as today's extractor reads them, without the network.

The text blocks that recur on a source's pages are taken from the crawl's counts and stored before its first
page is read; crawls read with the same ones from then on, so the order of pages, a kill half way and a crawl
afterwards change no text. What a crawl learns by itself is crawler/running/learning.py's. See docs/design.md.
"""

import logging
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace

from corpus import locks
from corpus.captures import Captures
from corpus.config import Config
from corpus.errors import ExtractError, NotFound
from corpus.events import event
from corpus.model import FROM_FEED, Article, Hints, StoredArticle
from corpus.store import ArticleStore
from crawler.pool.workers import Workers
from crawler.text import text_length
from crawler.values import Extraction, Page, PageKind
from crawler.visiting.captured import captured_page
from crawler.visiting.visit import soft_404

BATCH = 100  # amended articles in a transaction
BATCH_CHARACTERS = 5_000_000  # of their bodies
ONLY_VISITS_KNOW = ("tdm-reservation",)  # facts that stood in a header

log = logging.getLogger(__name__)

Left = Callable[[str, str], None]


@dataclass(slots=True)
class Reread:
    """How far a re-reading is.

    Attributes:
        read: Captures read.
        amended: Articles whose text or details were stored anew; in a dry run, that would be.
        left: Articles left as they are: what their capture gives is no article today, or is none at all.
        bare: Articles without a capture: imported ones, and those that asked not to be archived.
    """

    read: int = 0
    amended: int = 0
    left: int = 0
    bare: int = 0


def reread(
    config: Config,
    store: ArticleStore,
    *,
    source: str | None = None,
    dry_run: bool = False,
    left: Left = lambda url, reason: None,
    progress: Callable[[Reread], None] = lambda _: None,
) -> Reread:
    """Read every stored article again from its latest capture, and amend what reads differently now.

    Args:
        config: Selectors and languages of its sources, where its captures are, how many processes to use.
        store: What is stored.
        source: Only this source's articles.
        dry_run: Count, and write nothing.
        left: Called with the URL of each article that was left as it is, and why.
        progress: Called with how far it is, after each page.

    Raises:
        StoreLocked: A crawl or another re-reading is under way.
        StoreError: The store cannot be written; what was amended before stays, and doing it again goes on.
    """
    began = time.monotonic()
    with locks.hold(config.crawl_lock, what="a re-reading"), Captures(config.captures) as captures:
        learning = _Learning(store, dry_run=dry_run)
        again = Rereading(config, store, captures, learning.of, dry_run=dry_run, left=left)
        articles = (each for each in store.every() if source in {None, each.article.source})
        with Workers(config.crawler.processes) as workers:
            for answer in workers.map(again.pages(articles)):
                again.take(answer)
                progress(again.counts)
        again.write()
        learning.end()
    counts, took = again.counts, time.monotonic() - began
    event(log, "articles read again", asdict(counts), source=source, dry_run=dry_run, seconds=took)
    return counts


class Rereading:
    """Reads stored articles again: pages go out in the order of the articles, their answers come back in it.

    Args:
        boilerplate: Source -> the text blocks its pages are read without.
        dry_run: Count, and write nothing.
        left: Called with the URL of each article that stays as it is, and why.
    """

    def __init__(
        self,
        config: Config,
        store: ArticleStore,
        captures: Captures,
        boilerplate: Callable[[str], frozenset[int]],
        *,
        dry_run: bool = False,
        left: Left = lambda url, reason: None,
    ) -> None:
        self.counts = Reread()
        self._store, self._captures, self._dry_run, self._left = store, captures, dry_run, left
        self._boilerplate = boilerplate
        self._sources = {each.name: each for each in config.sources}
        self._out: deque[StoredArticle] = deque()
        self._ready: list[tuple[int, Article]] = []
        self._characters = 0

    def pages(self, articles: Iterable[StoredArticle]) -> Iterator[Page]:
        """Give the page of each article that has one."""
        for stored in articles:
            article = stored.article
            if article.capture is None:
                self.counts.bare += 1
                continue
            try:
                exchange = self._captures.read(article.capture)
            except NotFound as error:
                self._leave(stored, str(error))
                continue
            entry = self._store.frontier.entry(article.url)
            hints = entry.hints if entry else Hints()
            known = self._sources.get(article.source)
            self._out.append(stored)
            yield captured_page(article, exchange, known, hints, self._boilerplate(article.source))

    def take(self, answer: Extraction | ExtractError) -> None:
        """Compare the next answer with what is stored."""
        stored = self._out.popleft()
        self.counts.read += 1
        if reason := _no_article(stored.article, answer):
            self._leave(stored, reason)
            return
        assert not isinstance(answer, ExtractError)
        extracted = _as_stored(stored.article, answer.article)
        if self._store.unchanged(extracted) and extracted.facts == stored.article.facts:
            return
        self.counts.amended += 1
        self._ready.append((stored.sequence, extracted))
        self._characters += len(extracted.body)
        if len(self._ready) >= BATCH or self._characters >= BATCH_CHARACTERS:
            self.write()

    def write(self) -> None:
        """Store what is ready; nothing in a dry run."""
        if self._ready and not self._dry_run:
            written = self._store.amend_many(self._ready)
            self.counts.amended -= len(self._ready) - written  # written or withdrawn by another since
        self._ready.clear()
        self._characters = 0

    def _leave(self, stored: StoredArticle, reason: str) -> None:
        self.counts.left += 1
        self._left(stored.article.url, reason)


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
    config: Config, store: ArticleStore, ids: Iterable[int]
) -> Iterator[tuple[int, tuple[int, Article] | str]]:
    """Read the stored responses of damaged articles again, one after another.

    Yields:
        The id, and what `amend_many` takes: the sequence of the article as it stands, and the article. Or why its
        response gives no article.
    """
    lock = locks.hold(config.crawl_lock, what="a mending")
    with lock, Captures(config.captures) as captures, Workers(1) as workers:
        for id in ids:
            yield id, _read_again(config, store, captures, workers, id)


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
    entry, source = store.frontier.entry(article.url), config.source(article.source)
    page = captured_page(
        article, exchange, source, entry.hints if entry else Hints(), store.sources.boilerplate(article.source)
    )
    (answer,) = workers.map([page])
    if isinstance(answer, ExtractError):
        return f"{answer.reason}: {answer}"
    if answer.kind is not PageKind.ARTICLE or not answer.article.body.strip():
        return f"{answer.kind.value}: {answer.reason}"
    return bare.sequence, _as_stored(article, answer.article)


def _no_article(stored: Article, answer: Extraction | ExtractError) -> str | None:
    """Why a reading cannot take the place of the stored article; None when it can."""
    if isinstance(answer, ExtractError):
        return f"{answer.reason}: {answer}"
    if answer.kind is not PageKind.ARTICLE:
        return f"{answer.kind.value}: {answer.reason}"
    if answer.noindex:
        return "noindex"
    if not answer.article.body.strip():
        return "empty: no body was found"
    if stored.facts.get("body") == FROM_FEED and text_length(answer.article.body) < text_length(stored.body):
        return "its feed has more text than its page"
    return soft_404(answer.article, stored)


def _as_stored(stored: Article, extracted: Article) -> Article:
    """Keep what a page does not say of itself: its URL and source, when and from where it was fetched."""
    known = {name: stored.facts[name] for name in ONLY_VISITS_KNOW if name in stored.facts}
    return replace(
        extracted,
        url=stored.url,
        source=stored.source,
        fetched=stored.fetched,
        fetched_url=stored.fetched_url,
        capture=stored.capture,
        facts=extracted.facts | known,
    )

"""Stored articles -> their captures, read as today's extractor reads them; what reads differently is amended."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from corpus.captures import Captures
from corpus.config import Config
from corpus.errors import ExtractError, NotFound
from corpus.model import FROM_FEED, Article, StoredArticle
from corpus.store import ArticleStore
from corpus.structure.comparing import differ
from corpus.structure.trimming import without_paragraphs
from crawler.discovery.further_pages import GOES_ON, OF_FURTHER, is_unread, without_further
from crawler.pool.captured import captured_page
from crawler.pool.joining import PARTS
from crawler.text import text_length
from crawler.values import Extraction, Page, PageKind
from crawler.visiting.visit import soft_404

BATCH = 100  # amended articles in a transaction
BATCH_CHARACTERS = 5_000_000  # of their bodies
ONLY_VISITS_KNOW = ("tdm-reservation", "leaving")  # facts that stood in a header

Left = Callable[[str, str], None]
Changed = Callable[[Article, Article], None]


@dataclass(slots=True)
class Reread:
    """How far a re-reading is.

    Attributes:
        read: Articles looked at: their captures were read, or their texts trimmed.
        amended: Articles whose text or details were stored again; in a dry run, that would be.
        left: Articles left as they are: what their capture gives is no article today, or is none at all.
        bare: Articles without a capture: imported ones, and those that asked not to be archived.
    """

    read: int = 0
    amended: int = 0
    left: int = 0
    bare: int = 0


class Rereading:
    """Reads stored articles again: pages go out in the order of the articles, their answers come back in it.

    Args:
        boilerplate: Source -> the text blocks its pages are read without.
        dry_run: Count, and write nothing.
        left: Called with the URL of each article that stays as it is, and why.
        changed: Called with each article that reads differently, as it was and as it reads now.
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
        changed: Changed = lambda before, after: None,
    ) -> None:
        self._changed = changed
        self.counts = Reread()
        self._store, self._captures, self._dry_run, self._left = store, captures, dry_run, left
        self._boilerplate = boilerplate
        self._sources = {each.name: each for each in config.sources}
        self._out: deque[StoredArticle] = deque()
        self._ready: list[tuple[int, Article]] = []
        self._characters = 0
        self._unread: list[str] = []  # stories whose further pages nobody asked for
        self._trimmed = 0  # texts, at next to no cost

    @property
    def captures_read(self) -> int:
        """How many articles were read again from their captures."""
        return self.counts.read - self._trimmed

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
            hints, known = self._store.frontier.hints(article.url), self._sources.get(article.source)
            self._out.append(stored)
            yield captured_page(article, exchange, known, hints=hints, boilerplate=self._boilerplate(article.source))

    def trim(self, stored: StoredArticle, body: str, hints: int) -> bool:
        """Store a text without what recurs, its page not read; return whether that could be done.

        It gives what a reading would: the page was read in this crawl, with the hints that are known of it now.

        Args:
            body: The text as `crawler.body.boilerplate.trimmed` gives it.
            hints: The hash of those that it was read with.
        """
        before = stored.page_says
        entry = self._store.frontier.entry(before.url)
        if entry is None or hash(entry.hints) != hints:
            return False
        self.counts.read += 1
        self._trimmed += 1
        structure = without_paragraphs(before.structure, before.body, body)
        self._amend(stored, replace(before, body=body, structure=structure))
        return True

    def take(self, answer: Extraction | ExtractError) -> None:
        """Compare the next answer with what is stored."""
        stored = self._out.popleft()
        self.counts.read += 1
        before = stored.page_says
        if reason := no_article(before, answer):
            self._leave(stored, reason)
            return
        assert not isinstance(answer, ExtractError)
        extracted = as_stored(before, answer.article)
        if is_unread(extracted.facts):
            self._unread.append(extracted.url)
        same_set = extracted.structure is None or not differ(before.structure, extracted.structure)
        if same_set and self._store.unchanged(extracted) and extracted.facts == before.facts:
            return
        self._amend(stored, extracted)

    def _amend(self, stored: StoredArticle, extracted: Article) -> None:
        before = stored.page_says
        self.counts.amended += 1
        self._changed(before, extracted)
        self._ready.append((stored.sequence, extracted))
        self._characters += len(extracted.body)
        if len(self._ready) >= BATCH or self._characters >= BATCH_CHARACTERS:
            self.write()

    def write(self) -> None:
        """Store what is ready, and that pages with further ones are to be read whole; nothing in a dry run."""
        if self._unread and not self._dry_run:
            self._store.frontier.forget_validators(self._unread)
        self._unread.clear()
        if self._ready and not self._dry_run:
            written = self._store.amend_many(self._ready)
            self.counts.amended -= len(self._ready) - written  # written or withdrawn by another since
        self._ready.clear()
        self._characters = 0

    def _leave(self, stored: StoredArticle, reason: str) -> None:
        self.counts.left += 1
        self._left(stored.article.url, reason)


def no_article(stored: Article, answer: Extraction | ExtractError) -> str | None:
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


def as_stored(stored: Article, extracted: Article) -> Article:
    """Keep what a page does not say of itself: its URL and source, when and from where it was fetched."""
    known = {name: stored.facts[name] for name in ONLY_VISITS_KNOW if name in stored.facts}
    return replace(
        extracted,
        url=stored.url,
        source=stored.source,
        fetched=stored.fetched,
        fetched_url=stored.fetched_url,
        capture=stored.capture,
        facts=_goes_on(stored.facts, extracted.facts) | known,
    )


def _goes_on(stored: Mapping[str, str], facts: dict[str, str]) -> dict[str, str]:
    """Return the facts of a reading with what its visit alone knows: why a further page is no part of the text."""
    said, now = stored.get(GOES_ON), facts.get(GOES_ON)
    if now is None or not (PARTS in facts or (said and said.split()[-1] == now.split()[-1])):
        return facts
    return without_further(facts) | {name: stored[name] for name in OF_FURTHER if name in stored}

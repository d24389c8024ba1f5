"""A source that was crawled -> the blocks that recur on its pages are learned, and taken out of its stored texts.

A crawl that ends its work on a source looks at its counts of blocks. What it learns is stored first; then the stored
articles whose text holds such a block are read again from their captures, without the network, in the order of their
ids. How far that came is stored after each part: a kill, Ctrl-C or the bounds below leave the rest to the next crawl.
"""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.captures import Captures
from corpus.config import Config
from corpus.errors import ExtractError
from corpus.model import StoredArticle
from corpus.reasons import Reason
from corpus.store import ArticleStore
from crawler.pool.reading import Reading
from crawler.pool.workers import Workers
from crawler.running.amending import Rereading
from crawler.visiting.context import Trimmables

if TYPE_CHECKING:
    from crawler.body.boilerplate import without_recurring
else:
    without_recurring = Reading("crawler.body.boilerplate", "without_recurring", list[tuple[bool, str | None]])

# A crawl learns unasked, so it wants more than `pressmark extract --all` does (3 pages, 0.3): a paragraph on what
# happened so far may stand in three stories of a running event; a block on half of all pages tells of none of them.
MIN_PAGES = 5
SHARE = 0.5
MAX_READ = 1_000  # pages of a source in one crawl: ten seconds of a core
MAX_LOOKED = 20_000  # stored texts of a source looked at in one crawl: a few seconds
PART = 200  # articles between two notes of how far it came
PART_CHARACTERS = 1_000_000  # of texts that a worker looks at in one call
# While a source is read, the next pages are read without what nearly all pages have so far: all of the first eight.
EARLY_PAGES = 8
EARLY_SHARE = 0.9


@dataclass(frozen=True, slots=True)
class Cleaned:
    """How many articles were read again, how many of these changed, and how many are still to be looked at."""

    read: int
    amended: int
    unread: int


def early(store: ArticleStore, source: str) -> frozenset[int]:
    """Return the blocks that nearly all of a source's counted pages have; none before there are enough pages.

    The store notes first from where on articles may lack them: after a kill or Ctrl-C the next crawl reads those again.
    While stored texts wait to be looked at there is no guess: those that were looked at would not be seen again.
    """
    if store.sources.looked_at(source) is not None:
        return frozenset()
    found = store.sources.recurring_blocks(source, min_pages=EARLY_PAGES, share=EARLY_SHARE)
    if found and store.sources.guessed_from(source) is None:
        store.sources.set_guessed_from(source, store.sequence)
    return found


def learn(store: ArticleStore, source: str, *, has_new: bool) -> frozenset[int]:
    """Store the blocks that recur on a source's pages; return all known ones.

    Blocks that no longer recur stay known, so that what happens to recur today is not put back and taken out in turn.

    Args:
        has_new: Pages were counted since this was last asked.
    """
    known = store.sources.boilerplate(source)
    if has_new:
        found = store.sources.recurring_blocks(source, min_pages=MIN_PAGES, share=SHARE)
        if not found <= known:
            known |= found
            store.sources.set_boilerplate(source, known)
    return known


def clean_stored(
    config: Config,
    store: ArticleStore,
    captures: Captures,
    workers: Workers,
    source: str,
    *,
    stop: threading.Event,
    besides: frozenset[str] = frozenset(),
    since: int | None = None,
    trimmables: Trimmables | None = None,
) -> Cleaned:
    """Read the stored articles again whose text holds a known block, from where the last crawl stopped.

    The text of an article that this crawl has read is trimmed in place of that, where this gives the same.

    Args:
        besides: URLs of articles that are read again, too.
        since: Articles written after this sequence are read again, too.
        trimmables: As in `CrawlContext`, of the source.

    Raises:
        StoreError: The store cannot be written; what was amended before stays.
    """
    known = store.sources.boilerplate(source)
    again = Rereading(config, store, captures, lambda _: known)
    ids = store.ids_of(source, after=store.sources.looked_at(source) or 0)
    looked = 0
    while looked < min(len(ids), MAX_LOOKED) and again.captures_read < MAX_READ and not stop.is_set():
        part = ids[looked : looked + PART]
        stored = list(store.articles(part).values())
        lacking = {article.id for article in stored if _lacks(article, besides, since)}
        holding = _holding(workers, [each for each in stored if each.id not in lacking], known, trimmables or {})
        waiting = [
            article
            for article in stored
            if article.id in lacking
            or (article.id in holding and not ((text := holding[article.id]) and again.trim(article, *text)))
        ]
        for answer in workers.map(again.pages(waiting)):
            if isinstance(answer, ExtractError) and answer.reason == Reason.STOPPED:
                again.write()
                return Cleaned(again.counts.read, again.counts.amended, len(ids) - looked)
            again.take(answer)
        again.write()
        looked += len(part)
        store.sources.set_looked_at(source, part[-1])
    if looked == len(ids):
        store.sources.set_looked_at(source, None)
        store.sources.set_guessed_from(source, None)
    return Cleaned(again.counts.read, again.counts.amended, len(ids) - looked)


def _holding(
    workers: Workers, stored: list[StoredArticle], known: frozenset[int], trimmables: Trimmables
) -> dict[int, tuple[str, int] | None]:
    """Return the articles whose text holds a known block: each without such, and the hash of the hints of its reading.

    None: only a reading of its page says what it is without them; as where the worker that looks fails.
    """
    found: dict[int, tuple[str, int] | None] = {}
    for part in _parts([each for each in stored if known and each.withdrawn is None]):
        # A text that a person corrected is not what its page was read as.
        allowed = [None if each.as_read else trimmables.get(each.article.url) for each in part]
        texts = [(each.article.body, limits[1] if limits else None) for each, limits in zip(part, allowed, strict=True)]
        try:
            answers = workers.call("stored texts", without_recurring, texts, known)
        except ExtractError:
            answers = []
        if not _answers_to(texts, answers):  # it failed, or one that was taken over looked at them
            answers = [(True, None)] * len(part)
        for each, limits, (holds, body) in zip(part, allowed, answers, strict=True):
            if holds:
                found[each.id] = (body, limits[0]) if limits and body is not None else None
    return found


def _answers_to(texts: Sequence[tuple[str, object]], answers: Sequence[tuple[bool, str | None]]) -> bool:
    """Whether what a worker gave is an answer to these texts: one for each, which adds no paragraph to it."""
    return len(answers) == len(texts) and all(
        left is None or set(left.split("\n\n")) <= set(body.split("\n\n"))
        for (body, _), (_, left) in zip(texts, answers, strict=True)
    )


def _parts(stored: list[StoredArticle]) -> Iterator[list[StoredArticle]]:
    """Give articles in parts of some million characters of text."""
    part, characters = list[StoredArticle](), 0
    for each in stored:
        part.append(each)
        characters += len(each.article.body)
        if characters >= PART_CHARACTERS:
            yield part
            part, characters = [], 0
    if part:
        yield part


def _lacks(stored: StoredArticle, besides: frozenset[str], since: int | None) -> bool:
    """Return whether an article may lack a block that was guessed to recur and does not."""
    return stored.withdrawn is None and (
        stored.article.url in besides or (since is not None and stored.sequence > since)
    )

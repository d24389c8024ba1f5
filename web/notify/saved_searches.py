"""Saved searches whose turn it is -> a message on what is new in them, stored once; articles count by when they came.

An article is new by its number, which it gets once, when it enters the corpus: neither a new index nor a correction
makes it new again. Up to where a search has sent and the message are stored in one transaction.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from urllib.parse import parse_qsl

from corpus.config import Config
from corpus.model import StoredArticle
from corpus.notices.values import Channel, Message
from corpus.store import ArticleStore
from corpus.store.desk.saved import Often, SavedSearch
from indexer.contract.protocol import SearchEngine
from indexer.results.receipts import found_ids
from web.desk.actions import set_up
from web.desk.saved_links import pause_path
from web.languages.choice import speaking
from web.layout.paths import article_path
from web.notify.news import NAMED, Named, News, digest, language_of
from web.search.annotating import annotations_of_owner
from web.search.request import SearchRequest, understand

BUSY = timedelta(hours=1)  # while crawls never end, those who want news at once get them so often
WEEK = timedelta(days=6, hours=12)  # after which the next digest of a week is due: at the time of [notify] digest
AGAIN = timedelta(days=30)  # after a restore, in which what was published before it may have been sent
MOST = 50  # searches in one message


def store_news(config: Config, store: ArticleStore, engine: SearchEngine, now: datetime) -> list[Message]:
    """Store the messages that are due, and return them; a search that cannot be run tells nothing and stays as it is.

    Searches of one person with the same channels and the same frequency share one message.
    """
    ways = set_up(config)
    due = [each for each in store.saved.all() if set(each.ways) & ways and is_due(each, config, store, now)]
    groups: dict[tuple[str, tuple[str, ...], Often], list[SavedSearch]] = {}
    for search in due:
        groups.setdefault((search.who, search.ways, search.often), []).append(search)
    made = []
    for (_, chosen, _), searches in groups.items():
        for start in range(0, len(searches), MOST):
            message = _store(config, store, engine, searches[start : start + MOST], set(chosen) & ways, now)
            made += [message] if message is not None else []
    return made


def is_due(search: SavedSearch, config: Config, store: ArticleStore, now: datetime) -> bool:
    """Whether it is the turn of a search."""
    if search.paused is not None or not search.ways:
        return False
    since = search.delivered_at or search.made
    match search.often:
        case Often.RUNS:
            if store.saved.last_article <= search.delivered:
                return False
            return not store.runs.under_way() or now - since >= BUSY
        case Often.DAILY:
            due = config.notify.digest.next(since, config.zone)
        case Often.WEEKLY:
            due = config.notify.digest.next(since + WEEK, config.zone)
    return due is not None and due <= now


def root_of(config: Config) -> str:
    """Return the address of the pages for links in messages, without the slash at its end."""
    web = config.web
    return web.url.rstrip("/") if web.url else f"http://{f'[{web.host}]' if ':' in web.host else web.host}:{web.port}"


def _store(
    config: Config,
    store: ArticleStore,
    engine: SearchEngine,
    searches: Sequence[SavedSearch],
    ways: Iterable[str],
    now: datetime,
) -> Message | None:
    found: list[tuple[SavedSearch, News]] = []
    for search in searches:
        news = _news(config, store, engine, search, now)
        if news is not None:
            found.append((search, news))
    if not found:
        return None
    with store.audit.writing():  # all or nothing, also when another process looks at the same time
        counted = [news for search, news in found if store.saved.deliver(search, news.span[1], now)]
        new = [each for each in counted if each.new or each.again]
        if not new:
            return None
        by_id = {search.id: search for search, _ in found}
        stop = root_of(config) + pause_path([by_id[each.id] for each in new], store.audit.secret)
        with speaking(language_of(config)):
            message = digest(new, stop=stop, at=now)
        store.notices.add([message], [Channel(way) for way in sorted(ways)], now)
    return message


def _news(config: Config, store: ArticleStore, engine: SearchEngine, search: SavedSearch, now: datetime) -> News | None:
    """Return what is new in a search as far as the index has come; None: it cannot be run, or nothing was indexed."""
    upto = store.saved.indexed_up_to(search.delivered, engine.position)
    request = _request(config, store, search, now)
    try:
        ids = [id for id in found_ids(request.query, engine, store) if search.delivered < id <= upto]
    except ValueError:  # it finds too many to be listed; its row on the page says so
        return None
    if search.often is Often.RUNS and upto <= search.delivered:
        return None
    articles = store.heads(sorted(ids, reverse=True))
    restored = store.saved.restored()
    again = {id for id, each in articles.items() if _came_again(each, restored)}
    new = [each for id, each in articles.items() if id not in again and each.withdrawn is None]
    root = root_of(config)
    return News(
        id=search.id,
        name=search.name,
        url=root + request.state.url(),
        stop=root + pause_path([search], store.audit.secret),
        new=len(new),
        articles=[Named(each, root + article_path(each)) for each in new[:NAMED]],
        again=len(again),
        span=(search.delivered, upto),
    )


def _came_again(stored: StoredArticle, restored: datetime | None) -> bool:
    """Whether an article entered soon after a restore, and was published before it, so that it may have been sent."""
    if restored is None or not restored <= stored.first_seen < restored + AGAIN:
        return False
    published = stored.article.published
    return published is None or published.at < restored


def _request(config: Config, store: ArticleStore, search: SavedSearch, now: datetime) -> SearchRequest:
    return understand(
        parse_qsl(search.address, keep_blank_values=True),
        per_page=config.web.per_page,
        now=now,
        zone=config.zone,
        aliases=store.authors.aliases(),
        annotations=annotations_of_owner(config, store, search.who),
    )

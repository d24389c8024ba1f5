"""An address that nothing named -> what a crawl would do with it, by config and what is stored; no host is asked."""

from dataclasses import dataclass
from datetime import date, datetime

from corpus import urls
from corpus.config import Config
from corpus.errors import FetchError
from corpus.model import UrlKind
from corpus.reasons import Reason
from corpus.store import ArticleStore
from crawler.discovery import links
from crawler.discovery.autodiscovery import looks_like_feed
from crawler.discovery.scope import Scope, scope_of
from crawler.fetching import robots
from crawler.fetching.address import check_address
from crawler.fetching.requests import ports_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What a source would do with an address.

    Attributes:
        linked: Why the address would be left out when a page of the source links to it; None: it would be asked for.
        listed: Likewise when a feed or sitemap of the source names it.
        kind: What a link to it is taken for; None when no link to it is followed.
        robots: Whether the stored robots.txt allows the address; None when none is stored for our name.
        robots_at: When that robots.txt was fetched.
        robots_reachable: False when the host gave no robots.txt, so that nothing is asked for.
        rests_until: Until when the host is left alone; None when it does not rest.
    """

    source: str
    linked: str | None
    listed: str | None
    kind: UrlKind | None
    robots: bool | None = None
    robots_at: datetime | None = None
    robots_reachable: bool = True
    rests_until: datetime | None = None


def outlooks(url: str, config: Config, store: ArticleStore, now: datetime) -> list[Outlook]:
    """Return what each source whose site holds the canonical URL would do with it, in the order of config."""
    homes = {source.name: urls.key_of(source.url) for source in config.sources}
    moved = store.journal.landings(set(homes.values()))
    scopes = [
        scope_of(source, moved[home]) if (home := homes[source.name]) in moved else scope_of(source)
        for source in config.sources
    ]
    return [_outlook(url, scope, config, store, now) for scope in scopes if scope.holds(url)]


def _outlook(url: str, scope: Scope, config: Config, store: ArticleStore, now: datetime) -> Outlook:
    source = scope.source
    ports = frozenset(config.crawler.allow_ports) | ports_of(source)
    kind, linked = _as_link(url, scope, now.date())
    listed = links.listed_reason(url) or scope.refusal(url, UrlKind.ARTICLE, named=True)
    try:
        check_address(url, ports)
    except FetchError as error:
        linked, listed = linked or error.reason, listed or error.reason
    rests_until = store.journal.host(urls.host(url)).paused_until
    allowed, fetched, reachable = _robots(url, config, store, now)
    return Outlook(
        source=source.name,
        linked=linked,
        listed=listed,
        kind=None if linked else kind,
        robots=allowed,
        robots_at=fetched,
        robots_reachable=reachable,
        rests_until=rests_until if rests_until is not None and rests_until > now else None,
    )


def _as_link(url: str, scope: Scope, today: date) -> tuple[UrlKind | None, str | None]:
    """Return what a link to the address is taken for, and why it is not followed."""
    guessed = links.guess(url, today=today)
    if guessed.kind is None:
        return None, guessed.reason or Reason.SHAPE
    if guessed.kind is UrlKind.SECTION and looks_like_feed(url):
        return None, Reason.FEED
    return guessed.kind, scope.refusal(url, guessed.kind)


def _robots(url: str, config: Config, store: ArticleStore, now: datetime) -> tuple[bool | None, datetime | None, bool]:
    """Return whether the stored robots.txt allows the address, when it was fetched, and whether it could be read."""
    token = config.crawler.name
    stored = store.journal.host(urls.authority(url)).robots
    rules = robots.stored_rules(stored, token) if stored is not None else None
    if stored is None or rules is None:
        return None, None, True
    if not rules.reachable and now - stored.fetched > robots.KEEP_FAILURE:
        return None, None, True  # a failure that old is no longer held against the host
    return rules.allows(url), stored.fetched, rules.reachable

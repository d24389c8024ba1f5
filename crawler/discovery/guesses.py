"""The feeds and sitemaps that a source names, and what they hold -> the usual places that are worth a request.

Each guessed place costs a site a request that mostly finds nothing. So one place is asked at a time, and only while
something is missing: a sitemap that was read, or a feed, for which a sitemap stands in that has the front page's news.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from corpus import urls
from corpus.model import Discovered, FrontierEntry, Outcome, UrlKind
from crawler.discovery.home import well_known

WAYS_IN = frozenset({UrlKind.FEED, UrlKind.SITEMAP})
CURRENT = 0.5  # share of the front page's new stories that a sitemap names which is up to date


@dataclass(slots=True)
class WaysIn:
    """What one run knows of the ways into a source whose front page it has read.

    Attributes:
        address: Where the front page answered.
        stories: How many stories it leads to.
        missing: Those of them that were new, and that no sitemap of this run has named.
        new: How many were new.
        unread: Feeds and sitemaps that were found in this run, and not visited so far.
        feeds: A feed is there: config names one, or one was read.
        sitemaps: A sitemap is there that config, robots.txt or another sitemap names.
        guessed: A sitemap was read at a usual place.
        is_named: The source names a feed or a sitemap.
        empty: Feeds and sitemaps that were read and name nothing.
    """

    address: str
    stories: int
    missing: set[str]
    is_named: bool
    feeds: bool = False
    sitemaps: bool = False
    guessed: bool = False
    new: int = 0
    unread: int = 0
    empty: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Count the new stories."""
        self.new = len(self.missing)

    def take(self, entry: FrontierEntry, found: Collection[Discovered]) -> None:
        """Note what a feed or sitemap names."""
        if not found:
            self.empty.add(entry.url)
        if entry.kind is UrlKind.SITEMAP and self.missing:
            self.missing.difference_update(urls.canonical(item.url) or item.url for item in found)

    def visited(self, before: FrontierEntry, after: FrontierEntry) -> None:
        """Note a visit to a feed or sitemap: its entry as it was leased, and as the visit left it."""
        if before.outcome is None:
            self.unread = max(0, self.unread - 1)
        self.count(after)

    def count(self, entry: FrontierEntry) -> None:
        """Note a feed or sitemap as there if its last visit read something."""
        if entry.outcome != Outcome.READ or entry.url in self.empty:
            return
        if entry.kind is UrlKind.FEED:
            self.feeds = True
        elif entry.via == "well-known":
            self.guessed = True
        else:
            self.sitemaps = True

    @property
    def is_current(self) -> bool:
        """Whether the sitemaps have the news: most new stories of a front page that shows any."""
        return self.stories > 0 and len(self.missing) <= (1 - CURRENT) * self.new

    def places(self) -> tuple[Discovered, ...]:
        """Return the usual places that are worth a request, the likeliest first; none while others are unread."""
        if self.unread:
            return ()
        has_sitemap = self.sitemaps or (self.guessed and (self.is_current or not self.stories))
        has_feed = self.feeds or ((self.sitemaps or self.guessed) and self.is_current)
        return well_known(self.address, feeds=not has_feed, sitemaps=not has_sitemap)


def ways_in(address: str, found: Iterable[Discovered], new: Collection[str], *, feeds: bool, sitemaps: bool) -> WaysIn:
    """Return what is known once a front page is read.

    Args:
        address: Where it answered.
        found: What it leads to, and the sitemaps of robots.txt.
        new: The canonical addresses of its stories that nothing had named before.
        feeds, sitemaps: Whether config names some.
    """
    kinds = [item.kind for item in found]
    return WaysIn(
        address=address,
        stories=kinds.count(UrlKind.ARTICLE),
        missing=set(new),
        is_named=feeds or sitemaps or not WAYS_IN.isdisjoint(kinds),
        feeds=feeds,
        sitemaps=sitemaps,
    )

"""The feeds and sitemaps that a source names, and what they hold -> the usual places that are worth a request.

Each guessed place costs a site a request that mostly finds nothing. So one place is asked at a time, and only while
something is missing: a sitemap that was read, or a feed, for which only a sitemap stands in that has all the news of
the front page: what a front page links to and no sitemap names says that stories go elsewhere.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from corpus import urls
from corpus.config import Source
from corpus.model import Discovered, FrontierEntry, Outcome, UrlKind, UrlState
from corpus.via import Via

WAYS_IN = frozenset({UrlKind.FEED, UrlKind.SITEMAP})
CURRENT = 0.5  # share of the front page's new stories that a sitemap names which is up to date
FEW = 5  # stories that a feed names at least, or that share of the front page's new ones: some have a single entry

_NAMED = frozenset({Via.CONFIG, Via.ROBOTS})

# Tried when neither the home page nor robots.txt names a feed or sitemap; a sitemap that is found may spare the feeds.
WELL_KNOWN = (
    (UrlKind.SITEMAP, ("/sitemap.xml", "/sitemap_index.xml", "/news-sitemap.xml", "/sitemap.xml.gz")),
    (UrlKind.FEED, ("/feed", "/rss.xml", "/feed.xml", "/rss", "/atom.xml", "/index.xml", "/feed.json")),
)


@dataclass(slots=True)
class WaysIn:
    """What one run knows of the ways into a source whose front page it has read.

    Attributes:
        address: Where the front page answered.
        stories: How many stories it leads to.
        missing: Canonical addresses of those that nothing had named before, and that no sitemap of this run has named.
        new: How many these were at first.
        awaited: Keys of feeds and sitemaps that this run is to visit, and has not visited so far.
        feeds: A feed was read.
        sitemaps: A sitemap was read that config or robots.txt names.
        guessed: Another sitemap was read.
    """

    address: str
    stories: int
    missing: set[str]
    feeds: bool = False
    sitemaps: bool = False
    guessed: bool = False
    new: int = 0
    awaited: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Count the new stories."""
        self.new = len(self.missing)

    def know(self, entry: FrontierEntry, now: datetime) -> None:
        """Note a feed or sitemap of the frontier: it is visited in this run, or is as its last visit left it."""
        if entry.state is not UrlState.DROPPED and entry.due <= now:
            self.awaited.add(entry.url)
        elif entry.outcome in {Outcome.READ, Outcome.UNCHANGED}:
            self._count(entry)

    def take(self, entry: FrontierEntry, found: Collection[Discovered]) -> None:
        """Note what a feed or sitemap names that was read; one with nothing, or hardly anything, stands for none."""
        self.awaited.discard(entry.url)  # it may have moved, and is visited where it is now
        is_feed = entry.kind is UrlKind.FEED
        if found and not (is_feed and len(found) < min(FEW, CURRENT * self.new)):
            self._count(entry)
        if not is_feed and self.missing:
            self.missing.difference_update(urls.key_of(item.url) for item in found)

    def visited(self, before: FrontierEntry, after: FrontierEntry) -> None:
        """Note that a visit to a feed or sitemap has ended: its entry as it was leased, and as the visit left it."""
        self.awaited.discard(before.url)
        if after.outcome == Outcome.UNCHANGED:  # and the new stories are none of its
            self._count(before)

    def _count(self, entry: FrontierEntry) -> None:
        if entry.kind is UrlKind.FEED:
            self.feeds = True
        elif entry.via in _NAMED:
            self.sitemaps = True
        else:
            self.guessed = True

    @property
    def is_current(self) -> bool:
        """Whether the sitemaps have the news: most new stories of a front page that shows any."""
        return self.stories > 0 and len(self.missing) <= (1 - CURRENT) * self.new

    @property
    def is_whole(self) -> bool:
        """Whether the sitemaps have all new stories of a front page that shows any."""
        return self.stories > 0 and not self.missing

    def places(self) -> tuple[Discovered, ...]:
        """Return the usual places that are worth a request, the likeliest first; none while others are awaited."""
        if self.awaited:
            return ()
        has_sitemap = self.sitemaps or (self.guessed and (self.is_current or not self.stories))
        has_feed = self.feeds or ((self.sitemaps or self.guessed) and self.is_whole)
        return well_known(self.address, feeds=not has_feed, sitemaps=not has_sitemap)


def addresses_of(source: Source) -> tuple[Discovered, ...]:
    """Return the addresses config gives for a source: its front page, feeds, sitemaps and sections."""
    kinds = (
        (UrlKind.HOME, (source.url,)),
        (UrlKind.FEED, source.feeds),
        (UrlKind.SITEMAP, source.sitemaps),
        (UrlKind.SECTION, source.sections),
    )
    return tuple(Discovered(url=url, kind=kind, via=Via.CONFIG) for kind, own in kinds for url in own)


def well_known(address: str, *, feeds: bool, sitemaps: bool) -> tuple[Discovered, ...]:
    """Return addresses at which a site often keeps feeds and sitemaps, in the order in which they are tried."""
    origin = urls.origin(address)
    tried = {UrlKind.FEED: feeds, UrlKind.SITEMAP: sitemaps}
    return tuple(
        Discovered(url=origin + path, kind=kind, via=Via.WELL_KNOWN, parent=address)
        for kind, paths in WELL_KNOWN
        if tried[kind]
        for path in paths
    )

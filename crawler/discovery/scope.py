"""Which URLs are a source's own, and how many of one series a run takes: the bounds of the crawl."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from corpus import urls
from corpus.config import Source, patterns
from corpus.model import Discovered, LeftOut, UrlKind, value
from corpus.reasons import Reason
from corpus.via import LISTS_STORIES, Via
from crawler.discovery import links

MAX_SERIES = 2000  # URLs of one pattern taken in one run; those a feed or sitemap names are not counted
MAX_LISTINGS_SERIES = 60  # likewise of section and listing pages
MAX_AWAY = 2  # addresses of other sites that a redirect may pass on its way back to the source's
MAX_SECTIONS = 400  # section pages of one host taken in one run, whatever their addresses look like
ENOUGH_STORIES = 10  # pages of one pattern that were stories, after which its addresses are taken for stories'
MAX_OTHERS = 0.2  # of the pages of such a pattern that may be none
MAX_BEYOND = 20_000  # addresses beyond their series that a run holds until it is known what their pattern is

_NAMED = LISTS_STORIES | {Via.SITEMAP}  # found via: by the site's own word, whatever the address


@dataclass(frozen=True, slots=True)
class Scope:
    """Which URLs belong to a source: those of the sites of `addresses` that its include and exclude let pass."""

    source: Source
    addresses: tuple[str, ...]

    def holds(self, url: str) -> bool:
        """Whether a URL is of a site of the source's."""
        return (site := urls.site_of(url)) is not None and site in _sites(self.addresses)

    def may_send_back(self, url: str) -> bool:
        """Whether a URL of another site has an address of the source's in its path or query, as a sign-on's has."""
        parts = urlsplit(url)
        carried = unquote(unquote(f"{parts.path}?{parts.query}")).casefold()
        spelled = (host for own in self.addresses for host in (urls.authority(own), urlsplit(own).netloc.casefold()))
        hosts = {host.removeprefix("www.") for host in spelled if host}
        return any(re.search(rf"(?<![\w-]){re.escape(host)}(?![\w.-]*\w)", carried) for host in hosts)

    def refusal(self, url: str, kind: UrlKind, *, named: bool = False) -> str | None:
        """Return why a URL is not the source's, in a word, or None. Only articles are held to `include`.

        `named` is True for what a feed or sitemap names: its form is then no reason.
        """
        key = urls.canonical(url)
        if key is None:
            return Reason.BAD_URL
        if not self.holds(key):
            return Reason.OUT_OF_SCOPE
        if not patterns.in_scope(key, self.source.include if kind is UrlKind.ARTICLE else (), self.source.exclude):
            return Reason.EXCLUDED
        return None if named else links.trap(key)


@lru_cache(1_024)  # of sources
def _sites(addresses: tuple[str, ...]) -> frozenset[tuple[str, int | None] | None]:
    return frozenset(map(urls.site_of, addresses))


def scope_of(source: Source, *moved_to: str) -> Scope:
    """Return the scope of a source; `moved_to` is where its front page redirects."""
    return Scope(source, (source.url, *source.feeds, *source.sitemaps, *source.sections, *moved_to))


@dataclass(slots=True)
class Series:
    """Which URLs of each pattern were taken in this run: a calendar or a filter without end stops somewhere.

    A pattern that looks like a list's is a story's when its pages turn out to be stories: `/read.php?text=7`.
    """

    taken: defaultdict[tuple[str, str], set[int]] = field(default_factory=lambda: defaultdict(set))
    stories: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    others: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    beyond: defaultdict[str, dict[str, Discovered]] = field(default_factory=lambda: defaultdict(dict))
    beyond_count: int = 0

    def takes(self, found: Discovered) -> bool:
        """Count the URL, once however often it is found; False when its series has had enough."""
        if found.kind in {UrlKind.FEED, UrlKind.SITEMAP} or found.via in _NAMED or found.via == Via.ARCHIVE:
            return True  # how many archives are walked is for crawler/visiting/walking.py to say
        host, pattern = urls.origin(found.url), pattern_of(found.url)
        if found.kind is not UrlKind.SECTION:
            return self._fits((pattern, found.kind.value), found.url, MAX_SERIES)
        in_series = self._fits((pattern, found.kind.value), found.url, MAX_LISTINGS_SERIES)
        if in_series and self._fits((host, found.kind.value), found.url, MAX_SECTIONS):
            return True
        if self.beyond_count < MAX_BEYOND and found.url not in self.beyond[pattern]:
            self.beyond[pattern][found.url] = found
            self.beyond_count += 1
        return False

    def as_learned(self, found: Discovered) -> Discovered:
        """Return a URL as a story's where those of its pattern are stories."""
        is_learned = found.kind is UrlKind.SECTION and self._is_of_stories(pattern_of(found.url))
        return replace(found, kind=UrlKind.ARTICLE) if is_learned else found

    def learn(self, url: str, *, is_story: bool) -> list[Discovered]:
        """Count what a page turned out to be; return what was left out of its series, once this is a story's."""
        pattern = pattern_of(url)
        (self.stories if is_story else self.others)[pattern].add(hash(url))
        if not is_story or not self._is_of_stories(pattern):
            return []
        freed = [replace(each, kind=UrlKind.ARTICLE) for each in self.beyond.pop(pattern, {}).values()]
        self.beyond_count -= len(freed)
        return [each for each in freed if self.takes(each)]

    def _is_of_stories(self, pattern: str) -> bool:
        stories, others = len(self.stories.get(pattern, ())), len(self.others.get(pattern, ()))
        return stories >= ENOUGH_STORIES and others <= MAX_OTHERS * (stories + others)

    def _fits(self, key: tuple[str, str], url: str, most: int) -> bool:
        known = self.taken[key]
        if hash(url) in known:
            return True
        if len(known) >= most:
            return False
        known.add(hash(url))
        return True


def pattern_of(url: str) -> str:
    """Return the host of a URL and what it shares with those of its series."""
    return urls.origin(url) + links.pattern(url)


@value()
class Wanted:
    """What of a listing is asked for, once each and in its order, and what is not."""

    found: tuple[Discovered, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


def wanted(found: Iterable[Discovered], scope: Scope, series: Series) -> Wanted:
    """Return what is the source's own; feeds, and sitemaps that robots.txt names, may live elsewhere.

    Reasons for leaving out: those of `Scope.refusal`, and `series`.
    """
    chosen: dict[str, Discovered] = {}
    left_out: list[LeftOut] = []
    for item in found:
        if item.url in chosen:
            continue
        reason = _refusal(item, scope)
        if reason is None and (learned := series.as_learned(item)) is not item:
            item, reason = learned, _refusal(learned, scope)
        if reason is None and not series.takes(item):
            reason = Reason.SERIES
        if reason is None:
            chosen[item.url] = item
        else:
            left_out.append(links.as_left_out(item, reason))
    return Wanted(tuple(chosen.values()), tuple(left_out))


def _refusal(item: Discovered, scope: Scope) -> str | None:
    if _is_way_in(item):
        return None if urls.canonical(item.url) else Reason.BAD_URL
    return scope.refusal(item.url, item.kind, named=item.via in _NAMED)


def _is_way_in(found: Discovered) -> bool:
    """Whether a feed or sitemap may live on another host: as the source names it, or beside the index that does."""
    if found.kind is not UrlKind.SITEMAP:
        return found.kind is UrlKind.FEED
    if found.via is Via.SITEMAP_INDEX:
        return found.parent is not None and urls.same_site(found.url, found.parent)
    return found.via in {Via.ROBOTS, Via.CONFIG, Via.REDIRECT}

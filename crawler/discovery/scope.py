"""Which URLs are a source's own, and how many of one series a run takes: the walls of the crawl."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from corpus import urls
from corpus.config import Source, patterns
from corpus.model import Discovered, UrlKind
from crawler.discovery import links

MAX_SERIES = 2000  # URLs of one pattern taken in one run; a sitemap's are not counted
MAX_LISTINGS_SERIES = 60  # likewise of section and listing pages


@dataclass(frozen=True, slots=True)
class Scope:
    """Which URLs belong to a source: those of the sites of `addresses` that its include and exclude let pass."""

    source: Source
    addresses: tuple[str, ...]

    def holds(self, url: str) -> bool:
        """Whether a URL is of a site of the source's."""
        return any(urls.same_site(url, own) for own in self.addresses)

    def refusal(self, url: str, kind: UrlKind) -> str | None:
        """Return why a URL is not the source's, in a word, or None. Only articles are held to `include`."""
        key = urls.canonical(url)
        if key is None:
            return "bad-url"
        if not self.holds(key):
            return "out-of-scope"
        if not patterns.in_scope(key, self.source.include if kind is UrlKind.ARTICLE else (), self.source.exclude):
            return "excluded"
        return links.trap(key)


def scope_of(source: Source, *moved_to: str) -> Scope:
    """Return the scope of a source; `moved_to` is where its front page redirects."""
    return Scope(source, (source.url, *source.feeds, *source.sitemaps, *source.sections, *moved_to))


@dataclass(slots=True)
class Series:
    """How many URLs of each pattern were taken in this run: a calendar or a filter without end stops somewhere."""

    taken: Counter[tuple[str, str]] = field(default_factory=Counter)

    def takes(self, found: Discovered) -> bool:
        """Count the URL; False when its series has had enough."""
        if found.kind in {UrlKind.FEED, UrlKind.SITEMAP} or found.via in {"sitemap", "news-sitemap", "feed"}:
            return True
        key = urls.origin(found.url) + links.pattern(found.url), found.kind.value
        self.taken[key] += 1
        return self.taken[key] <= (MAX_LISTINGS_SERIES if found.kind is UrlKind.SECTION else MAX_SERIES)


def wanted(found: Iterable[Discovered], scope: Scope, series: Series) -> tuple[Discovered, ...]:
    """Return what is the source's own, once each; feeds may live elsewhere, as a page of the source names them."""
    kept: dict[str, Discovered] = {}
    for each in found:
        if each.url in kept or (each.kind is not UrlKind.FEED and scope.refusal(each.url, each.kind)):
            continue
        if series.takes(each):
            kept[each.url] = each
    return tuple(kept.values())

"""How and where an address was found -> the same in words, in the language of the page."""

from collections.abc import Mapping
from datetime import datetime, tzinfo

from markupsafe import Markup

from corpus.texts import Text, text
from corpus.via import Via
from web.languages.wording import said
from web.layout.render import breakable, minute

VIAS: Mapping[str, Text] = {
    Via.FEED: text("in the feed"),
    Via.SITEMAP: text("in the sitemap"),
    Via.NEWS_SITEMAP: text("in the news sitemap"),
    Via.SITEMAP_INDEX: text("in the list of sitemaps"),
    Via.ROBOTS: text("in robots.txt"),
    Via.SECTION: text("on the page"),
    Via.HOME: text("on the front page"),
    Via.ARCHIVE: text("in the archive of the site"),
    Via.NEXT_PAGE: text("as the next page of a list"),
    Via.ALTERNATE: text("named in the head of the page"),
    Via.LINK: text("linked on the page"),
    Via.WELL_KNOWN: text("at a usual address"),
    Via.CONFIG: text("in config.toml"),
    Via.GIVEN: text("as the address that was given"),
    Via.HAND: text("by a person who asked for it"),
    Via.REDIRECT: text("by a redirect"),
    Via.CANONICAL: text("as the address that the page names for itself"),
    Via.SAME_PAGE: text("as another address of the same text"),
    Via.PART: text("as a page of the same story"),
}


def via_word(via: str) -> str:
    """Return how an address was found; a way that is not known stands as it is stored."""
    return VIAS.get(via, via)


def first_named(at: datetime, via: str, parent: str | None, zone: tzinfo) -> Markup:
    """Return when an address was found, how, unless `via` is empty, and the address that it stood in."""
    way = Markup(" {}").format(said(via_word(via))) if via else ""
    place = Markup(' <span class="m">{}</span>').format(breakable(parent)) if parent else ""
    return Markup("{}{}{}").format(minute(at, zone), way, place)

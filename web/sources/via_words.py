"""How and where an address was found -> the same in words, in the language of the page."""

from collections.abc import Mapping
from datetime import datetime, tzinfo

from markupsafe import Markup

from corpus.texts import Text, text
from web.languages.wording import said
from web.layout.render import breakable, minute

VIAS: Mapping[str, Text] = {
    "feed": text("in the feed"),
    "sitemap": text("in the sitemap"),
    "news-sitemap": text("in the news sitemap"),
    "sitemap-index": text("in the list of sitemaps"),
    "robots": text("in robots.txt"),
    "section": text("on the page"),
    "home": text("on the front page"),
    "archive": text("in the archive of the site"),
    "next-page": text("as the next page of a list"),
    "alternate": text("named in the head of the page"),
    "link": text("linked on the page"),
    "well-known": text("at a usual address"),
    "config": text("in config.toml"),
    "given": text("as the address that was given"),
    "redirect": text("by a redirect"),
    "canonical": text("as the address that the page names for itself"),
    "same-page": text("as another address of the same text"),
    "part": text("as a page of the same story"),
}


def via_word(via: str) -> str:
    """Return how an address was found; a way that is not known stands as it is stored."""
    return VIAS.get(via, via)


def first_named(at: datetime, via: str, parent: str | None, zone: tzinfo) -> Markup:
    """Return when an address was found, how, unless `via` is empty, and the address that it stood in."""
    way = Markup(" {}").format(said(via_word(via))) if via else ""
    place = Markup(' <span class="m">{}</span>').format(breakable(parent)) if parent else ""
    return Markup("{}{}{}").format(minute(at, zone), way, place)

"""A path of a site -> what it answers."""

import re
from types import ModuleType

from web.demo import coast, feeds, herald, ledger
from web.demo.answers import ATOM, PLAIN, RSS, XML, Answer
from web.demo.edition import PER_PAGE, Edition

_LOOKS: dict[str, ModuleType] = {"herald": herald, "coast": coast, "ledger": ledger}
_YEAR = re.compile(r"/sitemap-(\d{4})\.xml")
_PAGE = re.compile(r"(/[a-z]+/)(?:page/(\d{1,3})|\?page=(\d{1,3}))?")
_TRACKING = re.compile(r"[&?]utm_[^&]*")


def answer(edition: Edition, path: str) -> Answer:
    """Return what a site answers to a path with its query; what it does not know is a 404."""
    path = _TRACKING.sub("", path)
    if story := edition.story(path):
        return Answer(_look(edition).article(edition, story), modified=edition.modified(story))
    if path == "/robots.txt":
        return Answer(feeds.robots(edition), PLAIN)
    return _listing(edition, path) or _machine_readable(edition, path) or _missing(edition)


def _machine_readable(edition: Edition, path: str) -> Answer | None:
    match edition.site.key, path:
        case "herald", "/feed.xml":
            return Answer(feeds.rss(edition, tracked=False), RSS)
        case "herald", "/sitemap_index.xml":
            return Answer(feeds.sitemap_index(edition), XML)
        case "herald", "/news-sitemap.xml":
            return Answer(feeds.news_sitemap(edition), XML)
        case "coast", "/atom.xml":
            return Answer(feeds.atom(edition), ATOM)
        case "coast", "/sitemap.xml":
            return Answer(feeds.sitemap(edition), XML)
        case "ledger", "/rss.xml":
            return Answer(feeds.rss(edition, tracked=True), RSS)
    year = _YEAR.fullmatch(path)
    return Answer(feeds.sitemap(edition, int(year[1])), XML) if year and edition.site.key == "herald" else None


def _listing(edition: Edition, path: str) -> Answer | None:
    look = _look(edition)
    first = edition.site.desks[0].language
    if path == "/":
        newest = edition.stories[:PER_PAGE]
        return Answer(look.listing(edition, edition.site.title, first, newest, before=None, after=None))
    found = _PAGE.fullmatch(path)
    languages = {folder: language for language, folder in look.SECTIONS.items()}
    if found is None or found[1] not in languages:
        return None
    number = int(found[2] or found[3] or 1)
    language = languages[found[1]]
    own = [story for story in edition.stories if story.language == language]
    shown = own[(number - 1) * PER_PAGE : number * PER_PAGE]
    if not shown:
        return None
    before = _numbered(edition, found[1], number - 1) if number > 1 else None
    after = _numbered(edition, found[1], number + 1) if number * PER_PAGE < len(own) else None
    return Answer(look.listing(edition, edition.site.title, language, shown, before=before, after=after))


def _numbered(edition: Edition, folder: str, number: int) -> str:
    if number == 1:
        return folder
    return f"{folder}?page={number}" if edition.site.key == "ledger" else f"{folder}page/{number}"


def _missing(edition: Edition) -> Answer:
    page = _look(edition).listing(
        edition, "Page not found", edition.site.desks[0].language, (), before=None, after=None
    )
    return Answer(page, status=404)


def _look(edition: Edition) -> ModuleType:
    return _LOOKS[edition.site.key]

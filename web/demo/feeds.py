"""The sites' feeds, sitemaps and robots.txt."""

from collections.abc import Iterable
from datetime import datetime
from email.utils import format_datetime
from html import escape

from web.demo.answers import tag
from web.demo.edition import Edition
from web.demo.stories import LAST_DAY, Story

IN_FEED = 30
IN_NEWS = 25

_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SITEMAPS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def robots(edition: Edition) -> str:
    """Return a site's robots.txt."""
    sitemaps = {"herald": "/sitemap_index.xml", "coast": "/sitemap.xml"}
    lines = ["User-agent: GreedyBot", "Crawl-delay: 60", "Disallow: /", "", "User-agent: *", "Disallow: /drafts/"]
    if path := sitemaps.get(edition.site.key):
        lines += ["", f"Sitemap: {edition.origin}{path}"]
    return "\n".join([*lines, ""])


def rss(edition: Edition, *, tracked: bool) -> str:
    """Return the newest stories as RSS; `tracked` addresses carry what no reader needs."""
    items = "\n".join(_item(edition, story, tracked=tracked) for story in _newest(edition, IN_FEED))
    told = tag("title", edition.site.title) + tag("link", edition.origin + "/") + tag("description", "News")
    names = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    return f'{_XML}<rss version="2.0" {names}><channel>{told}\n{items}\n</channel></rss>\n'


def atom(edition: Edition) -> str:
    """Return the newest stories as Atom."""
    entries = "\n".join(_entry(edition, story) for story in _newest(edition, IN_FEED))
    latest = max(each for story in edition.stories if (each := edition.modified(story)))
    told = tag("title", edition.site.title) + tag("id", edition.origin + "/") + tag("updated", _stamp(latest))
    return f'{_XML}<feed xmlns="http://www.w3.org/2005/Atom">{told}\n{entries}\n</feed>\n'


def sitemap_index(edition: Edition) -> str:
    """Return the list of the sitemaps: one of news, one for each year."""
    years = sorted({story.filed.year for story in edition.stories}, reverse=True)
    paths = ["/news-sitemap.xml", *(f"/sitemap-{year}.xml" for year in years)]
    listed = "".join(f"<sitemap>{tag('loc', edition.origin + path)}</sitemap>\n" for path in paths)
    return f"{_XML}<sitemapindex {_SITEMAPS}>\n{listed}</sitemapindex>\n"


def sitemap(edition: Edition, year: int | None = None) -> str:
    """Return the stories of a year, or all."""
    stories = (story for story in edition.stories if year is None or story.filed.year == year)
    return _urlset("".join(_url(edition, story) for story in stories))


def news_sitemap(edition: Edition) -> str:
    """Return the newest stories with their headlines and dates."""
    return _urlset("".join(_news(edition, story) for story in _newest(edition, IN_NEWS)))


def _urlset(urls: str) -> str:
    return f'{_XML}<urlset {_SITEMAPS} xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">\n{urls}</urlset>\n'


def _newest(edition: Edition, count: int) -> Iterable[Story]:
    """The stories that changed last, and at least one of each language; undated ones are in no feed."""
    dated = [story for story in edition.stories if story.published]
    dated.sort(key=lambda story: edition.modified(story) or LAST_DAY, reverse=True)
    return dated[:count]


def _item(edition: Edition, story: Story, *, tracked: bool) -> str:
    address = edition.address(story)
    if tracked:
        address += ("&" if "?" in address else "?") + "utm_source=rss&utm_medium=feed"
    names = "".join(tag("dc:creator", name) for name in story.authors)
    date = tag("pubDate", format_datetime(story.published)) if story.published else ""
    told = tag("title", story.headline) + tag("link", address) + tag("guid", edition.address(story))
    return f"<item>{told}{names}{date}</item>"


def _entry(edition: Edition, story: Story) -> str:
    names = "".join(f"<author>{tag('name', name)}</author>" for name in story.authors)
    published = tag("published", _stamp(story.published)) if story.published else ""
    modified = tag("updated", _stamp(edition.modified(story) or LAST_DAY))
    where = f'<link rel="alternate" href="{escape(edition.address(story))}"/>'
    told = tag("title", story.headline) + where + tag("id", edition.address(story))
    return f"<entry>{told}{published}{modified}{names}</entry>"


def _url(edition: Edition, story: Story) -> str:
    modified = edition.modified(story)
    told = tag("lastmod", _stamp(modified)) if modified else ""
    return f"<url>{tag('loc', edition.address(story))}{told}</url>\n"


def _news(edition: Edition, story: Story) -> str:
    paper = tag("news:name", edition.site.title) + tag("news:language", story.language)
    when = tag("news:publication_date", _stamp(story.published or LAST_DAY))
    news = f"<news:publication>{paper}</news:publication>{when}{tag('news:title', story.headline)}"
    return f"<url>{tag('loc', edition.address(story))}<news:news>{news}</news:news></url>\n"


def _stamp(at: datetime) -> str:
    return at.isoformat(timespec="seconds")

"""A story -> its page, 50 to 150 kB: a little text in much furniture, as sites serve it; and the pages that lead there.

Four looks, site by site in turn, differ in their elements, in the names of their classes, and in where they say who
wrote a story and when. What they have in common is what such pages weigh: style sheets and scripts written into the
page, menus, teasers of other stories, comments, a foot.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from random import Random

from bench.crawl.stories import Story, language_of, sections_of, story
from web.demo import writing

SMALLEST, LARGEST = 50_000, 150_000  # bytes of an article's page, about
LISTED = 25  # stories on a front or section page
_WORDS = (
    "panel grid tile rail card stack frame strip shelf slot track edge inner outer meta label title media image "
    "caption action toggle drawer menu item list link row cell head foot body wrap group block note badge"
).split()


@dataclass(frozen=True, slots=True)
class Look:
    """How one kind of site builds its pages; `{0}` in an element stands for its content."""

    article: str
    headline: str
    standfirst: str
    byline: str
    date: str
    paragraph: str
    aside: str
    has_data: bool  # JSON-LD says who wrote it, and when
    has_meta: bool  # meta elements do


LOOKS = (
    Look(
        '<main id="content"><article class="story">{0}</article></main>',
        '<h1 class="story__title">{0}</h1>',
        '<p class="story__standfirst">{0}</p>',
        '<p class="story__byline">By <a rel="author" href="/people/desk">{0}</a></p>',
        '<time class="story__time" datetime="{0:%Y-%m-%dT%H:%M:%S+00:00}">{0:%d.%m.%Y, %H:%M}</time>',
        "<p>{0}</p>",
        '<aside class="story__related">{0}</aside>',
        has_data=True,
        has_meta=True,
    ),
    Look(
        '<div class="page"><div class="col-main"><div class="entry">{0}</div></div></div>',
        "<h1>{0}</h1>",
        '<h2 class="entry-subtitle">{0}</h2>',
        '<div class="entry-author">{0}</div>',
        '<span class="entry-date">{0:%d.%m.%Y}</span>',
        '<p class="entry-par">{0}</p>',
        '<div class="entry-more">{0}</div>',
        has_data=False,
        has_meta=True,
    ),
    Look(
        '<div id="root"><section class="css-a91x"><div class="css-b02k">{0}</div></section></div>',
        '<h1 class="css-t11">{0}</h1>',
        '<div class="css-s12"><p id="summary">{0}</p></div>',
        '<div class="css-by"><span class="css-by-name">{0}</span></div>',
        '<div class="css-when"><time datetime="{0:%Y-%m-%dT%H:%MZ}">{0:%d/%m/%Y %H:%M}</time></div>',
        '<div class="css-p7q"><p class="css-x">{0}</p></div>',
        '<div class="css-rel">{0}</div>',
        has_data=True,
        has_meta=False,
    ),
    Look(
        '<main><div class="article-wrapper"><div itemscope itemtype="https://schema.org/NewsArticle">{0}</div></div></main>',
        '<h1 itemprop="headline">{0}</h1>',
        '<p class="lead" itemprop="description">{0}</p>',
        '<p class="signature"><span itemprop="author">{0}</span></p>',
        '<meta itemprop="datePublished" content="{0:%Y-%m-%dT%H:%M:%S+00:00}"><p class="stamp">{0:%d.%m.%Y %H:%M}</p>',
        '<p class="article-text">{0}</p>',
        '<div class="box box--teaser">{0}</div>',
        has_data=False,
        has_meta=False,
    ),
)


def article_page(site: int, number: int, *, origin: str) -> bytes:
    """Return the page of a story; `origin` is the site's own, such as `http://127.78.0.1:8700`."""
    item, look, draw = story(site, number), LOOKS[site % len(LOOKS)], Random(f"page {site} {number}")
    near = [story(site, each) for each in range(max(0, number - 9), number + 9) if each != number]
    parts = [look.paragraph.format(escape(text)) for text in item.paragraphs]
    parts.insert(len(parts) // 2, look.aside.format(_teasers(near[:3])))
    header = look.headline.format(escape(item.headline)) + look.standfirst.format(escape(item.standfirst))
    header += look.byline.format(escape(item.author)) + look.date.format(item.published)
    body = look.article.format(header + "".join(parts)) + _rail(near, draw) + _comments(site, draw)
    return _page(site, item.headline, body, head=_said(item, look, origin), size=draw.randint(SMALLEST, LARGEST))


def listing_page(site: int, numbers: Sequence[int], *, title: str) -> bytes:
    """Return a front or section page that names the first LISTED of some stories."""
    listed = [story(site, number) for number in numbers[:LISTED]]
    body = f"<main><h1>{escape(title)}</h1><div class='stream'>{_teasers(listed)}</div></main>"
    return _page(site, title, body, head="", size=SMALLEST)


def sitemap(paths: Iterable[str], *, origin: str) -> bytes:
    """Return the sitemap of a site, which names these paths."""
    entries = "".join(f"<url><loc>{origin}{escape(path)}</loc></url>" for path in paths)
    return (
        f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'.encode()
    )


def section_path(name: str) -> str:
    """Return where a section stands."""
    return "/" + name.lower().encode("ascii", "ignore").decode() + "/"


def _page(site: int, title: str, body: str, *, head: str, size: int) -> bytes:
    """Put a page together; style sheets and scripts make up what it lacks of its size, half of it a page's own."""
    menu, foot = _menu(site)
    opening = (
        f'<!doctype html><html lang="{language_of(site)}"><head><meta charset="utf-8"><title>{escape(title)} | '
        f"{_name(site)}</title><meta name='viewport' content='width=device-width'>{head}"
    )
    lacks = size - len(opening) - len(menu) - len(body) - len(foot)
    style, script = _styles(site)[: max(0, lacks // 3)], _script(site)[: max(0, lacks * 2 // 3)]
    whole = f"{opening}<style>{style}}}</style></head><body>{menu}{body}{foot}<script>{script}</script></body></html>"
    return whole.encode()


def _said(item: Story, look: Look, origin: str) -> str:
    at = item.published.isoformat()
    head = f'<link rel="canonical" href="{origin}{item.path}"><meta property="og:type" content="article">'
    head += f'<meta property="og:title" content="{escape(item.headline)}">'
    if look.has_meta:
        head += f'<meta name="author" content="{escape(item.author)}">'
        head += f'<meta property="article:published_time" content="{at}">'
    if look.has_data:
        said = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": item.headline,
            "datePublished": at,
            "author": [{"@type": "Person", "name": item.author}],
            "mainEntityOfPage": f"{origin}{item.path}",
        }
        head += f'<script type="application/ld+json">{json.dumps(said)}</script>'
    return head


def _teasers(items: list[Story]) -> str:
    return "".join(
        f'<div class="teaser"><a class="teaser__link" href="{each.path}"><span class="teaser__kicker">'
        f'{escape(each.section)}</span><h3 class="teaser__title">{escape(each.headline)}</h3></a>'
        f'<p class="teaser__text">{escape(each.standfirst)}</p></div>'
        for each in items
    )


def _rail(items: list[Story], draw: Random) -> str:
    most_read = "".join(f'<li><a href="{each.path}">{escape(each.headline)}</a></li>' for each in items[3:13])
    icons = "".join(
        f'<svg viewBox="0 0 24 24"><path d="M{draw.randrange(24)} {draw.randrange(24)}l7 7-3 9z"/></svg>'
        for _ in range(12)
    )
    return f'<aside class="rail"><ol class="most-read">{most_read}</ol>{icons}{_teasers(items[8:])}</aside>'


def _comments(site: int, draw: Random) -> str:
    pen = writing.Pen(writing.language(language_of(site)), draw)
    said = (
        f'<li class="comment"><b>{draw.choice(_WORDS)}{draw.randrange(99)}</b><p>'
        f"{escape(pen.write(draw.choice(pen.language.general)))}</p></li>"
        for _ in range(draw.randrange(15))
    )
    return f'<section class="comments"><ul>{"".join(said)}</ul></section>'


@cache
def _name(site: int) -> str:
    return f"The {Random(site).choice(_WORDS).title()} Courier {site}"


@cache
def _menu(site: int) -> tuple[str, str]:
    """The menu and the foot, some 130 links."""
    draw = Random(f"menu {site}")
    sections = "".join(f'<li><a href="{section_path(name)}">{escape(name)}</a></li>' for name in sections_of(site))

    def links(count: int) -> str:
        return "".join(
            f'<li class="nav__item"><a class="nav__link" href="https://{draw.choice(_WORDS)}.example/{draw.choice(_WORDS)}.html">'
            f"{draw.choice(_WORDS).title()}</a></li>"
            for _ in range(count)
        )

    menu = f'<header class="top"><nav><ul>{sections}</ul><ul class="mega">{links(80)}</ul></nav></header>'
    foot = f"<footer><ul>{links(50)}</ul><p>© {_name(site)}. All rights reserved.</p></footer>"
    return menu, foot


@cache
def _styles(site: int) -> str:
    draw = Random(f"style {site}")
    return "".join(
        f".{draw.choice(_WORDS)}__{draw.choice(_WORDS)}{{margin:{draw.randrange(40)}px;color:#{draw.randrange(4096):03x}}}"
        for _ in range(1_500)
    )


@cache
def _script(site: int) -> str:
    draw = Random(f"script {site}")
    return "".join(
        f'window.{draw.choice(_WORDS)}{draw.randrange(999)}={{"{draw.choice(_WORDS)}":"{draw.randbytes(6).hex()}",'
        f'"{draw.choice(_WORDS)}":[{draw.randrange(10**6)},{draw.randrange(10**6)}]}};'
        for _ in range(2_000)
    )

"""The Valley Herald's pages: clean markup, JSON-LD and OpenGraph on every article."""

import json
from collections.abc import Sequence
from html import escape

from web.demo.answers import link, tag
from web.demo.edition import Edition
from web.demo.stories import AGENCY, Story

SECTIONS = {"en": "/news/", "es": "/noticias/"}
_AND = {"en": " and ", "es": " y "}
_BY = {"en": "By ", "es": "Por "}


def article(edition: Edition, story: Story) -> str:
    """Return the page of a story."""
    lead = tag("p", story.standfirst, class_="standfirst") if story.standfirst else ""
    body = "\n".join(part.markup for part in edition.parts(story))
    related = "".join(f"<li>{link(each.path, each.headline)}</li>" for each in edition.related(story, 4))
    time = tag("time", edition.day(story) or "", datetime=story.published.isoformat()) if story.published else ""
    return _page(
        edition,
        story.headline,
        story.language,
        head=_head(edition, story),
        main=f"""<article>
<p class="kicker">{link(SECTIONS[story.language], story.section)}</p>
<h1>{escape(story.headline)}</h1>
{lead}
<p class="meta">{escape(_byline(story))} {time}</p>
<div class="article-body">
{body}
</div>
</article>
<aside class="more"><h2>More on this</h2><ul>{related}</ul></aside>""",
    )


def listing(
    edition: Edition, title: str, language: str, listed: Sequence[Story], *, before: str | None, after: str | None
) -> str:
    """Return a page of headlines; `before` and `after` are the pages around it."""
    rows = "\n".join(_teaser(edition, each) for each in listed)
    turn = (link(before, "Newer") if before else "") + (
        f' <a rel="next" href="{escape(after)}">Older</a>' if after else ""
    )
    return _page(
        edition, title, language, head="", main=f'<h1>{escape(title)}</h1><ul class="list">{rows}</ul><p>{turn}</p>'
    )


def _teaser(edition: Edition, story: Story) -> str:
    said = story.standfirst or edition.body(story)[0][:120]
    return f"<li><h2>{link(story.path, story.headline)}</h2><p>{escape(said)}</p></li>"


def _byline(story: Story) -> str:
    if story.authors:
        return _BY[story.language] + _AND[story.language].join(story.authors)
    return _BY[story.language] + story.label if story.label else ""


def _head(edition: Edition, story: Story) -> str:
    told: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.headline,
        "url": edition.address(story),
        "mainEntityOfPage": {"@type": "WebPage", "@id": edition.address(story)},
        "inLanguage": story.language,
        "articleSection": story.section,
        "publisher": {"@type": "Organization", "name": edition.site.title},
    }
    if story.published:
        told["datePublished"] = story.published.isoformat()
    if modified := edition.modified(story):
        told["dateModified"] = modified.isoformat(timespec="seconds")
    if story.authors:
        told["author"] = [{"@type": "Person", "name": name} for name in story.authors]
    elif story.label:
        told["author"] = {"@type": "Organization", "name": AGENCY if story.label == AGENCY else story.label}
    if story.standfirst:
        told["description"] = story.standfirst
    about = f'<meta name="description" content="{escape(story.standfirst)}">' if story.standfirst else ""
    linked = json.dumps(told, ensure_ascii=False).replace("</", r"<\/")
    return f"""<link rel="canonical" href="{escape(edition.address(story))}">
<meta property="og:type" content="article">
<meta property="og:title" content="{escape(story.headline)}">
<meta property="og:site_name" content="{escape(edition.site.title)}">
{about}
<script type="application/ld+json">{linked}</script>"""


def _page(edition: Edition, title: str, language: str, *, head: str, main: str) -> str:
    return f"""<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<title>{escape(title)} | {escape(edition.site.title)}</title>
<link rel="alternate" type="application/rss+xml" title="{escape(edition.site.title)}" href="/feed.xml">
{head}
</head>
<body>
<header><p class="brand">{link("/", edition.site.title)}</p>
<nav><ul><li>{link("/news/", "News")}</li><li>{link("/noticias/", "En español")}</li>
<li>{link("/drafts/", "Drafts")}</li><li>{link("/contact", "Contact")}</li></ul></nav></header>
<main>
{main}
</main>
<footer><p>© {escape(edition.site.title)}. A newspaper that exists only in this demo.</p></footer>
</body>
</html>
"""

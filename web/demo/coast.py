"""The Coast Post's pages: no metadata at all, what there is to know stands in the text."""

from collections.abc import Sequence
from html import escape

from web.demo.answers import link, tag
from web.demo.edition import Edition
from web.demo.stories import Story

SECTIONS = {"en": "/en/", "de": "/de/", "fr": "/fr/"}
_BY = {"en": "By", "de": "Von", "fr": "Par"}
_AND = {"en": " and ", "de": " und ", "fr": " et "}
_MORE = {"en": "Most read", "de": "Meistgelesen", "fr": "Les plus lus"}
_LETTER = {
    "en": "Get the Coast Post in your inbox every morning. Enter your e-mail address to subscribe to our newsletter.",
    "de": "Die Coast Post jeden Morgen im Postfach: Jetzt unseren Newsletter abonnieren.",
    "fr": "Recevez la Coast Post chaque matin : inscrivez-vous à notre lettre d’information.",
}


def article(edition: Edition, story: Story) -> str:
    """Return the page of a story."""
    paragraphs = [part.markup for part in edition.parts(story)]
    if len(paragraphs) > 5:
        paragraphs.insert(
            4, f'<div class="newsletter-box"><p>{_LETTER[story.language]}</p><form><input name="mail"></form></div>'
        )
    names = _AND[story.language].join(story.authors) or story.label
    byline = tag("p", f"{_BY[story.language]} {names}", class_="byline") if names else ""
    date = tag("p", edition.day(story) or "", class_="date") if story.published else ""
    lead = tag("p", story.standfirst, class_="standfirst") if story.standfirst else ""
    lines = "\n".join(paragraphs)
    return _page(
        edition,
        story.headline,
        story.language,
        f"""<div class="story">
<div class="section-label">{escape(story.section)}</div>
<h1>{escape(story.headline)}</h1>
{lead}
{byline}
{date}
<div class="text">
{lines}
</div>
<div class="share"><a href="/share">Facebook</a> <a href="/share">WhatsApp</a> <a href="/share">E-mail</a></div>
</div>
<div class="sidebar"><h3>{_MORE[story.language]}</h3><ol>{_most_read(edition, story)}</ol></div>""",
    )


def listing(
    edition: Edition, title: str, language: str, listed: Sequence[Story], *, before: str | None, after: str | None
) -> str:
    """Return a page of headlines; `before` and `after` are the pages around it."""
    rows = "\n".join(f'<div class="teaser"><h3>{link(each.path, each.headline)}</h3></div>' for each in listed)
    turn = " ".join(link(address, sign) for address, sign in ((before, "‹"), (after, "›")) if address)
    return _page(edition, title, language, f"<h1>{escape(title)}</h1>{rows}<div class='pages'>{turn}</div>")


def _most_read(edition: Edition, story: Story) -> str:
    return "".join(f"<li>{link(each.path, each.headline)}</li>" for each in edition.related(story, 5))


def _page(edition: Edition, title: str, language: str, main: str) -> str:
    sections = " ".join(
        link(path, name) for name, path in (("English", "/en/"), ("Deutsch", "/de/"), ("Français", "/fr/"))
    )
    return f"""<!DOCTYPE html>
<html lang="{language}"><head><meta charset="utf-8"><title>{escape(title)} - {escape(edition.site.title)}</title>
<link rel="alternate" type="application/atom+xml" href="/atom.xml"></head>
<body>
<div id="top"><a href="/">{escape(edition.site.title)}</a> {sections}</div>
{main}
<div id="foot"><p>{escape(edition.site.title)}, Harbour Lane 1. All characters are invented.
<a href="/imprint">Imprint</a> <a href="/privacy">Privacy</a></p></div>
</body></html>
"""

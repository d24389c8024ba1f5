"""A plain text, as saved or pasted from a page -> its article: headline, byline, caption and tail set apart.

The text is made a page of headings and paragraphs, and read as any other; only that all of it counts as story
until a rule says otherwise, since the person who saved it chose it.
"""

import html
from dataclasses import replace
from datetime import datetime

from corpus.model import Article
from corpus.texts import text as sentence
from crawler.body.classify import Verdict, text_of
from crawler.body.clean import Cues, clean
from crawler.bylines.dates import undated
from crawler.dates.lines import dated
from crawler.extraction.fields import read_fields
from crawler.markup.blocks import segment
from crawler.markup.charset import decode
from crawler.markup.metadata import read_metadata
from crawler.markup.tree import gathered, parse_text
from crawler.markup.view import PageView
from crawler.text import MAX_UNREADABLE, unreadable_share
from crawler.values import Extraction, Page, PageKind

ENDINGS = (".txt", ".text")  # of the names of files that hold one
MAX_HEADLINE = 250  # characters; a longer first paragraph is the story's
_LIKELY = 0.9  # how likely we call each paragraph, for the rules that ask


def extract_text(page: Page) -> Extraction:
    """Read a saved plain text as `extract` reads a page; a text is an article unless nothing is in it."""
    text, _ = decode(page.content)
    article = read_text(text, url=page.url, source=page.source, fetched=page.fetched)
    if not article.body:
        return Extraction(kind=PageKind.EMPTY, reason=sentence("no text"), article=article)
    unreadable = unreadable_share(article.body)
    if unreadable > MAX_UNREADABLE:
        return Extraction(
            kind=PageKind.EMPTY,
            reason=sentence("{share:.0%} of its characters cannot be read", share=unreadable),
            article=article,
        )
    return Extraction(kind=PageKind.ARTICLE, reason=sentence("plain text"), article=article)


def read_text(text: str, *, url: str, source: str, fetched: datetime) -> Article:
    """Read an article from plain text; its headline is the first line, when that is short and no sentence.

    Args:
        url: The canonical URL it is to be known by.
        fetched: When it was taken in; aware UTC.
    """
    paragraphs = _paragraphs(text)
    headline = paragraphs[0] if paragraphs and _is_headline(paragraphs) else None
    page = Page(url=url, address=url, source=source, content=b"", fetched=fetched)
    article = Article(url=url, source=source, headline=headline, fetched=fetched)
    tree = parse_text(_markup(headline, paragraphs[1:] if headline else paragraphs))
    if tree is None:
        return article
    blocks = segment(tree)
    story = tuple(n for n in range(len(blocks)) if blocks.tag(n) != "h1")
    parts = gathered(tree)
    metadata = read_metadata(tree, page.address, parts)
    view = PageView(page=page, tree=tree, blocks=blocks, metadata=metadata, chosen=story)
    fields = read_fields(view, parts)
    authors = tuple(author.name for author in fields.authors)
    cues = Cues(headline or "", fields.byline or "", authors, dated=dated(blocks.texts, story))
    verdict = clean(blocks, Verdict(story, (_LIKELY,) * len(blocks)), cues)
    return replace(
        article,
        standfirst=fields.standfirst,
        byline=undated(fields.byline) if fields.byline else None,
        authors=fields.authors,
        dateline=fields.dateline,
        published=fields.published,
        updated=fields.updated,
        language=fields.language,
        body=text_of(blocks, verdict.chosen),
        facts=fields.facts | ({"headline": "first line"} if headline else {}),
    )


def _paragraphs(text: str) -> list[str]:
    """Split at blank lines; a text without any, at each line."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    parts = text.split("\n\n") if "\n\n" in text.strip() else text.split("\n")
    return [line for part in parts if (line := " ".join(part.split()))]


def _is_headline(paragraphs: list[str]) -> bool:
    first = paragraphs[0]
    return len(paragraphs) > 1 and len(first) <= MAX_HEADLINE and not first.endswith((".", "。", ",", ";", ":"))


def _markup(headline: str | None, paragraphs: list[str]) -> str:
    said = html.escape(headline or "")
    title = f"<h1>{said}</h1>" if headline else ""
    story = "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in paragraphs)
    return f"<html><head><title>{said}</title></head><body><article>{title}{story}</article></body></html>"

"""Response -> Article: keep the story, drop the boilerplate."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from lxml import etree

from corpus.model import Article
from crawler.blocks import Blocks, segment
from crawler.body import judge
from crawler.fields import Fields, read_fields
from crawler.page import Dropped, Extraction, Page, PageKind
from crawler.tree import parse

MAX_LINKS = 5_000
_MIN_BODY = 1  # characters


def extract(page: Page, *, explain: bool = False) -> Extraction:
    """Read a page: what it is, its article, its links.

    Args:
        page: The response, and what its source knows.
        explain: Also give the candidates that lost, and each dropped block with its reason.

    Raises:
        ExtractError: The page is beyond our limits; `reason` says which.
    """
    tree = parse(page.content, page.charset)
    if tree is None:
        return Extraction(kind=PageKind.EMPTY, reason="no markup", article=_article(page, Fields(), ""))
    blocks = segment(tree)
    verdict = judge(blocks)
    fields = read_fields(page, tree, blocks, kept=verdict.kept, explain=explain)
    body = "\n\n".join(blocks.texts[n] for n in verdict.kept)
    kind, reason = (PageKind.ARTICLE, "prose") if len(body) >= _MIN_BODY else (PageKind.EMPTY, "no prose")
    return Extraction(
        kind=kind,
        reason=reason,
        article=_article(page, fields, body),
        canonical=fields.canonical,
        links=_links(tree, page.address),
        noindex=fields.noindex,
        candidates=fields.candidates,
        dropped=_dropped(blocks, verdict.reasons) if explain else (),
    )


def measure_page(html: bytes, url: str | None) -> dict[str, Any]:
    """Read a stored page as the benches ask: keys title, authors, date, text."""
    address = url or "https://page.invalid/"
    page = Page(url=address, address=address, source="measure", content=html, fetched=datetime.now(UTC))
    article = extract(page).article
    return {
        "title": article.headline,
        "authors": [author.name for author in article.authors],
        "date": article.published.day.isoformat() if article.published else None,
        "text": article.body,
    }


def _article(page: Page, fields: Fields, body: str) -> Article:
    return Article(
        url=fields.canonical or page.url,
        source=page.source,
        headline=fields.headline,
        standfirst=fields.standfirst,
        byline=fields.byline,
        authors=fields.authors,
        dateline=fields.dateline,
        published=fields.published,
        updated=fields.updated,
        language=fields.language,
        section=fields.section,
        body=body,
        fetched=page.fetched,
        fetched_url=page.address if page.address != page.url else None,
        facts=fields.facts,
    )


def _links(tree: etree._Element, address: str) -> tuple[str, ...]:
    """Every http(s) address the page links to, absolute, without fragments, once each, in order."""
    base = tree.find("head/base[@href]")
    start = urljoin(address, base.get("href", "")) if base is not None else address
    found: dict[str, None] = {}
    for anchor in tree.iter("a", "area"):
        href = anchor.get("href")
        if not href or len(href) > 2_000 or href.startswith(("#", "javascript:", "mailto:", "tel:", "data:")):
            continue
        try:
            link = urldefrag(urljoin(start, href.strip())).url
            if urlsplit(link).scheme in {"http", "https"}:
                found[link] = None
        except ValueError:  # such as an unclosed bracket in the host
            continue
        if len(found) >= MAX_LINKS:
            break
    return tuple(found)


def _dropped(blocks: Blocks, reasons: tuple[str, ...]) -> tuple[Dropped, ...]:
    return tuple(Dropped(text, reason) for text, reason in zip(blocks.texts, reasons, strict=True) if reason)

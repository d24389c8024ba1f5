"""A page's tree and blocks -> every field but the body: headline, standfirst, byline, authors, dates ..."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml import etree

from corpus.model import Author, PageDate
from crawler.blocks import Blocks
from crawler.page import Candidate, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """What a page says of its article; None where it says nothing.

    Attributes:
        canonical: Canonical URL the page names, made canonical, when it points to the same site.
        noindex: The page asks not to be indexed.
        article_body: JSON-LD articleBody, as text.
        is_listing, is_live, is_locked: The page's own types say listing, live blog, not free to read.
        facts: Field -> the rule it was found by.
    """

    headline: str | None = None
    standfirst: str | None = None
    byline: str | None = None
    authors: tuple[Author, ...] = ()
    dateline: str | None = None
    published: PageDate | None = None
    updated: PageDate | None = None
    language: str | None = None
    section: str | None = None
    canonical: str | None = None
    noindex: bool = False
    article_body: str | None = None
    is_listing: bool = False
    is_live: bool = False
    is_locked: bool = False
    facts: dict[str, str] = field(default_factory=dict, hash=False)
    candidates: tuple[Candidate, ...] = ()


def read_fields(
    page: Page, tree: etree._Element, blocks: Blocks, *, kept: Sequence[int], explain: bool = False
) -> Fields:
    """Read every field; `kept` are the blocks judged to be the body, before it is cleaned."""
    facts: dict[str, str] = {}
    headline = next(iter(tree.xpath("string(//meta[@property='og:title']/@content)") for _ in range(1)), "")
    if headline:
        facts["headline"] = "meta og:title"
    else:
        headline = tree.xpath("string(//h1)") or tree.xpath("string(//title)")
        facts["headline"] = "h1"
    return Fields(headline=" ".join(str(headline).split()) or None, facts=facts)

"""A page that may be a section's or a story's -> where it leads, and its article: both of one tree."""

from datetime import datetime

from corpus.model import UrlKind
from crawler.discovery.home import read_links
from crawler.discovery.section_or_story import bare_prose
from crawler.extraction.extract import extract
from crawler.markup.selectors import has_parts
from crawler.markup.tree import parse
from crawler.values import Extraction, Listing, Page


def read_both(page: Page, *, now: datetime) -> tuple[Listing, Extraction]:
    """Read where a page leads to, and as an article: no further than shows that it is no story, where it is none.

    Raises:
        ExtractError: The page's markup is beyond our limits.
    """
    tree = parse(page.content, page.charset)
    listing = read_links(tree, page.address, kind=UrlKind.SECTION, now=now)
    if tree is None or has_parts(page.selectors):  # a source's selectors cut the page before it is parsed
        return listing, extract(page)
    return listing, extract(page, tree=tree, least=bare_prose(listing))

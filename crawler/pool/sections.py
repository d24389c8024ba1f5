"""A page that may be a section's or a story's -> where it leads, and its article if it has one: both of one tree."""

from datetime import datetime
from functools import cache, partial

from corpus.model import UrlKind
from crawler.discovery.home import read_links
from crawler.discovery.section_or_story import NO_LISTS, bare_prose, is_story
from crawler.extraction.extract import extract, extract_story
from crawler.markup.blocks import segment
from crawler.markup.selectors import has_parts
from crawler.markup.tree import parse
from crawler.pool.plain_lists import is_plain_list
from crawler.values import Extraction, Listing, Page


def read_both(page: Page, *, now: datetime) -> tuple[Listing, Extraction | None]:
    """Read a page for its links and as an article; the second reading ends as soon as the page is seen to be no story.

    The article is None where the page is neither a story nor of a kind that is no list.

    Raises:
        ExtractError: The page's markup is beyond our limits.
    """
    tree = parse(page.content, page.charset)
    listing = read_links(tree, page.address, kind=UrlKind.SECTION, now=now)
    if tree is None or has_parts(page.selectors):  # a source's selectors cut the page before it is parsed
        read: Extraction | None = extract(page)
    else:
        cut = cache(partial(segment, tree))
        if is_plain_list(page, tree, listing, cut):
            return listing, None
        read = extract_story(page, tree, bare_prose(listing), cut)
    is_given = read is not None and (read.kind in NO_LISTS or is_story(read, listing))
    return listing, read if is_given else None

"""A page whose address looks like a section's, read both ways -> whether it is a story."""

import re
from collections.abc import Sequence

from corpus.model import Author, PageDate, UrlKind
from crawler.discovery.archives import is_day
from crawler.text import text_length
from crawler.values import Extraction, Listing, PageKind

MIN_PROSE = 400  # letters, as `text_length` counts; so much running text is a story, dated or not
PROSE_BY_LINK = 200  # of them for each story that a page leads to which a next page continues
PROSE_BY_STORY = 60  # of them for each story the page leads to; a list with teasers has less between its links
NEVER = 1 << 40  # letters that no page has

NO_LISTS = frozenset({PageKind.SOFT_404, PageKind.CHALLENGE, PageKind.LIVE_BLOG})  # kinds that say so of a page


def is_story(read: Extraction, listing: Listing) -> bool:
    """Whether a page whose address looks like a section's is an article.

    It must be judged an article, and be dated or signed by itself, or tell much and lead to little. A page that a
    next page continues is a list, unless it is dated or signed and either tells much beside the stories it leads to, as
    stories go on on further pages too, or what it calls its next page is the story beside it. A page whose address is a
    day has that date whatever it is: it must tell much and lead to little, and to nothing below itself.
    """
    if read.kind is not PageKind.ARTICLE:
        return False
    length = text_length(read.article.body)
    address = read.article.fetched_url or read.article.url
    if is_day(address):
        return length >= bare_prose(listing) and not _leads_below(listing, address)
    if is_bare(read.article.published, read.article.authors):
        return length >= bare_prose(listing)
    if listing.next is None or _is_neighbour(listing.next, address):
        return True
    return length >= max(MIN_PROSE, PROSE_BY_LINK * _stories(listing))


def _leads_below(listing: Listing, address: str) -> bool:
    """Whether a page leads to another below its own address, as the archive of a day does to that day's stories."""
    folder = address.partition("?")[0].rstrip("/") + "/"
    return any(item.url.startswith(folder) and item.url.rstrip("/") != folder[:-1] for item in listing.found)


def _is_neighbour(address: str, here: str) -> bool:
    """Whether an address is that of the story beside this one: its last word is another one, in the same folder."""
    (folder, name), (own_folder, own) = map(_parted, (address, here))
    return folder == own_folder and bool(name and own) and name != own


def _parted(address: str) -> tuple[str, str]:
    """Return the folder of an address, and the letters of its last word; digits number the pages of a list."""
    folder, _, name = address.partition("?")[0].rstrip("/").rpartition("/")
    return folder, re.sub(r"[\d\W_]+", "", name)


def bare_prose(listing: Listing) -> int:
    """How many letters a page tells at least that is a story beside those it leads to, and neither dated nor signed."""
    return NEVER if listing.next is not None else max(MIN_PROSE, PROSE_BY_STORY * _stories(listing))


def is_bare(published: PageDate | None, authors: Sequence[Author]) -> bool:
    """Whether nothing but its prose says that a page is a story: it is neither dated nor signed by itself."""
    return (published is None or published.origin == "sitemap") and not authors


def _stories(listing: Listing) -> int:
    return sum(item.kind is UrlKind.ARTICLE for item in listing.found)

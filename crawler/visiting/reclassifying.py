"""What a page turned out to be -> whether an address taken for a section is an article, or the reverse.

The address is weak evidence. The judgement of the page outweighs it, where a second fact agrees: the page is dated or
signed, has much text and few links to stories, or leads to stories.
"""

import re
from dataclasses import replace
from datetime import datetime, timedelta

from corpus.model import FROM_FEED, FrontierEntry, UrlKind
from corpus.texts import text
from corpus.via import LISTS_STORIES, Via
from crawler.discovery import links
from crawler.discovery.archives import is_day
from crawler.discovery.section_or_story import NO_LISTS, is_bare
from crawler.values import Extraction, Listing, PageKind
from crawler.visiting.frontier import LISTINGS

MIN_STORIES = 3  # articles that a page must lead to before it is read as a section
SETTLED = timedelta(days=7)  # after an address was first seen; until then each visit asks what the address is
LIVELY = timedelta(hours=36)  # since its last visit: a list without news is not asked again so soon

_LISTS = frozenset({PageKind.LISTING, PageKind.EMPTY})
_PAGES = frozenset({UrlKind.ARTICLE, UrlKind.SECTION})
_SHOWN = frozenset({UrlKind.HOME, UrlKind.SECTION})
_BY_PERSON = frozenset({Via.CONFIG, Via.GIVEN})
_FRAMES = re.compile(rb"<frame\s[^<>]{0,1000}?\bsrc\s*=", re.IGNORECASE)
TEASERS = text("its text is the teasers of other stories, and it is neither dated nor signed")
ABOUT_SITE = text("a page about the site by its address, neither dated nor signed")
BY_LINK = frozenset({Via.HOME, Via.SECTION, Via.NEXT_PAGE, Via.ARCHIVE})  # nobody but a link says that it is a story


def may_turn(entry: FrontierEntry, at: datetime) -> bool:
    """Whether a URL was taken for a section by its address alone: no config, feed or sitemap says that it is one.

    To find out, its page is read a second time, as an article's would be. A list that has brought new addresses for
    longer than a week is read so on one day of seven only; a list without news at each visit, of which it has few.
    """
    if not is_by_address(entry):
        return False
    age = at - entry.first_seen
    is_lively = entry.checked is not None and at - entry.checked < LIVELY
    return age < SETTLED or not is_lively or age.days % SETTLED.days == 0


def leads_nowhere(entry: FrontierEntry, listing: Listing, address: str) -> bool:
    """Whether a front page or section leads to so few stories that something else may stand there, such as a wall.

    Sections that config names are asked so, too: a person knows what an address is, and not what it answers tonight.
    """
    may_be_shut = is_by_address(entry) or entry.kind is UrlKind.HOME or entry.via == Via.CONFIG
    return entry.kind in _SHOWN and may_be_shut and not is_section(listing, address)


def is_by_address(entry: FrontierEntry) -> bool:
    """Whether a URL was taken for a section by its look and a link alone, so that its page may be a story.

    So may the archive of a year, where its number may be the page's own, and that of a day, on which one story may be.
    """
    if entry.kind is not UrlKind.SECTION:
        return False
    may_be_own = entry.via == Via.ARCHIVE and (links.may_be_number(entry.url) or is_day(entry.url))
    return may_be_own or entry.via in {Via.HOME, Via.SECTION}


def is_list(entry: FrontierEntry, at: datetime) -> bool:
    """Whether a URL is a list's: a list was read there, or somebody says so; the look of the URL is not enough."""
    return entry.kind in LISTINGS and not (entry.checked is None and may_turn(entry, at))


def is_no_list(entry: FrontierEntry, read: Extraction, listing: Listing, address: str) -> bool:
    """Whether a page says that nothing is here, asks for something, or is live, where a list should be.

    It is said, also where a list was read before; the address stays a list's, and is asked again. A front page, and a
    section that config names, may be live and lists all the same.
    """
    kinds = NO_LISTS if is_by_address(entry) else NO_LISTS - {PageKind.LIVE_BLOG}
    return read.kind in kinds and not is_section(listing, address)


def may_be_teasers(entry: FrontierEntry, read: Extraction) -> bool:
    """Whether the text of a page may be teasers of other stories, as a section's is that has few of them.

    A feed names stories alone, and a person knows what an address holds.
    """
    if read.kind is not PageKind.ARTICLE or entry.via in LISTS_STORIES | _BY_PERSON or not _is_bare(read):
        return False
    return read.article.facts.get("body") != FROM_FEED


def may_list(entry: FrontierEntry, read: Extraction) -> bool:
    """Whether a page whose link looked like an article's may be a list of articles: no article was ever read there."""
    return read.kind in _LISTS and entry.via in BY_LINK and entry.changed is None


def may_list_by_sitemap(entry: FrontierEntry, read: Extraction) -> bool:
    """Whether a page that a sitemap names may be a list to follow, as where scripts alone lead from page to page.

    A sitemap names the pages of a site's tags as well: only one that leads to stories nobody else names is followed.
    """
    return read.kind is PageKind.LISTING and entry.via == Via.SITEMAP and entry.changed is None


def is_frameset(read: Extraction, listing: Listing, content: bytes) -> bool:
    """Whether a page shows nothing itself but others in frames, one of which may be the story that it stands for."""
    return read.kind is PageKind.EMPTY and bool(listing.found) and _FRAMES.search(content) is not None


def is_section(listing: Listing, address: str, *, below: bool = False) -> bool:
    """Whether a page leads to as many articles as a list of them does, or to as many pages in the folder that it is.

    An issue of a magazine, /issue/12, has its stories below itself: nothing but their place says what they are.
    `below`: only these count, as on a page that shows nothing but links, which are a menu's elsewhere.
    """
    folder = address.partition("?")[0].partition("#")[0].rstrip("/") + "/"
    return (
        sum(
            (item.kind is UrlKind.ARTICLE and not below) or (item.kind in _PAGES and item.url.startswith(folder))
            for item in listing.found
        )
        >= MIN_STORIES
    )


def judged(entry: FrontierEntry, read: Extraction) -> Extraction:
    """The reading of a page, no article when nothing but its prose says so.

    A sitemap names every page of a site, its privacy policy and its imprint too. Where the address is that of such a
    page, the page must be dated or signed to be a story. A feed names nothing but stories.
    """
    if read.kind is not PageKind.ARTICLE or entry.via in LISTS_STORIES or not links.serves_reader(entry.url):
        return read
    if not _is_bare(read):
        return read
    return replace(read, kind=PageKind.LISTING, reason=ABOUT_SITE)


def _is_bare(read: Extraction) -> bool:
    return is_bare(read.article.published, read.article.authors)

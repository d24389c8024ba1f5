"""How an address was found: in which list, on which kind of page, by which answer of a site, or by a person."""

from enum import StrEnum


class Via(StrEnum):
    """How an address was found; the words are stored and public: a word that was ever written keeps its spelling."""

    # a list that the site writes for machines
    FEED = "feed"
    SITEMAP = "sitemap"
    NEWS_SITEMAP = "news-sitemap"
    SITEMAP_INDEX = "sitemap-index"
    ROBOTS = "robots"
    # a link on a page
    HOME = "home"
    SECTION = "section"
    ARCHIVE = "archive"  # the address of a dated archive, linked on any page
    NEXT_PAGE = "next-page"  # the page on which a list goes on
    ALTERNATE = "alternate"  # a feed that the head of a page names
    LINK = "link"  # a feed that a page links to
    # a usual place of a feed or sitemap, which nothing names
    WELL_KNOWN = "well-known"
    # a person
    CONFIG = "config"
    GIVEN = "given"  # the address of a site that is looked at before it is a source
    HAND = "hand"  # an address that a person asks for after all
    # what came of another address
    REDIRECT = "redirect"
    CANONICAL = "canonical"  # the address that a page names as its own
    SAME_PAGE = "same-page"  # another address of the same text
    PART = "part"  # a further page of a story


# Nothing but stories is listed there: what is named is one, even if its address looks like a section's.
LISTS_STORIES = frozenset({Via.FEED, Via.NEWS_SITEMAP})

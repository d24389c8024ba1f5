"""A page that stands in its own menu -> whether it is plainly a list: nothing but links and the cards of stories.

Such a page is not read as an article. Two facts must agree: its address stands in a menu of the site's sections, and
all that it prints beside links stands in cards, each with a link to a story. Whatever speaks for a story, a wall or a
live blog leaves it to the reading: data that names an article, words of a wall, a field that asks.
"""

from collections.abc import Iterable, Mapping
from itertools import accumulate, islice

from lxml import etree

from corpus import urls
from corpus.model import Hints, UrlKind
from crawler.body.setting.addresses import base_of
from crawler.discovery.section_or_story import MIN_PROSE
from crawler.extraction.kind_evidence import KindEvidence, fields_asking
from crawler.extraction.kinds import live
from crawler.extraction.walls import may_have_wall
from crawler.markup.blocks import Blocks, Cut
from crawler.markup.jsonld import types_of
from crawler.markup.jsonld_values import read_nodes
from crawler.markup.marked import index_of, nearest
from crawler.markup.tree import Gathered, gathered
from crawler.text import text_length
from crawler.values import Listing, Page

OTHERS = 2  # sections in the menu beside the page's own, none of them above it: a trail of crumbs has those
ABOVE = 3  # elements around a link of which one may be the menu, or the card
OF_PAGE = 5  # links to the page itself that are looked at
IN_LINKS = 0.8  # of a menu's characters; of a block's
CARD = MIN_PROSE  # letters of a card, with its headline; as many are a story
# Letters beside links and cards: of 152 labelled stories and pages that stand in their own menu each has 725 or more.
BESIDE = 200

_OF_STORY = ("article", "posting", "report", "review", "itempage")  # what types of data about a story end with
_SAID = ("article:", "og:article:", "date", "dc.date", "parsely-", "author")  # and what names of meta tags begin with


def is_plain_list(page: Page, tree: etree._Element, listing: Listing, cut: Cut) -> bool:
    """Whether a page, of which the links were read, is plainly a list of stories; `cut` gives its blocks."""
    stories = {item.url for item in listing.found if item.kind is UrlKind.ARTICLE}
    if not stories or page.hints != Hints():
        return False
    parts = gathered(tree)
    start = base_of(parts.of("base"), page.address)
    links = _led_to(parts.of("a"), start)
    sections = {item.url for item in listing.found if item.kind is UrlKind.SECTION}
    if not _is_in_menu(page.address, links, sections) or _may_be_story(parts):
        return False
    blocks = cut()
    if blocks.cut or _beside(blocks, [element for element, url in links.items() if url in stories]) >= BESIDE:
        return False
    titles = (each.text for each in parts.of("title"))
    evidence = KindEvidence(url=page.address, titles=tuple(title for title in titles if title))
    return not (live(blocks, evidence) or fields_asking(tree) or may_have_wall(blocks, (), evidence))


def _led_to(linking: Iterable[etree._Element], start: str) -> dict[etree._Element, str]:
    hrefs = {element: href for element in linking if (href := element.get("href")) and href[0] != "#"}
    joined = urls.join_all(start, hrefs.values())
    return {element: url for element, url in zip(hrefs, joined, strict=True) if url is not None}


def _is_in_menu(address: str, links: Mapping[etree._Element, str], sections: set[str]) -> bool:
    """Whether a link to the page stands in a list of links with others to sections, none of them above it."""
    own = urls.canonical(address)
    others = {url for url in sections if urls.canonical(url) != own and not address.startswith(url)}
    if len(others) < OTHERS:
        return False
    here = (element for element, url in links.items() if url == address or urls.canonical(url) == own)
    return any(_is_menu(above, links, others) for element in islice(here, OF_PAGE) for above in _around(element))


def _around(element: etree._Element) -> Iterable[etree._Element]:
    for _ in range(ABOVE):
        above = element.getparent()
        if above is None or above.tag == "body":
            return
        element = above
        yield element


def _is_menu(element: etree._Element, links: Mapping[etree._Element, str], others: set[str]) -> bool:
    within = [*element.iter("a")]
    if len(others.intersection(links.get(link, "") for link in within)) < OTHERS:
        return False
    linked = sum(len(text.strip()) for link in within for text in link.itertext())
    return linked >= IN_LINKS * sum(len(text.strip()) for text in element.itertext())


def _may_be_story(parts: Gathered) -> bool:
    """Whether the data of a page names a story, one of those that it lists or its own, or a day or an author."""
    if any(kind.endswith(_OF_STORY) for node, _, _ in read_nodes(parts) for kind in types_of(node)):
        return True
    if any((each.get("itemtype") or "").strip("/").lower().endswith(_OF_STORY) for each in parts.having("itemtype")):
        return True
    return any(
        (tag.get("property") or tag.get("name") or "").lower().startswith(_SAID)
        or (tag.get("content") or "").lower() == "article"
        for tag in parts.of("meta")
    )


def _beside(blocks: Blocks, leading: Iterable[etree._Element]) -> int:
    """How many letters stand neither in links, nor in the cards of stories, nor at the foot; `leading`: to stories."""
    index = index_of(blocks)
    letters = [text_length(text) for text in blocks.texts]
    up_to = [0, *accumulate(letters)]
    cards: set[int] = set()
    for link in leading:
        at = nearest(link, index)
        for _ in range(ABOVE):
            if at is None or at < 0 or at in cards or up_to[blocks.end[at]] - up_to[blocks.first[at]] >= CARD:
                break
            cards.add(at)
            at = blocks.parents[at]
    within = {n for at in (*cards, *blocks.elements("footer")) for n in range(blocks.first[at], blocks.end[at])}
    return sum(
        letters[n]
        for n, text in enumerate(blocks.texts)
        if n not in within and blocks.link_chars[n] < IN_LINKS * len(text)
    )

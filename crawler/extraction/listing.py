"""A page's linked headings and what stands between them -> whether it lists pages; a round-up with prose does not.

A page that is neither dated nor signed is no story either when its main part is cards, a player or a price.
"""

from collections import Counter
from itertools import compress
from urllib.parse import urlsplit

from lxml import etree

from corpus.texts import text
from crawler.extraction.kind_evidence import KindEvidence
from crawler.extraction.page_features import prices_in
from crawler.markup.blocks import Blocks
from crawler.markup.tags import HEADINGS, MENUS
from crawler.text import is_label, text_length, total_length

MIN_ENTRIES = 5  # linked headings; stories link to fewer in the middle of their text
GROUP_ENTRIES = 3  # of them on a page whose data or address says that it is an author's or a tag's
ENTRY = 400  # letters of text between two linked headings; below it they are teasers
ROUND_UP = 120  # letters under each heading of a dated article that presents other pages in its own words
STRETCH = 600  # letters of text without a linked heading; a story has more somewhere
STUB = 1_200  # letters; a collection that shows more than this in one piece is read as a story
ITEMS_STUB = 4_000  # letters; teasers without headings may all be taken for the story
EVENT = 400  # letters; a page of an event or a film that tells more is a story about it
PLAYED = 200  # letters beside a player; a story that may be heard or seen as well tells more
NAME = (32, 4)  # letters and words of a heading that names a subject or a person; a headline has more
PRICE_LINE = 60  # characters
BEFORE = 2  # blocks before a story's first one in which its first linked heading may stand
MORE = 8  # characters beside the link of a teaser: a date, a line
MORE_LINKED = 0.5  # of a teaser's first block, which may have a date
MANY_LINKS = 12  # links as long as headlines, on a page with next to no text
LINK = (15, 200)  # letters of a link that may be a headline
LINKED = 0.8  # of a block's text
_ITEMS = frozenset({"li", "article", "dd", "tr"})
_PARTS = frozenset({"body", "main", "article", "section"})  # which hold more than a price


def listing(blocks: Blocks, chosen: tuple[int, ...], evidence: KindEvidence) -> str | None:
    """Return what shows that a page lists other pages; None when it is none."""
    parts = urlsplit(evidence.url)
    if parts.path.strip("/") == "" and not parts.query:
        return text("the front page of its site")
    body = total_length([blocks.texts[n] for n in chosen])
    entries = _entries(blocks)
    return (
        _teasers(blocks, chosen, entries, body, evidence)
        or _group(entries, body, evidence)
        or _items(blocks, chosen, body, evidence)
        or _bare(blocks, chosen, body, evidence)
        or _links(blocks, chosen, evidence)
    )


def never_from(blocks: Blocks, chosen: tuple[int, ...], evidence: KindEvidence) -> int:
    """Return from how many letters of text on a page is still no list when its story loses some of the chosen blocks.

    It must be no list with all of them, and have a day, in its data, printed or in its address.
    """
    among = sum(chosen[0] - BEFORE <= n <= chosen[-1] for n in _entries(blocks)) if chosen else 0
    is_group = (evidence.is_group or evidence.is_profile) and not evidence.is_article
    return max(STUB, ENTRY * among if among >= MIN_ENTRIES else 0, ITEMS_STUB if is_group else 0)


def _entries(blocks: Blocks) -> list[int]:
    is_heading = map(HEADINGS.__contains__, map(blocks.tags.__getitem__, blocks.owners))
    return [n for n in compress(range(len(blocks)), is_heading) if _is_linked(blocks, n)]


def _teasers(
    blocks: Blocks, chosen: tuple[int, ...], entries: list[int], body: int, evidence: KindEvidence
) -> str | None:
    if not chosen:
        return None
    among = [n for n in entries if chosen[0] - BEFORE <= n <= chosen[-1] and _leads_within(blocks, n, evidence.url)]
    if len(among) < MIN_ENTRIES or body >= ENTRY * len(among):
        return None
    if evidence.is_article and not evidence.is_listing and body >= ROUND_UP * len(among):
        return None
    if _longest_stretch(blocks, chosen, among) >= STRETCH:
        return None
    return text("{n:,} linked headings with {letters:,} letters each", n=len(among), letters=body // len(among))


def _group(entries: list[int], body: int, evidence: KindEvidence) -> str | None:
    if evidence.is_listing and (len(entries) >= MIN_ENTRIES or body < STUB):
        return text("says it is a collection of pages")
    if evidence.is_article or body >= STUB:
        return None
    if evidence.is_profile and len(entries) >= GROUP_ENTRIES:
        return text("says it is about a person, with {n:,} linked headings", n=len(entries))
    if evidence.is_group and len(entries) >= GROUP_ENTRIES and not evidence.is_article:
        return text("the address of an author or a tag, with {n:,} linked headings", n=len(entries))
    if evidence.is_product and not evidence.is_dated:
        return text("says it is about a product")
    if evidence.is_event and body < EVENT:
        return text("says it is about an event, a recording or a job, and shows {n:,} letters", n=body)
    return None


def _items(blocks: Blocks, chosen: tuple[int, ...], body: int, evidence: KindEvidence) -> str | None:
    """What shows that an author's or a tag's page lists teasers without headings; a bare list of links is none."""
    if not (evidence.is_group or evidence.is_profile) or evidence.is_article or body >= ITEMS_STUB:
        return None
    items = {at for n in range(len(blocks)) if (at := _item(blocks, n)) >= 0}
    within: set[int] = set()
    teasers = 0
    for at in items:
        first, end = blocks.first[at], blocks.end[at]
        if sum(map(text_length, blocks.texts[first:end])) < ENTRY:  # a longer one is a story of its own
            within.update(range(first, end))
            links, size = sum(blocks.link_chars[first:end]), sum(map(len, blocks.texts[first:end]))
            teasers += LINK[0] <= links <= LINK[1] and size - links >= MORE and _begins_linked(blocks, first)
    prose = sum(text_length(blocks.texts[n]) for n in chosen if n not in within)
    if teasers < GROUP_ENTRIES or prose >= ENTRY:
        return None
    return text("the page of an author or a tag, with {n:,} linked teasers", n=teasers)


def _bare(blocks: Blocks, chosen: tuple[int, ...], body: int, evidence: KindEvidence) -> str | None:
    """What shows that a page which is neither dated nor signed is no story: the cards, the player or the price that it
    has where its heading and its text stand."""
    if not evidence.is_bare or evidence.is_article or not chosen or (home := _home(blocks, chosen[0])) is None:
        return None
    heading, at = home
    if (evidence.is_group or evidence.is_profile) and _is_name(blocks, heading):
        cards = _cards(blocks, heading, at, evidence.url)
        if cards >= MIN_ENTRIES and body < ENTRY * cards:
            return text("introduces {n:,} cards of a subject or a person, neither dated nor signed", n=cards)
    if body < PLAYED and any(map(_is_player, blocks.nodes[at].iter("audio", "video"))):
        return text("a player and {n:,} letters, neither dated nor signed", n=body)
    if body < EVENT and any(_is_sold(blocks, n) for n in range(blocks.first[at], blocks.end[at])):
        return text("a price with a button and {n:,} letters, neither dated nor signed", n=body)
    return None


def _home(blocks: Blocks, first: int) -> tuple[int, int] | None:
    """The page's main heading before the first block of its text, and the innermost element that holds both."""
    heading = next((at for at in reversed(blocks.elements("h1")) if blocks.first[at] <= first), None)
    if heading is None or blocks.end[heading] == blocks.first[heading]:
        return None
    at = blocks.parents[heading]
    while at > 0 and blocks.end[at] <= first:
        at = blocks.parents[at]
    return (heading, at) if at > 0 else None  # the whole page has what stands around a story as well


def _is_name(blocks: Blocks, heading: int) -> bool:
    shown = " ".join(blocks.texts[blocks.first[heading] : blocks.end[heading]])
    return text_length(shown) <= NAME[0] and len(shown.split()) <= NAME[1]


def _cards(blocks: Blocks, heading: int, home: int, url: str) -> int:
    """Count the elements of one tag and parent after a heading that hold a link to a page of the site and some words.

    Their parent is the element that holds the heading and the text, or stands right in it.
    """
    found: Counter[tuple[int, str]] = Counter()
    for at in range(heading + 1, len(blocks.tags)):
        parent = blocks.parents[at]
        if parent != home and (parent < 0 or blocks.parents[parent] != home or blocks.tags[parent] in MENUS):
            continue
        own = range(blocks.first[at], blocks.end[at])
        if sum(text_length(blocks.texts[n]) for n in own) < ENTRY:
            line = next((n for n in own if _is_linked(blocks, n)), None)
            words = sum(len(blocks.texts[n]) - blocks.link_chars[n] for n in own)
            found[parent, blocks.tags[at]] += line is not None and words >= MORE and _leads_within(blocks, line, url)
    return max(found.values(), default=0)


def _is_player(element: etree._Element) -> bool:
    """Whether readers start it: what plays by itself without a sound is an ornament."""
    return element.get("autoplay") is None or element.get("muted") is None


def _is_sold(blocks: Blocks, n: int) -> bool:
    """Whether a block is a price with a button in its element, or in the one around it."""
    if len(blocks.texts[n]) >= PRICE_LINE or not prices_in(blocks.texts[n]):
        return False
    owner = blocks.owners[n]
    around = blocks.parents[owner]
    at = around if around > 0 and blocks.tags[around] not in _PARTS else owner
    return any(
        button.tag == "button" or (button.get("type") or "").lower() in {"submit", "button", "image"}
        for button in blocks.nodes[at].iter("button", "input")
    )


def _item(blocks: Blocks, n: int) -> int:
    """The item of a list that a block stands in; -1 when it stands in none."""
    at = blocks.owners[n]
    while at >= 0 and blocks.tags[at] not in _ITEMS:
        at = blocks.parents[at]
    return at


def _begins_linked(blocks: Blocks, n: int) -> bool:
    """Whether most of a block is a link as long as a headline; a date may stand beside it."""
    return blocks.link_chars[n] >= max(LINK[0], MORE_LINKED * len(blocks.texts[n]))


def _links(blocks: Blocks, chosen: tuple[int, ...], evidence: KindEvidence) -> str | None:
    """What shows that a page is links, though the story may seem to be made of them."""
    if evidence.is_dated or evidence.is_day_in_address:
        return None
    said = [blocks.texts[n] for n in chosen if not _is_linked(blocks, n)]
    prose = sum(text_length(line) for line in said if not is_label(line))
    if prose >= ENTRY:
        return None
    links = sum(_is_linked(blocks, n) for n in range(len(blocks)))
    if links < MANY_LINKS:
        return None
    return text("{n:,} links as long as headlines, {letters:,} letters of prose", n=links, letters=prose)


def _leads_within(blocks: Blocks, n: int, url: str) -> bool:
    """Whether a linked heading leads to the same site: a shop's, or a list of tools, leads elsewhere."""
    heading = blocks.nodes[blocks.owners[n]]
    link = heading.find(".//a[@href]")
    if link is None:
        link = next(heading.iterancestors("a"), None)
    try:
        target = urlsplit(link.get("href", "")[:2_000]).hostname if link is not None else None
    except ValueError:  # such as an unclosed bracket in the host
        return False
    return target is None or target.removeprefix("www.") == (urlsplit(url).hostname or "").removeprefix("www.")


def _longest_stretch(blocks: Blocks, chosen: tuple[int, ...], entries: list[int]) -> int:
    longest = here = 0
    marks = set(entries)
    for n in sorted(marks | set(chosen)):
        here = 0 if n in marks else here + text_length(blocks.texts[n])
        longest = max(longest, here)
    return longest


def _is_linked(blocks: Blocks, n: int) -> bool:
    """Whether a block is a link as long as a headline."""
    shown = blocks.texts[n]
    if blocks.link_chars[n] < LINKED * len(shown) or not LINK[0] <= text_length(shown) <= LINK[1]:
        return False
    return shown.count(" ") >= 2 or not shown.isascii()

"""Where a page prints its byline: elements marked as such, and lines that begin with "By", in reading order."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from lxml import etree

from corpus.texts import text as sentence
from crawler.bylines.alone.lines import names_alone
from crawler.bylines.leads.lines import is_led, without_lead
from crawler.bylines.printing import UNREAD, printed
from crawler.bylines.text import MAX_TEXT, read_byline
from crawler.bylines.words import AND
from crawler.markup import comments
from crawler.markup.blocks import Blocks
from crawler.markup.marked import MarkedElement, is_author_link
from crawler.text import Caseless

MAX_PLACES = 16
MAX_INNER = 8  # marked elements within one place
MAX_CHARS = 320  # a longer text is not a byline, but for a list of names
MAX_LIST = 4 * MAX_TEXT  # characters of a list of names that "By" or the like leads; its first names are read
MAX_NAME = 40  # characters of each of them
_SIGNED = 120  # characters of a line that signs at an article's foot
_UNDER, _PROSE = 4, 80  # blocks under the headline; characters of a paragraph
_ASIDE, _CLOSE_ASIDE = 120, 3  # characters of what stands beside a headline; elements around a byline
_MAX_PARTS = 1_000  # elements within a place
_BEFORE, _BEHIND, _PAST = 15, 30, 12  # blocks looked at before and after the headline, and past the body

# Names of elements that hold no byline. The names in `_CLOSE` count only for the elements right around a place.
_ELSEWHERE = Caseless(
    rf"{comments.SURE}|{comments.LIKELY}|reply|related|recommend|sidebar|(?<!post-)(?<!entry-)(?<!article-)(?<!story-)footer|teaser|(?<!node-)(?<!node--)promo|carousel|trending|popular|newsletter"
    r"|latest|read-?more"
    r"|more-?(?:from|stories|posts|articles|in)|navigation|breadcrumb|\bmenu\b|cookie|modal|\bad[-_]|advert"
    r"|testimonial|caption"
    r"|photographer|illustrator|reviewer|fact-?check"
)
_CLOSE = Caseless(r"widget|card|quote|credit|feed|next-|prev|reviewed|editor-?(?:name|box|wrap)|listing")
_FOOTER = re.compile(r"(?<!\S)(?:(?!site|page|global|main)[\w-]*[-_])?footer(?!\S)", re.I)  # of a part of the page
_FOOT_OF_ENTRY = re.compile(r"(?<!\S)(?:entry|post|article|story)-footer(?!\S)", re.I)
_OF_TAGS = re.compile(r"(?<![a-z])(?:labels|tags|categories|topics)(?!\S)", re.I)  # "byline post-labels"
_SITE = re.compile(r"site|brand|logo|home", re.I)
_CREDIT = re.compile(r"credits?", re.I)
_HAS_SIDEBAR = Caseless(r"(?:no|has|with|left|right)-?sidebar|sidebar-?(?:none|no|left|right|layout)")
_BIO = Caseless(r"\bbio\b|biography|author-?(?:bio|box|desc|about|profile)|about-?(?:the-)?author")
_MARKED = Caseless(r"author|byline|by-line|contributor|writer|written|autor|auteur|journalist|reporter|redact")
_OUTER = {"body", "html", "article", "main"}


@dataclass(frozen=True, slots=True)
class Place:
    """A place that may hold the byline.

    Attributes:
        text: The printed text; a line break where elements meet.
        rule: The rule that found the place.
        at: The block that the place begins with or stands in.
        trust: 3: marked as the author; 2: a link to an author's page, or a "By" line; 1: a box about the author.
        within: The elements within the place that are marked themselves, in order; only these are believed when the
            whole text gives no name ("12 min read", the name, a button).
    """

    text: str
    rule: str
    at: int
    trust: int
    within: tuple[etree._Element, ...] = ()


def byline_places(
    blocks: Blocks, marked: Sequence[MarkedElement], *, start: int, prose: int, last: int, language: str | None
) -> tuple[Place, ...]:
    """Return the places that may hold the byline, in reading order, without places within other places.

    Args:
        marked: The elements marked as bylines.
        start: The block of the headline.
        prose: The first block of the body after the headline.
        last: The last block of the body.
        language: Of the page.
    """
    # The first line of a story may have been taken for its first paragraph.
    long = max(prose, next((n for n in range(start + 1, prose + _UNDER) if _is_long(blocks, n)), prose))
    chosen: list[MarkedElement] = []
    taken: set[etree._Element] = set()
    near = [
        mark for mark in marked if start - _BEFORE <= mark.at <= start + _BEHIND or last - 3 <= mark.at <= last + _PAST
    ]
    far = [mark for mark in marked if _MARKED.search(mark.naming)]
    left = 0
    for number, mark in enumerate(map(_labelled, (*near, *far))):
        if len(chosen) >= MAX_PLACES and number >= len(near):
            break
        if (
            mark.element in taken
            or any(above in taken for above in _above(mark.element))
            or not _may_stand(mark.element, mark.naming, heads=start < mark.at < long)
            or not _has_size(mark.element)
        ):
            continue
        taken.add(mark.element)
        if len(chosen) < MAX_PLACES:
            chosen.append(mark)
        else:
            left += 1
    places = [
        Place(text, *_rule(mark, left), within=_inner(mark, marked))
        for mark in chosen
        if (text := printed(mark.element))
    ]
    places += _lines(blocks, language, start=start, prose=prose, last=last)
    places += _bare_names(blocks, start=start, prose=prose, last=last, language=language)
    return tuple(sorted(places, key=lambda place: (place.at, -place.trust)))


def _labelled(mark: MarkedElement) -> MarkedElement:
    """Return what a marked heading labels: `<section aria-labelledby="byline"><h2 id="byline">`; the mark elsewhere."""
    around, name = mark.element.getparent(), mark.element.get("id")
    if around is None or not name or around.get("aria-labelledby") != name:
        return mark
    return replace(mark, element=around)


def _names_somebody(text: str, language: str | None) -> bool:
    """Whether a short line names somebody: "By providing my address I agree" does not."""
    return len(text) <= _SIGNED and bool(read_byline(text, language=language).authors)


def _is_long(blocks: Blocks, n: int) -> bool:
    return n < len(blocks) and len(blocks.texts[n]) >= _PROSE


def _inner(outer: MarkedElement, marked: Sequence[MarkedElement]) -> tuple[etree._Element, ...]:
    """Return the elements within an element that name an author by themselves: a link, a property."""
    found = []
    for mark in marked:
        says = mark.link or mark.element.get("itemprop") or "author" in (mark.element.get("rel") or "")
        if says and outer.at - 1 <= mark.at <= outer.at + 3 and outer.element in _above(mark.element):
            found.append(mark.element)
    return tuple(filter(_has_size, found))[:MAX_INNER]


def _above(element: etree._Element) -> list[etree._Element]:
    return list(element.iterancestors())[:12]


def _has_size(element: etree._Element) -> bool:
    """Whether an element's text is neither too long nor too short for a byline."""
    size = 0
    for count, part in enumerate(element.iter()):
        if part.tag not in UNREAD and part.text:
            size += len(part.text.strip())
        if part is not element and part.tail:
            size += len(part.tail.strip())
        if size > MAX_LIST or count > _MAX_PARTS:
            return False
    return 2 <= size <= MAX_CHARS or (size > MAX_CHARS and _lists_names(printed(element)))


def _lists_names(text: str) -> bool:
    """Whether a text is "By" or the like and then names alone: between its commas no part is longer than one is."""
    names, led = without_lead(text, None)
    return led and all(len(part) <= MAX_NAME for one in names.split(",") for part in AND.split(one))


@lru_cache(maxsize=1_024)  # a page has few names, each around many elements
def _speaks_against(name: str, *, heads: bool) -> tuple[bool, bool, bool]:
    """Return whether an element so named holds no byline, whether its nearest parts hold none, and none but authors.

    Args:
        heads: As of `_may_stand`; "credit" there is no picture's when an author is marked in it.
    """
    if heads:
        name = _FOOTER.sub("", name)
    if len(name.strip()) < 3 or _HAS_SIDEBAR.is_in(name):
        return False, False, False
    return _ELSEWHERE.is_in(name), _CLOSE.is_in(name), heads and _CREDIT.fullmatch(name.strip()) is not None


def _may_stand(element: etree._Element, naming: str, *, heads: bool = False, at_foot: bool = False) -> bool:
    """Whether no element here or around it is a comment, a teaser, a footer ...

    Args:
        naming: The element's own class, id and role.
        heads: The element stands between headline and story, where a <footer> holds what is said of the story.
        at_foot: It begins with a word such as "By" and stands after the story.
    """
    if _OF_TAGS.search(naming) or (element.tag == "a" and element.get("href") == "/" and _SITE.search(naming)):
        return False  # what a story is about, and whose site it is on
    if _ELSEWHERE.is_in(naming) and (
        not re.match(r"\S*(?:author|byline)", naming, re.I) or comments.holds_comments(naming)
    ):
        return False
    for depth, above in enumerate(element.iterancestors()):
        if above.tag in {"body", "html"} or depth > 14:
            return True
        if above.tag == "footer" and (heads or _is_of_article(above, naming, at_foot=at_foot)):
            continue  # the foot of a headline, or of an article, says who wrote it
        if above.tag == "aside" and depth < _CLOSE_ASIDE and _speaks_of_the_story(above):
            continue
        if above.tag in {"aside", "footer", "nav", "figcaption", "blockquote"}:
            return above.tag in {"aside", "footer"} and depth < 3 and "uthor" in (above.get("class") or "")
        if above.tag not in _OUTER and _is_elsewhere(above, naming, near=depth < 3, heads=heads):
            return False
    return True


def _is_of_article(footer: etree._Element, naming: str, *, at_foot: bool) -> bool:
    """Whether a foot is an article's: it stands in one, or is named so, and holds what is marked as its author."""
    if at_foot:
        return any(True for _ in footer.iterancestors("article"))
    return _MARKED.search(naming) is not None and _FOOT_OF_ENTRY.search(footer.get("class") or "") is not None


def _speaks_of_the_story(aside: etree._Element) -> bool:
    """Whether what stands beside a story is no longer than who wrote it and when, and leads to nobody else's page."""
    said: list[str] = []
    size = 0
    for part in map(str, aside.itertext()):  # a column of teasers is read no further than a byline is long
        said.append(part)
        size += len(part.strip())
        if size > _ASIDE:
            return False
    links = (link.get("href") or "" for link in aside.iter("a"))
    return len(" ".join("".join(said).split())) <= _ASIDE and all(map(is_author_link, links))


def _is_elsewhere(above: etree._Element, naming: str, *, near: bool, heads: bool) -> bool:
    """Whether the names of an element say that what stands in it belongs to something other than the story."""
    if comments.is_marked(above):
        return True
    name = f"{above.get('class') or ''} {above.get('id') or ''}"[:300]
    elsewhere, close, but_authors = _speaks_against(name, heads=heads)
    if elsewhere or not (near and close):
        return elsewhere
    if heads and _MARKED.search(naming) and (but_authors or _MARKED.search(name)):
        return False
    return next(above.iter("h1"), None) is None  # what holds the headline is no box beside a story


def _rule(mark: MarkedElement, left: int) -> tuple[str, int, int]:
    """Return a marked element's rule, block and trust; `left` elements beside it are not read, and the rule says so."""
    rule, trust = _marked_by(mark)
    if left:
        rule += f" ({sentence('{most} of {n:,} names were read', most=MAX_PLACES, n=MAX_PLACES + left)})"
    return rule, mark.at, trust


def _marked_by(mark: MarkedElement) -> tuple[str, int]:
    prop = mark.element.get("itemprop")
    shown = " ".join(mark.naming.split())[:40]
    if prop:
        return f"itemprop {prop}", 3
    if _BIO.search(mark.naming):
        return f"class {shown}", 1
    if "author" in (mark.element.get("rel") or ""):
        return "rel=author", 3
    if _MARKED.search(mark.naming):
        return f"class {shown}", 3
    return sentence("link to an author") if mark.link else sentence("element {name}", name=mark.element.tag), 2


def _bare_names(blocks: Blocks, *, start: int, prose: int, last: int, language: str | None) -> list[Place]:
    """Return the lines that are nothing but names, and stand alone where an author signs."""
    return [
        Place(line.text, line.rule, line.at, 2)
        for line in names_alone(blocks, start=start, prose=prose, last=last, language=language)
        if _may_stand(blocks.nodes[owner := blocks.owners[line.at]], blocks.names[owner], heads=start < line.at < prose)
    ]


def _lines(blocks: Blocks, language: str | None, *, start: int, prose: int, last: int) -> list[Place]:
    """Return the short blocks near the headline, or at the body's end, that begin with a word such as "By".

    That word says more than their own element's class ("social-comments", "latest-by"); those around it count, and
    after the story a class of comments does, too: "Posted by" signs each of them.
    """
    found: list[Place] = []
    texts, owners = blocks.texts, blocks.owners
    near = [*range(max(0, start - _BEFORE), start + _BEHIND), *range(max(start + _BEHIND, last - 3), last + _PAST)]
    for n in near:
        if n >= len(texts) or len(texts[n]) > 200 or blocks.hidden[owners[n]]:
            continue
        if blocks.tags[owners[n]] == "figcaption":
            continue
        text = texts[n]
        if not is_led(text, language) or (n > last and comments.holds_comments(blocks.names[owners[n]])):
            continue
        if len(found) < MAX_PLACES and _may_stand(
            blocks.nodes[blocks.owners[n]],
            "",
            heads=start < n < prose,
            at_foot=n > last and _names_somebody(text, language),
        ):
            if not without_lead(text, language)[0] and n + 1 < len(blocks.texts) and len(blocks.texts[n + 1]) < 120:
                text = f"{text}\n{blocks.texts[n + 1]}"
            found.append(Place(text, sentence("byline in the text"), n, 2))
    return found

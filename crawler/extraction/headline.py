"""The headline: the h1 that says what the page's data says, without the site's name; and the standfirst.

The printed h1 is believed before og:title, which is written for other sites, unless the two have nothing in common.
"""

import re
from collections import Counter
from functools import lru_cache
from itertools import islice
from urllib.parse import unquote, urlsplit

from lxml import etree

from corpus import urls
from corpus.characters import UNSPACED, WORD, in_latin
from corpus.patterns import deferred
from corpus.people.names import fold
from corpus.texts import text as sentence
from crawler.markup.comments import is_among_comments
from crawler.markup.metadata import Metadata
from crawler.markup.site_names import home_beside, is_front, without_site
from crawler.markup.tree import Gathered
from crawler.text import clean
from crawler.values import Candidate

MAX_HEADINGS, MAX_LINKS = 60, 3  # of a page; of a heading, one of which may say the title alone
MAX_CHARS, LEAST = 400, 15  # of a heading; of one that is like no title, or stands below others
MAX_CACHED = 1_000  # characters of a text whose words are remembered
MARKED = sentence("marked as standfirst")  # a description alone may be the first paragraph of the body
_LIKE = 0.5  # share of words that a heading must have in common with the page's title
_WORD = re.compile(f"[{WORD}]+")
# The same in ISO 8859-1, of which all else is a blank, in a fourth of the time.
_BREAKS = bytes(code if _WORD.match(chr(code)) else 32 for code in range(256))
_NAMED = re.compile(r"(?:^|\s)(?:entry|post|article|story)-(?:title|headline)(?:$|\s)")  # an h3 that is a headline
_JOINTS, _SITE_BEHIND = " \xa0:|–—-·/", r"(?:\s+[-–—|·:»]\s.*)?"
_UNSPACED = deferred(f"[{UNSPACED}]")
_BREAKING, _UNREAD = {"br", "div", "p", "li"}, {"script", "style", "svg", "noscript", "template", "button"}
_TITLES = (
    "og:title",
    "twitter:title",
    "headline",
    "dc.title",
    "parsely-title",
    "sailthru.title",
    "citation_title",
    "title",
)


def headline(
    parts: Gathered, metadata: Metadata, *, address: str = "", explain: bool = True
) -> tuple[str | None, str | None, etree._Element | None, tuple[Candidate, ...]]:
    """Return the headline, the rule that found it, its element if it is printed, and, to explain it, the candidates."""
    headings, sites = _headings(parts)
    home = home_beside(parts, metadata.title or "")
    titles = _titles(metadata, metadata.outlets | sites | ({home} if home else set()))
    if home and sum(element.tag == "h1" for _, element in headings) == 1:  # it says more than the site's name alone
        titles = [(rule, text) for rule, text in titles if fold(text) != home]
    while (best := _best(headings, titles)) is not None and is_among_comments(best[1]):  # "28 thoughts on ..."
        headings.remove(best)
    best = best or _said(parts, titles, headings)
    own = _own(headings, address) if best is None and len(titles) <= 1 else None
    if own is not None:
        element = own[1]
        found: tuple[str | None, str | None] = (
            own[0],
            sentence("{place} that leads to its own page", place=element.tag),
        )
    elif best is not None:
        text, element = _title_within(*best, titles), best[1]
        found = (
            text,
            sentence("{place} like the page's title", place=element.tag) if titles else element.tag,
        )
    else:
        element = None
        found = (titles[0][1], titles[0][0]) if titles else (None, None)
    candidates = [(f"{heading.tag}", text) for text, heading in headings[:5]] + titles[:5] if explain else []
    return (
        *found,
        element,
        tuple(
            Candidate("headline", text[:200], rule, None if text == found[0] else "less like the page's other titles")
            for rule, text in candidates
        ),
    )


def _own(headings: list[tuple[str, etree._Element]], address: str) -> tuple[str, etree._Element] | None:
    """Return the only heading that is a link to the page it stands on, on a page whose title is its site's alone."""
    page = urlsplit(address)
    path = unquote(page.path).rstrip("/")
    found = {
        text: element
        for text, element in headings
        if path
        and len(links := element.findall(".//a[@href]")) == 1
        and seen(links[0]).strip() == seen(element).strip()
        and (to := urlsplit(urls.join(address, links[0].get("href") or "") or "")).netloc == page.netloc
        and (unquote(to.path).rstrip("/"), to.query) == (path, page.query)
    }
    return next(iter(found.items())) if len(found) == 1 else None


def _title_within(text: str, heading: etree._Element, titles: list[tuple[str, str]]) -> str:
    """Return a heading's text without what stands beside its link, as its host or how many comments it has.

    Only where the link says what one of the page's titles says.
    """
    linked = (clean(seen(link)) for link in islice(heading.iter("a"), MAX_LINKS))
    said = {title.casefold() for _, title in titles}
    found = next((part for part in linked if part != text and part.casefold() in said), None)
    return found or _without_badge(text, heading, said)


def _without_badge(text: str, heading: etree._Element, said: set[str]) -> str:
    """Return a heading's text without a badge of its own, such as "Exclusive", where a title says the rest alone."""
    for part in islice(heading.iter("span", "small", "em", "i", "b", "strong", "label", "mark"), MAX_LINKS):
        badge = clean(seen(part))
        rest = (text.removeprefix(badge) if text.startswith(badge) else text.removesuffix(badge)).strip(_JOINTS)
        is_badge = badge and not any(map(str.isdigit, badge))  # the number of a year, a part or a model is none
        if is_badge and rest and rest != text and len(badge) * 2 <= len(text):
            alone = re.compile(re.escape(rest.casefold()) + _SITE_BEHIND)
            if any(map(alone.fullmatch, said)):
                return rest
    return text


def _titles(metadata: Metadata, outlets: frozenset[str]) -> list[tuple[str, str]]:
    """Return what the page's data calls it, most believed first, names of `outlets` cut off."""
    found: list[tuple[str, str | None]] = [("json-ld headline", metadata.story.headline)]
    found += [(f"meta {name}", value) for name in _TITLES if (value := metadata.value(name))]
    found.append(("title", metadata.title))
    return [(rule, text) for rule, written in found if written and (text := without_site(clean(written), outlets))]


def _headings(parts: Gathered) -> tuple[list[tuple[str, etree._Element]], frozenset[str]]:
    """Return the headings, and apart from them what the site calls itself: a heading that leads to its front page."""
    found, sites = [], set()
    for level in ("h1", "h2"):
        for element in parts.of(level)[:MAX_HEADINGS]:
            text = clean(seen(element)) or (_pictured(element) if level == "h1" else "")
            if not 2 < len(text) <= MAX_CHARS:
                continue
            if _leads_home(element):
                sites.add(fold(text))
            else:
                found.append((text, element))
    found += [
        (text, element)
        for element in parts.of("h3")[:MAX_HEADINGS]
        if (_NAMED.search(element.get("class") or "") or element.get("itemprop") == "headline")
        and 2 < len(text := clean(seen(element))) <= MAX_CHARS
    ]
    return found, frozenset(sites)


def _pictured(element: etree._Element) -> str:
    """Return what the picture of a heading without text says; one or two words may be the site's name."""
    said = clean(next((each.get("alt") or "" for each in element.iter("img")), ""))
    return said if said.count(" ") > 1 else ""


def _leads_home(element: etree._Element) -> bool:
    """Whether a heading is a link to the front page and nothing else."""
    link = element.find(".//a[@href]")
    if link is None and (above := element.getparent()) is not None and above.tag == "a":
        return is_front(above.get("href"))
    return link is not None and is_front(link.get("href")) and seen(link).strip() == seen(element).strip()


def seen(element: etree._Element) -> str:
    """Return the text of an element without its scripts, a space where its parts meet as two words do."""
    if not len(element):
        return element.text or ""
    pieces: list[str] = []
    unread = 0  # open elements whose text is not read
    closed = False  # an element ended, and no text followed it
    walker = etree.iterwalk(element, events=("start", "end"))
    for event, part in walker:
        if event == "start":
            unread += part.tag in _UNREAD
            if part.tag in _BREAKING and part is not element:
                pieces.append(" ")
            if not unread and part.text:
                pieces.append(_parted(pieces, part.text, closed=closed) if part is not element else part.text)
            closed = False if part.text else closed
            continue
        unread -= part.tag in _UNREAD
        if part is element:
            break
        if part.tag in _BREAKING:
            pieces.append(" ")
        closed = not part.tail
        if not unread and part.tail:
            pieces.append(_parted(pieces, part.tail))
    return "".join(pieces)


def _parted(pieces: list[str], text: str, *, closed: bool = False) -> str:
    """Return a text with a space before it, where another part ended a word and this one begins another.

    A letter alone is an initial ("<span>T</span>he wall"), and a small letter goes on with the word before it,
    unless one element was closed and another of several words begins.
    """
    before = pieces[-1] if pieces else " "
    meets = before[-1:].isalnum() or before[-1:] in ".:!?;,"
    if not meets or len(before.strip()) < 2 or len(text.strip()) < 2 or not text[0].isalnum():
        return text
    if (text[0].islower() and not (closed and " " in text.strip())) or _UNSPACED.search(before[-1] + text[0]):
        return text
    return f" {text}"


def _best(
    headings: list[tuple[str, etree._Element]], titles: list[tuple[str, str]]
) -> tuple[str, etree._Element] | None:
    """Return the heading most like the titles; an h1 before an h2 that is as like."""
    if not titles:
        return next((pair for pair in headings if pair[1].tag == "h1"), None)
    wanted = {title for _, title in titles[:4]}  # most pages say the same title twice or thrice
    scored = [
        (max([_alike(text, title) for title in wanted]), element.tag == "h1", -n)
        for n, (text, element) in enumerate(headings)
    ]
    likely = [score for score in scored if score[0] >= (_LIKE if score[1] else 0.8)]
    return headings[-max(likely)[2]] if likely else None


def _said(
    parts: Gathered, titles: list[tuple[str, str]], headings: list[tuple[str, etree._Element]]
) -> tuple[str, etree._Element] | None:
    """Return the only h3 that says how a title begins, where no heading is like one; else the only h1, of some length.

    Posts of a thread say the title again ("Re: The wall"): no post's h3 is the page's heading.
    """
    lower = [(clean(seen(element)), element) for element in parts.of("h3")[:MAX_HEADINGS]] if titles else []
    for text, element in lower:
        is_said = LEAST < len(text) <= MAX_CHARS and any(title.startswith(text) for _, title in titles)
        if is_said and sum(text in other for other, _ in lower) == 1 and not is_among_comments(element):
            return text, element
    ones = [pair for pair in headings if pair[1].tag == "h1"]
    return ones[0] if titles and len(ones) == 1 and len(ones[0][0]) > LEAST else None


def _alike(one: str, other: str) -> float:
    """Return the share of words that two titles have in common, 0 to 1."""
    (words, ours, low), (others, theirs, low_other) = map(_words, (one, other))
    size = len(words) + len(others)
    if not size:
        return 0.0
    is_once = len(ours) == len(words) or len(theirs) == len(others)  # each word, in one of them: mostly so
    common = len(ours & theirs) if is_once else (Counter(words) & Counter(others)).total()
    if low.startswith(low_other.rstrip("….")) or low_other.startswith(low.rstrip("….")):
        return max(0.75, 2 * common / size)
    return 2 * common / size


def _words(text: str) -> tuple[list[str], frozenset[str], str]:
    """Return the words of a text, each of them once, and its text casefolded."""
    return _short_words(text) if len(text) <= MAX_CACHED else _short_words.__wrapped__(text)


@lru_cache(maxsize=512)  # a page's titles are compared with each of its headings
def _short_words(text: str) -> tuple[list[str], frozenset[str], str]:
    folded = text.casefold()
    latin = in_latin(folded)
    found = _WORD.findall(folded) if latin is None else latin.translate(_BREAKS).decode("iso8859-1").split()
    return found, frozenset(found), folded


def standfirst(
    metadata: Metadata, *, texts: list[str], headline: str | None, marked: str | None = None
) -> tuple[str | None, str | None]:
    """Return the standfirst and its rule: the description the page prints near its headline, else the description.

    Args:
        texts: The blocks right under the headline.
        marked: The one of them whose markup says that it is the standfirst.
        headline: Which the standfirst must not repeat.
    """
    written = [
        (rule, clean(text))
        for rule, text in (
            ("json-ld description", metadata.story.description),
            ("meta og:description", metadata.value("og:description")),
            ("meta description", metadata.value("description", "twitter:description", "dc.description")),
        )
        if text
    ]
    for rule, text in written:
        if len(text) >= 20 and (not headline or _alike(text, headline) < 0.9) and not text.endswith(("[…]", "[...]")):
            shown = next((block for block in texts if _alike(block, text) > 0.8), None)
            if marked and shown in {None, marked}:
                break
            return shown or text[:1_000], rule
    return (marked, MARKED) if marked else (None, None)

"""Home or section page -> the URLs it leads to: feeds, sections, articles, and the page that continues it.

A page that goes on where no crawl can ask, behind a button, says so; what its script loads may be data in its place.
"""

import re
from collections.abc import Collection, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any, NamedTuple

from lxml import etree

from corpus import urls
from corpus.model import Discovered, LeftOut, UrlKind
from corpus.reasons import Reason
from corpus.texts import text
from corpus.via import Via
from crawler.discovery import links
from crawler.discovery.anchors import Anchor, anchors, archives_by_post, periods_beyond, values_of
from crawler.discovery.archives import is_period
from crawler.discovery.autodiscovery import MAX_FEEDS, feeds, looks_like_feed
from crawler.discovery.list_data import item_lists, list_data, only_values, read_list_data
from crawler.discovery.loaders import Loader, loader
from crawler.discovery.pagination import continuation, pages_of
from crawler.discovery.service_labels import is_label, serves
from crawler.markup.data.page_data import read_page_data
from crawler.markup.jsonld_values import read_nodes
from crawler.markup.tree import gathered, parse, parse_text
from crawler.values import Listing

MAX_SECTIONS = 150  # that one page leads to; the menu of a large site names a hundred
MIN_DATA, MAX_DATA = 200, 20  # characters of a page's value of data, and values, that may name stories
MAX_LINKS = 2000  # of a page that are looked at

_ROUTE = re.compile(r"#!?/\w|#!\w")  # of a link that a script alone follows: an address without what stands after it
_YEAR_LAST = re.compile(r"/((?:1[89]|2[01])\d\d)(?:\.\w{3,5})?/?$")  # of what may be the archive of a year
_ELSEWHERE = links.Guess(None, Reason.OUT_OF_SCOPE)
_STORY = links.Guess(UrlKind.ARTICLE)
_SECTION = links.Guess(UrlKind.SECTION)
_OF_ARCHIVES = frozenset({None, Reason.DATE_AHEAD})  # why the archive of a year is followed, or is not


def read_section(content: bytes, address: str, *, charset: str | None, kind: UrlKind, now: datetime) -> Listing:
    """Read what a home or section page leads to: feeds (a home page's only), sections, articles, its next page.

    Raises:
        ExtractError: The page's markup is beyond our limits.
    """
    data = list_data(content)
    if data is not None:
        return _read_data(data, address, now=now)
    return read_links(parse(content, charset), address, kind=kind, now=now)


def _read_data(data: Any, address: str, *, now: datetime) -> Listing:
    """Read what a list's script loads in place of a page."""
    read = read_list_data(data, address)
    trees = filter(lambda tree: tree is not None, map(parse_text, read.markup))
    pages = [read_links(tree, address, kind=UrlKind.SECTION, now=now) for tree in trees]
    whole = [from_links(read.hrefs, address, kind=UrlKind.SECTION, today=now.date()), *pages]
    found = {item.url: item for page in whole for item in page.found}
    following = read.following or next((page.next for page in pages if page.next), None)
    notes = (*read.notes, *(note for page in pages for note in page.notes))
    return Listing(tuple(found.values()), following, notes, tuple(item for page in whole for item in page.left_out))


def read_links(tree: etree._Element | None, address: str, *, kind: UrlKind, now: datetime) -> Listing:
    """Read the same of a page that was parsed; None: nothing is on it."""
    if tree is None:
        return Listing(notes=("empty",))
    base = tree.find("head/base[@href]")
    start = (urls.join(address, base.get("href", "")) if base is not None else None) or address
    values = values_of(tree)
    linking = anchors(tree, values)
    looked = _looked_at(linking, start)
    hrefs, titled, chosen, today = looked.hrefs, _titled(linking, start), _chosen(linking, start), now.date()
    linked = from_links(hrefs, address, kind=kind, today=today, titled=titled, chosen=chosen)
    has_stories = any(item.kind is UrlKind.ARTICLE for item in linked.found)
    in_data, notes = ([], ()) if has_stories else _in_data(tree, address)
    named = [*item_lists((node for node, _, _ in read_nodes(gathered(tree))), address), *in_data]
    if not set(hrefs).issuperset(named):
        hrefs = [*dict.fromkeys((*hrefs, *named))]
        linked = from_links(hrefs, address, kind=kind, today=today, titled=titled, chosen=chosen)
    offered = list(feeds(tree, linking, start, address, today=today)) if kind is UrlKind.HOME else []
    feeds_of_page = {feed.url for feed in offered}
    passed = (_left_out(url, reason, address, kind) for url, reason in looked.passed)
    others = (each for each in (*linked.left_out, *passed) if each.url not in feeds_of_page)
    further = (links.as_left_out(feed, Reason.MORE_FEEDS) for feed in offered[MAX_FEEDS:])
    if beyond := looked.beyond + periods_beyond(tree):
        notes = (*notes, text("{n:,} of its links were not looked at", n=beyond))
    following = continuation(tree, linking, values, start=start, address=address, hrefs=hrefs)
    loads = loader(tree, linking, values, start, address) if following is None else Loader()
    behind = [_left_out(loads.button, Reason.BY_BUTTON, address, kind)] if loads.button else []
    posted = {urls.join(start, action) or address for action in archives_by_post(tree)} if "method" in values else set()
    behind += [_left_out(url, Reason.BY_FORM, address, kind) for url in sorted(posted)]
    return Listing((*offered[:MAX_FEEDS], *linked.found), following or loads.next, notes, (*others, *further, *behind))


def _via(kind: UrlKind) -> Via:
    """How a link of a page is found: on a front page, or on one of another kind, which is read as a section."""
    return Via.HOME if kind is UrlKind.HOME else Via.SECTION


def _left_out(url: str, reason: str, address: str, kind: UrlKind) -> LeftOut:
    return LeftOut(url=url, reason=reason, via=_via(kind), parent=address)


def _in_data(tree: etree._Element, address: str) -> tuple[list[str], tuple[str, ...]]:
    """The stories that the scripts' data of a page names, whose links lead to none, and what was not read of it."""
    values = [*islice(read_page_data(tree, least=MIN_DATA), MAX_DATA + 1)]
    read = [read_list_data(value, address) for _, value, _ in values[:MAX_DATA]]
    notes = [note for each in read for note in each.notes]
    if len(values) > MAX_DATA:
        notes.append(only_values(MAX_DATA))
    return [href for each in read for href in each.hrefs], tuple(notes)


def _titled(linking: Sequence[Anchor], start: str) -> set[str]:
    """The links that look like archives of a year and show a headline that does not name the year.

    The number is then the page's own, as in /node/2013. A page that is a list all the same is read as one.
    """
    numbered = ((each, found[1]) for each in linking if (found := _YEAR_LAST.search(each.get("href"))))
    shown = (
        each.get("href") for each, year in numbered if year not in each.words and links.reads_as_headline(each.words)
    )
    joined = (urls.join(start, href) for href in shown)
    return {link for link in joined if link is not None and links.may_be_number(link)}


def _chosen(linking: Sequence[Anchor], start: str) -> set[str]:
    """The links that only choices of drop-down lists show, and that show no headline: a part of an archive, a year."""
    choices = [each for each in linking if each.element.tag == "option" and not links.reads_as_headline(each.words)]
    if not choices:
        return set()
    others = {each.get("href") for each in linking if each.element.tag != "option"}
    joined = (urls.join(start, href) for each in choices if (href := each.get("href")) not in others)
    return {link for link in joined if link is not None}


def from_links(
    hrefs: Sequence[str],
    address: str,
    *,
    kind: UrlKind,
    today: date,
    titled: Collection[str] = (),
    chosen: Collection[str] = (),
) -> Listing:
    """Return which of a page's links lead to articles and to sections, and what was left out, by reason.

    A dated archive is a section with `Via.ARCHIVE`. Pages that continue this one are no sections of their own.

    Args:
        titled: Those that lead to stories by what they show, though their address looks like the archive of a year.
        chosen: Those that lead to lists by where they stand, unless their address has the words of a headline.
    """
    found: dict[str, Discovered] = {}
    left_out: list[LeftOut] = []
    sections = 0
    pages, site = pages_of(address, hrefs), urls.site_of(address)
    known = {address, *hrefs}
    for href in hrefs:
        if href in found or href in pages:
            continue
        is_own = site is not None and urls.site_of(href) == site
        guessed = links.guess(href, today=today) if is_own else _ELSEWHERE
        if guessed.reason == Reason.VIEW and (plain := links.without_language(href)) not in known:
            guessed = links.guess(plain, today=today)  # no view of another page: each page names its language
        if href in titled and guessed.reason in _OF_ARCHIVES:
            guessed = _STORY
        if href in chosen and guessed == _STORY and sections < MAX_SECTIONS and not links.names_headline(href):
            guessed = _SECTION  # its page is read both ways
        reason = guessed.reason
        if guessed.kind is UrlKind.SECTION:
            sections += 1
            reason = Reason.MORE_SECTIONS if sections > MAX_SECTIONS else Reason.FEED if looks_like_feed(href) else None
        if reason is not None or guessed.kind is None:
            left_out.append(_left_out(href, reason or Reason.SHAPE, address, kind))
            continue
        form = links.shape(href)
        dated = guessed.kind is UrlKind.SECTION and is_period(form.segments, form.parameters)
        found[href] = Discovered(url=href, kind=guessed.kind, via=Via.ARCHIVE if dated else _via(kind), parent=address)
    return Listing(tuple(found.values()), None, (), tuple(left_out))


class _Looked(NamedTuple):
    """The links of a page, as far as they were looked at.

    Attributes:
        hrefs: Their addresses, once each.
        passed: The addresses that are not followed for what the page says of them, each with the reason.
        beyond: How many links were not looked at.
    """

    hrefs: list[str]
    passed: list[tuple[str, str]]
    beyond: int


def _looked_at(linking: Sequence[Anchor], start: str) -> _Looked:
    beyond = {href for each in linking if "#" in (href := each.attributes.get("href", "")) and _ROUTE.search(href)}
    found: dict[str, None] = {}
    passed: dict[str, str] = {}
    serving = set(filter(is_label, {anchor.words for anchor in linking}))
    hrefs = [each.get("src" if each.tag == "frame" else "href") for each in linking]
    joined = urls.join_all(start, hrefs)
    for place, (anchor, href, link) in enumerate(zip(linking, hrefs, joined, strict=True), 1):
        if not href or href[0] == "#" or link is None or link in found:
            continue
        if anchor.words in serving and serves(anchor):
            passed[link] = Reason.SERVICE_PAGE
            continue
        rel = anchor.attributes.get("rel")
        if rel and "nofollow" in rel.lower().split():
            passed[link] = Reason.NOFOLLOW
        elif len(found) >= MAX_LINKS:
            passed[link] = Reason.MORE_LINKS
        else:
            found[link] = None
        if len(passed) >= MAX_LINKS:
            beyond |= {href for rest in linking[place:] if (href := rest.get("href")) and href[0] != "#"}
            break
    return _Looked([*found], [(link, why) for link, why in passed.items() if link not in found], len(beyond))

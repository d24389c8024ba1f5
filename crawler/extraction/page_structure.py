"""A page's elements and links -> what repeats on it: entries of one shape, dated posts, links below its own address.

A list is made of entries that are built alike and lead to pages of one kind, often below its own address; a thread is
made of posts that are dated one by one. A story's paragraphs are alike, too, but hold one block each.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import numpy as np
from lxml import etree
from numpy.typing import NDArray

from crawler.body.model.frame import Frame
from crawler.body.rules.named import without_digits

MIN_GROUP = 3  # elements of one shape
MIN_BLOCKS = 1.5  # of an entry, on average: paragraphs and lines of one block are no entries
MOSTLY = 0.6  # of a group's elements that are linked, or dated
LINK_LINE = (8, 200)  # letters of a link that may lead to an entry's page
LINKED = 0.5  # of such a line's text
MAX_LINKS = 3_000  # different ones of a page that are looked at
MAX_LINK = 2_000  # characters
DAY_LINE = 120  # letters of a line that says when a post was written


@dataclass(frozen=True, slots=True)
class Group:
    """Elements of one shape: how many; their shares of the page's text and of what reads as its story, 0 to 1; and
    the share of their own text that is links."""

    count: int = 0
    share: float = 0.0
    of_story: float = 0.0
    linked: float = 0.0


@dataclass(frozen=True, slots=True)
class Structure:
    """What repeats on a page.

    Attributes:
        entries: The group of linked elements that holds most text.
        posts: The group of dated elements that holds most text.
        below: How many links lead to pages below the page's own address.
        below_share: Their share of the links that were looked at, 0 to 1.
        unread: How many different links past `MAX_LINKS` were not looked at.
    """

    entries: Group = Group()
    posts: Group = Group()
    below: int = 0
    below_share: float = 0.0
    unread: int = 0


def page_structure(frame: Frame, chosen: NDArray[np.bool_], tree: etree._Element, address: str) -> Structure:
    """Return what repeats on a page with at least one block.

    Args:
        chosen: Of each block, whether it reads as the story.
        tree: Of the whole page, whose links are looked at, up to `MAX_LINKS`.
    """
    size = frame.marks.size.astype(float)
    line = (frame.linked > LINKED) & (size >= LINK_LINE[0]) & (size <= LINK_LINE[1])
    measured = (size, size * chosen, size * frame.linked, line, day_lines(frame))
    sizes, ours, links, lines, days = map(_sums, measured)
    entries, posts = Group(), Group()
    for group in _groups(frame):
        starts, ends = frame.first[group], frame.end[group]
        outer = starts >= np.concatenate(([0], np.maximum.accumulate(ends)[:-1]))  # not within another of the group
        whole = float((sizes[ends] - sizes[starts])[outer].sum())
        share = whole / max(float(sizes[-1]), 1.0)
        of_story = float((ours[ends] - ours[starts])[outer].sum() / max(ours[-1], 1.0))
        found = Group(len(group), share, of_story, float((links[ends] - links[starts])[outer].sum() / max(whole, 1.0)))
        if share > entries.share and (lines[ends] > lines[starts]).mean() > MOSTLY:
            entries = found
        if share > posts.share and (days[ends] > days[starts]).mean() > MOSTLY:
            posts = found
    hrefs = _hrefs(tree)
    found_links = {*_links(hrefs[:MAX_LINKS], tree, address)}
    below = _below(found_links, address)
    return Structure(entries, posts, below, below / max(len(found_links), 1), max(len(hrefs) - MAX_LINKS, 0))


def day_lines(frame: Frame) -> NDArray[np.bool_]:
    """Return of each block whether it is a line that says when something was written, as "3 March, 14:05" does.

    A word of time alone is none: "Read more", "Last words" and "What may happen" have such words.
    """
    columns = frame.marks.columns
    return (columns["w_time"] > 0) & (columns["digits"] > 0) & (frame.marks.size < DAY_LINE)


def _groups(frame: Frame) -> list[list[int]]:
    """Return the elements of each shape: of one tag and name, whatever its numbers; nameless ones of one parent."""
    blocks = frame.blocks
    groups: dict[tuple[str, str | int], list[int]] = defaultdict(list)
    for n, tag in enumerate(blocks.tags):
        if blocks.end[n] > blocks.first[n]:
            name = blocks.names[n]
            groups[tag, without_digits(name) if name else blocks.parents[n]].append(n)
    return [
        group
        for group in groups.values()
        if len(group) >= MIN_GROUP and sum(blocks.end[n] - blocks.first[n] for n in group) >= MIN_BLOCKS * len(group)
    ]


def _hrefs(tree: etree._Element) -> list[str]:
    """Return the different addresses that a page links to, as they are written, without fragments, sorted."""
    hrefs = {href.partition("#")[0].strip() for a in tree.iter("a", "area") if (href := a.get("href"))}
    return sorted(href for href in hrefs if 0 < len(href) <= MAX_LINK)


def _links(hrefs: list[str], tree: etree._Element, address: str) -> Iterator[str]:
    """Give those that are http addresses, absolute."""
    base = tree.find("head/base[@href]")
    start = (_joined(address, base.get("href", "")) if base is not None else None) or address
    parts = urlsplit(start)
    site = f"{parts.scheme}://{parts.netloc}" if parts.scheme in {"http", "https"} and parts.netloc else None
    for href in hrefs:
        if _WHOLE.fullmatch(href):
            yield href
        elif site and _OF_SITE.fullmatch(href):
            yield site + href
        elif link := _joined(start, href):
            yield link


# Addresses that are joined as they stand: no step up, no part that is empty, no character that is left out.
_QUERY = r"(?:\?[\w./%~+,@=&-]+)?"
_WHOLE = re.compile(rf"https?://[\w.-]+(?::\d+)?(?:/[\w./%~+,@-]*)?{_QUERY}", re.ASCII)
_OF_SITE = re.compile(rf"/(?:[\w%~+,@-][\w.%~+,@-]*(?:/[\w%~+,@-][\w.%~+,@-]*)*/?)?{_QUERY}", re.ASCII)


def _joined(base: str, href: str) -> str | None:
    try:
        link = urljoin(base, href)
    except ValueError:  # such as an unclosed bracket in the host
        return None
    return link if link.startswith(("http://", "https://")) else None


def _below(links: Collection[str], address: str) -> int:
    """Return how many links lead below an address; none below the front page of a site, where every page stands."""
    parts = urlsplit(address)
    host, path = (parts.hostname or "").removeprefix("www."), parts.path.rstrip("/").lower()
    start = f"{host}{path}/"
    return sum(_plain(link).startswith(start) for link in links) if path else 0


def _plain(link: str) -> str:
    """Return the host and the path of a link, without www, query and a slash at the end, in lower case."""
    return link.partition("://")[2].partition("?")[0].lower().removeprefix("www.").rstrip("/")


def _sums(values: NDArray[np.generic]) -> NDArray[np.float64]:
    return np.concatenate(([0.0], np.cumsum(values, dtype=float)))

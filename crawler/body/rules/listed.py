"""A story's blocks -> those that are items of a list of other pages after the story: siblings, each wholly a link.

Two facts make such a list: all its items are links to pages of the site, each to another; and half of them stand in
the folder of the page itself, or are for the judge of blocks no part of the story. The length of one says nothing. A
list that a line of the story announces with a colon is the story's.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate
from urllib.parse import SplitResult, urlsplit

from corpus import urls
from crawler.body.rules.story import PROSE, Story
from crawler.markup.tags import HEADINGS
from crawler.text import ends_sentence

ITEMS = 3  # of a list
LINES = 2  # an item: its link and its day; what has more beside its links is no list of links
HALF = 0.5  # of the items, of which the second fact must hold
WHOLLY = 0.6  # of an item that is a link; a day stands beside some

_DIGITS = re.compile(r"\d+")
_COLONS = (":", "：")


def listed(story: Story) -> Sequence[int]:
    """Items of lists of links after the last prose."""
    last = next((n for n in reversed(story.chosen) if _is_prose(story, n)), len(story.blocks))
    behind = [n for n in story.linking if n > last and _is_linked(story, n)]
    if not story.blocks.nodes or not story.cues.address or not behind:
        return ()
    lists = _Lists(story, last)
    own = folder(urlsplit(story.cues.address))
    found: set[int] = set()
    seen: set[int] = set()
    for n in behind:
        run: list[int] = lists.around(n) if n not in seen else []
        seen.update(run)
        pages = pages_of(story, run) if len(run) >= ITEMS and not _is_announced(story, run[0]) else ()
        refused = sum(story.verdict.chances[m] < story.verdict.limit for m in run)
        beside = sum(folder(page) == own for page in pages)
        lines = range(run[0], run[-1] + 1) if run else ()  # with the days between the items
        if pages and max(refused, beside) >= HALF * len(run) and len(lines) <= LINES * len(run):
            found.update(lines)
    dropped = frozenset(found.intersection(story.chosen))
    return sorted(dropped) if story.enough_without(dropped) else ()


def _is_linked(story: Story, n: int) -> bool:
    return story.linked(n) >= WHOLLY


def _is_prose(story: Story, n: int) -> bool:
    return not _is_linked(story, n) and (story.length(n) >= PROSE or ends_sentence(story.text(n)))


def _is_announced(story: Story, n: int) -> bool:
    """Whether the story's line before a block leads to it with a colon; a heading heads a list of any kind.

    There is a line: the list stands after the last prose.
    """
    before = story.chosen[bisect_left(story.chosen, n) - 1]
    return story.text(before).endswith(_COLONS) and story.blocks.tag(before) not in HEADINGS


class _Lists:
    """The runs of siblings with a link each, after the block `last`."""

    def __init__(self, story: Story, last: int) -> None:
        blocks = self.blocks = story.blocks
        self.last = last
        self.links = [0, *accumulate(_is_linked(story, n) for n in range(len(blocks)))]
        self.prose = [0, *accumulate(_is_prose(story, n) for n in range(len(blocks)))]
        self.children: dict[int, list[int]] = {}
        self.runs: dict[tuple[int, str], dict[int, list[int]]] = {}  # by what they stand in and their tag, and block
        for at, parent in enumerate(blocks.parents):
            if blocks.first[at] > last:
                self.children.setdefault(parent, []).append(at)

    def around(self, n: int) -> list[int]:
        """The linked blocks of the siblings around a block: elements alike, side by side, of one link and no prose."""
        blocks = self.blocks
        item = blocks.owners[n]
        while self._is_item(blocks.parents[item]):
            item = blocks.parents[item]
        alike = blocks.parents[item], blocks.tags[item]
        if alike not in self.runs:
            self.runs[alike] = {m: run for run in self._runs(*alike) for m in run}
        return self.runs[alike].get(n, [n])

    def _runs(self, parent: int, tag: str) -> Iterator[list[int]]:
        """Give the linked blocks of each run of items among the elements of one tag within another element."""
        blocks = self.blocks
        run: list[int] = []
        for at in self.children.get(parent, ()):
            if blocks.tags[at] != tag:
                continue
            if self._is_item(at):
                run += [m for m in range(blocks.first[at], blocks.end[at]) if self.links[m + 1] > self.links[m]]
            else:
                yield run
                run = []
        yield run

    def _is_item(self, at: int) -> bool:
        first, end = self.blocks.first[at], self.blocks.end[at]
        return first > self.last and self.links[end] - self.links[first] == 1 and self.prose[end] == self.prose[first]


def pages_of(story: Story, run: Sequence[int]) -> list[SplitResult]:
    """The addresses that the items of a run lead to; none when two lead to one, or one to another site or nowhere."""
    pages = [page for n in run if (page := page_of(story, _href(story, n))) is not None]
    return pages if len({(page.path, page.query) for page in pages}) == len(run) else []


def page_of(story: Story, href: str) -> SplitResult | None:
    """The address of another page of the story's site that a link leads to; None when it leads to none."""
    own = urlsplit(story.cues.address)
    page = urlsplit(urls.join(story.cues.address, href) or "") if own.netloc and href else own
    return page if page.netloc == own.netloc and (page.path, page.query) != (own.path, own.query) else None


def _href(story: Story, n: int) -> str:
    node = story.blocks.nodes[story.blocks.owners[n]]
    link = node if node.tag == "a" else next(node.iter("a"), None)
    if link is None:  # a card is a link around its headline
        link = next(node.iterancestors("a"), None)
    return (link.get("href") or "").strip() if link is not None else ""


def folder(page: SplitResult) -> tuple[str, ...]:
    """The folder of an address, without its numbers: those of the day or the story."""
    return tuple(_DIGITS.sub("0", part) for part in page.path.rstrip("/").split("/")[:-1])

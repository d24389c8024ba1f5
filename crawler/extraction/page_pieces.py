"""A page's blocks -> how linked lines cut its text, and how many entries of it have a link and a day each.

A list leads to other pages every few lines, so that no piece of its text is as long as a story. Its entries begin with
lines of one shape, and often each has the day of the page that it leads to. Nothing here depends on how the markup
nests, so that lists without an element for each entry are seen as well.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate, chain, islice, pairwise
from operator import mul

import numpy as np
from lxml import etree
from numpy.typing import NDArray

from crawler.body.model.frame import Frame
from crawler.body.rules.named import without_digits
from crawler.extraction.page_structure import day_lines
from crawler.markup.tags import HEADINGS

LINKED = 0.5  # of a line's text
LINE = (6, 200)  # letters of a line that leads to another page, or begins an entry
AROUND = 2  # blocks before and after the story in which its first and last entry may have their line
MIN_LINES = 5  # linked ones; a story has fewer, or longer pieces between them
PIECE, HALF = 650, 0.5  # letters, and share of the text; a story has a piece that is longer, or most of it
MANY, MOST = 8, 0.2  # linked lines, and the share of the text that the longest piece between two of them has
MIN_ENTRIES = 6
MAX_LINKS = 8  # of an element, that are looked at for an address
MOSTLY = 0.8  # of the entries that must have a link; of the story that must stand in them
MOSTLY_DATED = 0.6  # of the entries; some say their day in words that are not known

_NOWHERE = ("#", "javascript:")


@dataclass(frozen=True, slots=True)
class Pieces:
    """How linked lines cut a text.

    Attributes:
        lines: The linked lines within it.
        longest: Letters of the longest piece of it between two of them.
        share: Of the whole text, that piece's, 0 to 1.
        dated: Entries that hold most of it and have a link and a day each; 0 when it is not made of such.
    """

    lines: int = 0
    longest: int = 0
    share: float = 1.0
    dated: int = 0

    @property
    def are_short(self) -> bool:
        """Whether no piece is as long as a story, nor most of the text: a short story may stand before a list."""
        return self.lines >= MIN_LINES and self.longest < PIECE and self.share < HALF

    @property
    def are_many(self) -> bool:
        """Whether no piece holds much of the text."""
        return self.lines >= MANY and self.share < MOST


def page_pieces(frame: Frame, chosen: NDArray[np.bool_]) -> Pieces:
    """Return how the text of a page is cut; with fewer than `MIN_LINES` linked lines it is not.

    Args:
        chosen: Of each block, whether it reads as the story; at least one must.
    """
    at = np.flatnonzero(chosen)
    first, end = max(int(at[0]) - AROUND, 0), min(int(at[-1]) + 1 + AROUND, frame.count)
    size, shares, owners = frame.marks.size.tolist(), frame.linked.tolist(), frame.blocks.owners
    linked = [n for n in range(first, end) if shares[n] > LINKED and size[n] >= LINE[0]]
    if len(linked) >= MIN_LINES:
        leads = {owner: _leads(frame.blocks.nodes[owner]) for owner in {owners[n] for n in linked}}
        linked = [n for n in linked if leads[owners[n]]]
    if len(linked) < MIN_LINES:
        return Pieces(len(linked))
    ours = _sums(map(mul, size, chosen.tolist()))
    longest = max(ours[after] - ours[before] for before, after in pairwise((first, *linked, end)))
    dated = _dated(frame, linked, ours, first, end)
    return Pieces(len(linked), longest, longest / max(ours[-1], 1), dated)


def _leads(element: etree._Element) -> bool:
    """Return whether a link of an element has an address: some that are drawn as links have none, or lead nowhere."""
    links = islice(chain(element.iter("a"), element.iterancestors("a")), MAX_LINKS)
    hrefs = ((link.get("href") or "").strip().lower() for link in links)
    return any(href and not href.startswith(_NOWHERE) for href in hrefs)


def _dated(frame: Frame, linked: list[int], ours: list[int], first: int, end: int) -> int:
    """Return how many entries, begun by lines of one shape, hold most of the story and have a link and a day each."""
    blocks, lengths, is_line = frame.blocks, frame.marks.size.tolist(), frozenset(linked)
    shapes: dict[tuple[str, str], list[int]] = defaultdict(list)
    for n in range(first, end):
        owner = blocks.owners[n]
        if lengths[n] <= LINE[1] and (n in is_line or blocks.tags[owner] in HEADINGS):
            shapes[blocks.tags[owner], without_digits(blocks.names[owner])].append(n)
    likely = [begins for begins in shapes.values() if len(begins) >= MIN_ENTRIES]
    if not likely:
        return 0
    lines, days = _sums(map(is_line.__contains__, range(frame.count))), _sums(day_lines(frame).tolist())
    most = 0
    for begins in likely:
        if len(begins) <= most:
            continue
        last = begins[-1] + max(after - before for before, after in pairwise(begins))  # it ends as the others do
        reach = [*pairwise((*begins, min(last, end)))]
        if (
            sum(ours[after] - ours[before] for before, after in reach) >= MOSTLY * ours[-1]
            and sum(lines[after] > lines[before] for before, after in reach) / len(reach) >= MOSTLY
            and sum(days[after] > days[before] for before, after in reach) / len(reach) >= MOSTLY_DATED
        ):
            most = len(begins)
    return most


def _sums(values: Iterable[int]) -> list[int]:
    """Return the sums of the values before each, and of all."""
    return [0, *accumulate(values)]

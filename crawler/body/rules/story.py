"""The blocks judged to be a story, with the questions that the cleaning rules ask about them."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, reduce
from itertools import chain, compress
from operator import or_

from crawler.body.classify import Verdict
from crawler.body.rules.named import Boxes
from crawler.markup.blocks import Blocks
from crawler.markup.tags import BIT
from crawler.text import ends_sentence

PROSE = 80  # letters; the first chosen block of this size with a full stop is where the story begins
MIN_LEFT = 0.5  # of the text must stay when a rule relies on names that may be wrong
LINE = 250  # letters of a line that may be no paragraph: an offer of the paper's letter, a note of the house
HEADLINE = 15  # letters of a line that may be the linked headline of another story
LINKED = 0.8  # of such a line

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Cues:
    """What is known of the story besides its blocks: headline, standfirst, byline and authors, as printed.

    `dated` are its lines that say nothing but when it came out or changed; `address` is its page's. `may_be_commented`:
    an element of its page may be a comment by its microdata.
    """

    headline: str = ""
    byline: str = ""
    authors: tuple[str, ...] = ()
    standfirst: str = ""
    dated: frozenset[str] = frozenset()
    address: str = ""
    may_be_commented: bool = True


@dataclass(frozen=True)  # without slots, so that what few rules need is made when the first of them does
class Story:
    """A page's blocks, which of them are the story so far, and what is known of it besides.

    Attributes:
        lengths: Of each block, as `text_length` measures it.
        boxes: Of each element that a chosen block stands in, the boxes it is or stands in.
        places: Of each chosen block, the element it stands in.
        boxed: The chosen blocks that stand in any boxes, each with those it stands in.
        kinds: Of all these boxes.
        linking: The chosen blocks with links.
    """

    blocks: Blocks
    verdict: Verdict
    cues: Cues
    lengths: tuple[int, ...]
    boxes: dict[int, Boxes]
    places: tuple[int, ...] = field(init=False)
    boxed: tuple[tuple[int, Boxes], ...] = field(init=False)
    kinds: frozenset[str] = field(init=False)
    linking: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        chosen = self.chosen
        places = tuple(map(self.blocks.owners.__getitem__, chosen))
        boxed = tuple((n, boxes) for n, boxes in zip(chosen, map(self.boxes.__getitem__, places), strict=True) if boxes)
        object.__setattr__(self, "places", places)
        object.__setattr__(self, "boxed", boxed)
        object.__setattr__(self, "kinds", frozenset(chain.from_iterable(boxes for _, boxes in boxed)))
        linking = compress(chosen, map(self.blocks.link_chars.__getitem__, chosen))
        object.__setattr__(self, "linking", tuple(linking))

    @cached_property
    def around(self) -> int:
        """The bits of all that its blocks stand in (`Blocks.within`)."""
        return reduce(or_, map(self.blocks.within.__getitem__, self.places), 0)

    @cached_property
    def said(self) -> str:
        """Its texts, a line each: what is not in it is in none of them."""
        return "\n".join(map(self.blocks.texts.__getitem__, self.chosen))

    @cached_property
    def short_lines(self) -> tuple[int, ...]:
        """Its blocks that are no long paragraphs, but may be set beside them."""
        return tuple([n for n in self.chosen if self.lengths[n] < LINE])

    @cached_property
    def headlines(self) -> tuple[int, ...]:
        """The lines from its first to its last that may be the linked headlines of other stories, chosen or not."""
        between = range(self.chosen[0], self.chosen[-1] + 1) if self.chosen else ()
        links = self.blocks.link_chars
        return tuple(n for n in between if links[n] and self.is_headline(n))

    @cached_property
    def linked_elsewhere(self) -> frozenset[str]:
        """What the links say that stand alone in a block which is none of it."""
        blocks, chosen = self.blocks, frozenset(self.chosen)
        return frozenset(
            text
            for n, text in enumerate(blocks.texts)
            if n not in chosen and blocks.links[n] == 1 and blocks.link_chars[n] >= len(text)
        )

    @property
    def chosen(self) -> tuple[int, ...]:
        return self.verdict.chosen

    def text(self, n: int) -> str:
        return self.blocks.texts[n]

    def length(self, n: int) -> int:
        return self.lengths[n]

    def box(self, n: int, kind: str) -> int | None:
        """The outermost element around a block that is named so (crawler/body/rules/named.py)."""
        return self.boxes[self.blocks.owners[n]].get(kind)

    def size(self, numbers: Iterable[int]) -> int:
        """Return the length of some blocks together."""
        return sum(map(self.lengths.__getitem__, numbers))

    def linked(self, n: int) -> float:
        """The share of a block's characters that are links."""
        chars = self.blocks.link_chars[n]  # none in most blocks
        return chars / max(len(self.blocks.texts[n]), 1) if chars else 0.0

    def is_headline(self, n: int) -> bool:
        """Whether a line may be the linked headline of another story."""
        return self.linked(n) >= LINKED and self.length(n) >= HEADLINE

    def stands_in(self, n: int, tag: str) -> bool:
        return bool(self.blocks.within[self.blocks.owners[n]] & BIT[tag])

    def outermost(self, n: int, tag: str) -> int | None:
        """The outermost element of that tag which a block stands in."""
        found, at = None, self.blocks.owners[n] if self.stands_in(n, tag) else -1
        while at >= 0:
            if self.blocks.tags[at] == tag:
                found = at
            at = self.blocks.parents[at]
        return found

    def inside(self, element: int) -> list[int]:
        """The chosen blocks that stand in an element."""
        return self.between(self.blocks.first[element], self.blocks.end[element])

    def between(self, first: int, end: int) -> list[int]:
        """The chosen blocks from one to before another."""
        return list(self.chosen[bisect_left(self.chosen, first) : bisect_left(self.chosen, end)])

    def before(self, block: int) -> tuple[int, ...]:
        """The chosen blocks before a block."""
        return self.chosen[: bisect_left(self.chosen, block)]

    def lead(self) -> int:
        """The block the story begins with; past the last when there is no prose."""
        for n in self.chosen:
            if self.length(n) >= PROSE and ends_sentence(self.text(n)) and self.linked(n) < 0.5:
                return n
        return len(self.blocks)

    def enough_without(self, blocks: frozenset[int], share: float = MIN_LEFT) -> bool:
        """Return whether this share of the text stays when some blocks go."""
        return not blocks or self.size(n for n in self.chosen if n not in blocks) >= share * self.size(self.chosen)


def words_of(text: str) -> frozenset[str]:
    """Return the words of a text, in lower case."""
    return frozenset(_WORD.findall(text.lower()))


def alike(some: frozenset[str], others: frozenset[str]) -> float:
    """Return the share of words that two sets have in common, 0 to 1."""
    return len(some & others) / len(some | others) if some and others else 0.0

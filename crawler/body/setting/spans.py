"""Blocks, and those chosen -> the spans of their text: headings, items, quotes, tables, links, images.

The spans of an element reach from the first of its chosen blocks to the last, so that they nest as the elements do.
Nothing here changes the text, or which blocks are chosen; what is left out is counted, by its reason.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate, compress
from operator import lt, or_

from lxml import etree

from corpus.structure.budget import within_budget
from corpus.structure.checking import MAX_ADDRESS, MAX_LEVEL, MAX_SPANS
from corpus.structure.values import Span, SpanKind, ordered
from crawler.body.setting.addresses import web_address
from crawler.body.setting.bounds import MAX_LINKS, TOO_LONG, TOO_MANY_BYTES, TOO_MANY_LINKS, TOO_MANY_SPANS
from crawler.body.setting.images import image_spans
from crawler.body.setting.numbers import Numbers, integer
from crawler.body.setting.places import Places
from crawler.body.setting.tables import CELLS, Tables
from crawler.markup.blocks import Blocks
from crawler.markup.tags import BIT, HEADINGS, PREFORMATTED
from crawler.text import Caseless

MAX_HEADING = 300  # characters; more is a page that forgot to close its heading
BOX_BLOCKS = 4  # an item or quote of that many blocks and most of the text is a box around the story

_LISTS = frozenset("ul ol menu dl".split())
_BLOCKQUOTE = BIT["blockquote"]
_OF_TABLES = frozenset({"table", "tr", *CELLS})
_ITEMS = frozenset("li dt dd".split())
_TELLING = HEADINGS | _ITEMS | PREFORMATTED | _OF_TABLES | {"blockquote"}
_QUOTE_NAME = Caseless(r"pull-?quote|block-?quote|(?<![a-z])(?:quote|zitat|citation|citat|cita)(?![a-z])")
_QUOTED = re.compile(r"^[\"'“”„‟«»‹›「『《〈‘’‚]")

LeftOut = Counter[str]
NOT_READ: tuple[tuple[Span, ...] | None, dict[str, int]] = (None, {})


def structure_of(
    blocks: Blocks, placed: Sequence[tuple[int, int, str]], base: str
) -> tuple[tuple[Span, ...] | None, dict[str, int]]:
    """Return the spans of a text in their order, and what was left out: reason -> how many.

    Args:
        placed: Of each chosen block, in order: its number, where its text begins, and the text.
        base: Absolute address that the page's links are relative to.
    """
    left_out: LeftOut = Counter(blocks.left_out)
    reading = _Reading(blocks, placed, base, left_out)
    spans = [*reading.of_elements(), *reading.links(), *image_spans(blocks, placed, base, left_out)]
    whole = ordered(spans)
    if len(whole) > MAX_SPANS:  # the first of them are as good as any: outer spans stand before inner ones
        left_out[TOO_MANY_SPANS] += len(whole) - MAX_SPANS
        whole = whole[:MAX_SPANS]
    whole, gone = within_budget(whole)
    left_out.update({TOO_MANY_BYTES[kind]: count for kind, count in gone.items()})
    return whole, {reason: count for reason, count in left_out.items() if count}


class _Reading:
    """The chosen blocks of one page, and where each stands in the text."""

    def __init__(self, blocks: Blocks, placed: Sequence[tuple[int, int, str]], base: str, left_out: LeftOut) -> None:
        self._blocks, self._base, self._left_out = blocks, base, left_out
        self._placed = placed
        chosen = [0] * (len(blocks) + 1)
        for n, _, _ in placed:
            chosen[n + 1] = 1
        self._before = [*accumulate(chosen)]  # of each block, how many chosen ones stand before it
        self._tables = Tables(blocks, placed, left_out)
        self._headed: set[int] = set()  # chosen blocks that are headings
        self._quoting: frozenset[str] = frozenset()  # the names of elements that may be quotations
        self._lists: dict[int, int] = {}  # what items stand in -> how many lists that is in

    def of_elements(self) -> Iterator[Span]:
        """Give the spans of elements: each reaches over the chosen blocks within it."""
        blocks, numbers, before = self._blocks, Numbers(self._blocks), self._before
        lows, highs = [[*map(before.__getitem__, places)] for places in (blocks.first, blocks.end)]
        elements = self._telling([*compress(range(len(lows)), map(lt, lows, highs))])
        if self._tables.are_data:  # an empty cell is one
            elements = sorted({*elements, *(n for n, tag in enumerate(blocks.tags) if tag in _OF_TABLES)})
        for element in elements:
            tag, low, high = blocks.tags[element], lows[element], highs[element]
            if tag in HEADINGS or "heading" in blocks.names[element]:
                yield from self._headings(element, tag)
            elif tag in _ITEMS:
                if (reach := self._reach(element)) and not self._is_box(element, "items"):
                    yield Span(SpanKind.ITEM, *reach, level=self._level(element), number=numbers.of(element))
            elif tag in PREFORMATTED:
                if reach := self._reach(element):
                    yield Span(SpanKind.PREFORMATTED, *reach)
            elif tag in _OF_TABLES:
                yield from self._tables.spans(element, tag, (low, high))
            elif (
                self._is_quote(element, tag) and (reach := self._reach(element)) and not self._is_box(element, "quotes")
            ):
                yield Span(SpanKind.QUOTE, *reach, level=self._depth(element, frozenset({"blockquote"})))

    def _telling(self, elements: Sequence[int]) -> list[int]:
        """Return those of some elements that may have a span by their tag or name, as few of them do."""
        tags = map(self._blocks.tags.__getitem__, elements)
        names = [*map(self._blocks.names.__getitem__, elements)]
        distinct = set(names)
        if _QUOTE_NAME.may_be_in("\n".join(distinct)):
            self._quoting = frozenset(filter(_QUOTE_NAME.is_in, distinct))
        telling = self._quoting.union(name for name in distinct if "heading" in name)
        return [*compress(elements, map(or_, map(_TELLING.__contains__, tags), map(telling.__contains__, names)))]

    def links(self) -> Iterator[Span]:
        """Give the links, each over its characters in the text, and the cells of rows that are one block."""
        known: dict[str, str | None] = {}
        count = 0
        for n, start, text in self._placed:
            pieces, marks = self._blocks.marked.get(n, ((), ()))
            places = Places(pieces, text) if marks else None
            if places is None:
                continue
            if self._tables.are_data:
                yield from self._tables.cells(self._blocks.owners[n], start, start + len(text), places, marks)
            for element, first, end in marks:
                if element.tag in CELLS:
                    continue
                reach = places.between(first, end)
                if not reach:
                    self._left_out["links without text"] += 1
                    continue
                if count >= MAX_LINKS:
                    self._left_out[TOO_MANY_LINKS] += 1
                    continue
                if address := self._address(element.get("href"), known):
                    count += 1
                    yield Span(SpanKind.LINK, start + reach[0], start + reach[1], address=address)

    def _address(self, href: str | None, known: dict[str, str | None]) -> str | None:
        written = (href or "").strip()
        if not written or written.startswith("#"):
            self._left_out["links to the page itself" if written else "links to nowhere"] += 1
            return None
        if len(written) > MAX_ADDRESS:
            self._left_out[TOO_LONG] += 1
            return None
        if written not in known:
            known[written] = web_address(written, self._base)
        if known[written] is None:
            self._left_out["links that are no web address"] += 1
        return known[written]

    def _reach(self, element: int) -> tuple[int, int] | None:
        """Return where the chosen blocks of an element begin and end in the text; None: it has none."""
        low, high = self._range(element)
        if low >= high:
            return None
        _, last, text = self._placed[high - 1]
        return self._placed[low][1], last + len(text)

    def _range(self, element: int) -> tuple[int, int]:
        return self._before[self._blocks.first[element]], self._before[self._blocks.end[element]]

    def _is_box(self, element: int, kind: str) -> bool:
        """Whether most of the text stands in an item or a quote: then its page uses it as a box, which is counted."""
        low, high = self._range(element)
        is_box = high - low >= BOX_BLOCKS and (high - low) * 2 > len(self._placed)
        self._left_out[f"{kind} that hold most of the text"] += is_box
        return is_box

    def _headings(self, element: int, tag: str) -> Iterator[Span]:
        level = int(tag[1]) if tag in HEADINGS else _aria_level(self._blocks.nodes[element])
        for place in range(*self._range(element)) if level else ():
            _, start, text = self._placed[place]
            if place in self._headed:
                continue  # a heading stands in a heading
            self._headed.add(place)
            if len(text) <= MAX_HEADING:
                yield Span(SpanKind.HEADING, start, start + len(text), level=min(max(level, 2), 6))
            else:
                self._left_out["headings that are paragraphs"] += 1

    def _is_quote(self, element: int, tag: str) -> bool:
        """Whether an element is a quotation: by its tag, or by its name and the quotation mark it begins with."""
        if tag == "blockquote":
            return True
        if self._blocks.names[element] not in self._quoting or self._blocks.within[element] & _BLOCKQUOTE:
            return False
        low, high = self._range(element)
        return high - low == 1 and bool(_QUOTED.match(self._placed[low][2]))

    def _level(self, element: int) -> int:
        above = self._blocks.parents[element]  # the list, which its items have in common
        if above not in self._lists:
            self._lists[above] = self._depth(above, _LISTS)
        depth = self._lists[above] + (self._blocks.tags[element] == "dd")
        return min(max(depth, 1), MAX_LEVEL)

    def _depth(self, at: int, tags: frozenset[str]) -> int:
        """Return how many elements with some tags an element is and stands in, one at least."""
        depth = 0
        while at >= 0:
            depth += self._blocks.tags[at] in tags
            at = self._blocks.parents[at]
        return min(max(depth, 1), MAX_LEVEL)


def _aria_level(node: etree._Element) -> int:
    """Return the level of an element with the role of a heading, 2 where it says none; 0: it has another role."""
    if (node.get("role") or "").strip().lower() != "heading":
        return 0
    level = integer(node.get("aria-level"))
    return 2 if level is None or level < 1 else level

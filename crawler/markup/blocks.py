"""A page's tree -> its text blocks: one pass, in reading order, each with the elements it stands in.

A block is a run of text between two block-level tags. An element owns the blocks from `first` up to `end`,
those of its descendants included: any sum over an element is the difference of two prefix sums.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from lxml import etree

from crawler.markup.compiled import cut
from crawler.markup.marks import Mark, is_mark, is_mark_in
from crawler.markup.reading import LINE, cut_at, in_lines, is_data_row, naming
from crawler.markup.tags import (
    BIT,
    BOLD,
    BREAK,
    BUTTON,
    CELLS,
    CONTAINER,
    HEADINGS,
    IMAGES,
    MENUS,
    OF_PROSE,
    OF_STORY,
    PREFORMATTED,
    ROLE,
    SKIP,
)  # fmt: skip

MAX_BLOCKS = 6_000
MAX_ELEMENTS = 40_000
MAX_DEPTH = 400
MAX_CHARS = 3_000_000
MAX_IMAGES = 3_000

_IN_LINK, _TOO_MANY = "anchors within links", f"images beyond {MAX_IMAGES} of a page"  # links, images not noted
_SKIPPED_AT_TIMES = frozenset({*MENUS, BUTTON, "a", "sup", "span", "small"})


@dataclass(frozen=True, slots=True)
class Blocks:
    """A page's blocks, and the elements they stand in; both in document order.

    Attributes:
        texts: Of each block, white space collapsed; never empty.
        owners: Of each block, the innermost block-level element it stands in.
        link_chars, links, bold_chars: Of each block: characters within links, links, characters in bold or italics.
        nodes, tags, parents, depths: Of each element; the parent of element 0 is -1.
        names: Of each element: its class, id, role and similar attributes.
        within: Of each element: bits of `TELLING`, its own tag and its ancestors'.
        hidden: Of each element: it, or one it stands in, is marked as not shown.
        first, end: Of each element: the range of blocks that stand in it.
        lines: Block -> its text in lines, where it is set so: verse; preformatted text, with its blanks.
        marked: Block -> the pieces of text it was read from, and its links and cells: element, first piece, end.
        images: The block that an image stands before or in, the element it stands in, and the image.
        left_out, cut: Why links and images were not noted, one by one; how far a page was read that was too large.
    """

    texts: list[str] = field(default_factory=list)
    owners: list[int] = field(default_factory=list)
    link_chars: list[int] = field(default_factory=list)
    links: list[int] = field(default_factory=list)
    bold_chars: list[int] = field(default_factory=list)
    nodes: list[etree._Element] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    depths: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    within: list[int] = field(default_factory=list)
    hidden: list[bool] = field(default_factory=list)
    first: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    lines: dict[int, str] = field(default_factory=dict)
    marked: dict[int, tuple[list[str], list[Mark]]] = field(default_factory=dict)
    images: list[tuple[int, int, etree._Element]] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    cut: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.texts)

    def tag(self, block: int) -> str:
        """Return the tag of the element a block stands in."""
        return self.tags[self.owners[block]]

    def elements(self, tag: str) -> list[int]:
        """Return the elements of a tag, in order."""
        found: list[int] = []
        for _ in range(self.tags.count(tag)):
            found.append(self.tags.index(tag, found[-1] + 1 if found else 0))
        return found


Cut: TypeAlias = Callable[[], Blocks]  # what gives the blocks of a page, when they are first wanted


def segment(root: etree._Element) -> Blocks:
    """Cut a page (or a part of one) into its text blocks, up to the limits above."""
    body = root if root.tag == "body" else root.find("body")
    start = root if body is None else body
    limits = (MAX_BLOCKS, MAX_ELEMENTS, MAX_CHARS, MAX_IMAGES)
    if (compiled := cut(start, (_IN_LINK, _TOO_MANY), limits)) is not None:
        return Blocks(*compiled)
    walk = _Walk()
    walk.through(start)
    return walk.blocks


class _Walk:
    """The state of one pass: open elements, and the text gathered since the last flush."""

    def __init__(self) -> None:
        self.blocks = Blocks()
        self.open: list[int] = []
        self.pieces: list[str] = []
        self.anchors = self.bolds = 0  # open ones
        self.links = self.link_chars = self.bold_chars = self.chars = 0
        self.breaks = 0  # since the last text
        self.heading: etree._Element | None = None  # the heading being read
        self.preformatted = 0  # open elements of it
        self.row: etree._Element | None = None  # the table row being read as one block
        self.marks: list[Mark] = []  # links and cells of the block being read
        self.link: tuple[etree._Element, int] | None = None  # the open link, and its first piece
        self.cell: tuple[etree._Element, int] | None = None  # the open cell of the row

    def through(self, start: etree._Element) -> None:
        walker = etree.iterwalk(start, events=("start", "end"))
        skipping = False
        texts, tags = self.blocks.texts, self.blocks.tags
        around: list[tuple[str, int]] = []  # tag and role of the open elements
        for event, element in walker:
            if event == "start":
                tag = element.tag
                role = ROLE.get(tag, CONTAINER)
                if tag == "ins" and element.get("class"):
                    role = CONTAINER  # a box, as advertisers name it; an insertion in a sentence has no class
                around.append((tag, role))
                if role == SKIP or (tag in _SKIPPED_AT_TIMES and self._is_skipped(element, tag)):
                    walker.skip_subtree()
                    skipping = True
                    for image in element.iter("img") if tag == "noscript" else ():
                        self._image(image)
                    continue
                self._start(element, tag, role)
            else:
                tag, role = around.pop()
                if skipping:  # the end of what was skipped
                    skipping = False
                else:
                    self._end(element, tag, role)
                if (tail := element.tail) and element is not start:
                    self._text(tail)
            if len(texts) >= MAX_BLOCKS or len(tags) >= MAX_ELEMENTS or self.chars >= MAX_CHARS:
                self.blocks.cut.append(cut_at(len(texts), len(tags), self.chars))
                break
        self._close()

    def _is_skipped(self, element: etree._Element, tag: str) -> bool:
        """Whether an element that may hold text is left out: a menu, or a mark for the reader's hand."""
        if tag in MENUS or tag == BUTTON:
            return next(element.iter(*(OF_STORY if tag in MENUS else OF_STORY | OF_PROSE)), None) is None
        if self.heading is None and tag != "sup" and not (tag == "a" and "#" in element.get("href", "")):
            return tag == "span" and element.get("class") is not None and is_mark(element, tag, heading=False)
        return is_mark_in(self.heading, element, tag)

    def _start(self, element: etree._Element, tag: str, role: int) -> None:
        if role == CONTAINER and self.row is None:
            self._flush()
            self._open(element, tag)
        elif role == BREAK:
            self.breaks += 1
            self._flush() if self.breaks > 1 else self.pieces.append(LINE)
        elif tag == "a":
            self.anchors += 1
            self.links += 1
            if self.link is None:
                self.link = (element, len(self.pieces))
        elif tag in BOLD:
            self.bolds += 1
        elif tag in IMAGES:
            self._image(element)
        elif tag in CELLS:
            self.cell = (element, len(self.pieces))
        if text := element.text:
            self._text(text)

    def _open(self, element: etree._Element, tag: str) -> None:
        self._push(element, tag)
        if tag == "tr" and is_data_row(element):
            self.row = element
        elif tag in HEADINGS:
            self.heading = element
        elif tag in PREFORMATTED:
            self.preformatted += 1
        elif tag in IMAGES:
            self._image(element)

    def _end(self, element: etree._Element, tag: str, role: int) -> None:
        if role == CONTAINER:
            if self.row is None or element is self.row:
                self.row = None
                self._flush()
                self.blocks.end[self.open.pop()] = len(self.blocks.texts)
                if tag in HEADINGS:
                    self.heading = None
                elif tag in PREFORMATTED:
                    self.preformatted -= 1
                return
            if self.cell is not None and self.cell[0] is element:
                self.marks.append(Mark(*self.cell, len(self.pieces)))
                self.cell = None
            if self.pieces:
                self.pieces.append(" | ")
        elif tag == "a":
            self.anchors -= 1
            if self.link is not None and self.link[0] is element:
                self.marks.append(Mark(*self.link, len(self.pieces)))
                self.link = None
            else:
                self.blocks.left_out.append(_IN_LINK)
        elif tag in BOLD:
            self.bolds -= 1

    def _text(self, text: str) -> None:
        self.pieces.append(text.replace("\n", LINE) if self.preformatted else text)
        size = len(text)
        if self.breaks and not text.isspace():
            self.breaks = 0
        if self.anchors:
            self.link_chars += size
        if self.bolds:
            self.bold_chars += size
        self.chars += size

    def _image(self, element: etree._Element) -> None:
        if len(self.blocks.images) < MAX_IMAGES:
            at = len(self.blocks.texts) + any(not each.isspace() for each in self.pieces)
            self.blocks.images.append((at, self.open[-1] if self.open else -1, element))
        else:
            self.blocks.left_out.append(_TOO_MANY)

    def _flush(self) -> None:
        pieces = self.pieces
        if self.link is not None:  # it goes on in the next block
            self.marks.append(Mark(*self.link, len(pieces)))
            self.link = (self.link[0], 0)
        if pieces:
            raw = "".join(pieces) if len(pieces) > 1 else pieces[0]
            text = " ".join(raw.split())
            self.pieces = []
            if text.endswith(" |") and not self.preformatted:
                text = text.strip("| ")
            if text and self.open:
                done = self.blocks
                lines = in_lines(raw, preformatted=bool(self.preformatted))
                if lines and lines != text:
                    done.lines[len(done.texts)] = lines
                if self.marks:
                    done.marked[len(done.texts)] = (pieces, self.marks)
                done.texts.append(text)
                done.owners.append(self.open[-1])
                done.link_chars.append(min(self.link_chars, len(text)))
                done.links.append(self.links)
                done.bold_chars.append(min(self.bold_chars, len(text)))
        self.marks = []
        self.links = 1 if self.anchors else 0
        self.link_chars = self.bold_chars = self.breaks = 0

    def _push(self, element: etree._Element, tag: str) -> None:
        done = self.blocks
        above = self.open[-1] if self.open else -1
        name, hidden = naming(element)
        self.open.append(len(done.tags))
        done.nodes.append(element)
        done.tags.append(tag)
        done.parents.append(above)
        done.depths.append(len(self.open))
        done.names.append(name)
        done.within.append((done.within[above] if above >= 0 else 0) | BIT.get(tag, 0))
        done.hidden.append(hidden or (above >= 0 and done.hidden[above]))
        done.first.append(len(done.texts))
        done.end.append(len(done.texts))

    def _close(self) -> None:
        self._flush()
        while self.open:
            self.blocks.end[self.open.pop()] = len(self.blocks.texts)

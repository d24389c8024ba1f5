"""An element, or the text of a block -> what it says of itself: names, not shown, a row of figures, lines of verse."""

import re

from lxml import etree

from corpus.texts import message
from corpus.texts import text as sentence
from crawler.markup.tags import NAMING

_MAX_NAME = 400
_CUT = message("read {n:,} blocks, {elements:,} elements, {characters:,} characters")
_MAX_CELL = 200  # characters; a longer table cell is layout, not a figure
_MAX_LINE = 80  # characters; a paragraph of shorter lines is set line by line, as verse and addresses are
_BLANK = re.compile(r"[^\S\t\u3000]")  # tabs and ideographic spaces are as wide as they are
_WIDE = re.compile(r"(\s{200})\s+")
LINE = "\u2028"  # stands for a line break of the page until a block is whole; white space to everyone else
_CELL_BLOCKS = ("p", "div", "table", "ul", "ol", "h2", "h3")


def cut_at(blocks: int, elements: int, characters: int) -> str:
    """Say how far a page was read that is too large to be read whole."""
    return sentence(_CUT, n=blocks, elements=elements, characters=characters)


def in_lines(raw: str, *, preformatted: bool) -> str:
    """Return a block's text in lines where the page sets it in lines; else an empty text."""
    return as_set(raw) if preformatted else lines_of(raw) if LINE in raw else ""


def lines_of(raw: str) -> str:
    """Return a block's text in its lines; empty when it is set in paragraphs that happen to have a break."""
    lines = [" ".join(line.split()) for line in raw.split(LINE)]
    if any(len(line) > _MAX_LINE for line in lines):
        return ""
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    return text if "\n" in text else ""


def as_set(raw: str) -> str:
    """Return preformatted text in its lines with the blanks in them, at most one line of nothing between two.

    Blanks at the end of a line go, and so do lines of nothing before and after the text; a run of blanks is cut.
    """
    lines = [_WIDE.sub(r"\1", _BLANK.sub(" ", line).rstrip()) for line in raw.split(LINE)]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def naming(element: etree._Element) -> tuple[str, bool]:
    """Return an element's names (class, id ...), and whether it is marked as not shown."""
    names: list[str] = []
    hidden = False
    for key, value in element.items():
        if not isinstance(value, str):  # never in a tree parsed from text; lxml's types allow it
            continue
        if key in NAMING:
            names.append(value)
        elif key == "style":
            hidden = hidden or "display:none" in value.replace(" ", "").lower()
        elif key == "hidden" or (key == "aria-hidden" and value == "true"):
            hidden = True
    return " ".join(names)[:_MAX_NAME], hidden


def is_data_row(row: etree._Element) -> bool:
    """Whether a table row holds figures: two short cells or more, without blocks of their own."""
    cells = [cell for cell in row if cell.tag in {"td", "th"}]
    if len(cells) < 2 or len(cells) > 60 or len(cells) != len(row):
        return False
    if next(row.iterdescendants(*_CELL_BLOCKS), None) is not None:
        return False
    return all(len(" ".join("".join(map(str, cell.itertext())).split())) <= _MAX_CELL for cell in cells)

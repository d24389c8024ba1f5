"""An element, or the text of a block -> what it says of itself: names, not shown, a row of figures, lines of verse."""

import re

from lxml import etree

_MAX_NAME = 400
_MAX_CELL = 200  # characters; a longer table cell is layout, not a figure
_MAX_LINE = 80  # characters; a paragraph of shorter lines is set line by line, as verse and addresses are
LINE = "\u2028"  # stands for a line break of the page until a block is whole; white space to everyone else
_NAMING = frozenset("class id itemprop role data-testid data-component data-type".split())
_CELL_BLOCKS = "descendant::*[self::p or self::div or self::table or self::ul or self::ol or self::h2 or self::h3][1]"


def lines_of(raw: str, *, every: bool) -> str:
    """Return a block's text in its lines; empty when it is set in paragraphs that happen to have a break.

    `every`: the page asks for every line to stay.
    """
    lines = [" ".join(line.split()) for line in raw.split(LINE)]
    if not every and any(len(line) > _MAX_LINE for line in lines):
        return ""
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    return text if "\n" in text else ""


def naming(element: etree._Element) -> tuple[str, bool]:
    """Return an element's names (class, id ...), and whether it is marked as not shown."""
    names: list[str] = []
    hidden = False
    for key, value in element.items():
        if not isinstance(value, str):  # never in a tree parsed from text; lxml's types allow it
            continue
        if key in _NAMING:
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
    if row.xpath(_CELL_BLOCKS):
        return False
    return all(len(" ".join("".join(map(str, cell.itertext())).split())) <= _MAX_CELL for cell in cells)

"""The blocks of a text -> HTML: what a page shows and what a dossier's file holds. Pictures are named, never loaded."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from urllib.parse import urlsplit

from markupsafe import Markup

from corpus.characters import safe, shortened
from corpus.structure.blocks import Block, BlockKind, Run, runs

LONGEST_NUMBER = 30  # characters of a cell
LONGEST_NAME = 120  # characters of a table's caption, as its name
LONGEST_HOST = 253  # characters, as DNS has it
LONGEST_ADDRESS = 200  # characters of a picture's address that are shown
_NUMBER = re.compile(
    r"[-+\u2212]?[^\w\s]?\d[\d.,\u00a0\u202f ]*[%\u2030]?|[-\u2212\u2013\u2014]?"
)  # of one cell, or none
_REL = "noopener noreferrer nofollow ugc"


@dataclass(frozen=True, slots=True)
class Setting:
    """How blocks are written.

    Attributes:
        body: The text that the blocks are of.
        text: Returns the characters from a place to a place as HTML, its marks in it; called in the order of the text.
        heading: Level of the text's first headings in the page.
        not_loaded: Says that a picture was not loaded.
        table: Names a table by its number from 1, for the region that scrolls.
    """

    body: str
    text: Callable[[int, int], Markup]
    heading: int
    not_loaded: str
    table: Callable[[int], str]


def html(blocks: Iterable[Block], setting: Setting) -> Iterator[Markup]:
    """Yield the HTML of each block."""
    tables = count(1)
    for block in blocks:
        yield _block(block, setting, tables)


def link_address(address: str | None) -> str | None:
    """Return an address that a link may carry, without characters that no page may get; None: it is none of the web."""
    shown = safe(address or "")
    try:
        parts = urlsplit(shown)
    except ValueError:
        return None
    return shown if parts.scheme in ("http", "https") and parts.hostname else None


def _block(block: Block, setting: Setting, tables: Iterator[int]) -> Markup:
    match block.kind:
        case BlockKind.PARAGRAPH:
            return Markup('<p dir="auto">{}</p>\n').format(_runs(block.runs, setting))
        case BlockKind.HEADING:
            level = min(block.level + setting.heading - 1, 6)
            return Markup('<h{} dir="auto">{}</h{}>\n').format(level, _runs(block.runs, setting), level)
        case BlockKind.PREFORMATTED:
            return Markup('<pre dir="auto">{}</pre>\n').format(_runs(block.runs, setting))
        case BlockKind.QUOTE:
            return Markup('<blockquote dir="auto">\n{}</blockquote>\n').format(_all(block.blocks, setting, tables))
        case BlockKind.LIST:
            return _list(block, setting, tables)
        case BlockKind.TABLE:
            return _table(block, setting, tables)
        case BlockKind.IMAGE:
            return _image(block, setting)
    return _all(block.blocks, setting, tables)


def _all(blocks: Iterable[Block], setting: Setting, tables: Iterator[int]) -> Markup:
    return Markup("").join(_block(block, setting, tables) for block in blocks)


def _short(blocks: Sequence[Block], setting: Setting, tables: Iterator[int]) -> Markup:
    """Return the content of an item or a cell; its first paragraph is a paragraph of its own if another follows."""
    paragraphs = sum(block.kind is BlockKind.PARAGRAPH for block in blocks)
    if paragraphs == 1 and blocks[0].kind is BlockKind.PARAGRAPH:
        return _runs(blocks[0].runs, setting) + _all(blocks[1:], setting, tables)
    return _all(blocks, setting, tables)


def _runs(parts: Iterable[Run], setting: Setting) -> Markup:
    return Markup("").join(
        _link(address, setting.text(run.start, run.end))
        if (address := link_address(run.address))
        else setting.text(run.start, run.end)
        for run in parts
    )


def _link(address: str, shown: Markup | str) -> Markup:
    host = shortened(urlsplit(address).hostname or "", LONGEST_HOST)
    return Markup('<a href="{}" title="{}" rel="{}">{}</a>').format(address, host, _REL, shown)


def _list(block: Block, setting: Setting, tables: Iterator[int]) -> Markup:
    name = "ul" if block.number is None else "ol"
    items, wanted = [], 1
    for item in block.blocks:
        value = Markup("")
        if item.number is not None:
            value = Markup(' value="{}"').format(item.number) if item.number != wanted else value
            wanted = item.number + 1
        items.append(Markup("<li{}>{}</li>\n").format(value, _short(item.blocks, setting, tables)))
    return Markup('<{} dir="auto">\n{}</{}>\n').format(name, Markup("").join(items), name)


def _table(block: Block, setting: Setting, tables: Iterator[int]) -> Markup:
    words = "".join(setting.body[run.start : run.end] for run in block.runs) or block.caption or ""
    words = shortened(" ".join(safe(words[: 2 * LONGEST_NAME]).split()), LONGEST_NAME)
    name = ": ".join(filter(None, (setting.table(next(tables)), words)))
    apart = "" if block.runs else Markup(" class=apart")  # from the text: no part of what is marked in it
    shown = _runs(block.runs, setting) or safe(block.caption or "")
    caption = Markup('<caption dir="auto"{}>{}</caption>\n').format(apart, shown) if shown else ""
    rows = block.blocks
    heads = next((n for n, row in enumerate(rows) if not all(cell.header for cell in row.blocks)), 0)
    numbers = _columns_of_numbers(rows[heads:], setting)
    made = [_row(row, setting, tables, numbers, is_head=n < heads) for n, row in enumerate(rows)]
    head = Markup("<thead>{}</thead>\n").format(Markup("").join(made[:heads])) if heads else ""
    return Markup(
        '<div class="wide" role="region" tabindex="0" aria-label="{}">'
        '<table dir="auto">{}{}<tbody>{}</tbody></table></div>\n'
    ).format(name, caption, head, Markup("").join(made[heads:]))


def _row(row: Block, setting: Setting, tables: Iterator[int], numbers: Sequence[bool], *, is_head: bool) -> Markup:
    cells = []
    for n, cell in enumerate(row.blocks):
        is_number = n < len(numbers) and numbers[n]
        is_named = cell.header and bool(cell.blocks)  # a header without words names nothing
        tag = Markup("th scope={}").format("col" if is_head else "row") if is_named else "td"
        shown = _short(cell.blocks, setting, tables)
        cells.append(
            Markup("<{}{}>{}</{}>\n").format(tag, " class=num" if is_number else "", shown, "th" if is_named else "td")
        )
    return Markup("<tr>{}</tr>\n").format(Markup("").join(cells))


def _columns_of_numbers(rows: Sequence[Block], setting: Setting) -> list[bool]:
    """Return for each column whether it holds numbers: only if no row has more or fewer cells than the others."""
    if len({len(row.blocks) for row in rows}) != 1:
        return []
    columns = zip(*(row.blocks for row in rows), strict=True)
    return [all(_is_number(cell, setting.body) for cell in column) for column in columns]


def _is_number(cell: Block, body: str) -> bool:
    """Whether a cell holds a number, a stroke in place of one, or nothing."""
    found = "".join(body[run.start : run.end] for run in runs(cell.blocks))
    return len(found) <= LONGEST_NUMBER and _NUMBER.fullmatch(found) is not None


def _image(block: Block, setting: Setting) -> Markup:
    caption = Markup('<figcaption dir="auto">{}</figcaption>').format(safe(block.caption)) if block.caption else ""
    address = link_address(block.address)
    shown = _link(address, shortened(address.partition("//")[2], LONGEST_ADDRESS)) if address else ""
    where = Markup(' · <bdi dir="ltr">{}</bdi>').format(shown) if shown else ""
    return Markup('<figure>{}<p class="q">{}{}</figure>\n').format(caption, setting.not_loaded, where)

"""An article -> Markdown: its text as it was set, and nothing of it read as Markdown that is none."""

import re
from collections.abc import Iterable, Sequence

from corpus.characters import safe
from corpus.iso_dates import iso_date
from corpus.model import StoredArticle
from corpus.structure.blocks import Block, BlockKind, Run
from corpus.structure.layout import layout
from corpus.structure.values import Span
from indexer.results.text_html import link_address

_SPECIAL = re.compile(r"[\\`*_{}\[\]<>#|!~$]|&(?=[#\w])")  # two prices are a formula to some readers
# What begins a block only at the beginning of a line: items, rules, headings under a line, fences, definitions.
_AT_BEGINNING = re.compile(r"^(\d{1,9})([.)])|^([-+=:])", re.M)
_TICKS = re.compile(r"`+")
_ENTITY = re.compile(r"&(?=[#\w]+;)")  # read as a character in a link's address, but not in an address alone
_ESCAPED = r"\\&"
GAP = "\n\n"
MOST_OF_LIST = 999_999_999  # the highest number of an item that CommonMark reads


def inline(words: str) -> str:
    """Return a text in one line in which nothing is read as Markdown."""
    return _SPECIAL.sub(r"\\\g<0>", " ".join(safe(words).split()))


def article_markdown(stored: StoredArticle, *, most: int | None = None) -> str:
    """Return an article as a file: headline, standfirst, who, where, when, and its text; `most` as in `markdown`."""
    article = stored.article
    names = ", ".join(who.name for who in article.authors)
    facts = " · ".join(filter(None, (names, article.source, iso_date(article.published) or "undated")))
    head = [
        f"# {inline(article.headline or stored.mark)}",
        f"*{inline(article.standfirst)}*" if article.standfirst else "",
        f"{inline(facts)}\\\n<{_address(article.url)}>\\\nPressmark {stored.mark}",
    ]
    text = markdown(article.body, article.structure, below=1, most=most)
    return "".join(f"{part}\n\n" for part in head if part) + text.rstrip("\n") + "\n"


def markdown(body: str, structure: Iterable[Span] | None, *, below: int, most: int | None = None) -> str:
    """Return a text as Markdown of CommonMark, tables as GitHub has them.

    Args:
        below: The level of the heading that the text stands under.
        most: How many of its paragraphs are written, from the first and plain; None: all, as they were set.
    """
    # A first block may be a quote or a table that holds the whole text, so a part of a text is written plain.
    blocks = layout(body, structure if most is None else None)[:most]
    return "".join(f"{each}\n\n" for each in _blocks(blocks, body, below))


def _blocks(blocks: Iterable[Block], body: str, below: int) -> list[str]:
    made: list[str] = []
    before: Block | None = None
    for block in blocks:
        if before is not None and before.kind is block.kind and block.kind in (BlockKind.LIST, BlockKind.QUOTE):
            made.append("<!-- -->")  # else two lists that follow each other are one
        made.append(_block(block, body, below))
        before = block
    return [each for each in made if each]


def _block(block: Block, body: str, below: int) -> str:
    match block.kind:
        case BlockKind.HEADING:
            return f"{'#' * min(block.level + below, 6)} {_line(block.runs, body)}"
        case BlockKind.PREFORMATTED:
            return _fenced("".join(body[run.start : run.end] for run in block.runs))
        case BlockKind.QUOTE:
            return _indented("\n\n".join(_blocks(block.blocks, body, below)), "> ", "> ")
        case BlockKind.LIST:
            return _list(block, body, below)
        case BlockKind.TABLE:
            return _table(block, body)
        case BlockKind.IMAGE:
            return _image(block)
        case _:
            return "\\\n".join(_begun(line) for line in _lines(block.runs, body))


def _begun(line: str) -> str:
    return _AT_BEGINNING.sub(lambda found: f"{found[1] or ''}\\{found[2] or found[3]}", line)


def _lines(parts: Sequence[Run], body: str) -> list[str]:
    """Return the lines of a text that the page broke, each with its links; a link's own words are in one line."""
    shown = "".join(
        _link(inline(body[run.start : run.end]), address)
        if (address := link_address(run.address))
        else "\n".join(_spaced(line) for line in body[run.start : run.end].split("\n"))
        for run in parts
    )
    return [line.strip() for line in shown.split("\n")]


def _spaced(words: str) -> str:
    """Return words in a line; a space at their beginning or end stays, for a link may stand there."""
    before, after = words[:1].isspace(), words[-1:].isspace()
    return f"{' ' * before}{inline(words)}{' ' * (after and bool(words.strip()))}"


def _line(parts: Sequence[Run], body: str) -> str:
    return " ".join(_lines(parts, body))


def _link(words: str, address: str) -> str:
    return f"[{words}](<{_ENTITY.sub(_ESCAPED, _address(address))}>)"


def _address(address: str) -> str:
    """Return an address as it may stand between angle brackets."""
    return re.sub(r"[\s<>\\|`]", lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), address)


def _fenced(text: str) -> str:
    fence = "`" * max(3, *(len(ticks) + 1 for ticks in _TICKS.findall(text)), 0)
    lines = map(safe, text.split("\n"))
    return "\n".join([fence, *lines, fence])


def _list(block: Block, body: str, below: int) -> str:
    made = []
    first = min(max(block.number or 0, 0), MOST_OF_LIST)
    for number, item in enumerate(block.blocks, first):
        marker = "* " if item.number is None else f"{min(max(item.number, 0), MOST_OF_LIST)}. "
        parts = _blocks(item.blocks, body, below)
        shown = ("\n" if all(map(_may_follow_a_line, item.blocks[1:])) else "\n\n").join(parts)
        if item.number is not None and item.number != number:  # a reader counts on from the first number of a list
            begins_a_line = item.blocks[0].kind is BlockKind.PARAGRAPH
            shown = f"\\[{item.number}\\]{' ' if begins_a_line else GAP}{shown}"
        made.append(_indented(shown, marker, " " * len(marker)))
    return "\n".join(made)


def _may_follow_a_line(block: Block) -> bool:
    """Whether no blank line is needed before a block for it not to go on with the paragraph before it."""
    return block.kind is BlockKind.LIST and block.number in (None, 1)


def _table(block: Block, body: str) -> str:
    rows = [[_cell(cell, body) for cell in row.blocks] for row in block.blocks]
    width = max(map(len, rows))
    has_head = all(cell.header for cell in block.blocks[0].blocks)
    head, rest = (rows[0], rows[1:]) if has_head else ([], rows)
    head = head + [""] * (width - len(head))  # a reader gives the other rows the cells that they lack
    caption = _emphasised(_line(block.runs, body)) or _caption(block)
    return (caption and caption + GAP) + "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * width, *rest))


def _cell(cell: Block, body: str) -> str:
    """Return a cell in one line: its blocks parted by a space, items marked, pictures by caption and address."""
    return " ".join(filter(None, (_flat(block, body) for block in cell.blocks)))


def _flat(block: Block, body: str) -> str:
    if block.kind is BlockKind.IMAGE:
        return _image(block)
    if block.kind is BlockKind.LIST:
        marks = ("•" if item.number is None else f"{item.number}." for item in block.blocks)
        return " ".join(f"{mark} {_flat(item, body)}" for mark, item in zip(marks, block.blocks, strict=True))
    return _line(block.runs, body) if block.runs else " ".join(_flat(each, body) for each in block.blocks)


def _image(block: Block) -> str:
    address = link_address(block.address)
    return " ".join(filter(None, (_caption(block), f"<{_address(address)}>" if address else "")))


def _caption(block: Block) -> str:
    return _emphasised(inline(block.caption or ""))


def _emphasised(words: str) -> str:
    return words and f"*{words}*"


def _indented(text: str, first: str, rest: str) -> str:
    lines = text.split("\n")
    return "\n".join([first + lines[0], *((rest + line).rstrip() for line in lines[1:])])

"""A text -> the articles a press database exported in it, or None when it is no such export.

A file that holds many articles and cannot be split is refused: stored as one, all but the first would be lost.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from lxml import etree

from corpus.errors import ImportFailed
from crawler.importing.databases import factiva, nexis, proquest
from crawler.importing.databases.labels import labelled
from crawler.importing.databases.lines import WORDS
from crawler.markup.tree import parse_text

MAX_ARTICLES = 20_000
MANY_LENGTHS = 2  # "LENGTH: 512 words" stands once in an article
MANY_WORDS = 3  # a line "512 words" may stand in one by chance, not three

_BLOCKS = frozenset(
    "p div h1 h2 h3 h4 h5 h6 li tr table section article br hr blockquote ul ol dl dt dd pre center".split()
)
_MAY_BE = re.compile(r"proquest|End of Document|enArticle|of \d{1,5} DOCUMENT|>HD<|Document [A-Z]{3,10}0", re.I)


@dataclass(frozen=True, slots=True)
class _Database:
    name: str
    chunks: Callable[[str], list[str]]
    record: Callable[[str], dict[str, Any]]


_DATABASES = (
    _Database("ProQuest", proquest.chunks, proquest.record),
    _Database("Factiva", factiva.chunks, factiva.record),
    _Database("LexisNexis", nexis.chunks, nexis.record),
)


def split_text(text: str) -> list[dict[str, Any]] | None:
    """Return one record an article, each with its text; None when the text is one article, or prose of any kind.

    Raises:
        ImportFailed: it holds many articles that cannot be told apart; the message says what was expected.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")
    for database in _DATABASES:
        parts = database.chunks(text)
        if not parts:
            continue
        if len(parts) > MAX_ARTICLES:
            raise ImportFailed(f"{len(parts):,} articles in one file: expected at most {MAX_ARTICLES:,}")
        records = [database.record(part) for part in parts]
        usable = sum(bool(each.get("title")) and bool(each.get("text")) for each in records)
        if not usable:
            raise ImportFailed(
                f"looks like {len(parts):,} articles exported from {database.name}, and no headline and text could be"
                " told apart in any: expected an export as full text with its fields"
            )
        return records
    _refuse_many(text)
    return None


def split_markup(text: str) -> list[dict[str, Any]] | None:
    """Return one record an article of an export in HTML; None when the page is no such export.

    Raises:
        ImportFailed: as `split_text`.
    """
    if not _MAY_BE.search(text):
        return None
    tree = parse_text(text)
    return split_text(plain_lines(tree)) if tree is not None else None


def plain_lines(tree: etree._Element) -> str:
    """Return the text of a page: a line a block, the cells of a row in one line, a blank line after a paragraph."""
    parts: list[str] = []
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag
        if tag in {"script", "style", "head"}:
            if event == "start":
                element.text = None
            elif element.tail:
                parts.append(element.tail)
            continue
        if event == "start":
            parts.append("\n" if tag in _BLOCKS else " " if tag in {"td", "th"} else "")
            parts.append(element.text or "" if tag == "pre" else _spaced(element.text or ""))
        else:
            parts.append("\n\n" if tag == "p" else "\n" if tag in _BLOCKS else "")
            tail = element.tail or ""
            parts.append(_spaced(tail))
    return re.sub(r"[ \t]*\n[ \t]*", "\n", "".join(parts))


def _spaced(text: str) -> str:
    """Return a text with each run of white space as one space, at its ends too."""
    return re.sub(r"\s+", " ", text)


def _refuse_many(text: str) -> None:
    lengths = words = 0
    for line in text.split("\n"):
        found = labelled(line) if ":" in line[:60] else None
        lengths += found is not None and found[0] == "length" and any(character.isdigit() for character in found[1])
        words += len(line) < 30 and WORDS.match(line) is not None
    if lengths >= MANY_LENGTHS or words >= MANY_WORDS:
        raise ImportFailed(
            f"looks like {max(lengths, words):,} articles of a database, which cannot be told apart: expected"
            ' an export of Nexis, Factiva or ProQuest with its closing lines, such as "End of Document"'
        )

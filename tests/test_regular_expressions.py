"""Regular expressions do the same in each Python that the program runs on."""

import ast
import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
POSSESSIVE = re.compile(r"[*+?}](?:[\"']\s*[bfr]{0,2}[\"'])?\+")  # as a module has it, in one text or over two
SINGLE = {codes.LITERAL, codes.NOT_LITERAL, codes.IN, codes.ANY, codes.CATEGORY}


def possessive_groups(pattern: Any) -> int:
    """Count the possessive repeats of more than one character in a parsed pattern, as `(?:ab)*+` is one."""
    found = 0
    for operation, values in pattern:
        if operation is codes.POSSESSIVE_REPEAT:
            item = values[2]
            found += not (len(item) == 1 and item[0][0] in SINGLE)
        for value in values if isinstance(values, tuple | list) else ():
            parts = value if isinstance(value, list) else [value]
            found += sum(possessive_groups(part) for part in parts if isinstance(part, parser.SubPattern))
    return found


def patterns(module: str) -> Iterator[str]:
    """Give the texts of a module that may be patterns, or parts of them; what is put into one stands as 99."""
    if not POSSESSIVE.search(module):
        return
    for node in ast.walk(ast.parse(module)):
        if not isinstance(node, ast.Constant | ast.JoinedStr):
            continue
        parts = node.values if isinstance(node, ast.JoinedStr) else [node]
        values = [part.value if isinstance(part, ast.Constant) else "99" for part in parts]
        text = "".join(each.decode("latin-1") if isinstance(each, bytes) else str(each) for each in values)
        if POSSESSIVE.search(text):
            yield text


def count(text: str) -> int:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return possessive_groups(parser.parse(re.sub(r"%d", "9", text)))
        except (re.error, OverflowError):
            return 0  # no pattern, or a part of one that is none by itself


@pytest.mark.parametrize("text", ["(?:ab)*+", "x(?:a|(?:bc)++)", "(?=(?:a.)?+)", "(?s:(?:.{0,%d} )*+)"])
def test_a_possessive_group_is_seen(text: str) -> None:
    assert count(text) == 1
    assert count(text.replace(")*+", ")*").replace(")++", ")+").replace(")?+", ")?")) == 0


@pytest.mark.parametrize(
    "made", ['rf"(?:{NAME})*+"', 'rf"[{LETTERS}](?:a{{0,{MOST}}}b)++"', 'rb"(?:ab)*+"', '"(?:ab)*" r"+"']
)
def test_a_possessive_group_is_seen_in_each_kind_of_text(made: str) -> None:
    assert sum(map(count, patterns(made))) == 1


def test_no_pattern_has_a_possessive_group() -> None:
    # Python before 3.11.5 reads on from a wrong place behind one that fails midway (python/cpython#106052).
    folders = ("corpus", "crawler", "indexer", "web")
    modules = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    found = {
        str(path.relative_to(ROOT)): text
        for path in modules
        for text in patterns(path.read_text("utf-8"))
        if count(text)
    }
    assert found == {}

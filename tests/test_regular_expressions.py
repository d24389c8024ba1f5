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


def patterns(path: Path) -> Iterator[str]:
    """Give the texts of a module that may be patterns, or parts of them."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        value = node.value if isinstance(node, ast.Constant) else None
        text = value.decode("latin-1") if isinstance(value, bytes) else value
        if isinstance(text, str) and re.search(r"[*+?}]\+", text):
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


def test_no_pattern_has_a_possessive_group() -> None:
    # Python before 3.11.5 reads on from a wrong place behind one that fails midway (python/cpython#106052).
    folders = ("corpus", "crawler", "indexer", "web")
    modules = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    found = {str(path.relative_to(ROOT)): text for path in modules for text in patterns(path) if count(text)}
    assert found == {}

"""A text <-> a cell of a table in which no spreadsheet finds a formula, whatever separator it splits cells at.

A program that takes another separator than the file's begins new cells within ours: there the guard stands, too.
"""

import re

GUARD = "'"
# Full-width characters count: spreadsheets in East Asian locales read them as the plain ones. The guard itself is
# guarded, so that it can be taken off again without a doubt.
_FORMULA = "['=+\\-@\uff1d\uff0b\uff0d\uff20]"
_FIRST = re.compile(rf'(?=[\t\r]|"*{_FORMULA})')
_WITHIN = re.compile(rf'([;,|\t\r\n])(?="*{_FORMULA})')
_GUARDED_FIRST = re.compile(rf'{GUARD}(?=[\t\r]|"*{_FORMULA})')
_GUARDED_WITHIN = re.compile(rf'([;,|\t\r\n]){GUARD}(?="*{_FORMULA})')


def guarded(text: str) -> str:
    """Return the text with an apostrophe before each character that could begin a formula."""
    text = _WITHIN.sub(rf"\1{GUARD}", text)
    return GUARD + text if _FIRST.match(text) else text


def unguarded(text: str) -> str:
    """Return the text that `guarded` was given."""
    if _GUARDED_FIRST.match(text):
        text = text[1:]
    return _GUARDED_WITHIN.sub(r"\1", text)

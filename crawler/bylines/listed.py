"""A list written as one text -> its parts: `['Ana Pérez', 'Li Wei']`, `["Ana Pérez", "Li Wei"]`; anything else is None.

Some systems print their list of authors into the page or the export as their language writes it.
"""

import ast
import re

MAX_CHARS = 10_000
MAX_PARTS = 500
MAX_MENDED = 2_000  # characters of a broken list that are searched for its parts

_LIST = re.compile(r"\s*[\[(]\s*(?:u?['\"]|\])", re.S)
_QUOTED = re.compile(r"""'((?:[^'\\]|\\.|'(?=\w))*)'|"((?:[^"\\]|\\.)*)\"""")


def listed(text: str) -> list[str] | None:
    """Return the texts of a list that is written as a text; None when it is none, or too long.

    A list that is cut off, or whose quotation marks were not masked ("O'Brien"), gives the parts that are whole.
    """
    if not _LIST.match(text) or len(text) > MAX_CHARS:
        return None
    try:
        value = ast.literal_eval(text.strip())
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        value = [one or other for one, other in _QUOTED.findall(text[:MAX_MENDED])]
    if not isinstance(value, list | tuple):
        return None
    return [part.strip() for part in value[:MAX_PARTS] if isinstance(part, str) and part.strip()]

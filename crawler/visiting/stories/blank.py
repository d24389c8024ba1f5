"""An answer of 200 whose page has nothing at all -> what says so: such an answer says nothing of the story.

A server that fails midway sends one, as does a cache that has stored one. A page with a script, a picture, a link or a
few words says something, if only that its story is elsewhere, and is read.
"""

import re

from corpus.reasons import Reason
from corpus.texts import text
from crawler.markup.charset import narrow

MAX_BYTES = 2_000  # a longer page is read; the frame of a page has fewer
MAX_WORDS = 8  # bytes; "OK", "null" or "error" are no page, and no sentence is so short

_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)|<[!?][^<>]*>", re.DOTALL)
_FRAME = re.compile(
    rb"</?(?:html|head|title|body|main|article|section|div|span|p|br|pre)\b[^<>]*>"
    rb"|<meta\b(?![^<>]*\brefresh\b)[^<>]*>",
    re.IGNORECASE,
)
_SPACE = re.compile(rb"\s+|&nbsp;?|&#160;|\xc2\xa0|\xef\xbb\xbf|\0")


def blank(content: bytes) -> str | None:
    """Return the reason for which a page counts as blank, None: it has something to read."""
    if len(content) > MAX_BYTES:
        return None
    words = _SPACE.sub(b"", _FRAME.sub(b"", _COMMENT.sub(b"", narrow(content))))
    if len(words) > MAX_WORDS or b"<" in words:
        return None
    return f"{Reason.BLANK}: {text('{n:,} bytes with a word at most', n=len(content))}"

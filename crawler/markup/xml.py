"""Feed or sitemap bytes -> the same without a document type, so that a parser has no entities to expand."""

import re

from corpus.errors import ExtractError
from corpus.reasons import Reason
from corpus.texts import text as sentence
from crawler.markup.charset import decode

MAX_DTD = 100_000  # bytes; a longer one has no end we would look for

_DOCTYPE = re.compile(r"<!DOCTYPE\b", re.IGNORECASE)
_ROOT = re.compile(r"<[A-Za-z_]")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>\s*")
_LONG_TAG = re.compile(r"<[A-Za-z][^<>]{20000}")  # parsers are quadratic in one tag's attributes
_BARE_AMPERSAND = re.compile(r"&(?!#?\w{1,31};)")
_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,31})|([0-9]{1,31}));")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def plain_xml(content: bytes, charset: str | None = None) -> tuple[str, bool]:
    """Return the text without declaration, document type and forbidden characters, and whether it had a document type.

    A bare ampersand, as addresses in careless feeds have it, is escaped; a reference by number to what is no character
    becomes U+FFFD. References to entities that the document
    type declared stay unresolved, so a bomb made of them is a few bytes.

    Raises:
        ExtractError: `hostile-markup`, for a tag that would hold a parser up.
    """
    text = _CONTROLS.sub("", decode(content, charset)[0]).lstrip("\ufeff \t\r\n")
    text = _DECLARATION.sub("", text, count=1)
    if _LONG_TAG.search(text):
        raise ExtractError(Reason.HOSTILE_MARKUP, sentence("a tag of over {n:,} characters", n=20_000))
    text = _REFERENCE.sub(_character, _BARE_AMPERSAND.sub("&amp;", text))
    found = _DOCTYPE.search(text[:MAX_DTD])
    root = _ROOT.search(text)
    if found is None or (root is not None and root.start() < found.start()):
        return text, False
    return text[: found.start()] + text[_end(text, found.end()) :], True


def _character(found: re.Match[str]) -> str:
    """Return a reference by number as it is, or U+FFFD where XML has no such character."""
    code = int(found[1], 16) if found[1] else int(found[2])
    if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF or _CONTROLS.match(chr(code)):
        return "\ufffd"
    return found[0]


def _end(text: str, start: int) -> int:
    """Where the document type that is open at `start` ends, quotes and an internal subset passed over."""
    quote, depth = "", 0
    for place in range(start, min(len(text), start + MAX_DTD)):
        character = text[place]
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'":
            quote = character
        elif character in "<[":
            depth += 1
        elif character == "]":
            depth -= 1
        elif character == ">":
            if depth <= 0:
                return place + 1
            depth -= 1
    return len(text)

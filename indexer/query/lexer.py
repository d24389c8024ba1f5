"""A typed query -> tokens: terms, quoted phrases, parentheses, each with its minus and field.

No text is an error: the end closes an open quote, and an unknown field is text.
"""

import re
from dataclasses import dataclass
from enum import Enum, auto
from html import unescape
from html.entities import html5
from urllib.parse import unquote

from indexer.analysis.joints import IOTATED, UKRAINIAN

MAX_CHARS = 1000  # of a query; the rest is cut

# Quotation marks, full-width characters, and what a telephone makes of them while typing. The sign of a number below
# zero is on no keyboard: it is pasted, and leaves nothing out.
_CHARACTERS = str.maketrans(
    dict.fromkeys("“”„‟«»＂〝〞〟", '"')
    | {
        "（": "(",
        "）": ")",
        "：": ":",
        "－": "-",
        "﹣": "-",
        "−": "\u2010",
        "＊": "*",
        "？": "?",
        "～": "~",
        "〜": "~",
        "｜": "|",
    }
    | {"＋": "+", "＃": "#", "…": "..", "．": "."}
    | dict.fromkeys("\u3000，、。；", " ")
    | dict.fromkeys(
        (*range(32), *range(0x7F, 0xA0), 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)), " "
    )
    | dict.fromkeys(range(0xD800, 0xE000), " ")
)

_PREFIX = re.compile(r"(?P<minus>[-–!](?![\s\-–!)]|$))?\+?(?:(?P<field>[A-Za-z_]{2,12}):(?P<blank>\s*)(?=[^\s)]))?")
# Around words, as quotation marks: close to the first and to the last of them, and no elision ('s, 't, 'n, '90s).
_APOSTROPHES = re.compile(r"(?:‘|['’](?![stndm]\s|\d0s\b))(?=\S)([^'‘’]*)(?<=\S)['’](?=[\s)]|$)", re.IGNORECASE)
_BRACKETS = re.compile(r"([\[{])\s*(\S{1,40}?)\s+TO\s+(\S{1,40}?)\s*([\]}])")  # Lucene's range; braces: without its end
_AROUND = re.compile(r"(?:AROUND|NEAR) ?\((\d{1,3})\)")  # Google's NEAR
# Of a line that was copied from a page's source.
_ENTITY = re.compile(r"&(?:([A-Za-z]{2,8};)|#\d{2,6};|#[xX][\dA-Fa-f]{2,5};)")
_ESCAPED = re.compile(r"(?:%[0-9A-Fa-f]{2})+")  # of an address
_BOOST = re.compile(r"(?<=[^\W\d_])\^\d{1,3}(?:\.\d{1,3})?$")  # Lucene's weight of a word, which finds the same
_FOR_APOSTROPHE = re.compile(f'(?<=[{UKRAINIAN}])"(?=[{IOTATED}])')  # під"їзд, where it opens no phrase
_FOR_GERSHAYIM = re.compile("(?<=[\u05d0-\u05ea])(?:''|\u2019\u2019|\u05f3\u05f3|``|\u00b4\u00b4)(?=[\u05d0-\u05ea])")
_OPENING, _APOSTROPHE = ("[", "{"), ("‘", "'", "’")  # what _BRACKETS begins with, and what _APOSTROPHES
_QUOTED = re.compile(r'"([^"]*)(?:"|$)(?:~(\d{0,4}))?')
_PLAIN = re.compile(r"[A-Za-z]+(?=\s|$)")  # a term without a mark, which needs none of the expressions above
_TERM = re.compile(r'(?:[^\s()"]|(?<=[\u05d0-\u05ea])"(?=[\u05d0-\u05ea]))+')  # ארה"ב: gershayim are no quotation mark


class Kind(Enum):
    """What a token is."""

    TERM = auto()
    PHRASE = auto()
    OPEN = auto()
    CLOSE = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """One token. `field` is one of the known fields, lower case; `slop` is that of a phrase."""

    kind: Kind
    text: str = ""
    excluded: bool = False
    field: str | None = None
    slop: int = 0
    unknown: str | None = None  # what stands before a colon as a field would, and is none

    @property
    def is_bare(self) -> bool:
        """Whether a token is a term without minus or field, such as OR."""
        return self.kind is Kind.TERM and not self.excluded and self.field is None


def clean(text: str) -> str:
    """Return the text, entities of HTML read, cut to the limit, with a typewriter's characters and without controls."""
    if "&" in text:
        text = _ENTITY.sub(lambda found: html5.get(found[1], found[0]) if found[1] else unescape(found[0]), text)
    if "%" in text:
        text = _ESCAPED.sub(_unescaped, text)
    text = text[:MAX_CHARS].translate(_CHARACTERS)
    if text.count('"') == 1:
        text = _FOR_APOSTROPHE.sub("'", text)
    return text if text.isascii() else _FOR_GERSHAYIM.sub('"', text)


def _unescaped(found: re.Match[str]) -> str:
    """The blanks, marks and letters beyond ASCII that were escaped; what would be other signs of ASCII stays: 50%50."""
    meant = unquote(found[0])
    return found[0] if "\ufffd" in meant or any(one.isascii() and one.isalnum() for one in meant) else meant


def tokens(text: str, fields: frozenset[str]) -> list[Token]:
    """Split a typed query; `fields` are the names that may stand before a colon."""
    text = clean(text)
    found: list[Token] = []
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
        else:
            token, at = _token(text, at, fields)
            found.append(token)
    return found


def _token(text: str, at: int, fields: frozenset[str]) -> tuple[Token, int]:
    if text[at] == ")":
        return Token(Kind.CLOSE), at + 1
    if around := _AROUND.match(text, at):
        return Token(Kind.TERM, f"NEAR/{around[1]}"), around.end()
    if plain := _PLAIN.match(text, at):
        return Token(Kind.TERM, plain[0]), plain.end()
    prefix = _PREFIX.match(text, at)
    assert prefix is not None  # every part of it may be absent
    excluded, field, begin = prefix["minus"] is not None, (prefix["field"] or "").lower() or None, prefix.end()
    unknown = None
    if field not in fields:
        unknown = field if not prefix["blank"] and not text.startswith("//", begin) else None
        field, begin = None, at + excluded
    if text.startswith("(", begin):
        return Token(Kind.OPEN, excluded=excluded, field=field), begin + 1
    first = text[begin : begin + 1]
    if first in _OPENING and (between := _BRACKETS.match(text, begin)):
        return Token(Kind.TERM, _range(*between.groups()), excluded, field), between.end()
    if first in _APOSTROPHE and (apart := _APOSTROPHES.match(text, begin)):
        return Token(Kind.PHRASE, apart[1], excluded, field), apart.end()
    if quoted := _QUOTED.match(text, begin):
        slop = int(quoted[2] or 1) if quoted[2] is not None else 0
        return Token(Kind.PHRASE, quoted[1], excluded, field, slop), quoted.end()
    term = _TERM.match(text, begin)
    if term is None:  # a minus before a quote that ends the text, and the like
        return Token(Kind.TERM, text[at:begin]), begin
    return Token(Kind.TERM, _BOOST.sub("", term[0]), excluded, field, unknown=unknown), term.end()


def _range(opening: str, since: str, until: str, closing: str) -> str:
    """Write Lucene's range as one of ours; an end that is not in it stands after > or <."""
    first = "" if since == "*" else since if opening == "[" else f">{since}"
    last = "" if until == "*" else until if closing == "]" else f"<{until}"
    return f"{first}..{last}"

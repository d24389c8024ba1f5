"""Which characters are letters, end a sentence, cannot be seen or are not safe, which scripts set no spaces?

The texts below are the insides of a character class: `re.compile(f"[{UNSPACED}]")`. Python's `\\w` leaves out the
vowel signs and points of many scripts (Unicode's Mn and Mc), so that "தமிழ்" falls apart; `WORD` has them.
"""

import re
import unicodedata

from corpus.patterns import deferred

# Where Unicode has combining marks; between these ranges are no marks, or none that stand in words.
_MARK_RANGES = (
    (0x300, 0x1E00), (0x20D0, 0x2100), (0x2CEF, 0x2E00), (0xA640, 0xAC00), (0xFB1E, 0xFB1F), (0x10A00, 0x11FFF),
)  # fmt: skip

MARKS = "".join(
    chr(code) for low, high in _MARK_RANGES for code in range(low, high) if unicodedata.category(chr(code))[0] == "M"
)
"""Combining marks: accents, vowel signs, points. No mark has a special meaning inside a character class."""

WORD = rf"\w0-9A-Za-zÀ-ÖØ-öø-ɏΑ-ΡΣ-ωА-яѐ-ҁ{MARKS}"
"""What stands in a word: letters, digits, the underscore, and the marks that belong to letters. The ranges are all of
`\\w`: `re` finds a character that is named in a class in a third of the time that it takes for a category."""

INVISIBLE = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f"
"""What cannot be seen: soft hyphen, marks and overrides of direction, joiners, zero-width spaces, tags."""

# Within a word of these scripts the joiners U+200C and U+200D are spelling: "علی‌رضا", "শ্রী".
_JOINED = "\u0600-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u17ff\u1800-\u18af\ufb50-\ufdff\ufe70-\ufefc"

UNSPACED = (  # where the blocks begin and end, marks and symbols of the block included
    "\u0e01-\u0e2e\u0e30-\u0e3a\u0e40-\u0e45\u0e47-\u0e4e"  # Thai, its digits and symbols left out
    "\u0e81-\u0ebe\u0ec0-\u0ecf\u0edc-\u0edf"  # Lao
    "\u1000-\u103f\u1050-\u108f\u109a-\u109d"  # Burmese
    "\u1780-\u17d3\u17dd"  # Khmer
    "\u1100-\u11ff\uac00-\ud7a3"  # Hangul
    "\u3005-\u3007\u3041-\u3096\u3099-\u309a\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f\u31a0-\u31bf\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00016fe0-\U00018aff\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
"""Scripts that a reader cuts into words without spaces; Hangul has spaces, but searches cut it as these."""

KANA = "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9d"
HAN = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
HANGUL = "\u1100-\u11ff\uac00-\ud7a3"
CJK = HAN + KANA + HANGUL
"""Chinese, Japanese and Korean letters: a name of two or three of them is whole."""

CASELESS = f"\u0590-\u08ff\u0900-\u109f\u1200-\u137f\u1780-\u17ff\ufb1d-\ufdff\ufe70-\ufefc{CJK}"
"""Scripts without capitals: Hebrew, Arabic, Ethiopic, the Indic and South-East Asian ones, and the above."""

SCRIPTS = {
    "Kana": KANA,
    "Hangul": HANGUL,
    "Han": HAN,
    "Greek": "\u0370-\u03ff",
    "Hebrew": "\u0590-\u05ff",
    "Thai": "\u0e00-\u0e7f",
    "Devanagari": "\u0900-\u097f",
    "Bengali": "\u0980-\u09ff",
    "Gurmukhi": "\u0a00-\u0a7f",
    "Gujarati": "\u0a80-\u0aff",
    "Tamil": "\u0b80-\u0bff",
    "Telugu": "\u0c00-\u0c7f",
    "Kannada": "\u0c80-\u0cff",
    "Malayalam": "\u0d00-\u0d7f",
    "Sinhala": "\u0d80-\u0dff",
    "Lao": "\u0e80-\u0eff",
    "Myanmar": "\u1000-\u109f",
    "Ethiopic": "\u1200-\u137f",
    "Khmer": "\u1780-\u17ff",
    "Georgian": "\u10a0-\u10ff",
    "Armenian": "\u0530-\u058f",
    "Arabic": "\u0600-\u06ff",
}
"""Scripts that say which language a text is in, or nearly so, by the names that Unicode gives them."""

SURE_STOPS = "。！？｡؟۔।॥։።፧፨။།༎᱾᱿꯫។៕"
"""What ends a sentence whatever stands around it: full stops and question marks of scripts other than the Latin one."""

STOPS = f".!?…{SURE_STOPS}"
"""What ends a sentence; the first four also stand within numbers, abbreviations and names ("3.5", "U.S.", "Yahoo!")."""

UNSAFE = "\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff"
"""What no page, file or terminal may get from a stored text: controls, and the overrides and isolates that let a name
turn what stands around it. Tab and line feed stay; so do the joiners and marks that scripts are written with."""

_MARKS_OF_PRINT = "’‘“”„‚‹›–—−…•·€™\u00a0"  # no word holds one of these
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_UNSAFE = re.compile(f"[{UNSAFE}]")
_CJK = deferred(f"[{CJK}]")
# Said by what it is not: `re` makes a class by going through each of its ranges, character by character.
_MAY_BE_CJK = re.compile("[^\x00-\u10ff\u1200-\u2fff]")
_NEEDED = re.compile(f"(?<=[{_JOINED}])[\u200c\u200d](?=[{_JOINED}])")


def without_invisible(text: str, *, joiners: bool = False) -> str:
    """Return a text without the characters that cannot be seen.

    Args:
        joiners: Keep U+200C and U+200D where they are spelling, within words of Arabic, Indic and kindred scripts.
    """
    if text.isascii() or not _INVISIBLE.search(text):
        return text
    if not joiners:
        return _INVISIBLE.sub("", text)
    needed = {match.start() for match in _NEEDED.finditer(text)}
    return _INVISIBLE.sub(lambda match: match[0] if match.start() in needed else "", text)


def in_latin(text: str) -> bytes | None:
    """Return a text in ISO 8859-1, the marks of print as blanks; None where it has more."""
    if not text.isascii():
        for mark in _MARKS_OF_PRINT:
            text = text.replace(mark, " ")
    try:
        return text.encode("iso8859-1")
    except UnicodeEncodeError:
        return None


def may_be_cjk(text: str) -> bool:
    """Whether a text may have Chinese, Japanese or Korean letters: their blanks count too, and all later scripts."""
    return not text.isascii() and _MAY_BE_CJK.search(text) is not None


def has_cjk(text: str) -> bool:
    """Whether a text has Chinese, Japanese or Korean letters."""
    return may_be_cjk(text) and _CJK.search(text) is not None


def is_invisible(character: str) -> bool:
    """Whether one character cannot be seen."""
    return _INVISIBLE.match(character) is not None


def safe(text: str) -> str:
    """Return a text without the characters that no page, file or terminal may get."""
    return text if text.isprintable() else _UNSAFE.sub("", text)


def printable(text: str, length: int = 200) -> str:
    """Return the beginning of a stranger's text for a message, U+FFFD in place of what cannot be printed."""
    shown = text[:length]
    if shown.isprintable():
        return shown
    return "".join(character if character.isprintable() else "\ufffd" for character in shown)


def shortened(text: str, most: int) -> str:
    """Return a text of at most so many characters; one that is cut ends with an ellipsis."""
    return text if len(text) <= most else f"{text[: most - 1]}…"

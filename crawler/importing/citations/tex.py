"""A text as BibTeX has it -> plain text: commands for letters and accents are read, braces dropped."""

import re
import unicodedata

_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328",
}  # fmt: skip
_NAMED = {
    "textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^", "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ",
    "OE": "Œ", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "aa": "å", "AA": "Å", "i": "ı", "j": "ȷ", "dh": "ð", "th": "þ",
    "textendash": "–", "textemdash": "—", "textquoteright": "’", "textquoteleft": "‘", "textquotedblleft": "“",
    "textquotedblright": "”", "ldots": "…", "dots": "…", "euro": "€", "pounds": "£", "S": "§", "textellipsis": "…",
}  # fmt: skip
_COMMAND = re.compile(
    r"""\\(?:([`'^~=."])\s*(?:\{\\?([A-Za-z])\}|\\?([A-Za-z]))   # an accent and its letter
    |([uvHrcdk])(?:\s*\{\\?([A-Za-z])\}|\s+([A-Za-z]))            # an accent named by a letter
    |([A-Za-z]{1,20})(?:\{\}|\s(?=[^\s])|(?![A-Za-z]))             # a named character
    |(.))""",
    re.X | re.S,
)


def plain(text: str) -> str:
    """Return the text without TeX: `M{\\"u}ller \\& Co` is Müller & Co."""
    guarded = text.replace("\\{", "\ue000").replace("\\}", "\ue001").replace("\\textbackslash{}", "\ue002")
    read = _COMMAND.sub(_character, guarded)
    read = read.replace("---", "—").replace("--", "–") if "\\" in text or "--" in text else read
    read = read.replace("{", "").replace("}", "").replace("~", "\u00a0")
    for stand_in, meant in (("\ue000", "{"), ("\ue001", "}"), ("\ue002", "\\"), ("\ue003", "~")):
        read = read.replace(stand_in, meant)
    return " ".join(unicodedata.normalize("NFC", read).split())


def _character(match: re.Match[str]) -> str:
    accent, letter = match[1] or match[4], match[2] or match[3] or match[5] or match[6]
    if accent:
        return f"{letter}{_ACCENTS[accent]}"
    if match[7]:
        named = _NAMED.get(match[7])
        return "\ue003" if named == "~" else named if named is not None else ""
    return match[8] if match[8] != "~" else "\ue003"

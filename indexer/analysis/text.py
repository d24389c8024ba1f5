"""Text -> surface forms: what is indexed, and where in the text each form stands.

A form is a word as written, casefolded and in compatibility form (NFKC); nothing is removed, so stop words and
single letters stay. Hyphens and apostrophes part a word into forms at consecutive positions; dotted
abbreviations join (`U.S.` is `us`); `C++` and `C#` are words. Scripts written without spaces (Chinese,
Japanese, Korean, Thai, Lao, Khmer, Burmese) become overlapping pairs of characters, a lone character stands alone.
What counts as the same word in another form is indexer/analysis/stems.py's question, asked when searching.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from corpus.characters import UNSPACED, WORD, is_invisible, without_invisible
from indexer.analysis.plain import plain_forms, plain_spans

MAX_FORM = 64  # characters; a longer run is cut into forms at consecutive positions

# What the plain expression below does not know: combining marks, and the scripts above. (Latin, Greek and Cyrillic
# letters, punctuation and currency are not among these ranges; Hebrew to Ethiopic all are.)
_INVOLVED = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0590-\u1dff\u20d0-\u20ff\u2cef-\u2cf1\u2de0-\u2dff\u2e80-\U0010ffff]"
)


def _word(letter: str) -> str:
    """The expression of one form: a run of letters, dotted single letters, a letter with ++ or #, a lone character."""
    single = r"[^\W\d_]"
    run = rf"\w{letter}{{1,{MAX_FORM - 1}}}"
    return rf"{run}|{single}(?:(?:\.{single})+(?!{letter})|\+\+|#)?|\w"


_PLAIN = re.compile(_word(r"\w"))
_NO_WORDS = str.maketrans(dict.fromkeys("™℠№", " "))  # in compatibility form they would be letters beside a word
_DOTTED = re.compile(r"\.[^\W\d_](?!\w)")
_NOTE = re.compile(
    "(?<=[^\\W\\d_]{3})[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]+"
)  # of a footnote; of a unit, fewer letters
_LONE_UNSPACED = re.compile(f"[{UNSPACED}]")
_RUNS = re.compile(f"([{UNSPACED}]+)")
# Between letters of the Arabic script the non-joiner parts the two halves of a word, as a hyphen does elsewhere.
_PARTING = re.compile("(?<=[\u0620-\u06d3])\u200c(?=[\u0620-\u06d3])")


def forms(text: str) -> list[str]:
    """Return the surface forms of a text in order; the index in the list is the position."""
    quick = plain_forms(text)
    if quick is not None and max(map(len, quick), default=0) <= MAX_FORM:
        return quick
    plain = normalised(text)
    if plain.isascii() or not _INVOLVED.search(plain):
        found = _PLAIN.findall(plain)
        return [_joined(form) for form in found] if _DOTTED.search(plain) else found
    return [form for form, _, _ in _involved(plain)]


def spans(text: str) -> list[tuple[str, int, int]]:
    """Return the same forms, each with the span [start, end) of `text` it stands for."""
    quick = plain_spans(text, MAX_FORM)
    return _spans(text) if quick is None else quick


def _spans(text: str) -> list[tuple[str, int, int]]:
    """The spans of any text."""
    plain = normalised(text)
    if plain.isascii() or not _INVOLVED.search(plain):
        found = [(_joined(match[0]), match.start(), match.end()) for match in _PLAIN.finditer(plain)]
    else:
        found = list(_involved(plain))
    if len(plain) == len(text) and _keeps_places(text):
        return found
    starts, ends = _origins(text)
    return [(form, starts[start], ends[end - 1]) for form, start, end in found]


def normalised(text: str) -> str:
    """Return the text casefolded and in NFKC, without invisible characters; what only looks like a word is blank."""
    if text.isascii():
        return text.casefold().replace("_", " ")
    text = without_invisible(_parted(text)).translate(_NO_WORDS)
    text = _NOTE.sub(lambda note: " " * len(note[0]), text)
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    text = text.replace("İ", "i").casefold()
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    return text.replace("_", " ")


def _parted(text: str) -> str:
    return _PARTING.sub(" ", text) if "\u200c" in text else text


def is_lone_character(form: str) -> bool:
    """Whether a form is one character of a script without spaces; in a text, it mostly stands within pairs."""
    return _LONE_UNSPACED.fullmatch(form) is not None


def is_run(words: Sequence[str]) -> bool:
    """Whether forms are the overlapping pairs of one run of characters, 東京 and 京都 of 東京都."""
    pairs = all(len(word) == 2 and is_lone_character(word[0]) and is_lone_character(word[1]) for word in words)
    return pairs and all(one[1] == other[0] for one, other in pairwise(words))


def _joined(form: str) -> str:
    return form.replace(".", "") if "." in form else form


def _involved(plain: str) -> Iterator[tuple[str, int, int]]:
    """Forms and spans of a normalised text with combining marks or unspaced scripts."""
    word = _marked_word()
    start = 0
    for number, part in enumerate(_RUNS.split(plain)):
        if number % 2 == 0:
            for match in word.finditer(part):
                yield _joined(match[0]), start + match.start(), start + match.end()
        elif len(part) == 1:
            yield part, start, start + 1
        else:
            for at in range(len(part) - 1):
                yield part[at : at + 2], start + at, start + at + 2
        start += len(part)


@cache
def _marked_word() -> re.Pattern[str]:
    """The expression of one form where a combining mark continues it (vowel signs, points, accents)."""
    return re.compile(_word(f"[{WORD}]"))


def _keeps_places(text: str) -> bool:
    """Whether every character normalises to one character, so that offsets are those of the original."""
    return text.isascii() or (
        without_invisible(text) == text
        and unicodedata.is_normalized("NFKC", text)
        and len(text.casefold()) == len(text)
    )


def _origins(text: str) -> tuple[list[int], list[int]]:
    """Return, for every normalised character, where its source starts and ends in the original."""
    text = _parted(text)
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and _continues(text[end]):
            end += 1
        length = len(normalised(text[at:end]))
        starts += [at] * length
        ends += [end] * length
        at = end
    short = len(normalised(text)) - len(starts)  # characters that melted across what `_continues` knows
    return starts + [len(text) - 1] * short, ends + [len(text)] * short


def _continues(character: str) -> bool:
    """Whether a character may merge with the one before: a combining mark, a part of Hangul, an invisible one."""
    if is_invisible(character) or unicodedata.category(character)[0] == "M":
        return True
    return "\u1160" <= character <= "\u11ff" or "\uff9e" <= character <= "\uffdc"

"""Text -> surface forms: what is indexed, and where in the text each form stands.

A form is a word as written, casefolded and in compatibility form (NFKC), digits of all writings as 0 to 9; no word is
removed, so stop words and single letters stay. What only stretches, sets or stresses a word is no part of it: tatweel,
variation selectors, Armenian marks over a vowel. Hyphens and apostrophes part a word into forms at consecutive
positions; dotted abbreviations join (`U.S.` is `us`); `C++` and `C#` are words. Scripts written without spaces
(Chinese, Japanese, Korean, Thai, Lao, Khmer, Burmese) become overlapping pairs of characters, a lone character stands
alone.
What counts as the same word in another form is indexer/analysis/stems.py's question, asked when searching.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from corpus.characters import UNSPACED, WORD, is_invisible, without_invisible
from indexer.analysis.letters import DIGITS
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
_MELTING = "\u0640\u034f\u055b\u055c\u055e\u180b-\u180d\u180f\ufe00-\ufe0f"
_STRETCHED = re.compile(f"[{_MELTING}\U000e0100-\U000e01ef]")
# All beyond the first 65,536 characters are looked at: if any were named, each character would be compared with each.
_RARE = re.compile(f"[{_MELTING}{''.join(one for one in DIGITS if one < chr(0x10000))}\U00010000-\U0010ffff]")
# A consonant at the end of a syllable, which older texts write with a joiner.
_JOINED_CODA = re.compile("([\u09a4\u0d23\u0d28\u0d30\u0d32\u0d33\u0d15])[\u09cd\u0d4d]\u200d")
_CODAS = dict(
    zip("\u09a4\u0d23\u0d28\u0d30\u0d32\u0d33\u0d15", "\u09ce\u0d7a\u0d7b\u0d7c\u0d7d\u0d7e\u0d7f", strict=True)
)
# As Thai and Lao are typed and look the same: a vowel as two halves, a tone after the vowel that it stands before.
_HALVES = {"\u0e40": "\u0e41", "\u0ec0": "\u0ec1"}
_LATE_TONE = re.compile("(\u0e4d\u0e32?|\u0ecd\u0eb2?)([\u0e48-\u0e4b\u0ec8-\u0ecb])")
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
    text = without_invisible(_with_codas(_parted(text))).translate(_NO_WORDS)
    text = _NOTE.sub(lambda note: " " * len(note[0]), text)
    text = _RARE.sub(_without_rare, text)
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    text = text.replace("İ", "i").casefold()
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    return _as_spelled(text).replace("_", " ")


def _without_rare(rare: re.Match[str]) -> str:
    return DIGITS.get(rare[0]) or ("" if _STRETCHED.match(rare[0]) else rare[0])


def _as_spelled(text: str) -> str:
    """The syllables of Thai and Lao as they are spelled."""
    for half, whole in _HALVES.items():
        text = text.replace(half * 2, whole)
    return _LATE_TONE.sub(r"\2\1", text) if "\u0e4d" in text or "\u0ecd" in text else text


def _with_codas(text: str) -> str:
    return _JOINED_CODA.sub(lambda coda: _CODAS[coda[1]], text) if "\u200d" in text else text


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
        while end < len(text) and (_continues(text[end]) or _is_second_half(text, at, end)):
            end += 1
        length = len(normalised(text[at:end]))
        starts += [at] * length
        ends += [end] * length
        at = end
    short = len(normalised(text)) - len(starts)  # characters that melted across what `_continues` knows
    return starts + [len(text) - 1] * short, ends + [len(text)] * short


def _continues(character: str) -> bool:
    """Whether a character may merge with the one before: a combining mark, a part of Hangul, an invisible one."""
    if is_invisible(character) or _STRETCHED.match(character) or unicodedata.category(character)[0] == "M":
        return True
    return "\u1160" <= character <= "\u11ff" or "\uff9e" <= character <= "\uffdc"


def _is_second_half(text: str, start: int, end: int) -> bool:
    """Whether a vowel is the second half of the one at `start`, with nothing between that can be seen."""
    half = text[start]
    return half == text[end] and half in _HALVES and _STRETCHED.sub("", without_invisible(text[start:end])) == half

"""A typed term or quoted phrase -> its term clause, or None when it has no word."""

import re
import unicodedata
from collections.abc import Sequence
from itertools import groupby

from corpus.texts import text
from indexer.analysis.joined import joined_form
from indexer.analysis.joints import APOSTROPHES
from indexer.analysis.numerals import is_doubled
from indexer.analysis.text import MAX_FORM, forms, is_lone_character, is_run, normalised
from indexer.contract.values import Clause, Fuzzy, MultiPhrase, Pattern, Phrase, TermClause, TextField, Word

MIN_PATTERN = 3  # letters beside the wildcards; a character of an unspaced script counts as all of them
MIN_FUZZY = 3
MAX_SLOP = 100

Part = Word | Phrase | Pattern | Fuzzy

_FUZZY = re.compile(r"(.+)~(\d?)$")
_WILD = re.compile(r"\*|\?(?=\?*[^\W_]|\?*\*)")  # question marks that end a word are punctuation
_ADDRESS = re.compile(r"[a-z]{3,10}://|www\.", re.IGNORECASE)  # whose question mark is no wildcard
_ORDINAL = re.compile(r"(?<=\w)\.?(?=[ªº](?!\.?\d))")  # 2.ª and 2ª, but nº5
_STUCK = re.compile(r"(\d+)([^\W\d_])\.([^\W\d_])\.?")  # 8p.m.
# Letters for which many have only an apostrophe.
_LIKE_APOSTROPHES = re.compile("(?<=\\w)[\u02b9-\u02bf\u02c8\u02ca\u02cb\ua78b\ua78c](?=\\w)")
_POSSESSIVE = re.compile(rf"[{APOSTROPHES}]s$", re.IGNORECASE)


def phrase(text: str, slop: int, field: TextField | None, notes: list[str]) -> Clause | None:
    """Read quoted words, exactly as they are; their punctuation falls away as it does in a text.

    A wildcard in a quoted word works as outside of quotes: `"flood insur*"`.
    """
    parts: list[Part] = []
    for word in text.split():
        if _WILD.search(word):
            parts += [one for part in _pieces(word) if (one := _quoted_pattern(part, notes)) is not None]
        else:
            parts += [Phrase((form,)) for form in forms(word)]
    words = tuple(part.words[0] for part in parts if isinstance(part, Phrase))
    if len(words) == len(parts) and not _has_lone_end(words):
        return Phrase(words, min(slop, MAX_SLOP) if len(words) > 1 else 0, field) if words else None
    slop = min(slop, MAX_SLOP)
    written = f'"{" ".join(text.split())}"' + (f"~{slop}" if slop and len(parts) > 1 else "")
    return _together(_at_the_ends(parts), written, field, slop=slop)


def term(text: str, field: TextField | None, notes: list[str]) -> Clause | None:
    """Read one unquoted term; what cannot be read as typed is read as words, with a note."""
    if len(text) <= MAX_FORM and text.isascii() and text.isalpha():
        return Word(text.lower(), field)
    if "~" in text and (fuzzy := _FUZZY.fullmatch(text)):
        return _fuzzy(fuzzy[1], 2 if fuzzy[2] > "1" else 1, field)
    if _WILD.search(text) and not _ADDRESS.match(text):
        parts = [one for part in _pieces(text) if (one := _pattern(part, notes)) is not None]
        flat = [one for part in parts for one in (part.parts if isinstance(part, MultiPhrase) else _words(part))]
        return _together(flat, text, field)
    return plain(text, field)


def plain(text: str, field: TextField | None) -> Clause | None:
    """Read a term without wildcards: one word, or its parts next to each other (`covid-19`), or joined.

    The `s` of a possessive is left off: Okafor's is Okafor.
    """
    bare = _POSSESSIVE.sub("", _LIKE_APOSTROPHES.sub("'", text))
    joined = joined_form(bare)
    if _ORDINAL.search(bare):
        whole = forms(_ORDINAL.sub("", bare))
        joined, bare = whole[0] if len(whole) == 1 else None, _ORDINAL.sub(".", bare)
    elif stuck := _STUCK.fullmatch(bare):
        joined = "".join(stuck.groups()).casefold()
    words = tuple(forms(bare) or forms(text))
    if joined is None and len(words) > 1 and all(map(is_doubled, words)):
        joined = "".join(words)  # EE.UU. and EEUU
    if len(words) > 1 and is_run(words):
        return Phrase(words, field=field)
    parts: list[Part] = [Phrase((word,)) if is_lone_character(word) else Word(word) for word in words]
    return _together(_at_the_ends(parts), text, field, joined=joined)


def near(terms: Sequence[Clause], slop: int, text: str) -> MultiPhrase | None:
    """Return some term clauses within `slop` other words of each other, or None when they are no such terms.

    Without slop, one stands after the other.
    """
    parts: list[Part] = []
    for one in terms:
        if isinstance(one, MultiPhrase) or not isinstance(one, TermClause) or one.field is not None:
            return None
        parts += _words(one)
    return MultiPhrase(tuple(parts), text, min(slop, MAX_SLOP)) if len(parts) > 1 else None


def _together(
    parts: Sequence[Part], text: str, field: TextField | None, *, slop: int = 0, joined: str | None = None
) -> Clause | None:
    if len(parts) < 2:
        return _in(parts[0], field) if parts else None
    return MultiPhrase(tuple(parts), text, slop, joined, field)


def _in(part: Part, field: TextField | None) -> Part:
    match part:
        case Phrase((word,)) if is_lone_character(word):
            return Word(word, field)
        case Pattern(text) if is_lone_character(text.strip("*")):
            return Word(text[1:-1], field) if len(text) == 3 else Pattern(text, field)
        case Phrase(words):
            return Phrase(words, field=field)
        case Fuzzy(text, distance):
            return Fuzzy(text, distance, field)
    return type(part)(part.text, field)


def _words(part: Clause) -> Sequence[Part]:
    """A term clause as parts of a phrase: a phrase as its words."""
    if isinstance(part, Phrase):
        return [Phrase((word,)) for word in part.words]
    return [part] if isinstance(part, Word | Pattern | Fuzzy) else []


def _has_lone_end(words: Sequence[str]) -> bool:
    return bool(words) and (is_lone_character(words[0]) or is_lone_character(words[-1]))


def _at_the_ends(parts: Sequence[Part]) -> list[Part]:
    """Let a lone character of an unspaced script that begins or ends a phrase stand in the pairs of a longer run.

    What is typed beside it says where its run ends: 月 of `9月` begins one, 第 of `第9` ends one.
    """
    found = list(parts)
    if not found:
        return found
    for at, before, after in ((0, "*", ""), (-1, "", "*")):
        part = found[at]
        if isinstance(part, Phrase) and is_lone_character(part.words[0]):
            around = ("*", "*") if len(found) == 1 else (before, after)
            found[at] = Pattern(part.words[0].join(around))
    return found


def _fuzzy(text: str, distance: int, field: TextField | None) -> Clause | None:
    words = forms(text)
    if len(words) == 1 and len(words[0]) >= MIN_FUZZY:
        return Fuzzy(words[0], distance, field)
    return plain(text, field)


def _pattern(part: str, notes: list[str]) -> Clause | None:
    """Read a piece of a term with wildcards. A pattern covers one form, so of `covid-19*` only the last part is one."""
    found = _wild(part, notes)
    return found if found is not None else plain(part.replace("*", "").replace("?", ""), None)


def _quoted_pattern(part: str, notes: list[str]) -> Part | None:
    found = _wild(part, notes)
    if found is not None:
        return found
    words = forms(part.replace("*", "").replace("?", ""))
    return Phrase((words[0],)) if words else None


def _wild(part: str, notes: list[str]) -> Pattern | None:
    stripped = part if _WILD.search(part) else part.rstrip("?")
    bare = stripped.replace("*", "").replace("?", "")
    unspaced = any(map(is_lone_character, bare))
    if not _WILD.search(stripped) or (unspaced and len(bare) > 1):  # pairs are found within words anyway
        return None
    if len(bare) >= MIN_PATTERN or unspaced:
        return Pattern(re.sub(r"\*+", "*", stripped))
    notes.append(text('"{part}" needs {n} letters; the wildcard was left out', part=part, n=MIN_PATTERN))
    return None


def _pieces(text: str) -> list[str]:
    """Cut at what is neither a wildcard nor part of a word; what has a letter or digit is given."""
    runs = groupby(normalised(text), lambda one: one in "*?" or one.isalnum() or unicodedata.category(one)[0] == "M")
    return ["".join(run) for is_word, run in runs if is_word]

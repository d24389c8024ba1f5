"""One typed term or quoted phrase -> the leaf of the query it asks for, or None when nothing of it is a word."""

import re
import unicodedata
from itertools import groupby

from indexer.analysis.text import forms, is_lone_character, normalised
from indexer.contract.values import And, Clause, Fuzzy, Pattern, Phrase, TextField, Word

MIN_PATTERN = 3  # letters beside the wildcards; a sign of an unspaced script counts as all of them
MIN_FUZZY = 3
MAX_SLOP = 100

_FUZZY = re.compile(r"(.+)~(\d?)$")
_WILD = re.compile(r"\*|\?(?=\?*[^\W_]|\?*\*)")  # question marks that end a word are punctuation
_APOSTROPHE = re.compile(r"['’ʼ]s$", re.IGNORECASE)


def phrase(text: str, slop: int, field: TextField | None) -> Clause | None:
    """Read quoted words; their punctuation falls away as it does in a text."""
    words = tuple(forms(text))
    return Phrase(words, min(slop, MAX_SLOP) if len(words) > 1 else 0, field) if words else None


def term(text: str, field: TextField | None, notes: list[str]) -> Clause | None:
    """Read one unquoted term; what cannot be read as typed is read as words, with a note."""
    if fuzzy := _FUZZY.fullmatch(text):
        return _fuzzy(fuzzy[1], 2 if fuzzy[2] > "1" else 1, field)
    if _WILD.search(text):
        return _pattern(text, field, notes)
    return plain(text, field)


def plain(text: str, field: TextField | None) -> Clause | None:
    """Read a term without signs of its own: one word, or the phrase its parts make (`covid-19`).

    The `s` of a possessive is left off: Okafor's is Okafor.
    """
    words = tuple(forms(_APOSTROPHE.sub("", text)) or forms(text))
    if not words:
        return None
    return Word(words[0], field) if len(words) == 1 else Phrase(words, field=field)


def _fuzzy(text: str, distance: int, field: TextField | None) -> Clause | None:
    words = forms(text)
    if len(words) == 1 and len(words[0]) >= MIN_FUZZY:
        return Fuzzy(words[0], distance, field)
    return plain(text, field)


def _pattern(text: str, field: TextField | None, notes: list[str]) -> Clause | None:
    """Read a term with wildcards. A pattern covers one form, so of `covid-19*` only the last part is one."""
    clauses = [_part(part, field, notes) for letters, part in _parts(normalised(text)) if letters]
    found = tuple(clause for clause in clauses if clause is not None)
    return And(found) if len(found) > 1 else next(iter(found), None)


def _part(part: str, field: TextField | None, notes: list[str]) -> Clause | None:
    stripped = part if _WILD.search(part) else part.rstrip("?")
    bare = stripped.replace("*", "").replace("?", "")
    unspaced = any(map(is_lone_character, bare))
    if not _WILD.search(stripped) or (unspaced and len(bare) > 1):  # pairs of signs are found within words anyway
        return plain(bare, field)
    if len(bare) >= MIN_PATTERN or unspaced:
        return Pattern(re.sub(r"\*+", "*", stripped), field)
    notes.append(f'"{part}" needs {MIN_PATTERN} letters; the sign was left out')
    return plain(bare, field)


def _parts(text: str) -> list[tuple[bool, str]]:
    """Cut at what is neither a wildcard nor part of a word."""
    runs = groupby(text, lambda sign: sign in "*?" or sign.isalnum() or unicodedata.category(sign)[0] == "M")
    return [(letters, "".join(run)) for letters, run in runs]

"""Form -> its folded spelling: the form without accents, points and other optional marks.

Two spellings of one word that differ only in what people leave out when they type have one folded spelling:
Latin and Greek accents (corpus/people/names.py), strokes and hooks of Latin and Cyrillic letters
(indexer/analysis/letters.py), the accent over a Cyrillic vowel, digits of any script, Hebrew points, Arabic vowel
marks, hamza and the final letters ى and ة, Urdu's ء after a year, the marks over Kurdish letters, the Devanagari
nasals before a consonant, nukta and chandrabindu, letters that look like apostrophes (oʻzbek, Qurʾan), and Armenian
եւ, whose capitals are written ԵՎ. The letters of the old alphabet of Georgia are those of the new.
The rules for Arabic and Devanagari are those of Lucene's normalisers; Persian and Urdu letters are those of Arabic.
"""

import re

from corpus.people.names import unaccented
from indexer.analysis.letters import DIGITS, PLAIN, as_typed

_LATIN_AND_GREEK = re.compile("[\u0080-\u03ff\u1e00-\u1fff]")
_LETTERS = str.maketrans(
    dict.fromkeys("أإآٱ", "ا")
    | {"ى": "ي", "ی": "ي", "ة": "ه", "ک": "ك", "ە": "ه", "ۀ": "ه", "ہ": "ه", "ۂ": "ه", "ۃ": "ه", "ؤ": "و", "ئ": "ي"}
    | {"ڕ": "ر", "ڵ": "ل", "ێ": "ي", "ۆ": "و"}
    | PLAIN
    | DIGITS
    | {"ँ": "ं"}
    | {chr(0x2D00 + at): chr(0x10D0 + at) for at in range(0x26)}
)
_OPTIONAL = re.compile(  # points and marks that most writers leave out
    "[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"  # Hebrew
    "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"  # Arabic, and its tatweel
    "\u02b9-\u02bf\u02c8\u02ca\u02cb\u0294\ua78b\ua78c"  # letters like apostrophes, and those of transliteration
    "\u093c]|(?<=[0-9\u0660-\u0669\u06f0-\u06f9])\u0621$"  # the nukta of Devanagari; Urdu's sign of a year
    "|(?<=[аеиоуыэюяєіїү])[\u0300\u0301]"  # where the stress of a Cyrillic word lies
)
_NASAL = re.compile("[ङञणनम]\u094d(?=[क-ह])")  # written out before a consonant, or as anusvara


def folded(form: str) -> str:
    """Return the folded spelling of a form (indexer/analysis/text.py); of most forms it is the form itself."""
    if form.isascii():
        return form
    if _LATIN_AND_GREEK.search(form):
        form = unaccented(form)
    return _NASAL.sub("\u0902", _OPTIONAL.sub("", form).translate(_LETTERS)).replace("\u0565\u0582", "\u0565\u057e")


def folded_ways(form: str) -> tuple[str, ...]:
    """Return the folded spellings of a form: `folded` first, then those by which habit writes it (Müller, mueller)."""
    if form.isascii():
        return (form,)
    ways = as_typed(form)
    return (folded(form),) if len(ways) == 1 else tuple(dict.fromkeys(map(folded, ways)))

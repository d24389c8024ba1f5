"""What language is the article in: what the page declares, checked against the words of the text.

Sites declare the language of their template: an English page of a theme made in Germany says `de`. A text of
some length is believed before the declaration when its commonest words speak clearly.
"""

import re
from collections import Counter
from itertools import compress, repeat
from operator import contains

from corpus.characters import SCRIPTS, in_latin
from corpus.patterns import deferred
from corpus.stop_words import READ_ONLY, STOP_WORDS
from corpus.texts import text as sentence
from corpus.texts.languages import one_code

MAX_CHARS = 3_000
_MIN_WORDS = 40  # fewer words say too little to contradict a declaration
_CLEAR = 1.35  # how many times more stop words than the second language's
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?")
# The same where there are no other letters: `re` finds characters named in a class in a fourth of the time.
_LATIN = "a-zß-öø-ɏ"
_LATIN_WORD = re.compile(f"[{_LATIN}]+(?:-[{_LATIN}]+)?")
_BEYOND = re.compile(f"[^\x00-\x7f\x80-\xa9\xab-\xb1\xb4\xb6-\xb8\xbb\xbf×÷\u2000-\u206f\u20a0-\u20cf{_LATIN}]")
# The same in ISO 8859-1, in small letters, of which all else is a blank, in a sixth of the time. The small form of "ß"
# is two letters, and that of "µ" is Greek.
_SHARP, _MICRO = "ß".encode("iso8859-1"), "µ".encode("iso8859-1")
_SMALL = bytes(ord(chr(code).lower()) if chr(code) == "-" or _WORD.match(chr(code)) else 32 for code in range(256))
NO_LANGUAGE = frozenset({"und", "mul", "mis", "zxx"})  # codes that name none
_CODE = re.compile(r"^([a-z]{2,3})(?:[-_][A-Za-z0-9-_]+)?$")

# Language -> the script that it alone, or nearly alone, is written in, and the share of a text that says so. In this
# order, before words are counted.
_SHARES = {
    "ja": ("Kana", 0.08),  # kana among Chinese characters
    "ko": ("Hangul", 0.3),
    "zh": ("Han", 0.3),
    "el": ("Greek", 0.4),
    "he": ("Hebrew", 0.4),
    "th": ("Thai", 0.3),
    "hi": ("Devanagari", 0.3),
    "bn": ("Bengali", 0.3),
    "pa": ("Gurmukhi", 0.3),
    "gu": ("Gujarati", 0.3),
    "ta": ("Tamil", 0.3),
    "te": ("Telugu", 0.3),
    "kn": ("Kannada", 0.3),
    "ml": ("Malayalam", 0.3),
    "si": ("Sinhala", 0.3),
    "lo": ("Lao", 0.3),
    "my": ("Myanmar", 0.3),
    "km": ("Khmer", 0.3),
    "am": ("Ethiopic", 0.3),
    "ka": ("Georgian", 0.4),
    "hy": ("Armenian", 0.4),
    "ar": ("Arabic", 0.4),
}
_SCRIPTS = tuple((code, deferred(f"[{SCRIPTS[name]}]"), share) for code, (name, share) in _SHARES.items())
_LEAST = min(share for _, share in _SHARES.values())
_ANY_SCRIPT = deferred("[" + "".join(SCRIPTS[name] for name, _ in _SHARES.values()) + "]")
_KNOWN = STOP_WORDS | READ_ONLY
_LANGUAGES = tuple(sorted(_KNOWN, reverse=True))  # of two with as many words, the first of these
_LARGER = tuple(n for n, language in enumerate(_LANGUAGES) if language in STOP_WORDS)
_SAID_IN = {
    word: tuple(n for n, language in enumerate(_LANGUAGES) if word in _KNOWN[language])
    for word in frozenset().union(*_KNOWN.values())
}
# Languages whose commonest words are much the same: one of them says nothing against the other. A page that declares
# one is believed unless its text says the other clearly.
_NEAR = tuple(
    frozenset(group.split())
    for group in ("af nl", "az tr", "be ru uk", "bg mk sr", "ca es gl pt", "et fi", "hr sl", "id ms", "kk ky")
)
_RELATED = {language: frozenset().union(*(g for g in _NEAR if language in g)) for language in _LANGUAGES}
_MANY = 0.22  # of the words of a text; a language that is not known here is believed unless another has as many
_SHARED = {
    "hi": frozenset({"mr", "ne", "sa", "mai", "bho", "kok"}),
    "bn": frozenset({"as", "mni"}),
    "am": frozenset({"ti"}),
    "my": frozenset({"shn", "mnw"}),
    "he": frozenset({"yi"}),
    "ar": frozenset({"fa", "ur", "ps", "ckb", "ug", "sd"}),
    "ur": frozenset({"pa", "pnb", "skr", "ks"}),
    "zh": frozenset({"yue"}),
    "hr": frozenset({"bs", "sr", "sh", "cnr"}),  # one language in Latin letters
    "no": frozenset({"nb", "nn"}),
    "da": frozenset({"nb", "no"}),
}
_PERSIAN = re.compile(r"[پچژگ]")
# Letters that one language in Arabic letters has, and Persian has not.
_OF_ONE = {"ur": "ٹڈڑےں", "ps": "ټډړښځڅۍ", "ckb": "ڕڵێ", "ug": "ۇۈۋ", "sd": "ڄڃڦڻڳڱٻڀٿ"}
_OWN = tuple((language, re.compile(f"[{letters}]")) for language, letters in _OF_ONE.items())


def language_of(text: str, *, declared: str | None) -> tuple[str | None, str | None]:
    """Return the language of a text as a code such as `de`, and the rule that found it.

    Args:
        text: The article's body.
        declared: What the page or its source says, such as `de-AT`.
    """
    said = code(declared)
    read, clear = detect(text, beside=said)
    if read is None or (said is not None and not clear):
        return said, sentence("declared") if said else None
    if said is None:
        return read, sentence("text")
    if said == read or said in _SHARED.get(read, frozenset()):
        return said, sentence("declared, and the text agrees")
    return read, sentence("text; the page declares {code}", code=said)


def code(declared: str | None) -> str | None:
    """Return the primary language of a tag such as `pt_BR`, or None if it is none."""
    match = _CODE.match((declared or "").strip().split(",")[0].strip().replace("_", "-").lower())
    return one_code(match[1]) if match and match[1] not in NO_LANGUAGE else None


def detect(text: str, *, beside: str | None = None) -> tuple[str | None, bool]:
    """Return the language a text is written in, and whether that is clear; (None, False) when nothing says it.

    Args:
        text: The article's body.
        beside: The language that its page declares, which a near one must outdo, too.
    """
    sample = text[:MAX_CHARS]
    latin = in_latin(sample)
    found = _words(sample, latin)
    letters = sum(map(len, found))
    if letters < 20:
        return None, False
    if latin is None and (written := "".join(_ANY_SCRIPT.findall(sample))):
        for language, characters, share in _SCRIPTS if len(written) >= _LEAST * letters else ():
            if len(characters.findall(written)) >= share * letters:
                return (_arabic(sample) if language == "ar" else language), letters >= 40
    total, said = len(found), [0] * len(_LANGUAGES)
    for word, times in Counter(filter(_SAID_IN.__contains__, found)).items():
        for n in _SAID_IN[word]:
            said[n] += times
    most = max(said)
    if most < 0.1 * total or most < 3:
        return None, False
    read = _LANGUAGES[said.index(most)]
    if read in READ_ONLY and read != beside:  # a smaller language that the page does not declare must be clear
        larger = max(_LARGER, key=said.__getitem__)
        if most < _CLEAR * said[larger]:
            read, most = _LANGUAGES[larger], said[larger]
    others = [
        times for times, language in zip(said, _LANGUAGES, strict=True)
        if language != read and (language not in _RELATED[read] or language == beside)
    ]  # fmt: skip
    least = _MANY * total if beside is not None and beside not in _KNOWN and beside not in _SHARES else 0
    return read, total >= _MIN_WORDS and most >= max(_CLEAR * max(others), least)


def _words(text: str, latin: bytes | None) -> list[str]:
    """Return the words of a text, in small letters; those with a hyphen in them are one. `latin`: as of `in_latin`."""
    if latin is None or _MICRO in latin:
        folded = text.casefold()
        return (_WORD if _BEYOND.search(folded) else _LATIN_WORD).findall(folded)
    plain = latin.replace(_SHARP, b"ss").translate(_SMALL).decode("iso8859-1")
    found = plain.split()
    if "-" not in plain:
        return found
    joined = [*compress(range(len(found)), map(contains, found, repeat("-")))]  # few words
    for n in reversed(joined):
        found[n : n + 1] = _WORD.findall(found[n])
    return found


def _arabic(sample: str) -> str:
    found = {language: len(own.findall(sample)) for language, own in _OWN}
    language = max(found, key=found.__getitem__)
    if found[language] > 0.02 * len(sample):
        return language
    return "fa" if len(_PERSIAN.findall(sample)) > 0.01 * len(sample) else "ar"

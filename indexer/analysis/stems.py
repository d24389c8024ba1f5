"""Form -> the keys it shares with its variants: its stem in each language of the corpus, its unaccented spelling.

Two forms are variants when their stems are equal in a language of the corpus, or their unaccented spellings are.
Stems are Snowball's, by PyStemmer. Nothing of this is in the postings: another stemmer needs no new index.
"""

from collections.abc import Mapping, Sequence
from threading import local

import Stemmer

from corpus.people.names import unaccented

DEFAULT = ("en",)
SHARE = 0.01  # of the articles must be in a language before its stemmer joins words
MAX_LANGUAGES = 8  # every one of them stems every form; more would join words that only look alike

_SNOWBALL = {
    "ar": "arabic", "hy": "armenian", "eu": "basque", "ca": "catalan", "cs": "czech", "da": "danish", "nl": "dutch",
    "en": "english", "eo": "esperanto", "et": "estonian", "fi": "finnish", "fr": "french", "de": "german",
    "el": "greek", "hi": "hindi", "hu": "hungarian", "id": "indonesian", "ga": "irish", "it": "italian",
    "lt": "lithuanian", "ne": "nepali", "no": "norwegian", "nb": "norwegian", "nn": "norwegian", "fa": "persian",
    "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "es": "spanish",
    "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
_AVAILABLE = frozenset(Stemmer.algorithms())
_kept = local()  # a Stemmer is not to be shared between threads


def languages(counts: Mapping[str | None, int]) -> tuple[str, ...]:
    """Choose the languages to stem in from the number of articles in each; most frequent first, English if none."""
    least = SHARE * sum(counts.values())
    able = [(-count, code) for code, count in counts.items() if code and count >= least and stemmer_name(code)]
    return tuple(dict.fromkeys(code for _, code in sorted(able)))[:MAX_LANGUAGES] or DEFAULT


def stemmer_name(language: str) -> str | None:
    """Return Snowball's name for a language tag such as `pt-BR`, or None when it has no stemmer for it."""
    name = _SNOWBALL.get(language.partition("-")[0].lower())
    return name if name in _AVAILABLE else None


def stems(forms: Sequence[str], language: str) -> list[str]:
    """Return the stem of each form in one language; the form itself where there is no stemmer."""
    name = stemmer_name(language)
    if name is None:
        return list(forms)
    kept: dict[str, Stemmer.Stemmer] = _kept.__dict__
    if name not in kept:
        kept[name] = Stemmer.Stemmer(name, 0)  # no cache: a vocabulary holds each form once
    return list(kept[name].stemWords(forms))


def variant_keys(form: str, languages: Sequence[str]) -> frozenset[tuple[str, str]]:
    """Return the keys of a form; forms that share one are variants of each other."""
    stemmed = {(language, stems([form], language)[0]) for language in languages}
    return frozenset(stemmed | {("", unaccented(form))})

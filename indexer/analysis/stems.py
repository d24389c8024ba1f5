"""Form -> the keys it shares with its variants: its stem in each language of the corpus, its folded spelling.

Two forms are variants when they share a key in a language of the corpus, or their folded spellings are equal.
Folding (indexer/analysis/folding.py) and stemming are composed: keys are the folded stem and the stem of the folded
form, so that a word typed without its accents finds its inflected forms. Stems are Snowball's, by PyStemmer.
A language that is written in two alphabets has the keys of one of them (indexer/analysis/alphabets.py).
A typed form of Chinese characters finds those of its other writings (indexer/analysis/chinese.py) by their spelling.
Nothing of this is in the postings: another stemmer needs no new index.
"""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import cache, lru_cache
from threading import local

import Stemmer

from indexer.analysis.alphabets import SPELLED
from indexer.analysis.chinese import in_all_writings, is_chinese
from indexer.analysis.folding import folded, folded_ways
from indexer.analysis.spellings import is_respelled, spellings, with_prefixes, without_conjunction

DEFAULT = ("en",)
UNACCENTED = ""  # in place of a language: variants by their folded spelling alone
SHARE = 0.01  # of the articles must be in a language before its stemmer joins words
MAX_LANGUAGES = 8  # of those that share letters; more would join words that only look alike

_MOST = 16  # in all; the compiled kernel reads the keys of no more (indexer/storage/terms/compiled.py)

_SNOWBALL = {
    "ar": "arabic", "hy": "armenian", "eu": "basque", "ca": "catalan", "cs": "czech", "da": "danish", "nl": "dutch",
    "en": "english", "eo": "esperanto", "et": "estonian", "fi": "finnish", "fr": "french", "de": "german",
    "el": "greek", "hi": "hindi", "hu": "hungarian", "id": "indonesian", "ga": "irish", "it": "italian",
    "lt": "lithuanian", "ne": "nepali", "no": "norwegian", "nb": "norwegian", "nn": "norwegian", "fa": "persian",
    "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "es": "spanish",
    "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
    "bs": "serbian", "cnr": "serbian", "hr": "serbian", "sh": "serbian",  # it reads both alphabets and both standards
}  # fmt: skip
# Stemmers that change words of other letters than Latin alone, by their letters.
_LETTERS = {
    "arabic": "arabic", "persian": "arabic", "armenian": "armenian", "greek": "greek", "hindi": "devanagari",
    "nepali": "devanagari", "russian": "cyrillic", "tamil": "tamil", "yiddish": "hebrew",
}  # fmt: skip
# Three letters at least: "us", "ts" and "5s" may be words of their own; "ss" is no plural.
_ABBREVIATED_PLURAL = re.compile(r"(?=.{3})(?:[^\W\d_aeiouy]*\d+|[^\W_aeiouys]+|[^\W_aeiouys]{2,}o)s")
_AVAILABLE = frozenset(Stemmer.algorithms())
_cached = local()  # a Stemmer is not to be shared between threads


def languages(counts: Mapping[str | None, int]) -> tuple[str, ...]:
    """Choose the languages to stem in from the number of articles in each; most frequent first, English if none.

    Words of other letters are never joined, so the languages of each letters have a bound of their own.
    """
    least = SHARE * sum(counts.values())
    able = [(-count, code) for code, count in counts.items() if code and count >= least and _rules(code)]
    chosen: list[str] = []
    taken: Counter[str] = Counter()
    for _, code in sorted(able):
        letters = _LETTERS.get(stemmer_name(code) or "", "latin")
        if taken[letters] < MAX_LANGUAGES:
            taken[letters] += 1
            chosen.append(code)
    return tuple(chosen[:_MOST]) or DEFAULT


def left_out(counts: Mapping[str | None, int], chosen: Collection[str]) -> tuple[str, ...]:
    """Return the languages of articles that join words by rules which none of the chosen has, most frequent first."""
    taken = {_rules(code) for code in chosen}
    able = [(-count, code) for code, count in counts.items() if code and _rules(code) not in {None, *taken}]
    return tuple(code for _, code in sorted(able))


@cache
def stemmed_languages() -> tuple[str, ...]:
    """Return the languages that have a stemmer, each stemmer once."""
    names = {name: code for code, name in reversed(_SNOWBALL.items()) if name in _AVAILABLE}
    return tuple(sorted(names.values()))


@lru_cache(maxsize=256)
def stemmer_name(language: str) -> str | None:
    """Return Snowball's name for a language tag such as `pt-BR`, or None when it has no stemmer for it."""
    name = _SNOWBALL.get(_base(language))
    return name if name in _AVAILABLE else None


def _rules(language: str) -> str | None:
    """What joins the words of a language: the name of its stemmer, or its own where its alphabets are one; or None."""
    base = _base(language)
    return stemmer_name(language) or (base if base in SPELLED else None)


def _base(language: str) -> str:
    return language.partition("-")[0].lower()


def stems(forms: Sequence[str], language: str) -> list[str]:
    """Return the stem of each form in one language, in the one spelling of its alphabets; else the form itself."""
    name, spelled = stemmer_name(language), SPELLED.get(_base(language))
    if spelled is not None:
        forms = [spelled(form) for form in forms]
    if name is None:
        return list(forms)
    found: list[str] = _stemmer(name).stemWords(forms)
    if name == "english":
        return [_without_plural(stem) if stem[-1:] == "s" else stem for stem in found]
    if name == "portuguese":  # naçõ and naçã, plural and singular, are one
        return [f"{stem[:-1]}ã" if stem.endswith("õ") else stem for stem in found]
    return found


def _stemmer(name: str) -> Stemmer.Stemmer:
    cached: dict[str, Stemmer.Stemmer] = _cached.__dict__
    if name not in cached:
        cached[name] = Stemmer.Stemmer(name, 0)  # no cache: a vocabulary holds each form once
    return cached[name]


def form_keys(forms: Sequence[str], language: str) -> list[tuple[str, ...]]:
    """Return the keys of each form in one language: its folded stem, and where it differs the stem of its folding.

    Arabic words that begin with a conjunction before the article have the stem without it, too.

    `UNACCENTED` in place of a language gives the folded spellings alone.
    """
    if language == UNACCENTED:
        return [folded_ways(form) for form in forms]
    plain = [folded(form) for form in forms]
    first = [folded(stem) for stem in stems(forms, language)]
    is_arabic = stemmer_name(language) == "arabic"
    if plain == list(forms) and not is_arabic:
        return [(key,) for key in first]
    changed = [at for at, (form, other) in enumerate(zip(forms, plain, strict=True)) if form != other]
    found: list[tuple[str, ...]] = [(key,) for key in first]
    for at, stem in zip(changed, stems([plain[at] for at in changed], language), strict=True):
        key = folded(stem)
        if key != first[at]:
            found[at] = first[at], key
    if is_arabic:
        for at in [at for at, form in enumerate(plain) if without_conjunction(form) != form]:
            bare = [without_conjunction(forms[at]), without_conjunction(plain[at])]
            found[at] = tuple(dict.fromkeys((*found[at], *map(folded, stems(bare, language)))))
    return found


def sought_keys(form: str, language: str) -> tuple[str, ...]:
    """Return the keys by which a typed form finds its variants: its own, and those of spellings it may stand for."""
    plain = folded(form)
    others = list(spellings(plain, language))
    if plain == form:  # what it may stand for has no accents, so all of it is stemmed at once
        own, *spelled = map(folded, stems((form, *others), language))
        return tuple(dict.fromkeys((own, plain, *spelled)))
    (keys,) = form_keys([form], language)
    return tuple(dict.fromkeys((*keys, plain, *map(folded, stems(others, language)))))


def sought(form: str, languages: tuple[str, ...]) -> set[tuple[str, str]]:
    """Return language and key of all the forms that a typed form finds, each once; `UNACCENTED` is a language.

    Stemming a stem again may take off more, and then a word and its own stem have no key in common. So a stem finds
    the form spelled like it, but not in English, whose stemmer needs no such help.
    """
    if languages == DEFAULT and form.isascii():
        return {(UNACCENTED, form), ("en", form), ("en", _english_stem(form))}
    plain = folded(form)
    ways = in_all_writings(plain) if is_chinese(plain) else folded_ways(form)
    found = {(UNACCENTED, one) for one in ways}
    found.update((UNACCENTED, one) for one in with_prefixes(plain))
    for language, is_simple, is_english in _ways(languages):
        keys = (
            (plain, folded(stems((form,), language)[0])) if is_simple and plain == form else sought_keys(form, language)
        )
        for key in keys:
            found.add((language, key))
            if not is_english:
                found.add((UNACCENTED, key))
    return found


def numbered(form: str, languages: tuple[str, ...], numbers: Mapping[str, int]) -> tuple[tuple[int, str], ...]:
    """Return what `sought` gives, with a number in place of each language; in any order.

    A word of an English corpus, which most are, takes no more than its stem.
    """
    if languages != DEFAULT or not form.isascii():
        return tuple([(numbers[language], key) for language, key in sought(form, languages)])
    stem = _english_stem(form)
    plain, english = numbers[UNACCENTED], numbers["en"]
    return ((plain, form), (english, form)) if stem == form else ((plain, form), (english, form), (english, stem))


def _english_stem(form: str) -> str:
    """As `stems` gives it for one form."""
    stemmer: Stemmer.Stemmer | None = _cached.__dict__.get("english")
    stem: str = (stemmer or _stemmer("english")).stemWord(form)
    return _without_plural(stem) if stem[-1:] == "s" else stem


@lru_cache(maxsize=64)
def _ways(languages: tuple[str, ...]) -> tuple[tuple[str, bool, bool], ...]:
    """Languages, whether a word has no other spelling in each, and which are English."""
    return tuple((one, not is_respelled(one), one.startswith("en")) for one in languages)


def _without_plural(stem: str) -> str:
    """Take the plural off what Snowball's English leaves alone: numbers and abbreviations (1990s, f35s, mps, ngos)."""
    return stem[:-1] if _ABBREVIATED_PLURAL.fullmatch(stem) else stem

"""Two samples of articles -> the words, phrases and names that more articles of the first have, by log-likelihood."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import log

from corpus.characters import STOPS
from indexer.analysis.stems import stems
from indexer.analysis.stop_words import EVERY_STOP_WORD
from indexer.analysis.text import is_lone_character, spans

CHARACTERS = 6000  # of each text that are read: most articles are shorter
FLOOR = 3  # articles of the sample that must have a term: fewer say nothing of the search
SIGNIFICANT = 10.83  # of G-squared, at one degree of freedom: one chance in a thousand
LONGEST = 3  # words of a phrase
NAME = 0.8  # of a phrase's occurrences all words of which begin with a capital, from which it is a name
ALIKE = 0.8  # of the articles of a word that have the phrase it stands in, from which the phrase stands for the word

CAPITAL_NOUNS = frozenset({"de", "lb"})  # languages in which a capital makes no name of one word
FIRST_OF_HAN = "\u2e80"  # in scripts without spaces before it (Thai, Khmer ...), a pair of characters is no word

_BETWEEN = re.compile(r"[ \u00a0\u00ad'’\-]{1,2}")  # what may stand between the words of a phrase
_ENDS = re.compile(rf"[{STOPS}:\n]")  # the end of a sentence is among what stands between two words
_LETTER = re.compile(r"[^\W\d_]")

Words = tuple[str, ...]


class Kind(StrEnum):
    """What a term is."""

    WORD = "word"
    PHRASE = "phrase"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Sample:
    """Some articles of many.

    Attributes:
        texts: Their texts.
        of: How many articles they were taken from.
    """

    texts: Sequence[str]
    of: int


@dataclass(frozen=True, slots=True)
class Keyword:
    """A term that more articles of the first sample have.

    Attributes:
        words: The forms it is searched by: one of a word, in the order of a phrase.
        shown: As it is written most often.
        here, elsewhere: How many articles of the first sample have it, and how many of the other.
        score: G-squared (Dunning 1993), of articles with and without the term in both samples.
    """

    words: Words
    shown: str
    kind: Kind
    here: int
    elsewhere: int
    score: float


@dataclass(frozen=True, slots=True)
class _Token:
    key: str  # its stem, by which the forms of a word are one
    form: str
    shown: str
    follows: bool  # it stands next to the token before it
    begins: bool  # a sentence, in which every word has a capital


def keywords(
    first: Sample,
    other: Sample,
    *,
    language: str,
    without: frozenset[str],
    checkpoint: Callable[[], None] = lambda: None,
) -> list[Keyword]:
    """Return the terms that significantly more articles of the first sample have, the most telling first.

    The forms of a word count as one. A word is left out where a phrase stands for it, and a phrase where a longer does.

    Args:
        language: That of the stems.
        without: Forms that are left out, alone and where a phrase has no others: the words that were searched for.
        checkpoint: Called for each article; what it raises ends the work.
    """
    stemmed = _Stems(language)
    read = [_read(text, stemmed, checkpoint) for text in first.texts]
    frequent = {
        key for key, n in Counter(key for each in read for key in {one.key for one in each}).items() if n >= FLOOR
    }
    here: Counter[Words] = Counter()
    spelled: dict[Words, Counter[Words]] = defaultdict(Counter)
    written: dict[Words, Counter[str]] = defaultdict(Counter)
    within: dict[Words, Counter[bool]] = defaultdict(Counter)  # within sentences: with capitals, and without
    for tokens in read:
        checkpoint()
        seen = set()
        for term, part in _terms(tokens, frequent):
            shown = " ".join(one.shown for one in part)
            seen.add(term)
            spelled[term][tuple(one.form for one in part)] += 1
            written[term][shown] += 1
            if not part[0].begins:
                within[term][part[0].shown[:1].isupper() and part[-1].shown[:1].isupper()] += 1
        here.update(seen)
    barred = stemmed.of(sorted(without)) | without
    wanted = {term for term, n in here.items() if n >= FLOOR and not barred.issuperset(term)}
    elsewhere: Counter[Words] = Counter()
    for text in other.texts:
        elsewhere.update({term for term, _ in _terms(_read(text, stemmed, checkpoint), frequent) if term in wanted})
    sizes = len(first.texts), len(other.texts)
    found = []
    for term in wanted:
        score = log_likelihood(here[term], elsewhere[term], *sizes)
        if score >= SIGNIFICANT:
            forms = spelled[term].most_common(1)[0][0]
            shown = written[term].most_common(1)[0][0]
            kind = _kind(forms, within[term], language)
            if kind is Kind.NAME or EVERY_STOP_WORD.isdisjoint(forms):  # University of Oxford, and not "want of cover"
                found.append(Keyword(forms, shown, kind, here[term], elsewhere[term], score))
    found.sort(key=lambda one: (-one.score, one.words))
    return list(_not_within_others(found))


def log_likelihood(here: int, elsewhere: int, first: int, other: int) -> float:
    """Return G-squared of a term that `here` of `first` articles have, and `elsewhere` of `other`.

    It is below zero where the term is rarer in the first.
    """
    both, every = here + elsewhere, first + other
    cells = (
        (here, first * both / every),
        (elsewhere, other * both / every),
        (first - here, first * (every - both) / every),
        (other - elsewhere, other * (every - both) / every),
    )
    score = 2 * sum(seen * log(seen / expected) for seen, expected in cells if seen)
    return score if here * other >= elsewhere * first else -score


class _Stems:
    """The stems of one language, each found once."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._known: dict[str, str] = {}

    def keys(self, forms: Sequence[str]) -> list[str]:
        """Return the stem of each form."""
        new = [form for form in dict.fromkeys(forms) if form not in self._known]
        self._known.update(zip(new, stems(new, self._language), strict=True))
        return [self._known[form] for form in forms]

    def of(self, forms: Sequence[str]) -> frozenset[str]:
        """Return the stems of some forms."""
        return frozenset(self.keys(forms))


def _read(text: str, stemmed: _Stems, checkpoint: Callable[[], None]) -> list[_Token]:
    checkpoint()
    text = text[:CHARACTERS]
    found = spans(text)
    keys = stemmed.keys([form for form, _, _ in found])
    tokens, end = [], 0
    for key, (form, start, stop) in zip(keys, found, strict=True):
        next_to = end > 0 and (start < end or _BETWEEN.fullmatch(text, end, start) is not None)
        begins = not next_to and (end == 0 or _ENDS.search(text, end, start) is not None)
        tokens.append(_Token(key, form, text[start:stop], next_to, begins))
        end = stop
    return tokens


def _terms(tokens: Sequence[_Token], frequent: set[str]) -> Iterator[tuple[Words, Sequence[_Token]]]:
    """Yield each term of a text with its words; a phrase neither begins nor ends with a stop word."""
    bears = [one.key in frequent and _bears_meaning(one.form) for one in tokens]
    for at, one in enumerate(tokens):
        if not bears[at]:
            continue
        yield (one.key,), (one,)
        for last in range(at + 1, min(at + LONGEST, len(tokens))):
            if not tokens[last].follows:
                break
            if bears[last] and not is_lone_character(tokens[last].form[0]):
                phrase = tokens[at : last + 1]
                yield tuple(each.form for each in phrase), phrase


def _bears_meaning(form: str) -> bool:
    if len(form) < 2 or form in EVERY_STOP_WORD or _LETTER.search(form) is None:
        return False
    return not is_lone_character(form[0]) or form[0] >= FIRST_OF_HAN  # two letters of Thai are no word


def _kind(forms: Words, within: Counter[bool], language: str) -> Kind:
    """A term is a name where within sentences it nearly always begins, and ends, with a word in a capital letter."""
    otherwise = Kind.PHRASE if len(forms) > 1 else Kind.WORD
    if not within or (otherwise is Kind.WORD and language in CAPITAL_NOUNS):
        return otherwise
    return Kind.NAME if within[True] >= NAME * within.total() else otherwise


def _not_within_others(found: Sequence[Keyword]) -> Iterator[Keyword]:
    """Leave out what a longer phrase of nearly the same articles says better."""
    longer: dict[Words, int] = {}
    for one in found:
        for length in range(1, len(one.words)):
            for start in range(len(one.words) - length + 1):
                part = one.words[start : start + length]
                longer[part] = max(longer.get(part, 0), one.here)
    for one in found:
        if longer.get(one.words, 0) < ALIKE * one.here:
            yield one

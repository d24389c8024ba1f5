"""A rare or missing word -> the words of the corpus that a person may have meant."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from indexer.analysis.folding import folded
from indexer.analysis.forms import Vocabulary, by_frequency
from indexer.contract.values import And, Clause, MultiPhrase, TextField, Word

MIN_LETTERS = 4  # of a word; when another is a letter away, as often as not it is another word
MIN_FAR = 6  # of a word in which two letters may be wrong: of five, too little would be left
MIN_PART = 2  # of one of two words that were typed as one
MAX_RESPELLED = 16  # letters of a word that is looked for as two words of other spellings
RARE = 3  # articles; a word in more of them is a slip of the pen only beside one that is far more frequent
TIMES = 10  # how much more frequent a correction must be than what was typed
TIMES_SHARED = 100  # the same, where more articles than RARE share the typed word
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"  # tried as a first letter; other scripts have too many letters to try


def nearest(text: str, vocabulary: Vocabulary, *, exact: bool = False) -> str:
    """Return the frequent form nearest to a word that is rare or missing, or the word itself."""
    return next((found[0] for found in meanings(text, vocabulary, parts=False, exact=exact)), text)


def meanings(
    text: str, vocabulary: Vocabulary, *, parts: bool = True, exact: bool = False
) -> Iterator[tuple[str, ...]]:
    """Yield what may be meant by a word that is rare or missing, the likeliest first: a word, or two.

    Args:
        parts: Whether two words may be meant.
        exact: Whether the word is quoted, so that its other forms are not found by it.
    """
    if not is_correctable(text):
        return
    typed = vocabulary.frequency(text) if exact else _frequency(text, vocabulary)
    is_rare = typed <= RARE and not (typed and len(text) <= MIN_LETTERS)
    least = typed * (TIMES if is_rare else TIMES_SHARED)
    is_near = False
    for near in ((lambda: vocabulary.near(text, 1, least)), (lambda: _other_beginnings(text))):
        for found in _likely(text, near(), vocabulary, least):
            is_near = True
            yield (found,)
    if typed:
        return
    if parts and (pair := parted(text, vocabulary) or (None if is_near else respelled(text, vocabulary))):
        yield pair
    if not is_near and len(text) >= MIN_FAR:
        for found in _likely(text, vocabulary.near(text, 2, least), vocabulary, least):
            yield (found,)


def _likely(text: str, found: Iterable[str], vocabulary: Vocabulary, least: int) -> Iterator[str]:
    """Yield the most frequent of some forms, when it is frequent enough, and none when the word itself is."""
    first = by_frequency(found, vocabulary, least=least)[:1]
    if first and first[0] != text and vocabulary.frequency(first[0]) > least:
        yield first[0]


def parted(text: str, vocabulary: Vocabulary) -> tuple[str, str] | None:
    """Return the two words of a missing word, `flood` and `barrier` of floodbarrier; the most frequent pair."""
    pairs = _pairs(text, MIN_LETTERS - 1)
    counts = vocabulary.frequencies({part for pair in pairs for part in pair})
    return _likeliest(tuple((counts.get(part, 0), part) for part in pair) for pair in pairs)


def respelled(text: str, vocabulary: Vocabulary) -> tuple[str, str] | None:
    """Return the two words of a missing word that are spelled otherwise or very short: hà and nội of hanoi."""
    if len(text) > MAX_RESPELLED:
        return None
    pairs = _pairs(text, MIN_PART)
    spelled: dict[str, tuple[int, str]] = {}
    for part in {part for pair in pairs for part in pair}:
        forms = [form for form in (part, *vocabulary.variants(part)) if folded(form) == part]
        spelled[part] = max(((vocabulary.frequency(form), form) for form in forms), default=(0, part))
    return _likeliest(tuple(spelled[part] for part in pair) for pair in pairs)


def beside(pair: Sequence[str], field: TextField | None) -> Clause:
    """Return two words that were typed as one: both, or where one is very short, next to each other."""
    words = tuple(Word(part, field) for part in pair)
    if min(map(len, pair)) >= MIN_LETTERS - 1:
        return And(words)
    return MultiPhrase(tuple(map(Word, pair)), "-".join(pair), field=field)  # in quotes no other accents would be found


def joined(one: str, other: str, vocabulary: Vocabulary) -> str | None:
    """Return two neighbours as one word, where the corpus has it and lacks one of them: foot ball is football."""
    whole = one + other
    lacks = not (_frequency(one, vocabulary) and _frequency(other, vocabulary))
    return whole if lacks and len(whole) >= MIN_LETTERS and vocabulary.frequency(whole) else None


def looked_up(texts: Sequence[str]) -> set[str]:
    """Return the forms whose counts corrections of some neighbouring words look up by name.

    An engine that has its vocabulary elsewhere asks for all of them at once. Forms near to a word are not among them.
    """
    found = {form for text in texts if is_correctable(text) for form in _other_beginnings(text)}
    for text in texts:
        found.update(part for pair in _pairs(text, MIN_LETTERS - 1) for part in pair)
    return found | {one + other for one, other in pairwise(texts)}


def is_correctable(text: str) -> bool:
    """Is a word long enough, and of letters, so that another may be meant?"""
    return len(text) >= MIN_LETTERS and text.isalpha()


def _pairs(text: str, least: int) -> list[tuple[str, str]]:
    """The two words of so many letters at least that a word may be made of."""
    if len(text) < MIN_LETTERS + 1 or not text.isalpha():
        return []
    return [(text[:at], text[at:]) for at in range(least, len(text) - least + 1)]


def _likeliest(pairs: Iterable[Sequence[tuple[int, str]]]) -> tuple[str, str] | None:
    """The pair whose rarer word is the most frequent; each word comes with its count."""
    (count, _), found = max(((min(pair), pair) for pair in pairs), default=((0, ""), ()))
    return (found[0][1], found[1][1]) if count else None


def _frequency(text: str, vocabulary: Vocabulary) -> int:
    return sum(vocabulary.frequencies({text, *vocabulary.variants(text)}).values())


def _other_beginnings(text: str) -> set[str]:
    """The words one edit away whose first letter is another: changed, left out, added, or swapped with the next."""
    found = {text[1:], text[1] + text[0] + text[2:]}
    if text.isascii():
        found |= {letter + text[1:] for letter in _ALPHABET} | {letter + text for letter in _ALPHABET}
    return found - {text}

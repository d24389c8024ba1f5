"""The texts of a page's blocks -> numbers about each block: characters counted in one pass over the whole page."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.characters import STOPS as ENDS
from corpus.characters import SURE_STOPS
from crawler.body.model.compiled import compiled
from crawler.body.plane import SIZE, answers
from crawler.body.words.wordlists import BITS, NAMES, STOPS
from crawler.text import DENSE as DENSE_RANGES

Column = NDArray[Any]

SHORT = 400  # characters; the word lists are for short blocks
_STOP_SAMPLE = 60  # words looked up per block: the share does not change after that
_WORD = re.compile(r"\w+")

(OTHER, SPACE, LOWER, UPPER, DIGIT, LETTER, DENSE, STOP, SURE_STOP, COMMA, COLON, QUOTE, DASH, BRACKET, PIPE,
 RIGHTS, BRACE, ADDRESS, BREAK) = range(19)  # fmt: skip

_CHARACTERS = {
    STOP: {*ENDS} - {*SURE_STOPS}, SURE_STOP: SURE_STOPS, COMMA: ",;、，،；", COLON: ":：",
    QUOTE: "\"'“”‘’«»„‚「」『』‹›",
    DASH: "-–—―•▪●*·", BRACKET: "()[]（）", PIPE: "|¦>→▶►", RIGHTS: "©®™", BRACE: "{}=<\\;", ADDRESS: "@#/_&%+",
    BREAK: "\n",
}  # fmt: skip


def _classes() -> NDArray[np.uint8]:
    table = np.zeros(SIZE, np.uint8)
    table[answers(str.isalpha)] = LETTER
    table[answers(str.islower) & (table == LETTER)] = LOWER
    table[answers(str.isupper) & (table == LETTER)] = UPPER
    table[answers(str.isdigit)] = DIGIT
    table[answers(str.isspace)] = SPACE
    for first, last in ((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3040, 0x30FF), (0x3400, 0x9FFF)):
        letters = table[first : last + 1]
        letters[letters == LETTER] = DENSE  # written without spaces: Thai, Lao, Burmese, Khmer, kana, Han
    for kind, characters in _CHARACTERS.items():
        for character in characters:
            table[ord(character)] = kind
    return table


_CLASS = _classes()


def _extras() -> NDArray[np.uint8]:
    """What each character counts for beyond 1 (`crawler.text.text_length`); past the table, as Han does."""
    table = np.zeros(SIZE, np.uint8)
    for first, last, extra in DENSE_RANGES:
        table[first : last + 1] = extra
    return table


_EXTRA = _extras()


@dataclass(frozen=True, slots=True)
class TextMarks:
    """Numbers about each block's text; `size` is its length as `crawler.text.text_length` measures it, `lengths` as
    Python does.

    `short` holds the words, in lower case, of each block short enough for the word lists; none of the others. `spoken`
    does so where the kernel found them, and `short` is empty.
    """

    lengths: Column
    size: Column
    words: Column
    sentences: Column
    short: list[tuple[str, ...]]
    columns: dict[str, Column]
    spoken: tuple[list[str], bytes, bytes] | None = None  # words; numbers of those of each block, and where they end


def text_marks(texts: list[str]) -> TextMarks:
    """Measure every block's text."""
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    counted = _counted(texts)
    counts = _counts(texts, lengths) if counted is None else counted
    extra, sentences, begins, ends, before_end = counts[BREAK + 1 :]
    dense = counts[DENSE]
    size = lengths + extra
    words = counts[SPACE] + 1 + dense / 2
    letters = counts[LOWER] + counts[UPPER] + counts[LETTER] + dense
    safe = np.maximum(lengths, 1)
    per_hundred = 100.0 / np.maximum(size, 20)
    closed = (ends == STOP) | (ends == SURE_STOP)
    quoted = ((ends == QUOTE) | (ends == BRACKET)) & ((before_end == STOP) | (before_end == SURE_STOP))
    columns = {
        "log_size": np.log1p(size),
        "log_words": np.log1p(words),
        "sentences": np.log1p(sentences),
        "sentences_100": sentences * per_hundred,
        "commas": np.log1p(counts[COMMA]),
        "commas_100": counts[COMMA] * per_hundred,
        "digits": counts[DIGIT] / safe,
        "capitals": counts[UPPER] / np.maximum(letters, 1),
        "letters": letters / safe,
        "dense": dense / safe,
        "word_size": np.minimum(letters / np.maximum(words, 1), 30),
        "quotes": counts[QUOTE] * per_hundred,
        "dashes": counts[DASH] * per_hundred,
        "brackets": counts[BRACKET] * per_hundred,
        "pipes": counts[PIPE],
        "rights": counts[RIGHTS],
        "braces": counts[BRACE] / safe,
        "address": counts[ADDRESS] / safe,
        "colons": counts[COLON] * per_hundred,
        "ends_stop": closed | quoted,
        "ends_colon": ends == COLON,
        "ends_letter": (ends == LOWER) | (ends == UPPER) | (ends == LETTER) | (ends == DENSE),
        "begins": _ORDER[begins],
        "all_capitals": (counts[UPPER] > 3) & (counts[LOWER] == 0),
    }
    if (found := _spoken(texts)) is not None:
        return TextMarks(lengths, size, words, sentences, [], columns | found[0], found[1])
    short = [_short_marks(text) if len(text) < SHORT else _NOT_SHORT for text in texts]
    said = [marks.words for marks in short]
    return TextMarks(lengths, size, words, sentences, said, columns | _word_marks(texts, short))


def _counts(texts: list[str], lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return how many characters of each kind each text has, a row a kind; then what is counted of it by `_counted`."""
    joined = "\n".join(texts) + "\n"
    codes = np.frombuffer(joined.encode("utf-32-le", "replace"), np.uint32)
    kinds = _CLASS[np.minimum(codes, 0xFFFF)]
    starts = np.concatenate(([0], np.cumsum(lengths + 1)[:-1]))
    last = starts + lengths - 1
    cells = np.repeat(np.arange(len(texts)) * (BREAK + 1), lengths + 1) + kinds
    counts = np.bincount(cells, minlength=len(texts) * (BREAK + 1)).reshape(len(texts), BREAK + 1).T
    extra = np.add.reduceat(_EXTRA[np.minimum(codes, 0xFFFF)], starts, dtype=np.int64)
    sentences = np.add.reduceat(_sentence_ends(kinds), starts, dtype=np.int64)
    return np.vstack((counts, extra, sentences, kinds[starts], kinds[last], kinds[np.maximum(last - 1, 0)]))


def _counted(texts: list[str]) -> NDArray[np.int64] | None:
    """Return the same as `_counts` from the kernel; None where there is none.

    After the kinds: what the characters count beyond 1, the ends of sentences, the kinds of the first character, of
    the last, and of the one before it.
    """
    kernel = compiled()
    counted = kernel.counts(texts, *_TABLES) if kernel else None
    return None if counted is None else np.frombuffer(counted, np.int64).reshape(BREAK + 6, len(texts))


# First characters in an order trees can cut: lower case continues a text, a capital or quote opens one.
_ORDER = np.zeros(BREAK + 1, np.int8)
_ORDER[[LOWER, LETTER, DENSE, UPPER, QUOTE, DIGIT, BRACKET, DASH, PIPE, ADDRESS, RIGHTS]] = range(1, 12)


def _sentence_ends(kinds: NDArray[np.uint8]) -> Column:
    """A stop after a letter, digit or closing mark, and before a space, a closing mark or the block's end."""
    found: Column = kinds == SURE_STOP
    stops = np.flatnonzero(kinds == STOP)
    if stops.size:
        before = kinds[np.maximum(stops - 1, 0)]
        after = kinds[np.minimum(stops + 1, kinds.size - 1)]
        hints = _BEFORE_STOP[before] & _AFTER_STOP[after]
        found = found.copy()
        found[stops[hints]] = True
    return found


_BEFORE_STOP = np.zeros(BREAK + 1, np.bool_)
_BEFORE_STOP[[LOWER, LETTER, DIGIT, QUOTE, BRACKET, DENSE, UPPER]] = True
_AFTER_STOP = np.zeros(BREAK + 1, np.bool_)
_AFTER_STOP[[SPACE, QUOTE, BRACKET, BREAK]] = True


# What the kernel is given of the characters: their kinds, what they count beyond 1, and which kinds end sentences.
_ROLES = bytes((BREAK + 1, STOP, SURE_STOP, BREAK)) + (_BEFORE_STOP | _AFTER_STOP * np.uint8(2)).tobytes()
_TABLES = (_CLASS.tobytes(), _EXTRA.tobytes(), _ROLES)
_SOLID = ((_CLASS != SPACE) & (_CLASS != BREAK)).tobytes()
_LETTERS = (answers(str.isalnum) | (np.arange(SIZE) == ord("_"))).tobytes()


class _ShortMarks(NamedTuple):
    """What the word lists say of a short text: its words, the share of them that is listed, the share of stop words.

    `first` are the lists of its first word, as bits, where any word is listed; `hits` is list -> how many words.
    """

    words: tuple[str, ...]
    listed: float = 0.0
    stops: float = 0.0
    first: int = 0
    hits: tuple[tuple[int, int], ...] = ()


_NOT_SHORT = _ShortMarks(())


@lru_cache(4_096)  # the pages of a site share the lines of its menus, teasers and foot
def _short_marks(text: str) -> _ShortMarks:
    words = tuple(_WORD.findall(text.lower()))
    if not words:
        return _NOT_SHORT
    bits = [bits for word in words if (bits := BITS.get(word))]
    hits: dict[int, int] = {}
    for found in bits:
        for place in _PLACES[found]:
            hits[place] = hits.get(place, 0) + 1
    first = BITS.get(words[0], 0) if bits else 0
    return _ShortMarks(words, len(bits) / len(words), _share_of_stops(words), first, tuple(hits.items()))


def words_of(text: str) -> Sequence[str]:
    """Return the words of a text, as they are written."""
    kernel = compiled()
    found = kernel.words_of(text, _LETTERS) if kernel else None
    return _WORD.findall(text) if found is None else found


def _spoken(texts: list[str]) -> tuple[dict[str, Column], tuple[list[str], bytes, bytes]] | None:
    """Return the columns of `_word_marks` from the kernel, with the words of short texts; None where there is none."""
    kernel = compiled()
    sample = _STOP_SAMPLE * 8
    found = (
        kernel.spoken(texts, _LETTERS, _SOLID, BITS, STOPS, _WORD.findall, SHORT, sample, len(NAMES))
        if kernel
        else None
    )
    if found is None:
        return None
    table, numbers, ends, words = found
    rows = np.frombuffer(table, np.float32).reshape(-1, len(texts))
    return dict(zip(_OF_WORDS, rows, strict=True)), (words, numbers, ends)


_OF_WORDS = ("stops", "listed", *(f"{column}_{name}" for name in NAMES for column in ("w", "first")))


def _word_marks(texts: list[str], short: list[_ShortMarks]) -> dict[str, Column]:
    """Shares of stop words, and what the word lists say of short blocks."""
    stops = np.zeros(len(texts), np.float32)
    hits = np.zeros((len(NAMES) + 1, len(texts)), np.float32)
    firsts = np.zeros(len(texts), np.int64)
    for n, (text, marks) in enumerate(zip(texts, short, strict=True)):
        if len(text) >= SHORT:
            stops[n] = _share_of_stops(text[: _STOP_SAMPLE * 8].lower().split())
        elif marks.listed:
            firsts[n], hits[-1, n] = marks.first, marks.listed
            for place, times in marks.hits:
                hits[place, n] = times
        if marks.stops:
            stops[n] = marks.stops
    columns: dict[str, Column] = {"stops": stops, "listed": hits[-1]}
    for place, name in enumerate(NAMES):
        columns[f"w_{name}"] = hits[place]
        columns[f"first_{name}"] = (firsts >> place) & 1
    return columns


def _share_of_stops(words: Sequence[str]) -> float:
    return len([word for word in words if word in STOPS]) / len(words) if words else 0.0


_PLACES = [tuple(place for place in range(len(NAMES)) if bits >> place & 1) for bits in range(1 << len(NAMES))]

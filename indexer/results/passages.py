"""The words of a marked passage and a text -> where they stand in it, also after the text changed around them."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice

MOST = 50  # places of the same words that are listed

_WORD = re.compile(r"\S+")
_STROKE = "|"  # between the cells of a table's row; who selects cells on a page gets none
_MARKER = re.compile(r"^\s*(?:\d{1,6}[.)]|[\u2022\u25e6\u25aa*-])\s+", re.M)  # of an item, as a browser copies a list
Place = tuple[int, int]  # where it begins and ends, in characters of the text


@dataclass(frozen=True, slots=True)
class Quoted:
    """A marked passage as lists and exports show it.

    Attributes:
        quote: Empty: the text was taken away since.
        paragraph: The number of the paragraph it begins in, from 1; None: the newest text no longer has it.
    """

    quote: str
    paragraph: int | None
    note: str


@dataclass(frozen=True, slots=True)
class Squeezed:
    """A text with one space between its words, and where each word stands in the text as it is.

    The strokes between the cells of a row are no words.

    Attributes:
        words: Where each word begins and ends in the text.
        begins: Where it begins in `squeezed`.
    """

    squeezed: str
    words: Sequence[Place]
    begins: Sequence[int]

    @classmethod
    def of(cls, text: str) -> "Squeezed":
        """Return the text squeezed; made once for all passages of it."""
        words = [match.span() for match in _WORD.finditer(text) if match[0] != _STROKE]
        begins = [0, *accumulate(end - start + 1 for start, end in words)]
        return cls(" ".join(text[start:end] for start, end in words), words, begins)

    def span(self, at: int, length: int) -> Place:
        """Return where a part of `squeezed` that begins and ends with no space stands in the text."""
        return self._in_text(at), self._in_text(at + length - 1) + 1

    def near(self, place: int) -> int:
        """Return which character of `squeezed` a character of the text is, or follows if it is between words."""
        word = bisect_right(self.words, place, key=lambda span: span[0]) - 1
        if word < 0:
            return 0
        begin, end = self.words[word]
        return self.begins[word] + min(place, end - 1) - begin

    def _in_text(self, place: int) -> int:
        word = bisect_right(self.begins, place) - 1
        return self.words[word][0] + place - self.begins[word]


def places(quote: str, text: Squeezed) -> list[Place]:
    """Return where words stand in a text, in its order, 50 at most; spaces and line ends between words are alike."""
    return [text.span(at, length) for at, length in islice(_found(quote, text), MOST)]


def place(quote: str, start: int, text: Squeezed) -> Place | None:
    """Return where a passage stands that began at `start` once: the nearest of its places; None: nowhere any more."""
    nearest, near = None, text.near(start)
    for at, length in _found(quote, text):
        if nearest is None or abs(at - near) < abs(nearest[0] - near):
            nearest = at, length
        if at >= near:
            break
    return text.span(*nearest) if nearest else None


def _found(quote: str, text: Squeezed) -> Iterator[tuple[int, int]]:
    """Yield each place of the words in `squeezed`, and their length; without the markers of a list if need be."""
    wanted = _squeezed(quote)
    if wanted and wanted not in text.squeezed:
        wanted = _squeezed(_MARKER.sub("", quote))
    at = text.squeezed.find(wanted) if wanted else -1
    while at >= 0:
        yield at, len(wanted)
        at = text.squeezed.find(wanted, at + len(wanted))


def _squeezed(quote: str) -> str:
    return " ".join(word for word in quote.split() if word != _STROKE)


def paragraph(start: int, text: str) -> int:
    """Return the number of the paragraph, from 1, that a place is in; empty ones are not counted."""
    return sum(1 for part in text[: start + 1].split("\n\n") if part)


def lines(quoted: Sequence[Quoted]) -> list[str]:
    """Return passages as plain lines: paragraph, words in quotation marks, note."""
    return [_line(each) for each in quoted if each.quote or each.note]


def _line(each: Quoted) -> str:
    where = f"¶ {each.paragraph} " if each.paragraph else ""
    words = f"“{' '.join(each.quote.split())}”" if each.quote else ""
    return where + ": ".join(part for part in (words, " ".join(each.note.split())) if part)

"""Spans and their text <-> one compact text, as the store holds them: JSON, a list for each attribute of a span.

Most spans are whole lines of their text, so that they are written as lines, counted from the span before; a span within
a line is written in characters. What a kind does not have, and what most spans of it have, is not written.
"""

import json
import re
from bisect import bisect_right
from collections import defaultdict, deque
from collections.abc import Iterable, Sequence

from corpus.structure.values import Span, SpanKind

# A letter for each kind; what is stored, so letters are added and never change.
_LETTERS = {
    SpanKind.HEADING: "h",
    SpanKind.ITEM: "i",
    SpanKind.QUOTE: "q",
    SpanKind.TABLE: "t",
    SpanKind.ROW: "r",
    SpanKind.CELL: "c",
    SpanKind.PREFORMATTED: "p",
    SpanKind.CAPTION: "k",
    SpanKind.LINK: "l",
    SpanKind.IMAGE: "m",
}
_KINDS = {letter: kind for kind, letter in _LETTERS.items()}
_HEADER = "C"  # a cell that names its row or column
_NEXT, _NUMBERED = "n", "N"  # items: one more than the item of their depth before, and with a number of their own
_KINDS |= {_HEADER: SpanKind.CELL, _NEXT: SpanKind.ITEM, _NUMBERED: SpanKind.ITEM}
_WITHIN = "'"  # after the letter: the span is no whole line
_USUAL = {SpanKind.HEADING: 2, SpanKind.ITEM: 1, SpanKind.QUOTE: 1}  # levels that are not written after the letter
_BREAK = re.compile("\n")
_PART = re.compile("([a-zA-Z])('?)([0-9]{0,3})")
_ADDRESSED, _CAPTIONED = "lm", "mt"
_SCHEMES = ("http://", "https://")
_SCHEME = "https://"  # of most addresses, which begin with what follows it


def packed(spans: Sequence[Span], body: str) -> str:
    """Return the spans of a text, valid and in their order, as one text; "" for none."""
    if not spans:
        return ""
    lines, letters, numbers = _Lines(body), [], []
    before: defaultdict[int, int] = defaultdict(int)
    for span in spans:
        letter = _HEADER if span.header else _LETTERS[span.kind]
        if span.number is not None:
            letter = _NEXT if span.number == before[span.level] + 1 else _NUMBERED
            if letter == _NUMBERED:
                numbers.append(span.number)
            before[span.level] = span.number
        within = _WITHIN if lines.write(span) else ""
        letters.append(letter + within + (str(span.level) if span.level != _USUAL.get(span.kind, 0) else ""))
    addresses = " ".join(_short(each.address) for each in spans if each.address is not None)
    captions = [each.caption for each in spans if _LETTERS[each.kind] in _CAPTIONED]
    columns = ["".join(letters), [*lines.places], numbers, addresses, captions]
    return json.dumps(columns, ensure_ascii=False, separators=(",", ":"))


def unpacked(text: str, body: str) -> tuple[Span, ...]:
    """Return the spans of a text that `packed` wrote.

    Raises:
        ValueError, TypeError, LookupError, RecursionError: It wrote no such text of this body.
    """
    if not text:
        return ()
    letters, places, numbers, addresses, captions = json.loads(text)
    if type(letters) is not str or type(addresses) is not str:
        raise ValueError("a text is none")
    if {*map(type, (*places, *numbers))} - {int} or {*map(type, captions)} - {str, type(None)}:
        raise ValueError("a number or a caption is none")
    lines, left = (
        _Lines(body, places),
        (deque(numbers), deque(addresses.split(" ") if addresses else ()), deque(captions)),
    )
    before: defaultdict[int, int] = defaultdict(int)
    spans = []
    for letter, within, level in _parts(letters):
        kind, number = _KINDS[letter], None
        depth = int(level) if level else _USUAL.get(kind, 0)
        if letter in {_NEXT, _NUMBERED}:
            number = before[depth] = before[depth] + 1 if letter == _NEXT else left[0].popleft()
        start, end = lines.read(is_image=kind is SpanKind.IMAGE, within=bool(within))
        address = _absolute(left[1].popleft()) if letter in _ADDRESSED else None
        caption = left[2].popleft() if letter in _CAPTIONED else None
        spans.append(Span(kind, start, end, depth, number, letter == _HEADER, address, caption))
    if any(left) or lines.places:
        raise ValueError("more values than spans")
    return tuple(spans)


class _Lines:
    """The lines of a text, and the one that the last span began in."""

    def __init__(self, body: str, places: Iterable[int] = ()) -> None:
        self.places = deque(places)
        self._ends = [*map(re.Match.start, _BREAK.finditer(body)), len(body)]
        self._starts = [0, *(end + 1 for end in self._ends[:-1])]
        self._line = self._at = 0

    def write(self, span: Span) -> bool:
        """Add where a span stands to the places; return whether it stands within lines."""
        first = bisect_right(self._starts, span.start) - 1
        last = bisect_right(self._starts, span.end) - 1
        is_image = span.kind is SpanKind.IMAGE
        within = self._starts[first] != span.start or (self._ends[last] != span.end and not is_image)
        begins, reaches = (
            (span.start - self._at, span.end - span.start) if within else (first - self._line, last - first)
        )
        self.places += [begins] if is_image else [begins, reaches]
        self._line, self._at = first, span.start
        return within

    def read(self, *, is_image: bool, within: bool) -> tuple[int, int]:
        """Return where the next span begins and ends, by the next places."""
        begins, reaches = self.places.popleft(), 0 if is_image else self.places.popleft()
        if begins < 0 or reaches < 0:
            raise ValueError("a span ends before it begins, or begins before another that stands before it")
        if within:
            self._at += begins
            self._line = bisect_right(self._starts, self._at) - 1
            return self._at, self._at + reaches
        self._line += begins
        self._at = self._starts[self._line]
        return self._at, self._at if is_image else self._ends[self._line + reaches]


def _parts(letters: str) -> list[tuple[str, str, str]]:
    found: list[tuple[str, str, str]] = _PART.findall(letters)
    if "".join(map("".join, found)) != letters:
        raise ValueError("a letter is none of a kind")
    return found


def _short(address: str) -> str:
    rest = address.removeprefix(_SCHEME)
    return address if rest.startswith(_SCHEMES) else rest


def _absolute(address: str) -> str:
    return address if address.startswith(_SCHEMES) else _SCHEME + address

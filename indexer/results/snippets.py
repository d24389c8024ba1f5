"""An article's text and the readings of a query -> highlighted fragments, and the headline with its marks.

Words are marked in every form they were searched by; phrases only where they stand as phrases.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.analysis.joined import joined_tokens
from indexer.analysis.proximity import forms_alone, standing
from indexer.analysis.text import spans
from indexer.contract.values import Highlighted, MultiPhrase, Phrase, Reading, TextField
from indexer.results.cards import Card, Texts

FRAGMENTS = 2
MAX_CHARS = (
    240  # of a fragment, its dots included; of characters twice as wide (Chinese, Japanese, Korean) half as many
)
MAX_SCANNED = 100_000  # characters of a text that are looked at
LEAD = 70  # characters kept before the first mark, unless its sentence begins nearer

_ENDS = re.compile(r"[.!?。！？…:]['\"”’»)\]]*\s|[。！？\n]")  # between two words: a sentence ends here
_SPACE = re.compile(r"\s+")


_Token = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class _Mark:
    """The tokens [first, last] stand for the reading with this number."""

    first: int
    last: int
    reading: int


class Marker:
    """What to mark for one query, made once for all the texts of a page."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        self._words: dict[TextField, dict[str, int]] = {field: {} for field in TextField}
        self._phrases: dict[TextField, list[tuple[int, Reading]]] = {field: [] for field in TextField}
        for number, reading in enumerate(readings):
            alone = forms_alone(reading)
            for field in (reading.clause.field,) if reading.clause.field else tuple(TextField):
                for form in alone:
                    self._words[field].setdefault(form, number)
                if isinstance(reading.clause, Phrase | MultiPhrase) and alone != reading.forms:
                    self._phrases[field].append((number, reading))
        self._watched = {
            field: self._words[field].keys() | {form for _, phrase in self._phrases[field] for form in phrase.forms}
            for field in TextField
        }

    def card(self, texts: Texts) -> Card:
        """Return what is shown of a hit's headline, standfirst and body."""
        headline, standfirst, body = texts
        return Card(
            self.whole(headline, TextField.HEADLINE),
            self.whole(standfirst, TextField.STANDFIRST) if standfirst else None,
            self.fragments(body),
        )

    def whole(self, text: str, field: TextField) -> Highlighted:
        """Return all of a short text, such as a headline, with its marks."""
        found = spans(text[:MAX_SCANNED])
        marks = self._marks(text[:MAX_SCANNED], found, field)
        return Highlighted(text, _joined([(found[one.first][1], found[one.last][2]) for one in marks]))

    def fragments(self, text: str, *, field: TextField = TextField.BODY) -> tuple[Highlighted, ...]:
        """Return the best FRAGMENTS of a text in their order, or its beginning when nothing is to be marked.

        Best are those with most of the query's words, then with most marks, then the earlier ones.
        """
        text = text[:MAX_SCANNED]
        found = spans(text)
        marks = self._marks(text, found, field)
        room = _room(text)
        if not marks:
            return (_fragment(text, found, *_around(text, found, 0, 0, room), [], room),) if found else ()
        chosen: list[tuple[int, int]] = []
        for first, last in _ranked(found, marks, room):
            if any(start <= first <= end or start <= last <= end for start, end in chosen):
                continue
            begin, end = _around(text, found, first, last, room)
            if all(end < start or stop < begin for start, stop in chosen):
                chosen.append((begin, end))
            if len(chosen) == FRAGMENTS:
                break
        return tuple(_fragment(text, found, begin, end, marks, room) for begin, end in sorted(chosen))

    def _marks(self, text: str, found: Sequence[_Token], field: TextField) -> list[_Mark]:
        watched, words = self._watched[field], self._words[field]
        seen = [(at, form) for at, (form, _, _) in enumerate(found) if form in watched]
        marks = [_Mark(at, at, words[form]) for at, form in seen if form in words]
        marks += [_Mark(first, last, words[form]) for form, first, last in joined_tokens(text, found) if form in words]
        if seen and self._phrases[field]:
            places: dict[str, list[int]] = {}
            for at, form in seen:
                places.setdefault(form, []).append(at)
            for number, reading in self._phrases[field]:
                marks += [_Mark(start, end - 1, number) for start, end in standing(reading, places)]
        return sorted(marks, key=lambda one: (one.first, one.last))


def _room(text: str) -> int:
    """The characters of a text that a fragment has room for, its dots left out."""
    head = text[:200]
    if head.isascii():
        return MAX_CHARS - 2
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in head) * 2 > len(head)
    return MAX_CHARS // (2 if wide else 1) - 2


def _ranked(found: Sequence[_Token], marks: Sequence[_Mark], room: int) -> list[tuple[int, int]]:
    """The runs of marks that fit a fragment, as first and last token, the best first."""
    starts = [found[one.first][1] for one in marks]
    ends = [found[one.last][2] for one in marks]
    ranked = []
    last = 0
    for first, mark in enumerate(marks):
        limit = starts[first] + room
        while last < len(marks) and ends[last] <= limit:
            last += 1
        inside = marks[first : max(last, first + 1)]
        distinct = len({one.reading for one in inside})
        ranked.append((-distinct, -len(inside), mark.first, max(one.last for one in inside)))
        last = max(last, first + 1)
    return [(first, end) for _, _, first, end in sorted(ranked)]


def _around(text: str, found: Sequence[_Token], first: int, last: int, room: int) -> tuple[int, int]:
    """Widen the tokens [first, last] to what is shown: from the sentence's beginning, as far as there is room."""
    begin = first
    lead = min(LEAD, room - (found[last][2] - found[first][1]))
    while begin and found[first][1] - found[begin - 1][1] <= lead:
        if _ENDS.search(text, found[begin - 1][2], found[begin][1]):
            break
        begin -= 1
    end = last
    while end + 1 < len(found) and found[end + 1][2] - found[begin][1] <= room:
        end += 1
    return begin, end


def _fragment(
    text: str, found: Sequence[_Token], begin: int, end: int, marks: Sequence[_Mark], room: int
) -> Highlighted:
    """Cut out the tokens [begin, end] and the punctuation that belongs to them."""
    start, stop = found[begin][1], min(found[end][2], found[begin][1] + room)
    while start and _is_punctuation(text[start - 1]) and stop - start < room:
        start -= 1
    while stop < len(text) and _is_punctuation(text[stop]) and stop - start < room:
        stop += 1
    before = begin > 0 and not _ENDS.search(text, found[begin - 1][2], found[begin][1])
    after = end + 1 < len(found) and not _ENDS.search(text, found[end][2], found[end + 1][1])
    inside = [(found[one.first][1], found[one.last][2]) for one in marks if begin <= one.first and one.last <= end]
    shown = _joined([(first, min(last, stop)) for first, last in inside])
    return _trimmed(text[:stop], start, shown, "…" if before else "", "…" if after else "")


def _is_punctuation(character: str) -> bool:
    return not character.isspace() and not character.isalnum()


def _trimmed(text: str, start: int, marks: Sequence[tuple[int, int]], before: str, after: str) -> Highlighted:
    """Return the text from `start`, runs of white space as one space, the marks moved along."""
    parts, moved, at, length = [before], [], start, len(before)
    for first, last in marks:
        plain, marked = _SPACE.sub(" ", text[at:first]), _SPACE.sub(" ", text[first:last])
        moved.append((length + len(plain), length + len(plain) + len(marked)))
        parts += [plain, marked]
        length += len(plain) + len(marked)
        at = last
    parts += [_SPACE.sub(" ", text[at:]), after]
    return Highlighted("".join(parts), tuple(moved))


def _joined(marks: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Spans in order, those that touch or overlap as one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(marks):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)

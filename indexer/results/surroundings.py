"""A text -> its tokens, and for some of them how far a fragment around them reaches, and what stands beside it.

There are two ways to the same answers: `PlainTokens` for texts in plain letters, which builds no list of tokens and
takes a fifth of the time, and `Tokens` for every text. A place is the number of a token in `Tokens`, and a place in
the text in `PlainTokens`; in both, places ascend as the tokens do.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from os.path import commonprefix

from corpus.characters import STOPS, SURE_STOPS
from indexer.analysis.plain import PlainWords, plain_words
from indexer.analysis.text import MAX_FORM, spans

LEAD = 70  # characters kept before the first mark, unless its sentence begins nearer
FEW = 40  # beginnings of forms that are sought in a text one by one; its words are listed for more
ALIKE = 4  # characters with which forms begin that are sought at once

Mark = tuple[int, int, int]  # the places of the first token and of the last, and the number of the reading
Watched = Sequence[tuple[bytes, Mapping[bytes, int]]]  # what some forms begin with, a blank before it; their numbers

_ENDS = re.compile(rf"[{STOPS}:]['\"”’»)\]]*\s|[{SURE_STOPS}\n]")  # between two words: a sentence ends here
_LETTER = re.compile(rb"[^ ]")
_BLANK = ord(" ")


def watched(numbers: Mapping[str, int]) -> Watched:
    """Return forms, each with a number, as `PlainTokens.marks` takes them.

    Those of one stem mostly begin alike, and are sought at once; a form that is sought alone has a blank after it.
    Forms that stand in no plain text are left out.
    """
    alike: dict[str, dict[str, int]] = {}
    for form, number in numbers.items():
        if form.isascii():
            alike.setdefault(form[:ALIKE], {})[form] = number
    found = []
    for each in alike.values():
        lead = f" {commonprefix(list(each))}" if len(each) > 1 else f" {next(iter(each))} "  # noqa: RUF071 - of words, not paths
        found.append((lead.encode(), {form.encode(): number for form, number in each.items()}))
    return found


class Tokens:
    """The tokens of any text; a place is the number of a token."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found = spans(text)

    @property
    def first(self) -> tuple[int, int] | None:
        """The places of the first token and of its end; None when there are no tokens."""
        return (0, 0) if self.found else None

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return the characters [start, end) of the tokens from one place to another."""
        return self.found[first][1], self.found[last][2]

    def around(self, first: int, last: int, room: int) -> tuple[int, int]:
        """Widen the tokens [first, last] to what is shown: from the sentence's beginning, as far as there is room."""
        text, found = self.text, self.found
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

    def is_cut_before(self, begin: int) -> bool:
        """Whether a sentence that began earlier goes on at a token."""
        found = self.found
        return begin > 0 and not _ENDS.search(self.text, found[begin - 1][2], found[begin][1])

    def is_cut_after(self, end: int) -> bool:
        """Whether a sentence goes on after a token."""
        found = self.found
        return end + 1 < len(found) and not _ENDS.search(self.text, found[end][2], found[end + 1][1])


class PlainTokens:
    """The tokens of a text in plain letters; the place of a token is its first character, or the end of its last.

    Attributes:
        may_join: Whether a joined form may stand in it.
    """

    def __init__(self, text: str, words: PlainWords) -> None:
        self.text = text
        self._padded, self.may_join = words  # a character of the text is a place further there

    @property
    def first(self) -> tuple[int, int] | None:
        """The places of the first token and of its end; None when there are no tokens."""
        start = self._next(0)
        return (start, self._padded.index(b" ", start + 1) - 1) if start < len(self.text) else None

    def marks(self, watched: Watched) -> list[tuple[int, int, int]]:
        """Return where some forms stand: where each begins and ends, and its number, in order."""
        padded = self._padded
        find = padded.find
        if len(watched) > FEW:
            listed = set(padded.split())
            watched = [(lead, numbers) for lead, numbers in watched if not numbers.keys().isdisjoint(listed)]
        marks: list[tuple[int, int, int]] = []
        for lead, numbers in watched:
            at = find(lead)
            if at >= 0 and lead[-1] == _BLANK:
                [number], size = numbers.values(), len(lead) - 2
                while at >= 0:
                    end = at + size
                    marks.append((at, end, number))
                    at = find(lead, end + 1)
            while at >= 0:
                end = find(b" ", at + 1)
                found = numbers.get(padded[at + 1 : end])
                if found is not None:
                    marks.append((at, end - 1, found))
                at = find(lead, end)
        marks.sort()
        return marks

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return the characters [start, end) of the tokens from one place to another."""
        return first, last

    def around(self, first: int, last: int, room: int) -> tuple[int, int]:
        """Widen the tokens [first, last] to what is shown: from the sentence's beginning, as far as there is room."""
        begin = self._beginning(first, min(LEAD, room - (last - first)))
        limit = begin + room
        if limit >= len(self.text):
            limit = len(self.text)
        elif self._padded[limit + 1] != _BLANK:  # a token that is cut there is left out
            limit = max(0, self._padded.rfind(b" ", begin + 1, limit + 1))
        return begin, max(last, self._end_before(limit))

    def is_cut_before(self, begin: int) -> bool:
        """Whether a sentence that began earlier goes on at a token."""
        end = self._end_before(begin)
        return end > 0 and not _ENDS.search(self.text, end, begin)

    def is_cut_after(self, end: int) -> bool:
        """Whether a sentence goes on after a token."""
        start = self._next(end)
        return start < len(self.text) and not _ENDS.search(self.text, end, start)

    def _beginning(self, first: int, lead: int) -> int:
        """The first token of the sentence, or that within `lead` characters."""
        if lead <= 0:
            return first
        start = max(0, first - lead)
        if self._padded[start] != _BLANK and self._padded[start + 1] != _BLANK:
            start = self._padded.index(b" ", start + 1) - 1
        start = self._next(start)
        for end in _ENDS.finditer(self.text, start, first):  # no such sign stands within a token
            start = end.end()
        return self._next(start)

    def _next(self, at: int) -> int:
        """Where the next token begins; the length of the text when there is none."""
        padded = self._padded
        if padded[at + 1] != _BLANK:
            return at
        found = _LETTER.search(padded, at + 1)
        return len(self.text) if found is None else found.start() - 1

    def _end_before(self, at: int) -> int:
        """Where the last token ends that ends before a place; 0 when there is none."""
        padded = self._padded
        for end in (at, at - 1, at - 2):  # mostly there is a blank, or a sign and a blank
            if end > 0 and padded[end] != _BLANK:
                return end
        return max(0, len(padded[: at + 1].rstrip()) - 1)


def tokens(text: str) -> Tokens | PlainTokens:
    """Return the tokens of a text."""
    words = plain_words(text, MAX_FORM)
    return Tokens(text) if words is None else PlainTokens(text, words)


def ranked(found: Tokens | PlainTokens, marks: Sequence[Mark], room: int) -> Iterator[tuple[int, int]]:
    """Yield the runs of marks that fit a fragment, as the places of the first and the last token, the best first."""
    if len(marks) == 1:
        yield marks[0][:2]
        return
    starts, ends, readings = zip(*marks, strict=True)
    is_nested = False
    if not isinstance(found, PlainTokens):  # in a plain text places are characters, and no mark lies within another
        is_nested = any(one > other for one, other in pairwise(ends))
        starts, ends = zip(*(found.span(first, last) for first, last, _ in marks), strict=True)
    count = len(marks)
    ends = (*ends, starts[-1] + room + 1)
    inside = [0] * (max(readings) + 1)  # of each reading: its marks in the run
    end, kinds = 0, 0
    runs = []  # a run as one number, the less the better: by its kinds, its marks, its place
    for at, start in enumerate(starts):
        limit = start + room
        while ends[end] <= limit:
            added = readings[end]
            if not inside[added]:
                kinds += 1
            inside[added] += 1
            end += 1
        if end == at:  # a mark with no room stands alone
            inside[readings[at]], kinds, end = 1, 1, end + 1
        runs.append((at - end - kinds * (count + 1)) * count + at)
        left = readings[at]
        inside[left] -= 1
        if not inside[left]:
            kinds -= 1
    runs.sort()
    for number in runs:
        before, at = divmod(number, count)
        run = marks[at : at - before % -(count + 1)]
        yield run[0][0], max([mark[1] for mark in run]) if is_nested else run[-1][1]

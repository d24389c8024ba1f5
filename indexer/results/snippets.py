"""An article's text and the readings of a query -> highlighted fragments, and the headline with its marks.

Words are marked in every form they were searched by; phrases only where they stand as phrases.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cached_property
from typing import Any, TypeVar

from corpus.model import Article
from indexer.analysis.joined import joined, joined_tokens
from indexer.analysis.proximity import forms_alone, standing
from indexer.contract.values import Highlighted, MultiPhrase, Phrase, Reading, TermClause, TextField
from indexer.results.compiled import Kernel, Spans, compiled
from indexer.results.snippet_cache import HitSnippets, Texts
from indexer.results.surroundings import Mark, PlainTokens, Tokens, Watched, ranked, tokens, watched

FRAGMENTS = 2
MAX_CHARS = (
    240  # of a fragment, its dots included; of characters twice as wide (Chinese, Japanese, Korean) half as many
)
MAX_SCANNED = 100_000  # characters of a text that are looked at
_PARAGRAPH = "\n\n"
_RUN = re.compile(r"[^\S ]\s*| \s+")  # white space that is not one blank
_BREAK = re.compile(r"[^\S ]\s*")  # the same where none begins with a blank, in a tenth of the time
_BESIDE_A_BLANK = re.compile(r" \s")


_OF_A_PHRASE = -1  # the number of a form that is marked in a phrase alone
_Cut = tuple[int, int, int, int, Spans]  # the characters [start, end), the first and the last token, the marks
_C = TypeVar("_C", bound=tuple[int, int, Any, Any, Spans])


class _Sought:
    """What to mark in a field of the articles.

    Attributes:
        words: Form -> the number of the reading that it is marked for wherever it stands.
        phrases: The readings that are marked only where they stand as phrases, each with its number.
        compiled: The words as the kernel takes them; None where it cannot find all marks.
    """

    def __init__(self, readings: Iterable[tuple[int, Reading]], kernel: Kernel | None) -> None:
        self.words: dict[str, int] = {}
        self.phrases: list[tuple[int, Reading]] = []
        for number, reading in readings:
            alone = forms_alone(reading)
            for form in alone:
                self.words.setdefault(form, number)
            if isinstance(reading.clause, Phrase | MultiPhrase) and alone != reading.forms:
                self.phrases.append((number, reading))
        self.forms = {*self.words}.union(*(phrase.forms for _, phrase in self.phrases))
        self.compiled = kernel.words(self.words) if kernel and not self.phrases else None

    @cached_property
    def watched(self) -> Watched:
        """The forms as `PlainTokens.marks` takes them."""
        return watched({form: self.words.get(form, _OF_A_PHRASE) for form in self.forms})


class Marker:
    """What to mark for one query, made once for all the texts of a page."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        self._kernel, self._readings = compiled(), readings
        numbered = list(enumerate(readings))
        named = {reading.clause.field for reading in readings}
        everywhere = _Sought(numbered, self._kernel) if named <= {None} else None
        self._sought = {
            field: everywhere
            or _Sought([one for one in numbered if one[1].clause.field in (None, field)], self._kernel)
            for field in TextField
        }

    def card(self, texts: Texts, most: int | None = None) -> HitSnippets:
        """Return what is shown of a hit's headline, standfirst and body; `most` as `fragments` has it."""
        headline, standfirst, body = texts
        return HitSnippets(
            self.whole(headline, TextField.HEADLINE),
            self.whole(standfirst, TextField.STANDFIRST) if standfirst else None,
            self.fragments(body, most=most),
        )

    def whole(self, text: str, field: TextField) -> Highlighted:
        """Return all of a short text, such as a headline, with its marks."""
        return Highlighted(text, self._marks_in(text[:MAX_SCANNED], self._sought[field]))

    def _marks_in(self, text: str, sought: _Sought) -> Spans:
        if self._kernel and sought.compiled is not None:
            spans = self._kernel.marks(sought.compiled, text)
            if spans is not None:
                return spans
        return _spans(*self._marked(text, sought))

    def lacking(self, article: Article, among: Collection[TermClause]) -> list[TermClause]:
        """Return the clauses of which an article has no form; none of an article that is too long to be looked at."""
        byline = article.byline or ", ".join(author.name for author in article.authors)
        texts = [text for text in (article.headline, article.standfirst, byline, article.body) if text]
        if any(len(text) > MAX_SCANNED for text in texts):
            return []
        sought = [(clause, one) for clause, one in self._alone if clause in among]
        return [clause for clause, one in sought if not any(self._marks_in(text, one) for text in texts)]

    @cached_property
    def _alone(self) -> list[tuple[TermClause, _Sought]]:
        return [(one.clause, _Sought([(0, one)], self._kernel)) for one in self._readings]

    def fragments(
        self, text: str, *, field: TextField = TextField.BODY, most: int | None = None
    ) -> tuple[Highlighted, ...]:
        """Return the best FRAGMENTS of a text in their order, or its beginning when nothing is to be marked.

        Best are those with most of the query's words, then with most marks, then the earlier ones.

        Args:
            most: Where they have more characters together, there is only that which `fitting` leaves; None: no bound.
        """
        text = text[:MAX_SCANNED]
        room = _room(text)
        words = self._sought[field].compiled
        if self._kernel and words is not None:
            pieces = self._kernel.fragments(words, text, room)
            if pieces is not None:
                return _within(most, text, pieces, lambda piece: _piece(text, *piece))
        found, marks = self._marked(text, self._sought[field])
        if not marks:
            return (_dotted(found, *_cut(found, *found.around(*found.first, room), [], room)),) if found.first else ()
        chosen: list[tuple[int, int]] = []
        for first, last in ranked(found, marks, room):
            for start, end in chosen:
                if start <= first <= end or start <= last <= end:
                    break
            else:
                begin, stop = found.around(first, last, room)
                if all(stop < start or end < begin for start, end in chosen):
                    chosen.append((begin, stop))
                if len(chosen) == FRAGMENTS:
                    break
        cuts = [_cut(found, begin, end, marks, room) for begin, end in sorted(chosen)]
        return _within(most, found.text, cuts, lambda cut: _dotted(found, *cut))

    def _marked(self, text: str, sought: _Sought) -> tuple[Tokens | PlainTokens, list[Mark]]:
        """Return the tokens of a text and its marks in their order."""
        found = tokens(text)
        if isinstance(found, PlainTokens):
            marks = found.marks(sought.watched)
            joins = found.may_join and any(one.form in sought.words for one in joined(text))
            if not (joins or (marks and sought.phrases)):
                return found, marks
            found = Tokens(text)
        return found, self._marks(text, found.found, sought)

    def _marks(self, text: str, found: Sequence[tuple[str, int, int]], sought: _Sought) -> list[Mark]:
        forms, words = sought.forms, sought.words
        seen = [(at, form) for at, (form, _, _) in enumerate(found) if form in forms]
        marks = [(at, at, words[form]) for at, form in seen if form in words]
        marks += [(first, last, words[form]) for form, first, last in joined_tokens(text, found) if form in words]
        if seen and sought.phrases:
            places: dict[str, list[int]] = {}
            for at, form in seen:
                places.setdefault(form, []).append(at)
            for number, reading in sought.phrases:
                marks += [(start, end - 1, number) for start, end in standing(reading, places)]
        return sorted(marks)


def scanned(text: str, shown: HitSnippets) -> int | None:
    """Return how many characters of a text were looked through, when it is longer and nothing shown has a mark."""
    return MAX_SCANNED if len(text) > MAX_SCANNED and not any(each.spans for each in shown.marked) else None


def _room(text: str) -> int:
    """The characters of a text that a fragment has room for, its dots left out."""
    head = text[:200]
    if head.isascii():
        return MAX_CHARS - 2
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in head) * 2 > len(head)
    return MAX_CHARS // (2 if wide else 1) - 2


def fitting(fragments: tuple[Highlighted, ...], most: int | None) -> tuple[Highlighted, ...]:
    """Return the fragments, or the first of those with most marks where all have over `most` characters together.

    Args:
        most: None: no bound.
    """
    if most is None or len(fragments) < 2 or sum(len(each.text) for each in fragments) <= most:
        return fragments
    return (max(fragments, key=lambda each: len(each.spans)),)


def _within(
    most: int | None, text: str, cuts: Sequence[_C], made: Callable[[_C], Highlighted]
) -> tuple[Highlighted, ...]:
    """Make fragments of cuts as `fitting` leaves them; one that cannot fit beside the other is never made.

    Args:
        cuts: Each begins with its place [start, end) in the text, and ends with its marks.
    """
    if most is None or len(cuts) < 2:
        return tuple([made(cut) for cut in cuts])
    best = max(cuts, key=_marks_of)
    fragment = made(best)
    letters = sum([_letters(text[cut[0] : cut[1]]) for cut in cuts if cut is not best])
    if len(fragment.text) + letters > most:
        return (fragment,)
    return fitting(tuple([made(cut) for cut in cuts]), most)


def _marks_of(cut: _C) -> int:
    return len(cut[-1])


def _letters(cut: str) -> int:
    """How many characters are no white space."""
    cut = cut.replace("\n", "")  # then its only white space are mostly blanks
    return len(cut) - cut.count(" ") if cut.isprintable() else len("".join(cut.split()))


def _cut(found: Tokens | PlainTokens, begin: int, end: int, marks: Sequence[Mark], room: int) -> _Cut:
    """Cut out the tokens [begin, end] and the punctuation that belongs to them."""
    text = found.text
    start, stop = found.span(begin, end)
    stop = min(stop, start + room)
    while start and _is_punctuation(text[start - 1]) and stop - start < room:
        start -= 1
    while stop < len(text) and _is_punctuation(text[stop]) and stop - start < room:
        stop += 1
    near = marks[bisect_left(marks, (begin,)) : bisect_left(marks, (end + 1,))]
    inside = _spans(found, [mark for mark in near if mark[1] <= end])
    if inside and inside[-1][1] > stop:  # of words with no room
        inside = _joined([(first, min(last, stop)) for first, last in inside])
    return start, stop, begin, end, inside


def _dotted(found: Tokens | PlainTokens, start: int, stop: int, begin: int, end: int, marks: Spans) -> Highlighted:
    return _piece(found.text, start, stop, found.is_cut_before(begin), found.is_cut_after(end), marks)


def _piece(text: str, start: int, stop: int, before: bool, after: bool, marks: Spans) -> Highlighted:
    """Cut out [start, stop) of a text, with dots where a sentence is cut."""
    return _trimmed(text[start:stop], start, marks, "…" if before else "", "…" if after else "")


def _is_punctuation(character: str) -> bool:
    return not character.isspace() and not character.isalnum()


def _trimmed(cut: str, start: int, marks: Sequence[tuple[int, int]], before: str, after: str) -> Highlighted:
    """Return a piece of a text, runs of white space as one space, the marks moved along; it began at `start`."""
    shift = len(before) - start
    whole = cut.replace(_PARAGRAPH, " ")
    if whole.isprintable() and "  " not in whole:  # then its only white space are single blanks, and these
        moved = [(first + shift, last + shift) for first, last in marks]
        if len(whole) < len(cut):
            dots = len(before)
            moved = [
                (first - cut.count(_PARAGRAPH, 0, first - dots), last - cut.count(_PARAGRAPH, 0, last - dots))
                for first, last in moved
            ]
        return Highlighted(f"{before}{whole}{after}", tuple(moved))
    white = _RUN if _BESIDE_A_BLANK.search(cut) else _BREAK
    runs = [(run.end(), run.end() - run.start() - 1) for run in white.finditer(cut)]
    runs.append((len(cut) + 1, 0))
    following = iter(runs)
    end, less = next(following)
    moved = []
    for first, last in marks:
        while end <= first - start:
            shift -= less
            end, less = next(following)
        begin = first + shift
        while end <= last - start:  # within a phrase
            shift -= less
            end, less = next(following)
        moved.append((begin, last + shift))
    return Highlighted(f"{before}{white.sub(' ', cut)}{after}", tuple(moved))


def _spans(found: Tokens | PlainTokens, marks: Sequence[Mark]) -> Spans:
    """The characters of marks, those that touch or overlap as one; in a plain text none do."""
    if isinstance(found, PlainTokens):
        return tuple([mark[:2] for mark in marks])
    return _joined([found.span(first, last) for first, last, _ in marks])


def _joined(marks: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Spans in order, those that touch or overlap as one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(marks):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)

"""An article and how a query was read -> its text as HTML with the words marked, each mark an anchor to jump to."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from markupsafe import Markup, escape

from corpus.model import Article
from corpus.structure.blocks import Block
from corpus.structure.layout import layout
from corpus.texts import text
from indexer.analysis.joined import joined_tokens
from indexer.analysis.proximity import forms_alone, standing
from indexer.analysis.text import spans
from indexer.contract.values import Reading, TextField
from indexer.query.serialise import unfielded
from indexer.results.text_html import Setting, html
from web.languages.choice import current
from web.languages.wording import said
from web.layout.render import safe

Mark = tuple[int, int, int]  # where it begins and ends in the text, and the number of its word
PassageMark = tuple[int, int, int]  # where a marked passage begins and ends, and its number
MAX_WORDS = 8  # words that the bar lists; the text marks further words too


@dataclass(slots=True)
class Word:
    """One word or phrase of the query in this article; its marks are `w<n>-1` to `w<n>-<count>`."""

    n: int
    word: str
    count: int = 0


@dataclass(slots=True)
class MarkedText:
    """The article's text to show, block by block, and the query's words in it."""

    blocks: list[Markup] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)


def laid_out(article: Article, *, most: int | None = None) -> tuple[Block, ...]:
    """Return the blocks of an article's text that are shown.

    Args:
        most: So many of its paragraphs, from the first and plain; None: all blocks, as they were set.
    """
    # A first block may be a quote or a table that holds the whole text, so a part of a text is shown as it is without.
    return layout(article.body, article.structure if most is None else None)[:most]


def found(
    article: Article, readings: Sequence[Reading], passages: Iterable[PassageMark], blocks: Iterable[Block]
) -> MarkedText:
    """Return blocks of an article's text, as HTML, with the query's words and the passages of a reader marked.

    Words are numbered, and counted in those blocks.
    """
    words = [Word(n, unfielded(each.clause)) for n, each in enumerate(readings)]
    wanted = [each for each in readings if each.clause.field in (None, TextField.BODY)]
    places = {id(each): n for n, each in enumerate(readings)}
    marks: list[Mark] = []
    begins = 0
    for paragraph in article.body.split("\n\n") if wanted else ():
        marks += (
            (begins + start, begins + end, places[id(reading)]) for start, end, reading in marked(paragraph, wanted)
        )
        begins += len(paragraph) + len("\n\n")
    pen = _Pen(article.body, marks, list(passages), words)
    setting = Setting(article.body, pen.text, 2, _beside(article.language, text("Picture not loaded")), _table_name)
    shown = list(html(blocks, setting))
    return MarkedText(shown, [each for each in words if each.count][:MAX_WORDS])


def _beside(language: str | None, words: str) -> str:
    """Return words of ours within a text of a language, with the language of theirs where it is another one."""
    if language in (None, "", current().code):
        return said(words)
    return Markup("<span lang={} dir=auto>{}</span>").format(current().code, said(words))


def _table_name(number: int) -> str:
    return said(text("Table {n}", n=number))


def marked(text: str, readings: Iterable[Reading]) -> list[tuple[int, int, Reading]]:
    """Return where the readings stand in the text, in order; the longer of two that overlap."""
    tokens = spans(text)
    if not tokens:
        return []
    places: dict[str, list[int]] = {}
    for at, (form, _, _) in enumerate(tokens):
        places.setdefault(form, []).append(at)
    found: list[tuple[int, int, Reading]] = []
    joined = list(joined_tokens(text, tokens))
    for reading in readings:
        alone = set(forms_alone(reading))
        ends = [*standing(reading, places), *((first, last + 1) for form, first, last in joined if form in alone)]
        found += [(tokens[first][1], tokens[end - 1][2], reading) for first, end in ends]
    found.sort(key=lambda each: (each[0], -each[1]))
    chosen: list[tuple[int, int, Reading]] = []
    for each in found:
        if not chosen or each[0] >= chosen[-1][1]:
            chosen.append(each)
    return chosen


class _Pen:
    """Marks parts of a text, each part once and in the order of the text; no mark crosses the end of a part.

    A mark that goes on in the next part has its anchor in the first part alone.
    """

    def __init__(
        self, body: str, marks: Sequence[Mark], passages: Sequence[PassageMark], words: Sequence[Word]
    ) -> None:
        self._body = body
        self._marks = _joined(body, marks)
        self._ends = [end for _, end, _ in self._marks]
        self._starts = [start for start, _, _ in self._marks]
        self._passages = sorted(passages)
        self._begun: list[PassageMark] = []  # that may go on in the next part
        self._next = 0  # of the passages
        self._words = words
        self._anchored: set[int] = set()  # of passages
        self._counted = 0  # marks that have their anchor

    def text(self, start: int, end: int) -> Markup:
        """Return the characters from a place to a place as HTML: cut where passages begin and end."""
        while self._next < len(self._passages) and self._passages[self._next][0] < end:
            self._begun.append(self._passages[self._next])
            self._next += 1
        self._begun = here = [each for each in self._begun if each[1] > start]
        edges = sorted({start, end, *(min(max(place, start), end) for each in here for place in each[:2])})
        return Markup("").join(self._in_passages(first, last, here) for first, last in pairwise(edges))

    def _in_passages(self, start: int, end: int, passages: Iterable[PassageMark]) -> Markup:
        part = self._marked(start, end)
        around = [number for first, last, number in passages if first < end and last > start]
        anchors = [number for number in around if number not in self._anchored]
        self._anchored.update(anchors)
        for number in anchors[1:]:
            part = Markup('<span id="p{}"></span>').format(number) + part
        if around:
            anchor = Markup(' id="p{}"').format(anchors[0]) if anchors else ""
            part = Markup('<mark class="pen"{}>{}</mark>').format(anchor, part)
        return part

    def _marked(self, start: int, end: int) -> Markup:
        parts: list[Markup] = []
        at = start
        for n in range(bisect_right(self._ends, start), bisect_left(self._starts, end)):
            first, last, number = self._marks[n]
            first, last = max(first, start), min(last, end)
            parts += (self._shown(at, first), self._mark(self._body[first:last], n, number))
            at = last
        return Markup("").join([*parts, self._shown(at, end)])

    def _shown(self, start: int, end: int) -> Markup:
        return escape(safe(self._body[start:end]))

    def _mark(self, shown: str, n: int, number: int) -> Markup:
        if n < self._counted:
            return Markup("<mark>{}</mark>").format(safe(shown))
        self._counted = n + 1
        word = self._words[number]
        word.count += 1
        return Markup('<mark id="w{}-{}">{}</mark>').format(number, word.count, safe(shown))


def _joined(body: str, marks: Sequence[Mark]) -> list[Mark]:
    """Return the marks; neighbouring words that a space parts get one mark."""
    starts = {start for start, _, _ in marks}
    return [
        (start, end + 1 if body[end : end + 1] == " " and end + 1 in starts else end, number)
        for start, end, number in marks
    ]

"""An article and how a query was read -> its texts with the words marked, each mark an anchor to jump to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from markupsafe import Markup, escape

from corpus.model import Article
from indexer.analysis.joined import joined_tokens
from indexer.analysis.proximity import forms_alone, standing
from indexer.analysis.text import spans
from indexer.contract.values import Reading, TextField
from indexer.query.serialise import unfielded
from web.layout.render import safe

Mark = tuple[int, int, int]  # where it begins and ends in a paragraph, and the number of its word
Pencil = tuple[int, int, int]  # where a marked passage begins and ends, and its number
MAX_WORDS = 8  # words that the bar lists; the text marks further words too


@dataclass(slots=True)
class Word:
    """One word or phrase of the query in this article; its marks are `w<n>-1` to `w<n>-<count>`."""

    n: int
    word: str
    count: int = 0


@dataclass(slots=True)
class MarkedText:
    """The article's paragraphs to show, and the query's words in them."""

    paragraphs: list[Markup] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)


def found(article: Article, readings: Sequence[Reading], passages: Iterable[Pencil] = ()) -> MarkedText:
    """Mark the article's paragraphs: the query's words, numbered by word, and the passages that a reader marked."""
    words = [Word(n, unfielded(each.clause)) for n, each in enumerate(readings)]
    made = MarkedText()
    wanted = [each for each in readings if each.clause.field in (None, TextField.BODY)]
    places = {id(each): n for n, each in enumerate(readings)}
    passages, begins = list(passages), 0
    for paragraph in article.body.split("\n\n"):
        if paragraph:
            marks = [(start, end, places[id(reading)]) for start, end, reading in marked(paragraph, wanted)]
            here = [(start - begins, end - begins, number) for start, end, number in passages]
            made.paragraphs.append(_penciled(paragraph, marks, here, words))
        begins += len(paragraph) + len("\n\n")
    made.words = [each for each in words if each.count][:MAX_WORDS]
    return made


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


def _penciled(text: str, marks: Sequence[Mark], passages: Sequence[Pencil], words: list[Word]) -> Markup:
    """Mark a paragraph: cut where passages begin and end, so that no mark crosses another."""
    here = [each for each in passages if each[0] < len(text) and each[1] > 0]
    edges = sorted({0, len(text), *(min(max(place, 0), len(text)) for each in here for place in each[:2])})
    parts: list[Markup] = []
    for start, end in pairwise(edges):
        inside = [
            (max(first, start) - start, min(last, end) - start, n if first >= start else None)
            for first, last, n in marks
            if first < end and last > start
        ]
        part = _numbered(text[start:end], inside, words)
        around = [each for each in here if each[0] < end and each[1] > start]
        anchors = [each[2] for each in around if each[0] == start]  # where a passage goes on, it has its anchor already
        for number in anchors[1:]:
            part = Markup('<span id="p{}"></span>').format(number) + part
        if around:
            anchor = Markup(' id="p{}"').format(anchors[0]) if anchors else ""
            part = Markup('<mark class="pen"{}>{}</mark>').format(anchor, part)
        parts.append(part)
    return Markup("").join(parts)


def _numbered(text: str, marks: Sequence[tuple[int, int, int | None]], words: list[Word]) -> Markup:
    """Mark words; None in place of a word's number: the rest of a mark that has its anchor already."""
    parts: list[Markup] = []
    at = 0
    for start, end, n in marks:
        if text[end : end + 1] == " " and any(end + 1 == after for after, _, _ in marks):
            end += 1  # neighbouring words get one mark
        parts += (escape(safe(text[at:start])), _mark(safe(text[start:end]), n, words))
        at = end
    return Markup("").join([*parts, escape(safe(text[at:]))])


def _mark(text: str, n: int | None, words: list[Word]) -> Markup:
    if n is None:
        return Markup("<mark>{}</mark>").format(text)
    words[n].count += 1
    return Markup('<mark id="w{}-{}">{}</mark>').format(n, words[n].count, text)

"""An article and how a query was read -> its texts with the words marked, each mark an anchor to jump to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from corpus.model import Article
from indexer.analysis.joined import joined_tokens
from indexer.analysis.proximity import forms_alone, standing
from indexer.analysis.text import spans
from indexer.contract.values import Reading, TextField
from indexer.query.serialise import unfielded
from web.layout.render import safe

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


def found(article: Article, readings: Sequence[Reading]) -> MarkedText:
    """Mark the article's paragraphs; the marks are numbered by word."""
    words = [Word(n, unfielded(each.clause)) for n, each in enumerate(readings)]
    made = MarkedText()
    wanted = [each for each in readings if each.clause.field in (None, TextField.BODY)]
    places = {id(each): n for n, each in enumerate(readings)}
    for paragraph in filter(None, article.body.split("\n\n")):
        marks = [(start, end, places[id(reading)]) for start, end, reading in marked(paragraph, wanted)]
        made.paragraphs.append(_numbered(paragraph, marks, words))
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


def _numbered(text: str, marks: list[tuple[int, int, int]], words: list[Word]) -> Markup:
    parts: list[Markup] = []
    at = 0
    for start, end, n in marks:
        words[n].count += 1
        if text[end : end + 1] == " " and any(end + 1 == after for after, _, _ in marks):
            end += 1  # neighbouring words get one mark
        mark = Markup('<mark id="w{}-{}">{}</mark>').format(n, words[n].count, safe(text[start:end]))
        parts += (escape(safe(text[at:start])), mark)
        at = end
    return Markup("").join([*parts, escape(safe(text[at:]))])

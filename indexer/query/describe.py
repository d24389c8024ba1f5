"""Query -> how it was read, in words: "all of flood, defences; not insurance; by Maria Okafor"."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from types import MappingProxyType

from corpus.model import Author
from corpus.texts import Text, either, joined, message, text, texts
from indexer.analysis.text import is_run
from indexer.contract.facets import FACETS, NONE, FacetName, Filter
from indexer.contract.removed import is_removed
from indexer.contract.values import (
    And,
    Clause,
    DateRange,
    Dating,
    Fuzzy,
    Match,
    MultiPhrase,
    Not,
    Or,
    Phrase,
    Query,
    Reading,
    TextField,
    Word,
)
from indexer.query.matching import any_of
from indexer.query.serialise import side_by_side, unfielded

AuthorsOf = Callable[[Collection[str]], Mapping[str, Author]]  # keys -> the name printed most often under each
Labels = Mapping[tuple[FacetName, str], str]
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_NAMED = 3  # forms in another alphabet
NO_LABELS: Labels = MappingProxyType({})

_IN_FIELD = {
    TextField.HEADLINE: message("{words} in the headline"),
    TextField.STANDFIRST: message("{words} in the standfirst"),
    TextField.BODY: message("{words} in the body"),
    TextField.BYLINE: message("{words} in the byline"),
}


def describe(query: Query, labels: Labels = NO_LABELS) -> str:
    """Say how a query was read: "all of flood, defences; not insurance; by Maria Okafor"."""
    clause = (any_of(query.clause) if query.match is Match.ANY else None) or query.clause
    parts = [*_said(clause), *(_said_filter(one, labels) for one in query.filters), *_said_dates(query)]
    return joined("; ", parts) if parts else text("everything")


def in_other_alphabets(readings: Iterable[Reading]) -> tuple[Text, ...]:
    """Say of each word whose forms stand in another alphabet than it was typed in which these are."""
    found = []
    for one in readings:
        typed = _is_cyrillic(_words_of(one.clause)) if isinstance(one.clause, Word | MultiPhrase) else None
        others = [form for form in one.forms if _is_cyrillic(form) is (not typed)] if typed is not None else []
        if others:
            forms = ", ".join(others[:_NAMED])
            found.append(
                text('"{word}" is also found in another alphabet: {forms}', word=unfielded(one.clause), forms=forms)
            )
    return tuple(dict.fromkeys(found))


def _words_of(clause: Word | MultiPhrase) -> str:
    """The words of a clause, without the operators between them."""
    parts = (clause,) if isinstance(clause, Word) else clause.parts
    return " ".join(" ".join(part.words) if isinstance(part, Phrase) else part.text for part in parts)


def _is_cyrillic(text: str) -> bool | None:
    """Whether all letters of a text are Cyrillic, or none; None: some are, or it has no letter."""
    found = {_CYRILLIC.match(one) is not None for one in text if one.isalpha()}
    return found.pop() if len(found) == 1 else None


def is_plain(query: Query) -> bool:
    """Whether a query is words side by side, or empty, and needs no explanation."""
    words = side_by_side(query.clause)
    return all(_is_word(one) for one in words) and not (
        query.filters or query.since or query.until or query.dating is not Dating.ANY
    )


def _is_word(clause: Clause) -> bool:
    """Whether a clause is a bare word, a word of several parts, or a word of a script without spaces."""
    if isinstance(clause, MultiPhrase):
        return clause.field is None and not clause.slop and all(isinstance(part, Word) for part in clause.parts)
    if isinstance(clause, Phrase):
        return clause.field is None and not clause.slop and len(clause.words) > 1 and is_run(clause.words)
    return isinstance(clause, Word) and clause.field is None


def label(facet: FacetName, value: str, labels: Labels = NO_LABELS) -> str:
    """Return what a facet value is called on a page."""
    if value == NONE:
        return _in_parentheses(FACETS[facet].missing)
    if is_removed(facet, value):
        return text("texts that are gone")
    return labels.get((facet, value)) or FACETS[facet].label(value)


def _said(clause: Clause | None) -> Iterator[str]:
    wanted = [one for one in side_by_side(clause) if not isinstance(one, Not)]
    if len(wanted) > 1:
        yield text("all of {words}", words=joined(", ", map(named, wanted)))
    elif wanted:
        yield named(wanted[0], top=True)
    for one in side_by_side(clause):
        if isinstance(one, Not):
            yield text("not {words}", words=named(one.clause))


def named(clause: Clause, *, top: bool = False) -> str:
    """Say one clause in words; `top` when nothing stands beside it."""
    match clause:
        case And():
            return _in_parentheses(joined("; ", _said(clause)))
        case Or(()):
            return text("nothing")
        case Or(clauses):
            some = text("any of {words}", words=joined(", ", map(named, clauses)))
            return some if top else _in_parentheses(some)
        case Not(inner):
            return text("not {words}", words=named(inner))
        case Filter():
            return _said_filter(clause, NO_LABELS)
        case DateRange():
            return joined("; ", _said_dates(clause))
        case Phrase(words, slop) if slop:
            together = " ".join(words)
            said: str = texts(
                '"{words}" within {n} word', '"{words}" within {n} words', len(words) + slop, words=together
            )
        case Fuzzy(word, distance):
            said = texts("{word} with {n} letter mistaken", "{word} with {n} letters mistaken", distance, word=word)
        case _:
            said = unfielded(clause)
    return text(_IN_FIELD[clause.field], words=said) if clause.field else said


def _in_parentheses(said: str) -> str:
    return joined("", ("(", said, ")"))


def _said_filter(one: Filter, labels: Labels) -> str:
    def values_named(values: Iterable[str]) -> str:
        named_values = either([label(one.facet, value, labels) for value in values])
        return text(FACETS[one.facet].within, values=named_values)

    values = [value for value in one.values if not is_removed(one.facet, value)]
    parts: list[str] = [text("in texts that are gone")] if len(values) < len(one.values) else []
    parts += [values_named(values)] if values else []
    return joined("; ", parts + ([text("not {words}", words=values_named(one.excluded))] if one.excluded else []))


def _said_dates(query: Query | DateRange) -> Iterator[str]:
    if query.since and query.until:
        same = query.since == query.until
        if same:
            yield text("dated {date}", date=query.since.text)
        else:
            yield text("from {first} to {last}", first=query.since.text, last=query.until.text)
    elif query.since:
        yield text("from {date}", date=query.since.text)
    elif query.until:
        yield text("up to {date}", date=query.until.text)
    if query.dating is Dating.NONE:
        yield text("without a date")
    elif query.dating is Dating.FETCHED:
        yield text("by the date of fetching")

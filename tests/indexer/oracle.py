"""What a query must find, reckoned in plain Python one article at a time: slow, and right by inspection."""

import re
from collections import Counter
from dataclasses import replace
from itertools import chain

from indexer.analysis.chinese import in_all_writings
from indexer.analysis.folding import folded
from indexer.analysis.joined import placed_forms
from indexer.analysis.stems import languages
from indexer.analysis.text import is_lone_character
from indexer.contract.facets import NONE, FacetName, Filter
from indexer.contract.values import (
    And,
    DateRange,
    Dating,
    Fuzzy,
    Match,
    MultiPhrase,
    Not,
    Or,
    Pattern,
    Phrase,
    Sort,
    TextField,
    Word,
)
from indexer.query.matching import ENOUGH, any_of, essential
from tests.indexer.variants import are_variants


class Oracle:
    """The documents of a corpus, each as its forms by field."""

    def __init__(self, documents):
        self.documents = {one.id: one for one in documents}
        self.texts = {
            one.id: {field: places(getattr(one, field.value)) for field in TextField} for one in self.documents.values()
        }
        self.known = {}
        self.vocabulary = {
            form for texts in self.texts.values() for text in texts.values() for forms in text for form in forms
        }
        each = (one.facets.get(FacetName.LANGUAGE, (None,)) for one in self.documents.values())
        self.languages = languages(Counter(chain.from_iterable(each)))

    def matches(self, clause, id):
        match clause:
            case None:
                return True
            case And(clauses):
                return all(self.matches(one, id) for one in clauses)
            case Or(clauses):
                return any(self.matches(one, id) for one in clauses)
            case Not(inner):
                return not self.matches(inner, id)
            case Filter():
                return self.passes(clause, self.documents[id])
            case DateRange():
                return self.in_range(clause, self.documents[id])
        fields = [clause.field] if clause.field else list(TextField)
        if isinstance(clause, MultiPhrase) and clause.joined:
            joined = Word(clause.joined, clause.field)
            return self.matches(replace(clause, joined=None), id) or self.matches(joined, id)
        return any(self._stands(clause, self.texts[id][field]) for field in fields)

    def _stands(self, clause, text):
        """Does the clause stand in a text, a list of the forms at each position?"""
        match clause:
            case Phrase(wanted, 0):
                return any(all(map(contains, text[at:], wanted)) for at in range(len(text) - len(wanted) + 1))
            case Phrase(wanted, slop):
                size = len(wanted) + slop
                needed = Counter(wanted)
                return any(not needed - Counter(chain.from_iterable(text[at : at + size])) for at in range(len(text)))
            case MultiPhrase(parts, slop=0):
                at = range(len(text) - len(parts) + 1)
                return any(all(map(self._is_any, parts, text[begin:])) for begin in at)
            case MultiPhrase(parts, slop=slop):
                size = len(parts) + slop
                return any(self._has_each(parts, text[at : at + size]) for at in range(len(text)))
        return any(self._is_any(clause, forms) for forms in text)

    def _has_each(self, parts, window):
        """Does a window have every part, one asked for in the same forms twice twice?"""
        sets = [self._forms(part) for part in parts]
        return all(
            sum(form in own for forms in window for form in forms) >= times for own, times in Counter(sets).items()
        )

    def _is_any(self, clause, forms):
        return not self._forms(clause).isdisjoint(forms)

    def _forms(self, clause):
        """The forms of the corpus that a clause of one word asks for."""
        clause = replace(clause, field=None)
        if clause not in self.known:
            self.known[clause] = frozenset(form for form in self.vocabulary if self._is_form(clause, form))
        return self.known[clause]

    def _is_form(self, clause, form):
        match clause:
            case Phrase((word,)):
                return contains((form,), word)
            case Pattern(text):
                return any(fits(one, form) or fits(folded(one), folded(form)) for one in writings(text))
            case Fuzzy(text, distance):
                return form[0] == text[0] and edits(form, text) <= distance
            case Word(text) if is_lone_character(text):
                return any(one in form for one in writings(text))
        return form == clause.text or are_variants(clause.text, form, self.languages)

    def passes(self, one, document):
        values = values_of(document, one.facet)
        every = {value for other in self.documents.values() for value in values_of(other, one.facet)}

        def chosen(value):
            if one.facet in (FacetName.SITE, FacetName.LINKS) and "." in value:
                return any(key == value or key.endswith(f".{value}") for key in values)
            if value in every or value == NONE or one.facet is not FacetName.AUTHOR:
                return value in values
            return any(
                re.fullmatch(f"(.*-)?{'-(.*-)?'.join(map(re.escape, value.split('-')))}(-.*)?", key) for key in values
            )

        return (not one.values or any(map(chosen, one.values))) and not any(map(chosen, one.excluded))

    def in_range(self, query, document):
        at = document.added if query.dating is Dating.FETCHED else document.published
        if query.dating is Dating.NONE and at is not None:
            return False
        if (query.since or query.until) and at is None:
            return False
        latest = at if query.dating is Dating.FETCHED or at is None else at + document.span
        return (not query.since or latest >= query.since.start) and (not query.until or at < query.until.end)

    def found(self, query, *, without=None):
        """The ids that answer, leaving out the filter of one facet."""
        clause, _ = essential(query, self.languages)
        clause = (any_of(clause) or clause) if query.match is Match.ANY else clause
        return {
            id
            for id, document in self.documents.items()
            if self.matches(clause, id)
            and self.in_range(query, document)
            and all(self.passes(one, document) for one in query.filters if one.facet is not without)
        }

    def some(self, query):
        """The ids that have some of the words and not all, where so few have all that the best query gives them."""
        exact = self.found(query._replace(match=Match.ALL))
        few = query.match is Match.BEST and len(exact) < ENOUGH and any_of(essential(query, self.languages)[0])
        return self.found(query._replace(match=Match.ANY)) - exact if few else set()

    def in_order(self, query, scores):
        """The ids in the order of the query's sort, given the scores."""

        def key(id):
            document = self.documents[id]
            at = document.added if query.dating is Dating.FETCHED else document.published
            at = None if at is None else min(at, document.added)
            newest = (at is None, -(at or 0), -id)
            return {
                Sort.RELEVANCE: (-scores.get(id, 0.0), *newest),
                Sort.NEWEST: newest,
                Sort.OLDEST: (at is None, at or 0, -id),
                Sort.ADDED: (-document.added, *newest),
            }[query.sort]

        return sorted(self.found(query), key=key)

    def counts(self, query, facet):
        """Value -> count under all filters but the facet's own."""
        ids = self.found(query, without=facet)
        return Counter(value for id in ids for value in values_of(self.documents[id], facet))


def places(text):
    """The forms at each position of a text: one, and a joined form beside it where a compound begins."""
    found, joined = placed_forms(text)
    at = [[form] for form in found]
    for position, form in joined:
        at[position].append(form)
    return at


def fits(pattern, form):
    expression = "".join({"*": ".*", "?": "."}.get(one, re.escape(one)) for one in pattern)
    return re.fullmatch(expression, form) is not None


def writings(text):
    """A lone character with its stars, in all writings; another text alone."""
    lone = text.strip("*")
    return [text.replace(lone, one) for one in in_all_writings(lone)] if is_lone_character(lone) else [text]


def contains(forms, form):
    return not set(in_all_writings(form)).isdisjoint(forms)


def values_of(document, facet):
    return set(document.facets.get(facet, ())) or {NONE}


def edits(one, other):
    """Letters added, left out, changed, or neighbours swapped (optimal string alignment)."""
    table = {(row, 0): row for row in range(len(one) + 1)} | {(0, column): column for column in range(len(other) + 1)}
    for row in range(1, len(one) + 1):
        for column in range(1, len(other) + 1):
            same = one[row - 1] == other[column - 1]
            best = min(table[row - 1, column] + 1, table[row, column - 1] + 1, table[row - 1, column - 1] + (not same))
            if row > 1 and column > 1 and one[row - 1] == other[column - 2] and one[row - 2] == other[column - 1]:
                best = min(best, table[row - 2, column - 2] + 1)
            table[row, column] = best
    return table[len(one), len(other)]

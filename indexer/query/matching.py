"""A query's clause -> the clause that an article must match: its words without the stop words, or any of the words."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from indexer.analysis.joints import ELIDED
from indexer.analysis.stop_words import stop_words
from indexer.analysis.text import is_run
from indexer.contract.facets import FacetName, Filter
from indexer.contract.values import And, Clause, Fuzzy, MultiPhrase, Not, Or, Pattern, Phrase, Query, TermClause, Word
from indexer.query.writings import rewritten, words_of_letters

SENTENCE = 5  # bare words beside which a quotation is a mention, not an order
ELIDING = frozenset({"fr", "it", "ca"})  # languages whose articles and pronouns are written l', d', qu'
ENOUGH = 10  # articles that have all words; with fewer, those that have some of them follow


def query_languages(filters: Sequence[Filter], corpus: Sequence[str]) -> tuple[str, ...]:
    """Return the languages a query may be in, the likeliest first: those it is limited to, or the corpus's."""
    chosen = [value for one in filters if one.facet is FacetName.LANGUAGE for value in one.values]
    return tuple(dict.fromkeys(chosen)) or tuple(corpus)


def essential(query: Query, corpus: Sequence[str]) -> tuple[Clause | None, tuple[str, ...]]:
    """Return the clause of a query without its stop words, and these.

    Words that others write with or without spaces match in either way (indexer/query/writings.py).

    A stop word is left out where bare words stand side by side and not all of them are stop words. Quoted words,
    words of a field, and what is excluded or joined by OR stay. An article written l' is left out as well.

    Args:
        corpus: The languages of the corpus, the most frequent first.
    """
    whole = query.clause
    if not isinstance(whole, And | Or):
        return rewritten(whole), ()
    letters = words_of_letters(whole.clauses)
    if letters and isinstance(whole, Or):
        return whole, ()
    languages = query_languages(query.filters, corpus)
    words = [word.text for word in letters or _bare_words(whole) if word.field is None]
    ignored = stop_words(words, languages)
    wide = whole if letters else rewritten(whole, ignored)
    clause = _without(wide, ignored) if ignored else wide
    if isinstance(clause, And) and not ELIDING.isdisjoint(languages):
        clause = _without_elisions(clause)
    if not ignored:
        return clause, ()
    left = {word.text for word in _bare_words(clause)}
    return clause, tuple(word for word in dict.fromkeys(words) if word in ignored and word not in left)


def _without_elisions(clause: Clause | None) -> Clause | None:
    """Take an elided article or pronoun off the words of a sentence: l'inondation is inondation."""
    if isinstance(clause, MultiPhrase) and clause.field is None and clause.joined is None:
        first, *others = clause.parts
        if (
            isinstance(first, Word)
            and first.text in ELIDED
            and others
            and all(isinstance(part, Word) for part in others)
        ):
            left = clause.text[len(first.text) + 1 :]
            return others[0] if len(others) == 1 else MultiPhrase(tuple(others), left, clause.slop)
        return clause
    if isinstance(clause, And):
        return replace(clause, clauses=tuple(_without_elisions(one) or one for one in clause.clauses))
    return clause


def any_of(clause: Clause | None) -> Clause | None:
    """Return a clause for articles with any of the optional parts, or None when there are no two of them.

    Optional are bare words, patterns, and alternatives of them, where they stand side by side at the top, and in a
    sentence what it quotes. All else an article must have, or not have, as before.
    """
    if isinstance(clause, MultiPhrase) and _is_optional(clause, quoted=False):
        alone = tuple(part for part in clause.parts if isinstance(part, Word) and len(part.text) > 1)
        return Or((clause, *alone)) if alone else None
    if not isinstance(clause, And):
        return None
    quoted = sum(_is_optional(one, quoted=False) for one in clause.clauses) >= SENTENCE
    optional = tuple(one for one in clause.clauses if _is_optional(one, quoted=quoted))
    if len(optional) < 2:
        return None
    strict = tuple(one for one in clause.clauses if not _is_optional(one, quoted=quoted))
    some = Or(optional)
    return And((*strict, some)) if strict else some


def side_by_side(clause: Clause | None, ignored: Collection[str] = frozenset()) -> frozenset[TermClause]:
    """Return the bare parts of a query that are searched as they were typed: each stands in an article, or does not.

    Args:
        ignored: Its stop words.
    """
    whole = rewritten(clause, frozenset(ignored))
    if not isinstance(clause, And) or not isinstance(whole, And):
        return frozenset()
    parts = [one for one in clause.clauses if isinstance(one, TermClause) and one.field is None]
    return frozenset(one for one in parts if one in whole.clauses)


def excluded_phrases(clause: Clause | None, *, is_excluded: bool = False) -> Sequence[MultiPhrase]:
    """Return the phrases of several forms that are excluded, in typed order."""
    if isinstance(clause, And | Or):
        return [found for one in clause.clauses for found in excluded_phrases(one, is_excluded=is_excluded)]
    if isinstance(clause, Not):
        return excluded_phrases(clause.clause, is_excluded=True)
    return (clause,) if is_excluded and isinstance(clause, MultiPhrase) else ()


def _is_optional(clause: Clause, *, quoted: bool) -> bool:
    match clause:
        case Phrase():
            return clause.field is None and not clause.slop and (quoted or is_run(clause.words))
        case Word() | Pattern() | Fuzzy():
            return clause.field is None
        case MultiPhrase():
            return clause.field is None and not clause.slop and any(isinstance(part, Word) for part in clause.parts)
        case Or(clauses):
            return bool(clauses) and all(_is_optional(one, quoted=quoted) for one in clauses)
    return False


def _bare_words(clause: Clause | None) -> Iterator[Word]:
    """The bare words that stand side by side with others, wherever they do."""
    match clause:
        case And(clauses):
            for one in clauses:
                if isinstance(one, Word) and one.field is None:
                    yield one
                else:
                    yield from _bare_words(one)
        case Or(clauses):
            for one in clauses:
                yield from _bare_words(one)


def _without(clause: Clause | None, ignored: frozenset[str]) -> Clause | None:
    match clause:
        case And(clauses):
            left = [one for one in clauses if not (isinstance(one, Word) and one.field is None and one.text in ignored)]
            if not any(not isinstance(one, Not) for one in left):
                return clause  # stop words are all there is
            inner = tuple(_without(one, ignored) or one for one in left)
            return inner[0] if len(inner) == 1 else replace(clause, clauses=inner)
        case Or(clauses):
            return replace(clause, clauses=tuple(_without(one, ignored) or one for one in clauses))
    return clause

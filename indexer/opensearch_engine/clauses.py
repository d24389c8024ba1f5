"""The clause of a query -> a query of OpenSearch: which articles match, and what each clause adds to their scores.

No text that a person typed is parsed by OpenSearch: a clause is asked by the forms that the vocabulary has for it.
"""

from collections.abc import Iterable, Iterator, Sequence

from indexer.analysis.forms import clause_forms, every_form, pattern_of, phrase_forms, place_forms
from indexer.contract.facets import Filter
from indexer.contract.ranking import idf
from indexer.contract.values import (
    And,
    Clause,
    DateRange,
    Fuzzy,
    MultiPhrase,
    Not,
    Or,
    Pattern,
    Phrase,
    TermClause,
    TextField,
    Word,
)
from indexer.opensearch_engine.cluster import Json
from indexer.opensearch_engine.filters import EVERYTHING, NOTHING, all_of, any_of, dated, passing, terms
from indexer.opensearch_engine.mapping import ALL, BESIDE
from indexer.opensearch_engine.snapshot import Snapshot

MAX_ALTERNATIVES = 1_000  # forms that are ranked as one word; OpenSearch takes 1,024 clauses
UNRANKED = 1.0  # what a word of more forms adds: so common that it tells little
SECOND_FIELD = 0.3  # of what a phrase adds in the field where it stands best, it adds in the others

Parts = Sequence[Sequence[str]]


def as_query(clause: Clause | None, snapshot: Snapshot, *, is_excluded: bool = False) -> Json:
    """Return what matches a clause; of what is excluded no form of a pattern is cut."""
    match clause:
        case None:
            return unscored(EVERYTHING)
        case And(clauses):
            return _all(clauses, snapshot, is_excluded=is_excluded)
        case Or(clauses):
            return any_of([as_query(one, snapshot, is_excluded=is_excluded) for one in clauses])
        case Not(inner):
            return {"bool": {"must_not": [as_query(inner, snapshot, is_excluded=True)]}}
        case Filter():
            return unscored(passing(clause, snapshot))
        case DateRange():
            return unscored(all_of(dated(clause)))
    return _term(clause, snapshot, is_excluded=is_excluded)


def unscored(query: Json) -> Json:
    """Return what finds the same, and adds nothing to a score."""
    return {"bool": {"filter": [query]}}


def _all(clauses: tuple[Clause, ...], snapshot: Snapshot, *, is_excluded: bool) -> Json:
    found: Json = {}
    for one in clauses:
        if isinstance(one, Not):
            found.setdefault("must_not", []).append(as_query(one.clause, snapshot, is_excluded=True))
        else:
            found.setdefault("must", []).append(as_query(one, snapshot, is_excluded=is_excluded))
    return {"bool": found}


def _term(clause: TermClause, snapshot: Snapshot, *, is_excluded: bool) -> Json:
    if isinstance(clause, MultiPhrase):
        return _compound(clause, snapshot, is_excluded=is_excluded)
    if isinstance(clause, Phrase) and len(clause.words) > 1:
        places, _ = phrase_forms(clause, snapshot.vocabulary)
        return _standing(places, clause, snapshot) if clause_forms(clause, snapshot.vocabulary) else NOTHING
    forms = (every_form if is_excluded else clause_forms)(clause, snapshot.vocabulary)
    return one_of(forms, clause.field, boost=1.0 if is_excluded else _boost(forms, clause.field, snapshot))


def learn(clauses: Iterable[TermClause], snapshot: Snapshot) -> None:
    """Ask for what the words of a query are found by and how they weigh, all words at once."""
    words = [word for clause in clauses for word in plain_words(clause)]
    if not words:
        return
    snapshot.learn(word.text for word in words)
    pairs = [(word.field, clause_forms(word, snapshot.vocabulary)) for word in words if pattern_of(word) is None]
    _boosts([pair for pair in pairs if 2 <= len(pair[1]) <= MAX_ALTERNATIVES], snapshot)


def plain_words(clause: TermClause) -> Iterator[Word]:
    """Yield the words that a term clause is made of, and the joined spelling of a phrase."""
    match clause:
        case Word():
            yield clause
        case MultiPhrase(parts):
            for part in parts:
                yield from plain_words(part)
            if clause.joined:
                yield Word(clause.joined, clause.field)


def _boost(forms: tuple[str, ...], field: TextField | None, snapshot: Snapshot) -> float:
    """What brings a word of several forms to the weight of all articles that have any of them.

    Lucene weighs such a word by its most frequent form alone.
    """
    return _boosts([(field, forms)], snapshot)[0] if 2 <= len(forms) <= MAX_ALTERNATIVES else 1.0


def _boosts(words: Sequence[tuple[TextField | None, tuple[str, ...]]], snapshot: Snapshot) -> list[float]:
    def make(keys: list[tuple[str, TextField | None, tuple[str, ...]]]) -> list[float]:
        queries = [one_of(some, field) for _, field, forms in keys for some in (forms[:1], forms)]
        answers = snapshot.searches([{"size": 0, "track_total_hits": True, "query": query} for query in queries])
        counts = [int(found["hits"]["total"]["value"]) for found in answers]
        articles = max(snapshot.articles(), *counts, 1)
        return [
            idf(every, articles) / idf(min(one, every), articles)
            for one, every in zip(counts[::2], counts[1::2], strict=True)
        ]

    return snapshot.remembered_all([("boost", field, forms) for field, forms in words], make)


def one_of(forms: Sequence[str], field: TextField | None, *, boost: float = 1.0) -> Json:
    """Return what has any of the forms, ranked as one word."""
    name = field.value if field else ALL
    if not forms:
        return NOTHING
    if len(forms) == 1:
        return {"term": {name: {"value": forms[0], "boost": boost}}}
    if len(forms) <= MAX_ALTERNATIVES:
        return {"match": {name: {"query": BESIDE.join(forms), "boost": boost}}}
    return {"constant_score": {"filter": any_of(terms(name, forms)), "boost": UNRANKED * boost}}


def _compound(clause: MultiPhrase, snapshot: Snapshot, *, is_excluded: bool) -> Json:
    places, joined = phrase_forms(clause, snapshot.vocabulary)
    if is_excluded:
        every = [place_forms(part, snapshot.vocabulary, is_excluded=True) for part in clause.parts]
        places = tuple(
            all_forms if isinstance(part, Pattern | Fuzzy) else own
            for part, own, all_forms in zip(clause.parts, places, every, strict=True)
        )
    ways = [_standing(places, clause, snapshot)] if all(places) else []
    if joined:
        ways.append(one_of(joined, clause.field, boost=_boost(joined, clause.field, snapshot)))
    if len(ways) < 2:
        return ways[0] if ways else NOTHING
    return {"dis_max": {"queries": ways}}  # a compound as written has both spellings, and counts once


def _standing(parts: Parts, clause: Phrase | MultiPhrase, snapshot: Snapshot) -> Json:
    fields = (clause.field,) if clause.field else tuple(TextField)
    ask = _near if clause.slop else _in_order
    ways = [ask(parts, field, clause.slop, snapshot) for field in fields]
    return ways[0] if len(ways) == 1 else {"dis_max": {"queries": ways, "tie_breaker": SECOND_FIELD}}


def _in_order(parts: Parts, field: TextField, _: int, __: Snapshot) -> Json:
    return {"match_phrase": {field.value: {"query": " ".join(map(BESIDE.join, parts))}}}


def _near(parts: Parts, field: TextField, slop: int, snapshot: Snapshot) -> Json:
    """All parts in any order, with at most so many other words between; Lucene knows no rarity here, so we say it."""
    rules = [{"match": {"query": BESIDE.join(forms)}} for forms in parts]
    counts = snapshot.vocabulary.frequencies({form for forms in parts for form in forms})
    articles = max(snapshot.articles(), 1)
    rarest = min(sum(counts.get(form, 0) for form in forms) for forms in parts)
    boost = idf(min(rarest, articles), articles)
    return {
        "intervals": {
            field.value: {"all_of": {"ordered": False, "max_gaps": slop, "intervals": rules}, "boost": boost},
        }
    }


def words_of(clause: Clause | None) -> Iterable[TermClause]:
    """Yield the term clauses that are not excluded, in typed order; a repeated word as often as it was typed."""
    match clause:
        case And(clauses) | Or(clauses):
            for one in clauses:
                yield from words_of(one)
        case None | Not() | Filter() | DateRange():
            return
        case _:
            yield clause

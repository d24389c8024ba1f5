"""Why an article has its score: a part for each term clause, form and text it stands in."""

from collections.abc import Iterator

from indexer.analysis.forms import reading
from indexer.analysis.proximity import Places, forms_alone, stands
from indexer.contract.ranking import WEIGHTS
from indexer.contract.values import (
    And,
    Clause,
    Contribution,
    Explanation,
    MultiPhrase,
    Or,
    Phrase,
    Query,
    Reading,
    TermClause,
    TextField,
)
from indexer.opensearch_engine.clauses import as_query, words_of
from indexer.opensearch_engine.cluster import Json
from indexer.opensearch_engine.documents import texts
from indexer.opensearch_engine.mapping import ARTICLE
from indexer.opensearch_engine.search import answer, translate
from indexer.opensearch_engine.snapshot import Snapshot
from indexer.query.substitutes import tried


def explanation(query: Query, id: int, snapshot: Snapshot) -> Explanation:
    """Return the parts of an article's score; they add up to it."""
    id += snapshot.first
    article = {"term": {"id": id}}
    for one in tried(query, lambda whole: answer(whole, snapshot)):
        made = translate(one, snapshot)
        wanted = {"bool": {"must": [made.hits], "filter": [article]}}
        found = snapshot.search({"size": 1, "query": wanted})["hits"]["hits"]
        if found:
            break
    else:
        return Explanation(matches=False, score=0.0)
    own = texts(found[0]["_source"].get(ARTICLE, {}))
    clauses = list(_that_count(made.query.clause, id, snapshot))
    scores = _scores([as_query(clause, snapshot) for clause in clauses], id, snapshot)
    parts = tuple(
        part
        for clause, score in zip(clauses, scores, strict=True)
        if score
        for part in _parts(clause, score, own, snapshot)
    )
    return Explanation(True, sum(part.score for part in parts), parts)


def _that_count(clause: Clause | None, id: int, snapshot: Snapshot) -> Iterator[TermClause]:
    """The term clauses of the branches that the article matches."""
    match clause:
        case And(clauses):
            for one in clauses:
                yield from _that_count(one, id, snapshot)
        case Or(clauses):
            matching = _scores([as_query(one, snapshot) for one in clauses], id, snapshot)
            for one, score in zip(clauses, matching, strict=True):
                if score is not None:
                    yield from _that_count(one, id, snapshot)
        case _:
            yield from words_of(clause)


def _scores(queries: list[Json], id: int, snapshot: Snapshot) -> list[float | None]:
    """The score of the article for each query; None where it does not match."""
    article = {"term": {"id": id}}
    bodies = [{"size": 1, "_source": False, "query": {"bool": {"must": [one], "filter": [article]}}} for one in queries]
    found = [answer["hits"]["hits"] for answer in snapshot.searches(bodies)]
    return [float(hits[0]["_score"]) if hits else None for hits in found]


def _parts(
    clause: TermClause, score: float, own: dict[TextField, Places], snapshot: Snapshot
) -> Iterator[Contribution]:
    """A term clause's score is shared out among its occurrences by what each counts."""
    read = reading(clause, snapshot.vocabulary)
    stand = [
        (form, field, frequency)
        for field in ((clause.field,) if clause.field else TextField)
        for form, frequency in _standing(read, own[field])
    ]
    total = sum(WEIGHTS[field] * frequency for _, field, frequency in stand)
    for form, field, frequency in stand:
        yield Contribution(clause, form, field, frequency, score * WEIGHTS[field] * frequency / total)


def _standing(own: Reading, text: Places) -> Iterator[tuple[str, int]]:
    """Each form of a reading in a text, and how often; a phrase as a whole."""
    for form in forms_alone(own):
        if form in text:
            yield form, len(text[form])
    clause = own.clause
    if isinstance(clause, MultiPhrase):
        named = clause.text
    elif isinstance(clause, Phrase) and len(clause.words) > 1:
        named = " ".join(clause.words)
    else:
        return
    if count := len(stands(own.places, text, clause.slop)):
        yield named, count

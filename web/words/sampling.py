"""A search -> what its articles say more than the others of their language: samples of both, compared."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from corpus.model import Article
from corpus.texts import Text, text
from indexer.contract.clauses import wanted_clauses
from indexer.contract.facet_values import language_key
from indexer.contract.facets import NONE, FacetName, Filter
from indexer.contract.values import And, Clause, Match, MultiPhrase, Phrase, Query, Sort, Word
from indexer.query.serialise import side_by_side, written
from indexer.results.addressed import listing
from indexer.results.keyness import Keyword, Sample, keywords
from web.layout.services import current_services
from web.layout.state import State
from web.search.request import SearchRequest
from web.search.slow_pages import turn_for_slow_page

MOST_READ = 300  # articles of a sample: with 6,000 characters each, both are compared in some second
SHOWN = 60  # terms; each is counted by a search of its own
SPOKEN = 0.1  # of the sample, from which a language is one of the search's


@dataclass(frozen=True, slots=True)
class Term:
    """A term that narrows the search.

    Attributes:
        state: The search with the term.
        articles: How many articles that finds.
    """

    keyword: Keyword
    state: State
    articles: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """The words of a search.

    Attributes:
        terms: The most telling first.
        total, others: How many articles were found, and how many others there are in their languages.
        read, read_others: How many of them were read.
        cut: More terms are significant than are shown.
        why: Why there is nothing to show; None when there is.
    """

    terms: tuple[Term, ...] = ()
    total: int = 0
    others: int = 0
    read: int = 0
    read_others: int = 0
    cut: bool = False
    why: Text | None = None


def words_of(search: SearchRequest) -> Comparison:
    """Return the words of a search; made once for a state of the index.

    Raises:
        NotReady: It is not its turn.
    """
    services = current_services()
    query = search.query._replace(
        page=1,
        per_page=1,
        facets=(),
        interval=None,
        suggests=False,
        sort=Sort.NEWEST,
        folded=False,
        notes=(),
    )
    key = "words", services.engine.position, query
    known: Comparison | None = services.remembered(key)
    if known is not None:
        return known
    with turn_for_slow_page():
        made = _compared(search.state, query)
    services.remember(key, made)
    return made


def _compared(state: State, query: Query) -> Comparison:
    services = current_services()
    found = listing(query, services.engine, services.store).ids
    if not found:
        return Comparison(why=text("No article was found."))
    chosen = services.store.articles(map(int, spread(found, MOST_READ))).values()
    spoken = Counter(language_key(each.article.language) or NONE for each in chosen)
    languages = tuple(name for name, n in spoken.most_common() if n >= SPOKEN * spoken.total())
    alike = Query(filters=(Filter(FacetName.LANGUAGE, languages),), sort=Sort.NEWEST)
    every = np.asarray(services.engine.listing(alike).ids, dtype=np.int64)
    others = every[~np.isin(every, np.asarray(found, dtype=np.int64))]
    if not len(others):
        why = text("These are all articles of the archive in their language: there are none to compare them with.")
        return Comparison(total=len(found), why=why)
    rest = services.store.articles(map(int, spread(others.tolist(), MOST_READ))).values()
    first = Sample([_whole(each.article) for each in chosen if each.withdrawn is None], len(found))
    other = Sample([_whole(each.article) for each in rest if each.withdrawn is None], len(others))
    terms = keywords(first, other, language=languages[0], without=_searched(query))
    shown = tuple(_term(state, query, each) for each in terms[:SHOWN])
    return Comparison(
        tuple(each for each in shown if each.articles),
        first.of, other.of, len(first.texts), len(other.texts), cut=len(terms) > SHOWN,
    )  # fmt: skip


def spread(ids: Sequence[int], most: int) -> list[int]:
    """Return at most so many of some ids, at even distances, the first among them."""
    if len(ids) <= most:
        return list(ids)
    return [ids[at * len(ids) // most] for at in range(most)]


def _whole(article: Article) -> str:
    return "\n\n".join(part for part in (article.headline, article.standfirst, article.body) if part)


def _searched(query: Query) -> frozenset[str]:
    """Return the forms by which the words of a query were searched."""
    readings = current_services().search(query).results.readings
    forms = {form for one in readings for form in one.forms}
    for clause in wanted_clauses(query.clause):
        match clause:
            case Phrase(words):
                forms.update(words)
            case MultiPhrase(parts):
                forms.update(part.text for part in parts if isinstance(part, Word))
            case _:
                pass
    return frozenset(forms)


def _term(state: State, query: Query, keyword: Keyword) -> Term:
    """Return a term with the search that it narrows, and its count."""
    alone = len(keyword.words) == 1 and query.match is not Match.ANY  # beside others, a bare word would widen ANY
    clause: Clause = Word(keyword.words[0]) if alone else Phrase(keyword.words)
    narrowed = And((*side_by_side(query.clause), clause))
    count = current_services().count(query._replace(clause=narrowed))
    return Term(keyword, state.but(q=written(narrowed), sort=None), count)

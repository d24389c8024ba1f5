"""Results, their query and the store -> what pages, command line and JSON show of them.

The JSON of `pressmark search --json` and `/search.json` is `Shown.as_json`; docs/querying.md names its keys.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from corpus.characters import SURE_STOPS
from corpus.model import StoredArticle
from corpus.records import COPY, HIT, stored_record
from corpus.store import ArticleStore
from corpus.texts import Text, either, joined, text, texts
from indexer.analysis.forms import MAX_FORMS as MOST_SEARCHED
from indexer.contract.facet_values import site_key
from indexer.contract.facets import ANNOTATED, FACETS, NONE, FacetName
from indexer.contract.hit_copies import MOST_NAMED, HitCopies, hit_copies
from indexer.contract.values import Clause, Highlighted, Histogram, Hit, Query, Results, TermClause
from indexer.query.describe import AuthorsOf, Labels, describe, is_plain, label
from indexer.query.matching import side_by_side
from indexer.query.serialise import unfielded
from indexer.results.removed import RemovedPassage, removed_record, removed_text
from indexer.results.snippet_cache import HitSnippets, SnippetCache, Texts, in_one_text
from indexer.results.snippets import Marker, fitting, scanned

MAX_HEADLINE = 140  # of a first sentence that stands in for a missing headline
MAX_FORMS = 20  # named of one word

_CARDS = SnippetCache()
_UP_TO = f".{{1,{MAX_HEADLINE}}}"
_FIRST_SENTENCE = re.compile(rf"{_UP_TO}?(?:[.!?](?=\s)|[{SURE_STOPS}]|$)|{_UP_TO}(?=\s)|{_UP_TO}", re.DOTALL)


class ShownHit(NamedTuple):
    """One hit: its article, headline and standfirst with their marks, the best fragments of its body, its copies."""

    stored: StoredArticle
    score: float
    headline: Highlighted
    standfirst: Highlighted | None
    fragments: tuple[Highlighted, ...]
    copies: HitCopies = HitCopies()
    match: str = "all"  # of the words of the query it has all, "some", or "other" words in their place
    removed: RemovedPassage | None = None  # where the fragments are from, when that text is gone
    lacks: tuple[str, ...] = ()  # of the words of the query, as typed, where it has some
    scanned: int | None = None  # of a text that shows no mark and is longer: characters that were looked through

    @property
    def authors(self) -> tuple[str, ...]:
        """The names as printed."""
        return tuple(author.name for author in self.stored.article.authors)


@dataclass(frozen=True, slots=True)
class ShownValue:
    """One facet value: its key, its name to show, its count, and whether the query chose or excluded it."""

    key: str
    label: str
    count: int
    chosen: bool
    excluded: bool


@dataclass(frozen=True, slots=True)
class ShownFacet:
    """One facet. `distinct` counts all of its values."""

    name: FacetName
    values: tuple[ShownValue, ...]
    distinct: int


@dataclass(frozen=True, slots=True)
class Shown:
    """What a search found, with names and texts. `is_plain`: the reading says no more than the words typed."""

    query: Query
    total: int
    hits: tuple[ShownHit, ...]
    facets: tuple[ShownFacet, ...]
    histogram: Histogram | None
    read_as: str
    is_plain: bool
    suggestion: str | None
    partial: bool
    position: int
    stories: int = 0
    whole_stories: int = 0  # of which have all words
    forms: tuple[tuple[str, tuple[str, ...]], ...] = ()  # a word as typed, and the forms it was searched by
    more: int = 0
    ignored: tuple[str, ...] = ()
    bounded: tuple[str, ...] = ()  # as typed, what has more forms than are searched for
    substitutes: tuple[tuple[str, tuple[str, ...]], ...] = ()  # what no article has, and the words in its place

    @property
    def few(self) -> str | None:
        """The line that says where hits with only some of the words begin, or None when there are none of them."""
        return other_words(self.substitutes, self.more) or some_words(self.total, self.more)

    @property
    def cut(self) -> tuple[str, ...]:
        """Sentences on the patterns that were not searched for in all their forms."""
        return cut_patterns(self.bounded)

    def as_json(self) -> dict[str, Any]:
        """Return the documented JSON."""
        return {
            "total": self.total,
            "stories": self.stories,
            "more": self.more,
            "match": str(self.query.match),
            "read_as": self.read_as,
            "hits": [_hit_json(hit) for hit in self.hits],
            "facets": {
                FACETS[facet.name].plural.replace(" ", "_"): [
                    {"value": one.label, "key": one.key, "count": one.count} for one in facet.values
                ]
                for facet in self.facets
            },
            "histogram": [
                {"period": bar.period, "count": bar.count} for bar in (self.histogram.bars if self.histogram else ())
            ],
            "interval": self.histogram and str(self.histogram.interval),
            "undated": self.histogram and self.histogram.undated,
            "page": self.query.page,
            "per_page": self.query.per_page,
            "forms": {typed: list(forms) for typed, forms in self.forms},
            "ignored": list(self.ignored),
            "bounded": list(self.bounded),
            "suggestion": self.suggestion,
            "substitutes": {typed: list(words) for typed, words in self.substitutes},
            "notes": list(self.query.notes),
            "partial": self.partial,
        }


def cut_patterns(bounded: Iterable[str]) -> tuple[str, ...]:
    """Say of each pattern with more forms than are searched for that it was cut."""
    return tuple(
        text("{pattern}: only the {n} most frequent forms were searched for", pattern=each, n=MOST_SEARCHED)
        for each in bounded
    )


def some_words(total: int, more: int) -> Text | None:
    """Say how many articles have all words of a query and how many only some; None when there are none of these."""
    if not more:
        return None
    if not total:
        whole = text("no article has all words")
        some = texts("{n:,} has some of them", "{n:,} have some of them", more)
    else:
        whole = texts("{n:,} article has all words", "{n:,} articles have all words", total)
        some = texts("{n:,} more has some of them", "{n:,} more have some of them", more)
    return joined("; ", (whole, some))


def other_words(substitutes: Sequence[tuple[str, Sequence[str]]], more: int) -> Text | None:
    """Say which words no article has, and how many articles have which words in their place; None without any."""
    if not substitutes:
        return None
    typed, others = ([each[0] for each in substitutes], dict.fromkeys(word for each in substitutes for word in each[1]))
    missing, words = (either([text("“{words}”", words=word) for word in of]) for of in (typed, others))
    found = texts("{n:,} has {words}", "{n:,} have {words}", more, words=words)
    return joined("; ", (text("no article has {words}", words=missing), found))


def present(results: Results, query: Query, store: ArticleStore) -> Shown:
    """Return all that is shown of results, hits as `present_hits` has them."""
    hits = present_hits(results, store, clause=query.clause)
    sources = {each.article.source for hit in hits for each in (hit.stored, *hit.copies.named)}
    names = labels(store.authors.labels, query, results, sources=sources)
    return Shown(
        query=query,
        total=results.total,
        hits=hits,
        facets=_facets(results, query, names),
        histogram=results.histogram,
        read_as=describe(query, names),
        is_plain=is_plain(query),
        suggestion=results.suggestion,
        partial=results.partial,
        position=results.position,
        stories=results.stories,
        whole_stories=results.whole_stories,
        forms=tuple((unfielded(one.clause), one.forms[:MAX_FORMS]) for one in results.readings),
        more=results.more,
        ignored=results.ignored,
        bounded=bounded_patterns(results),
        substitutes=results.substitutes.words if results.substitutes else (),
    )


def present_hits(
    results: Results, store: ArticleStore, *, clause: Clause | None, most: int | None = None
) -> tuple[ShownHit, ...]:
    """Fetch what is shown of a query's hits, withdrawn ones left out; `most`: characters, as `fitting` has it."""
    ids = [id for hit in results.hits for id in (hit.id, *hit.copies[:MOST_NAMED])]
    articles = store.articles(ids, with_structure=False)
    cards, marker = _CARDS.of(results.readings, most), Marker(results.readings)
    is_marked = bool(results.readings) and not results.removed
    goes_on = bool(results.more) and not results.substitutes  # with articles that have some of the words
    alone = side_by_side(clause, results.ignored).difference(results.bounded) if goes_on else frozenset[TermClause]()

    def make(texts: Texts) -> HitSnippets:
        return marker.card(texts, most)

    def card(stored: StoredArticle) -> HitSnippets:
        return cards((headline(stored), stored.article.standfirst or None, stored.article.body), make)

    def shown(hit: Hit, stored: StoredArticle) -> ShownHit:
        gone = removed_text(stored, store, marker) if results.removed else None
        if results.removed:
            made = HitSnippets(Highlighted(headline(stored)), None, fitting(gone.fragments, most) if gone else ())
        else:
            made = card(stored)
        return ShownHit(
            stored,
            hit.score,
            *made,
            hit_copies(hit.copies, articles),
            ("other" if results.substitutes else "some") if hit.some else "all",
            gone.passage if gone else None,
            tuple(map(unfielded, marker.lacking(stored.article, alone))) if hit.some else (),
            scanned(stored.article.body, made) if is_marked else None,
        )

    found = [(hit, articles[hit.id]) for hit in results.hits if hit.id in articles]
    return tuple([shown(hit, stored) for hit, stored in found if stored.withdrawn is None])


def bounded_patterns(results: Results) -> tuple[str, ...]:
    """Return, as typed, the patterns with more forms than were searched for."""
    return tuple(dict.fromkeys(map(unfielded, results.bounded)))


def labels(
    authors_of: AuthorsOf, query: Query, results: Results | None = None, *, sources: Iterable[str] = ()
) -> Labels:
    """Return (facet, key) -> the name to show, for the values of the query's filters and of the results' facets.

    A site that is none of the `sources`, which are names, is shown by its key.
    """
    keys: dict[FacetName, dict[str, None]] = {}
    for one in query.filters:
        keys.setdefault(one.facet, {}).update(dict.fromkeys((*one.values, *one.excluded)))
    for facet in results.facets if results else ():
        keys.setdefault(facet.name, {}).update(dict.fromkeys([count.value for count in facet.counts]))
    authors = authors_of([key for key in keys.get(FacetName.AUTHOR, ()) if key != NONE])
    found = {(FacetName.AUTHOR, key): one.name for key, one in authors.items() if key != NONE}
    found |= {(FacetName.SITE, key): name for name in sources if (key := site_key(name)) != NONE}
    annotated = [(name, key) for name in ANNOTATED for key in keys.get(name, ()) if key != NONE]
    return found | {pair: query.annotations.labels.get(pair, pair[1]) for pair in annotated}


def headline(stored: StoredArticle) -> str:
    """Return the headline, or the first sentence where there is none."""
    if stored.article.headline:
        return stored.article.headline
    first = _FIRST_SENTENCE.match(stored.article.body.strip().partition("\n\n")[0])
    return first[0] if first else stored.article.url


def _facets(results: Results, query: Query, names: Labels) -> tuple[ShownFacet, ...]:
    chosen = {(one.facet, value) for one in query.filters for value in one.values}
    excluded = {(one.facet, value) for one in query.filters for value in one.excluded}
    return tuple(
        ShownFacet(
            facet.name,
            tuple(
                ShownValue(
                    one.value,
                    label(facet.name, one.value, names),
                    one.count,
                    chosen=(facet.name, one.value) in chosen,
                    excluded=(facet.name, one.value) in excluded,
                )
                for one in facet.counts
            ),
            facet.distinct,
        )
        for facet in results.facets
    )


def _hit_json(hit: ShownHit) -> dict[str, Any]:
    return {
        **stored_record(hit.stored, HIT),
        "score": round(hit.score, 4),
        "match": hit.match,
        "snippet": "".join(part.text for part in in_one_text(hit.fragments)),
        **({"lacks": list(hit.lacks)} if hit.lacks else {}),
        **({"removed": removed_record(hit.removed)} if hit.removed else {}),
        **({"scanned": hit.scanned} if hit.scanned else {}),
        "copies": [stored_record(each, COPY) for each in hit.copies.named],
        **({"further_copies": hit.copies.further} if hit.copies.further else {}),
    }

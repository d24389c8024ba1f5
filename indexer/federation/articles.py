"""Ids, marks and addresses -> the articles of all stores, as their indexes have them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta, tzinfo
from typing import Any

from corpus.errors import IndexUnreachable
from corpus.model import Author, AuthorKind, StoredArticle
from corpus.people.names import has_word_from
from corpus.store import AuthorCount, Totals
from indexer.contract.facets import FacetName
from indexer.federation.states import AllStates, StoreState
from indexer.opensearch_engine.counting import PRECISE
from indexer.opensearch_engine.documents import first_id, own_id
from indexer.opensearch_engine.engine import OpenSearchEngine
from indexer.opensearch_engine.filters import latest_first
from indexer.opensearch_engine.mapping import ARTICLE
from indexer.opensearch_engine.refusals import lacks_shards
from indexer.opensearch_engine.snapshot import MOST_REMEMBERED, Snapshot
from indexer.results.article_record import STRUCTURE, unpacked

A_REQUEST = 200  # articles with their texts
NAMES = 500  # names of authors in one request
SAME_MARK = 20  # articles of one mark that are looked at: of several stores, or two addresses that share it
MOST_COPIES = 1_000  # of one text

Json = dict[str, Any]


class ClusterArticles:
    """The articles of all stores; text, dates and names are as the last update of each index had them.

    Args:
        engine: Over all stores.
        zone: Of the local minutes in the indexes.
    """

    def __init__(self, engine: OpenSearchEngine, states: AllStates, zone: tzinfo) -> None:
        self._engine, self._states, self._zone = engine, states, zone

    def stores(self, *, now: bool = False) -> tuple[StoreState, ...]:
        """Return the stores as the last search found them; `now`: as they are."""
        return self._states.found() if now or not self._states.stores else self._states.stores

    @property
    def unsearched(self) -> tuple[str, ...]:
        """A sentence for each store that the last search left out, or that there is no store."""
        return self._states.unsearched

    @property
    def nothing_indexed(self) -> str:
        """The sentence that no machine has indexed an article."""
        return self._states.nothing_indexed

    def store_of(self, id: int) -> StoreState | None:
        """Return the store that an article is of."""
        first = id - own_id(id)
        return next((one for one in self.stores() if first_id(one.store) == first), None)

    def articles(
        self, ids: Iterable[int], *, with_text: bool = True, with_structure: bool = True
    ) -> dict[int, StoredArticle]:
        """Return id -> article in the order given; unknown ids are left out. Without its text, no structure is given.

        Raises:
            IndexUnreachable: one is not found, and a part of an index did not answer.
        """
        wanted = list(dict.fromkeys(ids))
        found: dict[int, StoredArticle] = {}
        for start in range(0, len(wanted), A_REQUEST):
            part = wanted[start : start + A_REQUEST]
            unread = _unread(with_text=with_text, with_structure=with_structure)
            for one in self._found({"terms": {"id": part}}, len(part), unread=unread, expected=len(part)):
                found[one.id] = one
        return {id: found[id] for id in wanted if id in found}

    def by_mark(self, mark: str) -> StoredArticle | None:
        """Return the article with this mark; of several stores' articles, that which was fetched last."""
        return _latest(self._found({"term": {"mark": mark}}, SAME_MARK, expected=1))

    def by_url(self, url: str) -> StoredArticle | None:
        """Return the article with this canonical URL; of several stores' articles, that which was fetched last."""
        return _latest(self._found({"term": {"url": url}}, SAME_MARK, expected=1))

    def group(self, id: int) -> list[int]:
        """Return the ids of an article's copy group, the leader first."""
        own = self.articles([id], with_text=False).get(id)
        if own is None:
            return []
        leader = own.copy_of or own.id
        others = self._found({"term": {"copy": leader}}, MOST_COPIES, unread=_unread(with_text=False))
        return [leader, *sorted(one.id for one in others)]

    def newest(self, limit: int) -> list[StoredArticle]:
        """Return the articles published last, undated ones by when they were first seen."""
        return self._found({"match_all": {}}, limit, sort=[latest_first(), {"id": "desc"}])

    def totals(self) -> Totals:
        """Return the figures of all stores together; what was withdrawn, only the stores know."""
        body: Json = {
            "size": 0,
            "track_total_hits": True,
            "aggs": {
                "sources": {"cardinality": {"field": FacetName.SITE.value, "precision_threshold": PRECISE}},
                "authors": {"cardinality": {"field": FacetName.AUTHOR.value, "precision_threshold": PRECISE}},
                "first": {"min": {"field": "published"}},
                "last": {"max": {"field": "published"}},
            },
        }
        answered = self._engine.answered(lambda snapshot: snapshot.search(body))
        counted: Mapping[str, Any] = answered.get("aggregations", {})
        values = {name: counted.get(name, {}).get("value") for name in body["aggs"]}
        return Totals(
            articles=int(answered["hits"]["total"]["value"]),
            withdrawn=0,
            sources=int(values["sources"] or 0),
            authors=int(values["authors"] or 0),
            first_published=self._moment(values["first"]),
            last_published=self._moment(values["last"]),
            last_run=None,
        )

    def names(self, keys: Collection[str]) -> dict[str, Author]:
        """Return author key -> a name printed under it; unknown keys are left out."""
        return self._engine.answered(lambda snapshot: _names(list(dict.fromkeys(keys)), snapshot))

    def authors(self, limit: int, offset: int, prefix: str) -> list[AuthorCount]:
        """Return authors whose key has a word that begins with `prefix`, each with the articles that carry their name.

        Those whose key begins with it come first, then by key.
        """
        counts = self._engine.answered(lambda snapshot: snapshot.keys(FacetName.AUTHOR))
        found = (key for key in counts if has_word_from(key, prefix))
        chosen = sorted(found, key=lambda key: (not key.startswith(prefix), key))[offset : offset + limit]
        names = self.names(chosen)
        return [AuthorCount(names.get(key, Author(key, key)), counts[key]) for key in chosen]

    def _found(
        self, query: Json, size: int, *, unread: Sequence[str] = (), sort: list[Json] | None = None, expected: int = 0
    ) -> list[StoredArticle]:
        """The articles that a query finds; fewer than expected are all there are, or IndexUnreachable is raised."""
        body: Json = {
            "size": size,
            "query": query,
            "sort": sort or ["_doc"],
            "_source": {"includes": [ARTICLE], "excludes": list(unread)},
            "docvalue_fields": ["id", "copy"],
        }
        answer = self._engine.answered(lambda snapshot: snapshot.search(body))
        hits = answer["hits"]["hits"]
        if len(hits) < expected and lacks_shards(answer):
            self._states.doubt()
            raise IndexUnreachable("a part of an index did not answer: what it has of these articles is not known")
        return [_article(one) for one in hits if "mark" in one["_source"].get(ARTICLE, {})]

    def _moment(self, minute: float | None) -> datetime | None:
        if minute is None:
            return None
        return datetime(1970, 1, 1, tzinfo=self._zone) + timedelta(minutes=minute)  # on the clock of the zone


def _article(hit: Json) -> StoredArticle:
    numbers = {name: int(values[0]) for name, values in hit["fields"].items()}
    return unpacked(hit["_source"][ARTICLE], id=numbers["id"], copy_of=numbers.get("copy"))


def _unread(*, with_text: bool = True, with_structure: bool = True) -> list[str]:
    """Return the fields of records that need not be sent."""
    text = [] if with_text else [f"{ARTICLE}.text"]
    return text if with_text and with_structure else [*text, f"{ARTICLE}.{STRUCTURE}"]


def _latest(found: Iterable[StoredArticle]) -> StoredArticle | None:
    return max(found, key=lambda one: (one.article.fetched, one.id), default=None)


def _names(keys: list[str], snapshot: Snapshot) -> dict[str, Author]:
    """Each key's name, from one of the articles that have the key."""
    known = snapshot.remembered("names", dict[str, Author])
    found = {key: name for key in keys if (name := known.get(key))}
    unknown = [key for key in keys if key not in found]
    for start in range(0, len(unknown), NAMES):
        part = unknown[start : start + NAMES]
        source = [f"{ARTICLE}.signed"]
        bodies: list[Json] = [
            {"size": 1, "query": {"term": {FacetName.AUTHOR.value: key}}, "_source": source} for key in part
        ]
        for key, answer in zip(part, snapshot.searches(bodies), strict=True):
            for hit in answer["hits"]["hits"]:
                found[key] = _name(key, hit["_source"])
    if len(known) > MOST_REMEMBERED:
        known.clear()
    known.update(found)
    return {key: found[key] for key in keys if key in found}


def _name(key: str, source: Json) -> Author:
    signed = source.get(ARTICLE, {}).get("signed", [])
    named = next((one for one in signed if one["key"] == key), None)
    return Author(named["name"], key, AuthorKind(named["kind"])) if named else Author(key, key)

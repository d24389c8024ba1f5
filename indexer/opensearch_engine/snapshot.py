"""One commit in a cluster, and what was asked of it so far; the next commit is another snapshot."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from copy import copy
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, TypeVar, cast

from corpus.errors import PressmarkError
from indexer.analysis.forms import Lexicon, Vocabulary
from indexer.analysis.stems import DEFAULT
from indexer.contract.annotations import NO_ANNOTATIONS, Annotations
from indexer.contract.facets import INDEXED, FacetName
from indexer.opensearch_engine.cluster import Cluster, Json
from indexer.opensearch_engine.documents import own_id
from indexer.opensearch_engine.mapping import MAX_DEPTH
from indexer.opensearch_engine.refusals import Refused, error_in, lacks_shards
from indexer.opensearch_engine.state import State
from indexer.opensearch_engine.vocabulary import ClusterVocabulary, Shards, ndjson, remember
from indexer.query.spelling import is_correctable, looked_up

KEYS_A_PAGE = 10_000  # of a facet, asked for at once
MAX_KEYS = 500_000  # of a facet; a typed value that is no key is compared with them
MOST_REMEMBERED = 10_000  # answers, such as the keys of filters that were typed
KEEP_ALIVE = "2m"  # between two pages of a listing: what they show stays as it was
LISTING = 60  # seconds for one page of a listing, which nobody sees arrive
MOST_LOST = 5  # values that led to a shard on no node, after which the search goes on with the shards found
ROUTINGS = 20  # values tried for each shard until one leads to it: not one shard of a hundred million is left out

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


@dataclass(slots=True)
class Snapshot:
    """The state that answers, and its vocabulary.

    Attributes:
        routings: Index -> a routing value that leads to each of its shards; it outlives the commit.
        first: Where the ids of the one store that is asked begin in the cluster; 0: all stores are asked.
        outdated: Why it is to be rebuilt although it answers, in words; None when it is not.
    """

    cluster: Cluster
    state: State
    stemmed: tuple[str, ...] = ()
    outdated: str | None = None
    routings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    first: int = 0
    annotations: Annotations = NO_ANNOTATIONS
    vocabulary: Vocabulary = field(init=False)
    _failed: int = 0  # answers that lack a shard: what was made of them is not remembered
    _known: dict[Hashable, Any] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        if self.is_empty:
            self.vocabulary = Lexicon({}, self.languages)
        else:
            self.vocabulary = ClusterVocabulary(
                self.cluster,
                self.state.articles,
                self.state.words,
                [one for one in self.languages if one in self.state.keyed],
                self.shards,
            )

    def annotated(self, annotations: Annotations) -> "Snapshot":
        """Return the same state with tags and dossiers to filter and count by."""
        if annotations == self.annotations:
            return self
        made = copy(self)
        made.annotations = annotations
        return made

    @property
    def is_empty(self) -> bool:
        """Is there no index that could answer?"""
        return not self.state.articles

    @property
    def position(self) -> int:
        """The sequence committed; 0 when the index is to be rebuilt."""
        return 0 if self.outdated else self.state.position

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the corpus, the most frequent first."""
        return self.stemmed or self.state.languages or DEFAULT

    @property
    def _ranked_alike(self) -> Json:
        """What lets a word weigh the same in articles of all stores: how rare it is in each of them is asked first."""
        return {} if self.first else {"search_type": "dfs_query_then_fetch"}

    def id_here(self, id: int) -> int:
        """Return what an article is known by to who asks: its id in its store, where only one is asked."""
        return own_id(id) if self.first else id

    def search(self, body: Json, *, without: str | None = None) -> Json:
        """Ask the articles; an empty answer when there are none. `without` names a part of the answer to leave out."""
        if self.is_empty:
            return {"hits": {"total": {"value": 0}, "hits": []}}
        params = self._ranked_alike | ({"filter_path": f"-{without}"} if without else {})
        return self._noticed(self.cluster.read("POST", f"/{self.state.articles}/_search", body, **params))

    def searches(self, bodies: list[Json]) -> list[Json]:
        """Ask the articles several questions at once."""
        if self.is_empty or not bodies:
            return [self.search(body) for body in bodies]
        lines = [line for body in bodies for line in ({"index": self.state.articles} | self._ranked_alike, body)]
        answers = self.cluster.read("POST", "/_msearch", ndjson(lines))["responses"]
        return [self._noticed(self._whole(one)) for one in answers]

    def pages(self, body: Json) -> Iterator[Json]:
        """Ask the articles as they stand now, and yield all answers to a sorted question, MAX_DEPTH hits each."""
        if self.is_empty:
            yield self.search(body)
            return
        made = self.cluster.read("POST", f"/{self.state.articles}/_search/point_in_time", keep_alive=KEEP_ALIVE)
        body = body | {"size": MAX_DEPTH, "pit": {"id": made["pit_id"], "keep_alive": KEEP_ALIVE}}
        try:
            while True:
                page = self._noticed(
                    self.cluster.read("POST", "/_search", body, request_timeout=LISTING, **self._ranked_alike)
                )
                yield page | {"_shards": made["_shards"]} if lacks_shards(made) else page  # it knows the rest alone
                hits = page["hits"]["hits"]
                if len(hits) < MAX_DEPTH:
                    return
                body |= {"search_after": hits[-1]["sort"], "track_total_hits": False}
        finally:
            with suppress(PressmarkError, Refused):  # it ends by itself
                self.cluster.read("DELETE", "/_search/point_in_time", {"pit_id": [made["pit_id"]]})

    def count(self, query: Json) -> int:
        """How many articles a query finds."""
        found = self.search({"size": 0, "track_total_hits": True, "query": query})
        return int(found["hits"]["total"]["value"])

    def remembered(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what was made under a key before, or make it."""
        return self.remembered_all([key], lambda _: [make()])[0]

    def remembered_all(self, keys: Sequence[K], make: Callable[[list[K]], Sequence[T]]) -> list[T]:
        """Return what was made under each key before; what is lacking is made at once, and given in that order."""
        with self._lock:
            found = {key: cast(T, self._known[key]) for key in keys if key in self._known}
        failed = self._failed
        if lacking := [key for key in dict.fromkeys(keys) if key not in found]:
            made = dict(zip(lacking, make(lacking), strict=True))
            with self._lock:
                if self._failed == failed:
                    for key, one in made.items():
                        remember(self._known, key, one, MOST_REMEMBERED)
            found |= made
        return [found[key] for key in keys]

    def articles(self) -> int:
        """The number of articles."""
        return self.remembered("articles", lambda: self.count({"match_all": {}}))

    def has_copies(self) -> bool:
        """Is any article a copy of another?"""
        return self.remembered("copies", lambda: self.count({"exists": {"field": "copy"}}) > 0)

    def has_key(self, facet: FacetName, key: str) -> bool:
        """Has any article this key of a facet?"""
        return self.remembered(("key", facet, key), lambda: self.count({"term": {facet.value: key}}) > 0)

    def keys(self, facet: FacetName) -> Mapping[str, int]:
        """Return the keys of a facet, each with the number of articles that have it; at most MAX_KEYS."""
        return self.remembered(("keys", facet), lambda: self._keys(facet))

    def shards(self) -> Shards:
        """Return what the vocabulary must know of the articles' shards."""
        return self.remembered("shards", self._shards)

    def distinct(self, facet: FacetName) -> int:
        """About how many keys a facet has, of all articles."""
        return self.remembered("distinct", self._distinct)[facet]

    def _distinct(self) -> dict[FacetName, int]:
        aggs = {name.value: {"cardinality": {"field": name.value}} for name in INDEXED}
        found = self.search({"size": 0, "aggs": aggs}).get("aggregations", {})
        return {name: int(found[name.value]["value"]) if found else 0 for name in INDEXED}

    def learn(self, forms: Iterable[str]) -> None:
        """Ask for what a query needs to know of its words, all at once."""
        if isinstance(self.vocabulary, ClusterVocabulary):
            self.vocabulary.learn(forms)

    def learn_near(self, texts: Sequence[str]) -> None:
        """Ask for what corrections of some words need to know, all at once."""
        if isinstance(self.vocabulary, ClusterVocabulary):
            self.vocabulary.learn_near([text for text in texts if is_correctable(text)], looked_up(texts))

    def _keys(self, facet: FacetName) -> dict[str, int]:
        found: dict[str, int] = {}
        source = {"key": {"terms": {"field": facet.value}}}
        composite: Json = {"size": KEYS_A_PAGE, "sources": [source]}
        while not self.is_empty and len(found) < MAX_KEYS:
            page = self.search({"size": 0, "aggs": {"keys": {"composite": composite}}})["aggregations"]["keys"]
            found.update((one["key"]["key"], one["doc_count"]) for one in page["buckets"])
            if "after_key" not in page:
                break
            composite["after"] = page["after_key"]
        return found

    def _shards(self) -> Shards:
        names = self.state.articles
        stats = self.cluster.read("GET", f"/{names}/_stats/docs", filter_path="_all.primaries.docs.deleted")
        leading = []
        for name in names.split(","):
            own = self.routings.get(name)
            if own is None:
                own, is_whole = self._routings(name)
                if is_whole:
                    self.routings[name] = own
                else:
                    self._failed += 1
            leading += [(name, one) for one in own]
        return Shards(tuple(leading), stats["_all"]["primaries"]["docs"]["deleted"] > 0)

    def _routings(self, name: str) -> tuple[tuple[str, ...], bool]:
        """A routing value that leads to each shard of an index, and whether there is one for all of them."""
        settings = self.cluster.read("GET", f"/{name}/_settings", filter_path="*.settings.index.number_of_shards")
        count = int(settings[name]["settings"]["index"]["number_of_shards"])
        found: dict[str, str] = {}
        lost = 0
        for number in range(count * ROUTINGS):
            if len(found) == count or lost == MOST_LOST:
                break
            routing = str(number)
            answer = self.cluster.read("GET", f"/{name}/_search_shards", routing=routing, filter_path="shards.shard")
            lost += "shards" not in answer  # the shard is on no node
            for copies in answer.get("shards", ()):
                found.setdefault(str(copies[0]["shard"]), routing)
        return tuple(found.values()), len(found) == count

    def _noticed(self, answer: Any) -> Json:
        if lacks_shards(answer):
            self._failed += 1
        return cast(Json, answer)

    def _whole(self, answer: Json) -> Json:
        if "error" in answer:
            raise error_in(answer.get("status", 500), answer["error"])
        return answer

"""The vocabulary of a corpus in a cluster: its forms, asked of the index of words; their counts, of the articles.

Answers are remembered as long as the commit is the newest. How often a form stands is the number of articles' fields
that have it: the cluster's own counts, or, where articles were deleted or replaced and few forms are asked for, the
true ones.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from indexer.analysis.folding import folded
from indexer.analysis.levenshtein import within
from indexer.analysis.stems import UNACCENTED, sought
from indexer.contract.values import TextField
from indexer.opensearch_engine.cluster import Cluster
from indexer.opensearch_engine.mapping import MAX_DEPTH
from indexer.opensearch_engine.refusals import lacks_shards
from indexer.opensearch_engine.words import batched, key

COMPLETED = 256  # forms that begin with what was typed, those that came most often: candidates of a completion
COUNTED = 8_192  # forms whose counts are compared; of more, those that came most often
EXACT = 64  # forms that are counted one by one where the cluster's counts hold deleted articles
MAX_SCANNED = 2_000_000  # forms of one pattern
MOST_VARIANTS = 20_000  # forms whose variants are remembered, until the next commit
MOST_LISTS = 200  # patterns whose forms are remembered
LONGEST_LIST = 4_000  # forms of one; of more, the cluster is asked again
A_REQUEST = 4_000  # forms in one request for counts


K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Shards:
    """The articles' shards: an index and a routing value that lead to each, and whether any holds deleted articles."""

    routings: tuple[tuple[str, str], ...]
    has_deleted: bool


class ClusterVocabulary:
    """A Vocabulary (indexer/analysis/forms.py) in a cluster, as of one commit."""

    def __init__(
        self, cluster: Cluster, articles: str, words: str, languages: Sequence[str], shards: Callable[[], Shards]
    ) -> None:
        self._cluster = cluster
        self._articles, self._words = articles, words
        self._languages = tuple(languages)
        self._shards = shards
        self._frequencies: dict[str, int] = {}
        self._seen: dict[str, int] = {}
        self._variants: dict[str, frozenset[str]] = {}
        self._lists: dict[tuple[str, str], tuple[str, ...]] = {}

    def frequency(self, form: str) -> int:
        """In how many articles' fields the form stands; 0 when it is not there."""
        return self.frequencies((form,)).get(form, 0)

    def frequencies(self, forms: Collection[str], least: int = 0) -> Mapping[str, int]:  # noqa: ARG002
        """The same for some forms at once; of very many, those that came most often."""
        if len(forms) > COUNTED:
            forms = sorted(forms, key=lambda form: (-self._seen.get(form, 0), form))[:COUNTED]
        unknown = [form for form in forms if form not in self._frequencies]
        if unknown:
            exact = len(unknown) <= EXACT and self._shards().has_deleted
            found: dict[str, int] = {}
            for part in batched(unknown, EXACT if exact else A_REQUEST):
                counts, is_whole = self._counted(part) if exact else self._estimated(part)
                found |= counts
                if is_whole:
                    self._frequencies |= counts
            return {form: self._frequencies.get(form, found.get(form, 0)) for form in forms}
        return {form: self._frequencies[form] for form in forms}

    def variants(self, form: str) -> Iterable[str]:
        """The forms that share a key with this one (indexer/analysis/stems.py)."""
        if form not in self._variants:
            keys = [key(language, shared) for language, shared in sorted(sought(form, self._languages))]
            known = (UNACCENTED, *self._languages)
            keys = [one for one in keys if one.partition(" ")[0] in known]
            return remember(self._variants, form, frozenset(self._found({"terms": {"keys": keys}})), MOST_VARIANTS)
        return self._variants[form]

    def matching(self, pattern: str, limit: int | None = None) -> Iterable[str]:  # noqa: ARG002
        """The forms that match a pattern as they are written or, both folded, as they are spelled."""
        plain = folded(pattern)
        patterns = {("form", pattern), ("form", plain), ("folded", plain)}
        return self._listed("matching", pattern, {"bool": {"should": [_wild(*one) for one in sorted(patterns)]}})

    def starting(self, prefix: str) -> Sequence[str]:
        """The forms that begin so and came most often, sorted."""
        body = {
            "size": COMPLETED,
            "query": {"prefix": {"form": prefix}} if prefix else {"match_all": {}},
            "sort": [{"seen": "desc"}, "form"],
            "_source": False,
            "track_total_hits": False,
        }
        hits = self._cluster.read("POST", f"/{self._words}/_search", body)["hits"]["hits"]
        return sorted({one["_id"] for one in hits})

    def folded(self, prefix: str) -> Mapping[str, Sequence[str]]:
        """The folded spellings that begin so, each with the forms that are spelled otherwise but folded like it."""
        found: dict[str, list[str]] = {}
        for form in self._listed("folded", prefix, {"prefix": {"folded": prefix}}):
            found.setdefault(folded(form), []).append(form)
        return found

    def near(self, form: str, distance: int, least: int = 0) -> Sequence[str]:  # noqa: ARG002
        """The forms within so many edits of this one that begin with the same character, sorted."""
        if not form:
            return []
        fuzzy = {"value": form, "fuzziness": distance, "prefix_length": 1, "rewrite": "constant_score"}
        short = [_wild("form", form[0] + "?" * more) for more in range(distance)]  # Lucene leaves these out
        query = {"bool": {"should": [{"fuzzy": {"form": fuzzy}}, *short]}}
        return within(distance, form, sorted(self._listed(f"near {distance}", form, query)))

    def _listed(self, kind: str, text: str, query: dict[str, Any]) -> tuple[str, ...]:
        known = self._lists.get((kind, text))
        if known is not None:
            return known
        found = tuple(self._found(query))
        return remember(self._lists, (kind, text), found, MOST_LISTS) if len(found) <= LONGEST_LIST else found

    def _found(self, query: dict[str, Any]) -> Iterator[str]:
        """All forms that a query of the words finds, sorted."""
        body: dict[str, Any] = {
            "size": MAX_DEPTH,
            "query": {"constant_score": {"filter": query}},
            "sort": ["form", "seen"],
            "_source": False,
            "track_total_hits": False,
        }
        count, last = 0, None
        while count < MAX_SCANNED:
            hits = self._cluster.read("POST", f"/{self._words}/_search", body)["hits"]["hits"]
            for one in hits:
                form, seen = one["sort"]
                self._seen[form] = seen  # of several stores, that in which it came most often
                if form != last:
                    yield form
                last = form
            count += len(hits)
            if len(hits) < MAX_DEPTH:
                return
            body["search_after"] = hits[-1]["sort"]

    def _counted(self, forms: list[str]) -> tuple[dict[str, int], bool]:
        """True counts, by a question for each form and field; and whether all shards answered."""
        lines: list[Any] = []
        for form in forms:
            for field in TextField:
                query = {"term": {field.value: form}}
                lines += [{"index": self._articles}, {"size": 0, "track_total_hits": True, "query": query}]
        answers = self._cluster.read("POST", "/_msearch", ndjson(lines))["responses"]
        counts = [one["hits"]["total"]["value"] if "hits" in one else 0 for one in answers]
        fields = len(TextField)
        found = {form: sum(counts[at * fields : (at + 1) * fields]) for at, form in enumerate(forms)}
        return found, not any("error" in one or lacks_shards(one) for one in answers)

    def _estimated(self, forms: list[str]) -> tuple[dict[str, int], bool]:
        """The cluster's counts, shard by shard; deleted articles are among them until their segments are merged."""
        text = " ".join(forms)
        names = [field.value for field in TextField]
        wanted = {
            "doc": dict.fromkeys(names, text),
            "fields": names,
            "positions": False,
            "offsets": False,
            "term_statistics": True,
            "field_statistics": False,
        }
        body = {"docs": [{**wanted, "_index": index, "routing": one} for index, one in self._shards().routings]}
        found = dict.fromkeys(forms, 0)
        answers = self._cluster.read("POST", "/_mtermvectors", body)["docs"]
        for shard in answers:
            for field in shard.get("term_vectors", {}).values():
                for form, counts in field["terms"].items():
                    found[form] += counts.get("doc_freq", 0)
        return found, all("term_vectors" in shard for shard in answers)


def remember(known: dict[K, V], key: K, value: V, most: int) -> V:
    """Remember a value, and return it; beyond `most` entries the one that was remembered first is forgotten."""
    known[key] = value
    while len(known) > most:
        known.pop(next(iter(known)), None)
    return value


def ndjson(lines: Iterable[Any]) -> str:
    """Return values as lines of JSON."""
    import json

    return "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)


def _wild(field: str, pattern: str) -> dict[str, Any]:
    return {"wildcard": {field: {"value": pattern, "rewrite": "constant_score"}}}

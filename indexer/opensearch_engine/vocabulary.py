"""The vocabulary of a corpus in a cluster: its forms, asked of the index of words; their counts, of the articles.

Answers are remembered as long as the commit is the newest. How often a form stands is the number of articles' fields
that have it: the cluster's own counts, or, where articles were deleted or replaced and few forms are asked for, the
true ones.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from indexer.analysis.folding import folded, folded_ways
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
LEARNT = 200  # questions of words in one request
ENOUGH_FORMS = 1_000  # found by one of them; one that finds as many is asked by itself


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
        """Return form -> frequency for several forms at once; of very many, the most frequent ones."""
        if len(forms) > COUNTED:
            forms = sorted(forms, key=lambda form: (-self._seen.get(form, 0), form))[:COUNTED]
        found = self._count_standing(form for form in forms if form not in self._frequencies)
        return {form: self._frequencies.get(form, found.get(form, 0)) for form in forms}

    def learn(self, forms: Iterable[str]) -> None:
        """Ask for the variants of some forms in one request, and for the counts of all of them in another."""
        forms = list(dict.fromkeys(forms))
        unknown = [form for form in forms if form not in self._variants]
        for form, found in self._all_found([(form, self._sharing(form)) for form in unknown]):
            remember(self._variants, form, frozenset(found), MOST_VARIANTS)
            if not found:  # not even the form itself, which shares its keys with itself
                self._frequencies[form] = 0
        self._learn_counts([(form, *self._variants.get(form, ())) for form in forms])

    def learn_near(self, texts: Iterable[str], others: Iterable[str]) -> None:
        """Ask for the forms one edit away from some words in one request, and for the counts of all in another."""
        texts = list(dict.fromkeys(texts))
        unknown = [text for text in texts if ("near 1", text) not in self._lists]
        for text, found in self._all_found([(text, _near(text, 1)) for text in unknown]):
            remember(self._lists, ("near 1", text), tuple(found), MOST_LISTS)
        self._learn_counts(
            [(text, *self._lists.get(("near 1", text), ())) for text in texts] + [(one,) for one in others]
        )

    def _all_found(self, questions: list[tuple[str, dict[str, Any]]]) -> Iterator[tuple[str, list[str]]]:
        """Give each question with the forms it finds; a question that is left out is to be asked by itself."""
        for part in batched(questions, LEARNT):
            lines: list[Any] = []
            for _, query in part:
                lines += [{"index": self._words}, self._question(query, ENOUGH_FORMS)]
            answers = self._cluster.read("POST", "/_msearch", ndjson(lines))["responses"]
            for (text, _), answer in zip(part, answers, strict=True):
                if "error" not in answer and not lacks_shards(answer) and len(answer["hits"]["hits"]) < ENOUGH_FORMS:
                    yield text, list(dict.fromkeys(self._noted(answer)))

    def variants(self, form: str) -> Iterable[str]:
        """The forms that share a key with this one (indexer/analysis/stems.py)."""
        if form not in self._variants:
            return remember(self._variants, form, frozenset(self._found(self._sharing(form))), MOST_VARIANTS)
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
        """The folded spellings that begin with a prefix, each with the forms of other spelling that fold to it."""
        found: dict[str, list[str]] = {}
        for form in self._listed("folded", prefix, {"prefix": {"folded": prefix}}):
            for way in folded_ways(form):
                if way != form and way.startswith(prefix):
                    found.setdefault(way, []).append(form)
        return found

    def near(self, form: str, distance: int, least: int = 0) -> Sequence[str]:  # noqa: ARG002
        """The forms within `distance` edits of a form that begin with the same character, sorted."""
        if not form:
            return []
        return within(distance, form, sorted(self._listed(f"near {distance}", form, _near(form, distance))))

    def _listed(self, kind: str, text: str, query: dict[str, Any]) -> tuple[str, ...]:
        known = self._lists.get((kind, text))
        if known is not None:
            return known
        found = tuple(self._found(query))
        return remember(self._lists, (kind, text), found, MOST_LISTS) if len(found) <= LONGEST_LIST else found

    def _sharing(self, form: str) -> dict[str, Any]:
        """What finds the forms that share a key with this one."""
        known = (UNACCENTED, *self._languages)
        keys = [key(*one) for one in sorted(sought(form, self._languages)) if one[0] in known]
        return {"terms": {"keys": keys}}

    def _question(self, query: dict[str, Any], size: int) -> dict[str, Any]:
        return {
            "size": size,
            "query": {"constant_score": {"filter": query}},
            "sort": ["form", "seen"],
            "_source": False,
            "track_total_hits": False,
        }

    def _noted(self, answer: dict[str, Any]) -> Iterator[str]:
        """The forms of an answer, as often as it has them."""
        for one in answer["hits"]["hits"]:
            form, seen = one["sort"]
            self._seen[form] = seen  # of several stores, that in which it came most often
            yield form

    def _found(self, query: dict[str, Any]) -> Iterator[str]:
        """All forms that a query of the words finds, sorted."""
        body = self._question(query, MAX_DEPTH)
        count, last = 0, None
        while count < MAX_SCANNED:
            answer = self._cluster.read("POST", f"/{self._words}/_search", body)
            hits = answer["hits"]["hits"]
            for form in self._noted(answer):
                if form != last:
                    yield form
                last = form
            count += len(hits)
            if len(hits) < MAX_DEPTH:
                return
            body["search_after"] = hits[-1]["sort"]

    def _learn_counts(self, words: Iterable[Sequence[str]]) -> None:
        """Ask for the counts of words of several forms; those of a word of few forms are true ones."""
        few: set[str] = set()
        many: set[str] = set()
        for forms in words:
            (few if len(forms) <= EXACT else many).update(forms)
        self._count_standing(few - self._frequencies.keys(), most=len(few))
        self._count_standing(many - self._frequencies.keys())

    def _count_standing(self, forms: Iterable[str], most: int = EXACT) -> dict[str, int]:
        """Ask for counts; they are true ones where at most so many of the forms stand anywhere."""
        found: dict[str, int] = {}
        unsure: set[str] = set()  # not all shards answered: not remembered
        for part in batched(forms, A_REQUEST):
            counts, is_whole = self._estimated(part)
            found |= counts
            unsure.update(() if is_whole else part)
        standing = [form for form, count in found.items() if count]
        if standing and len(standing) <= most and self._shards().has_deleted:
            for part in batched(standing, EXACT):
                counts, is_whole = self._counted(part)
                found |= counts
                unsure.update(() if is_whole else part)
        self._frequencies |= {form: count for form, count in found.items() if form not in unsure}
        return found

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


def _near(form: str, distance: int) -> dict[str, Any]:
    fuzzy = {"value": form, "fuzziness": distance, "prefix_length": 1, "rewrite": "constant_score"}
    short = [_wild("form", form[0] + "?" * more) for more in range(distance)]  # Lucene leaves these out
    return {"bool": {"should": [{"fuzzy": {"form": fuzzy}}, *short]}}


def _wild(field: str, pattern: str) -> dict[str, Any]:
    return {"wildcard": {field: {"value": pattern, "rewrite": "constant_score"}}}

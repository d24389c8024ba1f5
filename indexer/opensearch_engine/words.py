"""Forms of articles -> the index of words: every form of the corpus once, with the keys it is found by.

The index only grows: a form whose articles are gone counts nothing, since counts are those of the articles' own index.
So to write it again, or half of it, does no harm.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from indexer.analysis.folding import folded_ways
from indexer.analysis.stems import UNACCENTED, form_keys
from indexer.opensearch_engine import bulk
from indexer.opensearch_engine.bulk import Change
from indexer.opensearch_engine.cluster import Cluster

T = TypeVar("T")

REMEMBERED = 2_000_000  # forms, of which a writer knows how often they came
A_REQUEST = 5_000  # forms looked up in one request


def key(language: str, shared: str) -> str:
    """Return a key of a language as one word of the index."""
    return f"{language} {shared}"


class Words:
    """The index of words, as its writer knows it.

    Args:
        is_new: Nothing was written to the index so far.
        checkpoint: Called after each request that writes: all words of a corpus take minutes.
    """

    def __init__(
        self, cluster: Cluster, index: str, languages: Iterable[str], *, is_new: bool, checkpoint: Callable[[], object]
    ) -> None:
        self._cluster = cluster
        self._checkpoint = checkpoint
        self._index = index
        self._languages = tuple(languages)
        self._seen: dict[str, int] = {}
        self._unwritten: set[str] = set()
        self._is_known = is_new  # whether `_seen` has all forms that the index has

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages whose keys the words have."""
        return self._languages

    def learn(self, counts: dict[str, int]) -> None:
        """Take in forms, and how many articles have them; `write` writes what is new of it."""
        if len(self._seen) > REMEMBERED:
            self.write()
            self._seen.clear()
            self._is_known = False
        if not self._is_known:
            self._recall([form for form in counts if form not in self._seen])
        for form, count in counts.items():
            before = self._seen.get(form, 0)
            self._seen[form] = before + count
            if before.bit_length() != (before + count).bit_length():
                self._unwritten.add(form)

    def write(self) -> None:
        """Write the forms that are new, and those that have come twice as often since they were written."""
        forms = sorted(self._unwritten)
        for start in range(0, len(forms), A_REQUEST):
            self._write(forms[start : start + A_REQUEST])
        self._unwritten.clear()

    def learn_languages(self, languages: Sequence[str]) -> None:
        """Give all words the keys of these languages, where they lack them."""
        lacking = [one for one in languages if one not in self._languages]
        if not lacking:
            return
        self._languages = (*self._languages, *lacking)
        if self._is_known and self._unwritten == self._seen.keys():
            return  # none is written yet, and all will have them
        self._cluster.write("POST", f"/{self._index}/_refresh")
        for forms in self._every():
            self._seen |= {form: max(count, self._seen.get(form, 0)) for form, count in forms.items()}
            self._write(list(forms))

    def _recall(self, forms: list[str]) -> None:
        for start in range(0, len(forms), A_REQUEST):
            part = forms[start : start + A_REQUEST]
            found = self._cluster.write("POST", f"/{self._index}/_mget", {"ids": part}, _source="seen")
            for one in found["docs"]:
                if one.get("found"):
                    self._seen[one["_id"]] = (1 << one["_source"]["seen"]) >> 1

    def _every(self) -> Iterator[dict[str, int]]:
        after: list[Any] = []
        while True:
            body: dict[str, Any] = {"size": A_REQUEST, "sort": ["form"], "_source": ["seen"]}
            if after:
                body["search_after"] = after
            hits = self._cluster.write("POST", f"/{self._index}/_search", body)["hits"]["hits"]
            if not hits:
                return
            after = hits[-1]["sort"]
            yield {one["_id"]: (1 << one["_source"]["seen"]) >> 1 for one in hits}

    def _write(self, forms: list[str]) -> None:
        keys = [[key(UNACCENTED, shared) for shared in own] for own in form_keys(forms, UNACCENTED)]
        for language in self._languages:
            for known, own in zip(keys, form_keys(forms, language), strict=True):
                known += [key(language, shared) for shared in own]
        bulk.write(self._cluster, self._index, map(self._change, forms, keys))
        self._checkpoint()

    def _change(self, form: str, keys: list[str]) -> Change:
        fields: dict[str, Any] = {"form": form, "keys": keys, "seen": _size(self._seen[form])}
        if plain := [way for way in folded_ways(form) if way != form]:
            fields["folded"] = plain
        return Change(form, fields)


def _size(count: int) -> int:
    return min(count.bit_length(), 40)


def batched(every: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield values in lists of a size."""
    rest = iter(every)
    while part := list(islice(rest, size)):
        yield part

"""Which names may one person have? Suggestions of merges with their evidence; only a person merges authors.

Only names that share a part (a first or last name, their sounds, their set of names) are compared, so that
50,000 authors cost some seconds. Two people who sign one article together are two people.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from corpus.people.similarity import Similarity, similarity, sound
from corpus.texts import text

MOST_ALIKE = 400  # names in a group that are compared with each other; a larger group is a common name
MAX_PAIRS = 500_000  # pairs compared in all, of the likeliest kinds of groups first
_KINDS = ("names", "sound", "last", "first")  # of groups: what two names share


@dataclass(frozen=True, slots=True)
class Known:
    """An author as the corpus knows the name.

    Attributes:
        key: Folded name (corpus/people/names.py).
        name: As printed most often.
        articles: How many they signed.
        sources: Where.
        beside: Keys of those they signed an article together with.
    """

    key: str
    name: str
    articles: int = 1
    sources: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Merge:
    """`key` may be the person known as `into`, who signed more. `evidence`: sentences, the strongest first."""

    key: str
    into: str
    evidence: tuple[str, ...]
    weight: float


def suggest(authors: Iterable[Known], *, limit: int = 50) -> tuple[Merge, ...]:
    """Return the likeliest merges, the best founded first.

    Args:
        authors: People only (desks and agencies are not merged by similarity), each key once.
        limit: How many to return.
    """
    known = {author.key: author for author in authors}
    found = (_merge(known[one], known[other]) for one, other in _pairs(known))
    ranked = sorted(
        (merge for merge in found if merge),
        key=lambda merge: (-merge.weight, -known[merge.into].articles, merge.into, merge.key),
    )
    return tuple(ranked[:limit])


def _pairs(known: dict[str, Known]) -> Iterator[tuple[str, str]]:
    """Give the pairs of keys worth comparing, each once."""
    groups: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for key in known:
        parts = key.split("-")
        if len(parts) < 2:
            continue
        groups["first", parts[0]].append(key)
        groups["last", parts[-1]].append(key)
        groups["sound", sound(key)].append(key)
        groups["names", "-".join(sorted(parts))].append(key)
    seen: set[tuple[str, str]] = set()
    for _, keys in sorted(groups.items(), key=lambda group: _KINDS.index(group[0][0])):
        if len(keys) > MOST_ALIKE:
            continue
        for pair in combinations(sorted(keys), 2):
            if pair not in seen:
                seen.add(pair)
                yield pair
                if len(seen) >= MAX_PAIRS:
                    return


def _merge(one: Known, other: Known) -> Merge | None:
    if other.key in one.beside or one.key in other.beside:
        return None
    alike = similarity(one.key, other.key)
    if alike is None:
        return None
    less, more = sorted((one, other), key=lambda author: (author.articles, len(author.name), author.key))
    shared, together = one.sources & other.sources, one.beside & other.beside
    evidence = [alike.why]
    if shared:
        evidence.append(text("both write for {sources}", sources=", ".join(sorted(shared)[:3])))
    if together:
        evidence.append(text("both sign with {authors}", authors=", ".join(sorted(together)[:3])))
    if more.articles >= 10 * less.articles:
        whole = less.articles + more.articles
        evidence.append(text("{n} of {all} articles carry the rarer spelling", n=less.articles, all=whole))
    weight = _weight(alike, shared=bool(shared), together=bool(together), rare=more.articles >= 10 * less.articles)
    # Initials, or a letter's difference, between outlets that share nothing say too little.
    return Merge(less.key, more.key, tuple(evidence), weight) if weight >= 0.6 else None


def _weight(alike: Similarity, *, shared: bool, together: bool, rare: bool) -> float:
    return round(min(1.0, alike.weight + 0.15 * shared + 0.1 * together + 0.05 * rare - 0.15 * (not shared)), 3)

"""Authors and what they signed -> pairs of names that may be one person's, each with its evidence.

Nobody is merged by this: it is read by a person, who merges. Two names that sign one article together are two people.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations

from corpus.model import Author, AuthorKind
from corpus.store import ArticleStore

SHORTEST = 8  # letters of a key; shorter names differ by a letter and are two people
MOST_ALIKE = 400  # names that share a part and are compared with each other; more of them is a common name
MAX_NAMES = 20  # of one article that are looked at


@dataclass(slots=True)
class Signer:
    """What one key signed."""

    author: Author
    articles: int = 0
    sources: set[str] = field(default_factory=set)
    beside: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`key` may be the person known as `into`, who signed more; `evidence` says why, the strongest first."""

    key: str
    into: str
    evidence: tuple[str, ...]


def suggestions(store: ArticleStore, *, limit: int = 50) -> tuple[Suggestion, ...]:
    """Return the likeliest pairs, those that concern most articles first."""
    aliases = store.aliases()
    found = signers((filed.article.source, filed.article.authors) for filed in store.every())
    known = {key: one for key, one in found.items() if key not in aliases}
    likely = sorted(pairs(known), key=lambda pair: (-known[pair.into].articles, pair.into, pair.key))
    return tuple(likely[:limit])


def signers(articles: Iterable[tuple[str, tuple[Author, ...]]]) -> dict[str, Signer]:
    """Return key -> what it signed, from articles given as their source and their authors."""
    found: dict[str, Signer] = {}
    for source, names in articles:
        people = [one for one in names[:MAX_NAMES] if one.kind is AuthorKind.PERSON]
        keys = {one.key for one in people}
        for one in people:
            signer = found.setdefault(one.key, Signer(one))
            signer.articles += 1
            signer.sources.add(source)
            signer.beside |= keys - {one.key}
    return found


def pairs(known: dict[str, Signer]) -> Iterator[Suggestion]:
    """Return the pairs that may be one person, in the order of their keys."""
    for one, other in sorted(_alike(known)):
        first, second = known[one], known[other]
        if other in first.beside:
            continue
        evidence = tuple(_evidence(first, second))
        if evidence:
            less, more = (one, other) if (first.articles, other) < (second.articles, one) else (other, one)
            yield Suggestion(less, more, (*evidence, *_shared(first, second)))


def _alike(known: dict[str, Signer]) -> set[tuple[str, str]]:
    """Pairs of keys worth comparing: those that share their first or their last name."""
    groups: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for key in known:
        parts = key.split("-")
        if len(parts) > 1:
            groups["first", parts[0]].append(key)
            groups["last", parts[-1]].append(key)
    return {
        (one, other)
        for keys in groups.values()
        if len(keys) <= MOST_ALIKE
        for one, other in combinations(sorted(keys), 2)
    }


def _evidence(first: Signer, second: Signer) -> Iterator[str]:
    one, other = first.author.key.split("-"), second.author.key.split("-")
    if one[-1] == other[-1] and _initials(one[:-1], other[:-1]):
        yield "one has initials where the other has names"
    elif one[0] == other[0] and one[-1] == other[-1] and _within(one, other):
        yield "one leaves out a middle name"
    elif len(first.author.key) >= SHORTEST and (edits := distance(first.author.key, second.author.key)) <= 2:
        rare = min(first.articles, second.articles) * 10 <= max(first.articles, second.articles)
        if edits == 1 or rare:
            yield f"spelled alike but for {'one letter' if edits == 1 else 'two letters, and one is rare'}"


def _initials(one: list[str], other: list[str]) -> bool:
    if not one or len(one) != len(other):
        return False
    pairs = list(zip(one, other, strict=True))
    return one != other and all(a == b or (1 in (len(a), len(b)) and a[0] == b[0]) for a, b in pairs)


def _within(one: list[str], other: list[str]) -> bool:
    """Do the parts of the shorter name stand in the longer one, in order?"""
    short, long = sorted((one, other), key=len)
    rest = iter(long)
    return len(short) < len(long) and all(part in rest for part in short)


def _shared(first: Signer, second: Signer) -> Iterator[str]:
    if shared := first.sources & second.sources:
        yield f"both write for {', '.join(sorted(shared)[:3])}"
    if common := first.beside & second.beside:
        yield f"both sign with {', '.join(sorted(common)[:3])}"


def distance(one: str, other: str) -> int:
    """Return how many letters are added, left out, changed or swapped with a neighbour; more than 2 is 3."""
    if sum(((Counter(one) - Counter(other)) | (Counter(other) - Counter(one))).values()) > 4:
        return 3
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, start=1):
        current = [at]
        for there, sign in enumerate(other, start=1):
            best = min(row[there] + 1, current[-1] + 1, row[there - 1] + (letter != sign))
            if at > 1 and there > 1 and letter == other[there - 2] and one[at - 2] == sign:
                best = min(best, before[there - 2] + 1)
            current.append(best)
        before, row = row, current
    return min(row[-1], 3)

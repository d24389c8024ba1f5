"""Who signed which article -> the people who sign: how much, where, with whom; what suggestions of merges need."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from corpus.model import Author, AuthorKind
from corpus.people.identity import Known

MAX_NAMES = 20  # of one article that are looked at


def known(articles: Iterable[tuple[str, tuple[Author, ...]]]) -> tuple[Known, ...]:
    """Return the people who sign, from articles given as their source and their authors."""
    found: dict[str, _Signer] = {}
    for source, names in articles:
        people = [one for one in names[:MAX_NAMES] if one.kind is AuthorKind.PERSON]
        keys = {one.key for one in people}
        for one in people:
            signer = found.setdefault(one.key, _Signer(one.name))
            signer.articles += 1
            signer.sources.add(source)
            signer.beside |= keys - {one.key}
    return tuple(
        Known(key, one.name, one.articles, frozenset(one.sources), frozenset(one.beside)) for key, one in found.items()
    )


@dataclass(slots=True)
class _Signer:
    """The articles of an author key so far."""

    name: str
    articles: int = 0
    sources: set[str] = field(default_factory=set)
    beside: set[str] = field(default_factory=set)

"""Articles, each in a stratum -> some of them at random, evenly over the strata; the same seed draws the same."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import NamedTuple

from corpus.model import StoredArticle

STRATA: dict[str, Callable[[StoredArticle], str]] = {
    "source": lambda stored: stored.article.source,
    "month": lambda stored: f"{stored.article.published.day:%Y-%m}" if stored.article.published else "undated",
    "": lambda stored: "",
}


class Candidate(NamedTuple):
    """An article that may be drawn: its mark, its stratum, its id."""

    mark: str
    stratum: str
    id: int


def drawn(candidates: Iterable[Candidate], count: int, seed: int) -> list[int]:
    """Return the ids of articles drawn at random, in the order they were drawn; at most `count`.

    The order of the candidates does not matter: they are drawn by their marks.
    """
    strata: dict[str, list[int]] = defaultdict(list)
    for each in sorted(candidates):
        strata[each.stratum].append(each.id)
    chance = random.Random(seed)  # noqa: S311  a repeatable draw is wanted, not a secret one
    waiting = [chance.sample(strata[name], len(strata[name])) for name in sorted(strata)]
    found: list[int] = []
    while len(found) < count and any(waiting):
        for stratum in waiting:
            if stratum and len(found) < count:
                found.append(stratum.pop())
    return found

"""The corpus -> twelve kinds of query, drawn from its own words; seeded."""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from bench.search.corpus import FUNCTION, read
from indexer.analysis.text import forms

SAMPLE = 10_000  # articles whose words are counted
KINDS = ("page", "common", "rare", "and", "or", "natural", "phrase", "prefix", "fuzzy", "author", "date", "sort")


@dataclass(frozen=True, slots=True)
class Ask:
    """One query: words that are all wanted unless `kind` is `or` or `natural`; a phrase, prefix or misspelt word."""

    kind: str
    words: tuple[str, ...]
    author: str | None = None
    since: str | None = None
    until: str | None = None


def questions(path: Path, each: int, *, seed: int = 2) -> list[Ask]:
    """Return `each` queries of every kind, kinds interleaved."""
    chance = random.Random(seed)
    articles = [one for batch in islice(read(path), SAMPLE // 500) for one in batch]
    texts = [forms(one["text"]) for one in articles]
    having = Counter(form for text in texts for form in set(text))
    size = len(articles)

    def between(low: float, high: float) -> list[str]:
        return sorted(
            one for one, n in having.items() if low * size <= n <= high * size and len(one) > 3 and one not in FUNCTION
        )

    common, usual, rare = between(0.05, 0.4), between(0.005, 0.2), between(1 / size, 5 / size)

    def phrase() -> tuple[str, ...]:
        text = chance.choice(texts)
        at = chance.randrange(len(text) - 3)
        return tuple(text[at : at + chance.choice((2, 2, 3))])

    def misspelt() -> str:
        word = chance.choice([one for one in usual[:2000] if len(one) > 5] or usual)
        at = chance.randrange(1, len(word) - 1)
        return word[:at] + chance.choice("aeiost") + word[at + chance.choice((0, 1)) :]

    def dated() -> tuple[str, str]:
        start = datetime(2012, 1, 1) + timedelta(days=chance.randrange(14 * 365))  # noqa: DTZ001 - a local day
        return f"{start:%Y-%m-%d}", f"{start + timedelta(days=90):%Y-%m-%d}"

    def signed() -> Ask:
        one = chance.choice([one for one in articles if one["authors"]])
        return Ask("author", (chance.choice(common),), one["authors"][0])

    make: dict[str, Callable[[], Ask]] = {
        "page": lambda: Ask("page", tuple(chance.sample(common, chance.choice((1, 2))))),
        "common": lambda: Ask("common", (chance.choice(common),)),
        "rare": lambda: Ask("rare", (chance.choice(rare),)),
        "and": lambda: Ask("and", tuple(chance.sample(usual, chance.choice((2, 3, 4))))),
        "or": lambda: Ask("or", tuple(chance.sample(usual, chance.randrange(5, 9)))),
        "natural": lambda: Ask("natural", (*chance.sample(usual, 5), *chance.sample(FUNCTION, 5))),
        "phrase": lambda: Ask("phrase", phrase()),
        "prefix": lambda: Ask("prefix", (chance.choice(usual)[:4],)),
        "fuzzy": lambda: Ask("fuzzy", (misspelt(),)),
        "author": signed,
        "date": lambda: Ask("date", (chance.choice(common),), None, *dated()),
        "sort": lambda: Ask("sort", (chance.choice(common),)),
    }
    return [make[kind]() for _ in range(each) for kind in KINDS]

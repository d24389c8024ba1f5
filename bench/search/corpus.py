"""A news corpus of our own: words by Zipf, new words by Heaps, topics, authors and dates skewed as in life; seeded.

Words are made of syllables and inflected, so that stemming has something to do. Nobody wrote these texts.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

VOCABULARY = 1_000_000  # ranks; how many of them occur grows with the corpus, as Heaps has it
KNEE = 6_000  # ranks; beyond it words are rarer than Zipf's law has them, as in every large corpus
TAIL = 1.95  # the exponent there; before it is 1
WORDS = 420  # an article, on average
TOPICS = 400
TOPIC_WORDS = 250
TOPIC_SHARE = 0.3
FIRST, LAST = datetime(2005, 1, 1, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC)
FUNCTION = (
    "the of to and a in that is for on it with was as he be at by his said has have from are this not but an they "
    "which will its were been had or their who would one we more about up when after new also "
    "two there than if last year out"
).split()
ONSETS = "b c d f g h j k l m n p r s t v w br ch cl cr dr fl fr gr pl pr sh sl sp st str th tr".split()
RIMES = "a e i o u an ar at el en er es in ing is on or ot ow um un us ain eal ight ound ent ack ess".split()
ENDINGS = ("", "", "s", "ed", "ing")
BATCH = 1000


def word(rank: int) -> str:
    """Return the word of a frequency rank."""
    if rank < len(FUNCTION):
        return FUNCTION[rank]
    lemma, ending = divmod(rank - len(FUNCTION), len(ENDINGS))
    syllables = []
    while lemma or not syllables:
        lemma, onset = divmod(lemma, len(ONSETS))
        lemma, rime = divmod(lemma, len(RIMES))
        syllables.append(ONSETS[onset] + RIMES[rime])
    stem = "".join(reversed(syllables))
    return f"{stem}{'ka' if ending == 1 else ''}{ENDINGS[ending]}"


class Generator:
    """The distributions a corpus is drawn from."""

    def __init__(self, seed: int) -> None:
        self.chance = np.random.default_rng(seed)
        self.words = [word(rank) for rank in range(VOCABULARY)]
        ranks = np.arange(VOCABULARY) + 2.7
        self.likely = np.cumsum(np.where(ranks < KNEE, 1 / ranks, (ranks / KNEE) ** -TAIL / KNEE))
        self.likely /= self.likely[-1]
        self.topics = np.exp(self.chance.uniform(np.log(150), np.log(12_000), (TOPICS, TOPIC_WORDS))).astype(np.int64)
        self.authors = [f"{word(900 + 7 * n).title()} {word(4000 + 13 * n).title()}" for n in range(3000)]

    def ranks(self, count: int, exponent: float, least: float = 1.0) -> NDArray[np.int64]:
        """Draw numbers from 0 by a power law."""
        return (least * (self.chance.random(count) ** (-1 / exponent) - 1)).astype(np.int64)

    def articles(self, first: int, count: int) -> Iterator[dict[str, Any]]:
        """Draw articles numbered from `first`."""
        lengths = np.clip(self.chance.lognormal(np.log(WORDS * 0.88), 0.5, count), 40, 3000).astype(np.int64)
        topics = np.minimum(self.ranks(count, 0.9, 8), TOPICS - 1)
        ranks = np.searchsorted(self.likely, self.chance.random(int(lengths.sum())))
        own = self.chance.random(len(ranks)) < TOPIC_SHARE
        within = np.minimum(self.ranks(int(own.sum()), 0.8, 5), TOPIC_WORDS - 1)
        ranks[own] = self.topics[np.repeat(topics, lengths)[own], within]
        at = 0
        for number in range(count):
            found = ranks[at : at + lengths[number]].tolist()
            at += int(lengths[number])
            yield self._article(first + number, found, int(topics[number]))

    def _article(self, id: int, ranks: list[int], topic: int) -> dict[str, Any]:
        draw = self.chance.random(8)
        moment = FIRST + timedelta(minutes=int((LAST - FIRST).total_seconds() // 60 * draw[0] ** 0.55))
        who = min(int(draw[1] ** -1.1) - 1, len(self.authors) - 1)
        authors = [] if draw[2] < 0.12 else [self.authors[who]]
        if draw[2] > 0.92:
            authors.append(self.authors[min(int(draw[3] ** -1.1), len(self.authors) - 1)])
        title = [self.words[rank] for rank in self.topics[topic][: 6 + id % 4]]
        return {
            "id": id,
            "title": " ".join(title).capitalize(),
            "text": _prose([self.words[rank] for rank in ranks]),
            "authors": list(dict.fromkeys(authors)),
            "site": f"paper-{min(int(draw[4] ** -0.8) - 1, 11)}.example",
            "section": f"section-{topic % 9}",
            "published": None if draw[5] < 0.02 else moment.strftime("%Y-%m-%dT%H:%M"),
        }


def _prose(words: list[str]) -> str:
    sentences = [" ".join(words[at : at + 18]).capitalize() for at in range(0, len(words), 18)]
    return "\n\n".join(". ".join(sentences[at : at + 4]) + "." for at in range(0, len(sentences), 4))


def write(path: Path, articles: int, *, seed: int = 1) -> int:
    """Write so many articles to a file, one JSON line each, unless it is there; return the bytes of their texts."""
    size = path.with_suffix(".size")
    if not size.exists():
        generator = Generator(seed)
        text = 0
        with path.open("w", encoding="utf-8") as lines:
            for first in range(0, articles, BATCH):
                for one in generator.articles(first + 1, min(BATCH, articles - first)):
                    text += len(one["title"].encode()) + len(one["text"].encode())
                    lines.write(json.dumps(one, ensure_ascii=False) + "\n")
        size.write_text(str(text))
    return int(size.read_text())


def read(path: Path) -> Iterator[list[dict[str, Any]]]:
    """Yield the articles of a file, 500 at a time."""
    batch: list[dict[str, Any]] = []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            batch.append(json.loads(line))
            if len(batch) == 500:
                yield batch
                batch = []
    if batch:
        yield batch

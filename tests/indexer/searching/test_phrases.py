"""Phrases are found exactly, a piece of their places at a time, and within the time limit."""

import random
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from indexer.columnar.engine import ColumnarEngine
from indexer.contract.protocol import Batch, Document
from indexer.contract.values import And, Phrase, Query, Word
from indexer.query.query import parse
from indexer.searching import evaluation, phrases, snapshot
from tests.stalling import no_stall

WORDS = "a b c d".split()


def standing(words: list[str], phrase: Phrase) -> bool:
    """Is the phrase in the text? Looked for at every place of it."""
    width = len(phrase.words) + phrase.slop
    if not phrase.slop:
        return any(tuple(words[at : at + width]) == phrase.words for at in range(len(words)))
    windows = (words[at : at + width] for at in range(len(words)))
    return any(all(window.count(word) >= phrase.words.count(word) for word in phrase.words) for window in windows)


@pytest.mark.parametrize("piece", [1, 3, 50, 1 << 18])
def test_places_looked_at_piece_by_piece_give_the_same_texts(
    tmp_path: Path, piece: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(phrases, "PIECE", piece)
    chance = random.Random(7)
    texts = {id: chance.choices(WORDS, (8, 4, 2, 1), k=chance.randrange(1, 30)) for id in range(1, 60)}
    engine = ColumnarEngine(tmp_path)
    engine.apply([Batch([Document(id=id, body=" ".join(text)) for id, text in texts.items()], (), 1)])
    for _ in range(150):
        words = tuple(chance.choices(WORDS, k=chance.randrange(2, 6)))
        phrase = Phrase(words, chance.choice((0, 0, 1, 3)))
        found = engine.search(Query(clause=phrase, per_page=100))
        assert {hit.id for hit in found.hits} == {id for id, text in texts.items() if standing(text, phrase)}, phrase


@pytest.mark.parametrize("is_compiled", [True, False])
def test_words_near_each_other_are_found_in_every_form_whichever_is_most_frequent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_compiled: bool
) -> None:
    if not is_compiled:
        monkeypatch.setattr(snapshot, "kernel", lambda: None)
    forms = [("flooded", 4), ("flood", 3), ("flooding", 2), ("floods", 1), ("floodlight", 9)]  # not in this order
    bodies = [f"{form} a wall" for form, times in forms for _ in range(times)]
    engine = ColumnarEngine(tmp_path, languages=("en",))
    engine.apply([Batch([Document(id=id, body=body) for id, body in enumerate(bodies, 1)], (), 1)])
    found = engine.search(parse("flood NEAR/2 wall", {"n": ["100"]}, now=datetime(2026, 1, 1, tzinfo=UTC), zone=UTC))
    assert sorted(hit.id for hit in found.hits) == list(range(1, 11))


def test_a_word_repeated_over_and_over_takes_no_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluation, "TIME_LIMIT", 600.0)  # of wall clock, which others' work takes too
    engine = ColumnarEngine(tmp_path)
    engine.apply([Batch([Document(id=id, body="the " * 300 + f"w{id} the") for id in range(1, 1001)], (), 1)])
    with no_stall():
        found = engine.search(Query(clause=Phrase(("the",) * 32)))
        assert (found.total, found.partial) == (1000, False)
        assert engine.search(Query(clause=Phrase(("the",) * 301))).total == 0


def test_the_time_limit_is_kept_within_a_phrase(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "kernel", lambda: None)  # which takes longer strides
    engine = ColumnarEngine(tmp_path)
    engine.apply([Batch([Document(id=id, body="sea wall " * 50) for id in range(1, 200)], (), 1)])
    monkeypatch.setattr(phrases, "PIECE", 10)
    looked: list[int] = []
    real = time.monotonic()

    class Clock:
        """A clock by which each look takes a tenth of a second."""

        @staticmethod
        def monotonic() -> float:
            looked.append(1)
            return real + len(looked) / 10

    monkeypatch.setattr(evaluation, "time", Clock)
    found = engine.search(Query(clause=And((Word("sea"), Phrase(("sea", "wall"))))))
    assert found.partial
    assert len(looked) < 30
    assert engine.search(Query(clause=Word("sea"))).total == 199

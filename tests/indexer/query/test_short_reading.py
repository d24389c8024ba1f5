"""Plain words are read without the parser as the parser reads them: random lines of every alphabet."""

import random
from datetime import UTC, datetime

import pytest

from indexer.query import query
from indexer.query.grammar import words_alone
from indexer.query.query import parse

NOW = datetime(2026, 3, 1, tzinfo=UTC)
ALPHABETS = (
    "abcdefghijklmnopqrstuvwxyz", "ABCor", "àéîõüßæøłıſ", "абвгдежз", "αβγδς", "אבגד", "ابتثة", "कखगि", "กขคง",
    "日本語中国", "ひらがな", "한국어", "0123456789", "-–'’.,:;!?*~\"()[]{}|&/+#@_", "ａｂｃ",
    "\u0301\u200d\u00ad\u202f", "🎉€",
)  # fmt: skip
WORDS = ("or", "OR", "AND", "not", "NOT", "the", "who", "WHO", "near", "NEAR", "to", "in", "a", "flood", "2024", "w/5")
BETWEEN = (" ", " ", " ", "  ", "\t", "\u3000", " OR ", " or ", "-", "'")


def line(chance: random.Random) -> str:
    made = ""
    for _ in range(chance.choice((1, 1, 2, 3, 9, 70))):
        plain = chance.random() < 0.8
        letters = ALPHABETS[0] if plain else chance.choice(ALPHABETS) + "ab"
        word = (
            chance.choice(WORDS)
            if chance.random() < 0.2
            else "".join(chance.choices(letters, k=chance.choice((1, 4, 9))))
        )
        made += (chance.choice(BETWEEN[: 3 if plain else None]) if made else "") + word
    return made * (90 if chance.random() < 0.01 else 1)


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(1, 4))])
def test_a_line_is_read_in_the_short_way_as_by_the_parser(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    chance = random.Random(seed)
    lines, short = [line(chance) for _ in range(1500)], 0
    for typed in (*lines, *WORDS, *ALPHABETS, "", " ", "a ", " a", "a\n", "a" * 64, "a" * 65, "a" * 300, "a b\n"):
        parameters = chance.choice(({}, {"n": ["10"]}, {"sort": ["new"]}, {"match": ["any"]}, {"site": ["a.example"]}))
        found = parse(typed, parameters, now=NOW, zone=UTC)
        short += words_alone(typed[:1000]) is not None
        with monkeypatch.context() as patch:
            patch.setattr(query, "words_alone", lambda _: None)
            assert parse(typed, parameters, now=NOW, zone=UTC) == found, typed
    assert short > 300

"""SnippetCache are made once for the same texts and readings, and never shown for others."""

from indexer.contract.values import Highlighted, Reading, Word
from indexer.results.snippet_cache import CARDS, QUERIES, HitSnippets, SnippetCache

FLOOD, STORM = (Reading(Word(word), (word,)) for word in ("flood", "storm"))


class Maker:
    def __init__(self):
        self.made = []

    def __call__(self, texts):
        self.made.append(texts)
        return HitSnippets(Highlighted(texts[0]), None, (Highlighted(texts[2]),))


def test_a_card_is_made_once():
    cards, make = SnippetCache(), Maker()
    for _ in range(3):
        assert cards.of([FLOOD])(("a", None, "text"), make).headline.text == "a"
    assert len(make.made) == 1


def test_another_text_or_another_reading_has_a_card_of_its_own():
    cards, make = SnippetCache(), Maker()
    texts = [("a", None, "text"), ("a", "", "text"), ("b", None, "text"), ("a", None, "text\ud800")]
    for readings in ([FLOOD], [STORM], [FLOOD, STORM], []):
        for one in texts:
            assert cards.of(readings)(one, make).fragments[0].text == one[2]
    assert len(make.made) == 16


def test_where_fragments_are_bounded_otherwise_a_text_has_a_card_of_its_own():
    cards, make = SnippetCache(), Maker()
    for most in (None, 300, 420, None, 300):
        cards.of([FLOOD], most)(("a", None, "text"), make)
    assert len(make.made) == 3


def test_the_number_of_cards_is_bounded():
    cards, make = SnippetCache(), Maker()
    card = cards.of([FLOOD])
    for number in range(CARDS + 1):
        card((str(number), None, ""), make)
    card(("0", None, ""), make)
    assert len(make.made) == CARDS + 2
    for number in range(QUERIES):
        cards.of([Reading(Word(str(number)), ())])
    cards.of([FLOOD])((str(CARDS), None, ""), make)
    assert len(make.made) == CARDS + 3

"""A text has the same shingles, whichever way its words are found and written."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from corpus.characters import in_latin
from corpus.copies import shingles as module
from corpus.copies.writing import in_one_writing

LETTERS = st.text(alphabet="aéßØðªµ²½_9 .-´¨’—€™›−·\n\xa0\xad\x85ıя", max_size=60)


@given(LETTERS)
def test_words_of_western_texts_are_those_that_the_pattern_finds_in_the_one_writing(text: str) -> None:
    text = text.casefold()
    plain = in_latin(text)
    found = None if plain is None else module._words_in_latin(plain)
    assert found is None or found == module._WORDS.findall(in_one_writing(text))


@given(st.lists(st.integers(0, (1 << 64) - 1), max_size=40))
def test_hashes_are_sorted_each_once(hashes: list[int]) -> None:
    twice = np.array(hashes + hashes[:9], np.uint64)
    assert module._each_once(twice).tolist() == sorted(set(hashes))

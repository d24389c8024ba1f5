"""Words and languages -> the stop words among them."""

import pytest

from indexer.analysis.stop_words import stop_words


@pytest.mark.parametrize(
    ("words", "languages", "expected"),
    [
        ("what did the mayor say about the flood", ("en",), "what did the about"),
        ("quién paga la reconstrucción de la costa", ("en", "es"), "quién la de"),
        ("who will die in the flood", ("en", "de"), "who will in the"),
        ("die hard", ("en", "de"), ""),
        ("die flut", ("de", "en"), "die"),
        ("us may elections", ("en",), ""),
        ("flood defences", ("en",), ""),
        ("the flood", ("xx",), ""),
        ("the flood", (), ""),
    ],
)
def test_the_language_that_most_words_speak_for_names_them(words, languages, expected):
    assert stop_words(words.split(), languages) == set(expected.split())

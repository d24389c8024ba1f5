"""A language is known by its names and by its codes, and none of them means two languages."""

import pytest

from corpus.texts.languages import CODES, code, one_code
from indexer.contract.facet_values import language_key, language_typed


@pytest.mark.parametrize(
    ("typed", "key"),
    [("mon", "mn"), ("Mon", "mnw"), ("ewe", "ee"), ("Ewe", "ee"), ("german", "de"), ("Deutsch", "de"), ("deu", "de")],
)
def test_a_code_in_small_letters_is_no_name_of_another_language(typed: str, key: str) -> None:
    assert language_typed(typed) == key


def test_what_is_typed_as_the_code_of_an_article_finds_that_article() -> None:
    assert [each for each in CODES if one_code(each) != each and code(each) != language_key(each)] == []

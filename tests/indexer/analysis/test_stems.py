"""Form -> variant keys."""

from threading import Thread

import pytest

from indexer.analysis.stems import (
    DEFAULT,
    UNACCENTED,
    form_keys,
    languages,
    numbered,
    sought,
    sought_keys,
    stemmer_name,
    stems,
)
from tests.indexer import variants


def are_variants(one, other, *spoken):
    return variants.are_variants(one, other, spoken)


def test_words_of_one_stem_are_variants():
    assert are_variants("flood", "floods", "en")
    assert are_variants("inondation", "inondations", "en", "fr")


def test_a_stem_of_a_language_the_corpus_does_not_have_joins_nothing():
    assert not are_variants("städten", "stadt", "fr")


def test_an_accent_left_out_makes_no_other_word():
    assert are_variants("perez", "pérez", "en")
    assert are_variants("lodz", "łódź", "en")


@pytest.mark.parametrize("word", ["القاهرة", "قاهرة", "والقاهرة", "فالقاهرة"])
def test_an_arabic_word_is_found_behind_and_before_its_article(word):
    for form in ("القاهرة", "والقاهرة", "فالقاهرة", "بالقاهرة", "وبالقاهرة"):
        assert are_variants(word, form, "ar")
    assert not are_variants(word, "والوزير", "ar")


def test_an_arabic_word_that_only_begins_like_an_article_stays_with_its_kin():
    assert are_variants("والدته", "والد", "ar")
    assert form_keys(["والدته"], "fr") == [("والدته",)]


def test_a_cyrillic_breve_makes_another_letter():
    assert not are_variants("мои", "мой", "en")


def test_keys_are_the_folded_stem_and_the_stem_of_the_folded_form():
    assert form_keys(["élections", "flood"], "fr") == [("elect",), ("flood",)]
    assert form_keys(["eleições"], "pt") == [("eleica", "eleico")]
    assert set(sought_keys("eleicoes", "pt")) >= {"eleico"}


@pytest.mark.parametrize(("one", "other"), [("1990s", "1990"), ("f35s", "f35"), ("mps", "mp"), ("ngos", "ngo")])
def test_the_plural_of_a_number_or_an_abbreviation_is_its_variant(one, other):
    assert are_variants(one, other, "en")
    assert are_variants(other, one, "en")


@pytest.mark.parametrize(("one", "other"), [("us", "u"), ("ts", "t"), ("gas", "ga"), ("press", "pre")])
def test_what_only_ends_as_a_plural_is_none(one, other):
    assert not are_variants(one, other, "en")


def test_languages_of_one_article_in_a_hundred_count_most_frequent_first():
    assert languages({"fr": 20, "en": 75, "de": 1, "xx": 3, None: 1}) == ("en", "fr", "de")
    assert languages({"en": 1000, "fr": 2}) == ("en",)


def test_languages_of_other_letters_take_no_place_of_eight_and_are_sixteen_at_most_with_them():
    latin: dict[str | None, int] = dict.fromkeys(("da", "de", "en", "es", "fr", "it", "nl", "pl", "pt", "sv"), 50)
    others: dict[str | None, int] = dict.fromkeys(("ar", "el", "fa", "hi", "hy", "ne", "ru", "ta", "yi"), 40)
    assert languages(latin | {"el": 20, "ru": 20}) == ("da", "de", "en", "es", "fr", "it", "nl", "pl", "el", "ru")
    assert len(languages(latin | others)) == 16


def test_english_is_the_language_when_none_is_known():
    assert languages({}) == DEFAULT
    assert languages({None: 5}) == DEFAULT


def test_a_regional_tag_is_its_language():
    assert stemmer_name("pt-BR") == "portuguese"
    assert stemmer_name("zh") is None


def test_threads_stem_at_the_same_time():
    words = ["flooding", "defences", "barriers"] * 2000
    expected = stems(words, "en")
    answers = []
    threads = [Thread(target=lambda: answers.append(stems(words, "en"))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [expected] * 4


@pytest.mark.parametrize("spoken", [("en",), ("en", "fr"), ("fr",), ("tr", "de", "pl")])
def test_keys_with_numbers_are_those_with_languages(spoken):
    numbers = {language: at for at, language in enumerate((UNACCENTED, *spoken))}
    words = "flood floods flooding stations 1990s ngos mps us gas f35s pérez élections straße çalış жизнь x s".split()
    for word in (*words, *(word[:-1] for word in words), *(word + "s" for word in words)):
        found = numbered(word, spoken, numbers)
        assert set(found) == {(numbers[language], key) for language, key in sought(word, spoken)}
        assert len(set(found)) == len(found)

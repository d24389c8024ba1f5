"""Texts are English for all but a page that knows their translation."""

import copy
import json
import pickle

import pytest

from corpus.texts import (
    LanguageName,
    Text,
    applied,
    both,
    either,
    joined,
    listed,
    localized,
    message,
    places,
    text,
    texts,
)

GERMAN = {
    "{n:,} of them from {source}": "davon {n:,} aus {source}",
    "yesterday": "gestern",
    "found {when}": "gefunden: {when}",
    "{some} and {last}": "{some} und {last}",
    "a }}{{ brace": "eine }}{{ Klammer",
    "{n:,} article": "{n:,} Artikel",
}


def german(shown: Text) -> str:
    return shown.translated(
        lambda said: GERMAN.get(said, said),
        lambda one, many, count: GERMAN.get(one, one) if count == 1 else GERMAN.get(many, many),
        lambda value, spec: format(value, spec).replace(",", "."),
    )


def test_a_text_is_its_english_string() -> None:
    shown = text("{n:,} of them from {source}", n=48211, source="the Mail")
    assert shown == "48,211 of them from the Mail"
    assert hash(shown) == hash("48,211 of them from the Mail")
    assert sorted([shown, "1", "9"]) == ["1", shown, "9"]
    assert json.dumps({"why": shown}) == '{"why": "48,211 of them from the Mail"}'


def test_a_text_is_said_with_the_words_order_and_numbers_of_a_language() -> None:
    assert german(text("{n:,} of them from {source}", n=48211, source="{n}")) == "davon 48.211 aus {n}"


def test_texts_among_the_values_are_said_in_the_language_too() -> None:
    shown = text("found {when}", when=text("yesterday"))
    assert shown == "found yesterday"
    assert german(shown) == "gefunden: gestern"


def test_a_number_decides_between_one_and_many() -> None:
    assert [texts("{n:,} article", "{n:,} articles", n) for n in (0, 1, 1200)] == [
        "0 articles",
        "1 article",
        "1,200 articles",
    ]
    assert german(texts("{n:,} article", "{n:,} articles", 1)) == "1 Artikel"


def test_the_catalogue_decides_which_form_a_number_takes() -> None:
    forms: list[tuple[str, str, int]] = []

    def ngettext(one: str, many: str, count: int) -> str:
        forms.append((one, many, count))
        return "deux ou plus : {n}"

    shown = texts("{n} day in {place}", "{n} days in {place}", 0, place="X")
    assert shown.translated(str, ngettext, format) == "deux ou plus : 0"
    assert forms == [("{n} day in {place}", "{n} days in {place}", 0)]


def test_doubled_braces_stand_for_one_in_every_language() -> None:
    assert text("a }}{{ brace") == "a }{ brace"
    assert german(text("a }}{{ brace")) == "eine }{ Klammer"


@pytest.mark.parametrize(
    "shown",
    [
        text("found {when}", when=text("yesterday")),
        texts("{n:,} article", "{n:,} articles", 2),
        listed([text("yesterday"), "B", "C"]),
        applied(str.upper, text("yesterday")),
    ],
)
@pytest.mark.parametrize(
    "again", [lambda shown: pickle.loads(pickle.dumps(shown)), copy.copy, copy.deepcopy], ids=["pickle", "copy", "deep"]
)
def test_a_pickled_or_copied_text_can_still_be_translated(shown, again) -> None:
    other = again(shown)
    assert type(other) is Text
    assert other == shown
    assert german(other) == german(shown)


def test_what_a_method_of_str_makes_of_a_text_is_a_plain_string() -> None:
    assert type(text("yesterday").upper()) is str
    assert type(text("yesterday") + "!") is str
    assert type(f"{text('yesterday')}") is str
    assert type(str(text("yesterday"))) is str


def test_joined_parts_stay_texts() -> None:
    shown = joined(" · ", [text("yesterday"), "{x}", texts("{n:,} article", "{n:,} articles", 1)])
    assert shown == "yesterday · {x} · 1 article"
    assert german(shown) == "gestern · {x} · 1 Artikel"
    assert joined(", ", []) == ""
    assert german(joined(", ", [])) == ""


def test_what_is_done_to_a_text_is_done_to_its_translation() -> None:
    shown = applied(str.capitalize, joined(" ", [text("yesterday"), "X"]))
    assert shown == "Yesterday x"
    assert isinstance(shown, Text)
    assert german(shown) == "Gestern x"
    assert type(applied(str.upper, "plain")) is str


def test_a_list_is_named_as_a_sentence_names_it() -> None:
    assert [listed("ABC"[:n]) for n in range(4)] == ["", "A", "A and B", "A, B and C"]
    assert german(listed(["A", "B", text("yesterday")])) == "A, B und gestern"


def test_alternatives_and_sums_are_named_between_any_two() -> None:
    assert [either("ABC"[:n]) for n in range(4)] == ["", "A", "A or B", "A or B or C"]
    assert [both("ABC"[:n]) for n in range(4)] == ["", "A", "A and B", "A and B and C"]


def test_the_name_of_a_language_is_english_until_a_page_says_it() -> None:
    shown = text("in {language}", language=localized(LanguageName("de", "German")))
    assert shown == "in German"
    assert shown.translated(str, lambda one, _many, _n: one, lambda value, _spec: value.key) == "in de"


def test_a_template_without_the_value_of_a_place_is_a_fault_where_it_is_made() -> None:
    with pytest.raises(KeyError):
        text("found {when}")
    with pytest.raises(KeyError):
        texts("{n} in {place}", "{n} in {place}", 3)


def test_a_message_is_its_template() -> None:
    assert message("found {when}") == "found {when}"


def test_places_are_names_and_their_formats() -> None:
    assert places("{n:,} of {all:,} in {place} {{literally}}") == {"n": ",", "all": ",", "place": ""}


@pytest.mark.parametrize("template", ["{0}", "{}", "{a.b}", "{a[0]}", "{a!r}", "{a:{b}}", "{a", "a}"])
def test_a_place_that_is_more_than_a_name_is_refused(template) -> None:
    with pytest.raises(ValueError):
        places(template)

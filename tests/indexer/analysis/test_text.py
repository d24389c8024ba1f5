"""Text -> surface forms."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.text import MAX_FORM, forms, is_lone_character, spans

TRICKY = st.text(alphabet="aA.Bc#+'’-_ \n\u0301İıßﬁ東京人กข한각½™\u00ad\u0345ͅΐ١क्", max_size=40)
LETTERS = st.text(alphabet="abcDEFéàŁстЖ 東京ไท", max_size=60)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("To be, or not to be", "to be or not to be"),
        ("The U.S. and the U.S.-led U.N", "the us and the us led un"),
        ("e.g. at 9 a.m.", "eg at 9 am"),
        ("version 3.5.1", "version 3 5 1"),
        ("C++ or C#; F-35, W-2", "c++ or c# f 35 w 2"),
        ("don't O’Brien l'état", "don t o brien l état"),
        ("snake_case", "snake case"),
        ("ﬁne ＡＢＣ １２ Straße", "fine abc 12 strasse"),
        ("co\u00adoperate Brand™", "cooperate brand"),
        ("東京都", "東京 京都"),
        ("人 iPhone手機", "人 iphone 手機"),
        ("한국어 ไทย", "한국 국어 ไท ทย"),
        ("हिन्दी में", "हिन्दी में"),
        ("cafe\u0301", "café"),
        ("محـــمد ٢٠٢٤ ۱۴۰۴", "محمد 2024 1404"),
        ("va\ufe0fry gra\u034fph 葛\U000e0100城", "vary graph 葛城"),
        ("ինչո՞ւ, այո՛", "ինչու այո"),
        ("เเละ นํ้า นำ้", "แล ละ น้ ้ํ ํา น้ ้ํ ํา"),
        ("ເເລະ", "ແລ ລະ"),
        ("അവന്\u200d উত্\u200dসব", "അവൻ উৎসব"),
        ("", ""),
        (" \0 … —", ""),
    ],
)
def test_text_becomes_these_forms(text, expected):
    assert forms(text) == expected.split()


@given(st.one_of(st.text(max_size=60), TRICKY, LETTERS))
def test_spans_give_the_same_forms_in_order_within_the_text(text):
    found = spans(text)
    assert [form for form, _, _ in found] == forms(text)
    assert all(0 <= start < end <= len(text) for _, start, end in found)
    assert [start for _, start, _ in found] == sorted(start for _, start, _ in found)


@given(LETTERS)
def test_the_text_of_a_span_is_that_form(text):
    assert all(forms(text[start:end]) == [form] for form, start, end in spans(text))


def test_spans_count_signs_of_the_text_as_it_was_given():
    text = "İki ﬁne co\u00adop e\u0301t"
    assert [text[start:end] for _, start, end in spans(text)] == text.split()


@pytest.mark.parametrize(
    ("text", "found"),
    [("เเเเเเ", ["เเเเ", "เเเเ"]), ("เ\ufe0fเก flood", ["เ\ufe0fเก", "flood"]), ("เ\u200bเก ป", ["เ\u200bเก", "ป"])],
)
def test_two_halves_of_a_vowel_are_one_place(text, found):
    assert [text[start:end] for _, start, end in spans(text)] == found


@given(st.text())
def test_forms_are_their_own_forms(text):
    assert all(forms(form) == [form] or "." in unicodedata.normalize("NFKC", text) for form in forms(text))


def test_an_endless_word_is_cut():
    assert [len(form) for form in forms("x" * 200)] == [MAX_FORM] * 3 + [8]


def test_a_lone_sign_is_told_from_a_letter():
    assert is_lone_character("東")
    assert not is_lone_character("a")
    assert not is_lone_character("東京")

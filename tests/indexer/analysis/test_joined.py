"""A text -> the words in it that are also written as one."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from indexer.analysis import joined as module
from indexer.analysis.joined import joined, joined_form, joined_tokens, placed_forms, words_indexed
from indexer.analysis.text import forms, spans
from tests.counting import calls
from tests.stalling import no_stall

PIECES = st.lists(
    st.sampled_from(
        [
            "e-mail",
            "O’Connor",
            "2,500",
            "Ph.D.",
            "don't",
            "U.S.",
            "é",
            "e\u0301",
            "東京A",
            "-",
            "'",
            " ",
            "x",
            "ارهـ",
            "ארה״ב",
            "J. R. R. ",
            "K.",
            "3,500.50",
            "1,50,000",
            "978-3-16-148410-0",
            "தி.மு.க.",
            "க",
        ]
    ),
    max_size=12,
)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("e-mail", "email"),
        ("Re‐election", "reelection"),
        ("covid-19", "covid19"),
        ("state-of-the-art", "stateoftheart"),
        ("O’Connor", "oconnor"),
        ("Qur'an", "quran"),
        ("D'Souza", "dsouza"),
        ("N’Diaye", "ndiaye"),
        ("O’Connor’s", "oconnor"),
        ("e-mail's", "email"),
        ("don't", "dont"),
        ("2,500", "2500"),
        ("2.500", "2500"),
        ("2’500", "2500"),
        ("1.250.000", "1250000"),
        ("2\u202f500", "2500"),
        ("Ph.D.", "phd"),
        ("B.Sc", "bsc"),
        ("ארה״ב", "ארהב"),
        ('ארה"ב', "ארהב"),
        ("صه‌یون", "صهیون"),
        ("1,50,000", "150000"),
        ("12,50,00,000", "125000000"),
        ("٣٬٥٠٠", "3500"),
        ("978-3-16-148410-0", "9783161484100"),
        ("0-19-852663-X", "019852663x"),
        ("020-7946-0958", "02079460958"),
        *((f"п{one}ятниця", "пятниця") for one in "'`’‘‛´′＇"),
        ('під"їзд', "підїзд"),
        *((f"col{one}legi", "collegi") for one in "·‧∙⋅•.-"),
        *((f"anti{one}war", "antiwar") for one in "-‐‑⁃−﹣－"),
        ("בית־ספר", "ביתספר"),
        ("Node.js", "nodejs"),
        ("Vue.JS", "vuejs"),
        ("AC/DC", "acdc"),
        ("HIV/AIDS", "hivaids"),
    ],
)
def test_a_word_of_parts_is_also_one(text, form):
    assert [one.form for one in joined(f"the {text} was")] == [form]
    assert joined_form(text) == form


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("By J. R. R. Tolkien.", [("jrr", 3, 10)]),
        ("(J.\u00a0K. Rowling)", [("jk", 1, 5)]),
        ("“А. С. Пушкин”", [("ас", 1, 5)]),
        ("z. B. so, d. h. so", [("zb", 0, 4), ("dh", 10, 14)]),
        ("J.R. R. Smith", []),  # begins with an abbreviation, which is one form
        ("he paid 3,500.50 or 3.500,50", [("3500", 8, 13), ("3500", 20, 25)]),
    ],
)
def test_initials_and_thousands_are_joined_where_they_stand(text, found):
    assert [tuple(one) for one in joined(text)] == found


@pytest.mark.parametrize(
    "text",
    [
        "we're", "he'll", "she'd", "I'm", "it's", "Okafor's", "n'est", "c’est", "qu'il", "l'or",  # other words
        "5-4", "2023-24", "2024-03-09", "10,5", "3.5.1", "12.50", "2,5000",  # no thousands
        "end.The", "valley-herald.example", "flood--wall", "a - b", "中-美", "U.S.",
        "1,50,00", "1.50.000", "123,50,000", "1-2-3", "12.50.3",  # no lakhs, no long number
        'газета"явір"', "and/or", "R/W", "km/h", "work.We", "bbc.co.uk", "5·4", "A•B",
        "got A. Then B. came", "No. 1. A. b", "A.  B.", "x A. B", "plan B. C",  # no initials
    ],
)  # fmt: skip
def test_these_are_not_joined(text):
    assert joined(text) == []


@example("e\u0301 R. R. K.e-mail")  # a mark of its own, so that no quick way is taken
@example("e\u0301தி.மு.க.")  # a mark before the initials is of the word that they are a part of
@given(PIECES.map("".join))
def test_joined_forms_stand_where_their_first_part_stands(text):
    found, placed = placed_forms(text)
    assert found == forms(text)
    tokens = spans(text)
    assert [(first, form) for form, first, _ in joined_tokens(text, tokens)] == placed


def test_parts_without_an_end_cost_no_more_than_their_length():
    with no_stall():
        assert calls(lambda: joined("a-" * 20_000)) < 20 * 20_000
        assert calls(lambda: joined("x" * 400_000 + "-y")) < 1_000
        assert calls(lambda: joined("தி.மு.க. e-mail " * 1_500)) < 200 * 1_500  # two abbreviations' length each


def test_the_words_of_a_long_text_are_counted_once(monkeypatch):
    counted = []

    def placed(text):
        counted.append(text)
        return placed_forms(text)

    monkeypatch.setattr(module, "placed_forms", placed)
    monkeypatch.setattr(module, "MAX_POSITIONS", 3)
    for text in ("a sea wall of old", "a sea wall of old", "a sea wall of", "five"):
        said = words_indexed("".join(list(text)))
        assert said == ((3, len(text.split())) if " " in text else None)
    assert counted == ["a sea wall of old", "a sea wall of", "five"]


def test_a_long_text_is_counted_while_another_thread_empties_what_was_counted(monkeypatch):
    class Emptied(dict):
        def __setitem__(self, key, value):
            super().__setitem__(key, value)
            self.clear()

    monkeypatch.setattr(module, "_counted", Emptied())
    monkeypatch.setattr(module, "MAX_POSITIONS", 3)
    assert words_indexed("the old sea wall") == (3, 4)

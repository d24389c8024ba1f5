"""What is a keyword: significantly more frequent, counted by article, each said once."""

from math import log

import pytest

from indexer.results.keyness import CHARACTERS, FLOOR, SIGNIFICANT, Kind, Sample, keywords, log_likelihood

FLOODS = (
    "The council of Lower Wick met. The sea wall fell, said Ana Okafor.",
    "In Lower Wick the sea walls held, Ana Okafor wrote.",
    "Nobody mends the sea wall of Lower Wick, Ana Okafor found.",
    "The wall fell in the night; Ana Okafor and others came to Lower Wick.",
    "The sea wall of Lower Wick is old, said Ana Okafor.",
    "A sea wall protects Lower Wick. Ana Okafor asked why it fell.",
)
OTHERS = tuple(f"The council met in town {name}. Nobody said a word." for name in ("Ash", "Birch", "Cedar", "Dale")) * 3


def found(here=FLOODS, elsewhere=OTHERS, *, language="en", without=()):
    made = keywords(
        Sample(here, len(here)), Sample(elsewhere, len(elsewhere)), language=language, without=frozenset(without)
    )
    return {one.shown: one for one in made}


def test_log_likelihood_is_that_of_dunning_and_negative_where_a_term_is_rarer():
    expected = 2 * (6 * log(6 / 2) + 12 * log(12 / 8))  # 6 of 6 have it, 0 of 12
    assert log_likelihood(6, 0, 6, 12) == pytest.approx(expected)
    assert log_likelihood(0, 6, 6, 12) < 0
    assert log_likelihood(3, 6, 6, 12) == pytest.approx(0)
    assert log_likelihood(6, 12, 6, 12) == 0


def test_phrases_and_names_are_found_and_say_what_they_are():
    terms = found()
    assert terms["Ana Okafor"].kind is Kind.NAME
    assert terms["Lower Wick"].kind is Kind.NAME
    assert terms["sea wall"].kind is Kind.PHRASE
    assert terms["Ana Okafor"].words == ("ana", "okafor")
    assert (terms["Ana Okafor"].here, terms["Ana Okafor"].elsewhere) == (6, 0)


def test_the_forms_of_a_word_count_as_one():
    word = found(here=[*FLOODS, *("The walls, too.",) * 6])["walls"]
    assert word.kind is Kind.WORD
    assert word.here == 12


def test_a_phrase_stands_for_its_words_and_parts():
    assert found().keys() >= {"Lower Wick"}
    assert found().keys().isdisjoint({"Lower", "Wick", "Ana", "Okafor"})


def test_what_is_as_frequent_elsewhere_a_stop_word_or_a_number_is_none():
    terms = found(here=[f"{text} It was so in 2026." for text in FLOODS])
    assert terms.keys().isdisjoint({"council", "the", "in", "2026", "Nobody"})
    assert all(one.score >= SIGNIFICANT and one.here >= FLOOR for one in terms.values())


def test_fewer_articles_than_the_floor_make_no_keyword():
    assert found(here=FLOODS[:2], elsewhere=OTHERS * 50) == {}


def test_the_words_searched_for_are_left_out_in_all_their_forms_and_phrases_with_other_words_stay():
    terms = found(without={"wall", "lower", "wick"})
    assert "wall" not in terms
    assert "Lower Wick" not in terms
    assert "sea wall" in terms


def test_a_phrase_does_not_cross_a_full_stop_or_a_paragraph():
    assert "harbour. Sea" not in " ".join(found(here=["The harbour. Sea\n\nwall"] * 6))
    assert found(here=["The harbour. Sea\n\nwall"] * 6).keys() == {"harbour", "Sea", "wall"}


def test_a_phrase_does_not_cross_the_full_stop_of_another_script():
    assert found(here=["पुल गिरा। नदी"] * 6, language="hi").keys() == {"पुल गिरा", "नदी"}


def test_a_capital_at_the_beginning_of_a_sentence_makes_no_name_and_a_stop_word_stays_within_names_alone():
    terms = found(here=["Claims (of) some. Claims: the want of cover, at the University of Wick, so."] * 6)
    assert terms["Claims"].kind is Kind.WORD
    assert terms["University of Wick"].kind is Kind.NAME
    assert "want of cover" not in terms


def test_a_capital_makes_no_name_of_a_german_noun_and_one_of_an_english_word():
    assert found(here=["Die Flut, die Flut."] * 6, language="de")["Flut"].kind is Kind.WORD
    assert found(here=["They saw her (Okafor)."] * 6)["Okafor"].kind is Kind.NAME


def test_pairs_of_chinese_characters_are_words_and_pairs_of_thai_are_not():
    assert "洪水" in found(here=["昨夜洪水"] * 6, language="zh")
    assert found(here=["น้ำท่วมเมือง"] * 6, language="th") == {}


def test_much_text_is_read_up_to_a_bound_and_hostile_text_ends():
    long = "sea " * CHARACTERS + "hidden"
    assert "hidden" not in found(here=[long] * 6)
    assert found(here=["a" * 50_000, "\x00\u202e" * 20_000, "-' " * 20_000, "(" * 30_000] * 3) == {}
    assert found(here=[], elsewhere=[]) == {}


def test_what_a_caller_raises_ends_the_work():
    def checkpoint():
        raise TimeoutError

    with pytest.raises(TimeoutError):
        keywords(Sample(FLOODS, 6), Sample(OTHERS, 12), language="en", without=frozenset(), checkpoint=checkpoint)

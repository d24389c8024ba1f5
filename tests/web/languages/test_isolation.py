"""Words that stand alone within a sentence of the other direction."""

from web.languages.isolation import isolated, safe_beside_isolated


def test_a_word_stands_between_a_pair_of_isolates_without_any_of_its_own():
    assert isolated("a\u2067b\u202e\x00") == "\u2068ab\u2069"
    assert isolated("") == ""


def test_parentheses_of_a_sentence_turn_with_it():
    assert [isolated(each) for each in ("(", ")", "(b)")] == ["(", ")", "\u2068(b)\u2069"]


def test_our_pairs_stay_and_every_other_such_character_goes():
    assert safe_beside_isolated("\u202ex \u2068-24h\u2069 y\u2069") == "x \u2068-24h\u2069 y"


def test_a_pair_that_would_hold_another_is_none():
    assert safe_beside_isolated("\u2068a\u2067b \u2068c\u2069") == "ab \u2068c\u2069"


def test_an_isolate_that_never_ends_takes_no_time():
    assert safe_beside_isolated("\u2068" * 100_000 + "a") == "a"

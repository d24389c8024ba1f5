"""A leaf and a vocabulary -> forms; edits, windows, choices, completions and corrections beside it."""

import re
from collections import Counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from indexer.analysis.filter_keys import chosen_keys
from indexer.analysis.forms import MAX_FORMS, Lexicon, clause_forms, every_form, in_order, is_bounded
from indexer.analysis.levenshtein import within
from indexer.analysis.proximity import stands
from indexer.contract.facets import FacetName, Filter
from indexer.contract.values import And, Fuzzy, MultiPhrase, Not, Pattern, Phrase, Query, Reading, Word
from indexer.query.completion import completions
from indexer.query.suggest import corrections
from tests.indexer.oracle import edits

VOCABULARY = Lexicon(
    {"flood": 5, "floods": 7, "flooded": 2, "float": 3, "pérez": 1, "perez": 3, "f": 9, "東京": 2, "京都": 2, "東": 1},
    ("en",),
)


def test_forms_that_stand_equally_often_are_in_their_own_order_however_they_were_found():
    assert in_order({"wall": 1, "sea": 2, "flood": 1, "storm": 0}) == ("sea", "flood", "wall")


@pytest.mark.parametrize(
    ("clause", "forms"),
    [
        (Word("flooding"), ("floods", "flood", "flooded")),
        (Word("pérez"), ("perez", "pérez")),
        (Word("zebra"), ()),
        (Word("東"), ("東京", "東")),
        (Pattern("flo*"), ("floods", "flood", "float", "flooded")),
        (Pattern("*oo*s"), ("floods",)),
        (Pattern("fl??t"), ("float",)),
        (Pattern("f*o*o*d*e*d*x*"), ()),
        (Pattern("f*o*o*d*e*d*"), ("flooded",)),
        (Fuzzy("flodo"), ("flood",)),
        (Fuzzy("flot", 2), ("flood", "float")),
        (Fuzzy("xlood"), ()),
        (Phrase(("f", "flood", "f")), ("f", "flood")),
        (Phrase(("f", "zebra")), ()),
    ],
)
def test_a_clause_is_searched_by_these_forms_most_frequent_first(clause, forms):
    assert clause_forms(clause, VOCABULARY) == forms


def test_only_the_most_frequent_forms_are_searched():
    many = Lexicon({f"flo{number}": number for number in range(1, 2000)}, ("en",))
    found = clause_forms(Pattern("flo*"), many)
    assert len(found) == MAX_FORMS
    assert found[0] == "flo1999"


@pytest.mark.parametrize(("count", "said"), [(MAX_FORMS, True), (MAX_FORMS - 1, False)])
def test_a_pattern_with_as_many_forms_as_are_searched_for_is_bounded(count, said):
    forms = tuple(f"flo{number}" for number in range(count))
    phrase = MultiPhrase((Word("sea"), Pattern("flo*")), '"sea flo*"')
    assert is_bounded(Reading(Pattern("flo*"), forms)) is said
    assert is_bounded(Reading(phrase, ("sea", *forms), (("sea",), forms))) is said
    assert not is_bounded(Reading(Word("flo"), forms))


def test_an_exclusion_has_every_form():
    many = Lexicon({f"flo{number}": 1 for number in range(2000)}, ("en",))
    assert len(every_form(Pattern("flo*"), many)) == 2000
    assert len(every_form(Pattern("f?o*"), many)) == 2000


words = st.text(alphabet="abcé", min_size=1, max_size=7)
letters = st.lists(st.sampled_from("abc"), min_size=1, max_size=4)


@given(words, st.lists(words), st.sampled_from([1, 2]))
def test_edits_are_those_of_the_plain_reckoning(word, candidates, distance):
    assert within(distance, word, candidates) == [
        one for one in candidates if edits(word, one) <= distance and one
    ] or ("" in candidates)


@given(st.lists(st.sampled_from("abc"), max_size=14), letters)
def test_a_phrase_stands_where_its_words_follow_each_other(text, wanted):
    places = {word: [at for at, one in enumerate(text) if one == word] for word in set(text)}
    size = len(wanted)
    expected = [(at, at + size) for at in range(len(text)) if text[at : at + size] == wanted]
    assert stands(wanted, places) == expected


@given(
    st.lists(st.sampled_from("abcx"), max_size=14),
    st.lists(st.sampled_from("abc"), min_size=1, max_size=4),
    st.integers(1, 4),
)
def test_near_words_stand_where_a_window_holds_them_all(text, wanted, slop):
    places = {word: [at for at, one in enumerate(text) if one == word] for word in set(text)}
    size = len(wanted) + slop
    expected = any(not Counter(wanted) - Counter(text[at : at + size]) for at in range(len(text)))
    found = stands(wanted, places, slop)
    assert bool(found) == expected
    assert all(not Counter(wanted) - Counter(text[start:end]) and end - start <= size for start, end in found)


@pytest.mark.parametrize(
    ("value", "keys"),
    [
        ("maria-okafor", {"maria-okafor"}),
        ("okafor", {"maria-okafor", "okafor-jan"}),
        ("maria-for", set()),
        ("none", {"none"}),
        ("okafor-maria", set()),
    ],
)
def test_part_of_a_name_chooses_all_who_have_it(value, keys):
    known = ("maria-okafor", "okafor-jan", "li-wei")
    assert chosen_keys(FacetName.AUTHOR, value, known) == keys


def test_only_authors_may_be_named_in_part():
    assert chosen_keys(FacetName.SITE, "herald", ("valley-herald",)) == frozenset()


def test_completions_are_words_and_authors_by_count():
    authors = {"flora-lee": 4, "maria-flores": 6, "li-wei": 9}
    found = [(one.text, one.kind) for one in completions("the flo", VOCABULARY, authors, 4)]
    assert found == [("floods", "word"), ("maria-flores", "author"), ("flood", "word"), ("flora-lee", "author")]
    assert completions("the flo ", VOCABULARY, authors, 4) == ()
    assert [one.text for one in completions("Maria Flo", VOCABULARY, authors, 9) if one.kind == "author"] == [
        "maria-flores", "flora-lee",
    ]  # fmt: skip


def corrected(clause=None, *filters):
    return [
        (one.clause, one.filters) for one in corrections(Query(clause=clause, filters=filters), VOCABULARY, ["li-wei"])
    ]


def test_a_missing_word_is_corrected_an_excluded_or_known_one_is_not():
    typed = And((Word("floodz"), Word("float"), Not(Word("floodx"))))
    assert corrected(typed) == [(And((Word("floods"), Word("float"), Not(Word("floodx")))), ())]
    assert corrected(Word("float")) == []
    assert corrected(Word("zebra")) == []
    assert corrected(Phrase(("floodz",))) == []


def test_an_author_is_corrected_with_the_words_and_alone():
    wrong, right = Filter(FacetName.AUTHOR, ("li-wie",)), Filter(FacetName.AUTHOR, ("li-wei",))
    assert corrected(Word("floodz"), wrong) == [
        (Word("floods"), (right,)), (Word("floods"), (wrong,)), (Word("floodz"), (right,)),
    ]  # fmt: skip


@example("**", [])
@given(st.text(alphabet="ab*?", min_size=1, max_size=6), st.lists(st.text(alphabet="ab", min_size=1, max_size=6)))
def test_a_pattern_finds_what_a_plain_expression_finds(pattern, vocabulary):
    expression = "".join({"*": ".*", "?": "."}.get(sign, sign) for sign in pattern)
    expected = {word for word in vocabulary if re.fullmatch(expression, word)}
    assert set(clause_forms(Pattern(pattern), Lexicon(dict.fromkeys(vocabulary, 1), ()))) == expected

"""What a query asks -> what an article must have of it."""

import pytest

from indexer.query.describe import named
from indexer.query.matching import any_of, essential
from tests.indexer.conftest import read


@pytest.mark.parametrize(
    ("typed", "clause", "ignored"),
    [
        ("the flood", "flood", ("the",)),
        ("what did the mayor say", "(all of mayor, say)", ("what", "did", "the")),
        ("the", "the", ()),
        ("to be or not to be", "(all of to, be, or, not, to, be)", ()),
        ('"the flood" of storms', '(all of "the flood", storms)', ("of",)),
        ("title:the flood of storms", "(all of the in the headline, flood, storms)", ("of",)),
        ("flood -the of", "(flood; not the)", ("of",)),
        ("(the flood) OR storm", "(any of flood, storm)", ("the",)),
        ("the OR flood", "(any of the, flood)", ()),
        ("WHO report on the flood", '(all of "who", report, flood)', ("on", "the")),
        ("the -flood", "(the; not flood)", ()),
        ("flood", "flood", ()),
    ],
)
def test_stop_words_are_left_out_beside_others(typed, clause, ignored):
    left, words = essential(read(typed), ("en",))
    assert left is not None
    assert named(left) == clause
    assert words == ignored


@pytest.mark.parametrize(
    ("typed", "clause"),
    [
        ("la cause de l'inondation", "(all of cause, inondation)"),
        ("qu'est-ce que l'ecole", "(all of est-ce, ecole)"),
        ("cause D'Souza", "(all of cause, D'Souza)"),
        ('cause "l\'inondation"', '(all of cause, "l inondation")'),
        ("l'inondation", "l'inondation"),
    ],
)
def test_an_elided_article_is_a_stop_word(typed, clause):
    left, _ = essential(read(typed), ("fr",))
    assert left is not None
    assert named(left) == clause


def test_a_query_is_in_the_language_it_is_limited_to():
    assert essential(read("die flut lang:de"), ("en",))[1] == ("die",)
    assert essential(read("die flut"), ("en", "de"))[1] == ()


@pytest.mark.parametrize(
    ("typed", "clause"),
    [
        ("flood storm", "(any of flood, storm)"),
        ('"sea wall" flood storm', '(all of "sea wall", (any of flood, storm))'),
        ("flood storm -wall", "(any of flood, storm; not wall)"),
        ("title:wall flood storm", "(all of wall in the headline, (any of flood, storm))"),
        ("flood* covid-19", "(any of flood*, covid-19)"),
        ("covid-19", "(any of covid-19, covid, 19)"),
        ("council storm OR flood", "(any of council, storm, flood)"),
        ('articles one two three four "sea wall"', '(any of articles, one, two, three, four, "sea wall")'),
    ],
)
def test_bare_words_may_be_missing_and_all_else_must_be_there(typed, clause):
    found = any_of(read(typed).clause)
    assert found is not None
    assert named(found).replace("(any of council, (any of storm, flood))", "(any of council, storm, flood)") == clause


@pytest.mark.parametrize("typed", ["", "flood", '"sea wall"', '"sea wall" flood', "-flood", "storm OR flood"])
def test_without_two_such_words_nothing_may_be_missing(typed):
    assert any_of(read(typed).clause) is None

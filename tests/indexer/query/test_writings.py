"""A query's clause -> the same, with the other ways to write its words."""

import pytest

from indexer.analysis.text import forms
from indexer.contract.values import And, MultiPhrase, Or, Phrase, Word
from indexer.query.serialise import typed
from indexer.query.writings import MOST, rewritten
from tests.indexer.conftest import read


@pytest.mark.parametrize(
    ("line", "sought"),
    [
        ("12km", "(12km OR 12 km)"),
        ("-12km", "-(12km OR 12 km)"),
        ("title:12km", "(title:12km OR title:12 km)"),
        ("3500kr", "(3500kr OR 3500 kr OR 3 500 kr)"),
        ("1.5kg", "(1.5kg OR 1 5 kg)"),
        ("a b 3 500", "((a OR ab) (b OR ab) (3 OR 3500) (500 OR 3500))"),
        ("run 12 km", "((run OR run12) (12 OR run12 OR 12km) (km OR 12km))"),
        ("1.5 kg", "((1.5 OR 1.5kg) (kg OR 1.5kg))"),
        ("vitamin b 12", "(vitamin (b OR b12) (12 OR b12))"),
        ("20 h 30", "((20 OR 20h30 OR 20h) (h OR 20h30 OR 20h) (30 OR 20h30))"),
        ("eeuu", "(eeuu OR ee uu)"),
        ("ee uu", "((ee OR eeuu) (uu OR eeuu))"),
        ("ee.uu.", "ee.uu."),
        ("8p.m.", "(8p.m. OR 8 pm)"),
        ("Bürger*innen", '(bürger*innen OR "bürger innen")'),
        ("-title:leser*in", '-(title:leser*in OR title:"leser in")'),
        ("flood OR 12km", "(flood OR (12km OR 12 km))"),
    ],
)
def test_it_is_also_sought_as_others_write_it(line, sought):
    found = rewritten(read(line).clause)
    assert found is not None
    assert typed(found) == sought


@pytest.mark.parametrize(
    "line",
    [
        "flood walls", "flood OR walls", '"12km"', '"12 km"', "12 title:km", "title:12 km", "2024", "5g network",
        "xx llama", "xxii", "aardvark", "xx. ii.", "b 02345",
        "x12*",         "flood", "12 walls", "3 50", "03 500", "12km~", "c++", "top in 12",
    ],
)  # fmt: skip
def test_it_is_sought_as_it_is(line):
    clause = read(line).clause
    assert rewritten(clause, {"in"}) == clause


def test_articles_and_pronouns_in_a_row_are_no_initials():
    clause = read("y a t inondation").clause
    assert rewritten(clause, {"y", "a"}) == clause
    assert rewritten(read("y r inondation").clause, {"y", "a"}) != read("y r inondation").clause


def test_runs_are_sought_with_other_sounds_and_spaces():
    assert Phrase(tuple(forms("サーバ"))) in rewritten(read("サーバー").clause).clauses
    assert Phrase(tuple(forms("バイオリン"))) in rewritten(read("ヴァイオリン").clause).clauses
    assert Phrase(("삼성", "전자")) in rewritten(read("삼성전자").clause).clauses
    assert rewritten(read("東京都").clause) == read("東京都").clause


def test_few_ways_are_sought():
    assert len(rewritten(read("가나다라마바사아자차카타파하").clause).clauses) <= MOST + 1
    many = rewritten(read("1 km " * 32).clause)
    assert isinstance(many, And)
    assert sum(isinstance(one, Or) for one in many.clauses) <= 2 * MOST
    assert all(isinstance(one, Word | MultiPhrase | Or) for one in many.clauses)

"""A search whose words no article has -> searches with words of the corpus in their place."""

import pytest

from indexer.analysis.forms import Lexicon
from indexer.query.serialise import serialise
from indexer.query.substitutes import substitutes
from tests.indexer.conftest import read

WORDS = {
    "government": 900, "flood": 300, "barrier": 200, "football": 80, "ball": 40, "storm": 400, "harbour": 70,
    "hochwasser": 60, "schneesturm": 9, "schneeschmelze": 4, "lighthouse": 8, "lighthouses": 3, "mandolin": 5,
    "mandolins": 2, "mandolines": 1, "mando": 4, "pianos": 6, "mostrando": 7, "港湾": 8, "湾管": 5, "管理": 9,
    "xylem": 2, "хлеб": 3,
}  # fmt: skip


def tried(typed):
    return [(serialise(query), words) for query, words in substitutes(read(typed), Lexicon(WORDS, ("en",)))]


@pytest.mark.parametrize(
    ("typed", "other", "words"),
    [
        ("govermnent", "government", {"govermnent": ("government",)}),
        ("floodbarrier", "flood barrier", {"floodbarrier": ("flood barrier",)}),
        ("foot ball", "football", {"foot ball": ("football",)}),
        ("hochwasserpegel", "hochwasser", {"hochwasserpegel": ("hochwasser",)}),
        ("schnee", "(schneesturm OR schneeschmelze)", {"schnee": ("schneesturm", "schneeschmelze")}),
        ("mostraron", "mostrando", {"mostraron": ("mostrando",)}),
        ("mandolinata", "mandolin", {"mandolinata": ("mandolin",)}),
        ("harborside", "harbour", {"harborside": ("harbour",)}),
        ("xylophone", "xylem", {"xylophone": ("xylem",)}),  # the last resort
        ("xyzzy govermnent", "government", {"xyzzy": (), "govermnent": ("government",)}),
        ("[kt,", "хлеб", {"[kt,": ("хлеб",)}),
        ("港湾委員会", "港湾", {"港湾委員会": ("港湾",)}),
        ("zzyzxq govermnent", "government", {"zzyzxq": (), "govermnent": ("government",)}),
        ("xlood-barier", "flood barrier", {"xlood": ("flood",), "barier": ("barrier",)}),
        ("govermnent lang:en", "government lang:en", {"govermnent": ("government",)}),
        ('govermnent -"storm"', 'government -"storm"', {"govermnent": ("government",)}),
    ],
)
def test_missing_words_are_replaced_by_likely_ones(typed, other, words):
    found, replaced = tried(typed)[0]
    assert (found, dict(replaced)) == (other, words)


@pytest.mark.parametrize(
    "typed",
    ["flood", "storm barrier", '"govermnent"', '"flood barier"', "title:govermnent", "-govermnent", "govermnent*",
     "zzyzxq", "x1", "abc", "", "by:okafr"],
)  # fmt: skip
def test_nothing_is_replaced_that_some_article_has_or_that_was_asked_strictly(typed):
    assert tried(typed) == []


def test_a_quoted_word_beside_a_missing_one_stays():
    assert tried('govermnent "storm"')[0][0] == 'government "storm"'


def test_few_searches_are_tried():
    assert 1 < len(tried("mandolinata")) <= 3

"""A query that found little -> the queries a person may have meant."""

import pytest

from indexer.analysis.forms import Lexicon
from indexer.query.serialise import serialise
from indexer.query.suggest import corrections
from tests.indexer.conftest import read

WORDS = {
    "government": 900, "goverment": 6, "flood": 300, "barrier": 200, "football": 80, "ball": 40, "wall": 50,
    "council": 120, "saint": 70, "etienne": 20, "storm": 400, "storme": 20, "étienne": 5, "new": 90,
    "york": 30, "network": 80, "são": 9, "paulo": 8, "hà": 7, "nội": 6, "disk": 60, "ışık": 2, "привет": 5, "мир": 4,
    "congress": 9, "안녕": 3, "αθήνα": 4, "любовь": 3, "k": 90,
}  # fmt: skip
AUTHORS = ("maria-okafor", "li-wei", "a-b-smith", "jan-van-der-berg")


def first(typed):
    found = next(corrections(read(typed), Lexicon(WORDS, ("en",)), AUTHORS), None)
    return serialise(found) if found else None


@pytest.mark.parametrize(
    ("typed", "better"),
    [
        ("goverment", "government"),  # several articles share it, beside a far more frequent neighbour
        ("govermnent", "government"),
        ("floodbarrier", "flood barrier"),
        ("foot ball", "football"),
        ("vlood barrier", "flood barrier"),
        ("lfood", "flood"),
        ("xflood", "flood"),
        ("ouncil", "council"),
        ('"flood barier"', '"flood barrier"'),
        ('"flood walls"', '"flood wall"'),  # other forms of a word do not stand in for it in quotes
        ("saint-etiene", "saint-etienne"),
        ("by:okafr", "author:okafor"),
        ("flod by:okafr", "flood author:okafor"),
        ("newyork", "new york"),  # and not network, which is two letters away
        ("saopaulo", "são paulo"),
        ("hanoi", "hà-nội"),
        ("ghbdtn", "привет"),  # typed with the keys of another script
        ("Ghbdtn vbh!", "привет мир"),
        ("k.,jdm", "любовь"),  # of which a part is a word by itself
        ("сщтпкуыы", "congress"),
        ("dkssud", "안녕"),
        ("au;hna", "αθηνα"),
    ],
)
def test_what_may_have_been_meant_is_offered(typed, better):
    assert first(typed) == better


@pytest.mark.parametrize(
    "typed",
    [
        "flood",
        "storme",
        "wall",
        "zzyzx",
        "by:x",
        "by:ab",
        "by:zzyzxq",
        "🎉",
        "fl",
        "-goverment",
        "storm barrier",
        "isik",
        "ghbdtn flood",
        "ghbdtn zzyzx",
        '"ghbdtn"',
        "by:ghbdtn",
    ],
)
def test_nothing_is_offered_for_a_word_that_may_well_be_meant(typed):
    assert first(typed) is None

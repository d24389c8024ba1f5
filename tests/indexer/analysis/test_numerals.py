"""A form with digits -> the words it may be written in."""

import pytest

from indexer.analysis.numerals import apart, pieces, together


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("12km", "12 km"), ("5кг", "5 кг"), ("१२किमी", "१२ किमी"), ("4m2", "4 m2"),
        ("20h", "20 h"), ("20h30", "20 h 30"),
        ("3500", "3 500"), ("1250000", "1 250 000"), ("2000", "2 000"), ("covid19", "covid 19"), ("1st", "1 st"),
        ("rp3", "rp 3"), ("90s", "90 s"),
    ],
)  # fmt: skip
def test_it_is_written_in_words(form, words):
    assert " ".join(pieces(form)) == words


@pytest.mark.parametrize(
    "form", ["flood", "350", "2024", "1999", "0958", "5g", "4k", "3a", "f16", "h5n1", "4x4", "4b2", "abc12345", "c++"]
)
def test_it_is_written_in_one_way(form):
    assert pieces(form) == (form,)


def test_thousands_come_apart_and_together():
    assert apart(["3500kr", "flood"]) == ("3", "500", "kr", "flood")
    assert together(["3", "500", "kr"]) == ("3500", "kr")
    assert together(["2024", "500"]) == ("2024", "500")
    assert together(["0", "500"]) == ("0", "500")
    assert together(["12", "50"]) == ("12", "50")

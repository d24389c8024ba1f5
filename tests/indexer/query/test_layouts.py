"""A line typed with the keyboard set to another script -> what its keys write there."""

import pytest

from indexer.query.layouts import other_layouts


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ghbdtn vbh", "привет мир"),
        ("Rb]d", "київ"),
        ("akuo", "שלום"),
        ("au;hna", "αθηνα"),
        ("hgsghl", "السلام"),
        ("jivhk", "تهران"),
        ("wmp", "ไทย"),
        ("gksrnr", "한국"),
        ("Rkcl", "까치"),  # a capital is a key of its own
        ("ekfr rhrl", "닭 고기"),
        ("rkqtdl", "값이"),
        ("dhkd", "왕"),
        ("k.,jdm", "любовь"),  # keys that are punctuation on the other side
        ("tr.", "ארץ"),
        ("b,n", "لاوى"),  # one key, two letters
        ("любовь", "k.,jdm"),
        ("لاشىن", "bank"),
        ("مهلاقشقغ", "library"),
        ("руддщ", "hello"),
        ("יקךךם", "hello"),
        ("ㅗ디ㅣㅐ", "hello"),
    ],
)
def test_the_same_keys_write_it_in_another_layout(typed, meant):
    assert meant in other_layouts(typed)


@pytest.mark.parametrize("typed", ["", "привет hello", "東京", "é"])
def test_a_line_that_no_other_keys_write_is_left(typed):
    assert not [line for line in other_layouts(typed) if any(map(str.isalpha, line))]

"""Names with the family first are turned about; lists, credentials, places and roles are not."""

import pytest

from crawler.bylines.inverted_names import MAX_TEXT, turned


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("Oake, Maren", "Maren Oake"),
        ("García Luna, Inés", "Inés García Luna"),
        ("van der Meer, Joost", "Joost van der Meer"),
        ("Oake, Maren; Brand, Tilo", "Maren Oake; Tilo Brand"),
        ("Oake, Maren and Brand, Tilo", "Maren Oake; Tilo Brand"),
        ("Окунь, Марина", "Марина Окунь"),
        ("عوض, مارين", "مارين عوض"),
        ("吳, 怡君", "怡君 吳"),
        ("欧阳, 志明", "志明 欧阳"),
        ("高橋, 文夫", "文夫 高橋"),
        ("남궁, 서연", "서연 남궁"),
    ],
)
def test_a_family_s_name_before_the_comma_comes_last(written, spoken):
    assert turned(written) == spoken


@pytest.mark.parametrize(
    "written",
    [
        "Maren Oake",
        "Maren Oake, Tilo Brand",
        "吳怡君, 張建宏",
        "李娜, 王伟",
        "김민서, 이도윤",
        "山田太郎, 高橋美咲",
        "Maren Oake, PhD",
        "Maren Oake, CFP",
        "Brand, Jr.",
        "Maren Oake, London",
        "Maren Oake, Reuters",
        "Maren Oake, Staff Writer",
        "Maren, Tilo, Inés",
        "",
        ",",
        "Oake, 3",
    ],
)
def test_what_is_no_turned_name_stays(written):
    assert turned(written) == written


def test_a_library_s_rules_make_two_words_on_both_sides_one_name():
    assert turned("García Luna, Inés Olaya", library=True) == "Inés Olaya García Luna"
    assert turned("García Luna, Inés Olaya") == "García Luna, Inés Olaya"


def test_a_text_that_is_too_long_for_names_stays():
    long = "a, " * MAX_TEXT
    assert turned(long) == long

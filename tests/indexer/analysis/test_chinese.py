"""A form of Chinese characters -> its writings."""

import pytest

from indexer.analysis.chinese import in_all_writings, is_chinese
from indexer.analysis.forms import Lexicon
from indexer.query.completion import completions


@pytest.mark.parametrize(
    ("typed", "found", "other"),
    [
        ("台湾", "台湾 臺灣 台灣 臺湾", "台弯"),
        ("臺灣", "台湾 台灣", "檯灣"),
        ("发", "發 髮 髪 発", "罚"),
        ("發", "发 発", "髮"),
        ("裡", "里 裏", "理"),
        ("為", "为 爲", "偽"),
        ("国会", "國會 国會", "囯会"),
        ("藝", "芸 艺", "云"),
        ("沢", "泽 澤", "釈"),
    ],
)
def test_a_form_has_the_writings_of_every_place_and_no_other(typed, found, other):
    writings = in_all_writings(typed)
    assert writings[0] == typed
    assert not set(found.split()) - set(writings)
    assert other not in writings
    assert len(set(writings)) == len(writings) <= 36
    assert all(typed in in_all_writings(one) for one in writings)


@pytest.mark.parametrize("form", ["", "flood", "été", "東京都の会国", "サーバー", "大人", "한국", "ไทย"])
def test_other_forms_are_written_in_one_way(form):
    assert in_all_writings(form) == (form,)
    assert not is_chinese(form) or form[0] in "東大한"


def test_a_word_being_typed_is_completed_in_every_writing():
    found = completions("在台灣", Lexicon({"台湾": 2, "臺灣": 3, "台中": 9}, ()), {}, 5)
    assert [one.text for one in found] == ["臺灣", "台湾"]

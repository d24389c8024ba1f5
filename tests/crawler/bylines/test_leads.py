"""What leads names, or follows them, beside a date and its label; two forms of a label in one."""

import pytest

from crawler.bylines.leads.lines import is_led
from crawler.bylines.leads.paired import with_one_label
from crawler.bylines.text import read_byline
from tests.crawler.bylines.test_authors_of_pages import names


@pytest.mark.parametrize(
    ("line", "language", "read"),
    [
        ("입력 2026년 11월 29일 10:00 이도윤 기자", "ko", ["이도윤"]),
        ("기사입력 2026.11.29 10:00 이도윤, 박서준 기자", "ko", ["이도윤", "박서준"]),
        ("입력 2026.11.29 10:00 수정 2026.11.29 11:00 이도윤 논설위원", "ko", ["이도윤"]),
        ("승인 : 2026-11-29 10:00 | 이도윤·박서준 기자", "ko", ["이도윤", "박서준"]),
        ("2026.11.29 10:00 입력 이도윤 기자", "ko", ["이도윤"]),
        ("이도윤 기자 입력 2026년 11월 29일 10:00", "ko", ["이도윤"]),
        ("이도윤 기자 | 기사입력 2026.11.29", "ko", ["이도윤"]),
        ("이도윤 특파원 2026.11.29 10:00", "ko", ["이도윤"]),
        ("公開日：2026年11月29日 山田太郎記者", "ja", ["山田太郎"]),
        ("山田太郎記者 2026年11月29日", "ja", ["山田太郎"]),
        ("發布時間 2026年11月29日 10:00 記者 吳怡君", "zh", ["吳怡君"]),
        ("记者 王伟 发布时间：2026-11-29", "zh", ["王伟"]),
        ("記者吳怡君、張建宏／台北報導", "zh", ["吳怡君", "張建宏"]),
        ("〔記者吳怡君／綜合報導〕", "zh", ["吳怡君"]),
        ("Phóng viên Nguyễn Thu Hà - 29/11/2026", "vi", ["Nguyễn Thu Hà"]),
        ("PV: Nguyễn Thu Hà", "vi", ["Nguyễn Thu Hà"]),
        ("Autor/in: Jana Weber", "de", ["Jana Weber"]),
        ("Autor:innen: Jana Weber, Tilo Brand", "de", ["Jana Weber", "Tilo Brand"]),
        ("Autor(a): Ana Gil", "es", ["Ana Gil"]),
        ("Autor / Autorka: Jan Novák", "cs", ["Jan Novák"]),
        ("Του/Της Άννα Παππά, Νίκος Δημητρίου", "el", ["Άννα Παππά", "Νίκος Δημητρίου"]),
        ("Par/By Ana Pérez", "fr", ["Ana Pérez"]),
    ],
)
def test_names_are_led_beside_a_date_and_by_two_forms_of_a_label(line, language, read):
    reading = read_byline(line, language=language)
    assert [author.name for author in reading.authors] == read
    assert reading.led
    assert line[0] in "〔[(" or is_led(line, language)


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("오늘의 주요 뉴스 기자 2026.11.29", "ko"),  # no name is that long
        ("입력 2026년 11월 29일 10:00", "ko"),
        ("입력하신 2026년 자료를 찾을 수 없습니다", "ko"),
        ("발행인 이도윤 등록번호 2026", "ko"),
        ("公開 2026年11月29日 山田太郎", "ja"),
        ("Text/Sprache", "de"),
    ],
)
def test_no_names_are_led_where_a_date_or_two_words_stand_beside_no_sign_of_an_author(line, language):
    assert not is_led(line, language)


@pytest.mark.parametrize("line", ["Von/Bis 3 May", "Nora/in Hale", "Autor/Verlag: Nora", "By the sea", "A/B", ""])
def test_two_words_that_are_no_forms_of_a_label_stay(line):
    assert with_one_label(line) == line


def test_a_trade_behind_a_name_signs_though_the_story_tells_of_the_name():
    for line in ("정수연 기자 | 입력 2026.09.21", "정수연 특파원 2026.09.21", "정수연 기자"):
        after = "<p>Last winter 정수연 came to the island, and the council told of it on the day the ferry came.</p>"
        assert names(byline=f"<p>{line}</p>{after}", language="ko") == ["정수연"], line

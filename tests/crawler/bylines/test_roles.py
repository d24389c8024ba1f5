"""What somebody is stands before the name in many languages, inflected, with "our" and a field; the name is left."""

import pytest

from crawler.bylines.roles import is_role, without_roles_before
from crawler.bylines.text import read_byline


@pytest.mark.parametrize(
    ("language", "printed", "name"),
    [
        ("de", "Ein Bericht unserer Mitarbeiterin Tilda Brand", "Tilda Brand"),
        ("nl", "Door onze redacteur economie Anke de Wit", "Anke de Wit"),
        ("fr", "Par notre rédactrice économie Odile Marchal", "Odile Marchal"),
        ("es", "Por la redactora de cultura Inés Robledo", "Inés Robledo"),
        ("pl", "Nasza reporterka Ewa Zielińska", "Ewa Zielińska"),
        ("cs", "Naše zpravodajka Jana Horáková", "Jana Horáková"),
        ("da", "Af vores udsendte Mette Kjær", "Mette Kjær"),
        ("tr", "Muhabirimiz Elif Demirci", "Elif Demirci"),
        ("ru", "Наш спецкор Ольга Миронова", "Ольга Миронова"),
        ("uk", "Наша кореспондентка Олена Гнатюк", "Олена Гнатюк"),
        ("el", "Της ανταποκρίτριάς μας Ελένης Παππά", "Ελένης Παππά"),
        ("ar", "كتبت مراسلتنا ليلى حداد", "ليلى حداد"),
        ("he", "מאת כתבנו יואב לביא", "יואב לביא"),
        ("hi", "हमारे संवाददाता राजेश मिश्रा", "राजेश मिश्रा"),
        ("ja", "経済部・佐藤美咲記者", "佐藤美咲"),
        ("ko", "(서울=통신) 김민수 기자 =", "김민수"),
    ],
)
def test_the_name_behind_a_role_is_read(language: str, printed: str, name: str) -> None:
    assert [author.name for author in read_byline(printed, language=language).authors] == [name]


def test_a_role_between_chinese_names_is_nobody_and_what_follows_a_korean_possessive_is_no_name() -> None:
    assert [a.name for a in read_byline("本报记者 李晓红 通讯员 王强", language="zh").authors] == ["李晓红", "王强"]
    assert [a.name for a in read_byline("김민수 기자 기자의 다른 기사 보기", language="ko").authors] == ["김민수"]


@pytest.mark.parametrize("name", ["Ana Reportero Ruiz", "Van den Berg", "阿部 陽一", "長谷部 誠", "Joost van der Meer"])
def test_names_like_roles_fields_and_departments_are_whole(name: str) -> None:
    assert without_roles_before(name) == name
    if not name.isascii():
        assert [author.name for author in read_byline(name, language="ja").authors] == [name]


def test_a_surname_that_only_begins_as_a_trade_is_no_role() -> None:
    assert is_role("корреспондентка")
    assert not is_role("авторханов")
    assert not is_role("redaktorowiczowski")


@pytest.mark.parametrize(
    ("language", "printed", "names"),
    [
        ("ta", "எழுதியவர்: கவிதா ராமன்", ["கவிதா ராமன்"]),
        ("th", "เขียนโดย สมชาย ใจดี", ["สมชาย ใจดี"]),
        ("bn", "লিখেছেন: রহিম উদ্দিন", ["রহিম উদ্দিন"]),
        ("ur", "تحریر: عائشہ خان", ["عائشہ خان"]),
        ("hr", "Piše: Jelena Marić", ["Jelena Marić"]),
        ("lt", "Autorė: Rasa Petraitytė", ["Rasa Petraitytė"]),
        ("ko", "김민수·박서연 기자", ["김민수", "박서연"]),
        ("de", "Aus Kiel berichtet Jana Weber", ["Jana Weber"]),
        ("pt", "Da Redação", ["Redação"]),
        ("de", "Von der Redaktion", ["Redaktion"]),
        ("zh", "玛丽·居里", ["玛丽·居里"]),
        ("en", "From detailed reports to Industry Domains", []),
    ],
)
def test_leads_dots_and_places_before_names_are_read(language: str, printed: str, names: list[str]) -> None:
    assert [author.name for author in read_byline(printed, language=language).authors] == names

"""Lines that say who wrote it in many ways: works, agencies, titles, those who did other work."""

import pytest

from corpus.model import AuthorKind
from crawler.bylines.people import judge
from crawler.bylines.text import read_byline


def people(line: str, language: str) -> list[str]:
    authors = read_byline(line, language=language).authors
    return [author.name for author in authors if author.kind is AuthorKind.PERSON]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Story and photos by {}"),
        ("en", "A column by {}"),
        ("de", "Text und Fotos von {}"),
        ("de", "Veröffentlicht von {} am 4. März 2026"),
        ("fr", "Une chronique de {}"),
        ("fr", "Textes : {} – Photos : Sam Roe"),
        ("es", "Entrevista de {}"),
        ("es", "Texto y fotos de {}"),
        ("it", "testo di {}, foto di Elio Neri"),
        ("hu", "Szöveg: {}, fotó: Sam Roe"),
        ("eu", "Testua: {}"),
        ("fi", "Teksti: {} Kuvat: Sam Roe"),
        ("am", "ጸሐፊ፦ {}"),
    ],
)
def test_the_word_for_a_work_leads_whoever_wrote_it(language: str, line: str) -> None:
    assert people(line.format("Orsolya Wessely"), language) == ["Orsolya Wessely"]
    assert read_byline(line.format("Orsolya Wessely"), language=language).led
    assert people(line.format("the harbour"), language) == []


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("ru", "Автор: {}. Перевод Саввы Рощина"),
        ("fa", "نوشته {}، ترجمه پرستو نوری"),
        ("nl", "Tekst {} Foto's Sam Roe"),
        ("bg", "Текст: {}, снимки: Щерю Петров"),
        ("et", "Tekst: {}, fotod: Urmas Lepp"),
    ],
)
def test_who_translated_or_took_pictures_did_not_write(language: str, line: str) -> None:
    assert people(line.format("Orsolya Wessely"), language) == ["Orsolya Wessely"]


@pytest.mark.parametrize("line", ["By {}/AP", "By dpa/{}", "By {} /ritzau/", "{}/Hina"])
def test_an_agency_behind_or_before_a_stroke_is_no_part_of_a_name(line: str) -> None:
    assert people(line.format("Orsolya Wessely"), "en") == ["Orsolya Wessely"]
    assert people("By Orsolya Wessely/Tivoda Sarnel", "en") != ["Orsolya Wessely"]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Por el Dr. Nuño Baeza", ["Dr. Nuño Baeza"]),
        ("By dr. Orsolya Wessely", ["dr. Orsolya Wessely"]),
        ("By Dr. med. Orsolya Wessely", ["Dr. med. Orsolya Wessely"]),
        ("By dr hab. Orsolya Wessely", ["dr hab. Orsolya Wessely"]),
        ("By the harbour. Orsolya Wessely", []),
    ],
)
def test_a_title_in_small_letters_stands_before_a_name(line: str, names: list[str]) -> None:
    assert people(line, "es") == names


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Dr. med. Orsolya Wessely", "orsolya-wessely"),
        ("dr hab. Orsolya Wessely", "orsolya-wessely"),
        ("doc. Orsolya Wessely", "orsolya-wessely"),
        ("Phil Wessely", "phil-wessely"),
        ("Doc Wessely", "doc-wessely"),
        ("Dr. Phil Wessely", "phil-wessely"),
    ],
)
def test_titles_that_are_given_names_too_are_left_out_of_a_key_where_they_are_titles(name: str, key: str) -> None:
    author = judge(name).author
    assert author is not None
    assert author.key == key


def test_an_italian_and_joins_names_and_a_source_before_an_author_hides_none() -> None:
    assert people("di Ada Neri ed Elio Marzi", "it") == ["Ada Neri", "Elio Marzi"]
    assert people("来源：新华社 作者：王小红", "zh") == ["王小红"]
    assert people("কোহিনূর বেগম, প্রতিবেদক", "bn") == ["কোহিনূর বেগম"]

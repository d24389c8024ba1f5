import pytest

from corpus.model import AuthorKind
from crawler.bylines.people import bare_key, judge
from crawler.bylines.text import read_byline
from crawler.markup.marked import is_author_link


def names(text: str, language: str | None = "en", *outlets: str) -> tuple[str, ...]:
    return tuple(author.name for author in read_byline(text, language=language, outlets=frozenset(outlets)).authors)


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("By Ana Pérez and Li Wei in Geneva", "en", ("Ana Pérez", "Li Wei")),
        ("By Mayank Chhaya-", "en", ("Mayank Chhaya",)),
        ("Von Jörg Kühn und Käthe von der Au", "de", ("Jörg Kühn", "Käthe von der Au")),
        ("Par Élodie Garçon et Jean-Luc N'Diaye", "fr", ("Élodie Garçon", "Jean-Luc N'Diaye")),
        ("Por Ana Ruiz y María Núñez", "es", ("Ana Ruiz", "María Núñez")),
        ("di Niccolò D'Angelo", "it", ("Niccolò D'Angelo",)),
        ("Por João dos Santos e Inês da Conceição", "pt", ("João dos Santos", "Inês da Conceição")),
        ("Door Sanne van den Berg en Wim de Groot", "nl", ("Sanne van den Berg", "Wim de Groot")),
        ("Av Åsa Lindström och Björn Öberg", "sv", ("Åsa Lindström", "Björn Öberg")),
        ("Autor: Łukasz Żółkiewski", "pl", ("Łukasz Żółkiewski",)),
        ("Haber: Işıl Çağlayan", "tr", ("Işıl Çağlayan",)),
        ("Автор: Фёдор Достоев", "ru", ("Фёдор Достоев",)),
        ("بقلم: ليلى حداد", "ar", ("ليلى حداد",)),
        ("文/欧阳明月", "zh", ("欧阳明月",)),
        ("高橋健一 記者", "ja", ("高橋健一",)),
        ("김하늘 기자 haneul@river.example", "ko", ("김하늘",)),
    ],
)
def test_bylines_are_read_in_many_languages(text: str, language: str, found: tuple[str, ...]) -> None:
    assert names(text, language) == found


@pytest.mark.parametrize("text", ["ABBY BYRNE", "By Abby Byrne", "Vonda Byers"])
def test_letters_inside_a_name_are_never_stripped(text: str) -> None:
    assert names(text) == (text.removeprefix("By "),)


@pytest.mark.parametrize(
    "text",
    [
        "By Ana Ruiz, Senior Correspondent",
        "By Ana Ruiz, Institute for Basic Science and Research",
        "By Ana Ruiz | Updated 3 May 2024, 14:05",
        "By Ana Ruiz · 5 min read",
        "By Ana Ruiz (@anaruiz)",
        "By Ana Ruiz\nSenior Reporter\nMore stories by Jo Stranger",
        "By Ana Ruiz\nPhotography by Whit Hayes\nFact-checked by Lou Barnes",
        "March 3, 2024 By Ana Ruiz",
        "By Ana Ruiz Special Correspondent",
        "By Ana Ruiz, Geneva",
        "By Ana Ruiz on",
    ],
)
def test_what_stands_around_a_name_is_not_part_of_it(text: str) -> None:
    assert names(text) == ("Ana Ruiz",)


@pytest.mark.parametrize(
    "text",
    [
        "View all posts",
        "3 minutes ago",
        "Chief Technology Officer",
        "gazette.example",
        "ana@gazette.example",
        "Read more",
        "May 2024",
        "London",
    ],
)
def test_menus_times_roles_places_and_addresses_are_nobody(text: str) -> None:
    assert judge(text).author is None


def test_the_outlet_does_not_sign() -> None:
    assert names("By The Gazette", "en", "the-gazette") == ()


def test_a_person_who_is_their_own_outlet_signs() -> None:
    assert names("By Karen Solberg", "en", "karensolberg") == ("Karen Solberg",)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Ana Ruiz", AuthorKind.PERSON),
        ("The Editorial Board", AuthorKind.DESK),
        ("Redaktion", AuthorKind.DESK),
        ("Reuters", AuthorKind.AGENCY),
        ("dpa", AuthorKind.AGENCY),
        ("新华社", AuthorKind.AGENCY),
    ],
)
def test_persons_desks_and_agencies_are_told_apart(name: str, kind: AuthorKind) -> None:
    author = judge(name).author
    assert author is not None and author.kind is kind


@pytest.mark.parametrize("name", ["Gregory Day", "Adrienne So", "Will Shanklin", "Joan van der Meer", "Krystyna"])
def test_words_that_are_names_too_stay_names(name: str) -> None:
    assert names(f"By {name}") == (name,)


def test_a_degree_goes_with_its_name_but_not_into_its_key() -> None:
    (author,) = read_byline("By Dr. Ana Ruiz, PhD").authors
    assert (author.name, author.key) == ("Dr. Ana Ruiz, PhD", "ana-ruiz")
    assert bare_key("Jo Smith Jr.") == "jo-smith"


def test_direction_signs_and_no_break_spaces_are_not_letters() -> None:
    assert names("By\u00a0\u202aYael\u00a0Ben-Ari\u202c") == ("Yael Ben-Ari",)


def test_the_place_is_kept_apart() -> None:
    assert read_byline("By Ana Pérez and Li Wei in New Delhi").place == "New Delhi"


def test_a_source_that_is_an_agency_signs() -> None:
    assert names("Quelle: dpa/APA", "de") == ("dpa", "APA")
    assert names("Quelle: Stadtverwaltung", "de") == ()


def test_a_long_list_of_names_is_bounded() -> None:
    assert len(names("By " + ", ".join(f"Ana{chr(97 + n % 26)} Ruiz{chr(97 + n // 26)}" for n in range(200)))) <= 40


@pytest.mark.parametrize(
    ("href", "leads"),
    [
        ("/author/ana-perez", True),
        ("https://gazette.example/Staff/ana/", True),
        ("/?page=2&author=7", True),
        ("/@ana", True),
        ("/authors/", False),
        ("/by", False),
        ("/story/co-authored", False),
        ("#/author/ana", False),
    ],
)
def test_an_address_that_leads_to_somebody_is_told(href: str, leads: bool):
    assert is_author_link(href) is leads

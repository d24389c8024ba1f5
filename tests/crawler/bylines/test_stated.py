"""A name in a page's data is read without tags, address and turned initials."""

import pytest

from crawler.bylines.stated import of_data
from crawler.markup.metadata import read_metadata
from crawler.markup.tree import parse
from tests.crawler.bylines.test_authors_of_pages import data, names, person


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("<a href='/x'>Maren Oake</a>", ["Maren Oake"]),
        ("maren@isle.example (Maren Oake)", ["Maren Oake"]),
        ("Maren Oake <maren@isle.example>", ["Maren Oake"]),
        ("Марина Окунь (okun@isle.example)", ["Марина Окунь"]),
        ("maren@isle.example", []),
        ("<b></b>", []),
    ],
)
def test_tags_and_addresses_around_a_name_are_not_read(given, read):
    assert names(head=data(person(given))) == read


@pytest.mark.parametrize(("given", "read"), [("Oake, M.", ["M. Oake"]), ("Oake, M. K.", ["M. K. Oake"])])
def test_initials_behind_the_comma_of_a_library_s_name_are_the_given_name(given, read):
    assert names(head=f'<meta name="citation_author" content="{given}">') == read


@pytest.mark.parametrize(
    ("language", "given", "read"),
    [
        ("it", "Edoardo Oake e Ginevra Brand", ["Edoardo Oake", "Ginevra Brand"]),
        ("pl", "Anna Wrona, Ewa Lis i Jan Ptak", ["Anna Wrona", "Ewa Lis", "Jan Ptak"]),
        ("fi", "Aino Vuori ja Eero Niemi", ["Aino Vuori", "Eero Niemi"]),
        ("it", "Edoardo Oake e Ginevra Brand e Rita Sand", ["Edoardo Oake", "Ginevra Brand", "Rita Sand"]),
        ("es", "Maren Ortega y Oake", ["Maren Ortega y Oake"]),
        ("en", "Marek Oake i Brand", ["Marek Oake i Brand"]),
        ("zh-TW", "吳怡君, 張建宏", ["吳怡君", "張建宏"]),
    ],
)
def test_a_letter_that_joins_names_in_the_language_of_the_page_joins_whole_names_of_its_data(language, given, read):
    tree = parse(f'<meta name="author" content="{given}">{data(person(given))}'.encode(), None)
    assert tree is not None
    sources = of_data(read_metadata(tree, "https://isle.example/news/baker"), language)
    assert [[author.name for author in source.reading.authors] for source in sources] == [read, read]

"""A name in a page's data is read without tags, address and turned initials."""

import pytest

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

"""The selectors that find on a page what a person says of it."""

from datetime import UTC, datetime
from typing import Any

import pytest

from corpus.corrections.values import Field, authors_value, date_value
from corpus.model import Author, PageDate, Precision
from corpus.people.names import fold
from crawler.extraction.suggesting import MAX_SELECTORS, selectors_for, texts_at

NOW = datetime(2026, 11, 26, tzinfo=UTC)


def people(*names: str) -> list[dict[str, str]]:
    return authors_value([Author(name, fold(name)) for name in names])


def suggest(body: str, field: Field, wanted: Any, said: Any = None, head: str = "") -> tuple[str, ...]:
    page = f'<!doctype html><html><head><meta charset="utf-8"><title>x</title>{head}</head><body>{body}</body></html>'
    return selectors_for(page.encode(), "utf-8", field.value, wanted, said, NOW)


@pytest.mark.parametrize(
    ("markup", "selector"),
    [
        ('<p class="who">By Ana Pérez</p>', "p.who"),
        ('<span itemprop="author">Ana Pérez</span>', 'span[itemprop="author"]'),
        ('<a rel="author" href="/x">Ana Pérez</a>', 'a[rel="author"]'),
        ('<p id="writer">Ana Pérez</p>', "#writer"),
        ('<div class="top"><b>Ana Pérez</b></div>', ".top b"),
        ("<address>Ana Pérez</address>", "address"),
        ('<p dir="rtl" class="who">ANA PÉREZ</p>', "p.who"),
    ],
)
def test_a_byline_is_found_by_what_its_element_is_called(markup: str, selector: str):
    assert selector in suggest(markup, Field.AUTHORS, people("Ana Pérez"))


def test_an_element_with_a_wrong_name_or_without_one_of_the_names_is_none():
    markup = '<p class="who">Ana Pérez, Paula Marsh</p>'
    assert suggest(markup, Field.AUTHORS, people("Ana Pérez"), people("Paula Marsh")) == ()
    assert suggest(markup, Field.AUTHORS, people("Ana Pérez", "Li Wei")) == ()
    assert "p.who" in suggest(markup, Field.AUTHORS, people("Ana Pérez", "Paula Marsh"), people("Paula Marsh"))


def test_a_selector_whose_first_element_is_another_one_is_not_given():
    assert suggest('<p class="a">No</p><p class="a">Ana Pérez</p>', Field.AUTHORS, people("Ana Pérez")) == ()


def test_names_of_elements_that_are_of_one_page_alone_are_not_used():
    assert suggest('<p class="p-7781" id="n31">Ana Pérez</p>', Field.AUTHORS, people("Ana Pérez")) == ()


def test_a_meta_tag_is_found_by_its_name():
    head = '<meta name="rubrik" content="Harbour">'
    assert suggest("", Field.SECTION, "harbour", head=head) == ('meta[name="rubrik"]',)


def test_a_date_is_found_however_it_is_printed():
    wanted = date_value(PageDate(datetime(2024, 3, 14, tzinfo=UTC), Precision.DAY, "hand"))
    for printed in ("14 March 2024", "14.3.2024", "14 mars 2024", "2024-03-14"):
        assert "p.set" in suggest(f'<p class="set">{printed}</p>', Field.PUBLISHED, wanted), printed
    assert "time.set" in suggest('<time class="set" datetime="2024-03-14T10:00Z">today</time>', Field.PUBLISHED, wanted)
    assert suggest('<p class="set">15 March 2024</p>', Field.PUBLISHED, wanted) == ()


@pytest.mark.parametrize(
    ("field", "wanted"), [(Field.AUTHORS, []), (Field.HEADLINE, None), (Field.SECTION, None), (Field.PUBLISHED, None)]
)
def test_nothing_holds_what_a_person_took_away(field: Field, wanted: Any):
    assert suggest('<p class="who">Ana Pérez</p><p class="empty"></p>', field, wanted) == ()


def test_a_page_full_of_the_name_gives_a_bounded_number_of_selectors_that_can_be_written():
    names = "".join(f'<i class="w{"abcdefghij"[n % 10]}{"k" * n} x&quot;y">Ana Pérez</i>' for n in range(3000))
    found = suggest(names, Field.AUTHORS, people("Ana Pérez"))
    assert 0 < len(found) <= MAX_SELECTORS
    assert not any(character in each for each in found for character in "\n\\")


def test_texts_are_those_that_the_source_s_own_selectors_would_find():
    page = b'<p class="a"></p><meta name="b" content="B"><time datetime="2024">x</time>'
    assert texts_at(page, None, ("p.a", 'meta[name="b"]', "time", "h6", "[[")) == (None, "B", "2024", None, None)
    assert texts_at(b"", None, ("p",)) == (None,)

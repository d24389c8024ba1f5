"""How linked lines cut a text, and how many of its entries have a link and a day each."""

import numpy as np
import pytest

from crawler.body.classify import frame_of
from crawler.extraction.page_pieces import MIN_ENTRIES, Pieces, page_pieces
from crawler.markup.blocks import segment
from crawler.markup.tree import parse
from tests.crawler.stories import FERRY, MILL, paragraphs

TEASERS = {
    "en": ("Evening course in weaving", "Ten evenings at the old mill.", "3 March 2026", "Read more"),
    "de": ("Abendkurs im Flechten", "Zehn Abende in der alten Mühle.", "3. März 2026", "Mehr lesen"),
    "es": ("Curso de cestería", "Diez tardes en el viejo molino.", "3 de marzo de 2026", "Leer más"),
}


def pieces(body: str) -> Pieces:
    """Return how the text of a page is cut whose blocks all read as its story."""
    tree = parse(f"<html><body>{body}</body></html>".encode())
    assert tree is not None
    frame = frame_of(segment(tree))
    return page_pieces(frame, np.ones(frame.count, bool))


def teasers(language: str, times: int, *, day: bool = True, href: str = "/a") -> str:
    name, text, date, _ = TEASERS[language]
    said = f"<p class=day>{date}</p>" if day else ""
    return "".join(f"<h3><a href='{href}{n}'>{name} {n}</a></h3>{said}<p>{text}</p>" for n in range(times))


@pytest.mark.parametrize("language", TEASERS)
def test_a_list_without_an_element_for_each_entry_is_cut_and_dated(language: str) -> None:
    found = pieces(teasers(language, 12))
    assert (found.lines, found.dated) == (12, 12)
    assert found.are_short
    assert found.are_many


@pytest.mark.parametrize("language", TEASERS)
def test_a_link_behind_each_entry_cuts_as_one_before_it_does(language: str) -> None:
    name, text, date, more = TEASERS[language]
    entry = f"<h4>{name}</h4><p>{date}</p><p>{text}</p><p><a href=/a>{more}</a></p>"
    found = pieces(entry * 10)
    assert (found.lines, found.dated) == (10, 10)
    assert found.are_short


def test_entries_without_a_day_are_not_dated_and_few_entries_are_no_list() -> None:
    assert pieces(teasers("en", 12, day=False)).dated == 0
    assert pieces(teasers("en", MIN_ENTRIES - 1)).dated == 0
    assert pieces(teasers("en", MIN_ENTRIES)).dated == MIN_ENTRIES


@pytest.mark.parametrize(
    "line", ["Read more", "Last words", "Aus dem Mai", "Du jour au lendemain", "Entre abril y mayo"]
)
def test_a_word_of_time_without_a_number_is_no_day(line: str) -> None:
    entry = f"<h4><a href=/a>{TEASERS['en'][0]}</a></h4><p>{TEASERS['en'][1]}</p><p>{line}</p>"
    assert pieces(entry * 10).dated == 0
    assert pieces(entry.replace(line, f"{line}, 7 min") * 10).dated == 10


@pytest.mark.parametrize("story", [FERRY, MILL])
@pytest.mark.parametrize("language", TEASERS)
def test_a_story_before_a_list_is_no_short_piece(story: tuple[str, ...], language: str) -> None:
    links = "".join(f"<li><a href=/a{n}>{TEASERS[language][0]} {n}</a></li>" for n in range(6))
    found = pieces(f"{paragraphs(*story)}<ul>{links}</ul>")
    assert found.lines == 6
    assert not found.are_short
    assert not found.are_many
    assert found.dated == 0


@pytest.mark.parametrize("href", ["#part", "javascript:open()", " ", "JavaScript:x"])
def test_a_link_that_leads_nowhere_cuts_nothing(href: str) -> None:
    line = f"<h3><a href='{href}'>{TEASERS['de'][0]}</a></h3><p>{TEASERS['de'][1]}</p>"
    assert pieces(line * 12) == Pieces()
    assert pieces("<h3><a>Evening course</a></h3><p>Ten.</p>" * 12) == Pieces()


def test_a_line_within_a_link_leads_where_the_link_leads() -> None:
    card = "<a href=/a><div><h3>Evening course</h3><p>Ten evenings at the old mill.</p></div></a>"
    assert pieces(card * 6).lines == 12


def test_one_line_is_cut_by_nothing() -> None:
    assert pieces("<p>Ten.</p>") == Pieces()


def test_a_page_of_links_without_addresses_takes_no_time_out_of_proportion() -> None:
    deep = "<div><a>Evening course</a>" * 200 + "<b><a>Ten evenings</a></b><br>" * 2_000
    assert pieces(deep) == Pieces()

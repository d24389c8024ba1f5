# ruff: noqa: E501 - a page stands on one line
"""A line that is one link to another story of the site is none of this one when a second fact says so, in any language."""

from dataclasses import replace

import pytest

from crawler.body.rules.leading import leading, menus
from crawler.body.rules.story import Cues
from tests.crawler.body.rules import dropped, of, story

PAGE = Cues(address="https://courier.example/news/ferry-sinks")
REST = f"<p>{of(600)}</p>"
LINES = {
    "label set bold": "<p><b>Funda futhi: <a href=/n/4711>Umgwaqo uvaliwe eDolobheni Elisha</a></b></p>",
    "address of the headline": "<p>Ñawinchay: <a href=/news/puka-chaka-musuq-llaqta>Puka Chaka: musuq llaqta</a></p>",
    "address of the headline, accents": "<p>Lue: <a href=/uutiset/silta-sulkee-ylamaen-tien>Silta sulkee Ylämäen tien</a></p>",
    "address of the headline, in its own letters": "<p>Читайте: <a href=/news/паром-снова-ходит-по-реке>Паром снова ходит по реке</a></p>",
    "address of the headline, percent-encoded": "<p>पढ़ें: <a href='/n/%E0%A4%AA%E0%A5%81%E0%A4%B2-%E0%A4%B8%E0%A4%BE%E0%A4%B2-%E0%A4%95%E0%A5%87-%E0%A4%85%E0%A4%82%E0%A4%A4-%E0%A4%A4%E0%A4%95-%E0%A4%AC%E0%A4%82%E0%A4%A6-%E0%A4%B0%E0%A4%B9%E0%A5%87%E0%A4%97%E0%A4%BE'>पुल साल के अंत तक बंद रहेगा</a></p>",
    "address of the headline, strokes": "<p>Læs: <a href=/nyt/broen-er-lukket-i-soby>Broen er lukket i Søby</a></p>",
    "a label without a colon": "<p>Dîsa › <a href=/ku/pira-sor-hat-girtin>Pira Sor hat girtin</a></p>",
}
LINK = "<a href=/n/1>Y bont ar gau eto heddiw</a>"
PLAIN = f"<p>Mwy: {LINK}</p>"


@pytest.mark.parametrize("name", LINES)
def test_a_line_that_leads_to_another_story_is_left_out_in_whatever_language(name: str) -> None:
    assert dropped(leading, REST + LINES[name], PAGE) == [1]


def test_the_same_link_in_a_list_that_is_none_of_the_story_is_a_second_fact() -> None:
    page = story(f"{REST}{PLAIN}<ul><li>{LINK}</li></ul>", PAGE)
    others = replace(page, verdict=replace(page.verdict, chosen=page.verdict.chosen[:-1]))
    assert [*leading(others)] == [1]
    assert dropped(leading, REST + PLAIN, PAGE) == []


@pytest.mark.parametrize(
    "line",
    [
        "<p>Source: <a href=/n/1>the report of the harbour board</a></p>",  # no second fact
        "<p><b>Source: <a href=https://board.example/the-harbour-report>The harbour report</a></b></p>",  # another site
        "<p><b>The board says in <a href=/news/the-harbour-report>the harbour report</a> that it waits.</b></p>",
        "<p>The board has said it all in its long paper: <a href=/news/the-harbour-report>The harbour report</a></p>",
        "<p>The last ones: <a href=/news/the-harbour-report>The harbour report</a></p><p>Or: <a href=/news/a-pier-is-built>A pier is built</a></p>",  # a list
        "<p><a href=/news/the-harbour-report>The harbour report</a></p>",  # no label
        "<p>Итоги: <a href=/2026/11/28/4711>Паром: 28 и 11 ноября 2026</a></p>",  # nothing but the day
        "<h2><a href=/news/the-harbour-report>The harbour report</a></h2>",
        "<ul><li><a href=/news/the-harbour-report>The harbour report</a></li></ul>",
        "<p><b>Up: <a href=#the-harbour-report-top>The harbour report</a></b></p>",
    ],
)
def test_a_line_that_one_fact_alone_speaks_against_stays(line: str) -> None:
    assert dropped(leading, REST + line, PAGE) == []


def test_a_doubt_of_the_judge_of_blocks_is_a_second_fact() -> None:
    for chance, found in ((0.6, []), (0.59, [1])):
        assert dropped(leading, REST + PLAIN, PAGE, chance=chance) == found


def test_a_story_that_is_made_of_such_lines_presents_other_pages() -> None:
    line = "<p>Up: <a href=/news/the-harbour-report>The harbour report</a></p>"
    for rest, is_left in ((52, True), (51, False)):
        assert (dropped(leading, f"<p>{of(rest)}</p>{line}", PAGE) == [1]) is is_left


@pytest.mark.parametrize(
    ("label", "found"),
    [
        *(("Přečtěte si také:", True), ("और पढ़ें:", True), ("Bekijk ook", True), ("Drei Pläne:", False)),
        *(("Watch out for the tide", False), ("Polecamy ciepłe buty", False), ("Mehr dazu sagt er hier:", False)),
    ],
)
def test_a_line_that_says_that_stories_follow_takes_the_links_below_it_along(label: str, *, found: bool) -> None:
    links = "<ul><li><a href=/n/1>Most je opět zavřený</a></li></ul>"
    assert dropped(leading, f"{REST}<p>{label}</p>{links}{REST}", PAGE) == ([1, 2] if found else [])
    assert dropped(leading, f"{REST}<p>{label}</p><p>{of(100)}</p>", PAGE) == []


def test_a_label_within_the_link_needs_two_facts_unless_its_words_are_known() -> None:
    for line, found in (
        ("Zie ook: de brug is weer dicht", [1]),
        ("Haven: de brug is weer dicht", []),
        ("Zie ook de haven: de brug is weer dicht", []),
    ):
        assert dropped(leading, f"{REST}<p><a href=/n/1><b>{line}</b></a></p>{REST}", PAGE) == found
    named = "<p><a href=/n/de-brug-is-weer-dicht><b>Haven: de brug is weer dicht</b></a></p>"
    assert dropped(leading, REST + named + REST, PAGE) == [1]


MENU = "".join(f"<a href=/rubric/{n}>Rubric {n}</a><br>" for n in range(4))


@pytest.mark.parametrize("menu", [MENU, MENU.replace("=/rubric", "=https://courier.example/rubric")])
def test_a_block_of_links_to_the_site_alone_is_a_menu_before_the_story_and_behind_it(menu: str) -> None:
    page = f"<table><tr><td>{menu}</td><td>{of(600)}</td><td>{menu}</td></tr></table>"
    assert dropped(menus, page, PAGE) == [0, 2]


@pytest.mark.parametrize(
    "block",
    [
        "".join(f"<a href=https://isle.example/{n}>Isle {n}</a><br>" for n in range(4)),
        f"The ferry sails to three ports in all: {MENU}",
        "<a href=/rubric/1>Rubric 1</a><br><a href=/rubric/2>Rubric 2</a>",
    ],
    ids=["other-site", "prose", "two"],
)
def test_other_blocks_with_links_are_no_menu(block: str) -> None:
    assert dropped(menus, f"<div>{block}</div><p>{of(600)}</p>", PAGE) == []


def test_links_that_a_story_has_in_its_middle_and_those_it_is_made_of_are_no_menu() -> None:
    assert dropped(menus, f"<p>{of(300)}</p><div>{MENU}</div><p>{of(300)}</p>", PAGE) == []
    assert dropped(menus, f"<div>{MENU}</div><p>{of(20)}</p>", PAGE) == []

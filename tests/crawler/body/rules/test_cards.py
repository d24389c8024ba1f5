"""Cards behind a story lead to other pages: a row of siblings, each with a linked headline and a teaser."""

from crawler.body.rules.cards import cards
from crawler.body.rules.story import Cues
from tests.crawler.body.rules import dropped, of

PAGE = Cues(address="https://courier.example/news/ferry-sinks")
REST = f"<p>{of(400)}</p>"
CARDS = [1, 2, 3, 4, 5, 6]  # the blocks of a row of three behind it


def row(count: int, *, href: str = "/news/{}", teaser: int = 90, around: bool = False) -> str:
    shown = "<h4>The harbour report, number {}</h4>"
    head = f"<a href={href}>{shown}</a>" if around else shown.replace("<h4>", f"<h4><a href={href}>")
    card = f"<div class=card>{head}<p>{of(teaser)}</p></div>"
    return "<section>" + "".join(card.replace("{}", str(n)) for n in range(count)) + "</section>"


def test_a_row_of_cards_behind_a_story_is_none_of_it() -> None:
    for around in (False, True):
        assert dropped(cards, REST + row(3, around=around), PAGE, chance=0.7) == CARDS
        assert dropped(cards, REST + row(2, around=around), PAGE, chance=0.7) == []


def test_cards_of_a_row_are_named_alike_but_for_their_numbers() -> None:
    for names, found in (("post-7 post-31 post-842", CARDS), ("lead aside more", [])):
        markup = row(3)
        for name in names.split():
            markup = markup.replace("class=card", f"class={name}", 1)
        assert dropped(cards, REST + markup, PAGE, chance=0.7) == found


def test_cards_lead_each_to_another_page_of_the_site() -> None:
    assert dropped(cards, REST + row(3, href="https://board.example/news/{}"), PAGE, chance=0.7) == []
    assert dropped(cards, REST + row(3, href="/news/one"), PAGE, chance=0.7) == []


def test_a_second_fact_must_agree() -> None:
    for href, found in (("/x/y/{}", []), ("/x/y/the-harbour-report-number-{}", CARDS)):
        assert dropped(cards, REST + row(3, href=href), PAGE, chance=0.7) == found


def test_cards_that_the_judge_is_sure_of_or_that_tell_nothing_stay() -> None:
    assert dropped(cards, REST + row(3), PAGE, chance=0.81) == []
    for teaser, found in ((50, CARDS), (49, [])):
        assert dropped(cards, REST + row(3, teaser=teaser), PAGE, chance=0.7) == found


def test_chapters_with_linked_headings_within_a_story_are_its_own() -> None:
    assert dropped(cards, row(3) + f"<p>{of(300)}</p>", PAGE, chance=0.7) == []
    assert dropped(cards, REST + row(3, teaser=500), PAGE, chance=0.7) == []


def test_a_story_that_is_mostly_cards_is_a_round_up() -> None:
    assert dropped(cards, f"<p>{of(40)}</p>" + row(4), PAGE, chance=0.7) == []


def flat(count: int) -> str:
    return "".join(f"<p><a href=/x/{n}><b>The harbour report {n}</b></a></p><p>{of(90)}</p>" for n in range(count))


def test_cards_without_boxes_are_a_row_as_well() -> None:
    same = Cues(address="https://courier.example/x/ferry-sinks")
    assert dropped(cards, f"<div>{REST}</div><div>{flat(3)}</div>", same, chance=0.7) == CARDS
    assert dropped(cards, f"<div>{REST}</div><div>{flat(2)}</div>", same, chance=0.7) == []


def test_a_line_that_announces_a_row_outweighs_the_judge() -> None:
    same = Cues(address="https://courier.example/x/ferry-sinks")
    for line, found in (("Podobne artykuły", [2, 3, 4, 5, 6, 7]), ("Porty na zimę", [])):
        assert dropped(cards, f"{REST}<h3>{line}</h3><div>{flat(3)}</div>", same, chance=0.9) == found

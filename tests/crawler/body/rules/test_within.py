"""Polls, single cards and rows of links within a story are none of it, each with a second fact."""

from crawler.body.rules import within
from crawler.body.rules.story import Cues
from tests.crawler.body.rules import dropped, of

PAGE = Cues(address="https://courier.example/news/ferry-sinks")
REST = f"<p>{of(900)}</p>"


def test_a_form_with_answers_to_choose_from_is_a_poll() -> None:
    def poll(kind: str, count: int) -> str:
        return "<form><p>Fahren Sie mit?</p>" + f"<label><input type={kind}><p>Ja</p></label>" * count + "</form>"

    for kind, count, found in (("radio", 2, [1, 2, 3]), ("checkbox", 2, [1, 2, 3]), ("radio", 1, []), ("text", 2, [])):
        assert dropped(within.polls, REST + poll(kind, count) + REST) == found
    assert dropped(within.polls, f"<form><p>{of(300)}</p><input type=radio><input type=radio></form>{REST}") == []


def card(href: str, *, tag: str = "div", picture: str = "<img src=/p.jpg>") -> str:
    return f"<{tag}>{picture}<h4><a href={href}>Η γέφυρα στο λιμάνι</a></h4><p>{of(90)}</p></{tag}>"


def test_a_card_leads_to_another_story_by_a_second_fact() -> None:
    named = "/n/η-γέφυρα-στο-λιμάνι"
    for markup in (card(named), card(named, tag="aside", picture="")):
        assert dropped(within.single_cards, REST + markup + REST, PAGE, chance=0.9) == [1, 2]
    for markup in (card("/n/1"), card(named, picture=""), card("https://board.example/x"), card(named) * 3):
        assert dropped(within.single_cards, REST + markup + REST, PAGE, chance=0.9) == []
    assert dropped(within.single_cards, REST + card("/n/1") + REST, PAGE, chance=0.5) == [1, 2]


def test_a_row_of_links_leads_to_other_stories_by_a_second_fact() -> None:
    names = ("puente-nuevo-en-lobos", "mercado-viejo-de-lobos", "barco-azul-en-lobos")
    links = [f"<a href=/n/{name}>{name.replace('-', ' ').title()}</a>" for name in names]
    plain = [f"<a href=/n/{n}>{name.replace('-', ' ').title()}</a>" for n, name in enumerate(names)]
    for row, found in ((links, [1]), (plain, []), (links[:2], [])):
        assert dropped(within.rows, f"{REST}<p><i>Serie</i>: {' · '.join(row)}</p>{REST}", PAGE) == found
    items = "".join(f"<li>{link}</li>" for link in links)
    assert dropped(within.rows, f"{REST}<ol>{items}</ol>{REST}<p>{' '.join(links)}.</p>", PAGE) == []
    assert dropped(within.rows, f"{REST}<div>{links[0]} {links[1]}</div>", PAGE) == [1]


def test_each_line_of_an_element_goes_by_its_own_links() -> None:
    words = ("Puente nuevo en Lobos", "Mercado viejo de Lobos", "Barco azul en Lobos")
    named = " · ".join(f"<a href=/n/{each.replace(' ', '-').lower()}>{each} »</a>" for each in words)
    plain = " · ".join(f"<a href=/p/{n}>{each}</a>" for n, each in enumerate(words))
    lines = f"<div>{of(900)}<br><br>{named}<br><br>{plain}<br><br>{of(900)}</div>"
    assert dropped(within.rows, lines, PAGE) == [1]

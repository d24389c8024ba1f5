"""A note of the house is none of the story when its words say so and it is set unlike the paragraphs."""

import pytest

from crawler.body.rules.notes import notes
from tests.crawler.body.rules import dropped, of

REST = f"<p>{of(600)}</p>"
NOTES = {
    "support, en": "Independent papers live on what readers give. Become a member from two crowns a month.",
    "support, nl": "Steun ons met een kleine bijdrage, dan blijven de kranten van de eilanden bestaan.",
    "support, uk": "Підтримайте газету островів: без читачів її не буде.",
    "support, zh": "如果您愿意，请捐助岛上的报纸。",
    "commission, en": "Some links here pay us a commission; the price stays the same.",
    "commission, it": "Se compri da questi link possiamo ricevere una commissione.",
    "commission, uk": "За покупки через посилання ми можемо отримати комісію.",
    "machine, fr": "Résumé rédigé automatiquement, puis vérifié.",
    "machine, pt": "Este resumo foi feito com inteligência artificial (IA) e revisto.",
    "rights, nl": "Alle rechten voorbehouden.",
    "app, pt": "Baixe o nosso aplicativo e leia no barco.",
    "meter, pt": "Você ainda tem 1 artigo grátis, resta pouco do mês.",
}


@pytest.mark.parametrize("name", NOTES)
def test_a_note_is_known_by_its_words_and_by_how_it_is_set(name: str) -> None:
    note = NOTES[name]
    for markup in (f"<p><em>{note}</em></p>", f"<div><div>{note}</div></div>", f"<p>{note} <a href=/join>Go</a></p>"):
        assert dropped(notes, REST + markup) == [1]
    assert dropped(notes, f"{REST}<p>{note}</p>{REST}") == []
    for apart in (f"<ul><li><em>{note}</em></li></ul>", f"<blockquote><p>{note}</p></blockquote>"):  # others' words
        assert dropped(notes, REST + apart + REST) == []


def test_a_link_behind_a_note_or_with_its_words_sets_it_apart_and_one_that_ends_a_sentence_does_not() -> None:
    for line, found in (
        ("Papers live on gifts: <a href=/x>support us</a>.", [1]),
        ("Whoever reads us may <a href=/x>become a member</a>.", [1]),
        ("Support us → <a href=/x>here</a>", [1]),
        ("The island wants to stay independent, <a href=/x>its mayor said</a>.", []),
        ("An affiliate of the port had links to the yard, <a href=/x>the police say</a>.", []),
        ("Sua contribuição ao porto foi premiada, <a href=/x>diz a cidade</a>.", []),
    ):
        assert dropped(notes, f"{REST}<p>{line}</p>{REST}") == found


def test_a_note_takes_its_button_along() -> None:
    note = f"<p><b>{NOTES['support, en']}</b></p><p><a href=/x>Join now</a></p>"
    assert dropped(notes, REST + note + f"<p>{of(100)}</p>") == [1, 2]
    plain = "<div><p>Papers live on gifts.</p><a href=/x>Support us</a></div>"
    assert dropped(notes, REST + plain) == [1, 2]
    assert dropped(notes, f"{REST}<p>{of(300)}</p><p><b><a href=/x>Support us</a></b></p>") == [2]


def test_notes_that_are_much_of_a_story_are_what_it_is_about() -> None:
    note = f"<p><em>{NOTES['support, en']}</em></p>"
    assert dropped(notes, f"<p>{of(300)}</p>{note}") == [1]
    assert dropped(notes, f"<p>{of(100)}</p>{note}") == []

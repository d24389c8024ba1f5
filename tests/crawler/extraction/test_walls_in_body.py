"""A wall may stand in the body of a page that prints its own headline and day: a button in its box tells it."""

import pytest

from crawler.values import PageKind
from tests.crawler.stories import page, read

DATED = '<meta property="article:published_time" content="2026-03-03T09:00:00+01:00">'


@pytest.mark.parametrize(
    "line",
    [
        "Verifique a sua idade: tem de ser maior de 18 anos para ver esta página.",
        "Schakel je adblocker uit om verder te gaan naar deze site met nieuws.",
        "Вимкніть блокувальник реклами, щоб перейти на сайт газети островів.",
    ],
)
def test_a_wall_in_the_body_of_a_dated_page_is_known_by_its_button(line: str) -> None:
    menu = "".join(f"<a href=/{n}>Island number {n}</a> " for n in range(12))
    shell = f"<nav>{menu}</nav><article><h1>Second ferry sails</h1><div>{{}}</div></article>"
    for button, kind in (("<button>OK</button>", PageKind.CHALLENGE), ("", PageKind.ARTICLE)):
        body = shell.format(f"<p>{line}</p>{button}")
        assert read(page(body, title="Second ferry sails", head=DATED)).kind is kind


def test_a_hidden_field_beside_the_words_answers_nothing() -> None:
    menu = "".join(f"<a href=/{n}>Island number {n}</a> " for n in range(12))
    wall = "<div><p>Schakel je adblocker uit om verder te gaan naar deze site met nieuws.</p><input type={}></div>"
    for field, kind in (("hidden", PageKind.ARTICLE), ("checkbox", PageKind.CHALLENGE)):
        body = f"<nav>{menu}<button>OK</button></nav><article><h1>Second ferry sails</h1>{wall.format(field)}</article>"
        assert read(page(body, title="Second ferry sails", head=DATED)).kind is kind

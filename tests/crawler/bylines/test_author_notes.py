"""A line behind a story that tells who its author is names the author, where no byline is printed."""

import pytest

from crawler.bylines.author_notes import life_of_author
from crawler.markup.blocks import segment
from crawler.markup.tree import parse_text

STORY = "<h1>A wall</h1><p>The wall of the harbour is old.</p><p>It was built when Hale was mayor.</p>"
LINES = {
    "en": "{} is a retired magistrate and lives in Elmhurst.",
    "en, commas": "{}, a nurse for thirty years, writes every month.",
    "de": "{} lehrt Geschichte und lebt auf der Insel.",
    "fr": "{} est historienne et vit au port.",
    "es": "{} escribe cada mes sobre el puerto.",
    "nl": "{} doceert recht op het eiland.",
    "pl": "{} wykłada prawo na wyspie.",
}


def author(line: str, box: str = "<p><em>{}</em></p>") -> str | None:
    tree = parse_text(f"<body>{STORY}{box.format(line)}</body>")
    assert tree is not None
    blocks = segment(tree)
    found = life_of_author(blocks, (1, 2))
    return found[0] if found else None


@pytest.mark.parametrize("language", LINES)
def test_a_line_in_italics_or_in_a_box_for_it_names_the_author_of_a_story(language: str) -> None:
    for name in ("Maria Costa", "Ana Maria Costa", "Maria de la Cruz"):
        line = LINES[language].format(name)
        assert author(line) == name
        assert author(line, "<div class='author-box'><h4>About</h4><p>{}</p></div>") == name
        assert author(line, "<p>{}</p>") is None


@pytest.mark.parametrize(
    "line",
    [
        "Maria Hale is a retired magistrate and lives in Elmhurst.",  # of whom the story tells
        "Harbour Walls is a new book about the island.",
        "Maria Costa told the council that it is old.",
        "Maria Costa",
    ],
)
def test_a_line_in_italics_that_is_no_life_names_nobody(line: str) -> None:
    assert author(line) is None


@pytest.mark.parametrize(
    "line",
    [
        "{} covers the harbour and lives in Elmhurst.",
        "{} lehrt Recht und lebt in Elmhurst.",
        "{} est juge et vit à Lyon.",
    ],
)
def test_where_somebody_lives_besides_what_they_do_names_the_author_in_an_element_without_the_story(line: str) -> None:
    for name in ("Tivoda Sarnel", "Orsolya van der Wessely"):
        life = line.format(name)
        assert author(life, "<div><p>{}</p></div>") == name
        assert author(life, "<p>{}</p>") is None
        assert author(f"{name} covers the harbour of Elmhurst.", "<div><p>{}</p></div>") is None
        assert author(life, f"<p>So says {name}.</p><div><p>{{}}</p></div>") == name  # behind the story
    assert author("The Sarnel covers the harbour and lives in Elmhurst.", "<div><p>{}</p></div>") is None
    crowd = "<div><p>{}</p><p>One</p><p>Two</p><p>Three</p></div>"
    assert author(line.format("Tivoda Sarnel"), crowd) is None

"""The date at a byline's end is cut from it, and nothing else is."""

from datetime import UTC, datetime

import pytest

from crawler.bylines.dates import undated
from crawler.extraction.extract import extract
from crawler.values import Page


@pytest.mark.parametrize(
    ("printed", "left"),
    [
        ("By Maria Okafor 28 July 2026", "By Maria Okafor"),
        ("By Maria Okafor July 28, 2026", "By Maria Okafor"),
        ("By Maria Okafor | Updated 28 July 2026, 14:05 CEST", "By Maria Okafor"),
        ("By Maria Okafor Published: 27 July 2026 Updated on 28 July 2026 at 2:05 pm", "By Maria Okafor"),
        ("By Maria Okafor, Tuesday, 28 July 2026", "By Maria Okafor"),
        ("By Maria Okafor Tuesday 28 July 2026", "By Maria Okafor"),
        ("Joan Friday 28 July 2026", "Joan Friday"),
        ("By Joan Friday 28 July 2026", "By Joan Friday"),
        ("By Joan Friday, 28 July 2026", "By Joan Friday"),
        ("By A. Friday 28 July 2026", "By A. Friday"),
        ("By Joan Hill Friday, 28 July 2026", "By Joan Hill"),
        ("By Joan Friday | Friday, 28 July 2026", "By Joan Friday"),
        ("By Reuters Sunday, 28 June 2026", "By Reuters"),
        ("Redaktion Sonntag, 28. Juni 2026", "Redaktion"),
        ("dpa, Sonntag, 28. Juni 2026", "dpa"),
        ("Von Eva Sonntag 28. Juni 2026", "Von Eva Sonntag"),
        ("Text: Eva Sonntag, 28. Juni 2026", "Text: Eva Sonntag"),
        ("Von Julia März 28. Juni 2026", "Von Julia März"),
        ("Por Plácido Domingo, 28 de junio de 2026", "Por Plácido Domingo"),
        ("Par Jean Samedi 28 juin 2026", "Par Jean Samedi"),
        ("By Wei Sun, 28 Jun 2026", "By Wei Sun"),
        ("By Maria Okafor 14:05, 28 July 2026", "By Maria Okafor"),
        ("By Maria Okafor (2026-07-28)", "By Maria Okafor"),
        ("Von Jörg Kühn am 28. Juli 2026 um 14:05 Uhr", "Von Jörg Kühn"),
        ("Por Ana Ruiz 28 de julio de 2026", "Por Ana Ruiz"),
        ("Par Élodie Garçon le 1er août 2026 à 14h05", "Par Élodie Garçon"),
        ("文/欧阳明月 2026年7月28日 14:05", "文/欧阳明月"),
        ("By Mai Van Le 28 July 2026", "By Mai Van Le"),
        ("By Anna May 3 May 2026", "By Anna May"),
        ("By Ana Pérez Friday 3 May", "By Ana Pérez"),
        ("Von Peter Freitag, Sonntag, 3. Mai", "Von Peter Freitag"),
        ("Por Ana Domingo, domingo 3 de mayo", "Por Ana Domingo"),
        ("Od Ana Petak Hill, petak, 3. svibnja 2026.", "Od Ana Petak Hill"),
        ("By Ana Pérez August 3", "By Ana Pérez"),
    ],
)
def test_a_whole_date_at_the_end_is_cut(printed: str, left: str) -> None:
    assert undated(printed) == left


@pytest.mark.parametrize(
    "printed",
    [
        "By Maria Okafor",
        "By Rohan Adhikari-",
        "By April May 2026",
        "By Jane August 3",
        "By Ana Ruiz, class of 2026",
        "By Ana Ruiz 28 July 2026 in Geneva",
        "28 July 2026",
        "28 July 2026 By Ana Ruiz",
        "By Agent 47",
        "By Ana Ruiz | 5 min read",
        "",
    ],
)
def test_what_is_no_whole_date_at_the_end_stays(printed: str) -> None:
    assert undated(printed) == printed


@pytest.mark.parametrize(
    "printed",
    [
        "<p class='byline'>By Maria Okafor <span>28 July 2026</span></p>",
        "<p class='meta'>By Maria Okafor <time datetime='2026-07-28'>28 July 2026</time></p>",
    ],
)
def test_an_article_keeps_its_byline_without_the_date_and_its_authors(printed: str) -> None:
    story = "".join(f"<p>Paragraph {n} tells at length how the council voted on the walls.</p>" for n in range(8))
    page = (
        "<html lang='en'><head><title>Walls</title></head><body><article><h1>Walls</h1>"
        f"{printed}{story}</article></body></html>"
    )
    address = "https://gazette.example/walls"
    fetched = datetime(2026, 11, 23, tzinfo=UTC)
    article = extract(Page(url=address, address=address, source="x", content=page.encode(), fetched=fetched)).article
    assert article.byline == "By Maria Okafor"
    assert [author.name for author in article.authors] == ["Maria Okafor"]
    assert article.published is not None
    assert article.published.day.isoformat() == "2026-07-28"
    assert article.body.startswith("Paragraph 0")

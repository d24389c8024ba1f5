# ruff: noqa: E501 - a page stands on one line
"""Lists whose text linked lines cut into pieces are no stories, whatever their data says; round-ups with prose are."""

import pytest

from crawler.extraction.collection import LIMITS, SURE, agreed, decisive
from crawler.extraction.page_pieces import Pieces
from crawler.extraction.page_structure import Structure
from crawler.markup.metadata import Metadata
from crawler.values import Extraction, PageKind
from tests.crawler.stories import FERRY, MILL, page, paragraphs, read

NEWS = {
    "en": (
        "News of the mill",
        "The mill opens for classes",
        "Read more",
        "3 March 2026",
        "School classes may visit without charge until May, the owners said, and on the first Sunday of each month the stones will turn for an hour. A miller of eighty years, who learnt it here, will show how flour was ground, and what the river has to do with it.",
    ),
    "de": (
        "Nachrichten der Mühle",
        "Die Mühle öffnet für Klassen",
        "Weiterlesen",
        "3. März 2026",
        "Schulklassen zahlen bis Mai keinen Eintritt, sagten die Besitzer, und am ersten Sonntag jedes Monats drehen sich die Steine eine Stunde lang. Ein Müller von achtzig Jahren, der es hier gelernt hat, zeigt, wie gemahlen wurde, und was der Fluss damit zu tun hat.",
    ),
    "es": (
        "Noticias del molino",
        "El molino abre para las escuelas",
        "Leer más",
        "3 de marzo de 2026",
        "Las escuelas entran gratis hasta mayo, dijeron los dueños, y el primer domingo de cada mes las piedras girarán durante una hora. Un molinero de ochenta años, que lo aprendió aquí, mostrará cómo se molía la harina y qué tiene que ver el río con todo ello.",
    ),
}
STORY_DATA = '<script type="application/ld+json">{"@type": "Article", "headline": "x", "datePublished": "2026-03-03T09:00:00Z"}</script>'
NUMBERS = dict.fromkeys(["price_lines", "dated", "authors", "day_in_path"], 0.0)


def news(language: str, *, head: str = "", url: str = "https://mill.example/news/") -> Extraction:
    """Read a list without an element for each entry."""
    title, name, more, day, text = NEWS[language]
    entries = "".join(
        f'<h3>{name} {n}</h3><p>{day}</p><p>{text}</p><p><a href="/news/{n}-mill">{more}</a></p>' for n in range(14)
    )
    return read(page(f"<div><h1>{title}</h1>{entries}</div>", title=title, head=head), url=url)


def index(language: str, *, head: str = "") -> Extraction:
    """Read a list of lines that lead to stories, with a short text each."""
    title, name, _, day, text = NEWS[language]
    lines = "".join(
        f'<p class="title"><a href="/news/{n}-mill">{name} {n}</a></p><p class="date">{day}</p><p>{text[:70]}.</p>'
        for n in range(30)
    )
    markup = page(f'<div class="news list archive"><h1>{title}</h1>{lines}</div>', title=title, head=head)
    return read(markup, url="https://mill.example/list/mill")


@pytest.mark.parametrize("language", NEWS)
def test_many_pieces_and_links_below_its_own_address_make_a_list_in_any_language(language: str) -> None:
    found = news(language)
    assert found.kind is PageKind.LISTING
    assert "14 links to pages below its own address" in found.reason
    assert "linked lines leave pieces of up to" in found.reason


@pytest.mark.parametrize("language", NEWS)
def test_pieces_and_days_alone_refuse_no_page_that_the_judge_believes(language: str) -> None:
    assert news(language, url="https://mill.example/blog/the-mill").kind is PageKind.ARTICLE


@pytest.mark.parametrize("language", NEWS)
def test_data_that_calls_a_list_a_story_is_outvoted_by_the_judge_and_what_cuts_its_text(language: str) -> None:
    found = index(language, head=STORY_DATA)
    assert found.kind is PageKind.LISTING
    assert "linked lines leave pieces of up to" in found.reason


@pytest.mark.parametrize("language", NEWS)
def test_data_that_states_a_story_stands_where_the_judge_believes_it(language: str) -> None:
    assert news(language, head=STORY_DATA).kind is PageKind.ARTICLE


@pytest.mark.parametrize("story", [FERRY, MILL])
@pytest.mark.parametrize("language", NEWS)
def test_a_signed_story_before_a_list_of_others_is_an_article(language: str, story: tuple[str, ...]) -> None:
    _, name, more, day, _ = NEWS[language]
    others = "".join(f'<p><a href="/{n}">{name} {n}</a></p><p>{day}</p>' for n in range(9))
    said = f"<article><h1>{name}</h1><p class=byline>By Mara Lind</p>{paragraphs(*story)}</article>"
    assert read(page(f"{said}<h2>{more}</h2>{others}", title=name)).kind is PageKind.ARTICLE


@pytest.mark.parametrize(
    ("pieces", "numbers", "facts"),
    [
        (Pieces(5, 649, 0.49), {}, {"pieces"}),
        (Pieces(4, 100, 0.1), {}, set()),
        (Pieces(5, 650, 0.3), {}, set()),
        (Pieces(5, 300, 0.5), {}, set()),  # a short story before a list
        (Pieces(8, 900, 0.19), {}, {"cut"}),
        (Pieces(7, 900, 0.19), {}, set()),
        (Pieces(8, 900, 0.2), {}, set()),
        (Pieces(6, 900, 0.9, dated=6), {}, {"days"}),
        (Pieces(6, 900, 0.9, dated=6), {"dated": 1.0}, {"dated"}),
        (Pieces(6, 900, 0.9, dated=6), {"day_in_path": 1.0}, {"dated"}),
    ],
)
def test_pieces_agree_with_the_judge_from_their_limits_on(pieces: Pieces, numbers: dict[str, float], facts: set[str]):
    found = agreed(Metadata(), "https://x.example/a", NUMBERS | numbers, structure=Structure(), pieces=pieces)
    assert set(found) == facts


@pytest.mark.parametrize(
    ("facts", "fact"),
    [
        ({"cut"}, None),
        ({"dated"}, None),
        ({"cut", "dated"}, None),  # both say how the text is made
        ({"pieces", "cut"}, "one"),
        ({"pieces", "dated"}, "two"),
        ({"cut", "below"}, "strong"),
        ({"cut", "named"}, "strong"),
        ({"dated", "script"}, "strong"),
        ({"days"}, "strong"),
        ({"pieces", "stated"}, "two"),
    ],
)
def test_facts_decide_by_what_they_are_about(facts: set[str], fact: str | None) -> None:
    assert decisive(facts) == fact


@pytest.mark.parametrize("path", ["shop", "questions"])
@pytest.mark.parametrize("language", NEWS)
def test_a_signed_round_up_in_a_part_of_the_site_that_is_named_as_a_list_is_an_article(language: str, path: str):
    title, name, _, day, text = NEWS[language]
    parts = "".join(
        f'<h2><a href="https://else.example/{n}">{n}. {name}</a></h2><p>{text} {text[:120]}</p>' for n in range(12)
    )
    signed = f"<p class=byline>By Mara Lind</p><time datetime=2026-03-03T09:00:00Z>{day}</time>"
    said = f"<main><article><h1>{title}</h1>{signed}<p>{text} {text}</p>{parts}</article></main>"
    markup = page(said, title=title, head='<meta property="og:type" content="article">')
    assert read(markup, url=f"https://mill.example/{path}/mill").kind is PageKind.ARTICLE
    assert decisive({"cut", "named"}, is_signed=True) == "two"
    assert decisive({"dated", "script"}, is_signed=True) == "two"


@pytest.mark.parametrize(
    ("facts", "fact"),
    [({"pieces", "stated", "named", "below"}, None), ({"cut"}, "denied"), ({"dated"}, "denied"), (set(), None)],
)
def test_only_many_pieces_or_dated_entries_deny_that_a_page_is_the_story_its_data_states(facts, fact) -> None:
    assert decisive(facts, is_story=True) == fact


def test_no_fact_needs_a_surer_judge_than_none_does() -> None:
    assert max(LIMITS.values()) < SURE

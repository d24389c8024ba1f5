# ruff: noqa: E501 - a page stands on one line
"""Lists, threads and offers that read as prose are found by what their address, their data and their make say."""

import pytest

from crawler.discovery.path_words import index_word
from crawler.extraction.collection import agreed, decisive
from crawler.extraction.page_pieces import Pieces
from crawler.extraction.page_structure import Group, Structure
from crawler.markup.jsonld import Story
from crawler.markup.metadata import Metadata
from crawler.values import Extraction, PageKind
from tests.crawler.stories import FERRY, page, paragraphs, read

NUMBERS = dict.fromkeys(["price_lines", "dated", "authors", "day_in_path"], 0.0)
LISTS = {
    "en": (
        "our-latest-news",
        "We in the papers",
        "The mill opens for classes",
        "School classes may visit without charge until May, the owners said, and on the first Sunday of each month the stones will turn for an hour.",
        "Continue",
    ),
    "de": (
        "aktuelles",
        "Wir in der Presse",
        "Die Mühle öffnet für Klassen",
        "Schulklassen zahlen bis Mai keinen Eintritt, sagten die Besitzer, und am ersten Sonntag jedes Monats drehen sich die Steine eine Stunde lang.",
        "Weiter",
    ),
    "es": (
        "noticias",
        "En la prensa",
        "El molino abre para las escuelas",
        "Las escuelas entran gratis hasta mayo, dijeron los dueños, y el primer domingo de cada mes las piedras girarán durante una hora.",
        "Seguir leyendo",
    ),
    "uk": (
        "новини",
        "Ми в пресі",
        "Млин відкриється для класів",
        "Школярі до травня не платитимуть за вхід, сказали власники, а першої неділі кожного місяця жорна крутитимуться цілу годину.",
        "Читати далі",
    ),
}
THREADS = {
    "en": (
        "discussions",
        "3 March 2026",
        "Who has sailed with a bicycle?",
        "I took mine last week, and nobody asked for a ticket.",
    ),
    "fr": (
        "forum",
        "3 mars 2026",
        "Qui a pris le bac avec un vélo ?",
        "Je l'ai fait la semaine dernière, sans payer de billet.",
    ),
    "de": (
        "foren",
        "3. März 2026",
        "Wer ist schon mit dem Rad gefahren?",
        "Ich letzte Woche, und niemand wollte einen Fahrschein sehen.",
    ),
}
OFFERS = {
    "en": ("Evenings at the mill", "Basket weaving with willow of the island, ten evenings with a master of the craft"),
    "de": ("Abende in der Mühle", "Korbflechten mit Weiden von der Insel, zehn Abende bei einer Meisterin des Fachs"),
    "it": ("Serate al mulino", "Cesteria con i salici dell'isola, dieci serate con una maestra di quest'arte antica"),
}


def index(language: str, *, path: str, signed: str = "") -> Extraction:
    """Read a list of stories that stand elsewhere: a headline without a link, a text, and a link."""
    _, title, name, text, more = LISTS[language]
    entries = "".join(
        f'<h4>{name} {n}</h4><p>{text}</p><p><a href="https://paper{n}.example/mill">{more}</a></p>' for n in range(12)
    )
    markup = page(f"<main><h1>{title}</h1>{signed}{entries}</main>", title=title)
    return read(markup, url=f"https://mill.example/about/{path}")


def thread(language: str, *, path: str, head: str = "") -> Extraction:
    _, day, title, said = THREADS[language]
    posts = "".join(
        f'<div class="entry e{n}"><div class="by">Inga{n}, {day}, 09:{n + 10}</div><p>{said} {FERRY[n % 7]}</p></div>'
        for n in range(9)
    )
    return read(
        page(f"<main><h1>{title}</h1>{posts}</main>", title=title, head=head), url=f"https://isle.example/{path}/17"
    )


def offers(language: str, *, over: str = "") -> Extraction:
    """Read a text that introduces a list, every entry of which is one link."""
    title, line = OFFERS[language]
    cards = "".join(
        f'<li class="teaser c{n}"><a class=teaser-title href="/k{n}">{line} {n}</a><div class=teaser-text><a href="/k{n}">{line.lower()}, {line.lower()}</a></div></li>'
        for n in range(24)
    )
    return read(
        page(
            f"<main><article class=intro><h1>{title}</h1>{over}{paragraphs(*FERRY[:4])}</article><ul class='teasers results list'>{cards}</ul></main>",
            title=title,
        ),
        url="https://mill.example/evenings",
    )


@pytest.mark.parametrize("language", LISTS)
def test_a_list_that_its_address_names_is_no_article_whatever_the_judge_says(language: str) -> None:
    found = index(language, path=LISTS[language][0])
    assert found.kind is PageKind.LISTING
    assert f'its address ends in "{LISTS[language][0].rpartition("-")[2]}"' in found.reason
    assert index(language, path="mill").kind is PageKind.ARTICLE


@pytest.mark.parametrize("language", LISTS)
def test_a_signed_round_up_at_the_address_of_a_list_is_an_article(language: str) -> None:
    signed = "<p class=byline>By Mara Lind</p>"
    assert index(language, path=LISTS[language][0], signed=signed).kind is PageKind.ARTICLE


@pytest.mark.parametrize("language", LISTS)
def test_the_address_of_a_list_alone_refuses_no_story(language: str) -> None:
    markup = page(f"<main><h1>Second ferry</h1>{paragraphs(*FERRY)}</main>", title="Second ferry")
    assert read(markup, url=f"https://courier.example/{LISTS[language][0]}").kind is PageKind.ARTICLE


@pytest.mark.parametrize(
    ("path", "word"),
    [
        ("/news", "news"),
        ("/about/in-the-news/", "news"),
        ("/all_latest_news.html", "news"),
        ("/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8", "новости"),
        ("/de/Pressemitteilungen", "pressemitteilungen"),
        ("/news/second-ferry", None),
        ("/the-ferry-in-the-news", None),
        ("/news-2026", None),
        ("/", None),
        ("", None),
    ],
)
def test_the_end_of_an_address_says_that_a_page_lists_what_is_published(path: str, word: str | None) -> None:
    assert index_word(f"https://mill.example{path}") == word


@pytest.mark.parametrize("language", THREADS)
def test_dated_posts_at_the_address_of_a_forum_are_a_thread_whatever_the_judge_says(language: str) -> None:
    found = thread(language, path=THREADS[language][0])
    assert found.kind is PageKind.LISTING
    assert "made of 9 posts with a day each" in found.reason
    assert thread(language, path="isle").kind is PageKind.ARTICLE


@pytest.mark.parametrize("language", THREADS)
def test_dated_posts_of_a_page_that_says_it_is_a_thread_are_one(language: str) -> None:
    data = '<script type="application/ld+json">{"@type": "DiscussionForumPosting", "headline": "x"}</script>'
    found = thread(language, path="isle", head=data)
    assert found.kind is PageKind.LISTING
    assert "says it is a post of a thread" in found.reason


@pytest.mark.parametrize("language", OFFERS)
def test_linked_entries_that_a_text_only_introduces_are_a_strong_fact(language: str) -> None:
    structure = Structure(entries=Group(8, 0.8, 0.1, 0.9))
    assert (
        decisive(agreed(Metadata(), "https://x.example/a", NUMBERS, structure=structure, pieces=Pieces())) == "strong"
    )
    found = offers(language)
    assert found.kind is PageKind.LISTING
    assert "24 linked entries beside its text are 9" in found.reason


@pytest.mark.parametrize("language", OFFERS)
def test_a_signed_or_dated_text_may_be_shorter_than_what_is_linked_beside_it(language: str) -> None:
    over = "<p class=byline>By Mara Lind</p><time datetime=2026-03-03T09:00:00Z>3 March 2026</time>"
    assert "linked entries beside its text" not in offers(language, over=over).reason


@pytest.mark.parametrize(
    "entries",
    [
        Group(7, 0.9, 0.0, 1.0),
        Group(16, 0.79, 0.0, 1.0),
        Group(16, 0.9, 0.2, 1.0),  # the story itself stands in entries
        Group(16, 0.9, 0.0, 0.8),  # comments have a linked name, and text
    ],
)
def test_entries_beside_a_text_agree_from_their_limits_on(entries: Group) -> None:
    assert "beside" not in agreed(
        Metadata(), "https://x.example/a", NUMBERS, structure=Structure(entries=entries), pieces=Pieces()
    )


@pytest.mark.parametrize("said", [{"authors": 1.0}, {"dated": 1.0}, {"day_in_path": 1.0}])
def test_entries_beside_a_text_of_somebody_or_some_day_agree_with_nobody(said: dict[str, float]) -> None:
    structure = Structure(entries=Group(16, 0.9, 0.0, 1.0))
    assert agreed(Metadata(), "https://x.example/a", NUMBERS | said, structure=structure, pieces=Pieces()) == {}


@pytest.mark.parametrize(
    ("types", "said", "fact"),
    [
        ({"localbusiness"}, {}, "says it is of a business, and neither author nor day"),
        ({"homeandconstructionbusiness"}, {}, "says it is of a business, and neither author nor day"),
        ({"localbusiness"}, {"authors": 1.0}, None),
        ({"localbusiness"}, {"dated": 1.0}, None),
        ({"localbusiness", "newsarticle"}, {}, None),
        ({"course"}, {}, "says it is an offer"),
        ({"course", "article"}, {}, None),
        ({"faqpage", "question"}, {}, "says it asks and answers"),
    ],
)
def test_what_the_data_says_a_page_is_about_agrees_with_the_judge(types, said, fact) -> None:
    metadata = Metadata(story=Story(types=frozenset(types)))
    found = agreed(metadata, "https://x.example/a", NUMBERS | said, structure=Structure(), pieces=Pieces())
    assert found == ({"stated": fact} if fact else {})

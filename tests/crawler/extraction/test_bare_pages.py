# ruff: noqa: E501 - a page stands on one line
"""Pages that are neither dated nor signed: cards, a player or a price in their main part show that they are no story."""

import pytest

from crawler.values import PageKind
from tests.crawler.stories import FERRY, MILL, page, paragraphs, read

BRIEF = "The ferry to the outer islands will sail twice a day from April, the harbour office said."
SIGNED = '<meta name="author" content="Mara Lind">'
DATED = '<meta property="article:published_time" content="2026-03-03T09:00:00+01:00">'
SOLD = "<div><b>{price}</b> <button>{word}</button></div>"


def kind(main: str, *, url: str = "/p/7", title: str = "Ferries", head: str = "") -> PageKind:
    return read(page(f"<main>{main}</main>", title=title, head=head), url=f"https://courier.example{url}").kind


def cards(count: int, headline: str = "The headline of a story", line: str = MILL[1]) -> str:
    return "".join(f"<div><a href=/s/{n}><b>{headline} {n}</b></a><div>{line}</div></div>" for n in range(count))


@pytest.mark.parametrize(
    ("url", "name", "headline", "line", "intro"),
    [
        ("/topic/ferries", "The ferries", "Second ferry sails from April", MILL[1], FERRY[:6] + FERRY[:6]),
        ("/thema/faehren", "Fähren", "Zweite Fähre fährt ab April hinaus", "Die Preise bleiben bis zum Jahresende, wie sie sind.", ("Die Fähre zu den äußeren Inseln fährt ab April zweimal am Tag, teilte das Hafenamt am Dienstag mit.",) * 13),
        ("/tag/渡轮", "渡轮", "外岛渡轮自四月起每天开航两班", "票价到年底保持不变，自行车免费。", ("港务局周二表示，前往外岛的渡轮自四月起将每天开航两班，票价到年底保持不变，自行车免费。",) * 14),
    ],
)  # fmt: skip
def test_a_long_introduction_before_cards_makes_no_story_of_a_topic(
    url: str, name: str, headline: str, line: str, intro: tuple[str, ...]
) -> None:
    main = f"<h1>{name}</h1>{paragraphs(*intro)}"
    assert kind(main + cards(9, headline, line), url=url, title=name) is PageKind.LISTING
    assert kind(f"{main}<div>{cards(9, headline, line)}</div>", url=url, title=name) is PageKind.LISTING
    assert kind(main, url=url, title=name) is PageKind.ARTICLE


@pytest.mark.parametrize(
    ("change", "count"),
    [
        ({"head": SIGNED}, 9),
        ({"head": DATED}, 9),
        ({"url": "/a/ferries"}, 9),
        ({"title": "Second ferry to the islands sails from April"}, 9),
        ({}, 4),
    ],
)
def test_a_story_below_a_topics_address_needs_one_thing_of_its_own(change: dict[str, str], count: int) -> None:
    given = {"url": "/topic/ferries", "title": "Ferries"} | change
    main = f"<h1>{given['title']}</h1>{paragraphs(*FERRY, *FERRY)}"
    assert kind(main + cards(count), **given) is PageKind.ARTICLE
    story = f"<article><h1>Ferries</h1>{paragraphs(*FERRY, *FERRY)}</article><section>{cards(9)}</section>"
    assert kind(story, url="/topic/ferries") is PageKind.ARTICLE, "the cards stand outside of the story"


@pytest.mark.parametrize("player", ["<audio controls src=/a.mp3></audio> 31:20", "<video src=/v.mp4></video>"])
def test_a_player_with_a_line_or_two_is_no_story(player: str) -> None:
    main = f"<h1>Ferries</h1>{player}<p>{BRIEF}</p>"
    assert kind(main) is PageKind.LISTING
    assert kind(main, head=SIGNED) is kind(main, head=DATED) is PageKind.ARTICLE
    assert kind(f"<h1>Ferries</h1>{player}{paragraphs(*FERRY[:3])}") is PageKind.ARTICLE
    assert kind(f"<h1>Ferries</h1><p>{BRIEF}</p>") is PageKind.ARTICLE
    assert kind(f"<article><h1>Ferries</h1><p>{BRIEF}</p></article>{player}") is PageKind.ARTICLE
    assert kind(main.replace(" src", " autoplay muted src")) is PageKind.ARTICLE, "an ornament"


@pytest.mark.parametrize(
    "sold", [("19,90 €", "In den Warenkorb"), ("$19.90", "Add to cart"), ("1,990円", "カートに入れる")]
)
def test_a_price_with_a_button_and_little_text_is_no_story(sold: tuple[str, str]) -> None:
    price, word = sold
    main = f"<h1>Ferry model</h1>{SOLD.format(price=price, word=word)}<p>{BRIEF}</p><p>{MILL[1]}</p>"
    assert kind(main) is PageKind.LISTING
    assert kind(main, head=SIGNED) is kind(main, head=DATED) is PageKind.ARTICLE
    assert kind(main + paragraphs(*FERRY)) is PageKind.ARTICLE
    assert kind(main.replace(f"<button>{word}</button>", "")) is PageKind.ARTICLE
    assert kind(main.replace(price, "19")) is PageKind.ARTICLE

# ruff: noqa: E501 - a page stands on one line
"""Pages that list other pages are no articles; a round-up that presents them in its own words is one."""

from typing import Any

import pytest

from crawler.extraction.kind_evidence import KindEvidence
from crawler.extraction.listing import listing
from crawler.markup.blocks import segment
from crawler.markup.tree import parse_text
from crawler.values import PageKind
from tests.crawler.stories import FERRY, MILL, page, paragraphs, read

DATED = '<meta property="article:published_time" content="2026-03-03T09:00:00+01:00">'
PROFILE = '<meta property="og:type" content="profile">'
LD_PROFILE = '<script type="application/ld+json">{"@type": "ProfilePage", "mainEntity": {"@type": "Person", "name": "Mara Lind"}}</script>'


def entries(count: int, text: str, *, date: str = "") -> str:
    return "".join(
        f"<div><h3><a href=/2026/story-{n}>The headline of story number {n}</a></h3><p>{text}</p>{date}</div>"
        for n in range(count)
    )


@pytest.mark.parametrize(
    ("url", "head", "bio"),
    [
        ("/by/mara-lind", PROFILE, "Mara Lind is the island editor of the Courier. She has lived on the northern island since 2009."),
        ("/team/7", LD_PROFILE, "Mara Lind schreibt für den Inselboten über Fähren, Mühlen und das Wetter, seit 2009."),
        ("/autor/mara-lind", "", "Mara Lind es redactora del Faro desde 2009 y escribe sobre barcos y molinos."),
        ("/author/mara-lind/", "", "马拉·林德自二〇〇九年起担任本报编辑，负责报道外岛的渡轮与磨坊，曾两次获奖。"),
        ("/tag/ferries", "", "All we wrote about ferries, from the first steamer to the second sailing of this April."),
        ("/thema/faehren", "", "Alles über Fähren, vom ersten Dampfer bis zur zweiten Fahrt in diesem April."),
    ],
)  # fmt: skip
def test_the_page_of_an_author_or_a_tag_is_a_listing(url: str, head: str, bio: str) -> None:
    body = f"<main><article><h1>Mara Lind</h1><p>{bio}</p>{entries(8, FERRY[0][:60], date='<time>3 March 2026</time>')}</article></main>"
    found = read(page(body, title="Mara Lind", head=head), url=f"https://courier.example{url}")
    assert found.kind is PageKind.LISTING, found.reason


def test_a_round_up_with_prose_is_an_article() -> None:
    body = f"<article><h1>The week on the islands</h1><p>{MILL[0]}</p>{entries(7, FERRY[1] + ' ' + FERRY[2])}</article>"
    assert read(page(body, title="The week on the islands", head=DATED)).kind is PageKind.ARTICLE


def test_a_story_under_an_address_of_authors_is_an_article() -> None:
    markup = page(f"<article><h1>Second ferry</h1>{paragraphs(*FERRY)}</article>", title="Second ferry")
    assert read(markup, url="https://courier.example/autoren/mara-lind/second-ferry").kind is PageKind.ARTICLE


@pytest.mark.parametrize(
    "paragraph",
    [
        "港务局周二表示，前往外岛的渡轮自四月起将每天开航两班，票价到年底保持不变，自行车免费。",
        "港湾事務所は火曜日、外島行きのフェリーが四月から一日二便になると発表した。運賃は年末まで据え置かれる。",
        "항만청은 화요일 외딴섬으로 가는 여객선이 4월부터 하루 두 번 운항한다고 밝혔다. 요금은 그대로다.",
    ],
)
def test_a_short_story_in_a_script_that_says_much_in_few_characters_is_an_article(paragraph: str) -> None:
    rows = "".join(f"<li><a href=/n/{n}>{paragraph[:16]}第{n}</a></li>" for n in range(20))
    text = "".join(f"<p>{paragraph}</p>" for _ in range(4)).replace("</p><p>", "。</p><p>", 1)
    body = f"<main><article><h1>{paragraph[:12]}</h1>{text}</article><aside><ul>{rows}</ul></aside></main>"
    found = read(page(body, title=paragraph[:12]))
    assert found.kind is PageKind.ARTICLE, found.reason


# ---------------------------------------------------------------- the limits, each from both sides


def decide(markup: str, *, chosen: slice = slice(None), story: str = "p", **evidence: object) -> str | None:
    tree = parse_text(f"<body>{markup}</body>")
    assert tree is not None
    blocks = segment(tree)
    numbers = tuple(n for n in range(len(blocks)) if blocks.tag(n) == story)[chosen]
    given = {"url": "https://courier.example/a"} | evidence
    return listing(blocks, numbers, KindEvidence(**given))  # type: ignore[arg-type]


def of(length: int) -> str:
    return ("Plain words of a story. " * (length // 24 + 1))[: length - 1].strip().ljust(length - 1, "x") + "."


def test_as_many_teasers_as_the_limit_make_a_listing() -> None:
    assert decide(entries(5, of(100))) is not None
    assert decide(entries(4, of(100))) is None


def test_more_text_under_each_heading_makes_a_story() -> None:
    assert decide(entries(6, of(399))) is not None
    assert decide(entries(6, of(400))) is None


def test_one_long_stretch_makes_a_story() -> None:
    for length, is_listing in ((599, True), (600, False)):
        assert (decide(f"<p>{of(length)}</p>{entries(8, of(100))}") is not None) is is_listing


def test_a_dated_article_needs_less_text_under_each_heading() -> None:
    assert decide(entries(6, of(120)), is_article=True) is None
    assert decide(entries(6, of(119)), is_article=True) is not None
    assert decide(entries(6, of(120)), is_article=True, is_listing=True) is not None


def test_headings_that_lead_to_other_sites_are_no_teasers() -> None:
    markup = entries(8, of(100))
    assert decide(markup.replace("/2026", "https://www.courier.example/2026")) is not None
    assert decide(markup.replace("/2026", "https://shop.example/2026")) is None
    assert decide(markup.replace("/2026", "https://[broken/2026")) is None


def test_a_page_that_calls_itself_a_collection_is_one_unless_it_shows_a_story() -> None:
    few = entries(4, "x")
    assert decide(f"<p>{of(1_190)}</p>", is_listing=True) is not None
    assert decide(f"<p>{of(1_200)}</p>", is_listing=True) is None
    assert decide(f"<p>{of(1_200)}</p>{few}", is_listing=True, chosen=slice(1)) is None
    assert decide(f"<p>{of(1_200)}</p>{few}{entries(1, 'y')}", is_listing=True, chosen=slice(1)) is not None


@pytest.mark.parametrize("name", ["is_profile", "is_group"])
def test_a_page_about_an_author_needs_some_linked_headings_and_little_text(name: str) -> None:
    evidence: dict[str, Any] = {name: True, "is_dated": True}
    bio, few = f"<p>{of(1_199)}</p>", 3
    assert decide(bio + entries(few, "x"), chosen=slice(1), **evidence) is not None
    assert decide(bio + entries(few - 1, "x"), chosen=slice(1), **evidence) is None
    assert decide(f"<p>{of(1_200)}</p>{entries(few, 'x')}", chosen=slice(1), **evidence) is None
    assert decide(bio + entries(few, "x"), chosen=slice(1), is_article=True, **evidence) is None


def test_a_product_is_no_article_unless_the_page_is_dated() -> None:
    assert decide(f"<p>{of(500)}</p>", is_product=True) is not None
    assert decide(f"<p>{of(500)}</p>", is_product=True, is_dated=True) is None
    assert decide(f"<p>{of(1_200)}</p>", is_product=True) is None


def test_a_page_about_an_event_or_a_film_is_no_story_when_it_shows_little() -> None:
    for length, is_none in ((399, False), (400, True)):
        assert (decide(f"<p>{of(length)}</p>", is_event=True, is_dated=True) is None) is is_none
    assert decide(f"<p>{of(100)}</p>", is_event=True, is_article=True) is None


def links(count: int, text: str = "The headline of a story") -> str:
    return "".join(f"<li><a href=/{n}>{text}</a></li>" for n in range(count))


def test_many_links_with_next_to_no_text_make_a_listing() -> None:
    many = 12
    assert decide(links(many) + f"<p>{of(399)}</p>") is not None
    assert decide(links(many - 1) + f"<p>{of(399)}</p>") is None
    assert decide(links(many) + f"<p>{of(400)}</p>") is None
    assert decide(links(many) + f"<p>{of(200)}</p>", is_dated=True) is None


GLOSSARY = {
    "en": ("Games won this season", "Games lost this season", "Points scored by the visitors", "The last ten games played"),
    "de": ("Siege in dieser Saison", "Niederlagen in dieser Saison", "Punkte auf fremdem Platz", "Die letzten zehn Spiele"),
}  # fmt: skip


@pytest.mark.parametrize("language", GLOSSARY)
def test_labels_between_links_are_no_prose_in_any_language(language: str) -> None:
    for end, is_list in (("", True), (".", False), (" " + "x" * 60, False)):
        labels = "".join(f"<p>{n}: {text}{end}</p>" for n in range(6) for text in GLOSSARY[language])
        assert (decide(links(12) + labels) is not None) is is_list


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("a b " + "c" * 11, True), ("a b " + "c" * 10, False), ("a b " + "c" * 196, True), ("a b " + "c" * 197, False),
        ("one" + "w" * 20, False), ("two words" + "w" * 10, False), ("外岛渡轮", False), ("外岛渡轮每天", True),
    ],
)  # fmt: skip
def test_a_link_that_may_be_a_headline_has_words_and_a_length(text: str, counts: bool) -> None:
    assert (decide(links(12, text)) is not None) is counts


def test_a_line_that_is_a_link_in_part_is_no_headline() -> None:
    for plain, counts in ((5, True), (6, False)):  # 20 of 25 characters are LINKED of it, 20 of 26 are not
        rows = "".join(f"<li><a href=/{n}>A headline of twenty</a>{'x' * plain}</li>" for n in range(12))
        assert (decide(rows) is not None) is counts


def test_the_front_page_is_a_listing() -> None:
    for url, is_front in (("https://courier.example/", True), ("https://courier.example/?p=7", False)):
        assert (decide(f"<p>{of(500)}</p>", url=url) is not None) is is_front


def teasers(count: int, *, tag: str = "li", more: str = "<span>3 March 2026</span><p>A line of the story.</p>") -> str:
    items = "".join(f"<{tag}><a href=/s/{n}>The headline of story number {n}</a> {more}</{tag}>" for n in range(count))
    return f"<ul>{items}</ul>" if tag == "li" else items


@pytest.mark.parametrize(
    ("url", "name", "about", "headline", "day"),
    [
        ("/autor/mara-lind", "Mara Lind", "Mara Lind schreibt seit 2009 für den Inselboten über Fähren und Mühlen.", "Zweite Fähre fährt ab April hinaus", "3.3.2026"),
        ("/tag/bacs", "Bacs", "Tous nos articles sur les bacs, du premier vapeur à la seconde rotation.", "Un second bac partira chaque jour dès avril", "3 mars 2026"),
        ("/topic/ferries", "Ferries", "All we wrote about ferries, from the first steamer on.", "Second ferry will sail from April", "3 March"),
        ("/tag/渡轮", "渡轮", "本报关于渡轮的全部报道，从第一艘汽船开始。", "外岛渡轮自四月起每天开航两班，票价保持不变", "2026年3月3日"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("tag", ["li", "article"])
def test_teasers_without_headings_on_the_page_of_an_author_or_a_tag_are_a_listing(
    url: str, name: str, about: str, headline: str, day: str, tag: str
) -> None:
    items = "".join(
        f"<{tag}><a href=/s/{n}>{headline} ({n})</a> <span>{day}</span><p>{about}</p></{tag}>" for n in range(6)
    )
    markup = page(f"<main><h1>{name}</h1><p>{about}</p><ul>{items}</ul></main>", title=name)
    found = read(markup, url=f"https://courier.example{url}")
    assert found.kind is PageKind.LISTING, found.reason


def test_a_story_below_a_topics_address_with_a_list_behind_it_is_an_article() -> None:
    for behind in (teasers(6), teasers(6, more="")):
        body = f"<main><article><h1>Second ferry</h1>{paragraphs(*FERRY)}</article>{behind}</main>"
        found = read(page(body, title="Second ferry"), url="https://courier.example/thema/faehren/second-ferry")
        assert found.kind is PageKind.ARTICLE, found.reason


def test_as_many_teasers_as_the_limit_and_little_prose_beside_them_are_a_listing() -> None:
    group: dict[str, object] = {"story": "section", "is_group": True}
    least = 3
    assert decide(teasers(least), **group) is not None  # type: ignore[arg-type]
    assert decide(teasers(least - 1), **group) is None  # type: ignore[arg-type]
    assert decide(teasers(least), story="section") is None
    assert decide(teasers(least), **group, is_article=True) is None  # type: ignore[arg-type]
    assert decide(teasers(least, more=""), **group) is None  # type: ignore[arg-type]
    for length, is_listing in ((399, True), (400, False)):
        markup = f"<section>{of(length)}</section>{teasers(least)}"
        assert (decide(markup, **group) is not None) is is_listing  # type: ignore[arg-type]


def test_a_teaser_has_a_line_beside_its_link_and_begins_with_the_link() -> None:
    group: dict[str, Any] = {"story": "section", "is_group": True}
    assert decide(teasers(3, more="<p>12345678</p>"), **group) is not None
    assert decide(teasers(3, more="<p>1234567</p>"), **group) is None
    link = "<li>{}<a href=/s>The headline of a story</a><p>A line of the story.</p></li>"  # 23 characters of link
    assert decide(f"<ul>{link.format('x' * 22 + ' ') * 3}</ul>", **group) is not None
    assert decide(f"<ul>{link.format('x' * 23 + ' ') * 3}</ul>", **group) is None


def test_a_link_of_a_teaser_is_as_long_as_a_headline() -> None:
    group: dict[str, Any] = {"story": "section", "is_group": True}
    for length, is_listing in ((14, False), (15, True), (200, True), (201, False)):
        item = f"<li><a href=/s>{'x' * length}</a><p>A line of the story.</p></li>"
        assert (decide(f"<ul>{item * 3}</ul>", **group) is not None) is is_listing


def test_an_item_as_long_as_a_story_is_no_teaser() -> None:
    group: dict[str, Any] = {"story": "section", "is_group": True}
    for length, is_listing in ((399 - 23, True), (400 - 23, False)):
        item = f"<li><a href=/s>The headline of a story</a><p>{of(length)}</p></li>"
        assert (decide(f"<ul>{item * 3}</ul>", **group) is not None) is is_listing


def test_teasers_may_all_have_been_taken_for_the_story_up_to_a_length() -> None:
    group: dict[str, Any] = {"story": "p", "is_group": True}
    item = "<li><a href=/s>The headline of a story</a><p>{}</p></li>"
    for lengths, is_listing in (([300] * 13 + [99], True), ([300] * 13 + [100], False)):
        items = "".join(item.format(of(length)) for length in lengths)
        assert (decide(f"<ul>{items}</ul>", **group) is not None) is is_listing


def test_headings_count_from_two_blocks_before_the_story_to_its_last() -> None:
    """The headline of the first teaser stands before its text, with a line between them."""
    head = "<h3><a href=/s>The headline of a story</a></h3>"
    assert decide(f"{head}<div>A line</div><p>{of(50)}</p>{(head + f'<p>{of(50)}</p>') * 4}") is not None
    assert decide(f"{head}<div>A line</div><div>Another</div><p>{of(50)}</p>{(head + f'<p>{of(50)}</p>') * 4}") is None
    assert decide(f"<p>{of(50)}</p>{(head + f'<p>{of(50)}</p>') * 4}{head}") is None

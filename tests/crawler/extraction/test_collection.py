# ruff: noqa: E501 - a page stands on one line
"""Threads, shops' pages and lists of things are no stories; stories about them, and those in a shop, are."""

import re

import pytest

from crawler.extraction import page_structure
from crawler.extraction.collection import BY_JUDGE, LIMITS, SURE, agreed, decisive
from crawler.extraction.page_judge import NAMES, name_numbers
from crawler.extraction.page_pieces import Pieces
from crawler.extraction.page_structure import Group, Structure
from crawler.markup.metadata import Metadata
from crawler.values import Extraction, PageKind
from tests.crawler.stories import FERRY, MILL, article, page, paragraphs, read

PRODUCTS = {
    "en": ("Add to basket", "In stock", "Wool blanket", "Woven on the island from the wool of its own sheep."),
    "de": ("In den Warenkorb", "Auf Lager", "Wolldecke", "Auf der Insel gewebt, aus der Wolle ihrer Schafe."),
    "es": ("Añadir al carrito", "En existencia", "Manta de lana", "Tejida en la isla con la lana de sus ovejas."),
    "ja": ("カートに入れる", "在庫あり", "羊毛の毛布", "島の羊の毛を使い、島で織った毛布です。"),
}
POSTS = {
    "en": ("Has anyone tried the new ferry with a bicycle?", "Yes, last week. They charge nothing for it."),
    "de": ("Hat jemand die neue Fähre schon mit dem Rad genommen?", "Ja, letzte Woche. Es kostet nichts."),
    "fr": ("Quelqu'un a-t-il pris le nouveau bac avec un vélo ?", "Oui, la semaine dernière, c'est gratuit."),
}


def shop(language: str) -> Extraction:
    basket, stock, name, text = PRODUCTS[language]
    cards = "".join(
        f'<li class="product-item card"><a class="product-link" href="/products/p{n}"><img src=p{n}.jpg><div class="product-title">{name} {n}</div></a>'
        f'<span class="price">€ {n + 20},00</span><p class="product-description">{text * 4}</p><div class="stock">{stock}</div><form action="/cart/add" class="add-to-cart"><button>{basket}</button></form></li>'
        for n in range(24)
    )
    body = f'<div class="collection-page shop"><h1>{name}</h1><div class="filters sort-by"></div><ul class="product-grid products">{cards}</ul></div>'
    markup = page(body, title=name)
    return read(markup, url="https://wool.example/collections/blankets")


def thread(language: str) -> Extraction:
    said = " ".join(POSTS[language] * 4)
    posts = "".join(
        f'<div class="post message" id="post-{n}"><div class="post-author user"><a class="username" href="/members/m{n}">Member{n}</a><span class="post-count">{n * 7}</span></div>'
        f'<div class="post-date"><time>3 March 2026, 09:{n + 10}</time></div><blockquote class="message-content postbody"><p>{POSTS[language][n % 2]} {said}</p></blockquote>'
        f'<div class="post-footer reply quote"><a href="/reply?p={n}">#{n}</a></div></div>'
        for n in range(14)
    )
    body = f'<div class="forum thread topic"><h1 class="thread-title">{POSTS[language][0]}</h1><div class="posts message-list">{posts}</div></div>'
    data = '<script type="application/ld+json">{"@type": "DiscussionForumPosting", "headline": "x", "author": {"@type": "Person", "name": "Member1"}}</script>'
    return read(page(body, title=POSTS[language][0], head=data), url="https://isle.example/forum/threads/ferry.17/")


@pytest.mark.parametrize("language", PRODUCTS)
def test_a_shop_s_page_of_products_is_no_article_in_any_language(language: str) -> None:
    assert shop(language).kind is not PageKind.ARTICLE


@pytest.mark.parametrize("language", POSTS)
def test_a_forum_s_thread_is_no_article_in_any_language(language: str) -> None:
    found = thread(language)
    assert found.kind is PageKind.LISTING
    assert "says it is a post of a thread" in found.reason or found.reason.startswith(BY_JUDGE)


@pytest.mark.parametrize(
    "url",
    [
        "https://courier.example/forum/second-ferry",
        "https://courier.example/shop/second-ferry",
        "https://courier.example/products/second-ferry",
        "https://community.courier.example/threads/second-ferry.17/",
        "https://courier.example/?p=7",
    ],
)
def test_an_address_alone_refuses_no_story(url: str) -> None:
    assert read(article(), url=url).kind is PageKind.ARTICLE


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="og:type" content="product.group"><meta property="article:published_time" content="2026-03-03T09:00:00+01:00">',
        '<script type="application/ld+json">{"@type": "Product", "name": "Ferry"}</script><meta property="article:published_time" content="2026-03-03T09:00:00+01:00">',
        '<script type="application/ld+json">{"@type": "DiscussionForumPosting", "headline": "Second ferry sails from April"}</script>',
    ],
)
def test_what_a_page_s_data_says_alone_refuses_no_story(head: str) -> None:
    markup = page(
        f"<article><h1>Second ferry sails from April</h1>{paragraphs(*FERRY)}</article>",
        title="Second ferry",
        head=head,
    )
    assert read(markup, url="https://courier.example/2026/03/03/second-ferry").kind is PageKind.ARTICLE


def test_a_story_of_prices_and_questions_is_an_article() -> None:
    prices = "<ul>" + "".join(f"<li>Blanket {n}: € {n + 20}</li>" for n in range(8)) + "</ul>"
    markup = page(
        f"<article><h1>What wool costs</h1>{paragraphs(*MILL)}{prices}{paragraphs(*FERRY)}</article>",
        title="What wool costs",
    )
    assert read(markup, url="https://courier.example/money/what-wool-costs").kind is PageKind.ARTICLE


TERMS = {
    "en": ("What a return costs", "You may send a blanket back within thirty days. We pay the way there and half of the way back.",
           "Up to"),
    "de": ("Was eine Rücksendung kostet", "Eine Decke nehmen wir binnen dreißig Tagen zurück. Den Hinweg bezahlen wir ganz, den Rückweg halb.",
           "Bis"),
}  # fmt: skip


@pytest.mark.parametrize("language", TERMS)
def test_a_shop_s_page_of_prose_over_goods_is_no_list_though_its_address_and_prices_say_so(language: str) -> None:
    title, text, upto = TERMS[language]
    prices = "".join(f'<li class="price">{upto} {n} kg: € {n + 4},00</li>' for n in (1, 2, 5, 10, 20))
    goods = "".join(
        f'<li class="product-item card"><a href="/products/p{n}"><div class="product-title">Blanket {n}</div></a><span class="price">€ {n + 20},00</span></li>'
        for n in range(8)
    )
    prose = f'<div class="shop product-page"><h1>{title}</h1>{paragraphs(*[text] * 4)}<ul>{prices}</ul>{paragraphs(text)}</div>'
    body = f'{prose}<ul class="product-grid products">{goods}</ul>'
    assert read(page(body, title=title), url="https://wool.example/shop/returns").kind is PageKind.ARTICLE


def test_goods_below_its_text_refuse_no_page_that_states_an_article_of_a_day() -> None:
    cards = "".join(
        f'<li class="product-item"><a href="/products/p{n}">Blanket {n}</a><span class="price">€ {n}</span></li>'
        for n in range(20)
    )
    data = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "What wool costs", "datePublished": "2026-03-03T09:00:00Z"}</script>'
    markup = page(
        f'<div class="product-grid"><h1>What wool costs</h1>{paragraphs(*MILL)}<ul>{cards}</ul></div>',
        title="What wool costs",
        head=data,
    )
    assert read(markup, url="https://wool.example/collections/blankets").kind is PageKind.ARTICLE


NONE = dict.fromkeys(["price_lines", "dated", "authors", "day_in_path"], 0.0)


@pytest.mark.parametrize(
    ("address", "numbers", "fact"),
    [
        ("https://x.example/forum/17", {}, 'its address names "forum"'),
        ("https://forum.x.example/17", {}, 'its address names "forum"'),
        ("https://x.example/news/reforum", {}, None),
        ("https://x.example/a", {"price_lines": 2.0}, "prices, and neither author nor day"),
        ("https://x.example/a", {"price_lines": 2.0, "authors": 1}, None),
        ("https://x.example/a", {"price_lines": 2.0, "dated": 1}, None),
    ],
)
def test_an_address_or_prices_that_nobody_signs_agree_with_the_judge(address, numbers, fact) -> None:
    assert agreed(Metadata(), address, NONE | numbers, structure=Structure(), pieces=Pieces()) == (
        {"named": fact} if fact else {}
    )


@pytest.mark.parametrize(
    ("structure", "fact"),
    [
        (Structure(below=6, below_share=0.1), ("below", "6 links to pages below its own address")),
        (Structure(below=5, below_share=0.5), None),
        (Structure(below=60, below_share=0.09), None),
        (Structure(posts=Group(5, 0.75, 0.85)), ("posts", "made of 5 posts with a day each")),
        (Structure(posts=Group(4, 0.9, 0.9)), None),
        (Structure(posts=Group(9, 0.7, 0.9)), None),
        (Structure(entries=Group(8, 0.8, 0.85)), ("entries", "made of 8 linked entries of one shape")),
        (Structure(entries=Group(30, 0.9, 0.8)), None),
    ],
)
def test_how_a_page_is_built_agrees_with_the_judge(structure: Structure, fact: tuple[str, str] | None) -> None:
    assert agreed(Metadata(), "https://x.example/a", NONE, structure=structure, pieces=Pieces()) == (
        dict([fact]) if fact else {}
    )


@pytest.mark.parametrize("script", ["viewtopic.php", "showthread.php", "ShowTopic-g29", "forumdisplay.php"])
def test_the_script_of_a_forum_agrees_with_the_judge(script: str) -> None:
    assert "script" in agreed(Metadata(), f"https://x.example/{script}", NONE, structure=Structure(), pieces=Pieces())
    assert "script" not in agreed(
        Metadata(), f"https://x.example/re{script}x?{script}", NONE, structure=Structure(), pieces=Pieces()
    )


COURSES = {
    "es": ("Cursos de tarde", "Cestería", "Diez tardes en el viejo molino, con mimbre de la isla."),
    "de": ("Abendkurse", "Korbflechten", "Zehn Abende in der alten Mühle, mit Weiden von der Insel."),
    "fr": ("Cours du soir", "Vannerie", "Dix soirées au vieux moulin, avec l'osier de l'île."),
}


def courses(language: str) -> Extraction:
    title, name, text = COURSES[language]
    cards = "".join(
        f'<li class="entry row-{n}"><h3><a href="/courses/weaving-{n}/">{name} {n}</a></h3><p>{text}</p></li>'
        for n in range(24)
    )
    body = f'<div class="courses list"><h1>{title}</h1><div class="filters"></div><ul class="grid results">{cards}</ul></div>'
    return read(page(body, title=title), url="https://mill.example/courses/")


@pytest.mark.parametrize("language", COURSES)
def test_a_list_of_pages_below_its_own_address_is_no_article_in_any_language(language: str) -> None:
    found = courses(language)
    assert found.kind is PageKind.LISTING
    assert "24 links to pages below its own address, made of 24 linked entries of one shape" in found.reason


@pytest.mark.parametrize("language", ["de", "es"])
def test_the_reason_says_how_many_links_were_not_looked_at(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "not looked at" not in courses(language).reason
    monkeypatch.setattr(page_structure, "MAX_LINKS", 20)
    found = courses(language)
    assert found.kind is PageKind.LISTING
    assert re.search(r"; \d+ of its links were not looked at$", found.reason)


@pytest.mark.parametrize("story", [FERRY, MILL])
@pytest.mark.parametrize("path", ["/2026/03/03/second-ferry", "/series/second-ferry"])
def test_links_to_its_parts_refuse_no_signed_story(path: str, story: tuple[str, ...]) -> None:
    parts = "".join(f'<li><a href="{path}/part-{n}">Part {n} of the series</a></li>' for n in range(9))
    said = f"<h1>Second ferry</h1><p class=byline>By Mara Lind</p>{paragraphs(*story)}<ul>{parts}</ul>"
    markup = page(f"<article>{said}</article>", title="Second ferry")
    assert read(markup, url=f"https://courier.example{path}").kind is PageKind.ARTICLE


@pytest.mark.parametrize("numbers", [{"authors": 1.0}, {"day_in_path": True}])
def test_links_below_a_page_that_is_signed_or_of_a_day_agree_with_nobody(numbers: dict[str, float]) -> None:
    assert (
        agreed(
            Metadata(),
            "https://x.example/a",
            NONE | numbers,
            structure=Structure(below=60, below_share=0.9),
            pieces=Pieces(),
        )
        == {}
    )


def test_two_facts_need_less_than_the_weaker_of_them_and_none_decides_nothing() -> None:
    assert decisive({}) is None
    assert decisive({"named": "x"}) is None  # the judge reads the words of addresses, and prices, as well
    assert decisive({"named": "x", "below": "y"}) == "two"
    assert decisive({"named": "x", "entries": "y"}) == "two"
    assert decisive({"posts": "x", "entries": "y"}) == "one"  # both say how the text is made
    assert decisive({"below": "x"}) == "one"
    assert LIMITS["certain"] < LIMITS["strong"] < LIMITS["two"] < LIMITS["one"] < SURE


def test_names_say_together_what_each_says() -> None:
    found = name_numbers(frozenset({"post", "price", "story", "unknown"}), {"post": 2.0, "price": 1.5, "story": -2.0})
    assert tuple(found) == NAMES
    assert (found["names_most"], found["names_sum"], found["names_count"]) == (2.0, 1.5, 1.0)
    assert set(name_numbers(frozenset(), {}).values()) == {0.0}


def test_verse_that_is_dated_and_leads_nowhere_is_no_list_by_its_look_alone() -> None:
    verse = "<br><br>".join(f"{n}番の船が島の港を出て行く" for n in range(9))
    poem = (
        "<html lang=ja><head><title>{0} | 島</title></head><body><p><a href=/>島</a></p><h1>{0}</h1>{1}</body></html>"
    )
    own = read(poem.format("船の歌", f"<i>令和8年3月3日</i><div>{verse}</div>"), url="https://isle.example/song-4")
    other = read(poem.format("船の歌", f"<div>{verse}</div>"), url="https://isle.example/song-4")
    assert own.kind is PageKind.ARTICLE
    assert other.kind is PageKind.LISTING and other.reason.startswith(BY_JUDGE)


JAPANESE, THAI = "{}番の船が島の港を出て行く夜の歌", "เรือลำที่ {} ออกจากท่าเรือเก่าของเกาะในยามค่ำ"


def is_song(verse: str, *, lines: int = 30, links: int = 7, more: str = "") -> bool:
    told = "<br>".join(verse.format(n) for n in range(10, lines + 10))
    menu = "".join(f"<a href=/{n}>{n}</a> " for n in range(links))
    body = f"<p>{menu}</p><h1>Song</h1><div>{told}</div>{more}"
    found = read(f"<html><title>Song | Isle</title><body>{body}</body></html>", url="https://isle.example/song-4")
    assert found.kind is PageKind.ARTICLE or found.reason.startswith(BY_JUDGE)
    return found.kind is PageKind.ARTICLE


@pytest.mark.parametrize("verse", [JAPANESE, THAI])
def test_a_page_with_a_headline_and_a_text_that_leads_nowhere_is_no_list_by_its_look_alone(verse: str) -> None:
    assert is_song(verse)
    assert not is_song(verse, lines=5)
    assert not is_song(verse, more="<p>€ 20,00</p>")


def test_a_page_that_leads_on_is_no_list_by_its_look_alone_in_a_script_without_full_stops() -> None:
    assert is_song(THAI, links=40)
    assert not is_song(JAPANESE, links=8)

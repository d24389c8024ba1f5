"""Pages read as articles that lead to further pages: what is the same story's, and what is not."""

import json
from datetime import UTC, datetime

import pytest

from corpus import urls
from crawler.discovery.further_pages import facts_of_further, is_unread, without_further
from crawler.extraction.extract import extract
from crawler.values import Extraction, Page, PageKind

SITE = "https://gazette.example"
PROSE = "".join(
    f"<p>The harbour board met on Tuesday for the {n}th time and decided that the old pier will be repaired, said its "
    "chairwoman, after the storms of the winter had taken away most of its planks and two of its lamps.</p>"
    for n in range(6)
)


def fact(address: str, links: str, *, head: str = "", prose: str = PROSE) -> str | None:
    """Return what the article at an address says of its further pages."""
    return read(address, links, head=head, prose=prose).article.facts.get("goes_on")


def read(address: str, links: str, *, head: str = "", prose: str = PROSE, **more: str | None) -> Extraction:
    html = (
        f"<html><head><title>The pier is repaired</title>{head}</head><body><nav><a href='/news'>News</a></nav>"
        f"<article><h1>The pier is repaired</h1><p class=byline>By Ana Pérez</p><time datetime=2026-11-02>2 November"
        f"</time>{prose}</article>{links}</body></html>"
    )
    url = address if "://" in address else SITE + address
    page = Page(
        url=urls.key_of(url),
        address=url,
        source="gazette",
        content=html.encode(),
        fetched=datetime(2026, 11, 3, tzinfo=UTC),
        **more,  # type: ignore[arg-type]
    )
    found = extract(page)
    assert found.kind is PageKind.ARTICLE
    return found


def pager(*links: tuple[str, str]) -> str:
    """Return a numbered pager, of which the page at hand is no link."""
    return "<div class=pager><b>1</b>" + "".join(f" <a href='{href}'>{label}</a>" for href, label in links) + "</div>"


@pytest.mark.parametrize(
    ("address", "href", "label"),
    [
        ("/2026/pier-repaired", "?page=2", "2"),
        ("/2026/pier-repaired/", "/2026/pier-repaired/2/", "2"),
        ("/2026/pier-repaired/", "2/", "2"),
        ("/2026/pier-repaired/", "/2026/pier-repaired/2/", "Next"),
        ("/2026/pier-repaired", "/2026/pier-repaired/page/2", "Next page"),
        ("/2026/pier-repaired.html", "pier-repaired-2.html", "2"),
        ("/2026/pier-repaired.htm", "pier-repaired_2.htm", "Next »"),
        ("/politik/pier-repariert-4711.html", "?seite=2", "Der Hafen antwortet"),
        ("/politik/pier-repariert", "/politik/pier-repariert/seite-2", "nächste Seite"),
        ("/politik/pier-repariert.html", "/politik/pier-repariert-seite-2.html", "Seite 2"),
        ("/noticias/muelle-reparado", "/noticias/muelle-reparado/pagina/2", "Página siguiente"),
        ("/noticias/muelle-reparado.html", "/noticias/muelle-reparado-2.html", "Página siguiente"),
        ("/artykul,10233.html", "/artykul,10233,2.html", "2"),
        ("/artykul,10233.html", "/artykul,10233,strona,2.html", "Następna strona"),
        ("/story.php?id=712&cat=4", "/story.php?id=712&cat=4&page=2", "2"),
        ("/story.php?id=712", "?page=2&id=712", "2"),
        ("/2026/pier-repaired", "?start=1", "2"),
        ("/2026/pier-repaired", "/2026/pier-repaired/p2", "2"),
        ("/node/pier-repaired", "?page=1", "2"),
        ("/zpravy/molo-opraveno", "/zpravy/molo-opraveno?strana=2", "další"),
        (
            "/novosti/пирс-починен",
            "/novosti/%D0%BF%D0%B8%D1%80%D1%81-%D0%BF%D0%BE%D1%87%D0%B8%D0%BD%D0%B5%D0%BD/2",
            "2",
        ),
        ("/akhbar/123456", "/akhbar/123456?page=2", "الصفحة التالية"),
        ("/2026/pier-repaired", "/2026/pier-repaired-2", "Next page »"),
        ("/2026/pier-repaired", "/2026/pier-repaired,s2", "Go on reading on page 2"),
    ],
)
def test_a_story_that_goes_on_says_so_and_where(address: str, href: str, label: str) -> None:
    said = fact(address, pager((href, label)))
    assert said is not None
    assert "goes on on a further page, which was not read" in said
    assert said.endswith(str(urls.join(SITE + address, href)))


def test_of_a_story_s_second_page_the_third_is_said() -> None:
    links = pager(("/2026/pier-repaired", "1"), ("/2026/pier-repaired/3", "3"), ("/2026/pier-repaired/4", "4"))
    assert str(fact("/2026/pier-repaired/2", links)).endswith("/2026/pier-repaired/3")
    named = pager(("/2026/pier-repaired?page=3", "3"))
    assert str(fact("/2026/pier-repaired?page=2", named)).endswith("?page=3")


def test_the_number_of_a_page_that_a_page_before_it_named_is_a_page_s() -> None:
    begun, head = f"{SITE}/2026/pier-repaired", "<link rel=next href='/2026/pier-repaired/3'>"
    assert read("/2026/pier-repaired/2", "", head=head, begun=begun).pages.next == f"{begun}/3"
    assert read("/2026/pier-repaired/2", "", head=head).pages.next is None  # it may be the story's own
    assert read("/2026/pier-repaired/2", "", head=head.replace("3", "4"), begun=begun).pages.next is None


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("https://Gazette.example", ""),
        ("https://gazette.example:443", "https://Gazette.example"),
        ("https://zürich.example", ""),
        ("https://zürich.example", "https://xn--zrich-kva.example"),
        ("https://xn--zrich-kva.example", "//zürich.example"),
    ],
)
def test_the_host_of_a_story_is_one_in_all_its_spellings(here: str, there: str) -> None:
    story, other = "/2026/pier-repaired", "https://other.example/2026/pier-repaired?page=2"
    following = read(here + story, pager((f"{there}{story}?page=2", "2"))).pages.next
    assert following is not None and following.endswith(f"{story}?page=2")
    assert read(here + story, pager((other, "2"))).pages.next is None


@pytest.mark.parametrize(
    "href",
    [
        "https://share.example/?n={}&u=https://gazette.example/2026/pier-repaired",
        "/2026/pier-repaired#c{}",
        "?day={}",
    ],
)
def test_many_links_before_a_pager_do_not_hide_it(href: str) -> None:
    links = "".join(f"<a href='{href.format(n)}'>x</a>" for n in range(401))
    following = read("/2026/pier-repaired", links + pager(("/2026/pier-repaired?page=2", "2"))).pages.next
    assert following == f"{SITE}/2026/pier-repaired?page=2"


def test_a_story_s_last_page_says_nothing() -> None:
    links = pager(("/2026/pier-repaired", "1"), ("/2026/pier-repaired/2", "2"))
    assert fact("/2026/pier-repaired/3", links) is None


@pytest.mark.parametrize(
    ("address", "links", "head"),
    [
        ("/2026/pier-repaired/2", pager(("/2026/pier-repaired", "1"), ("/2026/pier-repaired/3", "3")), ""),
        ("/2026/pier-repaired?page=2", pager(("/2026/pier-repaired", "Previous page")), ""),
        ("/2026/pier-repaired?page=2", pager(("?page=1", "1"), ("/2026/pier-repaired", "«")), ""),
        ("/2026/pier-repaired?page=1", pager(("/2026/pier-repaired", "1"), ("?page=2", "3")), ""),  # counted from zero
        ("/2026/pier-repaired?seite=3", "", "<link rel=canonical href='/2026/pier-repaired'>"),
        ("/2026/pier-repaired-seite-2.html", "<link rel=prev href='/2026/pier-repaired.html'>", ""),
    ],
)
def test_a_further_page_names_the_first(address: str, links: str, head: str) -> None:
    first = read(address, links, head=head).pages.first
    assert first is not None
    assert first.removesuffix(".html") == f"{SITE}/2026/pier-repaired"


@pytest.mark.parametrize(
    ("address", "links"),
    [
        ("/2026/pier-repaired", pager(("/2026/pier-repaired", "1"), ("?page=2", "2"))),
        ("/2026/pier/2", "<a href='/2026/pier'>The pier</a>"),  # the number may be the story's own
        ("/2026/pier-repaired?page=2", "<div class=comments><a href='/2026/pier-repaired'>1</a></div>"),
        ("/news/12", "<a href='/news'>News</a>"),
    ],
)
def test_any_other_page_names_no_first_one(address: str, links: str) -> None:
    assert read(address, links).pages.first is None


def test_the_last_page_names_no_next_one_though_it_says_that_the_first_one_is_its_own() -> None:
    own = "<link rel=canonical href='/2026/pier-repaired'>"
    links = pager(("?page=1", "1"), ("?page=2", "2"))
    pages = read("/2026/pier-repaired?page=3", links, head=own).pages
    assert pages.next is None
    assert pages.first == f"{SITE}/2026/pier-repaired"


def test_a_page_named_in_its_head_alone_counts_when_the_address_is_the_story_s() -> None:
    own = "<link rel=next href='/2026/pier-repaired/2/'>"
    other = "<link rel=next href='/2026/mayor-resigns/'>"
    assert str(fact("/2026/pier-repaired/", "", head=own)).endswith("/pier-repaired/2/")
    assert fact("/2026/pier-repaired/", "", head=other) is None


def select(*options: tuple[str, str]) -> str:
    return "<select name=jump>" + "".join(f"<option value='{value}'>{label}" for value, label in options) + "</select>"


def data(**fields: object) -> str:
    story = json.dumps({"@type": "NewsArticle", "headline": "The pier is repaired", **fields})
    return f'<script type="application/ld+json">{story}</script>'


@pytest.mark.parametrize(
    ("address", "links", "head", "following"),
    [
        ("/2026/pier-repaired", select(("/2026/pier-repaired", "1"), ("?page=2", "2")), "", "?page=2"),
        (
            "/2026/pier-repaired",
            select(("/2026/pier-repaired/1", "1. Der Hafen"), ("/2026/pier-repaired/2", "2. Die Antwort")),
            "",
            "/2",
        ),
        ("/2026/pier-repaired", select(("/2026/pier-repaired/page/2", "Seite 2: Die Antwort")), "", "/page/2"),
        ("/2026/pier-repaired", "", data(hasPart=[{"@type": "WebPage", "url": "/2026/pier-repaired/2"}]), "/2"),
        ("/2026/pier-repaired", "", data(hasPart=["/2026/pier-repaired/3", "/2026/pier-repaired/2"]), "/2"),
        ("/2026/pier.html", "", data(haspart={"@id": SITE + "/2026/pier-2.html"}), "/2026/pier-2.html"),
        ("/2026/pier.html", "", "<link itemprop=hasPart href=/2026/pier-2.html>", "/2026/pier-2.html"),
    ],
)
def test_a_select_and_the_page_s_data_name_the_next_page(address: str, links: str, head: str, following: str) -> None:
    assert str(fact(address, links, head=head)).endswith(following)


@pytest.mark.parametrize(
    ("links", "head"),
    [
        (select(("2", "2")), ""),  # a number of tickets
        (select(("/2026/pier-repaired/2", "The mayor resigns")), ""),
        ("<div class=comments>" + select(("?page=2", "2")) + "</div>", ""),
        (select(("/2026/mayor-resigns/2", "2")), ""),
        ("", data(hasPart={"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": ".paid"})),
        ("", data(hasPart=[{"url": "/2026/mayor-resigns"}, {"url": 7}, None, [3]])),
        ("", data(hasPart=["/2026/pier-repaired/2\0", "/2026/pier-repaired/\ud800"])),
        ("", data(isPartOf={"@type": "WebSite", "url": "/2026/"})),
        ("", data(mentions={"@type": "NewsArticle", "hasPart": "/2026/pier-repaired/2"})),
    ],
)
def test_options_and_data_of_other_things_name_no_next_page(links: str, head: str) -> None:
    assert fact("/2026/pier-repaired", links, head=head) is None


def test_a_link_header_counts_as_a_link_of_the_head_does() -> None:
    there = f"{SITE}/2026/pier-repaired/2"
    assert read("/2026/pier-repaired", "", named_next=there).pages.next == there
    assert read("/2026/pier-repaired", "", named_next=f"{SITE}/2026/mayor-resigns").pages.next is None
    assert read("/2026/pier.html", "", named_next=f"{SITE}/2026/pier-2.html").pages.next is None


def test_a_page_that_is_part_of_the_first_one_names_it() -> None:
    whole = data(isPartOf={"@type": "NewsArticle", "url": SITE + "/2026/pier-repaired"})
    assert read("/2026/pier-repaired?page=2", "", head=whole).pages.first == f"{SITE}/2026/pier-repaired"


@pytest.mark.parametrize(
    ("address", "links"),
    [
        ("/2026/pier-repaired", pager(("/2026/mayor-resigns", "Next"))),
        ("/2026/pier-repaired", "<a rel=next href='/2026/mayor-resigns-2.html'>Next »</a>"),
        (
            "/2026/pier-repaired",
            "<a rel=next href='/2026/pier-repaired-2'>Pier repaired</a>",
        ),  # told again a year later
        ("/2026/horoscope.html", "<a rel=next href='/2026/horoscope-2.html'>Next »</a>"),
        ("/news/12", "<a rel=next href='/news/13'>Next</a> <a href='/news'>News</a>"),
        ("/?p=12", "<a rel=next href='/?p=13'>Next</a>"),
        ("/2026/pier-1.html", "<a rel=next href='/2026/pier-2.html'>Next</a>"),
        ("/2026/pier-repaired", "<div id=comments><a href='?page=2'>2</a></div>"),
        ("/2026/pier-repaired", pager(("?page=2#comments", "2"))),
        ("/2026/pier-repaired", pager(("/2026/pier-repaired/comment-page-2", "2"))),
        ("/2026/pier-repaired", pager(("?cpage=2", "2"))),
        ("/2026/pier-repaired", "<div class=kommentare><a href='?seite=2'>Seite 2</a></div>"),
        ("/2026/pier-repaired", "<a href='?page=2'>Ältere Kommentare</a>"),
        ("/2026/pier-repaired", "<aside><a href='?page=2'>2</a></aside>"),
        ("/2026/pier-repaired", "<div class='related-posts'><a href='?page=2'>2</a></div>"),
        ("/2026/pier-repaired", pager(("?page=2", "More stories"))),
        ("/2026/pier-repaired", pager(("?page=2", "Load more"))),
        ("/2026/pier-repaired", "<div class='gallery-nav'><a href='/2026/pier-repaired/2'>2</a></div>"),
        ("/gallery/pier-repaired", pager(("/gallery/pier-repaired/2", "2"))),
        ("/bilderstrecke/pier", pager(("/bilderstrecke/pier/2", "2"))),
        ("/2026/pier-repaired", pager(("/news?page=2", "2"))),
        ("/2026/pier-repaired", pager(("https://other.example/2026/pier-repaired?page=2", "2"))),
        ("/2026/pier-repaired", pager(("?page=1", "1"))),
        ("/2026/pier-repaired", pager(("?page=all", "All on one page"))),
        ("/2026/pier-repaired.html", "<a href='/2026/pier-repaired-2.html'>The pier was repaired once more</a>"),
    ],
)
def test_links_to_other_stories_comments_lists_and_pictures_say_nothing(address: str, links: str) -> None:
    assert fact(address, links) is None


def test_a_story_whose_whole_text_is_in_the_page_s_data_says_nothing() -> None:
    whole = " ".join(f"Sentence {n} of the whole story tells of the pier and of its lamps." for n in range(200))
    story = json.dumps({"@type": "NewsArticle", "headline": "The pier", "articleBody": whole})
    whole_data = f'<script type="application/ld+json">{story}</script>'
    assert fact("/2026/pier-repaired", pager(("?page=2", "2")), head=whole_data, prose="<p>The pier.</p>") is None


def test_that_a_further_page_was_not_read_is_known_without_the_words_that_say_so() -> None:
    facts = facts_of_further("https://a.example/story?page=2")
    assert facts["unread"] == "https://a.example/story?page=2"
    assert is_unread(facts | {"goes_on": "in other words"})
    assert is_unread({"goes_on": "it goes on on a further page, which was not read: https://a.example/story?page=2"})
    assert not is_unread(
        {"goes_on": "it goes on on a further page, which is not joined, as it is full: https://a.example/2"}
    )
    assert not is_unread(without_further(facts))

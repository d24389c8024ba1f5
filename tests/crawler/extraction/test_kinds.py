"""What a page is told to be, and by which sign."""

from crawler.extraction.kind_evidence import KindEvidence
from crawler.extraction.kinds import page_kind
from crawler.markup.blocks import segment
from crawler.markup.tree import parse_text
from crawler.values import PageKind
from tests.crawler.stories import FERRY, MILL, article, page, paragraphs, read


def test_a_story_is_an_article_and_says_how_much_there_is() -> None:
    found = read(article())
    assert found.kind is PageKind.ARTICLE
    assert "7 blocks" in found.reason


def test_a_section_page_of_teasers_is_a_listing() -> None:
    teasers = "".join(
        f"<div class=card><h3><a href=/2026/story-{n}>A headline of story number {n}</a></h3><p>{text}</p></div>"
        for n, text in enumerate((FERRY + MILL)[:8])
    )
    found = read(
        page(f"<main><h1>Islands</h1>{teasers}</main>", title="Islands"), url="https://courier.example/islands"
    )
    assert found.kind is PageKind.LISTING


def test_a_page_of_bare_headlines_is_a_listing() -> None:
    links = "".join(
        f"<li><a href=/2026/story-{n}>The headline of story number {n} of today</a></li>" for n in range(30)
    )
    found = read(
        page(f"<main><h1>Latest</h1><ul>{links}</ul></main>", title="Latest"), url="https://courier.example/latest"
    )
    assert found.kind is PageKind.LISTING


def test_the_front_page_is_a_listing_whatever_stands_on_it() -> None:
    assert read(article(), url="https://courier.example/").kind is PageKind.LISTING


def test_an_article_with_many_links_after_it_is_an_article() -> None:
    links = "".join(
        f"<h3><a href=/2026/story-{n}>The headline of story number {n} of today</a></h3>" for n in range(30)
    )
    assert read(article(after=f"<aside>{links}</aside>")).kind is PageKind.ARTICLE


def test_an_article_with_linked_headings_to_other_sites_is_an_article() -> None:
    entries = "".join(
        f"<h2><a href=https://shop{n}.example/>The {n}th of the best coats</a></h2><p>{FERRY[n % 7]}</p>"
        for n in range(8)
    )
    assert read(page(f"<article><h1>Eight coats</h1>{entries}</article>", title="Eight coats")).kind is PageKind.ARTICLE


def test_a_check_for_robots_is_a_challenge() -> None:
    found = read(
        "<html><head><title>Just a moment...</title></head><body><h1>courier.example</h1><p>Checking your browser.</p>"
    )
    assert found.kind is PageKind.CHALLENGE
    assert "robot" in found.reason


def test_a_story_about_robots_is_none() -> None:
    text = "The page asked her to verify you are human, Inga Dahl said, and then it asked her again, and again."
    assert read(article(text)).kind is PageKind.ARTICLE


def test_a_page_that_says_it_is_not_there_is_a_soft_404() -> None:
    found = read(page("<main><h1>Page not found</h1><p>Sorry, we could not find it.</p></main>", title="404"))
    assert found.kind is PageKind.SOFT_404


def test_a_page_that_says_in_title_and_heading_that_it_is_not_there_is_a_soft_404_whatever_it_recommends() -> None:
    texts = [f"{text} It is part {part}." for part in range(3) for text in FERRY]
    teasers = "".join(f"<li><a href=/{n}>The ferry</a><p>{text}</p></li>" for n, text in enumerate(texts))
    for says in ("Page not found", "Siden ble ikke funnet", "Nie znaleziono strony", "Página não encontrada"):
        found = read(page(f"<main><h1>{says}</h1><ul>{teasers}</ul></main>", title=says))
        assert found.kind is PageKind.SOFT_404
    titled = page(f"<main><h1>Second ferry sails</h1>{paragraphs(*texts)}</main>", title="Page not found")
    assert read(titled).kind is PageKind.ARTICLE


def test_a_lead_and_a_call_to_subscribe_is_a_paywall_stub() -> None:
    wall = "<div class=wall><p>Subscribe to continue reading this article.</p><p>Already a subscriber?</p></div>"
    found = read(page(f"<article><h1>Second ferry</h1>{paragraphs(*FERRY[:2])}</article>{wall}", title="Second ferry"))
    assert found.kind is PageKind.PAYWALL
    assert "Subscribe to continue" in found.reason


def test_a_whole_story_with_a_call_to_subscribe_is_an_article() -> None:
    wall = "<div class=wall><p>Subscribe to continue reading our stories every day.</p></div>"
    assert read(article(*(f"{text} Again." for text in FERRY), after=wall)).kind is PageKind.ARTICLE


def test_a_live_blog_is_told_by_address_and_markup() -> None:
    posts = "".join(f"<div class=liveblog-post><time>{n}:15</time><p>{text}</p></div>" for n, text in enumerate(FERRY))
    found = read(page(f"<main>{posts}</main>"), url="https://courier.example/news/live/ferry-day")
    assert found.kind is PageKind.LIVE_BLOG


def test_a_live_blog_is_told_by_its_own_data_at_any_address() -> None:
    data = '<script type="application/ld+json">{"@type": "LiveBlogPosting", "headline": "Second ferry"}</script>'
    found = read(article(after=data))
    assert (found.kind, found.reason) == (PageKind.LIVE_BLOG, "says it is a LiveBlogPosting")


def test_a_page_of_nothing_is_empty() -> None:
    assert read("<html><body></body></html>").kind is PageKind.EMPTY
    assert read("<!-- nothing -->").kind is PageKind.EMPTY


def test_a_text_of_characters_that_cannot_be_read_is_no_article() -> None:
    readable, unreadable = "Plain words. " * 9, "\ufffd" * 13
    assert read(page(f"<article><h1>Ferry</h1><p>{readable}{unreadable}</p></article>")).kind is PageKind.ARTICLE
    worse = read(page(f"<article><h1>Ferry</h1><p>{readable}{unreadable}\ufffd</p></article>"))
    assert (worse.kind, worse.reason) == (PageKind.EMPTY, "11% of its characters cannot be read")


def test_controls_count_as_unreadable_and_a_few_of_them_do_no_harm() -> None:
    few = article().replace("Tuesday", "Tues\x00day").encode()
    assert read(few).kind is PageKind.ARTICLE
    assert "Tuesday" in read(few).article.body
    many = "".join(f"{letter}\x01\x02" for letter in "Plain words of a story that somebody saved. " * 9)
    assert read(page(f"<article><h1>Ferry</h1><p>{many}</p></article>").encode()).kind is PageKind.EMPTY


def test_the_shortest_article_has_the_length_of_a_line() -> None:
    for length, kind in ((60, PageKind.ARTICLE), (59, PageKind.EMPTY)):
        tree = parse_text(f"<body><p>{'x' * (length - 1)}.</p></body>")
        assert tree is not None
        blocks = segment(tree)
        assert page_kind(blocks, (0,), KindEvidence(url="https://courier.example/a", is_dated=True))[0] is kind

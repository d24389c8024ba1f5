import pytest

from corpus.model import UrlKind
from crawler.discovery.links import guess, is_listed, page_number, pattern, trap

HOST = "https://gazette.example"


@pytest.mark.parametrize(
    "path",
    [
        "/2026/11/23/council-settles-budget",
        "/world/2026-11-23/storm",
        "/news/council-settles-next-years-budget",
        "/politics/article-1234567.html",
        "/a/123456",
        "/?p=1234",
        "/story.php?id=5521",
        "/wirtschaft/der-rat-beschliesst-den-haushalt-a-99.html",
        "/新闻/市议会批准明年预算案",
        "/news/%D8%A7%D9%84%D9%85%D8%AC%D9%84%D8%B3-%D9%8A%D9%82%D8%B1-%D8%A7%D9%84%D9%85%D9%8A%D8%B2%D8%A7%D9%86%D9%8A%D8%A9-%D8%A7%D9%84%D8%AC%D8%AF%D9%8A%D8%AF%D8%A9",
        "/shop/why-the-old-shop-closed-for-good",
    ],
)
def test_addresses_that_look_like_articles(path):
    assert guess(HOST + path) is UrlKind.ARTICLE


@pytest.mark.parametrize("path", ["/world", "/news/europe/", "/wirtschaft", "/city-life"])
def test_addresses_that_look_like_sections(path):
    assert guess(HOST + path) is UrlKind.SECTION


@pytest.mark.parametrize(
    "path",
    [
        "/", "", "/login", "/about-us", "/tag/elections-of-this-year", "/author/ana-perez",
        "/category/world-news-today",
        "/images/2026/11/23/photo-of-the-day.jpg", "/2026", "/2026/11", "/2026/11/23/", "/news/page/2", "/news?page=3",
        "/feed", "/wp-login.php", "/search?q=x", "/calendar/2031/05", "/files/annual-report-of-the-council.pdf",
    ],
)  # fmt: skip
def test_addresses_that_lead_to_no_story(path):
    assert guess(HOST + path) is None


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/a/b/c/d/e/f/g/h/i/j/k", "deep-path"),
        ("/x/y/x/y/x/y", "repeated-segments"),
        ("/news/news/news/a", "repeated-segments"),
        ("/a?a=1&b=2&c=3&d=4&e=5&f=6", "many-parameters"),
        ("/" + "a" * 300, "long-segment"),
        ("/news/2026/11/council-settles-budget?id=3", None),
    ],
)
def test_traps_are_told_by_the_address(path, why):
    assert trap(HOST + path) == why


@pytest.mark.parametrize(
    ("path", "listed"),
    [
        ("/news/a", True),
        ("/krise", False),
        ("/ueber-den-fluss", True),
        ("/", False),
        ("/a/b.jpg", False),
        ("/tag/x", False),
    ],
)
def test_a_sitemaps_urls_are_believed_but_for_lists_and_files(path, listed):
    assert is_listed(HOST + path) is listed


def test_pages_of_a_series_share_their_pattern():
    assert pattern(HOST + "/diary?month=3&year=2026") == pattern(HOST + "/diary?year=2027&month=11")
    assert pattern(HOST + "/news/2026/11/one-two-three-four") == pattern(HOST + "/news/2025/12/five-six-seven-eight")
    assert pattern(HOST + "/news") != pattern(HOST + "/sport")


@pytest.mark.parametrize(("path", "number"), [("/news/page/3/", 3), ("/news?page=12", 12), ("/news", None)])
def test_the_number_of_a_listing_page_is_read(path, number):
    assert page_number(HOST + path) == number

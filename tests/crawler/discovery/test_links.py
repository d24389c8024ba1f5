from datetime import date

import pytest

from corpus.model import UrlKind
from crawler.discovery import path_words
from crawler.discovery.links import Guess, guess, listed_reason, pattern, serves_reader, trap

HOST = "https://gazette.example"
TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    "path",
    [
        "/2026/11/23/council-settles-budget",
        "/2024/may/06/harbour-wall",
        "/2024/mai/6/hafenmauer",
        "/world/2026-11-23/storm",
        "/news/2024/storm",
        "/politics/archive/2018/02/the-wall/552953/",
        "/news/council-settles-next-years-budget",
        "/politics/article-1234567.html",
        "/news/articles/cderllgw84ro",
        "/a/123456",
        "/archives/11989",
        "/news/417",
        "/news/7",
        "/?p=1234",
        "/?id=7",
        "/story.php?id=5",
        "/index.php?option=content&article=31",
        "/index.php?option=com_content&view=article&id=7:a-wall&catid=2&Itemid=101",
        "/?view=item&id=7",
        "/?action=news&id=7",
        "/wirtschaft/der-rat-beschliesst-den-haushalt-a-99.html",
        "/autoren/anna-holm/der-rat-beschliesst-den-haushalt",
        "/新闻/市议会批准明年预算案",
        "/news/%D8%A7%D9%84%D9%85%D8%AC%D9%84%D8%B3-%D9%8A%D9%82%D8%B1-%D8%A7%D9%84%D9%85%D9%8A%D8%B2%D8%A7%D9%86%D9%8A%D8%A9-%D8%A7%D9%84%D8%AC%D8%AF%D9%8A%D8%AF%D8%A9",
        "/shop/why-the-old-shop-closed-for-good",
    ],
)
def test_addresses_that_look_like_articles(path):
    assert guess(HOST + path, today=TODAY).kind is UrlKind.ARTICLE


@pytest.mark.parametrize(
    "path",
    [
        "/list.do;jsessionid=0A1B2C3D4E5F6071?cat=3", "/Section.aspx;jsessionid=0A1B2C3D4E5F6071?SectionID=5",
        "/(S(4xkq2n55v1m0jzqm))/sport",
        "/world", "/news/europe/", "/wirtschaft", "/city-life", "/news/europe/north/norway",
        "/section/world", "/category/world-news-today", "/topics/energy-and-climate-policy", "/rubrik/kultur-und-leben",
        "/seccion/economia", "/ressort/sport", "/tag/elections-of-this-year", "/author/ana-perez", "/dossier/hafen",
        "/photos", "/events", "/section.php?id=5", "/index.php?cat=3", "/list?channel=town",
        "/2026", "/2026/11", "/2026/11/23/", "/archive/2024/may", "/archiv/2024-05.html", "/news?year=2024&month=5",
        "/?m=202405", "/bronze", "/euro2024",
        "/index.php?option=com_content&view=category&id=7&start=10", "/?view=category&id=7",
    ],
)  # fmt: skip
def test_other_addresses_are_sections_until_they_are_read(path):
    assert guess(HOST + path, today=TODAY).kind is UrlKind.SECTION


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/", "front-page"), ("", "front-page"), ("/?page=3", "front-page"), ("/?s=flood", "view"),
        ("/login", "service-page"), ("/about-us", "service-page"), ("/datenschutz.html", "service-page"),
        ("/feed", "service-page"), ("/wp-login.php", "service-page"), ("/search?q=x", "service-page"),
        ("/politica-de-privacidad", "service-page"),
        ("/images/2026/11/23/photo-of-the-day.jpg", "file-type"), ("/files/annual-report.pdf", "file-type"),
        ("/news?sort=oldest", "view"), ("/news/a?print=1", "view"),
        ("/news?view=list", "view"), ("/index.php?view=article&id=7&print=1", "view"), ("/a?view=grid&id=7", "view"),
        ("/calendar/2031/05", "date-ahead"), ("/2026/12/01", "date-ahead"),
        ("/a/b/c/d/e/f", "deep-section"),
    ],
)  # fmt: skip
def test_a_link_that_is_not_followed_says_why(path, reason):
    assert guess(HOST + path, today=TODAY) == Guess(None, reason)


def test_no_word_of_the_lists_is_cut_where_its_line_ends():
    known = path_words.LISTS | path_words.SERVICE | path_words.DAILY | path_words.PAGE_WORDS
    assert not [word for word in known if word != word.strip("-")]


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/a/b/c/d/e/f/g/h/i/j/k", "deep-path"),
        ("/a/b/c/d/e/f/g/h/i/j-1", None),
        ("/x/y/x/y/x/y", "repeated-segments"),
        ("/news/news/news/a", "repeated-segments"),
        ("/news/news/a", None),
        ("/a?a=1&b=2&c=3&d=4&e=5&f=6", "many-parameters"),
        ("/a?a=1&b=2&c=3&d=4&e=5", None),
        ("/" + "a" * 201, "long-segment"),
        ("/" + "a" * 200, None),
        ("/news/2026/11/council-settles-budget?id=3", None),
    ],
)
def test_traps_are_known_by_the_address(path, why):
    assert trap(HOST + path) == why


@pytest.mark.parametrize(
    "path",
    ["/news/a", "/krise", "/archives/7", "/bronze", "/topics/x", "/autoren/ana/hafen", "/tag/x", "/login", "/?p=3"],
)  # fmt: skip
def test_what_a_feed_or_sitemap_names_is_asked_for_whatever_its_address(path):
    assert listed_reason(HOST + path) is None


@pytest.mark.parametrize(
    ("path", "reason"), [("/", "front-page"), ("", "front-page"), ("/a/b.jpg", "file-type"), ("/c.PDF", "file-type")]
)
def test_files_and_the_front_page_are_no_articles_of_a_feed(path, reason):
    assert listed_reason(HOST + path) == reason


@pytest.mark.parametrize(
    ("path", "serves"),
    [("/impressum", True), ("/Privacy-Policy.html", True), ("/news/contact", True), ("/news", False)],
)
def test_pages_about_the_site_are_known_by_their_last_word(path, serves):
    assert serves_reader(HOST + path) is serves


def test_pages_of_a_series_share_their_pattern():
    assert pattern(HOST + "/diary?month=3&year=2026") == pattern(HOST + "/diary?year=2027&month=11")
    assert pattern(HOST + "/news/2026/11/one-two-three-four") == pattern(HOST + "/news/2025/12/five-six-seven-eight")
    assert pattern(HOST + "/tag/harbour") == pattern(HOST + "/tag/church")
    assert pattern(HOST + "/news") != pattern(HOST + "/sport")


@pytest.mark.parametrize("length", [40, 41])
def test_a_word_of_over_forty_characters_is_a_headline(length):
    kind = guess(f"{HOST}/news/{'x' * length}", today=TODAY).kind
    assert kind is (UrlKind.ARTICLE if length > 40 else UrlKind.SECTION)

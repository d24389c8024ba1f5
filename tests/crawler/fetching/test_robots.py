from datetime import UTC, datetime, timedelta

import pytest

from crawler.dates.unavailable_after import past_at
from crawler.fetching.robots import facts, page_directives, read, rules

NOW = datetime(2026, 11, 28, tzinfo=UTC)
PAST = past_at(NOW)

HOST = "https://gazette.example"


def allows(text: str, path: str, agent: str = "pressmark") -> bool:
    return rules(text, 200, agent).allows(HOST + path)


def test_the_longest_match_wins():
    assert allows("User-agent: *\nDisallow: /\nAllow: /news/", "/news/a")


def test_allow_wins_a_tie():
    assert allows("User-agent: *\nDisallow: /page\nAllow: /page", "/page")


def test_wildcards_and_end_anchors_are_read():
    text = "User-agent: *\nDisallow: /*.pdf$\nDisallow: /a*/b"
    assert [allows(text, path) for path in ("/x.pdf", "/x.pdf?y", "/axx/b/c", "/a/c")] == [False, True, False, True]


def test_our_own_group_replaces_the_general_one():
    assert allows("User-agent: *\nDisallow: /\n\nUser-agent: Pressmark/2.0\nDisallow: /private", "/news")


def test_groups_of_one_robot_are_read_together():
    text = "User-agent: pressmark\nDisallow: /a\n\nUser-agent: *\nDisallow: /\n\nUser-agent: pressmark\nDisallow: /b"
    assert [allows(text, path) for path in ("/a", "/b", "/c")] == [False, False, True]


def test_a_name_that_is_part_of_ours_is_another_robots():
    assert allows("User-agent: press\nDisallow: /\n\nUser-agent: mark\nDisallow: /", "/news")


def test_the_crawlers_name_is_that_of_config():
    text = "User-agent: tribune-bot\nDisallow: /\n\nUser-agent: pressmark\nDisallow:"
    assert not allows(text, "/news", agent="Tribune-Bot")


def test_a_byte_order_mark_does_not_hide_the_first_line():
    assert not rules(read(b"\xef\xbb\xbfUser-agent: *\nDisallow: /"), 200).allows(HOST + "/a")


def test_what_stands_past_500_kib_is_not_read():
    assert allows(read(b"#" * 512_000 + b"\nUser-agent: *\nDisallow: /"), "/a")
    assert len(read(b"#" * 512_001)) == 512_000


def test_the_part_of_a_line_before_500_kib_is_not_read_as_a_line():
    head = b"User-agent: *\nDisallow: /\n"
    for break_ in (b"\n", b"\r", b"\r\n"):
        text = head + b"#" * (512_000 - len(head) - len(b"Allow: /") - len(break_)) + break_ + b"Allow: /news\n"
        assert not allows(read(text), "/a"), "as `Allow: /` the line would allow all"


def test_a_page_sent_as_robots_allows_everything():
    assert allows("<!doctype html><title>Not found</title>", "/a")


def test_crawl_delay_is_capped():
    assert rules("User-agent: *\nCrawl-delay: 86400", 200).delay == timedelta(seconds=60)
    assert rules("User-agent: *\nCrawl-delay: 0.5", 200).delay == timedelta(seconds=0.5)


@pytest.mark.parametrize("value", ["soon", "-3", "0", ""])
def test_a_crawl_delay_that_is_none_is_none(value):
    assert rules(f"User-agent: *\nCrawl-delay: {value}", 200).delay is None


def test_sitemaps_are_named_once_each():
    text = f"Sitemap: {HOST}/a.xml\nsitemap: {HOST}/b.xml\nSitemap: {HOST}/a.xml"
    assert rules(text, 200).sitemaps == (HOST + "/a.xml", HOST + "/b.xml")


@pytest.mark.parametrize(
    ("status", "allowed"),
    [
        (None, False), (429, False), (500, False), (501, False), (599, False),
        (400, True), (401, True), (403, True), (404, True), (428, True), (430, True), (499, True),
    ],
)  # fmt: skip
def test_the_status_of_robots_decides_when_there_is_no_file(status, allowed):
    assert rules("User-agent: *\nDisallow: /", status).allows(HOST + "/a") is allowed


@pytest.mark.parametrize(
    ("headers", "page", "asked"),
    [
        ((("x-robots-tag", "noindex, nofollow"),), b"", {"noindex", "nofollow"}),
        ((("x-robots-tag", "none"),), b"", {"noindex", "nofollow"}),
        ((("x-robots-tag", "otherbot: noindex"),), b"", set()),
        ((("x-robots-tag", "pressmark: noindex"),), b"", {"noindex"}),
        ((("x-robots-tag", "otherbot: nofollow, pressmark: noindex"),), b"", {"noindex"}),
        ((("x-robots-tag", "pressmark: nofollow, otherbot: noindex, noarchive"),), b"", {"nofollow"}),
        ((("x-robots-tag", "noarchive, otherbot: noindex"),), b"", {"noarchive"}),
        ((("x-robots-tag", "unavailable_after: 25 Jun 2030"),), b"", set()),
        ((("tdm-reservation", "1"),), b"", {"tdm-reservation"}),
        ((), b'<META content="NOINDEX" name=robots>', {"noindex"}),
        ((), b'<meta name="pressmark" content="noarchive">', {"noarchive"}),
        ((), b'<meta name="otherbot" content="noindex">', set()),
        ((), b'<meta name="tdm-reservation" content="1">', {"tdm-reservation"}),
        ((), b'<p>name="robots" content="noindex"', set()),
        ((), b'<!-- <meta name="robots" content="none"> --><title>News</title>', set()),
        ((), b"<!--[if !IE]><!--><meta name=robots content=noindex><!--<![endif]-->", {"noindex"}),
        ((), b'<!-- to be done <meta name="robots" content="nofollow">', {"nofollow"}),
        ((), b'<meta data-name="x" name="robots" data-content="none" content="noarchive">', {"noarchive"}),
    ],
)
def test_what_a_page_asks_of_robots_is_read_from_headers_and_meta(headers, page, asked):
    assert page_directives(headers, page, PAST) == asked


def test_meta_tags_are_looked_for_in_the_first_64_kib():
    tag = b"<meta name=robots content=noindex>"
    assert page_directives((), b" " * (65_536 - len(tag)) + tag, PAST) == {"noindex"}
    assert page_directives((), b" " * (65_537 - len(tag)) + tag, PAST) == frozenset()


@pytest.mark.parametrize(
    ("headers", "page", "asked"),
    [
        ((("tdm-reservation", "1"),), b"", {"tdm-reservation"}),
        ((("tdm-reservation", "0"),), b"", set()),
        ((("x-version", "1"),), b"", set()),
        ((), b"<meta name=tdm-reservation content=1>", {"tdm-reservation"}),
        ((), b"<meta name=tdm-reservation content=0>", set()),
        ((), b"<meta name=robots content=1>", set()),
        ((("x-robots-tag", "unavailable_after: 25 Jun 2030, noindex"),), b"", {"noindex"}),
        ((("x-robots-tag", "noindex, unavailable_after: 25 Jun 2030"),), b"", {"noindex"}),
        ((("x-robots-tag", "max-snippet:20, noindex"),), b"", {"noindex"}),
        (
            (("x-robots-tag", "max-image-preview: large"), ("x-robots-tag", "max-video-preview:-1, noarchive")),
            b"",
            {"noarchive"},
        ),
        ((("x-robots-tag", "max-snippet:20"),), b"", set()),
        ((("x-robots-tag", "otherbot: noindex"),), b"", set()),
    ],
)
def test_a_reservation_is_a_one_and_a_date_of_leaving_names_no_robot(headers, page, asked):
    assert page_directives(headers, page, PAST) == asked


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("unavailable_after: 25 Jun 2020 15:00:00 PST", {"noindex", "nofollow"}),
        ("unavailable_after: Friday, 25-Jun-2010 15:00:00 GMT, noarchive", {"noindex", "nofollow", "noarchive"}),
        ("noarchive, unavailable_after: 2020-09-21", {"noindex", "nofollow", "noarchive"}),
        ("Unavailable_After: 2020-09-21T10:00:00+02:00", {"noindex", "nofollow"}),
        ("unavailable_after: 25 Jun 2020", {"noindex", "nofollow"}),
        ("unavailable_after: 25-Jun-2020", {"noindex", "nofollow"}),
        ("unavailable_after: Thursday, 25-Jun-20", {"noindex", "nofollow"}),
        ("unavailable_after: 2020-09-21 15:00", {"noindex", "nofollow"}),
        ("unavailable_after: 2020-09-21 15:00:00 UTC", {"noindex", "nofollow"}),
        ("unavailable_after: 2020-09-21T15:00 CEST, noarchive", {"noindex", "nofollow", "noarchive"}),
        ("unavailable_after: 25-Jun-2031", set()),
        ("unavailable_after: 2031-09-21 15:00:00 UTC", set()),
        ("unavailable_after: 2031-09-21", set()),
        ("unavailable_after: 25.06.2020", {"noindex", "nofollow"}),
        ("unavailable_after: 25. Juni 2020 12:00", {"noindex", "nofollow"}),
        ("unavailable_after: 25 juin 2020, noarchive", {"noindex", "nofollow", "noarchive"}),
        ("unavailable_after: June 25, 2020, noarchive", {"noindex", "nofollow", "noarchive"}),
        ("unavailable_after: 06/25/2020", {"noindex", "nofollow"}),
        ("unavailable_after: 20200625T150000Z", {"noindex", "nofollow"}),
        ("unavailable_after: Jun 2020", {"noindex", "nofollow"}),
        ("unavailable_after: 25.06.2031", set()),
        ("unavailable_after: 25. Juni 2031, noarchive", {"noarchive"}),
        (f"unavailable_after: {NOW:%B %Y}", set()),  # the month is not over
        ("unavailable_after: 10/11/2026", {"noindex", "nofollow"}),  # October or November
        ("unavailable_after: 12/10/2026", set()),  # October or December: not past for sure
        ("unavailable_after: the end of the fair", {"unavailable_after: the end of the fair"}),
        (
            "unavailable_after: the  fair's end, noarchive",
            {"noarchive", "unavailable_after: the fair's end, noarchive"},
        ),
    ],
)
def test_a_page_whose_day_of_leaving_is_past_asks_not_to_be_indexed(said, asked):
    assert page_directives((("x-robots-tag", said),), b"", PAST) == asked
    assert page_directives((), f'<meta name="robots" content="{said}">'.encode(), PAST) == asked
    assert page_directives((), f'<meta name="otherbot" content="{said}">'.encode(), PAST) == set()


def test_a_day_of_leaving_that_cannot_be_read_is_told_of_the_article_and_takes_nothing_away():
    asked = page_directives((("x-robots-tag", "unavailable_after: the fair's  end"),), b"", PAST)
    assert facts(asked) == {"leaving": "it asks to be left out after a day that cannot be read: the fair's end"}
    assert facts({"tdm-reservation", "noarchive"}) == {"tdm-reservation": "1"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig"])
def test_meta_tags_are_read_in_any_encoding(encoding):
    page = "<!doctype html><html><head><meta name=robots content=noindex><title>Überschwemmung</title>"
    assert page_directives((), page.encode(encoding), PAST) == {"noindex"}


def test_a_meta_tag_names_us_as_we_name_ourselves():
    tag = b'<meta name="valley-reader" content="noindex">'
    assert page_directives((), tag, PAST, "Valley-Reader") == {"noindex"}
    assert page_directives((), tag, PAST) == set()

import random
import tracemalloc
from datetime import timedelta

import pytest
from protego import Protego

from corpus.runs.robots_bounds import Beyond, beyond, in_words
from crawler.fetching.robots import rules
from crawler.fetching.robots_text import is_reduced, reduced
from tests.counting import calls
from tests.stalling import no_stall

HOST = "https://gazette.example"


def allows(text: str, path: str) -> bool:
    return rules(text, 200).allows(HOST + path)


def test_only_the_groups_that_speak_to_us_are_left():
    text = (
        "# our rules\nUser-agent: otherbot\nDisallow: /\n\nUser-agent: Pressmark/1.0 # hello\nDisallow: /private\n"
        "User-agent: *\nDisallow: /all\nCrawl-delay: 3\nSitemap: https://gazette.example/map.xml\n"
        "Host: gazette.example\n"
    )
    assert reduced(text, "pressmark").splitlines() == [
        "# what this robots.txt says to pressmark",
        "User-agent: pressmark",
        "Disallow: /private",
        "Disallow:",
        "User-agent: *",
        "Crawl-delay: 3",
        "Disallow: /all",
        "Disallow:",
        "Sitemap: https://gazette.example/map.xml",
    ]


def test_what_is_reduced_stays_as_it_is():
    once = reduced("User-agent: *\nDisallow: /a\n\nUser-agent: pressmark\nAllow: /\nSitemap: /m.xml", "pressmark")
    assert reduced(once, "pressmark") == once


def test_a_text_reduced_for_another_name_is_not_taken_for_ours():
    text = reduced("User-agent: tribune\nDisallow: /", "pressmark")
    assert (is_reduced(text, "pressmark"), is_reduced(text, "tribune"), is_reduced("", "tribune")) == (
        True,
        False,
        True,
    )


@pytest.mark.parametrize(
    "text",
    [
        "User-agent: otherbot\nUser-agent: *\nDisallow: /a",
        "User-agent: *\nUser-agent: otherbot\nDisallow: /a",
        "user agent *\ndisallow /a",
        "USERAGENT:*\nDissalow:/a",
        "User-agent: *\n\n\nDisallow: /a",
        "User-agent: *\nSitemap: /m.xml\nDisallow: /a",
        "User-agent: *\nNoindex: /b\nDisallow: /a",
        "User-agent: *\rDisallow: /a",
        "User-agent: *\r\n  Disallow :  /a  # not for robots",
        "User-agent: x\nAllow: /\nUser-agent: *\nDisallow: /a\nUser-agent: y\nAllow: /",
        "User-agent: *\nDisallow:\nDisallow: /a",
        "User-agent: *\nDisallow: /\u2028a\nDisallow: /a",
    ],
)
def test_a_rule_holds_however_the_lines_are_written(text):
    assert not allows(text, "/a")
    assert allows(text, "/b")


def test_an_own_group_without_a_rule_allows_everything():
    assert allows("User-agent: pressmark\nDisallow:\n\nUser-agent: *\nDisallow: /", "/a")
    assert allows("User-agent: pressmark\n\nSitemap: /m.xml\nUser-agent: *\nDisallow: /b", "/a")


def test_a_separator_within_a_value_begins_no_new_line():
    assert not allows("User-agent: *\nDisallow: /\nDisallow: /x\u2028Allow: /a\x85Allow: /a\x0bAllow: /a", "/a")


def test_the_last_delay_that_is_a_number_of_seconds_counts():
    text = "User-agent: *\nCrawl-delay: 3\nCrawl-delay: 5\nCrawl-delay: soon\nCrawl-delay: inf"
    assert rules(text, 200).delay == timedelta(seconds=5)


def test_rules_past_the_bounds_are_read_as_wider_ones_never_as_narrower(caplog):
    count = 2_010
    text = (
        "User-agent: *\n"
        + "".join(f"Disallow: /{number}/*.pdf$\n" for number in range(count))
        + f"Allow: /{count - 1}/*\nDisallow: /long/{'x' * 3000}\nAllow: /{'y' * 3000}\n"
    )
    assert not allows(text, f"/{count - 1}/a.html")  # shortened
    assert allows(text, "/7/a.html")
    assert not allows(text, "/long/" + "x" * 3000)
    assert "robots.txt read more widely agent=*" in caplog.text


def test_at_most_fifty_sitemaps_are_named():
    text = "".join(f"Sitemap: {HOST}/{number}.xml\n" for number in range(80))
    assert len(rules(text, 200).sitemaps) == 50


def test_what_is_beyond_a_bound_is_counted_in_the_reduced_text_and_stays_so():
    text = (
        "User-agent: *\n"
        + "".join(f"Disallow: /{number}/*.pdf$\n" for number in range(2_010))
        + f"Allow: /{'y' * 3000}\nDisallow: /long/{'x' * 3000}\n"
        + "".join(f"Sitemap: {HOST}/{number}.xml\n" for number in (*range(80), 7, 79))
    )
    first = reduced(text, "pressmark", is_cut=True)
    assert beyond(first) == Beyond(sitemaps=30, rules=12, file=True)
    assert reduced(first, "pressmark") == first
    assert in_words(first) == (
        "it is longer than what is read of it",
        "30 sitemaps that it names are not read",
        "12 rules are read as wider ones, which allow less",
    )
    assert beyond(reduced("User-agent: *\nDisallow: /a\n", "pressmark")) == Beyond()
    claimed = "# a robots.txt\n# beyond our bounds: sitemaps 9, rules 9, file 1\nUser-agent: *\n"
    assert beyond(reduced(claimed, "pressmark")) == Beyond(), "a file does not say it itself"


KILLERS = {
    "agents times rules": "".join(f"User-agent: bot{n}\n" for n in range(2_000))
    + "".join(f"Disallow: /{n}\n" for n in range(4_000)),
    "our name again and again": "User-agent: pressmark\nUser-agent: *\n" * 7_000 + "Disallow: /x\n" * 7_000,
    "groups and rules": "".join(f"User-agent: *\nDisallow: /{n}\n" for n in range(14_000)),
    "wildcards": "User-agent: *\n" + "".join(f"Disallow: /*{n}*a\n" for n in range(25_000)),
    "one rule of stars": "User-agent: *\nDisallow: /" + "*a" * 250_000,
    "one line": "User-agent " * 45_000,
    "blanks": " " * 250_000 + "User-agent" + " " * 250_000 + ":*",
    "colons": ":" * 500_000,
    "dollars": "User-agent: *\nDisallow: /" + "$" * 500_000,
}


@pytest.mark.parametrize("text", KILLERS.values(), ids=KILLERS)
def test_no_text_takes_seconds_or_much_memory(text):
    tracemalloc.start()
    try:
        with no_stall():
            read = rules(text[: 500 * 1024], 200)
        assert tracemalloc.get_traced_memory()[1] < 100_000_000
    finally:
        tracemalloc.stop()
    with no_stall():
        found = calls(lambda: [read.allows(f"{HOST}/news/{'a' * 1900}{number}") for number in range(20)])
    assert found < 20 * 30_000  # a third of it, with two thousand patterns


def test_reduced_rules_decide_as_the_whole_text_does():
    draw = random.Random(7)
    paths = ["/", "/a", "/a/b", "/a/b.pdf", "/c?d=1", "/C"]
    lines = [
        *(f"User-agent: {agent}" for agent in ("*", "pressmark", "otherbot")),
        *(f"{verb}: {rule}" for verb in ("Allow", "Disallow") for rule in ("/", "/a", "/a/*", "/*.pdf$", "/c?d=", "")),
        "Crawl-delay: 2", "Sitemap: /m.xml", "", "# note", "Host: a",
    ]  # fmt: skip
    for _ in range(2_000):
        text = "\n".join(draw.choices(lines, k=draw.randint(1, 12)))
        whole, read = Protego.parse(text), rules(text, 200)
        said = [whole.can_fetch(HOST + path, "pressmark") for path in paths]
        assert [read.allows(HOST + path) for path in paths] == said, text

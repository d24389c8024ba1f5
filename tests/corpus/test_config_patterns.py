import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.config.patterns import in_scope, matches


@pytest.mark.parametrize(
    ("pattern", "url", "expected"),
    [
        ("/news/*", "https://a.example/news/flood", True),
        ("/news/*", "https://a.example/news/", True),
        ("/news/*", "https://a.example/old/news/flood", False),
        ("/news", "https://a.example/news", True),
        ("/news", "https://a.example/news/flood", False),
        ("*/live/*", "https://a.example/news/live/1", True),
        ("*.pdf", "https://a.example/x.pdf", True),
        ("*?print=1", "https://a.example/x?print=1", True),
        ("/x", "https://a.example/x?print=1", False),
        ("https://b.example/*", "https://a.example/x", False),
        ("http*://*.example/x", "https://a.example/x", True),
        ("/a.c", "https://a.example/abc", False),
    ],
)
def test_a_star_is_any_run_of_signs_and_the_rest_stands_for_itself(pattern: str, url: str, expected: bool):
    assert matches(pattern, url) is expected


@given(st.text("ab*", max_size=8), st.text("ab", max_size=12))
def test_patterns_match_as_the_expression_with_any_run_for_each_star_does(pattern: str, path: str):
    expression = "/" + ".*".join(map(re.escape, pattern.split("*")))
    assert matches("/" + pattern, f"https://x.example/{path}") is bool(re.fullmatch(expression, "/" + path))


def test_matching_takes_linear_time_whatever_the_pattern():
    assert not matches("/" + "*a" * 200 + "b", "https://x.example/" + "a" * 4000)


def test_exclude_wins_over_include_and_without_include_all_are_in_scope():
    assert in_scope("https://a.example/x", (), ())
    assert in_scope("https://a.example/x", ("/x", "/y"), ())
    assert not in_scope("https://a.example/z", ("/x", "/y"), ())
    assert not in_scope("https://a.example/x", ("/x",), ("*x",))

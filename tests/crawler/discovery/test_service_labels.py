"""The links at the foot of a page that serve the reader are not followed, whatever their addresses are."""

from datetime import UTC, datetime

import pytest

from corpus.model import UrlKind
from crawler.discovery.home import read_section

NOW = datetime(2026, 11, 28, tzinfo=UTC)
WORDS = (
    "About us",
    "Impressum",
    "Mentions légales",
    "Qui som",
    "Piv omp",
    "Amdanom ni",
    "من نحن",
    "お問い合わせ",
    "О нас",
)


def followed(page: str) -> tuple[list[str], list[str]]:
    """The addresses of a front page that are followed, and those left out as pages that serve the reader."""
    found = read_section(page.encode(), "https://gazette.example/", charset="utf-8", kind=UrlKind.HOME, now=NOW)
    return [item.url for item in found.found], [item.url for item in found.left_out if item.reason == "service-page"]


@pytest.mark.parametrize("words", WORDS)
def test_a_link_at_the_foot_that_says_that_it_serves_the_reader_is_left_out(words):
    link = f"<a href='/info-7-of-the-wall'> {words} </a>"
    address = ["https://gazette.example/info-7-of-the-wall"]
    for foot in (f"<footer><ul><li>{link}</li></ul></footer>", f"<div class=site-footer>{link}</div>"):
        assert followed(f"<html><body>{foot}</body></html>") == ([], address)
    of_story = (f"<article><footer>{link}</footer></article>", f"<div class=entry-footer>{link}</div>")
    for elsewhere in (f"<main>{link}</main>", f"<div class=footnote>{link}</div>", *of_story):
        assert followed(f"<html><body>{elsewhere}</body></html>") == (address, [])
    story = f"<footer><a href='/info-7-of-the-wall'>{words} and what came of it</a></footer>"
    assert followed(f"<html><body>{story}</body></html>") == (address, [])

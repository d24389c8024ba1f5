"""A plain text is read as its reader would: first line, byline, caption, story, tail."""

from datetime import UTC, datetime

from corpus.model import Article
from crawler.extraction.plaintext import read_text
from tests.crawler.stories import FERRY

# The shape of a text copied off a page: a byline with a dash, a portrait's caption with the name misspelled, a tail.
COPIED = "\n\n".join(
    ("Ferry talks long on tea, short on timetables", "By Arvid Lindqvist-", "Arvid Lindkvist", *FERRY, "Related posts")
)


def article(text: str) -> Article:
    return read_text(text, url="https://courier.example/a", source="courier", fetched=datetime(2026, 3, 4, tzinfo=UTC))


def test_the_first_line_is_the_headline() -> None:
    assert article(COPIED).headline == "Ferry talks long on tea, short on timetables"


def test_a_byline_with_a_trailing_dash_names_its_author() -> None:
    found = article(COPIED)
    assert [author.name for author in found.authors] == ["Arvid Lindqvist"]
    assert found.byline == "By Arvid Lindqvist-"


def test_the_body_begins_and_ends_with_the_story() -> None:
    assert article(COPIED).body == "\n\n".join(FERRY)


def test_a_text_that_prints_no_date_has_none() -> None:
    assert article(COPIED).published is None


def test_a_text_of_lines_without_blank_ones_is_split_at_each() -> None:
    assert article("\r\n".join(("Ferry talks", *FERRY))).body == "\n\n".join(FERRY)


def test_a_text_that_begins_with_a_sentence_has_no_headline() -> None:
    found = article("\n\n".join(FERRY))
    assert found.headline is None
    assert found.body == "\n\n".join(FERRY)


def test_markup_in_a_text_is_text() -> None:
    assert "<b>not bold</b>" in article("Signs\n\nShe wrote <b>not bold</b> & meant it, as she told everyone.").body


def test_an_empty_text_is_an_empty_article() -> None:
    assert article(" \n ").body == ""

# ruff: noqa: E501 - a page stands on one line
import pytest

from crawler.extraction.headline import headline, standfirst, without_site
from crawler.markup.metadata import read_metadata
from crawler.markup.tree import parse


def found(html: str) -> str | None:
    tree = parse(html.encode())
    assert tree is not None
    return headline(tree, read_metadata(tree, "https://gazette.example/a"))[0]


@pytest.mark.parametrize(
    "title",
    [
        "Bridge closes | The Gazette",
        "The Gazette: Bridge closes",
        "Bridge closes - Gazette",
        "Bridge closes « gazette.example",
    ],
)
def test_the_site_s_name_is_cut_off_a_title(title: str) -> None:
    assert without_site(title, frozenset({"the-gazette", "gazette", "gazette-example"})) in {"Bridge closes", title}
    assert without_site("Bridge closes | The Gazette", frozenset({"the-gazette"})) == "Bridge closes"


def test_a_dash_within_a_headline_stays() -> None:
    assert without_site("Iron bridge - a history", frozenset({"the-gazette"})) == "Iron bridge - a history"


def test_the_heading_most_like_the_title_is_the_headline() -> None:
    html = "<title>Iron bridge closes to lorries - G</title><h1>The Gazette</h1><h1>Iron bridge closes to lorries</h1><h2>More</h2>"
    assert found(html) == "Iron bridge closes to lorries"


def test_the_printed_headline_is_believed_before_the_one_for_other_sites() -> None:
    html = '<meta property="og:title" content="Iron bridge closes to lorries on Monday"><h1>Iron bridge closes to lorries</h1>'
    assert found(html) == "Iron bridge closes to lorries"


def test_a_page_without_headings_has_its_title() -> None:
    assert found("<title>Iron bridge closes</title><p>x</p>") == "Iron bridge closes"


def test_a_page_that_names_itself_nowhere_has_no_headline() -> None:
    assert found("<p>x</p>") is None


def test_the_standfirst_does_not_repeat_the_headline() -> None:
    tree = parse(b'<meta name="description" content="Iron bridge closes to lorries"><p>x</p>')
    assert tree is not None
    metadata = read_metadata(tree, "https://gazette.example/a")
    assert standfirst(metadata, texts=[], headline="Iron bridge closes to lorries") == (None, None)

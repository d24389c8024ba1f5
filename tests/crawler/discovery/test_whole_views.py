"""The links of a story's first page that may lead to all of it on one page, and those that do not."""

import pytest
from lxml import html

from crawler.discovery.whole_views import full_texts, whole_views

OWN = "https://gazette.example/2026/pier-repaired.html"


def views(*links: str, own: str = OWN) -> list[str]:
    tree = html.fromstring(f"<html><body>{''.join(links)}</body></html>")
    found = whole_views((*tree.iter("link"), *tree.iter("a")), own, own, None)
    return [url.removeprefix("https://gazette.example") for url in found]


@pytest.mark.parametrize(
    ("href", "label"),
    [
        ("?page=all", "↧"),
        ("?seite=alles", "1 2 3"),
        ("?singlepage=1", "x"),
        ("/2026/pier-repaired/all", "x"),
        ("/2026/pier-repaired-komplettansicht.html", "x"),
        ("/2026/pier-repaired.html?v=2", "Ver en una sola página"),
        ("/2026/pier-repaired.html?v=2", "全文"),
        ("/drucken/pier-repaired.html", "x"),
    ],
)
def test_a_link_with_a_word_for_all_or_print_may_show_all(href: str, label: str) -> None:
    assert len(views(f'<a href="{href}">{label}</a>')) == 1


@pytest.mark.parametrize(
    ("href", "label"),
    [
        ("?page=2", "2"),
        ("/2026/other-story.html?page=all", "View all"),  # another story's
        ("https://elsewhere.example/pier-repaired?page=all", "View all"),
        ("/2026/", "View all"),
        ("#all", "View all"),
        ("/2026/pier-repaired.html", "Print"),  # a script's
        ("/2026/pier-repaired.html?page=all#comments", "All comments"),
        ("/2026/pier-repaired/footprints", "Small blueprints"),
    ],
)
def test_other_links_do_not(href: str, label: str) -> None:
    assert views(f'<a href="{href}">{label}</a>') == []


def test_what_says_all_goes_before_print_and_print_before_a_version_for_phones_and_two_are_asked_for() -> None:
    amp = '<link rel="amphtml" href="/amp/pier-repaired.html">'
    paper = '<a href="/print/pier-repaired">Print</a>'
    whole = '<a href="?page=all">View all</a>'
    assert views(amp, paper) == ["/print/pier-repaired", "/amp/pier-repaired.html"]
    assert views(amp, paper, whole) == ["/2026/pier-repaired.html?page=all", "/print/pier-repaired"]


@pytest.mark.parametrize(
    ("own", "link"),
    [
        ("/article/view/12", "<a href=/article/view/12/full>Article</a>"),
        ("/articles/10.3389/x.2026.1/abstract", "<a href=/articles/10.3389/x.2026.1/full>Full</a>"),
        ("/doi/abs/10.1002/x.12", "<a href=/doi/full/10.1002/x.12>HTML</a>"),
        ("/doi/10.1002/x.12", "<link rel=alternate href=/doi/full/10.1002/x.12>"),
        ("/en/paper/7/", "<a href=fulltext.html>Text</a>"),
        ("/article/view/12", "<a class='galley-link file' href=/article/view/12/34>HTML</a>"),
        ("/article/view/12", "<a href=/article/view/12/34>Texto completo</a>"),
        ("/rapport/12", "<a href=/rapport/12/texte-integral>→</a>"),
        ("/lunwen/12", "<a href=/lunwen/12/x>全文</a>"),
    ],
)
def test_an_abstract_leads_to_the_text_at_its_own_address(own: str, link: str) -> None:
    assert len(texts(own, link)) == 1


@pytest.mark.parametrize(
    ("own", "link"),
    [
        ("/article/view/12/full", "<a href=/article/view/12/full>Article</a>"),  # the text itself
        ("/article/view/12", "<a href=/article/view/13/full>Next paper</a>"),
        ("/article/view/12", "<a href=/article/view/13/4>Full text</a>"),
        ("/article/view/12", "<a href=/article/view/12/34>PDF</a>"),
        ("/article/view/12", "<a href=https://other.example/article/view/12/full>Full text</a>"),
        ("/news/full-moon", "<a href=/news/full>Full</a>"),
        ("/news/a-story", "<a href=/news/a-story/comments>HTML</a>"),
        ("/nyheter/saken", "<a href=/nyheter/saken/kommentarer/full>Fulltext</a>"),
        ("/news/a-story", "<a href=/news/a-story/comments>Full text of the letter by the mayor to the council</a>"),
    ],
)
def test_other_links_lead_to_no_text_of_an_abstract(own: str, link: str) -> None:
    assert texts(own, link) == ()


def texts(own: str, link: str) -> tuple[str, ...]:
    tree = html.fromstring(f"<html><body>{link}</body></html>")
    address = f"https://journal.example{own}"
    nodes = (*tree.iter("link"), *tree.iter("a"))
    return full_texts(nodes, [node.get("href") or "" for node in nodes], address, address, canonical=None)

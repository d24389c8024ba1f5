# ruff: noqa: E501 - a page stands on one line
import json

import pytest

from crawler.markup.metadata import Metadata, read_metadata
from crawler.markup.tree import parse
from tests.counting import calls


def told(html: str) -> Metadata:
    tree = parse(html.encode())
    assert tree is not None
    return read_metadata(tree, "https://gazette.example/news/bridge")


def story(data: object) -> Metadata:
    return told(f'<title>Bridge</title><script type="application/ld+json">{json.dumps(data)}</script><p>x</p>')


@pytest.mark.parametrize(
    "author",
    [
        "Ana Ruiz", {"name": "Ana Ruiz"}, [{"@type": "Person", "name": "Ana Ruiz"}], {"@list": ["Ana Ruiz"]}, {"name": ["Ana Ruiz"]},
        {"@type": "Person", "givenName": "Ana", "familyName": "Ruiz"}, {"name": {"@value": "Ana Ruiz"}}, [[{"name": "Ana Ruiz"}]], {"name": "Ana&nbsp;Ruiz"},
    ],
)  # fmt: skip
def test_an_author_is_found_however_it_is_nested(author: object) -> None:
    found = story({"@type": "NewsArticle", "headline": "Bridge", "author": author}).story.authors
    assert [signer.name.replace("\u00a0", " ") for signer in found] == ["Ana Ruiz"]


def test_a_reference_is_followed_to_its_node() -> None:
    data = {
        "@graph": [{"@type": "Article", "author": {"@id": "#7"}}, {"@id": "#7", "@type": "Person", "name": "Ana Ruiz"}]
    }
    assert [signer.name for signer in story(data).story.authors] == ["Ana Ruiz"]


def test_persons_stand_before_organisations() -> None:
    authors = [{"@type": "Organization", "name": "The Gazette"}, {"@type": "Person", "name": "Ana Ruiz"}]
    assert [signer.name for signer in story({"@type": "Article", "author": authors}).story.authors] == [
        "Ana Ruiz",
        "The Gazette",
    ]


def test_the_page_s_own_article_is_told_from_those_it_lists() -> None:
    other = {"@type": "NewsArticle", "headline": "Harbour", "author": "Jo Stranger"}
    own = {"@type": "NewsArticle", "headline": "Bridge", "author": "Ana Ruiz"}
    listed = {"@type": "ItemList", "itemListElement": [other]}
    assert story([listed, own]).story.headline == "Bridge"
    assert [signer.name for signer in story([listed, own]).story.authors] == ["Ana Ruiz"]


@pytest.mark.parametrize(
    "script",
    [
        '<!-- {"@type":"Article","headline":"Bridge"} -->', '{"@type":"Article","headline":"Bridge",}', '{"@type":"Article","headline":"Bri\ndge"}',
        '//<![CDATA[\n{"@type":"Article","headline":"Bridge"}\n//]]>', '{"@type":"Article","headline":"Bridge"}{"@type":"Thing"}', '{"@type":"Article","headline":"Bridge","author":{"name":',
    ],
)  # fmt: skip
def test_broken_json_is_mended_or_searched(script: str) -> None:
    found = told(f'<script type="application/ld+json">{script}</script><p>x</p>').story.headline
    assert (found or "").replace("\n", "") == "Bridge"


def test_json_without_end_costs_nothing() -> None:
    def work(data: str) -> int:
        return calls(lambda: told(f'<script type="application/ld+json">{data}</script><p>x</p>'))

    assert work("[" * 100_000) < 3_000
    assert work(json.dumps({"a": [{"b": n} for n in range(90_000)]})) < 400_000  # not ten for each of them


def test_meta_tags_are_known_by_name_property_and_itemprop() -> None:
    html = '<meta name="Author" content=" Ana  Ruiz "><meta property="og:title" content="Bridge"><meta itemprop="datePublished" content="2024"><p>x</p>'
    found = told(html)
    assert (found.value("author"), found.value("og:title"), found.value("datepublished")) == (
        "Ana Ruiz",
        "Bridge",
        "2024",
    )


def test_the_canonical_link_is_made_absolute() -> None:
    assert told('<link rel="canonical" href="/bridge"><p>x</p>').canonical == "https://gazette.example/bridge"
    assert told('<link rel="canonical" href="http://[bad"><p>x</p>').canonical is None


def test_a_page_that_asks_not_to_be_indexed_is_heard() -> None:
    assert told('<meta name="robots" content="NOINDEX, follow"><p>x</p>').noindex


def test_the_outlet_s_names_are_gathered() -> None:
    assert {"the-gazette", "gazette"} <= told('<meta property="og:site_name" content="The Gazette"><p>x</p>').outlets

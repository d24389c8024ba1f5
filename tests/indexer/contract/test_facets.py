"""The table of facets: each row is whole, and the pages for readers name it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus.model import Article, Author
from indexer.contract.facets import FACETS, NONE, FacetName

DOCS = Path(__file__).parents[3] / "docs"
ARTICLE = Article(
    url="https://a.example/1",
    source="The Herald",
    fetched=datetime(2026, 11, 20, tzinfo=UTC),
    authors=(Author("Ana Pérez", "ana-perez"), Author("Li Wei", "li-wei")),
    language="pt-BR",
    section="World News",
    structure=(),
)


def test_each_facet_has_a_row_and_no_two_share_a_spelling() -> None:
    assert tuple(FACETS) == tuple(FacetName)
    fields = [field for facet in FACETS.values() for field in facet.fields]
    plurals = [facet.plural for facet in FACETS.values()]
    assert len(set(fields)) == len(fields)
    assert len(set(plurals)) == len(plurals)
    assert all(facet.fields[0] == name for name, facet in FACETS.items())


def test_an_article_gives_its_keys_each_once() -> None:
    values = {name.value: facet.values(ARTICLE, {"li-wei": "ana-perez"}) for name, facet in FACETS.items()}
    expected = {"author": ("ana-perez",), "site": ("the-herald",), "section": ("world-news",), "lang": ("pt",)}
    assert {name: keys for name, keys in values.items() if keys} == expected


def test_a_source_without_letters_and_an_article_without_section_give_no_key() -> None:
    bare = Article(url="https://a.example/1", source="…", fetched=ARTICLE.fetched, structure=())
    assert all(facet.values(bare, {}) == () for facet in FACETS.values())


@pytest.mark.parametrize(
    ("facet", "typed", "key"),
    [
        ("author", "Ana Pérez", "ana-perez"),
        ("site", "https://Valley-Herald.example/a/b", "valley-herald.example"),
        ("section", "World News", "world-news"),
        ("lang", "German", "de"),
        ("lang", "en_GB", "en"),
        ("author", "…", ""),
        ("site", "…", ""),
        ("lang", "…", ""),
    ],
)
def test_a_value_as_typed_has_the_key_of_the_articles(facet: str, typed: str, key: str) -> None:
    assert FACETS[FacetName(facet)].key(typed) == key


@pytest.mark.parametrize(
    ("facet", "key", "name"),
    [
        ("author", "li-wei", "li-wei"),
        ("site", "a.example", "a.example"),
        ("section", "world-news", "World news"),
        ("lang", "de", "German"),
        ("lang", "xx", "xx"),
    ],
)
def test_a_key_is_shown_as_a_name(facet: str, key: str, name: str) -> None:
    assert FACETS[FacetName(facet)].label(key) == name


@pytest.mark.parametrize("name", FacetName)
def test_the_page_on_searching_names_each_facet(name: FacetName) -> None:
    text = (DOCS / "querying.md").read_text(encoding="utf-8")
    assert f"`{name}:{NONE}`" in text or f"`by:{NONE}`" in text
    assert f"`{name}`" in text
    assert f"`not.{name}`" in text
    assert f'"{FACETS[name].plural.replace(" ", "_")}": [' in text

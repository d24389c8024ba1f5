"""What an article's page embeds is what Zotero's importers read, and gives them every field of a newspaper article."""

import json
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

import pytest

from corpus.model import Author, AuthorKind, StoredArticle
from indexer.results.citations import csl
from tests.indexer.results.hostile import ARTICLES, NOW
from web.articles.embedded import coins, json_ld, meta

OF_DUBLIN_CORE = {
    "rft.type": "itemType",
    "rft.title": "title",
    "rft.source": "publicationTitle",
    "rft.identifier": "url",
    "rft.date": "date",
    "rft.language": "language",
    "rft.description": "abstractNote",
}  # the key of a ContextObject in Dublin Core -> the field of Zotero that it fills


def zotero_item(title: str) -> dict[str, Any]:
    """Read a ContextObject by Zotero's rules: the type is a name of its own; a comma ends the last name."""
    pairs = parse_qsl(title, strict_parsing=True)
    item: dict[str, Any] = {OF_DUBLIN_CORE[key]: value for key, value in pairs if key in OF_DUBLIN_CORE}
    names = [value.split(", ") for key, value in pairs if key == "rft.au"]
    item["creators"] = [tuple(each) if len(each) > 1 else each[0].rstrip(",") for each in names]
    item["organisations"] = [value for key, value in pairs if key == "rft.aucorp"]
    return item


def cited(stored: StoredArticle) -> dict[str, Any]:
    return csl(stored, "The Gazette", retrieved=NOW)


@pytest.mark.parametrize("stored", ARTICLES, ids=lambda stored: stored.article.url.rpartition("/")[2][:8])
def test_a_context_object_has_each_field_of_a_newspaper_article(stored: StoredArticle):
    item, cited_as = zotero_item(coins(cited(stored))), cited(stored)
    assert item.pop("creators")[0] == ("Pérez", "Ana")
    del item["organisations"]
    assert item == {
        "itemType": "newspaperArticle",
        "title": cited_as["title"],
        "publicationTitle": "The Gazette",
        "url": stored.article.url,
        "date": "2024-05-06",
        "language": "en",
        "abstractNote": cited_as["abstract"],
    }


def test_a_name_that_stays_whole_is_not_split_into_two():
    people = (
        Author("Jan van der Berg", "j"),
        Author("Harbour Wire", "h", AuthorKind.AGENCY),
        Author("李娜", "l"),
        Author("Quay, Sons & Co", "q", AuthorKind.AGENCY),
    )
    stored = replace(ARTICLES[0], article=replace(ARTICLES[0].article, authors=people))
    item = zotero_item(coins(cited(stored)))
    assert item["creators"] == [("van der Berg", "Jan"), "Harbour Wire", "李娜"]
    assert item["organisations"] == ["Quay, Sons & Co"]


@pytest.mark.parametrize("stored", ARTICLES, ids=lambda stored: stored.article.url.rpartition("/")[2][:8])
def test_tags_and_linked_data_name_the_article_as_its_citation_does(stored: StoredArticle):
    item = cited(stored)
    tags = dict(meta(item))
    assert "citation_journal_title" not in tags  # by it Zotero files a journal's article
    assert (tags["citation_title"], tags["citation_public_url"]) == (item["title"], item["URL"])
    assert (tags["citation_publication_date"], tags["citation_publisher"]) == ("2024/05/06", "The Gazette")
    text = str(json_ld(stored.article, item))
    assert not {*"<>&\u2028\u2029"} & {*text}
    made = json.loads(text)
    assert (made["@type"], made["headline"], made["url"]) == ("NewsArticle", item["title"], item["URL"])
    assert (made["articleSection"], made["datePublished"]) == (item["section"], "2024-05-06")
    assert [each["name"] for each in made["author"]] == [each.name for each in stored.article.authors]

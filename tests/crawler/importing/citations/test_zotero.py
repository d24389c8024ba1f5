"""Zotero's own JSON is read as citations; what is attached to an item is no article, and is named."""

import json
from pathlib import Path

import pytest

from tests.crawler.importing.reading import URL, articles, items, notes, shown

WALLS = {
    "itemType": "newspaperArticle",
    "title": "Walls approved",
    "creators": [
        {"firstName": "Ana", "lastName": "Pérez", "creatorType": "author"},
        {"name": "Li Wei", "creatorType": "author"},
        {"name": "Bo Berg", "creatorType": "translator"},
        "no person",
    ],
    "publicationTitle": "The Gazette",
    "date": "6 May 2024",
    "url": URL,
}
NOTE = {"itemType": "note", "note": "<p>Read this.</p>"}


@pytest.mark.parametrize(
    "value", [[WALLS, NOTE], {"items": [WALLS, NOTE]}, [{"key": "A", "data": WALLS}, {"data": NOTE}]]
)
def test_an_item_of_zotero_is_an_article_and_a_note_of_it_is_none(tmp_path: Path, value: object):
    found = items(tmp_path, "library.json", json.dumps(value))
    (article,) = articles(found)
    assert shown(article) == (URL, "Walls approved", ("Ana Pérez", "Li Wei"), "2024-05-06", "")
    assert article.source == "The Gazette"
    assert notes(found) == [
        "authors = 'no person': expected a name; left out",
        "1 attachments and notes of other items left out",
    ]

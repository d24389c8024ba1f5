"""Results and the store -> what is shown, and the documented JSON."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from corpus.model import Article, Author, PageDate, Precision
from indexer.analysis.forms import MAX_FORMS
from indexer.contract.facets import FacetName
from indexer.contract.values import Hit, Results
from indexer.open import open_engine
from indexer.query.query import parse
from indexer.results.present import headline, present
from indexer.sync import update
from tests.stores import new_store

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def article(number, **fields):
    given = {
        "url": f"https://valley-herald.example/{number}",
        "source": "Valley Herald",
        "headline": "Flood walls approved",
        "body": "The council approved the flood walls on Monday.\n\nWork begins in spring.",
        "authors": (Author("Maria Okafor", "maria-okafor"),),
        "published": PageDate(datetime(2024, 3, number, tzinfo=UTC), Precision.DAY, "json-ld"),
        "language": "en",
        "section": "Home News",
        "fetched": NOW - timedelta(days=number),
    }
    return Article(**{**given, **fields})


@pytest.fixture
def found(tmp_path):
    store, engine = new_store(tmp_path / "store.db"), open_engine(tmp_path / "index", "stock")
    store.write_many([article(1), article(2, headline=None, authors=(), published=None, language="de")])

    def search(text):
        update(store, engine, zone=UTC)
        query = parse(text, now=NOW, zone=UTC)
        return present(engine.search(query), query, store)

    search.store = store  # type: ignore[attr-defined]
    yield search
    engine.close()
    store.close()


def test_a_hit_shows_its_headline_and_fragments_with_marks(found):
    hit = found("flood author:maria-okafor").hits[0]
    assert hit.headline.spans == ((0, 5),)
    assert [part.text for part in hit.fragments] == [
        "The council approved the flood walls on Monday. Work begins in spring."
    ]


def test_facets_have_the_names_people_print(found):
    shown = {facet.name: [(one.label, one.count) for one in facet.values] for facet in found("flood").facets}
    expected = {
        FacetName.AUTHOR: [("Maria Okafor", 1), ("(no byline)", 1)],
        FacetName.SITE: [("Valley Herald", 2)],
        FacetName.LANGUAGE: [("German", 1), ("English", 1)],
        FacetName.SECTION: [("Home news", 2)],
    }
    assert {name: shown[name] for name in expected} == expected


def test_the_json_has_the_documented_keys(found):
    shown = json.loads(json.dumps(found("flood by:okafor").as_json()))
    assert shown["total"] == 1
    assert shown["read_as"] == "flood; by okafor"
    hit = shown["hits"][0]
    assert hit["url"] == "https://valley-herald.example/1"
    assert (hit["headline"], hit["authors"], hit["source"]) == (
        "Flood walls approved",
        ["Maria Okafor"],
        "Valley Herald",
    )
    assert hit["published"] == "2024-03-01"
    assert hit["id"] == found.store.by_url(hit["url"]).mark
    assert hit["score"] > 0
    assert "flood walls" in hit["snippet"]
    assert shown["facets"]["sites"] == [{"value": "Valley Herald", "key": "valley-herald", "count": 1}]
    assert {"authors", "sites", "languages", "sections"} <= shown["facets"].keys()
    assert shown["histogram"][0] == {"period": "2024-03-01", "count": 1}
    assert shown["forms"] == {"flood": ["flood"]}
    assert {"suggestion", "notes", "partial"} <= shown.keys()


def test_an_article_withdrawn_since_it_was_indexed_is_not_shown(found):
    found("flood")
    gone = found.store.by_url("https://valley-herald.example/1")
    engine_saw = found("flood")
    found.store.withdraw(gone.id, "410")
    again = present(_results(engine_saw), engine_saw.query, found.store)
    assert [hit.stored.article.url for hit in again.hits] == ["https://valley-herald.example/2"]


def _results(shown):
    return Results(total=shown.total, hits=tuple(Hit(hit.stored.id, hit.score) for hit in shown.hits))


def test_without_a_headline_the_first_sentence_stands_in(found):
    stored = found.store.by_url("https://valley-herald.example/2")
    assert headline(stored) == "The council approved the flood walls on Monday."


def test_a_first_sentence_ends_with_the_stop_of_its_script(found):
    stored = found.store.by_url("https://valley-herald.example/2")
    hindi = replace(stored, article=replace(stored.article, body="पुल गिर गया। कोई घायल नहीं हुआ।"))
    assert headline(hindi) == "पुल गिर गया।"


def test_a_pattern_that_is_cut_is_said_in_json_and_in_a_sentence(found):
    words = " ".join(f"quay{number:04}" for number in range(MAX_FORMS + 1))
    found.store.write(article(3, body=words))
    shown = found("quay* walls")
    assert shown.as_json()["bounded"] == ["quay*"]
    assert shown.cut == ("quay*: only the 512 most frequent forms were searched for",)
    assert found("quay000* walls").cut == ()

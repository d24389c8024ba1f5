"""Of an article with some of the words of a query it is said which words it does not have, and of no word wrongly."""

from dataclasses import replace
from datetime import UTC

import pytest

from corpus.model import Article, Author
from indexer.contract.values import MultiPhrase, Reading, Word
from indexer.query.matching import side_by_side
from indexer.query.query import parse
from indexer.results.snippets import MAX_SCANNED, Marker
from tests.indexer.conftest import NOW

STORY = Article(
    url="https://a.example/x",
    source="a",
    fetched=NOW,
    headline="The sea wall",
    authors=(Author("Q. Okafor", "q-okafor"),),
    body="A dam at Saint-Étienne.",
)


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("wall dam", {"wall", "dam"}),
        ("wall -dam title:sea", {"wall"}),
        ("wall (dam OR dyke)", {"wall"}),
        ("12km wall", {"wall"}),  # it is searched as "12 km", too
        ("wall", set()),
    ],
)
def test_parts_that_are_searched_as_typed_stand_alone(typed: str, parts: set[str]):
    clause = parse(typed, {}, now=NOW, zone=UTC).clause
    assert {one.text for one in side_by_side(clause) if isinstance(one, Word)} == parts


@pytest.mark.parametrize("kernel", ["on", "off"])
def test_what_no_text_has_in_any_form_is_lacking(kernel: str, monkeypatch: pytest.MonkeyPatch):
    if kernel == "off":
        monkeypatch.setattr("indexer.results.snippets.compiled", lambda: None)
    saint = MultiPhrase((Word("saint"), Word("etienne")), "saint-etienne")
    readings = [
        Reading(Word("walls"), ("wall", "walls")),
        Reading(Word("dyke"), ("dyke", "dykes")),
        Reading(Word("zebra"), ()),
        Reading(saint, ("saint", "étienne"), (("saint",), ("étienne",))),
        Reading(Word("okafor"), ("okafor",)),
    ]
    clauses, marker = [one.clause for one in readings], Marker(readings)
    assert [one.text for one in marker.lacking(STORY, clauses)] == ["dyke", "zebra"]
    assert [one.text for one in marker.lacking(STORY, clauses[:2])] == ["dyke"]
    assert marker.lacking(replace(STORY, body="x " * MAX_SCANNED), clauses) == []

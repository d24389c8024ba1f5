"""Lines of our own export that say how a text is set: what went out comes in; what fits no text is refused."""

import json

import pytest

from corpus.errors import ImportFailed
from corpus.model import Article
from corpus.records import ArticleRecord, whole_record
from corpus.store import ArticleStore
from corpus.structure.values import Span, SpanKind
from tests.corpus.samples import article
from tests.crawler.importing.reading import items

URL = "https://gazette.example/walls"
BODY = "The walls\n\nThe council approved the walls on Monday."
SPANS = (
    Span(SpanKind.HEADING, 0, 9, level=2),
    Span(SpanKind.IMAGE, 10, 10, address="https://gazette.example/walls.jpg", caption="The walls"),
    Span(SpanKind.LINK, 15, 22, address="https://council.example/"),
)

IMAGE = {"kind": "image", "start": 0, "end": 0, "address": "https://a.example/"}


@pytest.fixture
def line(tmp_path):
    """The line of a whole export, as an object."""
    with ArticleStore.open(tmp_path / "s.sqlite") as store:
        store.write(article(url=URL, body=BODY, structure=SPANS))
        stored = store.by_url(URL)
        assert stored is not None
        return whole_record(stored, store.revisions(stored.id))


def test_structure_comes_in_as_it_went_out(tmp_path, line):
    (found,) = items(tmp_path, "export.jsonl", json.dumps(line))
    assert isinstance(found.item, ArticleRecord)
    assert found.item.article.structure == SPANS


@pytest.mark.parametrize("without", [None, "left out"])
def test_a_line_that_does_not_say_how_its_text_is_set_has_a_structure_that_was_not_read(tmp_path, line, without):
    line = {key: value for key, value in line.items() if key != "structure"} | ({} if without else {"structure": None})
    (found,) = items(tmp_path, "export.jsonl", json.dumps(line))
    assert isinstance(found.item, ArticleRecord)
    assert found.item.article.structure is None


@pytest.mark.parametrize(
    ("structure", "said"),
    [
        ("text", "expected a list of spans"),
        ([{"kind": "link", "start": 0, "end": 9_999, "address": "https://a.example/"}], "link 0..9999"),
        ([{"kind": "link", "start": -1, "end": 4, "address": "https://a.example/"}], "link -1..4"),
        ([{"kind": "link", "start": 0, "end": 4, "address": "javascript:alert(1)"}], "http or https URL"),
        ([{"kind": "link", "start": 0, "end": 4, "address": "https://a.example/\u202e"}], "http or https URL"),
        (
            [{"kind": "image", "start": 0, "end": 0, "address": "https://a.example/", "caption": "a" * 3_000_000}],
            "caption",
        ),
        ([{"kind": "item", "start": 0, "end": 4, "level": 10**9}], "level"),
        ([{"kind": "item", "start": 0, "end": 4, "level": 1, "number": 10**30}], "number"),
        ([{"kind": "row", "start": 0, "end": 4}] * 10_001, "at most"),
        ([{"kind": "\x1b[2J", "start": 0, "end": 4}], "expected one of"),
    ],
)
def test_a_hostile_structure_is_refused_with_its_line_and_costs_no_other_line(tmp_path, line, structure, said):
    bad = line | {"url": f"{URL}-2", "structure": structure}
    found = items(tmp_path, "export.jsonl", f"{json.dumps(bad)}\n{json.dumps(line)}\n")
    (failure,) = [str(each.item) for each in found if isinstance(each.item, ImportFailed)]
    assert "export.jsonl:1: structure: " in failure
    assert said in failure
    assert failure.isprintable() and len(failure) < 500
    assert [each.item.article.structure for each in found if isinstance(each.item, ArticleRecord)] == [SPANS]


@pytest.mark.parametrize(
    ("other", "structure", "said"),
    [
        ({}, SPANS, []),
        (
            {"structure": [{"kind": "link", "start": 0, "end": 9_999, "address": "https://a.example/"}]},
            None,
            ["0..9999"],
        ),
        ({"structure": "text"}, None, ["a list of spans"]),
        ({"text": BODY.replace("\n\n", "\n\n\n")}, None, ["other lines"]),
        ({"structure": None}, None, []),
    ],
)
def test_a_line_of_the_api_brings_its_structure_or_says_that_it_was_left_out(tmp_path, line, other, structure, said):
    short = {key: value for key, value in line.items() if key not in {"signed", "date_details"}} | other
    (found,) = items(tmp_path, "export.jsonl", json.dumps(short))
    assert isinstance(found.item, Article)
    assert found.item.structure == structure
    noted = [note for note in found.notes if "export.jsonl:1: structure: " in note]
    assert len(noted) == len(said)
    assert all(one in note for one, note in zip(said, noted, strict=True))

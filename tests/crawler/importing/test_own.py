"""Lines of our own export that say how a text is set: what went out comes in; what fits no text is refused."""

import json

import pytest

from corpus.errors import ImportFailed
from corpus.model import Article
from corpus.records import PAGE, ArticleRecord, stored_record, whole_record
from corpus.store import ArticleStore
from corpus.structure.values import Span, SpanKind, ordered
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


HOSTILE = "\n\n".join(
    (
        "# no heading\n> no quote\n| no | table |\n1. no item\n```\n<b>no</b> &amp; $x$",
        "a\nb",
        "  one   two\n\tthree  \u202edlo",
        "Jahr | Z\u00e4hlung\n2020 | 3",
        "=HYPERLINK(1)",
        "w" * 3_000,
        "\u0628\u064a\u062a | 3",
    )
)


def test_lines_of_the_api_come_in_as_they_are_however_hostile(tmp_path, line):
    items_at, table = HOSTILE.index("a\nb"), HOSTILE.index("Jahr")
    spans = ordered((
        Span(SpanKind.ITEM, items_at, items_at + 1, 1), Span(SpanKind.ITEM, items_at + 2, items_at + 3, 1),
        Span(SpanKind.PREFORMATTED, items_at + 5, table - 2),
        Span(SpanKind.TABLE, table, table + 23, caption="<i>=1+1"),
        Span(SpanKind.ROW, table, table + 14), Span(SpanKind.CELL, table, table), Span(SpanKind.CELL, table, table + 4),
        Span(SpanKind.LINK, 0, 12, address="https://a.example/?<script>&quot;"),
    ))  # fmt: skip
    with ArticleStore.open(tmp_path / "hostile.sqlite") as store:
        store.write(article(url=URL, body=HOSTILE, structure=spans))
        stored = store.by_url(URL)
        assert stored is not None
        given = json.dumps(stored_record(stored, PAGE) | {"first_seen": line["first_seen"], "revision": 1})
    for text in (given, given.replace("\\n", "\\r\\n")):
        (found,) = items(tmp_path, "api.json", text)
        assert isinstance(found.item, Article)
        assert found.item.body == stored.article.body
    (found,) = items(tmp_path, "api.json", given)
    assert isinstance(found.item, Article)
    assert (found.item.structure, found.notes) == (spans, ())

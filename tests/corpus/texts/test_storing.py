"""A stored sentence comes back with what a translation needs, and a damaged one as its English."""

from datetime import UTC, date, datetime

import pytest

from corpus.texts import LanguageName, Text, applied, joined, listed, localized, text, texts
from corpus.texts.sizes import Size
from corpus.texts.storing import as_json, restored

SENTENCES = [
    text("nothing could be read"),
    text("its front page is at {url} now", url="https://herald.example/{n}"),
    texts("{n:,} story in {place}", "{n:,} stories in {place}", 1200, place=text("the archive")),
    texts("{n} day", "{n} days", 1),
    text("{what}: {reasons}", what=text("no story"), reasons=joined(", ", ["http-500 ×2", text("or so")])),
    listed(["A", "B", text("no one")]),
    text("{share:.0%} of it, {seconds:.1f} s", share=0.25, seconds=3.0),
    text("{free} of {total}", free=Size(3_400_000), total=Size(64_000_000)),
    text("since {at:%H:%M}, of {day:%d %b}", at=datetime(2024, 3, 1, 8, tzinfo=UTC), day=date(2024, 2, 29)),
]


def marked(shown: Text) -> str:
    """Say a text in a language that puts every message in brackets."""
    return shown.translated("<{}>".format, lambda one, many, n: f"<{one if n == 1 else many}>", format)


@pytest.mark.parametrize("sentence", SENTENCES, ids=str)
def test_a_stored_sentence_can_still_be_translated(sentence):
    again = restored(str(sentence), as_json(sentence))
    assert isinstance(again, Text)
    assert again == sentence
    assert marked(again) == marked(sentence)


def test_a_plain_string_is_stored_as_its_english_alone():
    assert as_json("as a person typed it") is None
    assert restored("as a person typed it", None) == "as a person typed it"


def test_what_no_json_can_hold_is_stored_as_english():
    assert as_json(applied(str.upper, text("yesterday"))) is None
    assert as_json(localized(LanguageName("de", "German"))) is None
    nested = text("in {language}", language=localized(LanguageName("de", "German")))
    assert restored(str(nested), as_json(nested)) == "in German"


@pytest.mark.parametrize(
    "stored",
    [
        "",
        "{",
        "[]",
        "7",
        "null",
        '"yesterday"',
        '{"template": "yesterday"}',
        '{"template": "{n}", "values": {}}',
        '{"template": "{a.b}", "values": {"a": 1}}',
        '{"template": 3, "values": {}}',
        '{"parts": 3, "between": ""}',
        '{"template": "another", "values": {}}',
        '{"template": "{a}", "values": {"a": ' * 20 + '"yesterday"' + "}}" * 20,
    ],
)
def test_stored_json_of_another_make_or_another_text_gives_the_english(stored):
    shown = restored("yesterday", stored)
    assert shown == "yesterday"
    assert type(shown) is str

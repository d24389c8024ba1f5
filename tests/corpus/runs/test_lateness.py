"""Why a run began late, in a sentence that other languages can say."""

from datetime import UTC, datetime, timedelta

import pytest

from corpus.runs.lateness import lateness
from corpus.texts import Text
from corpus.texts.storing import as_json, restored

DUE = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)
NEXT = DUE + timedelta(days=1)


@pytest.mark.parametrize(
    ("began", "missed", "off", "whose", "words"),
    [
        (DUE.replace(hour=8), 1, True, None, "due 02:30, ran 08:30: machine off"),
        (DUE.replace(hour=8), 1, False, "a, b", "a, b: due 02:30, ran 08:30: machine asleep, or another run took long"),
        (NEXT, 2, True, None, "due 2026-11-23 02:30, ran 02:30: machine off; 2 runs missed, caught up once"),
    ],
)
def test_a_late_run_says_when_it_was_due_and_why_as_a_text_that_is_stored_whole(began, missed, off, whose, words):
    said = lateness(DUE, began, missed, off=off, whose=whose)
    assert said == words
    again = restored(str(said), as_json(said))
    assert isinstance(again, Text)
    assert again == words

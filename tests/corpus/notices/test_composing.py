from datetime import UTC, timedelta

import pytest

from corpus.model import Run
from corpus.notices.composing import MOST_LINES, RETRIES, digest, next_try, of_alarms, of_run
from corpus.notices.values import Alarm
from tests.corpus.samples import NOW

DISK, BLOCKED = Alarm("disk", "the disk is nearly full"), Alarm("source:a:blocked:1", "a is blocked")


def test_nothing_new_is_no_message():
    assert of_alarms([], [], NOW) is None


def test_a_message_names_what_is_wrong_and_what_is_well_again():
    message = of_alarms([DISK], [BLOCKED], NOW)
    assert message is not None
    assert message.subject == "the disk is nearly full"
    assert message.text == "What is wrong:\n- the disk is nearly full\n\nWhat is over:\n- a is blocked\n"
    several = of_alarms([DISK, BLOCKED], [], NOW)
    assert several is not None
    assert several.subject == "2 problems"
    over = of_alarms([], [DISK], NOW)
    assert over is not None
    assert over.subject == "over: the disk is nearly full"


def test_a_night_in_which_everything_fails_is_one_message_that_can_be_read():
    message = of_alarms([Alarm(str(n), f"{n} fails") for n in range(5000)], [], NOW)
    assert message is not None
    assert message.text.count("\n") == MOST_LINES + 1
    assert message.text.endswith("lines more: `pressmark status`\n")


@pytest.mark.parametrize(("count", "explained"), [(10, 10), (11, 0)])
def test_what_to_do_is_said_of_each_trouble_where_they_are_few(count, explained):
    message = of_alarms([Alarm(str(n), f"{n} fails", ("To do: open it",)) for n in range(count)], [], NOW)
    assert message is not None
    assert message.text.count("\n  To do: open it\n") == explained
    assert ("What to do about each: `pressmark status`" in message.text) is (not explained)
    over = of_alarms([], [DISK, BLOCKED], NOW)
    assert over is not None
    assert over.subject == "2 problems are over"


def test_a_subject_is_one_short_line():
    message = of_alarms([Alarm("x", "a\r\nBcc: b" + "c" * 500)], [], NOW)
    assert message is not None
    assert "\n" not in message.subject
    assert len(message.subject) == 200


def test_the_message_of_a_crawl_has_its_receipt_and_what_is_wrong_since_the_one_before():
    run = Run(id=7, started=NOW, ended=NOW, status="partial", counts={"a": {"new": 1, "failed": 3}})
    message = of_run(run, ["crawl partial: 1.0 s"], [BLOCKED], NOW)
    assert (message.key, message.subject) == ("run:7", "crawl 7 partial: 1 new article, 1 problem")
    assert message.text == "What is wrong:\n- a is blocked\n\ncrawl partial: 1.0 s\n"


def test_a_digest_says_what_is_wrong_now_and_what_each_crawl_brought():
    runs = [Run(id=1, started=NOW, ended=NOW, status="ok", counts={"a": {"new": 2}, "b": {"new": 3}}, note="x")]
    message = digest([DISK], runs, NOW, UTC)
    assert message.subject == f"{NOW:%Y-%m-%d}: 1 problem, 5 new articles"
    assert f"- {NOW:%d %b %H:%M}: ok, 5 new: x" in message.text
    assert "all is well, 0 new" in digest([], [], NOW, UTC).subject
    assert "no crawl since" in digest([], [], NOW, UTC).text


def test_a_message_is_tried_for_three_days_and_then_given_up():
    at, tries = NOW, 0
    while (again := next_try(tries + 1, at)) is not None:
        assert again > at
        at, tries = again, tries + 1
    assert tries == len(RETRIES)
    assert timedelta(days=3) < at - NOW < timedelta(days=5)


@pytest.mark.parametrize(("key", "lasts"), [("run:1", False), ("late:1", False), ("disk", True), ("crawls:x", True)])
def test_a_crawl_that_died_is_past_and_is_never_well_again(key, lasts):
    assert Alarm(key, "x").lasts is lasts

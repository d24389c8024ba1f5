"""An event is one line whatever its facts hold, as text and as JSON."""

import ast
import json
import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import corpus
from corpus.events import MAX_VALUE, JsonLines, SlowEvent, TextLines, event
from corpus.model import Outcome

log = logging.getLogger("tests.events")


class Lines(logging.Handler):
    """What a formatter makes of records."""

    def __init__(self, formatter: logging.Formatter) -> None:
        super().__init__()
        self.setFormatter(formatter)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def lines():
    handlers = (Lines(TextLines()), Lines(JsonLines()))
    for handler in handlers:
        log.addHandler(handler)
    log.setLevel(logging.INFO)
    yield [handler.lines for handler in handlers]
    for handler in handlers:
        log.removeHandler(handler)


def test_a_line_has_time_level_logger_event_and_facts_in_their_order(lines):
    at = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)
    event(log, "index updated", indexed=3, whole=True, seconds=1.23456, at=at, took=timedelta(seconds=2), left=None)
    text, data = lines[0][0], json.loads(lines[1][0])
    moment, rest = text.split(" ", 1)
    assert rest == (
        "INFO tests.events index updated indexed=3 whole=true seconds=1.235 at=2026-03-04T05:06:00+00:00 took=2.0"
    )
    assert datetime.fromisoformat(moment).tzinfo == UTC
    assert data.pop("time") == moment
    assert data == {
        "level": "INFO", "logger": "tests.events", "event": "index updated", "indexed": 3, "whole": True,
        "seconds": 1.235, "at": "2026-03-04T05:06:00+00:00", "took": 2.0,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("plain", "plain"),
        ("two words", '"two words"'),
        ("", '""'),
        ("a=b", '"a=b"'),
        ('say "so"', '"say \\"so\\""'),
        ("back\\slash", '"back\\\\slash"'),
        ("line\nend", '"line\\nend"'),
        ("\x1b[31mred", '"\\u001b[31mred"'),
        ("turned\u202eover", '"turned\\u202eover"'),
        ("\u2028separator", '"\\u2028separator"'),
        ("العربية", "العربية"),
        (Path("/a b/c"), '"/a b/c"'),
        (Outcome.NEW, "new"),
    ],
)
def test_a_fact_is_quoted_where_it_would_confuse(lines, value, written):
    event(log, "seen", fact=value)
    assert lines[0][0].endswith(f" seen fact={written}")


@given(st.text())
def test_no_text_of_a_stranger_makes_a_second_line(text):
    for formatter in (TextLines(), JsonLines()):
        handler = Lines(formatter)
        log.addHandler(handler)
        try:
            event(log, "seen", level=logging.ERROR, fact=text)
            log.error("as other libraries log: %s", text)
        finally:
            log.removeHandler(handler)
        assert all(line.isprintable() and len(line.splitlines()) == 1 for line in handler.lines)


@pytest.mark.parametrize("length", [MAX_VALUE, MAX_VALUE + 1, 10 * MAX_VALUE])
def test_a_long_fact_is_cut_and_shows_it(lines, length):
    event(log, "seen", fact="x" * length)
    value = json.loads(lines[1][0])["fact"]
    assert len(value) == MAX_VALUE
    assert value.endswith("…") == (length > MAX_VALUE)


def test_a_fact_cannot_take_the_place_of_the_time(lines):
    event(log, "seen", {"time": "never", "logger": "mine"})
    assert json.loads(lines[1][0])["time"] != "never"
    assert json.loads(lines[1][0])["logger"] == "tests.events"


@pytest.mark.parametrize(
    ("trace", "level", "there"),
    [("never", logging.DEBUG, False), ("debug", logging.INFO, False), ("debug", logging.DEBUG, True),
     ("always", logging.INFO, True)],
)  # fmt: skip
def test_a_traceback_is_a_fact_of_its_line_for_those_who_asked(lines, trace, level, there):
    log.setLevel(level)
    try:
        raise ValueError("a cause")
    except ValueError:
        event(log, "page failed", level=logging.ERROR, trace=trace)
    assert ("ValueError: a cause" in lines[0][0]) == there
    assert ("trace" in json.loads(lines[1][0])) == there
    assert len(lines[0][0].splitlines()) == 1


def test_what_is_quick_is_no_event_and_what_is_slow_is_one(lines, monkeypatch):
    with SlowEvent(log, "slow search", q="flood") as facts:
        facts["total"] = 3
    assert lines[0] == []
    monkeypatch.setattr("corpus.events.SLOW", -1.0)
    with SlowEvent(log, "slow search", q="flood") as facts:
        facts["total"] = 3
    assert lines[0][0].endswith(" q=flood total=3")


def test_every_line_of_ours_in_the_log_is_an_event():
    levels = "debug info warning error exception critical log".split()
    root = Path(corpus.__file__).parents[1]
    direct = [
        f"{file.relative_to(root)}:{node.lineno}"
        for package in ("corpus", "crawler", "indexer", "web")
        for file in (root / package).rglob("*.py")
        if file != root / "corpus" / "events.py"
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in {"log", "logger", "logging"}
        and node.func.attr in levels
    ]
    assert not direct

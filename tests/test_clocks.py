"""No test but one soak judges by the CPU that something takes: files that read its clock are listed, with the reason.

Such a clock goes in steps of 10 ms on some machines, and each machine is slow at times. What must cost little is
counted (`tests/counting.py`), or does not take twenty seconds (`tests/stalling.py`).
"""

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
CLOCK = re.compile(
    r"\b(?:(?:process_time|thread_time|perf_counter)(?:_ns)?|default_timer|getrusage|clock_gettime)\b|os\.times\b"
)
READING = {
    "crawler/pool/test_sandbox.py": "faults of memory are counted, no time",
    "crawler/pool/test_waiting.py": "a worker computes until it has taken so much",
    "crawler/strangers.py": "an input in a worker, whose signals are not ours, ends within twenty seconds",
    "foreign.py": "a folder in a process of its own is read within thirty seconds",
    "indexer/test_hostile_queries.py": "the soak measures the bound of two seconds that a search has",
    "test_bench_crawl.py": "a command takes so much, which is measured",
    "test_line_counting.py": "a loop ends when lines are counted no more, or after thirty seconds",
}


def test_only_these_tests_read_a_clock_of_the_cpu() -> None:
    texts = {path.relative_to(TESTS).as_posix(): path.read_text("utf-8") for path in TESTS.rglob("*.py")}
    reading = {name for name, text in texts.items() if CLOCK.search(text)} - {Path(__file__).name}
    assert reading == READING.keys(), "count the work in place of the time: tests/counting.py, tests/stalling.py"


@pytest.mark.parametrize(
    "line",
    ["from time import process_time", "time.thread_time_ns()", "began = perf_counter()", "os.times().user"],
)
def test_a_clock_is_seen(line: str) -> None:
    assert CLOCK.search(line)
    assert not CLOCK.search(line.replace("time", "word").replace("counter", "word"))

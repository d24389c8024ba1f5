"""Figures in the text format: what a reader of the format takes for the values that were given."""

import pytest

from web.layout.exposition import Durations, Metric, Sample, exposition


def test_a_metric_is_its_help_its_kind_and_its_values():
    text = exposition([Metric("a_b", "gauge", "What it is", (Sample(3), Sample(2.5, {"of": "x"})))])
    assert text == '# HELP a_b What it is\n# TYPE a_b gauge\na_b 3\na_b{of="x"} 2.5\n'


def test_a_metric_without_values_is_left_out():
    assert exposition([Metric("a", "gauge", "Nothing", ())]) == "\n"


def test_a_text_of_a_stranger_ends_no_line_and_no_label():
    text = exposition([Metric("a", "gauge", "one\ntwo\\", (Sample(1, {"of": 'x"} 9\ny\\'}),))])
    assert text.splitlines() == ["# HELP a one\\ntwo\\\\", "# TYPE a gauge", 'a{of="x\\"} 9\\ny\\\\"} 1']


def values(durations: Durations) -> dict[str, float]:
    return {each.suffix + (each.labels or {}).get("le", ""): each.value for each in durations.samples()}


def test_a_bucket_counts_all_that_took_no_longer():
    durations = Durations((0.1, 1.0))
    for seconds in (0.05, 0.1, 0.5, 7.0):
        durations.add(seconds)
    found = values(durations)
    assert found.pop("_sum") == pytest.approx(7.65)
    assert found == {"_bucket0.1": 2, "_bucket1": 3, "_bucket+Inf": 4, "_count": 4}


def test_a_histogram_that_saw_nothing_has_all_its_buckets():
    assert values(Durations((0.1,))) == {"_bucket0.1": 0, "_bucket+Inf": 0, "_sum": 0, "_count": 0}

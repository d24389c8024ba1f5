from datetime import timedelta

from corpus.runs.absence import GRACE, overdue
from tests.corpus.samples import NOW

MOMENT = timedelta(microseconds=1)


def test_a_source_is_late_when_its_grace_is_over_and_no_moment_before():
    due = {"a": NOW - GRACE, "b": NOW - GRACE - MOMENT, "c": NOW + GRACE}
    assert overdue(due, followed="abc", at_rest=(), now=NOW) == {"b": due["b"]}


def test_what_is_crawled_now_or_paused_or_followed_no_more_is_not_late():
    due = dict.fromkeys("abc", NOW - timedelta(days=3))
    assert overdue(due, followed="ab", at_rest={"a"}, now=NOW) == {"b": due["b"]}


def test_the_source_that_waits_longest_stands_first():
    due = {"a": NOW - timedelta(days=1), "b": NOW - timedelta(days=2)}
    assert list(overdue(due, followed="ab", at_rest=(), now=NOW)) == ["b", "a"]
